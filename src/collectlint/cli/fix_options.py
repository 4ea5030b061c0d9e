"""The options `--fix` and `--fix-diff` of `check`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

_F = TypeVar("_F", bound=Callable[..., Any])


def fix_options(command: _F) -> _F:
    command = click.option("--fix-diff", is_flag=True, help="不改文件，只显示 --fix 会改什么")(command)
    return click.option("--fix", is_flag=True, help="就地改正可放心替换的词，显示改了什么，再报告余下的问题")(
        command
    )
