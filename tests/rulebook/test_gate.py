"""The gate holds no rule back that could hold, and lets few others through."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectlint.document import Document, Turn
from collectlint.linter import Options, lint
from collectlint.operators.gating import Gating, rests_on_reader, scores_asked, with_score
from collectlint.picking import looked_over
from collectlint.rulebook.folder import load, read
from collectlint.rulebook.rulebook import Rulebook

RULE = """\
id: common/threat/x
title: 试
family: threat
severity: warning
status: test
basis: [{source: law, clause: "1", verified: primary}]
message: 试
remedy: 试
when:
%s
tests: {hit: [x], miss: [x]}
"""
SOURCES = "sources: {law: {title: 法, kind: law, jurisdiction: any, verified: primary}}\n"


def book(folder: Path, when: str) -> Rulebook:
    (folder / "common/threat").mkdir(parents=True)
    (folder / "lexicon").mkdir()
    (folder / "common/threat/x.yaml").write_text(RULE % ("  " + when), encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "lexicon/a.yaml").write_text("lists:\n  a: [甲乙]\n", encoding="utf-8")
    result = read(folder)
    assert not result.errors, [str(error) for error in result.errors]
    return Rulebook.of(result.data).with_model(load().model)  # type: ignore[arg-type]


def passes(rulebook: Rulebook, text: str) -> bool:
    document = Document("d", (Turn("agent", text),))
    sight = looked_over(document, rulebook)
    return bool(rulebook.gate.choose(document, sight.text, sight.words).rules)


@pytest.mark.parametrize(
    ("when", "through", "held"),
    [
        ("phrase: 爆通讯录", ["他说爆通讯录"], ["通讯录", ""]),
        ('phrase: {any: ["爆…通讯录"], gap: 4}', ["爆你的通讯录"], ["爆" + "的" * 90 + "通讯录"]),
        (
            'phrase: {any: ["[再|若][不|没][还钱|处理]"]}',
            ["再不还钱"],
            ["还钱", "再说" + "的" * 90 + "处理不"],
        ),
        ("all: [phrase: 还钱, phrase: 坐牢]", ["还钱" + "的" * 90 + "坐牢"], ["还钱", "坐牢"]),
        ("any: [all: [phrase: 还钱, phrase: 坐牢], phrase: 上门]", ["上门", "坐牢还钱"], ["还钱"]),
        ("all: [none: [phrase: 还钱], phrase: 坐牢]", ["坐牢"], ["还钱"]),
        ("phrase: {any: 还钱, speakers: debtor}", [], ["还钱"]),
        ("all: [field: {name: channel, any_of: call}, phrase: 还钱]", [], ["还钱"]),
        ("all: [number: {value: amount, least: 5}, phrase: 还钱]", ["还钱5000元"], ["还钱"]),
        ("pattern: {expression: '还钱.{0,9}坐牢', stance: any}", ["还钱坐牢"], ["还钱", "坐牢"]),
    ],
)
def test_what_passes(tmp_path: Path, when: str, through: list[str], held: list[str]) -> None:
    rulebook = book(tmp_path, when)
    assert [text for text in through if not passes(rulebook, text)] == []
    assert [text for text in held if passes(rulebook, text)] == []


def test_a_rule_that_can_do_without_the_second_reader_is_tried(tmp_path: Path) -> None:
    rulebook = book(tmp_path, "any: [phrase: 甲乙, resembles: {family: threat, least: 0.5}]")
    document = Document("d", (Turn("agent", "今天天气不错,甲乙都去爬山,晚上一起吃火锅再回家。"),))
    for batch in (False, True):
        assert [
            one.matched for one in lint(document, rulebook, Options("2026-11-22", batch=batch)).findings
        ] == ["甲乙"]


def test_scores_that_conditions_ask_for(tmp_path: Path) -> None:
    rulebook = book(
        tmp_path,
        "any: [all: [phrase: 甲乙, resembles: {family: any, least: 0.4}],"
        " all: [phrase: 丙丁, resembles: {family: any, least: 0.9}]]",
    )
    need = Gating(rulebook.sets).need(rulebook._packed.condition(0))
    assert rests_on_reader(need)
    assert scores_asked(need) == {0.4, 0.9}
    assert [len(clause) for clause in with_score(need, 0.4)] == [1]
    assert [len(clause) for clause in with_score(need, 0.9)] == [2]
