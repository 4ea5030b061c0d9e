"""`all`, `any`, `none`, `at_least`: conditions about conditions, in Kleene's three-valued logic."""

from typing import NamedTuple

from collectlint.operators.outcome import NO, YES, Hit, Operator, Outcome, found
from collectlint.view import View


class All(NamedTuple):
    """Yes when every condition holds; the first condition with places gives the finding's place.

    `order` says in which order the conditions are asked, the cheap ones first.
    """

    conditions: tuple[Operator, ...]
    order: tuple[int, ...]

    def check(self, view: View) -> Outcome:
        asked: dict[int, Outcome] = {}
        for which in self.order:
            asked[which] = self.conditions[which].check(view)
            if asked[which].truth is False:
                return NO
        outcomes = [asked[which] for which in range(len(self.conditions))]
        unknown = [outcome.reason for outcome in outcomes if outcome.truth is None]
        if unknown:
            return Outcome(None, (), ";".join(dict.fromkeys(unknown)))
        placed = [outcome.hits for outcome in outcomes if outcome.hits]
        if not placed:
            return YES
        also = tuple((hits[0].start, hits[0].end) for hits in placed[1:])
        return Outcome(True, tuple(hit._replace(also=hit.also + also) for hit in placed[0]))


class AnyOf(NamedTuple):
    """Yes when one condition holds; the places of all that hold."""

    conditions: tuple[Operator, ...]

    def check(self, view: View) -> Outcome:
        hits: list[Hit] = []
        reasons: list[str] = []
        yes = False
        for condition in self.conditions:
            outcome = condition.check(view)
            if outcome.truth:
                yes = True
                hits.extend(outcome.hits)
            elif outcome.truth is None:
                reasons.append(outcome.reason)
        if yes:
            return found(hits) if hits else YES
        return Outcome(None, (), ";".join(dict.fromkeys(reasons))) if reasons else NO


class NoneOf(NamedTuple):
    """Yes when no condition holds, or only in courtesies; has no place of its own."""

    conditions: tuple[Operator, ...]

    def check(self, view: View) -> Outcome:
        reasons = []
        for condition in self.conditions:
            outcome = condition.check(view)
            if outcome.truth and not (
                outcome.hits and all(view.is_courteous(hit.start, hit.end) for hit in outcome.hits)
            ):
                return NO
            if outcome.truth is None:
                reasons.append(outcome.reason)
        return Outcome(None, (), ";".join(dict.fromkeys(reasons))) if reasons else YES


class AtLeast(NamedTuple):
    """Yes when `number` of the conditions hold, unknown when unknown ones could still make it so."""

    number: int
    of: tuple[Operator, ...]

    def check(self, view: View) -> Outcome:
        outcomes = [condition.check(view) for condition in self.of]
        yes = [outcome for outcome in outcomes if outcome.truth]
        if len(yes) >= self.number:
            hits = [hit for outcome in yes for hit in outcome.hits]
            return found(hits) if hits else YES
        unknown = [outcome.reason for outcome in outcomes if outcome.truth is None]
        if len(yes) + len(unknown) >= self.number:
            return Outcome(None, (), ";".join(dict.fromkeys(unknown)))
        return NO
