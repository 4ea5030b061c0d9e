"""Tells, in one pass over a text, the few rules of which everything needed occurs in it.

Every literal has a mask of the sets it belongs to; every term (sets that must occur together) is looked at
only where a literal of its rarest set was found. Clauses are bits of one integer, in layers as wide as there
are rules, so that all rules are asked at once whether each of their clauses is met.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from collectlint.document import Document
from collectlint.likeness import OTHER_SIDE
from collectlint.operators.gating import (
    FIELD,
    NUMBER,
    PERSONAL,
    SPEAKERS,
    Atom,
    Gating,
    Need,
    Term,
    scores_asked,
    with_score,
)
from collectlint.operators.loading import load
from collectlint.operators.personal import is_possible
from collectlint.text.literals import LiteralSets
from collectlint.text.numerals import BEGINNINGS
from collectlint.text.scan import numbered

_MOST_KINDS = 2_000  # remembered kinds of documents
_FIGURES = re.compile(f"[{BEGINNINGS}]")
_PERSONAL_CUES = re.compile("[0-9a-z@微信〇零一二三四五六七八九幺么号座室楼栋幢层]")


class Chosen(NamedTuple):
    """The rules that could hold, as bits.

    `asked` are those of them that rest on the second reader, `least` the lowest score that it must give for
    any of these to hold, `concepts` the weight of the lexicon lists that its words belong to, at the most.
    """

    rules: int
    asked: int
    least: float | None
    concepts: int


class _Waiting(NamedTuple):
    """What else must occur beside a word: (some of these sets, clauses met) and longer terms.

    `seconds` are all sets one of which must occur for any of it; longer terms stand behind theirs.
    """

    seconds: int
    pairs: tuple[tuple[int, int], ...]
    longer: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]


class Gate:
    """The gate of a rulebook; `conditions` are the lowered conditions of its rules in their order.

    `scanned` are the literals that operators ask for, with the sets that hold them; `concepts` are lexicon
    lists as sets, with the weight that the second reader gives each.
    """

    def __init__(
        self,
        conditions: Sequence[Mapping[str, Any]],
        sets: LiteralSets,
        scanned: Mapping[str, Sequence[int]],
        concepts: Mapping[int, int],
    ) -> None:
        gating = Gating(sets)
        needs = list(map(gating.need, conditions))
        scores = sorted({score for need in needs for score in scores_asked(need)})
        readers = [which for which, need in enumerate(needs) if scores_asked(need)]
        self._all = (1 << len(needs)) - 1
        self._readers = sum(1 << which for which in readers)
        # For every score one more row: what must occur for some rule to be content with it.
        self._scores = {score: 1 << len(needs) + row for row, score in enumerate(scores)}
        needs += [_any_of([with_score(needs[which], score) for which in readers]) for score in scores]
        self._weights = list(concepts.values())
        self._build([_without_scores(need) for need in needs], scanned, concepts, gating, sets)
        self._bases: dict[Hashable, tuple[int, int]] = {}

    def _build(
        self,
        needs: Sequence[Need],
        scanned: Mapping[str, Sequence[int]],
        concepts: Mapping[int, int],
        gating: Gating,
        sets: LiteralSets,
    ) -> None:
        width = len(needs)
        self._depth = max((len(need) for need in needs), default=0)
        self._width = width
        self._whole = (1 << width) - 1
        self._given = 0  # bits of clauses that nothing need meet
        clauses: dict[Term, int] = {}
        for which, need in enumerate(needs):
            for layer in range(self._depth):
                bit = 1 << layer * width + which
                if layer >= len(need):
                    self._given |= bit
                    continue
                for term in need[layer]:
                    clauses[term] = clauses.get(term, 0) | bit
        for place, (set_id, weight) in enumerate(concepts.items(), self._depth * width):
            # What adds counts where it may occur, what takes away where it does for certain.
            terms = gating.spelt(set_id) if weight > 0 else (frozenset({set_id}),) if sets.words(set_id) else ()
            for term in terms:
                clauses[term] = clauses.get(term, 0) | 1 << place
        used: dict[Atom, int] = {}  # as what must occur besides
        for term in clauses:
            rarest = gating.rarest(term)
            for atom in term:
                if atom != rarest or isinstance(atom, str):
                    used[atom] = used.get(atom, 0) + 1
        # The most used in front: masks of few low bits are short numbers.
        atoms = sorted(used, key=lambda atom: (-used[atom], str(atom)))
        self._bits: dict[Atom, int] = {atom: 1 << place for place, atom in enumerate(atoms)}
        self._tests = [atom for atom in atoms if isinstance(atom, str)]
        self._loose: list[tuple[int, int]] = []  # terms of tests alone, some of the text
        self._settled: list[tuple[int, int]] = []  # terms of tests that the text has no part in
        alone: dict[int, int] = {}  # set -> clauses that it meets by itself
        beside: dict[int, dict[int, int]] = {}  # set -> clauses -> sets of which one must occur besides
        # Set -> (the rarer of the sets that must all occur besides, all of them, clauses).
        among: dict[int, list[tuple[int, int, int]]] = {}
        for term, bits in clauses.items():
            rarest = gating.rarest(term)
            others = self._mask(term - {rarest})
            if isinstance(rarest, str):
                on_text = NUMBER in term or PERSONAL in term
                (self._loose if on_text else self._settled).append((self._mask(term), bits))
            elif len(term) == 1:
                alone[rarest] = alone.get(rarest, 0) | bits
            elif len(term) == 2:
                groups = beside.setdefault(rarest, {})
                groups[bits] = groups.get(bits, 0) | others
            else:
                second = self._bits[gating.rarest(term - {rarest})]
                among.setdefault(rarest, []).append((second, others, bits))
        owners = {word: list(set_ids) for word, set_ids in scanned.items()}
        for set_id in sorted({atom for term in clauses for atom in term if isinstance(atom, int)}):
            for word in sets.words(set_id):
                holding = owners.setdefault(word, [])
                if set_id not in holding:
                    holding.append(set_id)
        words = sorted(owners)
        self._scanned = [tuple(scanned.get(word, ())) for word in words]
        self._masks = [reduce(or_, (self._bits.get(one, 0) for one in owners[word])) for word in words]
        self._alone = [reduce(or_, (alone.get(one, 0) for one in owners[word])) for word in words]
        self._waiting = [_waiting_for(owners[word], beside, among) for word in words]
        self._scan = numbered(words)

    def _mask(self, term: Iterable[Atom]) -> int:
        return reduce(or_, map(self._bits.__getitem__, term), 0)

    def found(self, text: str) -> dict[int, list[tuple[int, int]]]:
        """Numbers of the words that occur in a folded, compact text, with their spans."""
        found: dict[int, list[tuple[int, int]]] = {}
        for which, start, end in self._scan(text):
            if which in found:
                found[which].append((start, end))
            else:
                found[which] = [(start, end)]
        return found

    def by_set(self, found: Mapping[int, Sequence[tuple[int, int]]]) -> dict[int, list[tuple[int, int]]]:
        """The sorted spans of the sets that operators ask for."""
        spans: dict[int, list[tuple[int, int]]] = {}
        several = set()
        for which, places in found.items():
            for set_id in self._scanned[which]:
                if set_id in spans:
                    spans[set_id] += places
                    several.add(set_id)
                else:
                    spans[set_id] = [*places]
        for set_id in several:
            spans[set_id].sort()
        return spans

    def choose(self, document: Document, text: str, found: Iterable[int]) -> Chosen:
        """What could hold for a document whose turns read as `text`, with these words in it."""
        here, met = self._base(document)
        if _FIGURES.search(text):
            here |= self._bits.get(NUMBER, 0)
        if _PERSONAL_CUES.search(text) and is_possible(text):
            here |= self._bits.get(PERSONAL, 0)
        for term, bits in self._loose:
            if here & term == term:
                met |= bits
        for one in found:
            here |= self._masks[one]
        for one in found:
            met |= self._alone[one]
            waiting = self._waiting[one]
            if waiting is not None and here & waiting.seconds:
                for some, bits in waiting.pairs:
                    if here & some:
                        met |= bits
                for second, more in waiting.longer:
                    if here & second:
                        for every, bits in more:
                            if here & every == every:
                                met |= bits
        rows = met & self._whole
        for _ in range(1, self._depth):
            met >>= self._width
            rows &= met
        asked = rows & self._readers
        if not asked:
            return Chosen(rows & self._all, 0, None, 0)
        least = next((score for score, bit in self._scores.items() if rows & bit), None)
        weight = 0
        met >>= self._width  # what is left are concepts
        sides = {turn.speaker in OTHER_SIDE for turn in document.turns}
        while met:
            lowest = met & -met
            one = self._weights[lowest.bit_length() - 1]
            if one > 0 or True not in sides:
                weight += one
            met ^= lowest
        return Chosen(rows & self._all, asked, least, weight)

    def _base(self, document: Document) -> tuple[int, int]:
        """The tests that hold for all documents of such a kind with such speakers, and clauses they meet."""
        turns = document.turns
        speakers = turns[0].speaker if len(turns) == 1 else frozenset([turn.speaker for turn in turns])
        key = (
            speakers,
            document.jurisdiction,
            document.channel,
            document.kind,
            document.party,
            document.direction,
            document.creditor_type,
            document.product,
            document.speaker_role,
        )
        base = self._bases.get(key)
        if base is None:
            if len(self._bases) >= _MOST_KINDS:
                self._bases.clear()
            present = {turn.speaker for turn in turns}
            here = sum(self._bits[test] for test in self._tests if _holds(cast(str, test), document, present))
            met = self._given
            for term, bits in self._settled:
                if here & term == term:
                    met |= bits
            base = self._bases[key] = here, met
        return base


def _waiting_for(
    owners: Iterable[int],
    beside: Mapping[int, Mapping[int, int]],
    among: Mapping[int, Sequence[tuple[int, int, int]]],
) -> _Waiting | None:
    pairs: dict[int, int] = {}
    longer: dict[int, dict[tuple[int, int], None]] = {}
    for one in owners:
        for bits, some in beside.get(one, {}).items():
            pairs[bits] = pairs.get(bits, 0) | some
        for second, every, bits in among.get(one, ()):
            longer.setdefault(second, {})[every, bits] = None
    if not pairs and not longer:
        return None
    return _Waiting(
        reduce(or_, (*pairs.values(), *longer)),
        tuple((some, bits) for bits, some in pairs.items()),
        tuple((second, tuple(more)) for second, more in longer.items()),
    )


def _holds(test: str, document: Document, speakers: set[str]) -> bool:
    """May a test hold for the document, whatever its text? Those of the text are asked for each."""
    if test.startswith(SPEAKERS):
        return not speakers.isdisjoint(test.removeprefix(SPEAKERS).split())
    if test.startswith(FIELD):
        asked = load(json.loads(test.removeprefix(FIELD)))
        return asked.check(cast(Any, SimpleNamespace(document=document))).truth is not False
    return False


def _any_of(needs: Iterable[Need]) -> Need:
    """Terms of which one occurs where one of the needs is met; weaker where a need has several clauses."""
    terms: dict[Term, None] = {}
    for need in needs:
        if not need:
            return ()
        terms.update(dict.fromkeys(min(need, key=len)))
    return (tuple(terms),)


def _without_scores(need: Need) -> Need:
    """The need as it is where the second reader would give any score."""
    clauses = with_score(need, 1.0)
    return tuple(clause for clause in clauses if frozenset() not in clause)
