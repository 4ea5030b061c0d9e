"""With and without the gate the same is found, and the gate lets few rules through."""

from __future__ import annotations

import random

import pytest

from collectlint.document import Document, Turn
from collectlint.linter import Options, lint
from collectlint.picking import looked_over
from collectlint.rulebook.folder import read
from collectlint.rulebook.rulebook import Rulebook

RULE = """\
id: common/threat/r{number}
title: 例
family: threat
severity: error
basis: [{{source: law, clause: "1", verified: primary}}]
applies: {{speakers: {speakers}}}
message: 例
remedy: 删
when: {{{when}}}
tests: {{hit: [x], miss: [x]}}
"""
WHEN = (
    "phrase: 还钱",
    "phrase: [上门, 坐牢]",
    'phrase: "再不…还钱"',
    'phrase: "再不…还钱…上门"',
    'phrase: {any: "再不…家人…坐牢", gap: 30}',
    'phrase: {any: "[你|您]的{family}…知道", gap: 9}',
    'phrase: {any: "{family}[都|]知道"}',
    "phrase: {any: 上门, with: [还钱, 坐牢]}",
    "phrase: {any: 上门, with: '再不…还钱', near: document}",
    "all: [phrase: 还钱, phrase: 坐牢, phrase: 上门]",
    "all: [phrase: [还钱, 起诉], phrase: [坐牢, 起诉], phrase: 家人]",
    "all: [any: [phrase: 还钱, all: [phrase: 坐牢, phrase: 起诉]], phrase: 上门]",
    "any: [all: [phrase: 还钱, phrase: 坐牢], all: [phrase: 上门, phrase: 起诉], phrase: 爸妈]",
    "near: {of: [phrase: 还钱, phrase: 坐牢], within: 5}",
    "order: {of: [phrase: 还钱, phrase: 坐牢, phrase: 上门], within: 9}",
    "at_least: {number: 2, of: [phrase: 还钱, phrase: 坐牢, phrase: 上门]}",
    "count: {of: {phrase: 还钱}, least: 2}",
    "all: [none: [phrase: 还钱], phrase: 坐牢]",
    "all: [number: {value: amount, least: 100}, phrase: 还钱]",
    "all: [personal: {kinds: mobile}, phrase: [还钱, 上门]]",
    "pattern: '还钱.{0,5}坐牢'",
    "pattern: {expression: '(?:家人|爸妈).{0,9}(?:上门|起诉)', stance: any}",
    "all: [field: {name: channel, any_of: [sms]}, phrase: 还钱]",
    "all: [field: {name: fields.score, least: 5}, phrase: 上门]",
    "phrase: {any: 还钱, speakers: debtor}",
    "reply: {to: {phrase: {any: 上门, speakers: agent}}, answer: {phrase: {any: 还钱, speakers: debtor}}}",
    "repeat: {of: {phrase: 还钱}, least: 2}",
    "window: {of: {phrase: 坐牢}, first_turns: 1}",
    "missing: {of: {phrase: 家人}, first_turns: 2}",
    "hours: 22:00-08:00",
)
PIECES = (
    *("还钱", "上门", "坐牢", "再不", "家人", "爸妈", "知道", "你的", "您的", "都", "起诉"),
    *(
        "再不还钱就上门",
        "5000元",
        "13800138000",
        ",",
        "。",
        "今天天气不错",
        "一个字一个字地说到很久以后",
        "我们不会",
    ),
)


@pytest.fixture(scope="module", name="rulebook")
def make_rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    root = tmp_path_factory.mktemp("rules")
    (root / "common/threat").mkdir(parents=True)
    (root / "lexicon").mkdir()
    for number, when in enumerate(WHEN):
        speakers = "any" if "speakers" in when or number % 5 == 4 else "agent"
        text = RULE.format(number=number, when=when, speakers=speakers)
        (root / f"common/threat/r{number}.yaml").write_text(text, encoding="utf-8")
    law = "sources: {law: {title: 法, kind: law, jurisdiction: any, verified: primary}}\n"
    (root / "sources.yaml").write_text(law, encoding="utf-8")
    (root / "lexicon/a.yaml").write_text("lists: {family: [家人, 爸妈]}\n", encoding="utf-8")
    found = read(root)
    assert [str(error) for error in found.errors] == []
    return Rulebook.of(found.data)


def made_up(chance: random.Random, number: int) -> Document:
    turns = tuple(
        Turn(
            chance.choice(("agent", "debtor")) if number % 3 else "agent",
            "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 9))),
        )
        for _ in range(chance.randint(1, 4) if number % 3 else 1)
    )
    more = {"started_at": "2026-03-02T22:30:00"} if number % 7 == 0 else {}
    return Document(
        f"d{number}",
        turns,
        kind="transcript" if number % 3 else "message",
        channel=chance.choice(("sms", "call", None)),
        fields={"score": chance.choice((3, 7))} if number % 2 else {},
        **more,
    )


def test_the_gate_changes_no_finding(rulebook: Rulebook) -> None:
    chance = random.Random(7)
    fired: set[str] = set()
    through = held = 0
    for number in range(250):
        document = made_up(chance, number)
        plain = lint(document, rulebook, Options("2026-11-22", prefilter=False))
        assert lint(document, rulebook, Options("2026-11-22")) == plain
        assert lint(document, rulebook, Options("2026-11-22", batch=True)) == plain
        fired |= {one.rule for one in plain.findings}
        sight = looked_over(document, rulebook)
        chosen = rulebook.gate.choose(document, sight.text, sight.words).rules
        through += chosen.bit_count()
        held += len(WHEN) - chosen.bit_count()
    assert {WHEN[int(one.rpartition("r")[2])] for one in fired} == set(WHEN)  # else the texts try too little
    assert held > through
