"""Every operator, asked through a rule of its own: truth, places, and what stays unknown."""

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
applies: {speakers: %s}
message: 「{matched}」
remedy: 删
when:
%s
tests: {hit: [x], miss: [x]}
"""
SOURCES = "sources: {law: {title: 法, kind: law, jurisdiction: any, verified: primary}}\n"
LISTS = """
lists:
  family: [爸妈, 家人, 老婆]
  places: ["[你|您][单位|公司]", 学校]
  both: {include: [family, places], entries: [邻居]}
"""


def book(folder: Path, when: str, speakers: str = "agent") -> Rulebook:
    (folder / "common/threat").mkdir(parents=True, exist_ok=True)
    (folder / "lexicon").mkdir(exist_ok=True)
    indented = "\n".join("  " + line for line in when.strip("\n").split("\n"))
    (folder / "common/threat/x.yaml").write_text(RULE % (speakers, indented), encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "lexicon/a.yaml").write_text(LISTS, encoding="utf-8")
    result = read(folder)
    assert not result.errors, [str(error) for error in result.errors]
    return Rulebook.of(result.data)


def judge(folder: Path, when: str, text: str | list[tuple[str, str]], **fields: Any) -> Judgement:
    turns = (Turn("agent", text),) if isinstance(text, str) else tuple(Turn(*turn) for turn in text)
    document = Document("d", turns, kind="message" if isinstance(text, str) else "transcript", **fields)
    rulebook = book(folder, when)
    fast = lint(document, rulebook, Options("2026-11-22"))
    assert fast == lint(document, rulebook, Options("2026-11-22", prefilter=False))
    assert fast == lint(document, rulebook, Options("2026-11-22", batch=True))
    for one in fast.findings:
        assert document.turns[one.turn].text[one.start : one.end] == one.matched
    return fast


def words(judgement: Judgement) -> list[str]:
    return [one.matched for one in judgement.findings]


@pytest.mark.parametrize(
    ("when", "text", "found"),
    [
        ("phrase: 爆通讯录", "就爆通讯录", ["爆通讯录"]),
        ("phrase: [爆通讯录, 上门]", "先上門,再爆通訊錄", ["上門", "爆通訊錄"]),
        ("phrase: {list: both}", "去你公司找你爸妈和邻居", ["你公司", "爸妈", "邻居"]),
        ('phrase: {any: "告诉…{family}", gap: 2}', "我告诉你的家人", ["告诉你的家人"]),
        ('phrase: {any: "告诉…{family}", gap: 1}', "我告诉你的家人", []),
        ('phrase: {any: "[爆|轰炸]你{family}"}', "轰炸你老婆", ["轰炸你老婆"]),
        ('phrase: {any: "让{family}[都|]知道"}', "让爸妈知道,让家人都知道", ["让爸妈知道", "让家人都知道"]),
        ('phrase: {any: "让…{family}", gap: 6}', "让人来,你家人", []),
        ('phrase: {any: "让…{family}", gap: 6, across: sentence}', "让人来,你家人", ["让人来,你家人"]),
        ("phrase: {any: 曝光, unless_in: 曝光量}", "曝光量高,曝光你", ["曝光"]),
        ("phrase: {any: 上门, unless_with: 安装}", "上门安装", []),
        ("phrase: {any: 上门, with: 还钱}", "不还钱就上门。上门", ["上门"]),
        ("phrase: {any: 上门, with: 还钱, near: document}", "不还钱。上门", ["上门"]),
        ("phrase: 威胁", "严禁威胁客户", []),
        ("phrase: {any: 威胁, stance: forbidden}", "严禁威胁客户", ["威胁"]),
        ("phrase: {any: 威胁, stance: any}", "严禁威胁客户", ["威胁"]),
        ("phrase: 爆通讯录", "爆 通-讯❤录", ["爆 通-讯❤录"]),
        ('pattern: "上[门们]找.{0,3}人"', "上门找你家人", ["上门找你家人"]),
        ('pattern: "告诉(?:你的)?({family})"', "告诉你的老婆", ["老婆"]),
        ("near: {of: [{phrase: 不还}, {phrase: 上门}], within: 3}", "不还就上门", ["不还就上门"]),
        ("near: {of: [{phrase: 不还}, {phrase: 上门}], within: 3}", "上门,不还", ["上门,不还"]),
        ("near: {of: [{phrase: 不还}, {phrase: 上门}], within: 1}", "不还我就上门", []),
        # The nearest 还钱 is too far from 家人, the other is not.
        (
            "near: {of: [{phrase: 上门}, {phrase: 还钱}, {phrase: 家人}], within: 4, mark: 0}",
            "还钱,上门吧吧还钱家人",
            ["上门"],
        ),
        ("order: {of: [{phrase: 不还}, {phrase: 上门}], within: 3}", "上门,不还", []),
        (
            "order: {of: [{phrase: 不还}, {phrase: 上门}], within: 1, unit: clauses, mark: 1}",
            "不还,就上门",
            ["上门"],
        ),
        ("order: {of: [{phrase: 不还}, {phrase: 上门}], within: 0, unit: clauses}", "不还,就上门", []),
        ("all: [{phrase: 上门}, {phrase: 不还}]", "不还。我上门", ["上门"]),
        ("any: [{phrase: 上门}, {phrase: 不还}]", "不还。我上门", ["不还", "上门"]),
        ("all: [{phrase: 上门}, {none: [{phrase: 预约}]}]", "预约上门", []),
        (
            "at_least: {number: 2, of: [{phrase: 甲方}, {phrase: 乙方}, {phrase: 丙方}]}",
            "甲方和丙方",
            ["甲方", "丙方"],
        ),
        ("at_least: {number: 2, of: [{phrase: 甲方}, {phrase: 乙方}]}", "甲方", []),
        ("count: {of: {phrase: 还钱}, least: 3}", "还钱还钱还钱", ["还钱"]),
        ("count: {of: {phrase: 还钱}, least: 3}", "还钱还钱", []),
        ("number: {value: amount, least: 10000}", "欠款12,000元和300元", ["12,000元"]),
        ("number: {value: minutes_of_day, least: 1320}", "晚上11点打给你", ["晚上11点"]),
        (
            "number: {value: amount, near: {phrase: 手续费}, within: 3}",
            "欠5000元,另外还有手续费200元",
            ["200元"],
        ),
        ("personal: id_card", "证件11010519491231002X", ["11010519491231002X"]),
        ("personal: id_card", "证件110105********002X", []),
        ("message: {has: link}", "点 http://a.cn/x 还", ["http://a.cn/x"]),
        ("message: {lacks: signature}", "请还款", ["请还款"]),
        ("message: {lacks: signature}", "【某银行】请还款", []),
        ("field: {name: party, any_of: debtor}", "您好", ["您好"]),
        ("field: {name: party, none_of: debtor}", "您好", []),
        ("missing: {of: {phrase: 录音}, first_turns: 1}", "您好", ["您好"]),
        ("missing: {of: {phrase: 录音}, first_turns: 1}", "本次通话会录音", []),
    ],
)
def test_one_message(tmp_path: Path, when: str, text: str, found: list[str]) -> None:
    assert words(judge(tmp_path, when, text)) == found


def test_words_must_end_at_word_edges(tmp_path: Path) -> None:
    rulebook = book(tmp_path, "phrase: {any: 口交, words: true}")
    edges = {"路口交通": frozenset({0, 2, 4}), "口交": frozenset({0, 2})}
    for text, found in (("路口交通", 0), ("口交", 1)):
        options = Options("2026-11-22", boundaries=edges.__getitem__)
        assert len(lint(Document("d", (Turn("agent", text),)), rulebook, options).findings) == found


def test_only_the_chosen_speakers_count(tmp_path: Path) -> None:
    call = [("debtor", "你们要上门吗"), ("agent", "是的,上门")]
    assert [one.turn for one in judge(tmp_path, "phrase: 上门", call).findings] == [1]
    when = "phrase: {any: 上门, speakers: debtor}"
    assert [one.turn for one in judge(tmp_path, when, call).findings] == [0]


def test_order_over_turns(tmp_path: Path) -> None:
    when = """
order:
  of: [{phrase: {any: 打错了, speakers: debtor}}, {phrase: 还钱}]
  within: 2
  unit: turns
  mark: 1
"""
    call = [("agent", "您好"), ("debtor", "打错了"), ("agent", "那也得还钱")]
    found = judge(tmp_path, when, call).findings
    assert [(one.turn, one.matched) for one in found] == [(2, "还钱")]
    assert [(one.turn, one.text) for one in found[0].evidence] == [(1, "打错了")]
    assert not judge(tmp_path, when, [("agent", "还钱"), ("debtor", "打错了")]).findings


def test_a_phrase_may_run_over_turns_of_one_speaker(tmp_path: Path) -> None:
    when = 'phrase: {any: "不还…上门", across: speech}'
    assert judge(tmp_path, when, [("agent", "你要是不还"), ("agent", "我就上门")]).findings
    assert not judge(tmp_path, when, [("agent", "不还"), ("debtor", "嗯"), ("agent", "上门")]).findings


def test_what_is_missing_shows_the_window(tmp_path: Path) -> None:
    when = "missing: {of: {phrase: 录音}, first_turns: 2}"
    call = [("agent", "您好"), ("debtor", "嗯"), ("agent", "请还款"), ("agent", "本通话录音")]
    found = judge(tmp_path, when, call).findings
    assert [one.matched for one in found] == ["您好"]
    assert [one.text for one in found[0].evidence] == ["请还款"]


@pytest.mark.parametrize(
    ("when", "fields", "truth"),
    [
        ("field: {name: lost_contact, any_of: 'false'}", {}, None),
        ("field: {name: lost_contact, any_of: 'false'}", {"lost_contact": False}, True),
        ("field: {name: lost_contact, any_of: 'false'}", {"lost_contact": True}, False),
        ("field: {name: lost_contact, present: false}", {}, True),
        ("field: {name: fields.overdue_days, least: 30}", {"fields": {"overdue_days": 45}}, True),
        ("field: {name: fields.overdue_days, least: 30}", {"fields": {"overdue_days": 5}}, False),
        ("field: {name: fields.overdue_days, least: 30}", {}, None),
        ("any: [{phrase: 您好}, {field: {name: lost_contact, any_of: 'true'}}]", {}, True),
        ("all: [{phrase: 没有}, {field: {name: lost_contact, any_of: 'true'}}]", {}, False),
        ("all: [{phrase: 您好}, {field: {name: lost_contact, any_of: 'true'}}]", {}, None),
        ("none: [{field: {name: lost_contact, any_of: 'true'}}]", {}, None),
        ("hours: 22:00-08:00", {}, None),
        ("hours: 22:00-08:00", {"started_at": "2026-03-02T21:59:59"}, False),
        ("hours: 22:00-08:00", {"started_at": "2026-03-02T22:00:00"}, True),
        ("hours: 22:00-08:00", {"started_at": "2026-03-02T07:59:59.999"}, True),
        ("hours: 22:00-08:00", {"started_at": "2026-03-02T08:00:00"}, False),
        ("hours: 22:00-08:00", {"started_at": "2026-03-02T14:30:00Z"}, True),
        ("hours: 22:00-08:00", {"started_at": "2026-03-02T23:30:00+09:00"}, True),
        ("hours: 22:00-08:00", {"started_at": "2026-03-02T22:30:00+09:00"}, False),
        ("hours: 22:00-08:00", {"started_at": "2026-03-02T23:00:00", "direction": "inbound"}, False),
        (
            "hours: 22:00-08:00",
            {"started_at": "2026-03-02T22:30:00", "consent_hours": ("20:00-23:00",)},
            False,
        ),
        ("hours: 22:00-08:00", {"send_window": ("21:30-22:30",)}, True),
        ("hours: 22:00-08:00", {"send_window": ("08:00-22:00",)}, False),
        ("hours: 22:00-08:00", {"started_at": "gestern"}, None),
        ("after: objected_at", {"started_at": "2026-03-02T10:00:00"}, False),
        (
            "after: objected_at",
            {"started_at": "2026-03-02T10:00:00", "objected_at": "2026-03-02T09:00:00+09:00"},
            True,
        ),
        ("after: objected_at", {"objected_at": "2026-03-01T10:00:00"}, None),
    ],
)
def test_metadata_and_unknown(tmp_path: Path, when: str, fields: dict[str, Any], truth: bool | None) -> None:
    judgement = judge(tmp_path, when, "您好", **fields)
    assert (bool(judgement.findings), bool(judgement.not_evaluated)) == (truth is True, truth is None)


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("phrase: {list: famly}", "没有词表 `famly`"),
        ('phrase: {any: "让{family"}', "括号不成对"),
        ('phrase: {any: "让…"}', "开头或结尾"),
        ('phrase: {any: "让…你"}', "太短"),
        ('pattern: "(?:催收|催|收)+$"', "嵌套或重叠"),
        ('pattern: "a*"', "空文本"),
        ('pattern: "(催"', "写法有误"),
        ("hours: 22点到8点", "写法不对"),
        ("field: {name: colour, any_of: red}", "没有字段"),
        ("near: {of: [{phrase: 上门}]}", "至少要两个条件"),
        ("phrase: {gap: 3}", "没有词"),
    ],
)
def test_faults_of_a_condition_are_told(tmp_path: Path, when: str, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        book(tmp_path, when)


def test_hostile_pattern_is_unknown_not_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collectlint.operators.pattern.SECONDS", 0.01)
    rulebook = book(tmp_path, 'pattern: "催[^。]{0,900}(?:收|债)[^。]{0,900}!"')
    document = Document("d", (Turn("agent", "催收款" * 3000 + "。!"),))
    judgement = lint(document, rulebook, Options("2026-11-22"))
    assert not judgement.findings
    assert [one.rule for one in judgement.not_evaluated] == ["common/threat/x"]


def test_pattern_is_not_compiled_without_the_words_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    when = 'any:\n  - pattern: {expression: "打.{1,3}次", needs: [打, 拨]}\n  - phrase: 您好'
    assert words(judge(tmp_path, when, "您好,每天拨打十次")) == ["您好", "打十次"]
    rulebook = book(tmp_path, when)
    compiled: list[str] = []
    monkeypatch.setattr("collectlint.operators.pattern._untimed", compiled.append)
    assert lint(Document("d", (Turn("agent", "您好"),)), rulebook, Options("2026-11-22")).findings
    assert not compiled


def test_pattern_may_need_a_list(tmp_path: Path) -> None:
    when = 'pattern: {expression: "({both}).{0,3}知道", needs: ["{both}", "#"]}'
    assert words(judge(tmp_path, when, "你單位都知道")) == ["你單位"]
    assert not words(judge(tmp_path, when, "大家都知道"))
