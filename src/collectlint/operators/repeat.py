"""`repeat`: the same thing said again and again, in one speech after another."""

from typing import NamedTuple

from collectlint.operators.outcome import NO, Hit, Operator, Outcome, found
from collectlint.view import View


class Repeat(NamedTuple):
    """Yes when `of` has places in at least `least` speeches; the place is that in the `least`-th one.

    What is said twice in one speech counts once: between two speeches somebody else has spoken.
    """

    of: Operator
    least: int

    def check(self, view: View) -> Outcome:
        outcome = self.of.check(view)
        if not outcome.truth:
            return outcome
        speeches: dict[int, Hit] = {}
        for hit in outcome.hits:
            speeches.setdefault(view.speech_at(view.turn_at(hit.start)), hit)
        if len(speeches) < self.least:
            return NO
        said = list(speeches.values())
        crossing = said.pop(self.least - 1)
        return found([crossing._replace(also=(*crossing.also, *((hit.start, hit.end) for hit in said)))])
