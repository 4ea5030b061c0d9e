"""`collectlint lsp`: the language server for editors."""

from __future__ import annotations

import click

from collectlint.cli.command import Command
from collectlint.errors import UsageError


@click.command(
    cls=Command,
    options_metavar="[check 的选项]",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.option("--stdio", is_flag=True, help="经标准输入输出（默认，也只有这一种）")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="")
def lsp(stdio: bool, arguments: tuple[str, ...]) -> int:
    """语言服务器：编辑器里即时标出问题，悬停看条款与建议，一键改正或豁免。

    需 collectlint[lsp]。选项与 check 相同，如 --profile、--rules、--lang；配置文件照样生效。
    """
    try:
        from collectlint.cli.editor.server import server_of
    except ImportError:
        raise UsageError("没有安装 pygls", remedy="pip install 'collectlint[lsp]'") from None
    server_of([one for one in arguments if one != "--stdio"]).start_io()
    return 0
