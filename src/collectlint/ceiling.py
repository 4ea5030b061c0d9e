"""How high the second reader could score a document at most, told in a few microseconds.

Most texts stay far below every bound that a rule asks for. Of the features of a short text only single
characters and pairs are looked up, each pair with the most that any longer feature beginning with it could
add; other texts, and those not settled so, have all their features looked up. What is told is never too low:
a text that this keeps from the second reader would not have been found by it (held by test).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import add

from collectlint.document import Document
from collectlint.likeness import LONGEST, MOST, OTHER_SIDE, PRIOR, Model, circumstances, grams

_UNKNOWN = 255  # square of a feature that the model does not know
# Two sums in one number: weights in the low bits, which may be negative, squares above them.
_SHIFT = 32
_HALF = 1 << _SHIFT - 1
_SLACK = 1e-6
_LONG = 150  # code points; longer texts the pairs alone seldom settle


class Ceiling:
    """Upper bounds on the score "any" of a model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        weights, squares = model.weighed()
        self._names = {name: weight for name, weight in weights.items() if name[0] in "@#"}
        self._own = _Tables(weights, squares, "")
        self._theirs = _Tables(weights, squares, "<")
        self._circumstances: dict[tuple[str, str, str], int] = {}

    def weight_of(self, concept: str) -> int:
        """What a lexicon list adds to the sum of weights, in steps."""
        return self._names.get("#" + concept, 0)

    def reaches(self, document: Document, turns: Iterable[str], concepts: int, least: float) -> bool:
        """Could a document whose turns read `turns`, none of it quoted, score `least`?

        `concepts` is at least the weight of the lists that its words belong to.
        """
        own: list[str] = []
        theirs: list[str] = []
        for said, text in zip(document.turns, turns, strict=True):
            (theirs if said.speaker in OTHER_SIDE else own).append(text)
        kind = (document.party, document.channel, document.kind)
        given = self._circumstances.get(kind)
        if given is None:
            given = self._circumstances[kind] = sum(
                self._names.get(one, 0) for one in circumstances(document)
            )
        asked = self._model.asked(min(least, 1 - _SLACK), document.channel) * (1 - _SLACK)
        if asked <= 0:
            return True
        if sum(map(len, own)) + len(own) > MOST or sum(map(len, theirs)) + len(theirs) > MOST:
            return True
        is_long = sum(map(len, own)) + sum(map(len, theirs)) > _LONG
        for closely in (True,) if is_long else (False, True):
            weight, squares = given + concepts, PRIOR * _UNKNOWN
            for texts, tables in ((own, self._own), (theirs, self._theirs)):
                if texts:
                    more, by = tables.sums(texts, closely)
                    weight += more
                    squares += max(0, by)
            if weight <= 0 or not self._model.is_reached(weight, squares, asked):
                return False
        return True


class _Tables:
    """Weights and squares of the features with one mark (own words none, the other side's `<`)."""

    def __init__(self, weights: dict[str, int], squares: dict[str, int], mark: str) -> None:
        own = {
            name[len(mark) :]: (weight, squares[name])
            for name, weight in weights.items()
            if (name[0] == "<") == bool(mark) and name[0] not in "@#" and len(name) > len(mark)
        }
        longest: dict[str, int] = {}  # beginning of three -> the most that a fourth character adds
        longer: dict[str, int] = {}  # of two -> the most that a third and a fourth add
        least: dict[str, int] = {}  # of two -> by how much squares may fall short of unknown ones
        for name, (weight, square) in own.items():
            if len(name) == LONGEST:
                longest[name[:3]] = max(longest.get(name[:3], 0), weight)
                least[name[:2]] = max(least.get(name[:2], 0), _UNKNOWN - square)
        short3: dict[str, int] = {}
        for name in {*longest, *(one for one in own if len(one) == 3)}:
            weight, square = own.get(name, (0, _UNKNOWN))
            longer[name[:2]] = max(longer.get(name[:2], 0), weight + longest.get(name, 0))
            short3[name[:2]] = max(short3.get(name[:2], 0), _UNKNOWN - square)
        self._one = {name: _packed(*pair) for name, pair in own.items() if len(name) == 1}
        self._two = {}
        self._two_and_more = {}
        for name in {*longer, *least, *short3, *(one for one in own if len(one) == 2)}:
            weight, square = own.get(name, (0, _UNKNOWN))
            square += 2 * _UNKNOWN - least.get(name, 0) - short3.get(name, 0)
            self._two[name] = _packed(weight, square)
            self._two_and_more[name] = _packed(weight + longer.get(name, 0), square)
        self._longer = {name: most for name, most in longer.items() if most > 0}
        self._all = {name: _packed(*pair) for name, pair in own.items()}

    def sums(self, texts: list[str], closely: bool) -> tuple[int, int]:
        """(at most the weight, at least the square) of all features of the texts."""
        if closely:
            total = _sum(self._all, grams("\n".join(texts)), _UNKNOWN)
            return _unpacked(total)
        pairs: list[str] = []
        for text in texts:
            for line in text.split("\n") if "\n" in text else (text,):
                pairs.extend(map(add, line, line[1:]))
        kinds = set(pairs)
        total = _sum(self._one, set().union(*texts) - {"\n"}, _UNKNOWN)
        if len(kinds) == len(pairs):
            total += _sum(self._two_and_more, kinds, 3 * _UNKNOWN)
        else:
            get = self._longer.get
            total += _sum(self._two, kinds, 3 * _UNKNOWN) + sum([get(pair, 0) for pair in pairs])
        weight, squares = _unpacked(total)
        lines = sum(text.count("\n") + 1 for text in texts)
        # At the end of a line a pair may have nothing longer behind it.
        return weight, squares - 3 * _UNKNOWN * lines


def _sum(table: Mapping[str, int], features: set[str], unknown: int) -> int:
    """Of the features in the table what it gives, of the others `unknown` squares each."""
    known = table.keys() & features
    return sum(map(table.__getitem__, known)) + ((len(features) - len(known)) * unknown << _SHIFT)


def _packed(weight: int, square: int) -> int:
    return (square << _SHIFT) + weight


def _unpacked(total: int) -> tuple[int, int]:
    weight = (total + _HALF) % (1 << _SHIFT) - _HALF
    return weight, total - weight >> _SHIFT
