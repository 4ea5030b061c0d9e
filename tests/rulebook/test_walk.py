"""The walk: typed values, all faults at once, the nearest right spelling."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectlint.errors import Place, RuleErrors
from collectlint.rulebook.composer import ERRORS_MOST
from collectlint.rulebook.strict import compose
from collectlint.rulebook.walk import walk
from collectlint.shape import (
    Choice,
    Condition,
    Day,
    Decimal,
    Either,
    Field,
    Flag,
    ListOf,
    MapOf,
    Shape,
    Text,
    Tree,
    Whole,
)

OPERATORS = {
    "all": Shape({"of": Field(ListOf(Condition(), least=1), required=True)}, shorthand="of"),
    "any": Shape({"of": Field(ListOf(Condition(), least=1), required=True)}, shorthand="of"),
    "none": Shape({"of": Field(ListOf(Condition(), single=True), required=True)}, shorthand="of"),
    "not": Shape({"of": Field(Condition(), required=True)}, shorthand="of"),
    "phrase": Shape(
        {
            "any": Field(ListOf(Text(), single=True)),
            "list": Field(Text()),
            "gaps": Field(Whole(least=0, most=9), default=0),
        },
        shorthand="any",
    ),
    "near": Shape(
        {"of": Field(ListOf(Condition()), required=True), "within": Field(Whole(), required=True)},
        shorthand="of",
    ),
}
RULE = Shape(
    {
        "id": Field(Text(), required=True),
        "severity": Field(Choice(("error", "warning")), default="error"),
        "applies": Field(
            Shape(
                {"speakers": Field(ListOf(Text()), default=("agent",)), "night": Field(Flag(), default=False)}
            )
        ),
        "basis": Field(
            ListOf(Shape({"source": Field(Text(), required=True), "clause": Field(Text())})), default=()
        ),
        "when": Field(Condition(), required=True),
    }
)

Walked = tuple[Any, list[str]]


def one(kind: Any, written: str, default: object = "default") -> Walked:
    """The value and the faults of a field `v` of this kind."""
    shape = Shape({"v": Field(kind, default=default)})
    values, _, errors = walk(compose(f"v: {written}\n", "r"), shape, OPERATORS)
    assert all(error.place is not None and error.place.line > 0 for error in errors)
    return values["v"], [error.message for error in errors]


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (Text(), "22:00", "22:00"),
        (Text(), "no", "no"),
        (Text(empty=True), "", ""),
        (Text(empty=True), "''", ""),
        (Text(pattern="[a-z]+"), "abc", "abc"),
        (Whole(), "0", 0),
        (Whole(), "-12", -12),
        (Whole(least=8, most=8), "8", 8),
        (Decimal(), "1.50", 1.5),
        (Decimal(), "3", 3.0),
        (Flag(), "true", True),
        (Flag(), "false", False),
        (Day(), "2024-02-29", "2024-02-29"),
        (Day(), '"2024-02-29"', "2024-02-29"),
        (Choice(("no", "yes")), "no", "no"),
        (ListOf(Text()), "[]", ()),
        (ListOf(Whole(), single=True), "3", (3,)),
        (ListOf(Whole(), single=True), "[3, 4]", (3, 4)),
        (MapOf(Whole()), "{甲: 1, 乙: 2}", {"甲": 1, "乙": 2}),
        (Either((Whole(), Text())), "x", "x"),
        (Either((Whole(), Text())), "7", 7),
        (Either((Text(), Whole())), "7", "7"),
        (Either((Text(), ListOf(Text()))), "[7]", ("7",)),
        (Either((Text(), MapOf(Text()), Condition())), "{phrase: x}", {"phrase": "x"}),
        (Shape({"a": Field(Text(), default="z"), "b": Field(Flag())}), "{b: true}", {"a": "z", "b": True}),
        (Shape({"a": Field(Text()), "b": Field(Flag())}, shorthand="a"), "甲", {"a": "甲", "b": None}),
    ],
)
def test_values(kind: Any, written: str, value: object) -> None:
    found, faults = one(kind, written)
    assert faults == []
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Text(), ""),
        (Text(), "''"),
        (Text(), "'  '"),
        (Text(), "[a]"),
        (Text(), "{a: b}"),
        (Text(pattern="[a-z]+"), "abc1"),
        (Text(pattern="^[a-z]+$"), '"abc\\n"'),
        (Whole(), "1.0"),
        (Whole(), "010"),
        (Whole(), "１２"),
        (Whole(), "٣"),
        (Whole(), "1_000"),
        (Whole(), "0x1F"),
        (Whole(), "9" * 5000),
        (Whole(), '"8"'),
        (Whole(least=9), "8"),
        (Whole(most=7), "8"),
        (Decimal(), "nan"),
        (Decimal(), "1e5"),
        (Decimal(), ".5"),
        (Decimal(), "'1.5'"),
        (Flag(), "True"),
        (Flag(), "yes"),
        (Flag(), "'true'"),
        (Day(), "2026-02-29"),
        (Day(), "2026-1-5"),
        (Day(), "20260105"),
        (Choice(("a",)), "A"),
        (Choice(("a",)), "[a]"),
        (ListOf(Text()), "a"),
        (ListOf(Text()), "{a: b}"),
        (ListOf(Text()), ""),
        (ListOf(Text(), least=1), "[]"),
        (ListOf(Text(), single=True, least=2), "a"),
        (MapOf(Text()), "[a]"),
        (MapOf(Text()), "a"),
        (Either((Whole(), Flag())), "x"),
        (Either((Whole(), Flag())), "[x]"),
        (Condition(), "x"),
        (Condition(), "[{phrase: x}]"),
        (Condition(), "{}"),
        (Condition(), "{phrase: x, none: []}"),
        (Condition(), "{frase: x}"),
        (Condition(), "{phrase: }"),
        (Shape({"a": Field(Text())}), "x"),
        (Shape({"a": Field(Text())}), "[x]"),
    ],
)
def test_one_fault_and_the_default(kind: Any, written: str) -> None:
    value, faults = one(kind, written)
    assert value == "default"
    assert len(faults) == 1


def test_defaults_are_filled_in_at_every_level() -> None:
    text = "id: x\napplies: {night: true}\nbasis: [{source: s}]\nwhen: {phrase: {list: l}}\n"
    values, places, errors = walk(compose(text, "r"), RULE, OPERATORS)
    assert errors == []
    assert values == {
        "id": "x",
        "severity": "error",
        "applies": {"speakers": ("agent",), "night": True},
        "basis": ({"source": "s", "clause": None},),
        "when": Tree("phrase", {"any": None, "list": "l", "gaps": 0}, Place("r", 4, 8)),
    }
    assert places == {
        "id": Place("r", 1, 1),
        "applies": Place("r", 2, 1),
        "basis": Place("r", 3, 1),
        "when": Place("r", 4, 1),
    }


def test_conditions_nest_and_keep_their_places() -> None:
    text = (
        "id: x\nwhen:\n  any:\n    - phrase: 坐牢\n    - not: {phrase: [甲, 乙]}\n    - none: {phrase: 丙}\n"
    )
    values, _, errors = walk(compose(text, "r"), RULE, OPERATORS)
    assert errors == []

    def phrase(line: int, column: int, *words: str) -> Tree:
        return Tree("phrase", {"any": words, "list": None, "gaps": 0}, Place("r", line, column))

    assert values["when"] == Tree(
        "any",
        {
            "of": (
                phrase(4, 7, "坐牢"),
                Tree("not", {"of": phrase(5, 13, "甲", "乙")}, Place("r", 5, 7)),
                Tree("none", {"of": (phrase(6, 14, "丙"),)}, Place("r", 6, 7)),
            )
        },
        Place("r", 3, 3),
    )


def test_a_field_name_wins_over_an_operator_of_the_same_name() -> None:
    values, _, errors = walk(compose("id: x\nwhen: {phrase: {any: 甲}}\n", "r"), RULE, OPERATORS)
    assert errors == []
    assert values["when"].options["any"] == ("甲",)


def test_shorthand_still_asks_for_the_other_required_keys() -> None:
    _, _, errors = walk(compose("id: x\nwhen: {near: [{phrase: 甲}]}\n", "r"), RULE, OPERATORS)
    assert [error.message for error in errors] == ["`near` 缺少必需的键 `within`"]


def test_all_faults_come_in_the_order_of_the_file() -> None:
    text = (
        "when:\n  any:\n    - phrse: x\n    - phrase: {gaps: 99, gap: 1}\n"
        "severity: eror\nid: ''\nbasis:\n  - {clause: 1}\n  - text\nlevle: 1\n"
    )
    _, _, errors = walk(compose(text, "r"), RULE, OPERATORS)
    assert [str(error).split(": ")[0] for error in errors] == [
        "r:3:7",
        "r:4:22",
        "r:4:26",
        "r:5:11",
        "r:6:5",
        "r:8:5",
        "r:9:5",
        "r:10:1",
    ]
    assert "您是否想写 `phrase`?" in errors[0].remedy
    assert "您是否想写 `error`?" in errors[3].remedy


def test_a_fault_behind_an_alias_is_told_once() -> None:
    text = "id: x\nbasis: [&b {sorce: x}, *b, *b]\nwhen: {phrase: x}\n"
    _, _, errors = walk(compose(text, "r"), RULE, OPERATORS)
    assert len(errors) == 1


def test_a_misspelt_required_key_is_not_also_missing() -> None:
    _, _, errors = walk(compose("idd: x\nwhen: {phrase: x}\n", "r"), RULE, OPERATORS)
    assert [(error.message, error.remedy) for error in errors] == [("未知键 `idd`", "您是否想写 `id`?")]


def test_very_many_faults_are_cut_off() -> None:
    text = "".join(f"severity{number}: 1\n" for number in range(20_000))
    _, _, errors = walk(compose(text, "r"), RULE, OPERATORS)
    assert len(errors) == ERRORS_MOST + 1
    assert "错误太多" in errors[-1].message


def test_a_list_for_a_rule_gives_defaults_and_a_fault() -> None:
    values, places, errors = walk(compose("- a\n", "r"), RULE, OPERATORS)
    assert values["severity"] == "error"
    assert places == {}
    assert [str(error) for error in errors] == ["r:1:1: 应为键值对,却是列表"]


VALID = """\
# 注释
id: cn/threat/x
severity: error
applies:
  speakers: [agent, "system"]
  night: false
basis:
  - {source: xd-2024, clause: "37(4)"}
when:
  any:
    - phrase: &p [坐牢, '上门']
    - near: {of: [{phrase: 甲}, {not: {phrase: *p}}], within: 8}
"""
PIECES = st.sampled_from(
    [
        *"：:-[]{},\"'“”#&*!|>%@`?~<\t \n\r\u3000\ud800\x00\x85",
        ": ",
        "- ",
        "\n  ",
        "{}",
        "[]",
        "!!x ",
        "&p ",
        "*p",
        "---\n",
        "when",
        "phrase",
        "any",
        "near",
        "of",
        "within",
        "id",
        "severity",
        "true",
        "8",
        "",
        "《x》",
        "a: &a [*a]",
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = VALID
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        piece = draw(PIECES | st.text(max_size=3) | st.just(text[start:end] * 2))
        text = text[:start] + piece + text[end:]
    return text


def test_the_seed_of_the_mutations_is_sound() -> None:
    assert walk(compose(VALID, "r"), RULE, OPERATORS)[2] == []


@settings(max_examples=400)
@given(mutated())
def test_mutated_rules_raise_nothing_but_placed_rule_errors(text: str) -> None:
    try:
        values, _, errors = walk(compose(text, "r"), RULE, OPERATORS)
    except RuleErrors as caught:
        errors = caught.errors
        assert errors
    else:
        assert values.keys() == RULE.fields.keys()
        assert errors or (values["id"] and isinstance(values["when"], Tree))
    for error in errors:
        assert error.place is not None
        assert error.place.line > 0
        assert error.place.column > 0
        assert error.message
        str(error).encode("utf-8")
