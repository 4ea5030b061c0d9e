"""Operators from plain data, each from its own module, imported when a rule with it is tried."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, cast

from collectlint.operators.outcome import Operator

# Name in the plain data -> module beside this one, and what makes the operator of its fields.
_MAKERS = {
    "all": ("combine", "All"),
    "any": ("combine", "AnyOf"),
    "none": ("combine", "NoneOf"),
    "at_least": ("combine", "AtLeast"),
    "phrase": ("phrase", "load"),
    "pattern": ("pattern", "Pattern"),
    "near": ("together", "Together"),
    "order": ("together", "Together"),
    "missing": ("window", "Missing"),
    "count": ("window", "Count"),
    "number": ("number", "Number"),
    "field": ("field", "FieldTest"),
    "personal": ("personal", "PersonalData"),
    "message": ("message", "Message"),
    "resembles": ("resembles", "Resembles"),
    "hours": ("hours", "Hours"),
    "after": ("after", "After"),
    "contacts": ("contacts", "Contacts"),
}


def load(node: Mapping[str, Any]) -> Operator:
    """An operator from the plain data that lowering made; children are loaded with it."""
    module, name = _MAKERS[node["op"]]
    maker = getattr(import_module(f"collectlint.operators.{module}"), name)
    return cast(
        Operator,
        maker(**{key: _value(value) for key, value in node.items() if key != "op" and key[0] != "_"}),
    )


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return load(value)
    if isinstance(value, list):  # most hold plain values; a call for each would be half of the time
        return tuple([_value(one) if isinstance(one, list | dict) else one for one in value])
    return value
