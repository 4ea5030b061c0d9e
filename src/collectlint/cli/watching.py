"""`check --watch`: the report anew whenever a file changes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable
from typing import Any

import click

from collectlint.cli import console
from collectlint.cli.failing import INTERRUPTED, exit_code_of
from collectlint.errors import UsageError

_SETTLE_MS = 300  # an editor writes several times; a change is over when nothing happened for so long
_TURN_MS = 200


def watched(once: Callable[[], int], paths: tuple[str, ...], text: str | None, given: dict[str, Any]) -> int:
    """Runs `once` now and after each change, until interrupted or ended (KeyboardInterrupt or SystemExit).

    Faults of rules and configuration are shown and the watch goes on. Hidden files and those that the
    call itself writes are not looked at. Raises UsageError.
    """
    if text is not None or "-" in paths:
        raise UsageError("--watch 只用于文件", remedy="去掉 -t 或 -")
    if given["write_baseline"] or given["fix"]:
        raise UsageError("--watch 不能与 --write-baseline、--fix 同用", remedy="去掉其一")
    try:
        from watchfiles import Change, DefaultFilter, watch
    except ImportError:
        raise UsageError("没有安装 watchfiles", remedy="pip install 'collectlint[watch]'") from None
    roots = [path for path in (*paths, given["rules_dir"], given["baseline"]) if path]
    for path in roots:
        if not os.path.exists(path):
            raise UsageError(f"找不到 {path}", remedy="检查路径")
    written = frozenset(_written(given["output"]))

    class Inputs(DefaultFilter):
        def __call__(self, change: Change, path: str) -> bool:
            if _is_hidden(path, roots) or os.path.realpath(path) in written:
                return False
            return super().__call__(change, path)

    # watchfiles takes whatever a signal raises for Ctrl+C, so SIGTERM only leaves a note.
    # The first report is made when the watch is on, so that no change falls between the two.
    rounds = watch(
        *roots, watch_filter=Inputs(), debounce=_SETTLE_MS, rust_timeout=_TURN_MS, yield_on_timeout=True
    )
    ended: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: ended.append(number))
    try:
        for number, changes in enumerate(rounds):
            if ended:
                break
            if changes or not number:
                _again(once)
    except KeyboardInterrupt:
        if not ended:
            raise
    finally:
        signal.signal(signal.SIGTERM, before)
    raise SystemExit(128 + signal.SIGTERM)


def _again(once: Callable[[], int]) -> None:
    click.clear()
    if exit_code_of(once) == INTERRUPTED:
        raise SystemExit(INTERRUPTED)  # which has been said
    console.note("等待改动，Ctrl+C 结束")
    console.flush()


def _is_hidden(path: str, roots: Iterable[str]) -> bool:
    """Is it hidden, or in a hidden folder, below whichever root it lies under?"""
    for root in map(os.path.abspath, roots):
        inner = os.path.relpath(os.path.abspath(path), root)
        if inner != os.curdir and not inner.startswith(os.pardir):
            return any(name.startswith(".") for name in inner.split(os.sep))
    return False


def _written(outputs: Iterable[str]) -> Iterable[str]:
    return (os.path.realpath(one.partition("=")[2]) for one in outputs)
