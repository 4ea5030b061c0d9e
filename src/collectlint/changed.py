"""Which lines a change touched, by git."""

from __future__ import annotations

import os
import re
import subprocess
from ast import literal_eval
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from collectlint.errors import UsageError
from collectlint.finding import Finding

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
# What a repository's own configuration could make git do or write differently is switched off.
_PLAIN = ("-c", "core.quotePath=true", "-c", "core.fsmonitor=false", "-c", "diff.external=")
_DIFF = ("diff", "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules", "--find-renames")

Lines = tuple[tuple[int, int], ...]


class Changes(NamedTuple):
    """Touched lines, first and last, by real path; None = all of the file. `base` is a commit's hash."""

    base: str
    lines: Mapping[str, Lines | None]

    def has(self, path: str) -> bool:
        """Was the file changed or added?"""
        return os.path.realpath(path) in self.lines

    def touch(self, finding: Finding) -> bool:
        """Does a finding stand on a touched line? One without lines (a cell) counts with its file."""
        path = os.path.realpath(finding.path)
        if path not in self.lines:
            return False
        lines = self.lines[path]
        if lines is None or not finding.line:
            return True
        last = max(finding.line, finding.end_line)
        return any(low <= last and finding.line <= high for low, high in lines)


def changes_since(revision: str, folder: str, from_fork: bool) -> Changes:
    """What the working tree changes against `revision`, untracked files included.

    With `from_fork` against the commit where HEAD left `revision`, as code hosts show a request.
    Raises UsageError outside a repository and for a revision that is not there.
    """
    root = _line(folder, ("rev-parse", "--show-toplevel"))
    if root is None:
        raise UsageError("这里不是 git 仓库", remedy="请在仓库里运行，或不用 --diff、--changed-since")
    base = _line(root, ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"))
    if base is None:
        raise UsageError(f"git 里没有「{revision}」", remedy="检查名称；CI 里要先取回它，如 fetch-depth: 0")
    if from_fork:
        base = _line(root, ("merge-base", base, "HEAD"))
        if base is None:
            raise UsageError(
                f"找不到与「{revision}」的分岔点", remedy="CI 里要取回全部历史，如 fetch-depth: 0"
            )
    real = os.path.realpath(root)
    lines: dict[str, Lines | None] = {}
    for path, touched in _touched(_bytes(root, (*_DIFF, "--unified=0", *_PREFIXES, base, "--"))):
        lines[_joined(real, path)] = touched
    for path in _whole(_bytes(root, (*_DIFF, "--numstat", "-z", base, "--"))):
        lines[_joined(real, path)] = None
    for path in _bytes(root, ("ls-files", "--others", "--exclude-standard", "-z")).split(b"\0"):
        if path:
            lines[_joined(real, path)] = None
    return Changes(base, lines)


_PREFIXES = ("--src-prefix=a/", "--dst-prefix=b/")


def _joined(root: str, path: bytes) -> str:
    return os.path.realpath(os.path.join(root, os.fsdecode(path)))


def _touched(diff: bytes) -> Iterator[tuple[bytes, Lines]]:
    """Path and touched lines of each file with hunks."""
    path: bytes | None = None
    found: list[tuple[int, int]] = []
    body = 0  # lines of the current hunk that are still to come: they may look like anything
    for line in diff.split(b"\n"):
        if body and line[:1] in (b"-", b"+"):
            body -= 1
            continue
        if line.startswith(b"+++ "):
            if path is not None:
                yield path, tuple(found)
            path, found = _path(line[4:]), []
            continue
        hunk = _HUNK.match(line)
        if hunk:
            removed, added = int(hunk[1] or 1), int(hunk[3] or 1)
            body = removed + added
            first = int(hunk[2])
            # What is removed touches the lines on both sides: they are neighbours now.
            found.append((first, first + added - 1) if added else (max(first, 1), first + 1))
    if path is not None:
        yield path, tuple(found)


def _path(written: bytes) -> bytes | None:
    """The path of a `+++` line, quoted as C does if it has other than ASCII; None for a deleted file."""
    if written.startswith(b'"'):
        value = literal_eval("b" + written.rstrip(b"\t").decode("ascii"))
        written = value if isinstance(value, bytes) else b""
    else:
        written = written.removesuffix(b"\t")  # git ends a path with spaces so
    return None if written == b"/dev/null" else written.removeprefix(b"b/")


def _whole(numstat: bytes) -> Iterator[bytes]:
    """Files that git takes for binary (UTF-16 too): it has no lines for them."""
    fields = iter(numstat.split(b"\0"))
    for field in fields:
        if not field:
            continue
        added, _, path = field.split(b"\t", 2)
        if not path:  # a rename: the two names follow
            next(fields)
            path = next(fields)
        if added == b"-":
            yield path


def _bytes(folder: str, words: Sequence[str]) -> bytes:
    done = _git(folder, words)
    if done is None or done.returncode:
        reason = os.fsdecode(done.stderr).strip().split("\n")[0] if done else ""
        raise UsageError(f"git {words[0]} 失败：{reason}", remedy="请先修复仓库")
    return done.stdout


def _line(folder: str, words: Sequence[str]) -> str | None:
    done = _git(folder, words)
    if done is None or done.returncode:
        return None
    return os.fsdecode(done.stdout).rstrip("\n") or None


def _git(folder: str, words: Sequence[str]) -> subprocess.CompletedProcess[bytes] | None:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = ["git", *_PLAIN, *words]
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, env=environment, check=False)  # noqa: S603
    except OSError as error:
        raise UsageError("运行不了 git", remedy="请安装 git，或不用 --diff、--changed-since") from error
