"""`collectlint rules`: the commands about rules."""

from __future__ import annotations

import click

from collectlint.cli.command import LazyGroup

_COMMANDS = {
    "list": ("collectlint.cli.rules_list:list_rules", "列出规则"),
    "show": ("collectlint.cli.rules_show:show", "查看一条规则的全部内容"),
    "test": ("collectlint.cli.rules_test:test_rules", "跑规则里的例句"),
    "vet": ("collectlint.cli.rules_vet:vet_rules", "审查规则：依据、例句、词表、标题"),
    "diff": ("collectlint.cli.rules_diff:diff", "两套规则查同一批文档，差在哪里"),
    "docs": ("collectlint.cli.rules_docs:docs", "写出每条规则一页的说明"),
    "schema": ("collectlint.cli.rules_schema:schema", "输出规则文件的 JSON Schema，供编辑器补全"),
    "new": ("collectlint.cli.rules_new:new", "新建一条规则"),
}


@click.group(cls=LazyGroup, table=_COMMANDS, subcommand_metavar="命令 [参数]...", options_metavar="[选项]")
def rules() -> None:
    """列出、查看、测试、审查、比较、新建规则。"""
