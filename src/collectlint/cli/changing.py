"""Only what a change touched: `--diff` and `--changed-since` of `check`."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from collectlint.errors import UsageError
from collectlint.finding import Finding, Report

if TYPE_CHECKING:
    from collectlint.changed import Changes

_F = TypeVar("_F", bound=Callable[..., Any])


def change_options(command: _F) -> _F:
    command = click.option(
        "--changed-since", metavar="版本", help="只查这个版本以来改动的行，如 HEAD、HEAD~1"
    )(command)
    return click.option(
        "--diff", "diff_base", metavar="分支", help="只查从这个分支分出来以后改动的行，如 origin/main"
    )(command)


def changes(given: dict[str, Any], paths: tuple[str, ...], text: str | None) -> Changes | None:
    """What was changed, if that was asked for; raises UsageError."""
    base, since = given["diff_base"], given["changed_since"]
    if base is None and since is None:
        return None
    if base is not None and since is not None:
        raise UsageError("--diff 与 --changed-since 不能同用", remedy="只留一个")
    if text is not None or "-" in paths:
        raise UsageError("--diff、--changed-since 只用于文件", remedy="去掉 -t 或 -")
    if given["write_baseline"]:
        raise UsageError("--write-baseline 要看全部文件", remedy="去掉 --diff、--changed-since")
    from collectlint.changed import changes_since

    first = paths[0] if paths else os.curdir
    folder = first if os.path.isdir(first) else os.path.dirname(first) or os.curdir
    if not os.path.isdir(folder):
        raise UsageError(f"找不到文件夹 {folder}", remedy="检查路径")
    return changes_since(base if base is not None else since, folder, base is not None)


def narrowed(report: Report, changes: Changes) -> Report:
    """The report with what stands on touched lines; tells how much else there is."""
    from collectlint.cli.console import note

    kept = tuple(one for one in report.findings if _concerns(one, changes))
    waived = tuple(one for one in report.waived if changes.touch(one.finding))
    left = len(report.findings) - len(kept)
    if left:
        note(f"注意：另有 {left} 处问题不在改动的行上，未列出")
    return report._replace(findings=kept, waived=waived, suppressed=len(waived))


def _concerns(finding: Finding, changes: Changes) -> bool:
    from collectlint.waiver.trouble import UNUSED

    # A mended text leaves its waiver behind, on a line or in a baseline that was not touched.
    return finding.rule == UNUSED or changes.touch(finding)
