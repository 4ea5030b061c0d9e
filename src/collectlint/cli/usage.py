"""click's own complaints, said in Chinese and as this program's errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from collectlint.errors import UsageError


def told(run: Callable[[], Any]) -> Any:
    """What `run` returns; click's errors leave it as UsageError, its abort as KeyboardInterrupt."""
    try:
        return run()
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        raise UsageError(_chinese(error)) from None


def _chinese(error: click.ClickException) -> str:
    """click's own messages in Chinese; what this program wrote is Chinese already."""
    name = _parameter(error)
    if isinstance(error, click.NoSuchOption):
        near = f"，是否指 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {name}"
    if isinstance(error, click.BadParameter):
        return f"{name} {error.message}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 用法不对，请查看 --help"
    return error.format_message()


def _parameter(error: click.ClickException) -> str:
    param = getattr(error, "param", None)
    if param is None:
        return ""
    if isinstance(param, click.Argument):
        return str(param.metavar or "参数")
    return str(max(param.opts, key=len))
