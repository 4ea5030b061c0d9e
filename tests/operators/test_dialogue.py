"""Operators on calls: parts of a call, questions and answers, repetition, and states that last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectlint.document import Document, Turn
from collectlint.linter import Judgement, Options, lint
from collectlint.rulebook.folder import read
from collectlint.rulebook.rulebook import Rulebook

RULE = """
id: common/threat/x
title: 例
family: threat
severity: error
basis: [{source: law, clause: "1", verified: primary}]
message: 「{matched}」
remedy: 删
when: %s
tests: {hit: [x], miss: [x]}
"""
SOURCES = "sources: {law: {title: 法, kind: law, jurisdiction: any, verified: primary}}\n"
STATES = """
states:
  stop:
    zh: 要求停止
    begins: {phrase: {any: [别打了, 不要再打], stance: any}}
    ends: {phrase: {any: [您说吧], stance: any}}
  answered:
    zh: 确认本人
    begins:
      reply:
        to: {phrase: {any: 是张伟吗, speakers: agent, stance: any}}
        answer: {phrase: {any: [是我, 对的], stance: any}}
  stop-or-answered:
    zh: 二者之一
    begins: {state: [stop, answered]}
"""


def faults(folder: Path, when: str, states: str = STATES) -> list[str]:
    (folder / "common/threat").mkdir(parents=True, exist_ok=True)
    (folder / "states").mkdir(exist_ok=True)
    (folder / "common/threat/x.yaml").write_text(RULE % when, encoding="utf-8")
    (folder / "states/a.yaml").write_text(states, encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    return [str(error) for error in read(folder).errors]


def judge(folder: Path, when: str, *turns: tuple[Any, ...]) -> Judgement:
    assert not faults(folder, when)
    rulebook = Rulebook.of(read(folder).data)
    document = Document("d", tuple(Turn(*turn) for turn in turns), channel="call", kind="transcript")
    judged = lint(document, rulebook, Options("2026-11-22"))
    assert judged == lint(document, rulebook, Options("2026-11-22", prefilter=False))
    assert judged == lint(document, rulebook, Options("2026-11-22", batch=True))
    return judged


def places(judged: Judgement) -> list[tuple[int, str]]:
    assert not judged.not_evaluated
    return [(one.turn, one.matched) for one in judged.findings]


A, D, T, U = "agent", "debtor", "third_party", "unknown"
PAY = "{phrase: 还钱}"
FIVE = ((A, "还钱一"), (D, "喂"), (A, "还钱二"), (D, "嗯"), (A, "还钱三"), (A, "还钱四"), (A, "还钱五"))


@pytest.mark.parametrize(
    ("bounds", "turns"),
    [
        ("first_turns: 1", [0]),
        ("first_turns: 3", [0, 2, 4]),
        ("last_turns: 2", [5, 6]),
        ("first_turns: 3, speakers: any", [0, 2]),
        ("first_turns: 3, last_turns: 3", [4]),
        ("first_percent: 20", [0]),
        ("first_percent: 21", [0, 2]),
        ("last_percent: 40", [5, 6]),
        ("last_percent: 100", [0, 2, 4, 5, 6]),
    ],
)
def test_windows_of_turns(tmp_path: Path, bounds: str, turns: list[int]) -> None:
    bounds = bounds.replace("speakers: any", "speakers: [agent, debtor]")
    found = places(judge(tmp_path, f"{{window: {{of: {PAY}, {bounds}}}}}", *FIVE))
    assert [turn for turn, _ in found] == turns


TIMED = ((A, "还钱一", 0.0, 4.0), (D, "喂", 4.0, 9.9), (A, "还钱二", 10.0, 19.0), (A, "还钱三", 50.0, 60.0))


@pytest.mark.parametrize(
    ("bounds", "turns"),
    [
        ("first_seconds: 10", [0]),
        ("first_seconds: 11", [0, 2]),
        ("last_seconds: 10", [3]),
        ("last_seconds: 50", [2, 3]),
        ("first_seconds: 60, last_seconds: 50, first_turns: 2", [2]),
    ],
)
def test_windows_of_seconds(tmp_path: Path, bounds: str, turns: list[int]) -> None:
    found = places(judge(tmp_path, f"{{window: {{of: {PAY}, {bounds}}}}}", *TIMED))
    assert [turn for turn, _ in found] == turns


def test_seconds_without_times_are_not_evaluated(tmp_path: Path) -> None:
    for operator in ("window", "missing"):
        judged = judge(tmp_path, f"{{{operator}: {{of: {PAY}, first_seconds: 10}}}}", *FIVE)
        assert not judged.findings
        assert [one.reason for one in judged.not_evaluated] == ["缺少各句的时间"]


def test_what_is_missing_shows_the_searched_window(tmp_path: Path) -> None:
    when = "{missing: {of: {phrase: {any: 录音, stance: any}}, first_turns: 2}}"
    judged = judge(tmp_path, when, (A, "您好"), (D, "谁"), (A, "还钱"), (A, "本次录音"))
    assert places(judged) == [(0, "您好")]
    assert [(one.turn, one.text) for one in judged.findings[0].evidence] == [(2, "还钱")]
    assert places(judge(tmp_path, when, (A, "您好"), (D, "谁"), (A, "本次录音"))) == []
    seconds = when.replace("first_turns: 2", "first_seconds: 30")
    late = ((A, "您好", 0.0, 1.0), (A, "本次录音", 30.0, 31.0))
    assert places(judge(tmp_path, seconds, *late)) == [(0, "您好")]
    assert places(judge(tmp_path, seconds, late[0], (A, "本次录音", 29.9, 31.0))) == []


POLICE = (
    "{reply: {to: {phrase: {any: 是警察吗, speakers: [debtor, unknown], stance: any}}, "
    "answer: {phrase: {any: 是的, speakers: [agent, unknown], stance: any}}%s}}"
)


@pytest.mark.parametrize(
    ("turns", "found"),
    [
        (((D, "你是警察吗"), (A, "是的")), [1]),
        (((D, "你是警察吗"), (D, "喂"), (A, "是的")), [2]),
        (((D, "你是警察吗"), (A, "嗯"), (A, "是的")), [2]),
        (((D, "你是警察吗"), (A, " "), (A, "是的")), [2]),
        (((D, "你是警察吗"), (A, "不是"), (D, "哦"), (A, "是的")), []),
        (((A, "是的"), (D, "你是警察吗")), []),
        (((U, "你是警察吗"), (U, "是的")), [1]),
        (((U, "你是警察吗"), (U, "什么"), (U, "是的")), []),
        (((U, "你是警察吗是的"),), []),
        (((D, "你是警察吗"), (D, "是的")), []),
    ],
)
def test_an_answer_follows_its_question(tmp_path: Path, turns: Any, found: list[int]) -> None:
    judged = judge(tmp_path, POLICE % "", *turns)
    assert [turn for turn, _ in places(judged)] == found
    if found:
        assert judged.findings[0].evidence[0].text == "是警察吗"


def test_an_answer_may_come_later_or_must_open_the_speech(tmp_path: Path) -> None:
    call = ((D, "你是警察吗"), (A, "喂"), (D, "嗯"), (A, "这个嘛我们是的"))
    assert places(judge(tmp_path, POLICE % ", within: 2", *call)) == []
    assert places(judge(tmp_path, POLICE % ", within: 3", *call)) == [(3, "是的")]
    assert places(judge(tmp_path, POLICE % ", within: 3, opening: 4", *call)) == []
    assert places(judge(tmp_path, POLICE % ", within: 3, opening: 5", *call)) == [(3, "是的")]


def test_repetition_counts_speeches(tmp_path: Path) -> None:
    when = f"{{repeat: {{of: {PAY}, least: 3}}}}"
    judged = judge(tmp_path, when, *FIVE)
    assert places(judged) == [(4, "还钱")]
    assert [one.turn for one in judged.findings[0].evidence] == [0, 2]
    assert places(judge(tmp_path, when, (A, "还钱还钱"), (A, "还钱"), (D, "嗯"), (A, "还钱"))) == []


WHILE = "{state: {is: stop, of: {phrase: 还钱}%s}}"


@pytest.mark.parametrize(
    ("turns", "found"),
    [
        (((A, "还钱"), (D, "别打了"), (A, "还钱")), [2]),
        (((D, "别打了"), (A, "好"), (D, "您说吧"), (A, "还钱")), []),
        (((D, "别打了"), (D, "您说吧"), (A, "还钱"), (D, "不要再打"), (A, "还钱")), [4]),
        (((A, "别打了"), (A, "还钱")), []),
        (((T, "别打了"), (A, "还钱"), (A, "还钱")), [1, 2]),
        (((D, "嗯"), (A, "还钱")), []),
    ],
)
def test_what_is_said_while_a_state_holds(tmp_path: Path, turns: Any, found: list[int]) -> None:
    judged = judge(tmp_path, WHILE % "", *turns)
    assert [turn for turn, _ in places(judged)] == found
    assert all(one.evidence[0].text in ("别打了", "不要再打") for one in judged.findings)


def test_a_state_may_be_bounded_barred_or_asked_alone(tmp_path: Path) -> None:
    call = ((D, "别打了"), (A, "好"), (A, "好"), (A, "还钱"))
    assert places(judge(tmp_path, WHILE % ", within: 2", *call)) == []
    assert places(judge(tmp_path, WHILE % ", within: 3", *call)) == [(3, "还钱")]
    assert places(judge(tmp_path, "{state: stop}", *call)) == [(0, "别打了")]
    before = "{state: {is_not: answered, of: {phrase: 还钱}}}"
    asked = ((A, "您是张伟吗还钱"), (D, "是我"), (A, "还钱"))
    assert places(judge(tmp_path, before, *asked)) == [(0, "还钱")]
    either = "{state: {is: stop-or-answered, of: {phrase: 还钱}}}"
    assert places(judge(tmp_path, either, *asked)) == [(2, "还钱")]
    assert places(judge(tmp_path, "{state: {is: stop, is_not: answered, of: {phrase: 还钱}}}", *asked)) == []


@pytest.mark.parametrize(
    ("when", "states", "part"),
    [
        ("{state: stopp}", STATES, "`stop`"),
        ("{state: {is_not: stop}}", STATES, "state 没有写是什么状态"),
        ("{window: {of: {phrase: 还钱}}}", STATES, "window 没有写范围"),
        ("{window: {of: {phrase: 还钱}, first_percent: 101}}", STATES, "101"),
        ("{repeat: {of: {phrase: 还钱}, least: 1}}", STATES, "least"),
        ("{reply: {to: {phrase: 还钱}}}", STATES, "answer"),
        ("{state: a}", "states: {a: {zh: 甲, begins: {state: b}}, b: {zh: 乙, begins: {state: a}}}", "绕回"),
        ("{phrase: 还钱}", "states: {a: {zh: 甲}}", "begins"),
    ],
)
def test_faults_are_told(tmp_path: Path, when: str, states: str, part: str) -> None:
    assert any(part in fault for fault in faults(tmp_path, when, states))


def test_a_state_that_no_rule_uses_is_told(tmp_path: Path) -> None:
    assert not faults(tmp_path, "{state: stop}")
    assert read(tmp_path).unused_states == ("answered", "stop-or-answered")
