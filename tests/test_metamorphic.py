"""Who says it and how decides: violating words that are forbidden, reported or the debtor's own are clean;
disclaimers, fillers and courtesies in front change nothing.

The words are the label spans of the corpora that are flagged when they stand alone in a message. A
seeded sample normally, all of them under COLLECTLINT_FULL=1.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from collectlint.document import Document, Turn
from collectlint.finding import VIOLATING, Severity
from collectlint.linter import Options, lint
from collectlint.rulebook.folder import load
from collectlint.rulebook.rulebook import Rulebook
from collectlint.run import word_edges

ROOT = Path(__file__).parents[1]
FULL = bool(os.environ.get("COLLECTLINT_FULL"))
SAMPLE = 150
FITTING = re.compile("[^\n\"“”「」『』'‘’{}]{6,45}")  # a span that can be quoted
# Personal data are no cleaner for being quoted; a fact about a debt is told, not meant.
FAMILIES = ("threat", "abuse", "deception", "harassment", "payment")


class Words:
    """Violating words with the jurisdiction and channel they come from."""

    def __init__(self, text: str, jurisdiction: str) -> None:
        self.text = text.strip("，,。;；、 ")
        self.jurisdiction = jurisdiction

    def message(self, text: str) -> Document:
        return Document("m", (Turn("agent", text),), jurisdiction=self.jurisdiction, channel="social")

    def call(self, *turns: tuple[str, str]) -> Document:
        return Document(
            "c",
            tuple(Turn(speaker, text) for speaker, text in turns),
            jurisdiction=self.jurisdiction,
            channel="call",
            kind="transcript",
        )


def spans() -> list[Words]:
    found: dict[str, Words] = {}
    for path in sorted((ROOT / "corpora" / "labelled").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            record = json.loads(line) if line else {"label": {"spans": ()}}
            for span in record["label"]["spans"]:
                one = Words(span["text"], record.get("jurisdiction", "cn"))
                if span["family"] in FAMILIES and FITTING.fullmatch(one.text):
                    found[one.text] = one
    return list(found.values())


class Engine:
    """The shipped rules with or without the second reader, and the words that they flag."""

    def __init__(self, rulebook: Rulebook, second_reader: bool) -> None:
        self.rulebook = rulebook
        self.second_reader = second_reader
        self.options = Options(
            "2026-11-22", batch=True, boundaries=word_edges(rulebook), second_reader=second_reader
        )
        chosen = spans()
        random.Random(20261122).shuffle(chosen)
        flagged = (one for one in chosen if self.flags(one.message(one.text)))
        self.words = list(flagged if FULL else islice(flagged, SAMPLE))

    def flags(self, document: Document) -> bool:
        return any(
            one.severity >= Severity.WARNING and not set(one.families).isdisjoint(VIOLATING)
            for one in lint(document, self.rulebook, self.options).findings
        )


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load()


@pytest.fixture(scope="module")
def rules(rulebook: Rulebook) -> Engine:
    return Engine(rulebook, second_reader=False)


@pytest.fixture(scope="module")
def both(rulebook: Rulebook) -> Engine:
    return Engine(rulebook, second_reader=True)


GOAL = 0.03
CLEANING = (
    "催收人员不得对客户说“{}”。",
    "严禁使用下列话术:“{}”。",
    "培训提示:任何员工都不准对客户讲“{}”之类的话,违者开除。",
    "我们绝对不会对您说“{}”这样的话。",
    "您说昨天有人威胁您“{}”,我们已记录您的投诉。",
    "客户反映催收员对他说“{}”,投诉已受理,正在核实。",
    "您投诉有人跟您说{},我们正在调听录音核实。",
    "很抱歉,之前的同事对您说“{}”,这种话是不合规的。",
)
KEEPING = (
    "不是吓唬你,{}",
    "我不是威胁你,{}",
    "说句实话,没有别的意思,{}",
    "嗯,那个,{}",
    "呃就是说{}",
    "您好,不好意思打扰您了,{}",
    "亲,祝您生活愉快,{},谢谢配合。",
    "早晨,唔好意思阻你一阵,{}",
    "喂,您好,麻烦您听我说完,{}",
)
LOST_AT_MOST = 0.002  # the goal is none; a few rules ask how a text begins


def differing(engine: Engine, make: Callable[[Words], Document], wanted: bool) -> tuple[float, list[str]]:
    assert len(engine.words) >= 100
    found = [one.text for one in engine.words if engine.flags(make(one)) is not wanted]
    return len(found) / len(engine.words), found[:20]


@pytest.mark.parametrize("second_reader", [False, True])
@pytest.mark.parametrize("wrapping", CLEANING)
def test_forbidden_or_reported_words_are_clean(
    wrapping: str, second_reader: bool, rules: Engine, both: Engine
) -> None:
    engine = both if second_reader else rules
    share, left = differing(engine, lambda one: one.message(wrapping.format(one.text)), False)
    assert share <= GOAL, left


@pytest.mark.parametrize("second_reader", [False, True])
def test_the_debtor_may_say_it(second_reader: bool, rules: Engine, both: Engine) -> None:
    def make(one: Words) -> Document:
        return one.call(
            ("agent", "您好,请问有什么可以帮您?"), ("debtor", one.text), ("agent", "好的,我记录一下。")
        )

    share, left = differing(both if second_reader else rules, make, False)
    assert share <= 0.01, left


@pytest.mark.parametrize("second_reader", [False, True])
@pytest.mark.parametrize("opening", KEEPING)
def test_openings_change_nothing(opening: str, second_reader: bool, rules: Engine, both: Engine) -> None:
    engine = both if second_reader else rules
    share, lost = differing(engine, lambda one: one.message(opening.format(one.text)), True)
    assert share <= max(LOST_AT_MOST, 1 / len(engine.words)), lost
