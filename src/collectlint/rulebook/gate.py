"""Tells, in one pass over a text, the few rules of which everything needed occurs in it.

Every word has a mask of the sets it belongs to; every meeting (sets that must occur close to each other) is
looked at only where a word of its rarest set was found, among the sets of the blocks of text around. Clauses
are bits of one integer, in layers as wide as there are rules, so that all rules are asked at once whether
each of their clauses is met; meetings that must come together follow behind the clauses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from collectlint.document import Document
from collectlint.likeness import OTHER_SIDE
from collectlint.operators.gating import (
    BLOCK,
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
    any of these to hold; `lists` are the lexicon lists that its words may belong to (name, set), `concepts`
    the most that they can weigh.
    """

    rules: int
    asked: int
    least: float | None
    concepts: int
    lists: Sequence[tuple[str, int]]


class _Waiting(NamedTuple):
    """What else must occur beside a word: (some of these sets, what that gives, within how many blocks).

    `seconds` are all sets one of which must occur for any of it; longer meetings stand behind theirs.
    """

    seconds: int
    pairs: tuple[tuple[int, int, int], ...]
    longer: tuple[tuple[int, tuple[tuple[int, int, int], ...]], ...]


class Gate:
    """The gate of a rulebook; `conditions` are the lowered conditions of its rules in their order.

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
        scores = sorted({score for need in needs for score in scores_asked(need)})
        readers = [which for which, need in enumerate(needs) if scores_asked(need)]
        self._all = (1 << len(needs)) - 1
        self._readers = sum(1 << which for which in readers)
        # For every score one more row: what must occur for some rule to be content with it.
        self._scores = {score: 1 << len(needs) + row for row, score in enumerate(scores)}
        needs += [_any_of([with_score(needs[which], score) for which in readers]) for score in scores]
        self._lists = [(name, set_id) for name, set_id, _ in concepts]
        # What adds counts where it may occur, what takes away where it does for certain, behind the others.
        self._weights = [max(weight, 0) for _, _, weight in concepts]
        self._weights += [weight for _, _, weight in concepts if weight < 0]
        self._build([_without_scores(need) for need in needs], scanned, concepts, gating, sets)
        self._bases: dict[Hashable, int] = {}

    def _build(
        self,
        needs: Sequence[Need],
        scanned: Mapping[str, Sequence[int]],
        concepts: Sequence[tuple[str, int, int]],
        gating: Gating,
        sets: LiteralSets,
    ) -> None:
        width = len(needs)
        self._depth = max((1, *(len(need) for need in needs)))
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
        rows = [gating.occurring(set_id) for _, set_id, _ in concepts]
        rows += [gating.plainly(set_id) for _, set_id, weight in concepts if weight < 0]
        for place, terms in enumerate(rows, self._depth * width):
            for term in terms:
                clauses[term] = clauses.get(term, 0) | 1 << place
        for place in range(len(concepts)):
            if not rows[place]:
                self._given |= 1 << self._depth * width + place
        self._concepts = (1 << len(rows)) - 1
        gives = self._combine(clauses, self._depth * width + len(rows), gating)
        self._place(gives, scanned, gating, sets)

    def _combine(self, clauses: Mapping[Term, int], first: int, gating: Gating) -> dict[int, int]:
        """What each meeting gives, as bits: clauses that it meets alone, itself where others must join."""
        together = {
            term: bits for term, bits in clauses.items() if len(term) > 1 or _is_test(next(iter(term)))
        }
        atoms = sorted({atom for term in together for atom in term}, key=str)
        self._bits: dict[Atom, int] = {atom: 1 << first + place for place, atom in enumerate(atoms)}
        self._tests = [atom for atom in atoms if isinstance(atom, str)]
        # Of the terms with several atoms: what must have come, and the clauses that are met then.
        self._loose: list[tuple[int, int]] = []  # tests alone, some of the text
        self._settled: list[tuple[int, int]] = []  # tests that the text has no part in
        self._first = first
        self._joins: dict[int, list[tuple[int, int]]] = {}  # by the place of the rarest meeting
        for term, bits in together.items():
            whole = reduce(or_, map(self._bits.__getitem__, term))
            rarest = gating.rarest(term)
            if isinstance(rarest, int):
                place = self._bits[rarest].bit_length() - 1 - first
                self._joins.setdefault(place, []).append((whole >> first, bits))
            elif NUMBER in term or PERSONAL in term:
                self._loose.append((whole, bits))
            else:
                self._settled.append((whole, bits))
        self._joining = sum(1 << place for place in self._joins)
        gives = {atom: bit for atom, bit in self._bits.items() if isinstance(atom, int)}
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
        self._scanned = [tuple(scanned.get(word, ())) for word in words]
        kinds: dict[tuple[int, ...], tuple[int, int, _Waiting | None]] = {}  # many words stand for each other
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
        self._masks = [mask for mask, _, _ in of_words]
        self._alone = [bits for _, bits, _ in of_words]
        self._waiting = [some for _, _, some in of_words]
        self._scan = numbered(words)

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

    def choose(self, document: Document, text: str, found: Mapping[int, Sequence[tuple[int, int]]]) -> Chosen:
        """What could hold for a document whose turns read as `text`, with these words in it."""
        met = self._base(document)
        if _FIGURES.search(text):
            met |= self._bits.get(NUMBER, 0)
        if _PERSONAL_CUES.search(text) and is_possible(text):
            met |= self._bits.get(PERSONAL, 0)
        for whole, bits in self._loose:
            if met & whole == whole:
                met |= bits
        met |= self._met(len(text), found)
        joined = met >> self._first
        for place in _ones(joined & self._joining):
            for others, bits in self._joins[place]:
                if joined & others == others:
                    met |= bits
        rows = met & self._whole
        for _ in range(1, self._depth):
            met >>= self._width
            rows &= met
        asked = rows & self._readers
        if not asked:
            return Chosen(rows & self._all, 0, None, 0, ())
        least = next((score for score, bit in self._scores.items() if rows & bit), None)
        places = list(_ones(met >> self._width & self._concepts))
        lists = [self._lists[place] for place in places if place < len(self._lists)]
        weights = [self._weights[place] for place in places]
        if any(turn.speaker in OTHER_SIDE for turn in document.turns):
            weights = [one for one in weights if one > 0]
        return Chosen(rows & self._all, asked, least, sum(weights), lists)

    def _met(self, length: int, found: Mapping[int, Sequence[tuple[int, int]]]) -> int:
        """What the meetings in a text of so many characters give."""
        masks, alone, waiting = self._masks, self._alone, self._waiting
        here = met = 0
        for which in found:
            here |= masks[which]
            met |= alone[which]
        near: Callable[[int, int], list[int]] | None = None
        for which in found:
            one = waiting[which]
            if one is None or not here & one.seconds:
                continue
            # First anywhere in the text; what is met so is looked for again close to the word.
            for some, bits, reach in one.pairs:
                if here & some and met & bits != bits:
                    if reach:
                        near = near or self._near(length, found)
                        if not any(around & some for around in near(which, reach)):
                            continue
                    met |= bits
            for second, more in one.longer:
                if here & second:
                    for every, bits, reach in more:
                        if here & every == every and met & bits != bits:
                            if reach:
                                near = near or self._near(length, found)
                                if not any(around & every == every for around in near(which, reach)):
                                    continue
                            met |= bits
        return met

    def _near(
        self, length: int, found: Mapping[int, Sequence[tuple[int, int]]]
    ) -> Callable[[int, int], list[int]]:
        """A function of a word and a number of blocks: the sets so close to each place of the word."""
        blocks = [0] * (length // BLOCK + 1)
        for which, places in found.items():
            mask = self._masks[which]
            if mask:
                for start, _ in places:
                    blocks[start // BLOCK] |= mask
        windows: dict[tuple[int, int], int] = {}

        def near(which: int, reach: int) -> list[int]:
            places = found[which]
            first = places[0][0] // BLOCK
            around = [first] if len(places) == 1 else {start // BLOCK for start, _ in places}
            out = []
            for block in around:
                window = windows.get((block, reach))
                if window is None:
                    some = blocks[max(0, block - reach) : block + reach + 1]
                    window = windows[block, reach] = reduce(or_, some)
                out.append(window)
            return out

        return near

    def _base(self, document: Document) -> int:
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
            holding = (self._bits[test] for test in self._tests if _holds(test, document, present))
            base = reduce(or_, holding, self._given)
            for whole, bits in self._settled:
                if base & whole == whole:
                    base |= bits
            self._bases[key] = base
        return base


def _waiting_for(meetings: Iterable[tuple[int, int, int, int]]) -> _Waiting | None:
    pairs: dict[tuple[int, int], int] = {}
    longer: dict[int, dict[tuple[int, int, int], None]] = {}
    for reach, second, others, bits in meetings:
        if second == others:
            pairs[bits, reach] = pairs.get((bits, reach), 0) | others
        else:
            longer.setdefault(second, {})[others, bits, reach] = None
    if not pairs and not longer:
        return None
    return _Waiting(
        reduce(or_, (*pairs.values(), *longer)),
        tuple((masks, *given) for given, masks in pairs.items()),
        tuple((second, tuple(more)) for second, more in longer.items()),
    )


def _ones(bits: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    written = bin(bits)[:1:-1]
    place = written.find("1")
    while place >= 0:
        yield place
        place = written.find("1", place + 1)


def _is_test(atom: Atom) -> bool:
    return isinstance(atom, str)


def _holds(test: str, document: Document, speakers: set[str]) -> bool:
    """May a test hold for the document, whatever its text? Those of the text are asked for each."""
    if test.startswith(SPEAKERS):
        return not speakers.isdisjoint(test.removeprefix(SPEAKERS).split())
    if test.startswith(FIELD):
        asked = load(json.loads(test.removeprefix(FIELD)))
        return asked.check(cast(Any, SimpleNamespace(document=document))).truth is not False
    return False


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
