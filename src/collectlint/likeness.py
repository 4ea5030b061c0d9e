"""The second reader: how much a document resembles labelled violations, by a linear model.

Features are the character 1- to 4-grams of the collecting side's words, those of the other side
(marked apart), the lexicon lists its words belong to, the party, the channel and the kind. Weights are data
(`rules/models/*.model`, made by `collectlint train`). Score = logistic(sum of weights / norm + bias),
as in logistic regression on L2-normalised tf-idf of binary features (the norm has a prior, so that a
few words weigh little).
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from math import exp, log, sqrt
from operator import add
from typing import Any

from collectlint.document import Document
from collectlint.text.courtesy import without_courtesies

FORMAT = 5
_MAGIC = b"collectlint-model %d\n" % FORMAT
LONGEST = 4  # characters of a feature
# Features as heavy as the rarest that each norm counts besides: two words must not speak like a page.
PRIOR = 25
MOST = 20_000  # code points of a document that are read
_MANY = 5_000  # features asked for; from here on the whole dictionary pays
OTHER_SIDE = ("debtor", "third_party")


def grams(text: str) -> set[str]:
    """All character 1- to 4-grams of a text, line ends left out."""
    found: set[str] = set()
    for line in text.split("\n"):
        longer: Iterable[str] = line
        for length in range(1, LONGEST + 1):
            some = list(longer)
            found.update(some)
            longer = map(add, some, line[length:])
    return found


def heard(text: str) -> str:
    """What counts of a turn of the collecting side, folded: no courtesies, no bars of tables."""
    return without_courtesies(text).replace("|", "\n")


def circumstances(document: Document) -> set[str]:
    """What the metadata contribute: party, channel, kind."""
    return {f"@party={document.party}", f"@channel={document.channel}", f"@kind={document.kind}"}


def features(
    document: Document, turns: Iterable[str], concepts: Iterable[str], quoted: Iterable[str] = ()
) -> set[str]:
    """The features of a document whose turns say `turns` (folded and compact).

    `concepts` are the names of the lexicon lists that the collecting side used words of, `quoted` what
    it only quotes or forbids: that counts as the other side's words. Courtesies count for nothing.
    """
    own: list[str] = []
    theirs = list(quoted)
    for said, text in zip(document.turns, turns, strict=True):
        if said.speaker in OTHER_SIDE:
            theirs.append(text)
        else:
            own.append(heard(text))
    found = grams("\n".join(own)[:MOST])
    found.update(["<" + gram for gram in grams("\n".join(theirs)[:MOST])])
    found.update(["#" + concept for concept in concepts])
    return found | circumstances(document)


class Likeness:
    """How a document reads: the score that it is a violation at all, and by family (0..1 each).

    The families are scored when first asked for; most documents are settled by the first score.
    """

    def __init__(self, score: Callable[[str], float], families: Sequence[str]) -> None:
        self._score = score
        self._families = families
        self.any = score(families[0])

    @cached_property
    def scores(self) -> Mapping[str, float]:
        """Score by family; "any" is the first."""
        rest = {family: self._score(family) for family in self._families[1:]}
        return {self._families[0]: self.any, **rest}


class Vocabulary:
    """Rows of features in a sorted list of them, first looked up by their first two characters.

    A whole dictionary of 60,000 features takes 12 ms to make, and a spot check asks for a hundred. The
    list is `block[start:end]`, a feature a line; a line end or NUL stands at `end`.
    """

    def __init__(self, block: bytes, start: int, end: int) -> None:
        # UTF-8 sorts as the characters do, and need not be decoded whole.
        self._block = block
        self._start, self._end = start, end
        self._by_head: dict[str, dict[str, int]] = {}
        self._asked = 0
        self._counted = (start, 0)  # a position, and how many lines end before it

    def rows_of(self, features: Collection[str]) -> list[int]:
        """The rows of those features that are in the list, in no order."""
        if self._asked > _MANY:
            return [self._whole[one] for one in self._whole.keys() & set(features)]
        return list(self.rows(features).values())

    def rows(self, features: Collection[str]) -> dict[str, int]:
        """The row of each feature that is in the list."""
        self._asked += len(features)
        if self._asked > _MANY:
            whole = self._whole
            return {feature: whole[feature] for feature in features if feature in whole}
        found = {}
        for feature in sorted(features):  # so that lines are counted once
            head = feature[:2]
            rows = self._by_head.get(head)
            if rows is None:
                rows = self._by_head[head] = self._beginning_with(head)
            row = rows.get(feature)
            if row is not None:
                found[feature] = row
        return found

    @cached_property
    def _whole(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.names())}

    def names(self) -> list[str]:
        """All features, in order of their rows."""
        return self._block[self._start : self._end].decode().split("\n")

    def _beginning_with(self, head: str) -> dict[str, int]:
        """The rows of the features that begin with two characters; of a single one, only its own."""
        block = self._block
        encoded = head.encode()
        start = self._first(encoded)
        if len(head) == 1:
            is_known = block[start : self._line_end(start)] == encoded and start < self._end
            return {head: self._row_at(start)} if is_known else {}
        end = self._first(encoded + b"\xff")  # a byte that UTF-8 has not: behind all that begin so
        names = block[start:end].decode().removesuffix("\n").split("\n") if start < end else []
        first = self._row_at(start)
        return dict(zip(names, range(first, first + len(names)), strict=True))

    def _row_at(self, start: int) -> int:
        position, row = self._counted if self._counted[0] <= start else (self._start, 0)
        row += self._block.count(b"\n", position, start)
        self._counted = start, row
        return row

    def _first(self, least: bytes) -> int:
        """Where the first line that is not below `least` begins."""
        block = self._block
        low, high = self._start, self._end
        while low < high:
            middle = block.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self._line_end(middle)
            if block[middle:end] < least:
                low = end + 1
            else:
                high = middle
        return min(low, self._end)

    def _line_end(self, start: int) -> int:
        end = self._block.find(b"\n", start, self._end)
        return self._end if end < 0 else end


def pack(header: Mapping[str, Any], names: Iterable[str], weights: bytes, squares: bytes) -> bytes:
    """A model file: a magic line, the header as a line of JSON, features, weights, squared idf.

    `names` are the sorted features, `weights` one signed byte for each of them and each of the
    header's `families`, `squares` one byte for each.
    """
    told = json.dumps({**header, "features": len(squares)}, ensure_ascii=False, sort_keys=True)
    return b"".join((_MAGIC, told.encode(), b"\n", "\n".join(names).encode(), b"\0", weights, squares))


class Model:
    """A trained model from the bytes of its file; raises ValueError when they are none of this format."""

    def __init__(self, block: bytes) -> None:
        if not block.startswith(_MAGIC):
            raise ValueError(f"不是格式 {FORMAT} 的模型")
        self._block = block
        start = block.index(b"\n", len(_MAGIC)) + 1
        self._header: dict[str, Any] = json.loads(block[len(_MAGIC) : start])
        self.families: tuple[str, ...] = tuple(self._header["families"])
        self.documents: int = self._header["documents"]  # that it was trained from
        end = block.index(b"\0", start)
        self._vocabulary = Vocabulary(block, start, end)
        number: int = self._header["features"]
        middle = end + 1 + number * len(self.families)
        if len(block) != middle + number:
            raise ValueError("长度不符,文件可能不完整")
        width = len(self.families)
        # One column a family.
        weights = memoryview(block)[end + 1 : middle].cast("b")
        self._weights: Sequence[Sequence[int]] = [weights[column::width] for column in range(width)]
        self._squares = block[middle:]

    @cached_property
    def sha256(self) -> str:
        """Of the file's bytes, in hexadecimal digits."""
        import hashlib

        return hashlib.sha256(self._block).hexdigest()

    def read(self, found: Iterable[str], channel: str = "") -> Likeness:
        """Scores of a document by its features; "any" is calibrated for the channel."""
        given = set(found)
        known = self._vocabulary.rows_of(given)
        strange = (len(given) - len(known)) * 255  # as heavy as the rarest known feature
        squares = sum(map(self._squares.__getitem__, known)) + strange + PRIOR * 255
        norm = sqrt(squares * self._header["square_step"]) or 1.0
        calibration = self._header["calibration"]
        slope, shift = calibration.get(channel) or calibration[""]

        def score(family: str) -> float:
            column = self.families.index(family)
            weight = sum(map(self._weights[column].__getitem__, known))
            scaled = weight * self._header["steps"][column] / norm + self._header["biases"][column]
            if not column:
                scaled = slope * scaled + shift
            return 1 / (1 + exp(-max(-30.0, min(30.0, scaled))))

        return Likeness(score, self.families)

    def weighed(self) -> tuple[dict[str, int], dict[str, int]]:
        """Of every feature its weight for "any" and its square, in steps."""
        names = self._vocabulary.names()
        weights, squares = self._weights[0], self._squares
        return dict(zip(names, weights, strict=True)), dict(zip(names, squares, strict=True))

    def asked(self, least: float, channel: str = "") -> float:
        """What the sum of weights over the norm must be for "any" to score `least` (0 < `least` < 1)."""
        slope, shift = self._header["calibration"].get(channel) or self._header["calibration"][""]
        return float((log(least / (1 - least)) - shift) / slope - self._header["biases"][0])

    def is_reached(self, weight: int, squares: int, asked: float) -> bool:
        """Are these sums, in steps, enough for what `asked` told?"""
        norm = sqrt(squares * self._header["square_step"])
        return bool(weight * self._header["steps"][0] >= asked * norm)

    def weigh(self, text: str, family: str) -> tuple[float, tuple[str, ...]]:
        """(sum of weights of a sentence for the family, the three features that weigh most)."""
        column = self.families.index(family)
        weights = self._weights[column]
        weighed = sorted(
            ((weights[row], gram) for gram, row in self._vocabulary.rows(grams(text)).items()),
            key=lambda pair: (-pair[0], pair[1]),
        )
        return sum(weight for weight, _ in weighed) * self._header["steps"][column], tuple(
            gram for weight, gram in weighed[:3] if weight > 0
        )
