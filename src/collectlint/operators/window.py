"""`missing` and `count`: what is not said where it must be, and what is said too often."""

from typing import NamedTuple

from collectlint.operators.outcome import NO, YES, Hit, Operator, Outcome, found
from collectlint.view import View

_SHOWN = 24  # code points of the searched window that a finding shows


class Missing(NamedTuple):
    """Yes when the condition does not hold inside the window; the finding shows the window.

    `first_turns` / `last_turns` count turns of `speakers`; 0 for both means the whole document.
    """

    of: Operator
    first_turns: int
    last_turns: int
    speakers: tuple[str, ...]

    def check(self, view: View) -> Outcome:
        turns = [
            which
            for which, turn in enumerate(view.document.turns)
            if turn.text.strip() and (not self.speakers or turn.speaker in self.speakers)
        ]
        if self.first_turns:
            turns = turns[: self.first_turns]
        if self.last_turns:
            turns = turns[-self.last_turns :]
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
