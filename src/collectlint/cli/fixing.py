"""`check --fix` and `--fix-diff`: safe replacements, in the files or only shown.

Only where the words of a finding stand in the file exactly as they were read, in one line; never in a
transcript, which is a record of what was said, and never where a waiver holds.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from difflib import unified_diff
from typing import IO, Any, NamedTuple

from collectlint.cli import console
from collectlint.cli.checking import Checking, Opened
from collectlint.cli.outputs import deliver, write_file
from collectlint.document import Document
from collectlint.errors import UsageError
from collectlint.finding import Finding
from collectlint.mending import Edit, applied, edits, settled
from collectlint.readers.rewrite import TextFile, read_whole
from collectlint.readers.settings import ReadSettings
from collectlint.redact import mask_name, mask_text
from collectlint.rulebook.rulebook import Rulebook


class Mended(NamedTuple):
    """A file with its replacements made, not yet written; `times` counts them."""

    path: str
    file: TextFile
    lines: tuple[str, ...]
    times: int


class Recorded:
    """Remembers which files hold records of what was said."""

    def __init__(self) -> None:
        self.paths: set[str] = set()

    def see(self, document: Document) -> None:
        if document.kind == "transcript":
            self.paths.add(document.origin.path)


def check_wish(given: dict[str, Any], paths: tuple[str, ...], text: str | None) -> None:
    """Raises UsageError when nothing could be fixed in what is checked."""
    name = "--fix" if given["fix"] else "--fix-diff"
    if given["fix"] and given["fix_diff"]:
        raise UsageError("--fix 与 --fix-diff 不能同用", remedy="只留一个")
    everything = given["diff_base"] is not None or given["changed_since"] is not None
    if text is not None or "-" in paths or not (paths or everything):
        raise UsageError(f"{name} 只用于文件", remedy="请写文件或文件夹")
    if given["write_baseline"]:
        raise UsageError(f"{name} 与 --write-baseline 不能同用", remedy="先改正，再写基线")


def fixed(checking: Checking, opened: Opened, in_place: bool) -> int:
    """Show what can be replaced; `in_place` replaces it and reports what is left. The exit code."""
    ways = checking.ways
    recorded = Recorded()
    report = checking.judged(opened, recorded.see)
    shown = [one for one in report.findings if one.severity >= ways.shown]
    changed = list(mended(shown, checking.rulebook, recorded, checking.reading_of))
    tell, out = (
        (console.note, sys.stderr) if in_place else (console.say, sys.stdout)
    )  # stdout is the report's
    for one in changed:
        for line in diff(one, ways.show_personal, console.encoding_of(out)):
            tell(line)
    if not in_place:
        console.note(f"--fix 会改 {len(changed)} 个文件，{sum(one.times for one in changed)} 处")
        return deliver(report, ways._replace(quiet=True))
    written = [one.times for one in changed if write(one)]
    if written:
        report = checking.judged(opened)
    console.note(f"已改正 {len(written)} 个文件，{sum(written)} 处")
    return deliver(report, ways)


def mended(
    findings: Iterable[Finding],
    rulebook: Rulebook,
    recorded: Recorded,
    reading_of: Callable[[str], ReadSettings],
) -> Iterator[Mended]:
    """Each file in which something can be replaced, in the order of their findings."""
    fixes = {rule.id: rule.fix for rule in rulebook.rules if rule.fix}
    by_path: dict[str, list[Finding]] = {}
    for one in findings:
        if one.rule in fixes and one.line and one.path not in recorded.paths:
            by_path.setdefault(one.path, []).append(one)
    for path, some in by_path.items():
        file = read_whole(path, reading_of(path)) if os.path.isfile(path) else None
        if file is None:
            continue
        by_line: dict[int, set[Edit]] = {}
        for one in some:
            if is_as_read(one, file.lines):
                changes = edits(fixes[one.rule], file.lines[one.line - 1], one.column - 1, one.end_column - 1)
                by_line.setdefault(one.line, set()).update(changes)
        lines = list(file.lines)
        times = 0
        for number, wanted in by_line.items():
            made = settled(lines[number - 1], wanted)
            lines[number - 1] = applied(lines[number - 1], made)
            times += len(made)
        if times:
            yield Mended(path, file, tuple(lines), times)


def is_as_read(finding: Finding, lines: tuple[str, ...]) -> bool:
    """Do the words of a finding stand in one line of the file, each character as it was read?"""
    if not finding.column or finding.line != finding.end_line or finding.line > len(lines):
        return False
    return lines[finding.line - 1][finding.column - 1 : finding.end_column - 1] == finding.matched


def write(one: Mended) -> bool:
    """Write the file in its own encoding and with its own mode; False when the encoding lacks a character.

    Raises WriteError.
    """
    data = one.file.written(one.lines)
    if data is None:
        console.note(f"注意：{mask_name(one.path)} 的编码 {one.file.codec} 写不出替换文字，未改")
        return False

    def out(file: IO[bytes]) -> None:
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), stat.S_IMODE(os.stat(one.path).st_mode))
        file.write(data)

    write_file(one.path, out)
    return True


def diff(one: Mended, show_personal: bool, encoding: str) -> Iterator[str]:
    """The change as lines of a unified diff, personal data masked, safe to show."""
    from collectlint.visible import visible

    def plain(line: str) -> str:
        line = line.rstrip("\r\n")
        return visible(line if show_personal else mask_text(line), encoding)

    path = one.path if show_personal else mask_name(one.path)
    path = path.replace(os.sep, "/")
    before, after = list(map(plain, one.file.lines)), list(map(plain, one.lines))
    names = (f"a/{path.lstrip('/')}", f"b/{path.lstrip('/')}")
    yield from unified_diff(before, after, *names, n=1, lineterm="")
