"""Tells, in one pass over a text, the few rules of which everything needed occurs in it.

Every word has a mask of the sets it belongs to; every meeting (sets that must occur close to each other) is
looked at only where a word of its rarest set was found, among the sets of the blocks of text around. Clauses
are bits of one integer, in layers as wide as there are rules, so that all rules are asked at once whether
each of their clauses is met; meetings that must come together follow behind the clauses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from collectlint.document import Document
from collectlint.likeness import OTHER_SIDE
from collectlint.operators.gating import BLOCK, FIELD, NUMBER, PERSONAL, SPEAKERS
from collectlint.operators.loading import load
from collectlint.operators.personal import is_possible
from collectlint.rulebook.gate_tables import Tables
from collectlint.text.courtesy import courtesies
from collectlint.text.numerals import BEGINNINGS

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


class Gate:
    """The gate of a rulebook, with the tables made of it."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._bases: dict[Hashable, int] = {}

    def found(self, text: str) -> dict[int, list[tuple[int, int]]]:
        """Numbers of the words that occur in a folded, compact text, with their spans."""
        found: dict[int, list[tuple[int, int]]] = {}
        for which, start, end in self._tables.scan(text):
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
            for set_id in self._tables.scanned[which]:
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
            met |= self._tables.bits.get(NUMBER, 0)
        if _PERSONAL_CUES.search(text) and is_possible(text):
            met |= self._tables.bits.get(PERSONAL, 0)
        for whole, bits in self._tables.loose:
            if met & whole == whole:
                met |= bits
        met |= self._met(len(text), found)
        joined = met >> self._tables.first
        for place in _ones(joined & self._tables.joining):
            for others, bits in self._tables.joins[place]:
                if joined & others == others:
                    met |= bits
        rows = met & self._tables.whole
        for _ in range(1, self._tables.depth):
            met >>= self._tables.width
            rows &= met
        asked = rows & self._tables.readers
        if not asked:
            return Chosen(rows & self._tables.rules, 0, None, 0, ())
        least = next((score for score, bit in self._tables.scores.items() if rows & bit), None)
        places = list(_ones(met >> self._tables.width & self._tables.concepts))
        lists = [self._tables.lists[place] for place in places if place < len(self._tables.lists)]
        weights = [self._tables.weights[place] for place in places]
        # What the other side says, or courtesy, may not count: then no list surely lowers the score.
        if any(turn.speaker in OTHER_SIDE for turn in document.turns) or courtesies(text):
            weights = [one for one in weights if one > 0]
        return Chosen(rows & self._tables.rules, asked, least, sum(weights), lists)

    def _met(self, length: int, found: Mapping[int, Sequence[tuple[int, int]]]) -> int:
        """What the meetings in a text of so many characters give."""
        masks, alone, waiting = self._tables.masks, self._tables.alone, self._tables.waiting
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
            mask = self._tables.masks[which]
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
            holding = (
                self._tables.bits[test] for test in self._tables.tests if _holds(test, document, present)
            )
            base = reduce(or_, holding, self._tables.given)
            for whole, bits in self._tables.settled:
                if base & whole == whole:
                    base |= bits
            self._bases[key] = base
        return base


def _ones(bits: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    written = bin(bits)[:1:-1]
    place = written.find("1")
    while place >= 0:
        yield place
        place = written.find("1", place + 1)


def _holds(test: str, document: Document, speakers: set[str]) -> bool:
    """May a test hold for the document, whatever its text? Those of the text are asked for each."""
    if test.startswith(SPEAKERS):
        return not speakers.isdisjoint(test.removeprefix(SPEAKERS).split())
    if test.startswith(FIELD):
        asked = load(json.loads(test.removeprefix(FIELD)))
        return asked.check(cast(Any, SimpleNamespace(document=document))).truth is not False
    return False
