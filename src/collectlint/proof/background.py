"""Background for the second reader: ordinary words at about their frequency, in no order at all.

Without it a linear model takes any text that is not one of its compliant examples for the other
kind. The words and frequencies are those of jieba's dictionary; the seed is fixed.
"""

from __future__ import annotations

from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from random import Random

from collectlint.document import CHANNELS, Document, Turn
from collectlint.errors import UsageError

NUMBER = 1500
_SEED = 20261122
_LENGTHS = (3, 5, 8, 12, 20, 40)  # words of a text
_FLATTENING = 0.8  # exponent of the frequencies, so that rare words come up too


def background(number: int = NUMBER) -> list[Document]:
    """`number` documents of words in no order, labelled compliant; the same ones each time."""
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise UsageError("训练需要 jieba 的词典", remedy="请重装 jieba")
    words: list[str] = []
    weights: list[float] = []
    dictionary = Path(spec.submodule_search_locations[0]) / "dict.txt"
    for line in dictionary.read_text(encoding="utf-8").split("\n"):
        word, _, rest = line.partition(" ")
        if word and all("\u4e00" <= char <= "\u9fff" for char in word):
            words.append(word)
            weights.append(float(rest.split(" ")[0]) ** _FLATTENING)
    totals = list(accumulate(weights))
    chance = Random(_SEED)  # noqa: S311 -- reproducible, not secret
    documents = []
    for which in range(number):
        chosen = chance.choices(words, cum_weights=totals, k=chance.choice(_LENGTHS))
        text = "".join(word + (chance.choice("，，。？") if chance.random() < 0.2 else "") for word in chosen)
        documents.append(
            Document(
                id=f"background-{which}",
                turns=(Turn("agent", text),),
                channel=chance.choice(CHANNELS),
                label={"violating": False, "families": []},
            )
        )
    return documents
