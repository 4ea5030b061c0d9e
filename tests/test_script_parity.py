"""One text in the other script breaks the same rules at the same places.

A seeded sample of the labelled documents, a larger one under COLLECTLINT_FULL=1, all of them under =all.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from opencc import OpenCC

from collectlint.document import Document
from collectlint.linter import Options, lint
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table import read
from collectlint.rulebook.folder import load
from collectlint.run import word_edges
from collectlint.text.fold import fold

LABELLED = sorted((Path(__file__).parents[1] / "corpora" / "labelled").glob("*.jsonl"))
SAMPLE = {"": 40, "all": 1_000}.get(os.environ.get("COLLECTLINT_FULL", ""), 80)  # of each file
CONVERSIONS = ("s2t", "t2s", "s2tw", "s2hk")

# What OpenCC writes in the other script and has no way back for: (conversion, text).
ONE_WAY = (
    ("t2s", "貼於單位門口"),
    ("s2hk", "到柜台办理"),
    ("s2hk", "保卫部"),
    ("s2hk", "叙旧"),
    ("s2t", "那我晚上借借"),
    ("s2t", "背着我借钱"),
    ("s2t", "案例复盘"),
)

Places = set[tuple[str, int, int, int]]


@pytest.fixture(scope="module")
def places() -> Callable[[Document], Places]:
    rulebook = load()
    options = Options("2026-11-22", batch=True, boundaries=word_edges(rulebook))

    def of(document: Document) -> Places:
        found = lint(document, rulebook, options).findings
        return {(one.rule, one.turn, one.start, one.end) for one in found}

    return of


def chosen(path: Path) -> list[Document]:
    found = [item for item in read(path, ReadSettings()) if isinstance(item, Document)]
    return random.Random(4).sample(found, min(len(found), SAMPLE))


def shown(document: Document, place: tuple[str, int, int, int]) -> str:
    rule, turn, start, end = place
    return f"{rule} {document.turns[turn].text[max(0, start - 6) : end + 6]}"


@pytest.mark.parametrize("conversion", CONVERSIONS)
@pytest.mark.parametrize("path", LABELLED, ids=lambda path: path.name)
def test_the_other_script(path: Path, conversion: str, places: Callable[[Document], Places]) -> None:
    convert = OpenCC(conversion).convert
    differing: dict[str, list[str]] = {}
    compared = 0
    for document in chosen(path):
        texts = [convert(turn.text) for turn in document.turns]
        if [len(text) for text in texts] != [len(turn.text) for turn in document.turns]:
            continue
        unlike = {
            pair
            for turn, text in zip(document.turns, texts, strict=True)
            for pair in zip(fold(turn.text), fold(text), strict=True)
            if pair[0] != pair[1]
        }
        turns = tuple(turn._replace(text=text) for turn, text in zip(document.turns, texts, strict=True))
        other = document._replace(turns=turns)
        before, after = places(document), places(other)
        if before != after:
            differing[document.id] = [
                *map(str, unlike),
                *("lost " + shown(document, place) for place in sorted(before - after)),
                *("new " + shown(other, place) for place in sorted(after - before)),
            ]
        compared += 1
    assert compared >= 35
    assert not differing


@pytest.mark.parametrize(("conversion", "text"), ONE_WAY)
def test_the_fold_brings_together_what_conversion_does_not(conversion: str, text: str) -> None:
    assert fold(OpenCC(conversion).convert(text)) == fold(text)
