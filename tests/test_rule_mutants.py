"""Damaged rules: every condition and list has its mutant, and a mutant that an example notices is caught."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from collectlint.linter import Options
from collectlint.proof.mutants import Tried, mutants, try_mutants
from collectlint.rulebook.folder import OnDisk, model_reader, read, shipped
from collectlint.rulebook.rulebook import Rulebook
from collectlint.run import word_edges

SOURCES = """sources:
  house: {title: {zh: 内规, en: house}, kind: house, jurisdiction: any, verified: primary}
"""
LISTS = "lists: {people: [家人, 同事], deeds: [告诉, 通知]}\n"
RULE = """id: house/threat/x
title: {zh: 试, en: try}
family: threat
severity: error
basis: [{source: house, clause: "1", verified: primary}]
message: 「{matched}」
remedy: 删
applies: {channels: [sms]}
when:
  all:
    - phrase: {any: ["[deeds]…{people}"], unless_with: [授权]}
    - none: [{phrase: {any: [您同意], stance: any}}]
tests:
  hit: %s
  miss: %s
"""


def tried(tmp_path: Path, hit: str, miss: str, written: str = RULE) -> dict[str, Tried]:
    (tmp_path / "house" / "threat").mkdir(parents=True)
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "lexicon" / "l.yaml").write_text(LISTS, encoding="utf-8")
    text = (written % (hit, miss)).replace("[deeds]", "{deeds}")
    (tmp_path / "house" / "threat" / "x.yaml").write_text(text, encoding="utf-8")
    found = read(OnDisk(str(tmp_path)))
    assert not found.errors
    (rule,) = found.rules
    made = list(try_mutants(rule, found, lambda: None, Options(as_of="2026-11-22")))
    assert [one.change for one in made] == [one.change for one in mutants(rule)]
    return {one.change: one for one in made}


HIT = "我们会告诉你家人"


def test_each_condition_list_and_scope_has_its_mutant(tmp_path: Path) -> None:
    assert set(tried(tmp_path, f"[{HIT}]", "[您好]")) == {
        "when.all[0](phrase) 去掉",
        "when.all[1](none) 去掉",
        "when.all[0].phrase.any 清空",
        "when.all[0].phrase.unless_with 清空",
        "when.all[1].none[0].phrase.any 清空",
        "词表 {deeds} 清空",
        "词表 {people} 清空",
        "applies.channels 放开",
    }


def test_an_example_for_everything_leaves_no_survivor(tmp_path: Path) -> None:
    misses = f"[您好, {HIT}有授权, '{HIT}，您同意', {{text: {HIT}, channel: call}}]"
    assert not [one for one in tried(tmp_path, f"[{HIT}]", misses).values() if not one.by]


@pytest.mark.parametrize(
    ("misses", "survivor"),
    [
        (f"[您好, '{HIT}，您同意', {{text: {HIT}, channel: call}}]", "when.all[0].phrase.unless_with 清空"),
        (f"[您好, {HIT}有授权, {{text: {HIT}, channel: call}}]", "when.all[1](none) 去掉"),
        (f"[您好, {HIT}有授权, '{HIT}，您同意']", "applies.channels 放开"),
    ],
)
def test_a_condition_that_no_example_needs_survives(tmp_path: Path, misses: str, survivor: str) -> None:
    assert survivor in [change for change, one in tried(tmp_path, f"[{HIT}]", misses).items() if not one.by]


NIGHTS = RULE.replace(
    RULE[RULE.index("applies:") : RULE.index("tests:")],
    """when:
  all:
    - field: {name: fields.nights, present: true}
    - field: {name: fields.nights, least: 3}
""",
)


def test_a_mutant_that_leaves_open_what_its_rule_decides_is_noticed(tmp_path: Path) -> None:
    few = "{text: 您好, nights: '2'}"
    hit = "[{text: 您好, nights: '3'}]"
    assert not [one for one in tried(tmp_path / "a", hit, f"[{few}, 您好]", NIGHTS).values() if not one.by]
    assert not tried(tmp_path / "b", hit, f"[{few}]", NIGHTS)["when.all[0](field) 去掉"].by


def test_a_list_that_only_makes_a_pattern_faster_has_no_mutant(tmp_path: Path) -> None:
    whole = '    - phrase: {any: ["[deeds]…{people}"], unless_with: [授权]}\n'
    pattern = "    - pattern: {expression: '(?:告诉|通知).{0,4}{people}', needs: [\"[deeds]\"]}\n"
    assert whole in RULE
    changes = tried(tmp_path, f"[{HIT}]", "[您好]", RULE.replace(whole, pattern))
    assert {one for one in changes if one.startswith("词表")} == {"词表 {people} 清空"}


# What lets the compiler pass over documents without the field; the condition behind it says the same.
IDLE = {("platform/process/placeholder-vendor", "when.all[0](field) 去掉")}
EVERY = 1 if os.environ.get("COLLECTLINT_FULL") == "all" else 24  # rules of which one is tried


@pytest.mark.slow
def test_shipped_rules_need_all_that_they_say() -> None:
    folder = shipped()
    found = read(folder)
    book = Rulebook.of(found.data, model_reader(folder))
    options = Options(as_of="2026-11-23", boundaries=word_edges(book))
    some = [rule for rule in found.rules[::EVERY] if not rule.id.endswith("/resembles")]
    survived = {
        (one.rule, one.change)
        for rule in some
        for one in try_mutants(rule, found, model_reader(folder), options)
        if not one.by
    }
    assert survived <= IDLE
