"""Variants of labelled documents: the same ones each time, with their spans carried over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectlint.proof.evade import KINDS, chosen, line, variant

ROOT = Path(__file__).parents[1]
EVASION = ROOT / "corpora" / "evasion" / "variants.jsonl"


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(one) for one in path.read_text(encoding="utf-8").split("\n") if one]


LABELLED = {
    record["id"]: record
    for path in sorted((ROOT / "corpora" / "labelled").glob("*.jsonl"))
    for record in records(path)
}
SHIPPED = records(EVASION)


def test_shipped_variants_are_what_the_tool_makes() -> None:
    # After a change: collectlint evade corpora/labelled/*.jsonl -o corpora/evasion/variants.jsonl
    differing = []
    for shipped in SHIPPED:
        source, _, kind = shipped["id"].rpartition("~")
        if line(variant(LABELLED[source], kind) or {}) != line(shipped):
            differing.append(shipped["id"])
    assert not differing


def test_the_shipped_file_is_small_and_has_every_kind() -> None:
    assert 600 <= len(SHIPPED) <= 1500
    assert {one["id"].rpartition("~")[2] for one in SHIPPED} == set(KINDS)
    assert sum(one["label"]["violating"] for one in SHIPPED) > len(SHIPPED) / 2


def test_spans_are_verbatim_and_labels_kept() -> None:
    wrong = []
    for one in SHIPPED:
        source = LABELLED[one["id"].rpartition("~")[0]]["label"]
        turns = one.get("turns") or [{"text": one["text"]}]
        assert (one["label"]["violating"], one["label"]["families"]) == (
            source["violating"],
            source["families"],
        )
        assert len(one["label"]["spans"]) == len(source["spans"])
        wrong += [
            (one["id"], span)
            for span in one["label"]["spans"]
            if not span["text"] or span["text"] not in turns[span["turn"]]["text"]
        ]
    assert not wrong


def test_choosing_is_repeatable_and_independent_of_order() -> None:
    some = list(LABELLED.values())[:60]
    first = chosen(some, 10)
    assert "".join(map(line, first)) == "".join(map(line, chosen(list(reversed(some)), 10)))
    assert first != chosen(some, 10, seed=1)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_changes_the_text(kind: str) -> None:
    made = [(record, variant(record, kind)) for record in list(LABELLED.values())[:40]]
    changed = [(record, one) for record, one in made if one is not None]
    assert len(changed) >= 10
    for record, one in changed:
        texts = [turn["text"] for turn in record.get("turns") or [record]]
        assert texts != [turn["text"] for turn in one.get("turns") or [one]]
        assert f"evasion:{kind}" in one["label"]["tags"]
