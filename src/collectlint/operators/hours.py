"""`hours`: was the contact made inside quiet hours, by the jurisdiction's own clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from collectlint.document import Document
from collectlint.operators.outcome import NO, YES, Outcome
from collectlint.view import View

if TYPE_CHECKING:
    from datetime import datetime

# All three have had no daylight saving time since 1979 (Hong Kong, Taiwan) and 1991 (mainland).
ZONE_HOURS = 8
_DAY = 86_400


class Hours(NamedTuple):
    """Yes when the contact starts in the half-open quiet time [quiet_from, quiet_to), in seconds of day.

    Quiet time may run over midnight. Outbound contacts only; `consent_hours` of the document lift
    it; a `send_window` counts as soon as any part of it lies in the quiet time.
    """

    quiet_from: int
    quiet_to: int

    def check(self, view: View) -> Outcome:
        document = view.document
        if document.direction == "inbound":
            return NO
        consent = [window for text in document.consent_hours if (window := seconds_window(text))]
        if document.send_window:
            windows = [window for text in document.send_window if (window := seconds_window(text))]
            return YES if any(self._overlaps(window, consent) for window in windows) else NO
        if document.started_at is None:
            return Outcome(None, (), "缺少 started_at")
        moment = local(document.started_at)
        if moment is None:
            return Outcome(None, (), "started_at 不是 ISO 8601 时间")
        second = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
        if not inside(second, self.quiet_from, self.quiet_to):
            return NO
        return NO if any(inside(second, *window) for window in consent) else YES

    def _overlaps(self, window: tuple[int, int], consent: list[tuple[int, int]]) -> bool:
        minutes = range(window[0], window[1] if window[1] > window[0] else window[1] + _DAY, 60)
        return any(
            inside(second % _DAY, self.quiet_from, self.quiet_to)
            and not any(inside(second % _DAY, *agreed) for agreed in consent)
            for second in minutes
        )


def inside(second: float, first: int, last: int) -> bool:
    """Is a second of the day in the half-open window, which may run over midnight?"""
    return first <= second < last if first < last else second >= first or second < last


def seconds_window(text: str) -> tuple[int, int] | None:
    """`"21:00-23:00"` as seconds of day; None when it is not of that form (24:00 is midnight)."""
    parts = text.replace("–", "-").replace("—", "-").replace("~", "-").split("-")
    if len(parts) != 2:
        return None
    ends = [seconds_of_day(part) for part in parts]
    if ends[0] is None or ends[1] is None:
        return None
    return ends[0] % _DAY, ends[1] if ends[1] == _DAY else ends[1] % _DAY


def seconds_of_day(text: str) -> int | None:
    """`H:MM` or `HH:MM:SS` as seconds since midnight, None when it is no clock time."""
    numbers = text.strip().split(":")
    if len(numbers) not in (2, 3) or not all(number.isdigit() for number in numbers):
        return None
    hour, minute, second = (*map(int, numbers), 0)[:3]
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    return hour * 3600 + minute * 60 + second


def local(moment: str) -> datetime | None:
    """An ISO 8601 time in the debtor's own zone; without an offset it is that zone's already."""
    from datetime import datetime, timedelta, timezone  # a check without times needs none of it

    zone = timezone(timedelta(hours=ZONE_HOURS))
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return parsed.replace(tzinfo=zone) if parsed.tzinfo is None else parsed.astimezone(zone)


def event_day(document: Document) -> str | None:
    """The calendar day (`YYYY-MM-DD`) of the contact in the jurisdiction's zone."""
    moment = local(document.started_at) if document.started_at else None
    return moment.date().isoformat() if moment else None


def instant(moment: str) -> datetime | None:
    """The same moment as UTC, for comparing instants."""
    from datetime import UTC

    parsed = local(moment)
    return parsed.astimezone(UTC) if parsed else None
