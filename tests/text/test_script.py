"""Script conversion equals the package it takes its tables from."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from collectlint.text.script import _lines, _path, to_simplified

REFERENCE = OpenCC("t2s")
PHRASES = sorted(line.split("\t")[0] for line in _lines(_path("TSPhrases")))
CHARACTERS = sorted(line.split("\t")[0] for line in _lines(_path("TSCharacters")))


def test_every_phrase_and_character() -> None:
    for text in (*PHRASES, *CHARACTERS):
        assert to_simplified(text) == REFERENCE.convert(text)


def test_phrases_that_overlap_and_touch() -> None:
    chance = random.Random(20261122)
    for _ in range(3000):
        parts = [
            chance.choice(PHRASES) if chance.random() < 0.6 else chance.choice(CHARACTERS) for _ in range(6)
        ]
        text = "".join(part[: chance.randint(1, len(part))] for part in parts)
        assert to_simplified(text) == REFERENCE.convert(text)


@given(st.text(alphabet=st.sampled_from([*"乾著瞭藉於覆,。 a1", *CHARACTERS[:400]]), max_size=40))
def test_equal_on_any_mixture(text: str) -> None:
    assert to_simplified(text) == REFERENCE.convert(text)


@given(st.text())
def test_keeps_the_length(text: str) -> None:
    assert len(to_simplified(text)) == len(text)
