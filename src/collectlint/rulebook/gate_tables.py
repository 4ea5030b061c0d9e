"""What the gate looks up, made of the conditions of a rulebook: masks of words, meetings, clauses.

Clauses are bits of one integer, in layers as wide as there are rules; behind them lexicon lists, and behind
these the meetings and tests that must come together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from collectlint.operators.gating import (
    NUMBER,
    PERSONAL,
    Atom,
    Gating,
    Need,
    Term,
    rests_on_reader,
    scores_asked,
    with_score,
)
from collectlint.text.literals import LiteralSets
from collectlint.text.scan import numbered


class Waiting(NamedTuple):
    """What else must occur beside a word: (some of these sets, what that gives, within how many blocks).

    `seconds` are all sets one of which must occur for any of it; longer meetings stand behind theirs.
    """

    seconds: int
    pairs: tuple[tuple[int, int, int], ...]
    longer: tuple[tuple[int, tuple[tuple[int, int, int], ...]], ...]


class Tables:
    """The tables for the lowered `conditions` of all rules in their order.

    `scanned` are the literals that operators ask for, with the sets that hold them; `concepts` are lexicon
    lists (name, set, the weight that the second reader gives it).
    """

    def __init__(
        self,
        conditions: Sequence[Mapping[str, Any]],
        sets: LiteralSets,
        scanned: Mapping[str, Sequence[int]],
        concepts: Sequence[tuple[str, int, int]],
    ) -> None:
        gating = Gating(sets)
        needs = list(map(gating.need, conditions))
        readers = [which for which, need in enumerate(needs) if rests_on_reader(need)]
        scores = sorted({score for which in readers for score in scores_asked(needs[which])})
        self.rules = (1 << len(needs)) - 1
        self.readers = sum(1 << which for which in readers)
        # For every score one more row: what must occur for some rule to be content with it.
        self.scores = {score: 1 << len(needs) + row for row, score in enumerate(scores)}
        needs += [_any_of([with_score(needs[which], score) for which in readers]) for score in scores]
        self.lists = [(name, set_id) for name, set_id, _ in concepts]
        # What adds counts where it may occur, what takes away where it does for certain, behind the others.
        self.weights = [max(weight, 0) for _, _, weight in concepts]
        self.weights += [weight for _, _, weight in concepts if weight < 0]
        self._build([_without_scores(need) for need in needs], scanned, concepts, gating, sets)

    def _build(
        self,
        needs: Sequence[Need],
        scanned: Mapping[str, Sequence[int]],
        concepts: Sequence[tuple[str, int, int]],
        gating: Gating,
        sets: LiteralSets,
    ) -> None:
        width = len(needs)
        self.depth = max((1, *(len(need) for need in needs)))
        self.width = width
        self.whole = (1 << width) - 1
        self.given = 0  # bits of clauses that nothing need meet
        clauses: dict[Term, int] = {}
        for which, need in enumerate(needs):
            for layer in range(self.depth):
                bit = 1 << layer * width + which
                if layer >= len(need):
                    self.given |= bit
                    continue
                for term in need[layer]:
                    clauses[term] = clauses.get(term, 0) | bit
        rows = [gating.occurring(set_id) for _, set_id, _ in concepts]
        rows += [gating.plainly(set_id) for _, set_id, weight in concepts if weight < 0]
        for place, terms in enumerate(rows, self.depth * width):
            for term in terms:
                clauses[term] = clauses.get(term, 0) | 1 << place
        for place in range(len(concepts)):
            if not rows[place]:
                self.given |= 1 << self.depth * width + place
        self.concepts = (1 << len(rows)) - 1
        gives = self._combine(clauses, self.depth * width + len(rows), gating)
        self._place(gives, scanned, gating, sets)

    def _combine(self, clauses: Mapping[Term, int], first: int, gating: Gating) -> dict[int, int]:
        """What each meeting gives, as bits: clauses that it meets alone, itself where others must join."""
        together = {
            term: bits for term, bits in clauses.items() if len(term) > 1 or _is_test(next(iter(term)))
        }
        atoms = sorted({atom for term in together for atom in term}, key=str)
        self.bits: dict[Atom, int] = {atom: 1 << first + place for place, atom in enumerate(atoms)}
        self.tests = [atom for atom in atoms if isinstance(atom, str)]
        # Of the terms with several atoms: what must have come, and the clauses that are met then.
        self.loose: list[tuple[int, int]] = []  # tests alone, some of the text
        self.settled: list[tuple[int, int]] = []  # tests that the text has no part in
        self.first = first
        self.joins: dict[int, list[tuple[int, int]]] = {}  # by the place of the rarest meeting
        for term, bits in together.items():
            whole = reduce(or_, map(self.bits.__getitem__, term))
            rarest = gating.rarest(term)
            if isinstance(rarest, int):
                place = self.bits[rarest].bit_length() - 1 - first
                self.joins.setdefault(place, []).append((whole >> first, bits))
            elif NUMBER in term or PERSONAL in term:
                self.loose.append((whole, bits))
            else:
                self.settled.append((whole, bits))
        self.joining = sum(1 << place for place in self.joins)
        gives = {atom: bit for atom, bit in self.bits.items() if isinstance(atom, int)}
        for term, bits in clauses.items():
            if term not in together:
                (alone,) = term
                assert isinstance(alone, int)
                gives[alone] = gives.get(alone, 0) | bits
        return gives

    def _place(
        self,
        gives: Mapping[int, int],
        scanned: Mapping[str, Sequence[int]],
        gating: Gating,
        sets: LiteralSets,
    ) -> None:
        """Puts every meeting to the words of its rarest set."""
        meetings = [(gating.meetings[number], bits) for number, bits in sorted(gives.items())]
        used: dict[int, int] = {}  # sets as what must occur besides
        for (set_ids, _), _ in meetings:
            rarest = gating.rarest_set(set_ids)
            for one in set_ids - {rarest}:
                used[one] = used.get(one, 0) + 1
        # The most used in front: masks of few low bits are short numbers.
        masks = {one: 1 << place for place, one in enumerate(sorted(used, key=lambda one: (-used[one], one)))}
        alone: dict[int, int] = {}
        by_set: dict[int, list[tuple[int, int, int, int]]] = {}  # reach, second, all others, what it gives
        for (set_ids, reach), bits in meetings:
            rarest = gating.rarest_set(set_ids)
            rest = set_ids - {rarest}
            if rest:
                second = masks[gating.rarest_set(rest)]
                others = sum(masks[one] for one in rest)
                by_set.setdefault(rarest, []).append((reach, second, others, bits))
            else:
                alone[rarest] = alone.get(rarest, 0) | bits
        owners = {word: dict.fromkeys(set_ids) for word, set_ids in scanned.items()}
        for set_id in sorted({one for (set_ids, _), _ in meetings for one in set_ids}):
            for word in sets.words(set_id):
                owners.setdefault(word, {})[set_id] = None
        words = sorted(owners)
        self.scanned = [tuple(scanned.get(word, ())) for word in words]
        kinds: dict[tuple[int, ...], tuple[int, int, Waiting | None]] = {}  # many words stand for each other
        of_words = []
        for word in words:
            kind = tuple(owners[word])
            facts = kinds.get(kind)
            if facts is None:
                facts = kinds[kind] = (
                    reduce(or_, (masks.get(one, 0) for one in kind)),
                    reduce(or_, (alone.get(one, 0) for one in kind)),
                    _waiting_for(pair for one in kind for pair in by_set.get(one, ())),
                )
            of_words.append(facts)
        self.masks = [mask for mask, _, _ in of_words]
        self.alone = [bits for _, bits, _ in of_words]
        self.waiting = [some for _, _, some in of_words]
        self.scan = numbered(words)


def _waiting_for(meetings: Iterable[tuple[int, int, int, int]]) -> Waiting | None:
    pairs: dict[tuple[int, int], int] = {}
    longer: dict[int, dict[tuple[int, int, int], None]] = {}
    for reach, second, others, bits in meetings:
        if second == others:
            pairs[bits, reach] = pairs.get((bits, reach), 0) | others
        else:
            longer.setdefault(second, {})[others, bits, reach] = None
    if not pairs and not longer:
        return None
    return Waiting(
        reduce(or_, (*pairs.values(), *longer)),
        tuple((masks, *given) for given, masks in pairs.items()),
        tuple((second, tuple(more)) for second, more in longer.items()),
    )


def _is_test(atom: Atom) -> bool:
    return isinstance(atom, str)


def _any_of(needs: Sequence[Need]) -> Need:
    """Terms of which one occurs where one of the needs is met; weaker where a need has several clauses."""
    terms: dict[Term, None] = {}
    for need in needs:
        if not need:
            return ()
        terms.update(dict.fromkeys(sorted(need, key=len)[0]))
    return (tuple(terms),)


def _without_scores(need: Need) -> Need:
    """The need as it is where the second reader would give any score."""
    clauses = with_score(need, 1.0)
    return tuple(clause for clause in clauses if frozenset() not in clause)
