"""`state`: what has come to hold in a call (wrong number, asked to stop), and what is said while it does."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple, cast

from collectlint.operators.outcome import NO, Hit, Operator, Outcome, found
from collectlint.view import View


class Stretches(NamedTuple):
    """Where a state holds: one stretch for each place that brings it about, in order.

    It holds from the end of that place (`since`) to `until`; `reason` says what is missing to tell.
    """

    causes: tuple[Hit, ...]
    since: tuple[int, ...]
    until: tuple[int, ...]
    reason: str = ""

    def cause_at(self, position: int) -> Hit | None:
        """The last place that made the state hold at `position`; None when it does not hold there."""
        last = bisect_right(self.since, position) - 1
        return self.causes[last] if last >= 0 and position < self.until[last] else None


class Lasting(NamedTuple):
    """A state: it holds from each place of `begins` to the next one of `ends`, or to the end of the call.

    Not asked as a condition itself; `State` asks it for its stretches, which are found once per document:
    `name` is that of the state, the same in all rules.
    """

    name: str
    begins: Operator
    ends: Operator | None

    def stretches(self, view: View) -> Stretches:
        known = view.memory.get((Lasting, self.name))
        if known is None:
            known = view.memory[Lasting, self.name] = self._found(view)
        return cast(Stretches, known)

    def _found(self, view: View) -> Stretches:
        begun = self.begins.check(view)
        ended = self.ends.check(view) if self.ends is not None and begun.truth else NO
        if not begun.truth or ended.truth is None:
            return Stretches((), (), (), begun.reason or ended.reason)
        stops = [*(hit.start for hit in ended.hits), len(view.text) + 1]
        until = [stops[bisect_left(stops, hit.end)] for hit in begun.hits]
        return Stretches(begun.hits, tuple(hit.end for hit in begun.hits), tuple(until))


class State(NamedTuple):
    """Places of `of` while one of the states `is_` holds (none given: always) and none of `is_not`.

    Without `of` the places are all that bring a state about, so a state is a condition with a name.
    `within` bounds the turns since the last of them, 0 = to the end of the call.
    """

    is_: tuple[Lasting, ...]
    is_not: tuple[Lasting, ...]
    of: Operator | None
    within: int

    def check(self, view: View) -> Outcome:
        holding = [state.stretches(view) for state in self.is_]
        reasons = [one.reason for one in holding if one.reason]
        if self.is_ and not reasons and not any(one.causes for one in holding):
            return NO
        hits = self._said(holding, view)
        if isinstance(hits, Outcome):
            return hits
        barred = [state.stretches(view) for state in self.is_not] if hits else []
        reasons += [one.reason for one in barred if one.reason]
        if reasons:
            return Outcome(None, (), ";".join(dict.fromkeys(reasons)))
        return found(hit for hit in hits if not any(one.cause_at(hit.start) for one in barred))

    def _said(self, holding: list[Stretches], view: View) -> list[Hit] | Outcome:
        """The places while one of the states holds; an outcome when `of` gives none or cannot tell."""
        if self.of is None:
            return [cause for one in holding for cause in one.causes]
        outcome = self.of.check(view)
        if not outcome.truth or not self.is_:
            return list(outcome.hits) if outcome.truth else outcome
        hits = []
        for hit in outcome.hits:
            cause = _last(one.cause_at(hit.start) for one in holding)
            if cause is None:
                continue
            if not self.within or view.turn_at(hit.start) - view.turn_at(cause.start) <= self.within:
                hits.append(hit._replace(also=(*hit.also, (cause.start, cause.end), *cause.also)))
        return hits


def _last(causes: Iterable[Hit | None]) -> Hit | None:
    return max((one for one in causes if one is not None), key=lambda one: one.start, default=None)
