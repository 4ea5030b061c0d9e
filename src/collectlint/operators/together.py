"""`near` and `order`: conditions that hold close to each other, in any or in the given order."""

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import NamedTuple

from collectlint.operators.outcome import NO, Hit, Operator, Outcome, found
from collectlint.view import View

UNITS = ("chars", "clauses", "sentences", "turns")
_START, _END = attrgetter("start"), attrgetter("end")
_TRIES = 100  # hits set beside one of the marked condition
_LONGEST_SPAN = 60  # code points; a wider pair is shown as two places


class Together(NamedTuple):
    """All conditions of `of` within `within` units of each other.

    `mark` is the condition whose words are the finding (-1: the whole stretch when it is short).
    """

    of: tuple[Operator, ...]
    within: int
    unit: str
    ordered: bool
    mark: int

    def check(self, view: View) -> Outcome:
        placed: list[tuple[Hit, ...]] = []
        reasons: list[str] = []
        for condition in self.of:
            outcome = condition.check(view)
            if outcome.truth is False:
                return NO
            if outcome.truth is None:
                reasons.append(outcome.reason)
            placed.append(found(outcome.hits).hits)
        if reasons:
            return Outcome(None, (), ";".join(dict.fromkeys(reasons)))
        lead = self.mark if self.mark >= 0 else 0
        joined = [self._join(view, hit, lead, placed) for hit in placed[lead]]
        return found(hit for hit in joined if hit is not None)

    def _join(self, view: View, lead: Hit, which: int, placed: list[tuple[Hit, ...]]) -> Hit | None:
        others = [*range(which + 1, len(placed)), *range(which - 1, -1, -1)]
        around = {other: self._around(view, lead, placed[other]) for other in others}
        chosen = self._completed(view, {which: lead}, others, around, [_TRIES])
        if chosen is None:
            return None
        low = min(hit.start for hit in chosen.values())
        high = max(hit.end for hit in chosen.values())
        via = tuple(dict.fromkeys(mark for _, hit in sorted(chosen.items()) for mark in hit.via))
        if self.mark < 0 and high - low <= _LONGEST_SPAN and view.turn_at(low) == view.turn_at(high - 1):
            return Hit(low, high, tuple(span for hit in chosen.values() for span in hit.also), via)
        places = tuple((hit.start, hit.end) for key, hit in sorted(chosen.items()) if key != which)
        return Hit(lead.start, lead.end, lead.also + places, via)

    def _completed(
        self,
        view: View,
        chosen: dict[int, Hit],
        others: list[int],
        around: dict[int, tuple[Hit, ...]],
        tries: list[int],
    ) -> dict[int, Hit] | None:
        """`chosen` with a hit of each condition in `others`, the nearest to the first that go together.

        `tries` holds how many more hits may be set: texts full of words must not cost all combinations.
        """
        if not others:
            return chosen
        lead = next(iter(chosen.values()))
        near = [hit for hit in around[others[0]] if self._fits(view, chosen, others[0], hit)]
        near.sort(key=lambda hit: (abs(hit.start - lead.start), hit.start))
        for hit in near:
            if not tries[0]:
                return None
            tries[0] -= 1
            whole = self._completed(view, {**chosen, others[0]: hit}, others[1:], around, tries)
            if whole is not None:
                return whole
        return None

    def _around(self, view: View, lead: Hit, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """Those of the sorted hits that are not too far for certain: all pairs would be too many."""
        low, high = self._reach(view, lead)
        first = bisect_left(hits, low, key=_END)  # `found` leaves no hit inside another
        return hits[first : bisect_right(hits, high, key=_START)]

    def _reach(self, view: View, lead: Hit) -> tuple[int, int]:
        last = max(lead.end - 1, lead.start)
        if self.unit == "chars":
            return lead.start - self.within, lead.end + self.within
        if self.unit in ("clauses", "sentences"):
            regions = view.clauses if self.unit == "clauses" else view.sentences
            low = regions.slice(max(regions.which(lead.start) - self.within, 0))[0]
            return low, regions.slice(min(regions.which(last) + self.within, regions.last))[1]
        low = view.turn_region(max(view.turn_at(lead.start) - self.within, 0))[0]
        turns = len(view.document.turns)
        return low, view.turn_region(min(view.turn_at(last) + self.within, turns - 1))[1]

    def _fits(self, view: View, chosen: dict[int, Hit], which: int, hit: Hit) -> bool:
        for other, taken in chosen.items():
            if hit.start < taken.end and taken.start < hit.end and not (hit.end <= taken.start):
                return False
            first, second = (taken, hit) if taken.start <= hit.start else (hit, taken)
            if self.ordered and (which > other) != (second is hit):
                return False
            if self._distance(view, first, second) > self.within:
                return False
        return True

    def _distance(self, view: View, first: Hit, second: Hit) -> int:
        if self.unit == "chars":
            return max(second.start - first.end, 0)
        if self.unit == "clauses":
            return view.clauses.which(second.start) - view.clauses.which(max(first.end - 1, first.start))
        if self.unit == "sentences":
            return view.sentences.which(second.start) - view.sentences.which(max(first.end - 1, first.start))
        return view.turn_at(second.start) - view.turn_at(first.start)
