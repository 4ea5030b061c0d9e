"""Times of recognisers and exports -> seconds into the call; units and absolute times told apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from math import isfinite
from typing import NamedTuple

from collectlint.document import Doubt
from collectlint.errors import InputError
from collectlint.lazy import lazily

UNITS = {"s": 1.0, "ms": 1e-3, "us": 1e-6}
_SHOWN = {"s": "秒", "ms": "毫秒", "us": "微秒"}
# Chinese speech has 3 to 7 characters a second; the units lie a factor of 1000 apart.
_SLOWEST, _FASTEST = 0.2, 50.0
_LEAST_CHARACTERS = 8
_EPOCH_FROM = 3e8  # seconds; no call lasts ten years, so it is a time of day counted from 1970
ZONE = timezone(timedelta(hours=8))  # of all three jurisdictions
_CLOCK = lazily(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,6})?)")
_MOMENT = lazily(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]+(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,6})?))?"
    r"(Z|[+-]\d{2}:?\d{2})?"
)


class Span(NamedTuple):
    """Beginning and end of what was said, and how many characters it has; None = unknown."""

    start: float | None
    end: float | None
    characters: int = 0


class Settled(NamedTuple):
    """Spans in seconds into the call; `began` is an ISO time when the source had absolute ones."""

    spans: list[Span]
    doubts: tuple[Doubt, ...]
    began: str | None


def number(field: str, value: object) -> float | None:
    """A JSON number, or one written as a string, in the source's own unit; "" and null are unknown."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise InputError(f"{field} 应为数字，实为 {type(value).__name__}", remedy="请检查导出的时间")
    try:
        found = float(value)
    except ValueError:
        raise InputError(f"{field} 的值「{str(value)[:40]}」不是数字", remedy="请检查导出的时间") from None
    return found if isfinite(found) else None


def moment(text: str) -> str | None:
    """A date with a time of day, as people and exports write it, in ISO 8601; None when it is none."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, offset = match.groups()
    written = (
        f"{year}-{int(month):02d}-{int(day):02d}T{int(hour):02d}:{minute}:{second or '00'}{offset or ''}"
    )
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return None
    return written


def clock(text: str) -> float | None:
    """`00:01:02.5`, `01:02` as seconds; None when it is no clock."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, rest = match.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(rest.replace(",", "."))


def earlier(iso: str, seconds: float) -> str:
    """An ISO time so many seconds before, to the second where it has no fraction."""
    begun = datetime.fromisoformat(iso) - timedelta(seconds=round(seconds, 3))
    return begun.isoformat()


def settle(spans: Sequence[Span], unit: str) -> Settled:
    """Spans in `unit` ("" = not known) as seconds into the call.

    The unit is held against how fast people speak: where the declared one would make it absurd and
    another would not, that one is taken, and said. Absolute times become relative to the earliest.
    """
    chosen, doubts = _unit(spans, unit)
    factor = UNITS[chosen]
    seconds = [
        span._replace(
            start=None if span.start is None else span.start * factor,
            end=None if span.end is None else span.end * factor,
        )
        for span in spans
    ]
    began = None
    starts = [span.start for span in seconds if span.start is not None]
    if starts and min(starts) >= _EPOCH_FROM:
        first = min(starts)
        began = datetime.fromtimestamp(first, ZONE).isoformat()
        seconds = [
            span._replace(
                start=None if span.start is None else span.start - first,
                end=None if span.end is None else span.end - first,
            )
            for span in seconds
        ]
    wrong = 0
    for at, span in enumerate(seconds):
        start, end = span.start, span.end
        if (start is not None and start < 0) or (end is not None and end < (start or 0)):
            wrong += 1
            start, end = (None if start is not None and start < 0 else start), None
        seconds[at] = span._replace(
            start=None if start is None else round(start, 3), end=None if end is None else round(end, 3)
        )
    if wrong:
        doubts.append(Doubt("times", f"有 {wrong} 段的起止时间有误，未采用"))
    missing = sum(span.start is None for span in seconds)
    if seconds and missing:
        which = "没有时间" if missing == len(seconds) else f"有 {missing} 段没有时间"
        doubts.append(Doubt("times", f"{which}，无法定位到秒，也无法按时间排列"))
    return Settled(seconds, tuple(doubts), began)


def _unit(spans: Sequence[Span], declared: str) -> tuple[str, list[Doubt]]:
    """The unit to use, and what has to be said about it."""
    timed = [span for span in spans if span.start is not None and span.end is not None]
    lasted = sum((span.end or 0) - (span.start or 0) for span in timed)
    characters = sum(span.characters for span in timed)
    if lasted <= 0 or characters < _LEAST_CHARACTERS:
        # No ends: from the first beginning to the last, with pauses, is at least the speech.
        starts = sorted(span.start for span in spans if span.start is not None)
        lasted = starts[-1] - starts[0] if len(starts) > 2 else 0
        characters = sum(span.characters for span in spans)
        if lasted <= 0 or characters < _LEAST_CHARACTERS:
            return declared or "s", []
    fitting = [
        unit for unit, factor in UNITS.items() if _SLOWEST <= characters / (lasted * factor) <= _FASTEST
    ]
    if declared in fitting or (declared and len(fitting) != 1):
        return declared, []
    if len(fitting) != 1:
        return "s", [Doubt("times", "无法判断时间的单位，按秒读取")]
    unit = fitting[0]
    if not declared:
        return unit, []
    return unit, [
        Doubt("times", f"按语速，时间单位应是{_SHOWN[unit]}而非{_SHOWN[declared]}，已按{_SHOWN[unit]}读取")
    ]
