"""Plain text and Markdown: exact places, marks left out, speakers heard."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.document import Document, place_of
from collectlint.finding import Failure
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table import read_stdin, read_text


def document(text: str, **options: object) -> Document:
    (item,) = read_stdin(io.BytesIO(text.encode()), ReadSettings(**({"format": "text"} | options)))
    assert isinstance(item, Document)
    return item


def said(text: str) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in document(text).turns]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("# 开场", ["开场"]),
        ("### 三级", ["三级"]),
        ("#姓名#您好", ["#姓名#您好"]),
        ("- 您好", ["您好"]),
        ("  * 您好  ", ["您好"]),
        ("> - 您好", ["您好"]),
        ("- [x] 您好", ["您好"]),
        ("1. 您好", ["您好"]),
        ("12) 您好", ["您好"]),
        ("3、您好", ["您好"]),
        ("1.5万元今日还清", ["1.5万元今日还清"]),
        ("-5%的手续费", ["-5%的手续费"]),
        ("\u3000\u3000您好\u3000", ["您好"]),
        ("| 问 | 答 |", ["| 问 | 答 |"]),
        ("|---|:-:|", []),
        ("---", []),
        ("```text", []),
        ("```坐牢```", ["```坐牢```"]),
        ("a|b", ["a|b"]),
        ("**重点** 还款", ["**重点** 还款"]),
    ],
)
def test_marks_are_left_out_and_the_column_stays(line: str, words: list[str]) -> None:
    result = document(f"第一行\n\n{line}\n")
    turns = result.turns[1:]
    assert [turn.text for turn in turns] == words
    for turn in turns:
        assert turn.origin.line == 3
        assert line[turn.origin.column - 1 :].startswith(turn.text)
    assert (result.kind, result.channel) == ("script", "call")


def test_inside_a_fence_lines_are_kept_as_they_stand() -> None:
    assert [text for _, text in said("```\n- 甲\n# 乙\n```\n- 丙\n")] == ["- 甲", "# 乙", "丙"]


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("坐席", "agent"), ("座席", "agent"), ("客服", "agent"), ("催收员", "agent"), ("催收員", "agent"),
        ("专员", "agent"), ("專員", "agent"), ("Agent", "agent"), ("坐席1", "agent"), ("坐席 2", "agent"),
        ("客户", "debtor"), ("客戶", "debtor"), ("债务人", "debtor"), ("債務人", "debtor"),
        ("第三人", "third_party"), ("家属", "third_party"), ("家屬", "third_party"), ("系统", "system"),
        ("客户经理", "agent"), ("客户（张）", "debtor"), ("**坐席**", "agent"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("colon", [":", "：", " : ", "： "])
def test_labels_name_the_speaker(label: str, speaker: str, colon: str) -> None:
    other = "客户" if speaker == "agent" else "坐席"
    assert said(f"{label}{colon}您好\n{other}：喂\n坐席：是\n")[0] == (speaker, "您好")


@pytest.mark.parametrize(
    ("stamp", "start", "end"),
    [
        ("[00:12] 坐席：您好", 12.0, None),
        ("(01:02) 坐席：您好", 62.0, None),
        ("（1:00:02.5）坐席：您好", 3602.5, None),
        ("[00:12 - 00:15] 坐席：您好", 12.0, 15.0),
        ("00:12 坐席：您好", 12.0, None),
        ("坐席 00:12：您好", 12.0, None),
        ("坐席(00:12)：您好", 12.0, None),
        ("坐席 [00:00:12,250]: 您好", 12.25, None),
        ("2026-03-02 22:10:05 坐席：您好", None, None),
        ("【坐席】您好", None, None),
        ("坐席：您好", None, None),
    ],
)
def test_stamps_become_seconds(stamp: str, start: float | None, end: float | None) -> None:
    turn = document(f"{stamp}\n客户：喂\n").turns[0]
    assert (turn.speaker, turn.text, turn.start, turn.end) == ("agent", "您好", start, end)
    assert stamp[turn.origin.column - 1 :] == "您好"


def test_a_stamped_label_heads_the_lines_below() -> None:
    assert said("坐席 00:12\n您好\n请还款\n客户 00:15\n好\n") == [
        ("agent", "您好"), ("agent", "请还款"), ("debtor", "好"),
    ]  # fmt: skip


def test_a_transcript_goes_on_with_its_speaker() -> None:
    assert said("通话编号：17\n坐席：您好\n请还款\n客户：没钱\n真的没钱\n张经理：那就等着\n坐席：再见\n") == [
        ("system", "通话编号：17"), ("agent", "您好"), ("agent", "请还款"), ("debtor", "没钱"),
        ("debtor", "真的没钱"), ("unknown", "张经理：那就等着"), ("agent", "再见"),
    ]  # fmt: skip
    assert document("坐席：您好\n客户：喂\n").kind == "transcript"
    assert document("A：您好\nB：喂\n").kind == "transcript"
    assert document("坐席：您好\n坐席：请还款\n").kind == "transcript"


@pytest.mark.parametrize(
    "text",
    [
        "客户：您好，您的账单已出\n请还款\n",
        "A: 今日还款\n其他\n",
        "客户须知：请按时还款\n",
        "客服热线：95xxx\n",
        "用户：\n请还款\n",
    ],
)
def test_a_label_without_its_counterpart_is_a_salutation(text: str) -> None:
    result = document(text)
    assert result.kind == "script"
    assert {turn.speaker for turn in result.turns} == {"agent"}
    assert "\n".join(turn.text for turn in result.turns) + "\n" == text


def test_in_a_script_an_example_of_the_debtor_is_the_debtors() -> None:
    text = "开场\n请核实身份\n说明用途\n告知录音\n保持礼貌\n例一\n客户：我就不还\n坐席：理解\n结束\n"
    result = document(text)
    assert result.kind == "script"
    assert [turn.speaker for turn in result.turns][6:] == ["debtor", "agent", "agent"]


def test_a_broken_line_is_a_failure_and_the_script_is_read() -> None:
    data = "您好，这里是示例银行。\n".encode() * 3 + "请还款".encode("gbk") + "\n再见，谢谢您。\n".encode()
    first, second = read_stdin(io.BytesIO(data), ReadSettings())
    assert isinstance(first, Failure)
    assert first.line == 4
    assert [turn.origin.line for turn in second.turns] == [1, 2, 3, 5]


def test_kind_message_joins_the_lines() -> None:
    result = document("您好\n\n请还款\n", kind="message")
    assert result.channel == "sms"
    (turn,) = result.turns
    assert turn.text == "您好\n\n请还款"
    assert place_of(turn, turn.text.index("还")) == (3, 2)


def test_an_empty_text_has_no_document() -> None:
    assert list(read_stdin(io.BytesIO(b"\n \n"), ReadSettings())) == []
    assert list(read_stdin(io.BytesIO(b""), ReadSettings())) == []


@given(st.text(alphabet="还 \t#-*>1.|`坐席客户:：[0]\n\r\u3000", max_size=80))
def test_every_turn_stands_where_its_origin_says(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for item in read_stdin(io.BytesIO(text.encode()), ReadSettings(format="text")):
        for turn in item.turns:
            assert turn.text == turn.text.strip() != ""
            assert lines[turn.origin.line - 1][turn.origin.column - 1 :].startswith(turn.text)


def test_a_text_of_the_command_line_is_one_message() -> None:
    result = read_text("您好\n请还款", ReadSettings(jurisdiction="tw"))
    assert (result.kind, result.channel, result.jurisdiction, len(result.turns)) == (
        "message",
        "sms",
        "tw",
        1,
    )
    assert result.turns[0].text == "您好\n请还款"
    assert read_text("", ReadSettings()).turns[0].text == ""
    assert read_text("前\udce8后\ud800", ReadSettings()).turns[0].text == "前\ufffd后\ufffd"
    assert read_text("- 您好", ReadSettings()).turns[0].text == "- 您好"


def test_a_conversation_of_the_command_line_is_a_transcript() -> None:
    result = read_text("坐席：您好\n客户：滚", ReadSettings())
    assert [(turn.speaker, turn.text) for turn in result.turns] == [("agent", "您好"), ("debtor", "滚")]
    assert read_text("您好\n请还款", ReadSettings(kind="script")).kind == "script"
