"""JSON Schema (draft-07) of a `Shape`, for editors: completion and squiggles while typing a rule.

The YAML language server reads YAML 1.2, where `010` and `true` are not text; so text takes numbers and
booleans there as well, and stays text here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

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

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_CONDITION_DOC = {"zh": "一个条件:操作符及其选项", "en": "one condition: an operator and its options"}


def json_schema(shape: Shape, operators: Mapping[str, Shape], title: str, lang: str = "zh") -> dict[str, Any]:
    """The schema of a file of this `shape`; `lang` (`zh` or `en`) picks the descriptions."""
    schema: dict[str, Any] = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}
    schema |= _shape(shape, lang)
    if operators:
        schema["definitions"] = {
            "condition": {
                "type": "object",
                "description": _CONDITION_DOC["en" if lang == "en" else "zh"],
                "properties": {name: _reference(name, each, lang) for name, each in operators.items()},
                "additionalProperties": False,
                "minProperties": 1,
                "maxProperties": 1,
            },
            **{f"operator-{name}": _shape(each, lang) for name, each in operators.items()},
        }
    return schema


def _reference(name: str, operator: Shape, lang: str) -> dict[str, Any]:
    # draft-07 ignores everything beside $ref
    return {"allOf": [{"$ref": f"#/definitions/operator-{name}"}]} | _described(operator, lang)


def _shape(shape: Shape, lang: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: _field(field, lang) for name, field in shape.fields.items()},
        "additionalProperties": False,
    }
    required = [name for name, field in shape.fields.items() if field.required]
    if required:
        schema["required"] = required
    if shape.shorthand:
        forms = [schema]
        if not set(required) - {shape.shorthand}:
            forms.insert(0, _kind(shape.fields[shape.shorthand].kind, lang))
        schema = {"anyOf": forms}
    return schema | _described(shape, lang)


def _field(field: Field, lang: str) -> dict[str, Any]:
    schema = _kind(field.kind, lang)
    if "$ref" in schema:
        schema = {"allOf": [schema]}
    schema |= _described(field, lang)
    if isinstance(field.default, str | int | float | bool):
        schema["default"] = field.default
    return schema


def _described(described: Shape | Field, lang: str) -> dict[str, str]:
    text = (described.en or described.zh) if lang == "en" else (described.zh or described.en)
    return {"description": text} if text else {}


def _kind(kind: Any, lang: str) -> dict[str, Any]:
    if isinstance(kind, Shape):
        return _shape(kind, lang)
    if isinstance(kind, ListOf):
        item = _kind(kind.item, lang)
        many: dict[str, Any] = {"type": "array", "items": item}
        if kind.least:
            many["minItems"] = kind.least
        return {"anyOf": [item, many]} if kind.single and kind.least < 2 else many
    if isinstance(kind, MapOf):
        return {"type": "object", "additionalProperties": _kind(kind.value, lang)}
    if isinstance(kind, Either):
        return {"anyOf": [_kind(each, lang) for each in kind.kinds]}
    if isinstance(kind, Condition):
        return {"$ref": "#/definitions/condition"}
    return _scalar(kind)


def _scalar(kind: Any) -> dict[str, Any]:
    if isinstance(kind, Text):
        return _text(kind)
    if isinstance(kind, Choice):
        return {"enum": [form for value in kind.values for form in _forms(value)]}
    if isinstance(kind, Flag):
        return {"type": "boolean"}
    if isinstance(kind, Day):
        return {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    if isinstance(kind, Decimal):
        return {"type": "number"}
    assert isinstance(kind, Whole), kind
    bounds = {"minimum": kind.least, "maximum": kind.most}
    return {"type": "integer"} | {key: bound for key, bound in bounds.items() if bound is not None}


def _text(kind: Text) -> dict[str, Any]:
    types = ["string", "number", "boolean"] + (["null"] if kind.empty else [])
    schema: dict[str, Any] = {"type": types}
    if not kind.empty:
        schema["minLength"] = 1
    if kind.pattern:
        schema["pattern"] = f"^(?:{kind.pattern})$"
    if kind.example:
        schema["examples"] = [kind.example]
    return schema


def _forms(value: str) -> list[Any]:
    """A word and what YAML 1.2 makes of it when it is not quoted."""
    if value in ("true", "false"):
        return [value, value == "true"]
    if _NUMBER.fullmatch(value):
        return [value, float(value) if "." in value else int(value)]
    return [value]
