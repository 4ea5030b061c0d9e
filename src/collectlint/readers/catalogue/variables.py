"""Declared variables of a template -> `{name: {type, length, description}}`, however they are written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from collectlint.readers.catalogue.tree import Leaf, Node, Record

_KEYS = (
    "variableattribute",
    "variable_attributes",
    "variableattributes",
    "variables",
    "params",
    "placeholders",
    "变量",
    "變數",
    "参数",
    "參數",
)
_NAMES = ("name", "variable_name", "variable_index", "index", "key", "变量", "名称", "變數", "名稱")
_PARTS = {
    "type": ("type", "variable_type", "kind", "类型", "類型"),
    "length": ("length", "variable_length", "max_length", "maxlength", "长度", "長度"),
    "description": ("description", "variable_desc", "desc", "label", "说明", "說明", "描述"),
}


def declared(record: Record) -> dict[str, dict[str, Any]]:
    """What a record says of its variables; what cannot be understood is left out."""
    for key, node in record.entries:
        if key.lower() in _KEYS:
            return understood(plain(node))
    return {}


def understood(value: Any) -> dict[str, dict[str, Any]]:
    """A map of name to type or to parts, or a list of parts with names; JSON in a string is opened."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    if isinstance(value, list):
        value = {
            str(next((one[name] for name in _NAMES if name in one), place)): one
            for place, one in enumerate(value, 1)
            if isinstance(one, dict)
        }
    if not isinstance(value, Mapping):
        return {}
    return {name: _parts(one) for name, one in value.items()}


def _parts(value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        return {"type": str(value)} if value else {}
    parts: dict[str, Any] = {}
    for part, keys in _PARTS.items():
        written = next((value[key] for key in keys if value.get(key) not in (None, "")), None)
        if written is not None and (part != "length" or str(written).isdigit()):
            parts[part] = int(written) if part == "length" else str(written)
    return parts


def plain(node: Node) -> Any:
    """A node as JSON values; every scalar is text."""
    if isinstance(node, Leaf):
        return node.value
    if isinstance(node, Record):
        return {key: plain(child) for key, child in node.entries}
    return [plain(child) for child in node.items]
