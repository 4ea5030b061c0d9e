"""`window`, `missing` and `count`: what is said in a part of the call, is not said there, or too often."""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from collectlint.operators.outcome import NO, YES, Hit, Operator, Outcome, found
from collectlint.view import View

_SHOWN = 24  # code points of the searched window that a finding shows
NO_TIMES = "缺少各句的时间"


class Bounds(NamedTuple):
    """A part of a call: those turns of `speakers` (none = everybody's) that lie within every bound.

    0 = no such bound. Turns and per cent count turns of `speakers` that hold words, per cent rounded up;
    seconds count by when a turn begins: from the beginning of the call, or back from its last word.
    """

    speakers: tuple[str, ...]
    first_turns: int
    last_turns: int
    first_seconds: float
    last_seconds: float
    first_percent: int
    last_percent: int

    def turns(self, view: View) -> tuple[Sequence[int], str]:
        """(numbers of the turns; what is missing to tell, "" = nothing)."""
        said = view.document.turns
        turns = [
            which
            for which, turn in enumerate(said)
            if turn.text.strip() and (not self.speakers or turn.speaker in self.speakers)
        ]
        kept = set(turns)
        for number, share, first in (
            (self.first_turns, self.first_percent, True),
            (self.last_turns, self.last_percent, False),
        ):
            for most in (number, ceil(len(turns) * share / 100)):
                if most:
                    kept.intersection_update(turns[:most] if first else turns[-most:])
        if self.first_seconds or self.last_seconds:
            starts = {which: start for which in turns if (start := said[which].start) is not None}
            if len(starts) < len(turns):
                return (), NO_TIMES
            times = [time for turn in said for time in (turn.start, turn.end) if time is not None]
            if self.first_seconds:
                kept = {which for which in kept if starts[which] < self.first_seconds}
            if self.last_seconds:
                kept = {which for which in kept if starts[which] >= max(times) - self.last_seconds}
        return sorted(kept), ""


class Window(NamedTuple):
    """Places of `of` in a part of the call."""

    of: Operator
    bounds: Bounds

    def check(self, view: View) -> Outcome:
        turns, reason = self.bounds.turns(view)
        if reason:
            return Outcome(None, (), reason)
        outcome = self.of.check(view)
        if not outcome.truth:
            return outcome
        window = set(turns)
        return found(hit for hit in outcome.hits if view.turn_at(hit.start) in window)


class Missing(NamedTuple):
    """Yes when the condition does not hold in that part of the call; the finding shows the part."""

    of: Operator
    bounds: Bounds

    def check(self, view: View) -> Outcome:
        turns, reason = self.bounds.turns(view)
        if reason:
            return Outcome(None, (), reason)
        if not turns:
            return NO
        outcome = self.of.check(view)
        if outcome.truth is None:
            return outcome
        if outcome.truth and not outcome.hits:
            return NO
        window = set(turns)
        if any(view.turn_at(hit.start) in window for hit in outcome.hits):
            return NO
        low, high = view.turn_region(turns[0])
        also = tuple(view.turn_region(turn) for turn in turns[1:])
        return Outcome(True, (Hit(low, min(high, low + _SHOWN), also),))


class Count(NamedTuple):
    """Yes when the condition has at least `least` places (and at most `most`, unless 0)."""

    of: Operator
    least: int
    most: int

    def check(self, view: View) -> Outcome:
        outcome = self.of.check(view)
        if outcome.truth is None:
            return outcome
        number = len(outcome.hits)
        if number < self.least or (self.most and number > self.most):
            return NO
        if not outcome.hits:
            return YES
        first, *rest = outcome.hits
        return found([first._replace(also=first.also + tuple((hit.start, hit.end) for hit in rest))])


def load_window(of: Operator, **bounds: object) -> Window:
    """`window` from its plain data."""
    return Window(of, Bounds(**bounds))  # type: ignore[arg-type]


def load_missing(of: Operator, **bounds: object) -> Missing:
    """`missing` from its plain data."""
    return Missing(of, Bounds(**bounds))  # type: ignore[arg-type]
