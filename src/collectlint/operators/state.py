"""`state`: what has come to hold in a call (wrong number, asked to stop), and what is said while it does."""

from __future__ import annotations

from typing import NamedTuple, cast

from collectlint.operators.outcome import NO, Hit, Operator, Outcome, found
from collectlint.view import View


class Stretch(NamedTuple):
    """Half-open stretch of `View.text` in which a state holds, and the words that brought it about."""

    start: int
    end: int
    cause: Hit


class Lasting(NamedTuple):
    """A state: it holds from each place of `begins` to the next one of `ends`, or to the end of the call.

    Not asked as a condition itself; `State` asks it for its stretches, which are found once per document.
    """

    begins: Operator
    ends: Operator | None

    def stretches(self, view: View) -> tuple[tuple[Stretch, ...], str]:
        """(one stretch for each place of `begins`, in order; what is missing to find them, "" = nothing)."""
        known = view.memory.get(self)
        if known is None:
            known = view.memory[self] = self._found(view)
        return cast("tuple[tuple[Stretch, ...], str]", known)

    def _found(self, view: View) -> tuple[tuple[Stretch, ...], str]:
        begun = self.begins.check(view)
        if not begun.truth:
            return (), begun.reason
        ended = self.ends.check(view) if self.ends is not None else NO
        if ended.truth is None:
            return (), ended.reason
        stops = [hit.start for hit in ended.hits]
        stretches: list[Stretch] = []
        for hit in begun.hits:
            stop = next((stop for stop in stops if stop >= hit.end), len(view.text) + 1)
            stretches.append(Stretch(hit.start, stop, hit))
        return tuple(stretches), ""


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
        holding, reasons = _joined(self.is_, view)
        if self.is_ and not holding and not reasons:
            return NO
        hits = self._said(holding, view)
        if isinstance(hits, Outcome):
            return hits
        barred, more = _joined(self.is_not, view) if hits else ([], [])
        if reasons or more:
            return Outcome(None, (), ";".join(dict.fromkeys([*reasons, *more])))
        return found(hit for hit in hits if not _holds(barred, hit.start))

    def _said(self, holding: list[Stretch], view: View) -> list[Hit] | Outcome:
        """The places while one of the states holds; an outcome when `of` gives none or cannot tell."""
        if self.of is None:
            return [stretch.cause for stretch in holding]
        outcome = self.of.check(view)
        if not outcome.truth or not self.is_:
            return list(outcome.hits) if outcome.truth else outcome
        hits = []
        for hit in outcome.hits:
            since = [one for one in holding if _covers(one, hit.start) and self._soon(view, one, hit)]
            if since:
                cause = since[-1].cause
                hits.append(hit._replace(also=(*hit.also, (cause.start, cause.end), *cause.also)))
        return hits

    def _soon(self, view: View, stretch: Stretch, hit: Hit) -> bool:
        return not self.within or view.turn_at(hit.start) - view.turn_at(stretch.cause.start) <= self.within


def _joined(states: tuple[Lasting, ...], view: View) -> tuple[list[Stretch], list[str]]:
    """The stretches of all the states in order of their beginning, and what is missing to find them."""
    stretches: list[Stretch] = []
    reasons = []
    for state in states:
        found_, reason = state.stretches(view)
        stretches.extend(found_)
        if reason:
            reasons.append(reason)
    return sorted(stretches, key=lambda one: one.start), reasons


def _covers(stretch: Stretch, position: int) -> bool:
    return stretch.cause.end <= position < stretch.end


def _holds(stretches: list[Stretch], position: int) -> bool:
    return any(_covers(one, position) for one in stretches)
