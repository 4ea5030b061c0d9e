"""The command `collectlint`: its subcommands, and how every error becomes a message and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from collectlint import __version__
from collectlint.cli.command import LazyGroup
from collectlint.cli.failing import exit_code_of
from collectlint.cli.usage import told

_COMMANDS = {
    "check": ("collectlint.cli.check:check", "检查文件、文件夹、标准输入或一句话"),
    "audit": ("collectlint.cli.audit:audit", "审计大批短信与通话记录，中断可续，出报告"),
    "report": ("collectlint.cli.audit_report:report", "由审计结果再生成报告"),
    "review": ("collectlint.cli.review:review", "读回复核过的表：各规则的准确率"),
    "explain": ("collectlint.cli.explain:explain", "解释一句话命中与险些命中哪些规则，或解释一条规则"),
    "segments": ("collectlint.cli.segments:segments", "短信模板按几条计费：变量最短与最长时"),
    "rules": ("collectlint.cli.rules:rules", "列出、查看、测试、审查、新建规则"),
    "law": ("collectlint.cli.law:law", "法规、要求，以及规则覆盖到哪里"),
    "config": ("collectlint.cli.config:config", "查看生效的配置，以及每个值从哪里来"),
    "eval": ("collectlint.cli.evaluate:evaluate", "在标注语料上量精确率与召回率"),
    "train": ("collectlint.cli.train:train", "用标注语料训练第二判读模型"),
    "evade": ("collectlint.cli.evade:evade", "由标注语料生成规避写法与噪声变体"),
    "lsp": ("collectlint.cli.lsp:lsp", "语言服务器，供编辑器使用"),
    "init": ("collectlint.cli.init:init", "写一份配置、一个自有规则的例子和一份 CI 工作流"),
    "completion": ("collectlint.cli.completion:completion", "输出命令行补全脚本"),
}


class Root(LazyGroup):
    """The outermost group: what `main` returns or exits with is always one of the documented codes."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        def run() -> Any:
            return super(Root, self).main(
                args,
                prog_name or "collectlint",
                complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )

        code = exit_code_of(lambda: told(run))
        if standalone_mode:
            sys.exit(code)
        return code


@click.group(
    cls=Root,
    table=_COMMANDS,
    subcommand_metavar="命令 [参数]...",
    options_metavar="[选项]",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="collectlint 检查催收短信、话术、通话记录是否合规。\n\n"
    '例：collectlint check -t "再不还钱就爆你通讯录"',
)
@click.version_option(__version__, prog_name="collectlint", message="%(prog)s %(version)s", help="显示版本")
def root() -> None:
    """Does nothing itself."""
