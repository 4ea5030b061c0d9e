"""Catalogues: every character's place, which strings are messages, what the keys around them say."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from collectlint.document import Document, place_of
from collectlint.errors import InputError
from collectlint.finding import Failure
from collectlint.readers.catalogue import json_file, properties_file, source_file, yaml_file
from collectlint.readers.catalogue.spelling import Spelled, place
from collectlint.readers.catalogue.tree import Catalogue, leaves
from collectlint.readers.schedule import send_times
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table import read, read_stdin
from collectlint.waiver.directive import Comment

PIECES = st.sampled_from(
    [
        "催",
        "收爆你通讯录",
        " ",
        "  ",
        "\n",
        "\n\n",
        '"',
        "'",
        "\\",
        "a",
        ":",
        " #",
        "\t",
        "😀",
        "é",
        "，",
        "- ",
        "{x}",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=12).map("".join)
BREAKS = st.sampled_from(["\n", "\r\n"])


def texts(catalogue: Catalogue) -> list[Spelled]:
    return [found.leaf.spelled for root in catalogue.roots for found in leaves(root)]


def check_places(raw: str, spelled: Spelled) -> None:
    """Each visible character stands where it says, as itself or at the beginning of an escape."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    before = (0, 0)
    for offset, char in enumerate(spelled.value):
        at = spelled(offset)
        assert at >= before
        before = at
        if not char.isspace():
            assert lines[at[0] - 1][at[1] - 1] in (char, "\\"), (offset, char, at)
            assert spelled(offset + 1, True) > at


@given(
    TEXTS, st.sampled_from([None, "'", '"', "|", ">"]), st.booleans(), st.sampled_from([6, 30, 90]), BREAKS
)
def test_yaml_places_whatever_the_style(text: str, style: Any, wide: bool, width: int, ending: str) -> None:
    raw = yaml.safe_dump(
        {"k": {"c": [text, "x"]}}, default_style=style, allow_unicode=wide, width=width
    ).replace("\n", ending)
    loaded = yaml.safe_load(raw)["k"]["c"][0]
    spelled = texts(yaml_file.parse(raw, 64))[0]
    assert spelled.value == loaded
    check_places(raw, spelled)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


def scalars(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for child in value.values() for one in scalars(child)]
    if isinstance(value, list):
        return [one for child in value for one in scalars(child)]
    return [value if isinstance(value, str) else json.dumps(value)]


@given(VALUES, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_json_values_and_places(value: Any, ascii_only: bool, indent: Any) -> None:
    raw = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    catalogue = json_file.parse(raw, 64)
    assert catalogue.faults == ()
    found = texts(catalogue)
    assert [one.value for one in found] == scalars(value)
    for one in found:
        check_places(raw, one)


@given(st.text(alphabet='{}[],:"\\ tru12.e催u', max_size=30))
def test_json_is_refused_where_the_library_refuses_it(raw: str) -> None:
    try:
        value = json.loads(raw)
    except ValueError:
        assert json_file.parse(raw, 64).faults
        return
    catalogue = json_file.parse(raw, 64)
    assert all("重复" in fault.reason for fault in catalogue.faults)
    said = [found.leaf for root in catalogue.roots for found in leaves(root)]
    values = [one.value if one.is_text else json.dumps(json.loads(one.value)) for one in said]
    assert catalogue.faults or values == scalars(value)


def as_property(text: str, ascii_only: bool, fold: bool) -> str:
    out = []
    for which, char in enumerate(text):
        if char in "\\":
            out.append("\\\\")
        elif char in "\n\t":
            out.append({"\n": "\\n", "\t": "\\t"}[char])
        elif char == " " and which == 0:
            out.append("\\ ")
        elif ascii_only and char > "\x7f":
            data = char.encode("utf-16-be").hex()
            out.extend(f"\\u{data[at : at + 4]}" for at in range(0, len(data), 4))
        else:
            out.append(char)
        if fold and char == "催":
            out.append("\\\n    ")
            if which + 1 < len(text) and text[which + 1] == " ":
                out.append("\\")
    return "".join(out)


@given(TEXTS, st.booleans(), st.booleans(), BREAKS)
def test_properties_places(text: str, ascii_only: bool, fold: bool, ending: str) -> None:
    raw = f"# 注释 \\\na.b = 甲\nsms.x={as_property(text, ascii_only, fold)}\nc=乙\n".replace("\n", ending)
    found = texts(properties_file.parse(raw))
    assert [one.value for one in found] == ["甲", text, "乙"]
    check_places(raw, found[1])


@pytest.mark.parametrize(
    ("language", "raw", "expected"),
    [
        ("java", 'String A = "您" + "好"; // "不"', [("A", "您好")]),
        ("java", 'm.put("k.a", "您\\u597d");', [("k.a", "您好")]),
        ("java", 'char c = \'"\'; String A = "\\"好\\"";', [("A", '"好"')]),
        ("java", 'String A = """\n    甲\n      乙 \\\n    丙\n    """;', [("A", "甲\n  乙 丙\n")]),
        ("kotlin", 'val a: String = """甲\\n"""', [("a", "甲\\n")]),
        ("python", "A = ('甲'\n     \"乙\")  # '丙'", [("A", "甲乙")]),
        ("python", "D = {'k': r'\\d甲', 'l': '''乙\n丙'''}", [("k", "\\d甲"), ("l", "乙\n丙")]),
        ("typescript", "const a = `甲${x}`, b = '乙\\u{4e19}';", [("a", "甲${x}"), ("b", "乙丙")]),
        ("typescript", 'export default { "k": "甲", l: "乙", };', [("k", "甲"), ("l", "乙")]),
    ],
)
def test_string_constants_have_names_and_places(language: str, raw: str, expected: list[Any]) -> None:
    catalogue = source_file.parse(raw, language)
    found = [(one.path[0], one.leaf.value) for root in catalogue.roots for one in leaves(root)]
    assert found == expected
    for spelled in texts(catalogue):
        check_places(raw, spelled)


# -- which strings are messages ----------------------------------------------------------------------


def messages(tmp_path: Path, name: str, raw: str | bytes, **options: Any) -> list[Document]:
    got = items(tmp_path, name, raw, **options)
    assert all(isinstance(item, Document) for item in got), got
    return [item for item in got if isinstance(item, Document)]


def items(tmp_path: Path, name: str, raw: str | bytes, **options: Any) -> list[Any]:
    path = tmp_path / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return list(read(tmp_path, ReadSettings(**options)))


@pytest.mark.parametrize(
    ("name", "raw", "found", "left"),
    [
        ("a.json", '{"content": "您好", "remark": "备注"}', ["您好"], 1),
        ("a.json", '[{"templateContent": "您好"}, {"msg": "再见", "name": "名称"}]', ["您好", "再见"], 1),
        ("a.json", '{"template": {"zh-CN": "您好", "zh-TW": "您好嗎", "en": "hi"}}', ["您好", "您好嗎"], 0),
        ("a.json", '{"messages": [], "content": ["甲", "乙"]}', ["甲", "乙"], 0),
        ("a.json", '{"sms": {"due": "今日到期"}, "ui": {"ok": "确定"}}', ["今日到期"], 1),
        ("a.json", '{"smsOverdueNotice": "您已逾期"}', ["您已逾期"], 0),
        ("a.json", '{"body": "正文", "title": "标题", "channel": "push"}', ["正文"], 1),
        ("push.json", '{"body": "正文", "title": "标题"}', ["正文", "标题"], 0),
        ("sms_zh.properties", "a=您好\nb.remark=备注\n", ["您好"], 1),
        ("messages.properties", "a=您好\nsms.b=还款\n", ["还款"], 1),
        ("a.yml", "zh-TW:\n  sms: {due: 到期}\n  ok: 確定\n", ["到期"], 1),
        ("a.yaml", "话术: 您好\n说明: 内部\n---\nbody: 再见\n", ["您好", "再见"], 1),
        ("a.yaml", "content: plain ascii\nchannel: 短信\n", [], 0),
        ("a.yaml", "a: &x {content: 您好}\nb: *x\n", ["您好"], 0),
        ("collectlint.yaml", "content: 您好\n", [], 0),
        ("rule.yaml", "id: a/b/c\nfamily: threat\nbasis: []\nwhen: {}\nmessage: 您好\n", [], 0),
        ("package.json", '{"name": "x", "description": "催收提醒"}', [], 1),
        ("A.java", 'class A { String CONTENT = "您好"; }', [], 0),
    ],
)
def test_messages_are_found_without_configuration(
    tmp_path: Path, name: str, raw: str, found: list[str], left: int
) -> None:
    told: list[tuple[str, int]] = []
    got = messages(tmp_path, name, raw, aside=lambda path, number: told.append((path, number)))
    # titles come in file order
    assert sorted(one.turns[0].text for one in got) == sorted(found)
    assert sum(number for _, number in told) == left


def test_patterns_choose_by_keys_joined_by_slash_or_dot(tmp_path: Path) -> None:
    raw = '{"a": {"copy": "甲", "note": "乙"}, "b": {"copy": "丙"}, "c": {"content": "丁"}}'
    for patterns, found in [
        (("*/copy",), ["甲", "丙"]),
        (("a.*",), ["甲", "乙"]),
        (("a", "!note"), ["甲"]),
        (("copy",), ["甲", "丙"]),
    ]:
        got = messages(tmp_path, "x.json", raw, texts=patterns)
        assert [one.turns[0].text for one in got] == found, patterns


def test_a_json_of_native_documents_stays_one(tmp_path: Path) -> None:
    (one,) = messages(tmp_path, "a.json", '{"id": "n", "text": "您好", "channel": "email"}')
    assert (one.id, one.channel, one.kind) == ("n", "email", "message")
    (one,) = messages(tmp_path, "a.json", '[{"turns": [{"speaker": "agent", "text": "您好"}]}]')
    assert one.kind == "transcript"


def test_a_vendor_export_is_told_by_its_keys_on_standard_input_too() -> None:
    raw = '{"SmsTemplateList": [{"TemplateCode": "SMS_1", "TemplateContent": "${n}您好"}]}'
    (one,) = read_stdin(io.BytesIO(raw.encode()), ReadSettings())
    assert isinstance(one, Document)
    assert (one.id, one.fields["vendor"], one.kind) == ("SMS_1", "alibaba", "template")


# -- what the keys around say -----------------------------------------------------------------------


def test_facts_are_taken_from_the_record_and_those_above(tmp_path: Path) -> None:
    raw = (
        "channel: 邮件\nparty: debtor\ntemplates:\n"
        "  - {id: a, content: 甲, audience: 家属, 发送时段: ['09:00-10:00', '14:00-15:00'], owner: 法务}\n"
        "  - {id: b, content: 乙, schedule: 0 21 * * *, send_window: '08:00-09:00', kind: Deployment}\n"
    )
    first, second = messages(tmp_path, "x.yaml", raw)
    assert (first.id, first.channel, first.party) == ("a", "email", "family")
    assert first.send_window == ("09:00-10:00", "14:00-15:00")
    assert first.fields == {"owner": "法务"}
    assert (second.party, second.kind) == ("debtor", "template")
    assert second.send_window == ("08:00-09:00", "21:00-21:01")
    (doubt,) = second.doubts
    assert "Deployment" in doubt.reason


def test_keys_and_words_are_mapped_by_the_configuration(tmp_path: Path) -> None:
    raw = '[{"line": "A", "who": "朋友", "wording": "您好", "level": "3", "ref": 7}]'
    (one,) = messages(
        tmp_path,
        "x.json",
        raw,
        columns={"channel": "line", "party": "who", "id": "ref", "fields.stage": "level"},
        values={"channel": {"A": "app_push"}, "party": {"朋友": "contact"}},
    )
    assert (one.id, one.channel, one.party, one.fields) == ("7", "app_push", "contact", {"stage": "3"})


def test_the_words_of_a_project_hold_for_tables_too(tmp_path: Path) -> None:
    (one,) = messages(
        tmp_path,
        "x.csv",
        "级别,线路,模板内容,发送计划\n3,A,您好,0 30 9 * * ?\n",
        columns={"channel": "线路", "fields.stage": "级别"},
        values={"channel": {"A": "letter"}},
    )
    assert (one.channel, one.fields, one.send_window) == ("letter", {"stage": "3"}, ("09:30-09:31",))


@pytest.mark.parametrize(
    "written",
    [
        {"variables": {"n": "name", "m": {"type": "money", "length": "9"}}},
        {"variable_attributes": [{"variable_index": "n", "variable_type": "name"},
                                 {"variable_index": "m", "variable_type": "money", "variable_length": "9"}]},
        {"VariableAttribute": '{"n": "name", "m": {"type": "money", "length": 9}}'},
    ],
)  # fmt: skip
def test_declared_variables_have_one_form(tmp_path: Path, written: dict[str, Any]) -> None:
    record = json.dumps([{"content": "${n}您好", **written}], ensure_ascii=False)
    (one,) = messages(tmp_path, "x.json", record)
    assert one.fields["variables"] == {"n": {"type": "name"}, "m": {"type": "money", "length": 9}}


def test_an_old_properties_file_is_latin_1(tmp_path: Path) -> None:
    raw = "# café déjà\nsms.a=\\u60a8\\u597d\nb=crème brûlée\n".encode("latin-1")
    (one,) = messages(tmp_path, "x.properties", raw)
    assert one.turns[0].text == "您好"
    assert place_of(one.turns[0], 1) == (2, 13)


def test_waivers_stand_in_the_comments_of_each_format(tmp_path: Path) -> None:
    noted: list[Comment] = []
    options = {"note": noted.append}
    messages(tmp_path, "a.yaml", "sms: # collectlint: ignore[a/b/c] x\n  # note\n  a: 您好\n", **options)
    messages(tmp_path, "a.properties", "! collectlint: ignore[a/b/c] x\nsms.a=您好\n", **options)
    messages(tmp_path, "a.py", "# collectlint: ignore[a/b/c] x\nSMS = '您好'\n", texts=("SMS",), **options)
    assert {Path(one.path).suffix for one in noted} == {".yaml", ".properties", ".py"}


def test_waivers_stand_beside_the_text_where_there_are_no_comments(tmp_path: Path) -> None:
    long = "ignore[a/b/c] " + "理由" * 200
    record = {"content": "您好", "collectlint": ["ignore[a/b/d] 甲", long]}
    told: list[int] = []
    (one,) = messages(
        tmp_path,
        "x.json",
        json.dumps([record], ensure_ascii=False),
        aside=lambda _, number: told.append(number),
    )
    assert one.fields == {"collectlint": ["ignore[a/b/d] 甲", long]}
    assert told == []


def test_one_fault_leaves_what_stands_before_it(tmp_path: Path) -> None:
    got = items(tmp_path, "x.json", '{"sms": {"a": "甲", "b": "乙" "c": 1}}')
    assert [type(one) for one in got] == [Document, Document, Failure]
    (tmp_path / "x.json").unlink()
    got = items(tmp_path, "x.yaml", "sms:\n  a: 甲\n  b: 'x\n")
    assert isinstance(got[-1], Failure)
    assert got[-1].line == 3


def test_a_broken_file_without_chinese_is_no_catalogue(tmp_path: Path) -> None:
    assert items(tmp_path, "tsconfig.json", '{\n // comment\n "a": 1,\n}\n') == []
    (tmp_path / "tsconfig.json").unlink()
    assert items(tmp_path, "chart.yaml", "a: {{ .Values.x }}\n") == []


# -- schedules --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "windows"),
    [
        ("0 21 * * *", ("21:00-21:01",)),
        ("*/30 20-21 * * 1-5", ("20:00-20:01", "20:30-20:31", "21:00-21:01", "21:30-21:31")),
        ("* 22-23 * * *", ("22:00-24:00",)),
        ("0 0 9 * * ?", ("09:00-09:01",)),
        ("0 15 21 ? * MON-FRI 2026", ("21:15-21:16",)),
        ("0 0 8 L * ?", ("08:00-08:01",)),
        ("@daily", ("00:00-00:01",)),
        ("每天 21:45", ("21:45-21:46",)),
        ("9:30", ("09:30-09:31",)),
        ("20:00-23:00", ("20:00-23:00",)),
    ],
)
def test_a_schedule_gives_the_minutes_it_fires_in(written: str, windows: tuple[str, ...]) -> None:
    assert send_times(written) == windows


@pytest.mark.parametrize(
    "written", ["", "晚上", "0 25 * * *", "0 21 * *", "x 0 21 * * ?", "60 1 * * *", "a b c d e"]
)
def test_what_is_no_schedule_is_refused(written: str) -> None:
    with pytest.raises(InputError, match="cron"):
        send_times(written)


def test_places_count_lines_as_editors_do() -> None:
    assert [place("a\r\nb\rc\nd\u2028e", at) for at in (0, 3, 5, 7, 9)] == [
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 1),
        (4, 3),
    ]
