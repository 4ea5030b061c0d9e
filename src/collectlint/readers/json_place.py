"""Where in raw JSON a decoded character stands; worked out only when a finding asks."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from collectlint.lazy import lazily

_TOKEN = lazily(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{},]', re.DOTALL)
_ESCAPE = lazily(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL
)


class Literal(NamedTuple):
    """The string at `path` (keys and indices) in `raw`, which begins at `line` and `column` of its file.

    Calling it with a code-point offset in the decoded text gives (line, column) of the character,
    or of the first character of its escape; the offset of the text's end gives the closing quote.
    """

    raw: str
    line: int
    column: int
    path: tuple[str | int, ...]

    def __call__(self, offset: int) -> tuple[int, int]:
        start = _starts(self.raw, self.path[0]).get(self.path)
        if start is None:
            return self.line, self.column
        at = start + 1 + offset
        before, extra = _escapes(self.raw, start)
        passed = bisect_left(before, offset)
        if passed:
            at += extra[passed - 1]
        return _line_and_column(self.raw, at, self.line, self.column)


def _line_and_column(raw: str, at: int, line: int, column: int) -> tuple[int, int]:
    if "\n" not in raw and "\r" not in raw:
        return line, column + at
    before = raw[:at].replace("\r\n", "\n").replace("\r", "\n")
    breaks = before.count("\n")
    if not breaks:
        return line, column + at
    return line + breaks, len(before) - before.rfind("\n")


@lru_cache(maxsize=2)  # a record may have five million characters
def _starts(raw: str, top: str | int) -> dict[tuple[str | int, ...], int]:
    """Positions of the opening quotes of all string values below the key `top`, by path."""
    found: dict[tuple[str | int, ...], int] = {}
    stack: list[str | int | None] = []  # per level the current index or key; None: a key comes next
    for match in _TOKEN.finditer(raw):
        token = match.group()
        first = token[0]
        if first == '"':
            if stack and stack[-1] is None:
                stack[-1] = _decoded(token)
            elif stack and stack[0] == top:
                found[tuple(each for each in stack if each is not None)] = match.start()
        elif first == "{":
            stack.append(None)
        elif first == "[":
            stack.append(0)
        elif first == ",":
            if stack:
                current = stack[-1]
                stack[-1] = current + 1 if isinstance(current, int) else None
        elif stack:
            stack.pop()
    return found


def _decoded(token: str) -> str:
    if "\\" not in token:
        return token[1:-1]
    return str(json.loads(token))


@lru_cache(maxsize=64)
def _escapes(raw: str, start: int) -> tuple[list[int], list[int]]:
    """For each escape of the literal: its offset in the decoded text, and how many more raw
    characters than decoded ones were written up to its end."""
    match = _TOKEN.match(raw, start)
    end = match.end() - 1 if match else start + 1
    offsets: list[int] = []
    extras: list[int] = []
    extra = 0
    for escape in _ESCAPE.finditer(raw, start + 1, end):
        offsets.append(escape.start() - start - 1 - extra)
        extra += len(escape.group()) - 1
        extras.append(extra)
    return offsets, extras
