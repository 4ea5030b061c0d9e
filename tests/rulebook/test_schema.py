"""The editor's schema says the same as the walk."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from collectlint.rulebook.schema import json_schema
from collectlint.rulebook.strict import Node, Scalar, Seq, compose
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
    Whole,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "rule_folders" / "schema.json"
OPERATORS = {
    "any": Shape(
        {"of": Field(ListOf(Condition(), least=1), required=True)},
        shorthand="of",
        zh="任一成立",
        en="any holds",
    ),
    "not": Shape({"of": Field(Condition(), required=True, zh="条件")}, shorthand="of", zh="不成立"),
    "phrase": Shape(
        {"any": Field(ListOf(Text(), single=True)), "gaps": Field(Whole(least=0, most=9), default=0)},
        shorthand="any",
    ),
    "near": Shape(
        {"of": Field(ListOf(Condition())), "within": Field(Whole(), required=True)}, shorthand="of"
    ),
}
RULE = Shape(
    {
        "id": Field(
            Text(pattern="[a-z/]+", example="cn/x"), required=True, zh="规则编号", en="the rule's id"
        ),
        "severity": Field(Choice(("error", "warning")), default="error", zh="严重程度"),
        "grade": Field(Choice(("1", "2", "true"))),
        "clause": Field(Text(empty=True)),
        "since": Field(Day()),
        "ratio": Field(Decimal()),
        "stable": Field(Flag(), default=False),
        "title": Field(MapOf(Text())),
        "count": Field(Either((Whole(least=1), ListOf(Text())))),
        "when": Field(Condition(), required=True, zh="条件", en="the condition"),
    },
    zh="一条规则",
)

SOUND = [
    "id: a/b\nwhen: {phrase: 坐牢}",
    "id: a/b\nwhen: {phrase: 110}",
    "id: a/b\nwhen: {phrase: [110, 1.5, true]}",
    "id: a/b\nwhen: {any: [{phrase: {any: x, gaps: 3}}, {not: {phrase: x}}, {not: {of: {phrase: x}}}]}",
    "id: a/b\nwhen: {near: {of: [{phrase: x}], within: 3}}",
    (
        "id: a/b\nseverity: warning\ngrade: 1\nclause: 37\nsince: 2026-01-01\nratio: 0.5\nstable: true\n"
        "title: {zh: 甲, en: b}\ncount: 3\nwhen: {phrase: x}"
    ),
    "id: a/b\nclause:\ngrade: true\nratio: 2\ncount: [a]\nwhen: {phrase: x}",
]
FAULTY = [
    "when: {phrase: x}",
    "id: a/b",
    "id: A\nwhen: {phrase: x}",
    "id: ''\nwhen: {phrase: x}",
    "id: a/b\nseverty: error\nwhen: {phrase: x}",
    "id: a/b\nseverity: eror\nwhen: {phrase: x}",
    "id: a/b\ngrade: 3\nwhen: {phrase: x}",
    "id: a/b\nsince: 2026/01/01\nwhen: {phrase: x}",
    "id: a/b\nratio: x\nwhen: {phrase: x}",
    "id: a/b\nstable: 1\nwhen: {phrase: x}",
    "id: a/b\nstable: 'true'\nwhen: {phrase: x}",
    "id: a/b\ntitle: [x]\nwhen: {phrase: x}",
    "id: a/b\ncount: 0\nwhen: {phrase: x}",
    "id: a/b\ncount: x\nwhen: {phrase: x}",
    "id: a/b\nwhen: x",
    "id: a/b\nwhen: {}",
    "id: a/b\nwhen: [{phrase: x}]",
    "id: a/b\nwhen: {phrase: x, not: {phrase: x}}",
    "id: a/b\nwhen: {frase: x}",
    "id: a/b\nwhen: {any: []}",
    "id: a/b\nwhen: {any: [{any: [{any: [{phrase: {gaps: 10}}]}]}]}",
    "id: a/b\nwhen: {near: [{phrase: x}]}",
    "id: a/b\nwhen: {not: [{phrase: x}]}",
    "- a",
]


def as_the_editor_sees_it(node: Node) -> Any:
    """YAML 1.2 core types, as yaml-language-server gives them to the schema."""
    if isinstance(node, Seq):
        return [as_the_editor_sees_it(item) for item in node.items]
    if not isinstance(node, Scalar):
        return {key.text: as_the_editor_sees_it(value) for key, value in node.entries}
    if node.quoted:
        return node.text
    if node.text in ("", "true", "false"):
        return {"": None, "true": True, "false": False}[node.text]
    for number in (int, float):
        try:
            return number(node.text)
        except ValueError:
            continue
    return node.text


@pytest.fixture(scope="module", name="validator")
def make_validator() -> Draft7Validator:
    schema = json_schema(RULE, OPERATORS, "规则")
    Draft7Validator.check_schema(schema)
    return Draft7Validator(json.loads(json.dumps(schema)))


@pytest.mark.parametrize("text", SOUND)
def test_sound_rules_pass_both(text: str, validator: Draft7Validator) -> None:
    node = compose(text, "r")
    assert walk(node, RULE, OPERATORS)[2] == []
    assert [error.message for error in validator.iter_errors(as_the_editor_sees_it(node))] == []


@pytest.mark.parametrize("text", FAULTY)
def test_faulty_rules_fail_both(text: str, validator: Draft7Validator) -> None:
    node = compose(text, "r")
    assert walk(node, RULE, OPERATORS)[2]
    assert not validator.is_valid(as_the_editor_sees_it(node))


def test_descriptions_follow_the_language_and_fall_back() -> None:
    chinese, english = (json_schema(RULE, OPERATORS, "t", lang) for lang in ("zh", "en"))
    assert chinese["title"] == english["title"] == "t"
    assert chinese["description"] == english["description"] == "一条规则"
    assert chinese["properties"]["id"]["description"] == "规则编号"
    assert english["properties"]["id"]["description"] == "the rule's id"
    assert english["properties"]["severity"]["description"] == "严重程度"
    assert english["definitions"]["operator-any"]["description"] == "any holds"
    assert chinese["definitions"]["condition"]["properties"]["any"]["description"] == "任一成立"


def test_a_reference_never_has_neighbours() -> None:
    def check(schema: Any) -> None:
        if isinstance(schema, dict):
            assert "$ref" not in schema or len(schema) == 1
            for value in schema.values():
                check(value)
        elif isinstance(schema, list):
            for value in schema:
                check(value)

    check(json_schema(RULE, OPERATORS, "t"))


def test_defaults_and_examples_are_shown() -> None:
    properties = json_schema(RULE, OPERATORS, "t")["properties"]
    assert properties["severity"] == {
        "enum": ["error", "warning"],
        "description": "严重程度",
        "default": "error",
    }
    assert properties["stable"] == {"type": "boolean", "default": False}
    assert properties["id"]["examples"] == ["cn/x"]
    assert "default" not in properties["since"]


def test_without_operators_there_are_no_definitions() -> None:
    assert json_schema(Shape({"a": Field(Flag())}), {}, "t") == {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "t",
        "type": "object",
        "properties": {"a": {"type": "boolean"}},
        "additionalProperties": False,
    }


@pytest.mark.parametrize(("least", "single"), [(0, True), (1, True), (2, False), (3, False)])
def test_one_item_may_stand_for_a_list_unless_more_are_needed(least: int, single: bool) -> None:
    schema = json_schema(Shape({"a": Field(ListOf(Flag(), single=True, least=least))}), {}, "t")
    many = {"type": "array", "items": {"type": "boolean"}} | ({"minItems": least} if least else {})
    wanted = {"anyOf": [{"type": "boolean"}, many]} if single else many
    assert schema["properties"]["a"] == wanted


def test_the_whole_schema_is_the_golden_one() -> None:
    """`UPDATE_GOLDEN=1` writes it anew."""
    told = {lang: json_schema(RULE, OPERATORS, "规则", lang) for lang in ("zh", "en")}
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert json.loads(json.dumps(told)) == json.loads(GOLDEN.read_text(encoding="utf-8"))
