"""How high the second reader could score a document at most, told in a few microseconds.

Most texts stay far below every bound that a rule asks for. The features of the model that a text holds are
found in one pass; only how many others it holds, and which lexicon lists its words belong to, is estimated.
What is told is never too low: a text that this keeps from the second reader would not have been found by it
(held by test).
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import add

from collectlint.document import Document
from collectlint.likeness import LONGEST, MOST, OTHER_SIDE, PRIOR, Model, circumstances, heard
from collectlint.text.scan import numbered

_UNKNOWN = 255  # square of a feature that the model does not know
_SLACK = 1e-6


class Ceiling:
    """Upper bounds on the score "any" of a model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        weights, squares = model.weighed()
        self._names = {name: weight for name, weight in weights.items() if name[0] in "@#"}
        self._own = _Side(weights, squares, "")
        self._theirs = _Side(weights, squares, "<")
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
            if said.speaker in OTHER_SIDE:
                theirs.append(text)
            else:
                own.append(heard(text))
        kind = (document.party, document.channel, document.kind)
        given = self._circumstances.get(kind)
        if given is None:
            given = self._circumstances[kind] = sum(
                self._names.get(one, 0) for one in circumstances(document)
            )
        asked = self._model.asked(min(least, 1 - _SLACK), document.channel) * (1 - _SLACK)
        weight, squares = given + concepts, PRIOR * _UNKNOWN
        for texts, side in ((own, self._own), (theirs, self._theirs)):
            if texts:
                said_by_side = "\n".join(texts)
                if len(said_by_side) > MOST:
                    return True
                more, by = side.sums(said_by_side)
                weight += more
                squares += by
        return asked <= 0 or (weight > 0 and self._model.is_reached(weight, squares, asked))


class _Side:
    """The features with one mark (own words none, the other side's `<`)."""

    def __init__(self, weights: dict[str, int], squares: dict[str, int], mark: str) -> None:
        own = {
            name[len(mark) :]: (weight, squares[name])
            for name, weight in weights.items()
            if (name[0] == "<") == bool(mark) and name[0] not in "@#" and len(name) > len(mark)
        }
        names = sorted(own)
        self._weights = [own[name][0] for name in names]
        self._squares = [own[name][1] for name in names]
        self._scan = numbered(names)

    def sums(self, text: str) -> tuple[int, int]:
        """(the weight, at least the squares) of all features of a text."""
        known = {which for which, _, _ in self._scan(text)}
        # There are as many features of each further length as pairs, but for the ends of lines.
        pairs = len(set(map(add, text, text[1:])))
        lines = text.count("\n") + 1
        number = len(set(text)) - 1 + (LONGEST - 1) * (pairs - 2 * lines) - LONGEST * lines
        strange = max(0, number - len(known))
        return (
            sum([self._weights[which] for which in known]),
            sum([self._squares[which] for which in known]) + strange * _UNKNOWN,
        )
