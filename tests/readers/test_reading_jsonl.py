"""JSON Lines and JSON: strict fields, no silent trap, and exact places of escaped text."""

from __future__ import annotations

import io
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.document import Document, place_of
from collectlint.finding import Failure
from collectlint.readers import strict_json
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table import read_stdin


@pytest.fixture(params=["orjson", "json"], autouse=True)
def parser(request, monkeypatch):
    """Every test holds with orjson and without."""
    if request.param == "json":
        monkeypatch.setattr(strict_json, "_quick_parser", lambda: None)
    else:
        pytest.importorskip("orjson")
    return request.param


def items(text: str, **options: object) -> list[Document | Failure]:
    return list(read_stdin(io.BytesIO(text.encode()), ReadSettings(**options)))


def one(record: object, **options: object) -> Document | Failure:
    text = record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)
    (item,) = items(text + "\n", **({"format": "jsonl"} | options))
    return item


def failure(record: object, **options: object) -> Failure:
    item = one(record, **options)
    assert isinstance(item, Failure), item
    assert item.line == 1
    assert item.remedy
    return item


def test_every_field_arrives_and_unknown_keys_are_kept() -> None:
    record = {
        "id": "c-001", "jurisdiction": "tw", "channel": "call", "kind": "transcript", "party": "guarantor",
        "turns": [{"speaker": "agent", "text": "您好", "start": 0, "end": 3.2},
                  {"speaker": "debtor", "text": "喂"}],
        "started_at": "2026-03-02T22:10:00+08:00", "ended_at": "2026-03-02 22:14:00", "direction": "inbound",
        "outcome": "effective", "mode": "informative", "debtor_id": "d-1", "agent_id": "a-7",
        "case_id": "k-9",
        "lender": "甲行", "agency": "乙公司", "callee": "h-55", "creditor_type": "consumer_finance",
        "product": "consumer_loan", "speaker_role": "agency", "send_window": "21:00-23:00",
        "consent_hours": ["20:00-23:00", "06:00-07:00"], "lost_contact": False,
        "objected_at": "2026-03-01T00:00:00Z",
        "instalment_plan": "active", "authorised_by_debtor": True, "label": {"violating": False},
        "队列": {"n": [1]},
    }  # fmt: skip
    document = one(record)
    assert isinstance(document, Document)
    got = document._asdict()
    for field in record.keys() - {"turns", "队列", "send_window", "consent_hours"}:
        assert got[field] == record[field], field
    assert document.send_window == ("21:00-23:00",)
    assert document.consent_hours == ("20:00-23:00", "06:00-07:00")
    assert document.fields == {"队列": {"n": [1]}}
    assert [(turn.speaker, turn.text, turn.start, turn.end) for turn in document.turns] == [
        ("agent", "您好", 0.0, 3.2),
        ("debtor", "喂", None, None),
    ]


def test_defaults_come_from_the_settings_and_the_shape() -> None:
    message = one({"text": "您好", "party": None})
    assert message[3:7] == ("cn", "sms", "message", "debtor")
    assert message.id == "stdin:1"
    assert message.mode == "informative"
    call = one({"turns": [{"text": "您好"}]}, jurisdiction="hk", party="family")
    assert call[3:7] == ("hk", "call", "transcript", "family")
    assert call.turns[0].speaker == "unknown"
    assert call.outcome == "connected"
    assert one({"turns": []}).outcome is None
    assert one({"text": "您好", "kind": "script"}).channel == "call"
    assert one({"text": "您好"}, channel="email", kind="template")[4:6] == ("email", "template")


@pytest.mark.parametrize(
    ("record", "parts"),
    [
        ({"text": "a", "jurisdiction": "CN"}, ("jurisdiction", "CN", "是否为 cn")),
        ({"text": "a", "channel": "短信"}, ("channel", "短信", "是否为 sms")),
        ({"text": "a", "channel": "apppush"}, ("channel", "apppush", "是否为 app_push")),
        ({"text": "a", "kind": "transcipt"}, ("kind", "transcipt", "是否为 transcript")),
        ({"text": "a", "party": "家属"}, ("party", "家属", "是否为 family")),
        ({"text": "a", "channel": ["sms"]}, ("channel", "字符串", "数组")),
        ({"text": "a", "debtor_id": 12}, ("debtor_id", "字符串", "引号")),
        ({"text": "a", "id": True}, ("id", "字符串", "true/false")),
        ({"text": "a", "lost_contact": "no"}, ("lost_contact", "true 或 false")),
        ({"text": "a", "started_at": "昨晚十点"}, ("started_at", "昨晚十点", "ISO 8601")),
        ({"text": "a", "started_at": "2026-03-02"}, ("started_at", "2026-03-02")),
        ({"text": "a", "started_at": "2026-13-02T10:00:00"}, ("started_at", "2026-13-02")),
        ({"text": "a", "send_window": "晚上"}, ("send_window", "21:00-23:00")),
        ({"text": "a", "consent_hours": [5]}, ("consent_hours",)),
        ({"text": "a", "label": "bad"}, ("label", "对象")),
        ({"text": 5}, ("text", "字符串", "数字")),
        ({"turns": "您好"}, ("turns", "数组")),
        ({"turns": ["您好"]}, ("turns[0]", "对象")),
        ({"turns": [{"text": "a"}, {"speaker": "坐席", "text": "b"}]}, ("turns[1]", "坐席", "agent")),
        ({"turns": [{"speaker": "agent"}]}, ("turns[0]", "text", "null")),
        ({"turns": [{"text": "a", "start": "1"}]}, ("turns[0]", "start", "秒数")),
        ({"turns": [{"text": "a", "start": -1}]}, ("turns[0]", "start")),
        ({"turns": [{"text": "a", "start": True}]}, ("turns[0]", "start")),
        ({"turns": [{"text": "a", "start": 5, "end": 4}]}, ("turns[0]", "end", "早于")),
        ({"text": "a", "turns": []}, ("text", "turns", "同时")),
        ({"id": "x"}, ("text", "turns", "没有")),
        ({"内容": "您好"}, ("text", "内容", "改名")),
        ({"kind": "message", "turns": [{"text": "a"}, {"text": "b"}]}, ("message", "2 段")),
        ({"kind": "message", "turns": [{"text": "a", "speaker": "debtor"}]}, ("message", "agent")),
        ("[1]", ("不是 JSON 对象",)),
        ('"您好"', ("JSON 对象", "字符串")),
        ('{"text": "a", "id": "1", "id": "2"}', ("id", "重复")),
        ('{"text": "a", "id" : "1", "id":"2"}', ("id", "重复")),
        ('{"text": "a", "x": {"k": 1, "k": 2}}', ("k", "重复")),
        ('{"text": "a", "x": NaN}', ("NaN",)),
        ('{"text": "a", "x": -Infinity}', ("-Infinity",)),
        ('{"text": "a", "x": 1e999}', ("1e999",)),
        ('{"text": "a", "x": ' + "9" * 5000 + "}", ("数字过长",)),
        ('{"text": "a", "x": ' + "[" * 10_000 + "]" * 10_000 + "}", ("嵌套",)),
        ('{"text": "a", "x": ' + "[" * 65 + "]" * 65 + "}", ("嵌套", "64")),
        ('{"text": "a\tb"}', ("控制字符",)),
        ('{"text": "a",}', ("JSON", "列")),
        ('{"text": "a"} {"text": "b"}', ("多余",)),
    ],
)  # fmt: skip
def test_a_fault_is_a_failure_that_names_it(record: object, parts: tuple[str, ...]) -> None:
    item = failure(record)
    for part in parts:
        assert part in item.reason + item.remedy


def test_a_bomb_without_an_end_is_a_failure() -> None:
    assert failure('{"text": "a", "x": ' + '{"a":' * 100_000 + "}")


def test_64_levels_and_whole_numbers_beyond_64_bits_are_kept() -> None:
    document = one('{"text": "a", "x": ' + "[" * 60 + "]" * 60 + ', "n": 123456789012345678901234567890}')
    assert document.fields["n"] == 123456789012345678901234567890


def test_lone_surrogates_become_replacement_characters_of_the_same_length() -> None:
    document = one('{"text": "前\\ud800后\\ud83d\\ude00尾\\udc00", "x": ["\\udfff"]}')
    assert document.turns[0].text == "前\ufffd后\U0001f600尾\ufffd"
    assert document.fields == {"x": ["\ufffd"]}
    raw = '{"text": "前\\ud800后\\ud83d\\ude00尾\\udc00"}'
    assert raw[place_of(one(raw).turns[0], 4)[1] - 1 :].startswith("尾")


def test_a_colon_in_the_text_is_no_repeated_key() -> None:
    assert one({"text": '他说"id":"1" 和 "id" : 2', "x": {"y": 'a":'}}).turns[0].text.startswith("他说")


def test_one_broken_line_leaves_the_others() -> None:
    got = items('{"text": "甲"}\n\n{"text": }\n   \n{"text": "乙"}\n{"text": "丙", "tex')
    assert [type(item) for item in got] == [Document, Failure, Document, Failure]
    assert [got[0].id, got[1].line, got[2].id, got[3].line] == ["stdin:1", 3, "stdin:5", 6]
    assert "截断" in got[3].reason
    assert "截断" not in got[1].reason


def test_a_first_line_that_is_broken_does_not_hide_the_format() -> None:
    got = items('# 导出\n{"text": "甲"}\n{"text": "乙"}\n')
    assert [type(item) for item in got] == [Failure, Document, Document]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_array_gives_each_document_its_place(indent: int | None) -> None:
    records = [
        {"text": "甲\n乙"},
        {"turns": [{"text": 'x"丙', "speaker": "agent"}]},
        {"id": "k", "text": "丁"},
    ]
    text = json.dumps(records, ensure_ascii=False, indent=indent)
    got = items(text)
    assert [item.id for item in got][-1] == "k"
    assert len({item.id for item in got}) == 3
    lines = text.split("\n")
    for document, offset, character in ((got[0], 2, "乙"), (got[1], 2, "丙"), (got[2], 0, "丁")):
        line, column = place_of(document.turns[0], offset)
        assert lines[line - 1][column - 1] == character


def test_one_indented_object_is_one_document() -> None:
    (document,) = items(json.dumps({"id": "x", "text": "甲"}, indent=4, ensure_ascii=False))
    assert (document.id, document.origin.line) == ("x", 1)
    assert place_of(document.turns[0], 0) == (3, 14)


def test_a_fault_in_an_array_costs_one_item() -> None:
    got = items('[\n{"text": "甲"},\n{"text": 5},\n7,\n{"text": "乙"}\n]\n')
    assert [type(item) for item in got] == [Document, Failure, Failure, Document]
    assert got[1].line == 3


@pytest.mark.parametrize(
    "text", ['[\n{"text": "甲"},\n{"text": "乙"', '[\n{"text": "甲"},\n{"text": "乙', '[{"text": "甲"}\n']
)
def test_a_truncated_array_keeps_what_is_whole_and_says_so(text: str) -> None:
    got = items(text)
    assert isinstance(got[0], Document)
    assert "截断" in got[-1].reason


def test_columns_rename_keys() -> None:
    document = one({"内容": "还款\n啊", "客户": "d-1"}, columns={"text": "内容", "debtor_id": "客户"})
    assert document.debtor_id == "d-1"
    raw = json.dumps({"内容": "还款\n啊", "客户": "d-1"}, ensure_ascii=False)
    assert raw[place_of(document.turns[0], 3)[1] - 1] == "啊"


def test_a_transcript_kept_in_one_text_is_split_at_its_labels() -> None:
    raw = json.dumps(
        {"kind": "transcript", "text": '坐席：您好\n客户：你"谁\n坐席：银行'}, ensure_ascii=False
    )
    document = one(raw)
    assert [(turn.speaker, turn.text) for turn in document.turns] == [
        ("agent", "您好"), ("debtor", '你"谁'), ("agent", "银行"),
    ]  # fmt: skip
    assert raw[place_of(document.turns[2], 1)[1] - 1] == "行"


def test_documents_travel_between_processes() -> None:
    document = one({"text": "甲\n乙"})
    again = pickle.loads(pickle.dumps(document))
    assert again == document
    assert place_of(again.turns[0], 2) == place_of(document.turns[0], 2)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
HARD = st.text(alphabet='还"\\\n\t\u2028\x00😀𠮷/a:{[', max_size=20)
TURNS = st.lists(
    st.fixed_dictionaries({"speaker": st.sampled_from(["agent", "debtor"]), "text": TEXTS | HARD}), max_size=4
)


@given(
    st.fixed_dictionaries(
        {"id": TEXTS, "turns": TURNS, "x": st.dictionaries(TEXTS, TEXTS | HARD, max_size=2)}
    ),
    st.booleans(),
    st.sampled_from([None, 1]),
)
def test_what_json_writes_is_read_back_and_every_character_is_found(record, ascii_only, indent) -> None:
    raw = json.dumps(record, ensure_ascii=ascii_only, indent=indent)
    (document,) = items(raw, format="jsonl")
    assert document.id == record["id"]
    assert document.fields == {"x": record["x"]}
    assert [turn.text for turn in document.turns] == [turn["text"] for turn in record["turns"]]
    lines = raw.split("\n")
    for turn in document.turns:
        for offset, character in enumerate(turn.text):
            line, column = place_of(turn, offset)
            written = json.dumps(character, ensure_ascii=ascii_only)[1:-1]
            assert lines[line - 1][column - 1 :].startswith(written)
        line, column = place_of(turn, len(turn.text))
        assert lines[line - 1][column - 1] == '"'


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_both_parsers_read_the_same_value(value: object) -> None:
    text = json.dumps({"x": value})
    assert strict_json.loads(text, 64) == json.loads(text)


@given(st.text(alphabet='{}[]",:\\u0d8"ta 1', max_size=40))
def test_no_text_makes_the_json_reader_raise(text: str) -> None:
    for item in items(text, format="jsonl"):
        assert isinstance(item, (Document, Failure))
