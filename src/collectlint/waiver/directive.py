"""What an inline waiver says: `collectlint: ignore[rule-id] reason until 2027-01-31`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from collectlint.lazy import lazily

FIELD = "collectlint"  # key or column beside a text, where a format has no comments
FORM = "ignore[规则编号] 理由 until 2027-01-31"

_START = {"<!--": "<!--", "#": "#+", "//": "//", ";": ";", "!": "!", "/*": r"/\*", "--": "--"}
_END = {"<!--": "-->", "/*": "*/"}
_IGNORE = lazily(r"ignore\s*\[([^\[\]]*)\](.*)", 16)  # 16 = re.DOTALL
_UNTIL = lazily(r"(?:^|[\s,，;；(（])until\s*[:：]?\s*([^\s)）]*)[)）]?\s*$")
_DAY = lazily(r"\d{4}-\d\d-\d\d")
_LEADING = " \t:：-–—,，;；"


class Comment(NamedTuple):
    """A waiver in a file: its place, what follows `collectlint:`, and the line that it is about.

    `target` 0 = nothing comes after it.
    """

    path: str
    line: int
    column: int
    said: str
    target: int = 0


class Waiver(NamedTuple):
    """Rule ids, why, and the last day (`YYYY-MM-DD`, empty = without end)."""

    rules: tuple[str, ...]
    reason: str
    until: str


class Found(NamedTuple):
    """A comment in a line: code points `start`-`end` of it, and what follows `collectlint:`."""

    start: int
    end: int
    said: str


Finder = Callable[[str], "Found | None"]


def finder(syntax: Sequence[str]) -> Finder:
    """Finds a waiver in one line of a format whose comments begin with one of `syntax` (`#`, `<!--`)."""
    import re

    starts = "|".join(_START[mark] for mark in syntax)
    pattern = re.compile(rf"(?P<mark>{starts})\s*{FIELD}\s*[:：](?P<said>.*)", re.IGNORECASE | re.DOTALL)

    def found(line: str) -> Found | None:
        if FIELD not in line.lower():
            return None
        comment = pattern.search(line)
        if comment is None:
            return None
        said, end = comment["said"], comment.end()
        closing = _END.get(comment["mark"], "")
        if closing and closing in said:
            said = said.partition(closing)[0]
            end = comment.start("said") + len(said) + len(closing)
        return Found(comment.start(), end, said.strip())

    return found


def understood(said: str) -> Waiver | str:
    """The waiver, or what is wrong with it."""
    form = _IGNORE.match(said.strip())
    if form is None:
        return "看不懂这条豁免"
    rules = tuple(dict.fromkeys(name.strip() for name in form[1].split(",") if name.strip()))
    if not rules:
        return "豁免没有写明规则编号"
    reason = form[2].strip()
    until = ""
    limit = _UNTIL.search(reason)
    if limit:
        until, reason = limit[1], reason[: limit.start()]
        if not is_day(until):
            return f"豁免的期限「{until}」不是日期"
    reason = reason.strip(_LEADING)
    return Waiver(rules, reason, until) if reason else "豁免没有写明理由"


def comment(mark: str, rule: str, reason: str, until: str) -> str:
    """A waiver as a comment that begins with `mark`, one of the marks of `finder`."""
    said = f"{mark} {FIELD}: ignore[{rule}] {reason} until {until}"
    return f"{said} {_END[mark]}" if mark in _END else said


def is_day(text: str) -> bool:
    """Is it a day that exists, as `YYYY-MM-DD`?"""
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def beside(value: object) -> Iterable[str]:
    """The waivers of the field `collectlint` of a document: one text, a list of them, or null."""
    if value is None:
        return ()
    return (str(one) for one in value) if isinstance(value, list | tuple) else (str(value),)
