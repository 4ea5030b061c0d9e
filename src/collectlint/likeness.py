"""The second reader: how much a document resembles labelled violations, by a linear model.

Features are the character 1- to 4-grams of the collecting side's words, those of the other side
(marked apart), the lexicon lists its words belong to, the party, the channel and the kind. Weights are data
(`rules/models/*.json`, made by `collectlint train`). Score = logistic(sum of weights / norm + bias),
as in logistic regression on L2-normalised tf-idf of binary features.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Mapping
from math import exp, sqrt
from struct import unpack
from typing import Any, NamedTuple

from collectlint.document import Document

FORMAT = 2
LONGEST = 4  # characters of a feature
MOST = 20_000  # code points of a document that are read
OTHER_SIDE = ("debtor", "third_party")


def grams(text: str) -> set[str]:
    """All character 1- to 4-grams of a text, line ends left out."""
    found: set[str] = set()
    for line in text.split("\n"):
        for length in range(1, LONGEST + 1):
            found.update([line[start : start + length] for start in range(len(line) - length + 1)])
    return found


def circumstances(document: Document) -> set[str]:
    """What the metadata contribute: party, channel, kind."""
    return {f"@party={document.party}", f"@channel={document.channel}", f"@kind={document.kind}"}


def features(document: Document, turns: Iterable[str], concepts: Iterable[str]) -> set[str]:
    """The features of a document whose turns read `turns` (folded and compact).

    `concepts` are the names of the lexicon lists that the collecting side used words of.
    """
    own: list[str] = []
    theirs: list[str] = []
    for said, text in zip(document.turns, turns, strict=True):
        (theirs if said.speaker in OTHER_SIDE else own).append(text)
    found = grams("\n".join(own)[:MOST])
    found.update(["<" + gram for gram in grams("\n".join(theirs)[:MOST])])
    found.update(["#" + concept for concept in concepts])
    return found | circumstances(document)


class Likeness(NamedTuple):
    """Scores by family (0..1) and the norm that was used, for the weighing of single sentences."""

    scores: Mapping[str, float]
    norm: float


class Model:
    """A trained model; vocabulary and weights are unpacked when it is first asked."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.families: tuple[str, ...] = tuple(data["families"])
        self._data = data
        self._rows: dict[str, int] | None = None
        self._weights: tuple[int, ...] = ()
        self._squares: tuple[int, ...] = ()

    def _unpack(self) -> dict[str, int]:
        if self._rows is None:
            vocabulary = self._data["grams"].split("\n")
            self._rows = {gram: row for row, gram in enumerate(vocabulary)}
            raw = b64decode(self._data["weights"])
            self._weights = unpack(f"<{len(raw)}b", raw)
            raw = b64decode(self._data["squares"])
            self._squares = unpack(f"<{len(raw)}B", raw)
        return self._rows

    def read(self, found: Iterable[str], channel: str = "") -> Likeness:
        """Scores of a document by its features; "any" is calibrated for the channel."""
        rows = self._unpack()
        given = set(found)
        known = [rows[gram] for gram in given if gram in rows]
        squares = self._squares
        strange = (len(given) - len(known)) * 255  # as heavy as the rarest known feature
        norm = sqrt((sum([squares[row] for row in known]) + strange) * self._data["square_step"]) or 1.0
        sums = self._sums(known)
        scores = {}
        for column, family in enumerate(self.families):
            scaled = sums[column] * self._data["steps"][column] / norm + self._data["biases"][column]
            if not column:
                slope, shift = self._data["calibration"].get(channel) or self._data["calibration"][""]
                scaled = slope * scaled + shift
            scores[family] = 1 / (1 + exp(-max(-30.0, min(30.0, scaled))))
        return Likeness(scores, norm)

    def weigh(self, text: str, family: str) -> tuple[float, tuple[str, ...]]:
        """(sum of weights of a sentence for the family, the three features that weigh most)."""
        rows = self._unpack()
        column, width = self.families.index(family), len(self.families)
        weighed = sorted(
            ((self._weights[rows[gram] * width + column], gram) for gram in grams(text) if gram in rows),
            key=lambda pair: (-pair[0], pair[1]),
        )
        return sum(weight for weight, _ in weighed) * self._data["steps"][column], tuple(
            gram for weight, gram in weighed[:3] if weight > 0
        )

    def _sums(self, known: list[int]) -> list[int]:
        width = len(self.families)
        weights = self._weights
        return [sum([weights[row * width + column] for row in known]) for column in range(width)]
