"""What is told of the second reader's score before it reads is never too low."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectlint.document import Document
from collectlint.operators.resembles import likeness_of
from collectlint.picking import looked_over
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table import read
from collectlint.rulebook.folder import load
from collectlint.rulebook.rulebook import Rulebook
from collectlint.sight import looked_at
from collectlint.text.teaching import is_plainly_said

CORPORA = sorted((Path(__file__).parents[1] / "corpora").glob("[cl]*/*.jsonl"))
SCORES = (0.001, 0.01, 0.1, 0.5, 0.7, 0.95)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load()


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
def test_a_score_reached_was_foretold(path: Path, rulebook: Rulebook) -> None:
    ceiling = rulebook.ceiling
    assert ceiling is not None
    spared = 0
    for document in list(read(path, ReadSettings()))[::9]:
        assert isinstance(document, Document)
        sight = looked_over(document, rulebook)
        is_plain = is_plainly_said(sight.text, document.kind == "transcript")
        view = looked_at(document, rulebook, batch=True, sight=sight)
        if not is_plain:
            continue
        assert not any(view.unsaid(which) for which in range(len(document.turns)))
        likeness = likeness_of(view)
        assert likeness is not None
        chosen = rulebook.gate.choose(document, sight.text, sight.words)
        lists = chosen.concepts if chosen.asked else 10**6  # told only where a rule asks
        turns = [part.text for part in sight.readings]
        for score in SCORES:
            reaches = ceiling.reaches(document, turns, lists, score)
            assert reaches or likeness.any < score
            spared += not reaches
    assert spared  # or the test could not fail


def test_lists_that_may_occur_hold_those_that_do(rulebook: Rulebook) -> None:
    for path in CORPORA[::4]:
        for document in list(read(path, ReadSettings()))[::20]:
            assert isinstance(document, Document)
            sight = looked_over(document, rulebook)
            chosen = rulebook.gate.choose(document, sight.text, sight.words)
            if not chosen.asked:
                continue
            view = looked_at(document, rulebook, batch=True, sight=sight)
            keys = rulebook.concept_keys.intersection(view.occurrences.plain)
            occurring = {
                pair for key in keys for pair in rulebook.concepts(key) if view.occurrences.of(pair[1])
            }
            assert occurring <= set(chosen.lists)
