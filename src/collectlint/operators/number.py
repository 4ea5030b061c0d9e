"""`number`: a value that the text states, against bounds or against a field of the document."""

from collections.abc import Iterator
from typing import NamedTuple

from collectlint.operators.outcome import NO, Hit, Operator, Outcome, found
from collectlint.view import View

VALUES = ("amount", "percent", "days", "minutes_of_day")
_DAY = 86_400


class Number(NamedTuple):
    """`value` is what is read: money in its currency, per cent, a span of days, or a clock time.

    `least` and `most` are inclusive bounds; `near` narrows to values within `within` characters of
    another condition; `differs_from` names a field the value must equal (unknown when it is absent).
    For clock times a window counts as soon as any minute of it lies within the bounds.
    """

    value: str
    least: float | None
    most: float | None
    near: Operator | None
    within: int
    differs_from: str
    speakers: tuple[str, ...]
    stance: tuple[str, ...]

    def check(self, view: View) -> Outcome:
        around: tuple[Hit, ...] = ()
        if self.near is not None:
            outcome = self.near.check(view)
            if not outcome.truth:
                return outcome
            around = outcome.hits
        wanted = None
        if self.differs_from:
            wanted = _number(view.document.fields.get(self.differs_from))
            if wanted is None:
                return Outcome(None, (), f"缺少 {self.differs_from}")
        hits = []
        for start, end, low, high in _values(self.value, view.text):
            if self.speakers and view.speaker_at(start) not in self.speakers:
                continue
            if self.near is not None and not _close(start, end, around, self.within):
                continue
            if not self._accepts(low, high, wanted):
                continue
            if self.stance and view.stance(start, end) not in self.stance:
                continue
            hits.append(Hit(start, end))
        return found(hits) if hits else NO

    def _accepts(self, low: float, high: float, wanted: float | None) -> bool:
        if wanted is not None and abs(low - wanted) < 0.005:
            return False
        if self.least is not None and high < self.least:
            return self.value == "minutes_of_day" and high + 1440 >= self.least and self._upper(low + 1440)
        return self._upper(low)

    def _upper(self, low: float) -> bool:
        return self.most is None or low <= self.most


def _number(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def _close(start: int, end: int, around: tuple[Hit, ...], within: int) -> bool:
    return any(hit.start - within <= end and start <= hit.end + within for hit in around)


def _values(kind: str, text: str) -> Iterator[tuple[int, int, float, float]]:
    """(start, end, lowest, highest) of each value; the readers are loaded when a rule gets this far."""
    if kind == "amount":
        from collectlint.text.amounts import find_amounts

        for amount in find_amounts(text):
            yield amount.start, amount.end, float(amount.value), float(amount.value)
    elif kind == "percent":
        from collectlint.text.amounts import find_rates

        for rate in find_rates(text):
            yield rate.start, rate.end, rate.value * 100, rate.value * 100
    elif kind == "days":
        from collectlint.text.dates import find_durations

        for span in find_durations(text):
            yield span.start, span.end, span.seconds / _DAY, span.seconds / _DAY
    else:
        from collectlint.text.times import find_clock

        for clock in find_clock(text):
            if not clock.certain:
                continue
            yield clock.start, clock.end, float(clock.first), float(clock.last)
