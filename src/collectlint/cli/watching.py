"""`check --watch`: the report anew whenever a file changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import click

from collectlint.cli import console
from collectlint.cli.failing import exit_code_of
from collectlint.errors import UsageError

_SETTLE_MS = 300  # an editor writes several times; a change is over when nothing happened for so long
_TURN_MS = 200


def watched(once: Callable[[], int], paths: tuple[str, ...], text: str | None, given: dict[str, Any]) -> int:
    """Runs `once` now and after each change, until interrupted (KeyboardInterrupt); raises UsageError.

    Faults of rules and configuration are shown and the watch goes on. Files that the call itself writes
    are not looked at.
    """
    if text is not None or "-" in paths:
        raise UsageError("--watch 只用于文件", remedy="去掉 -t 或 -")
    if given["write_baseline"] or given["fix"]:
        raise UsageError("--watch 不能与 --write-baseline、--fix 同用", remedy="去掉其一")
    try:
        from watchfiles import Change, DefaultFilter, watch
    except ImportError:
        raise UsageError("没有安装 watchfiles", remedy="pip install 'collectlint[watch]'") from None
    roots = [path for path in (*(paths or (os.curdir,)), given["rules_dir"], given["baseline"]) if path]
    for path in roots:
        if not os.path.exists(path):
            raise UsageError(f"找不到 {path}", remedy="检查路径")
    written = frozenset(_written(given["output"]))

    class Inputs(DefaultFilter):
        def __call__(self, change: Change, path: str) -> bool:
            hidden = os.path.basename(path).startswith(".")
            return not hidden and os.path.realpath(path) not in written and super().__call__(change, path)

    # The first report is made when the watch is on, so that no change falls between the two.
    rounds = watch(
        *roots, watch_filter=Inputs(), debounce=_SETTLE_MS, rust_timeout=_TURN_MS, yield_on_timeout=True
    )
    for number, changes in enumerate(rounds):
        if changes or not number:
            _again(once)
    raise KeyboardInterrupt  # the watch ends only so


def _again(once: Callable[[], int]) -> None:
    click.clear()
    exit_code_of(once)
    console.note("等待改动，Ctrl+C 结束")
    console.flush()


def _written(outputs: Iterable[str]) -> Iterable[str]:
    return (os.path.realpath(one.partition("=")[2]) for one in outputs)
