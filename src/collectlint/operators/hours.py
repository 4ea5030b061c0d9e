"""`hours`: was the contact made inside quiet hours, by the jurisdiction's own clock."""

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
    it; a `send_window` counts as soon as any part of it lies in the quiet time. With `runs_into` the
    question is whether a contact that started outside was still going on when quiet time began. With
    `holidays` quiet time is that of public holidays alone (a house rule: no law says so).
    """

    quiet_from: int
    quiet_to: int
    runs_into: bool = False
    holidays: bool = False

    def check(self, view: View) -> Outcome:
        document = view.document
        if document.direction == "inbound":
            return NO
        consent = [window for text in document.consent_hours if (window := seconds_window(text))]
        if document.send_window and not self.runs_into and not self.holidays:
            windows = [window for text in document.send_window if (window := seconds_window(text))]
            return YES if any(self._overlaps(window, consent) for window in windows) else NO
        if document.started_at is None:
            return Outcome(None, (), "缺少 started_at")
        moment = local(document.started_at)
        if moment is None:
            return Outcome(None, (), "started_at 不是 ISO 8601 时间")
        if self.holidays:
            from collectlint.operators.public_holidays import is_holiday

            holiday, reason = is_holiday(moment.date(), document.jurisdiction)
            if not holiday:
                return Outcome(holiday, (), reason)
        second = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
        if self.runs_into:
            return self._runs(document, moment, second, consent)
        if not inside(second, self.quiet_from, self.quiet_to):
            return NO
        return NO if any(inside(second, *window) for window in consent) else YES

    def _overlaps(self, window: tuple[int, int], consent: list[tuple[int, int]]) -> bool:
        # What is in the window, quiet and not agreed to begins where one of these does.
        begins = (window[0], self.quiet_from, *(agreed[1] for agreed in consent))
        return any(
            inside(second % _DAY, *window)
            and inside(second % _DAY, self.quiet_from, self.quiet_to)
            and not any(inside(second % _DAY, *agreed) for agreed in consent)
            for second in begins
        )

    def _runs(
        self, document: Document, moment: "datetime", second: float, consent: list[tuple[int, int]]
    ) -> Outcome:
        """Did quiet time, less what was agreed to, begin between the start and the end of the contact?"""
        if inside(second, self.quiet_from, self.quiet_to):
            return NO  # a matter of its start
        lasted = _lasted(document, moment)
        if lasted is None:
            return Outcome(None, (), "缺少 ended_at，也没有各句的时间")
        for begin in (self.quiet_from, *(agreed[1] for agreed in consent)):
            wait = (begin - second) % _DAY
            if not wait < lasted or not inside(begin % _DAY, self.quiet_from, self.quiet_to):
                continue
            if not any(inside(begin % _DAY, *agreed) for agreed in consent):
                return YES
        return NO


def _lasted(document: Document, began: "datetime") -> float | None:
    """Seconds from the start of a contact to its end, by `ended_at`, else by what was last said."""
    if document.ended_at is not None:
        ended = local(document.ended_at)
        return (ended - began).total_seconds() if ended is not None and ended >= began else None
    times = [time for turn in document.turns for time in (turn.end, turn.start) if time is not None]
    return max(times, default=None)


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


def local(moment: str) -> "datetime | None":
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


def instant(moment: str) -> "datetime | None":
    """The same moment as UTC, for comparing instants."""
    from datetime import UTC

    parsed = local(moment)
    return parsed.astimezone(UTC) if parsed else None


def microseconds(moment: str) -> int | None:
    """The same moment in whole microseconds since 1970-01-01 00:00 UTC, exactly."""
    from datetime import UTC, datetime, timedelta

    parsed = local(moment)
    if parsed is None:
        return None
    return (parsed - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
