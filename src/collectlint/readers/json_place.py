"""Where in raw JSON a decoded character stands; worked out only when a finding asks."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from collectlint.lazy import lazily

_TOKEN = lazily(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{},]', re.DOTALL)
_ESCAPE = lazily(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL
)


INSIDE = None  # a step of a path: the string here is JSON itself, the path goes on inside it
Step: TypeAlias = str | int | None
Path: TypeAlias = tuple[Step, ...]


class Literal(NamedTuple):
    """The string at `path` (keys, indices, `INSIDE`) in `raw`, which begins at `line` and `column`.

    Calling it with a code-point offset in the decoded text gives (line, column) of the character,
    or of the first character of its escape; the offset of the text's end gives the closing quote.
    """

    raw: str
    line: int
    column: int
    path: Path

    def __call__(self, offset: int, closing: bool = False) -> tuple[int, int]:
        at = _position(self.raw, self.path, offset)
        if at is None:
            return self.line, self.column
        return _line_and_column(self.raw, at, self.line, self.column)


class Joined(NamedTuple):
    """A text put together from strings: of each (offset in the text, offset in the string, place)."""

    parts: tuple[tuple[int, int, Literal], ...]

    def __call__(self, offset: int, closing: bool = False) -> tuple[int, int]:
        inner = offset - 1 if closing and offset else offset  # the next part stands elsewhere
        which = max(bisect_right([start for start, _, _ in self.parts], inner) - 1, 0)
        start, inside, place = self.parts[which]
        return place(offset - start + inside, closing)


def _position(raw: str, path: Path, offset: int) -> int | None:
    """Where in `raw` the code point at `offset` of the decoded string at `path` stands."""
    outer = path.index(INSIDE) if INSIDE in path else len(path)
    start = _starts(raw, path[0]).get(path[:outer])
    if start is None:
        return None
    if outer < len(path):
        within = _position(_inner(raw, start), path[outer + 1 :], offset)
        if within is None:
            return start
        offset = within
    at = start + 1 + offset
    before, extra = _escapes(raw, start)
    passed = bisect_left(before, offset)
    return at + extra[passed - 1] if passed else at


@lru_cache(maxsize=8)
def _inner(raw: str, start: int) -> str:
    match = _TOKEN.match(raw, start)
    return _decoded(match.group()) if match else ""


def _line_and_column(raw: str, at: int, line: int, column: int) -> tuple[int, int]:
    if "\n" not in raw and "\r" not in raw:
        return line, column + at
    before = raw[:at].replace("\r\n", "\n").replace("\r", "\n")
    breaks = before.count("\n")
    if not breaks:
        return line, column + at
    return line + breaks, len(before) - before.rfind("\n")


def _starts(raw: str, top: Step) -> dict[Path, int]:
    """Positions of the opening quotes of all strings below the key `top`, by path; in a list, of all."""
    return _below(raw, top if isinstance(top, str) else None)


@lru_cache(maxsize=4)  # a record may have five million characters
def _below(raw: str, top: str | None) -> dict[Path, int]:
    found: dict[Path, int] = {}
    stack: list[str | int | None] = []  # per level the current index or key; None: a key comes next
    for match in _TOKEN.finditer(raw):
        token = match.group()
        first = token[0]
        if first == '"':
            if stack and stack[-1] is None:
                stack[-1] = _decoded(token)
            elif stack and (top is None or stack[0] == top):
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
