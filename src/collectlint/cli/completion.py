"""`collectlint completion`: the script that makes a shell complete commands and options."""

from __future__ import annotations

import click

from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import say
from collectlint.errors import UsageError

_SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("shell", type=OneOf(_SHELLS), metavar="|".join(_SHELLS))
def completion(shell: str) -> int:
    """输出补全脚本，如 bash 用户：collectlint completion bash >> ~/.bashrc"""
    from click.shell_completion import get_completion_class

    from collectlint.cli.root import root

    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError(f"所装的 click 不支持 {shell} 补全", remedy="请升级 click")
    script = kind(root, {}, "collectlint", "_COLLECTLINT_COMPLETE")
    say(script.source_template % script.source_vars())  # source() would start the shell to ask its version
    return 0
