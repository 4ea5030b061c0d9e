"""Operators from plain data, each from its own module, imported when a rule with it is tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any, cast

from collectlint.operators.outcome import Operator, Outcome
from collectlint.view import View

# Their children wait until they are asked: most conditions are settled by the first of them.
_SHORT = frozenset({"all", "any", "none"})
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
    "missing": ("window", "load_missing"),
    "window": ("window", "load_window"),
    "reply": ("reply", "Reply"),
    "repeat": ("repeat", "Repeat"),
    "state": ("state", "State"),
    "lasting": ("state", "Lasting"),
    "count": ("window", "Count"),
    "number": ("number", "Number"),
    "field": ("field", "FieldTest"),
    "personal": ("personal", "PersonalData"),
    "message": ("message", "Message"),
    "variable": ("variable", "Variable"),
    "resembles": ("resembles", "Resembles"),
    "hours": ("hours", "Hours"),
    "after": ("after", "After"),
    "contacts": ("contacts", "Contacts"),
}


def load(node: Mapping[str, Any]) -> Operator:
    """An operator from the plain data that lowering made."""
    child = _Waiting if node["op"] in _SHORT else load
    maker = _made_by(node["op"])
    return cast(
        Operator,
        maker(**{key: _value(value, child) for key, value in node.items() if key != "op" and key[0] != "_"}),
    )


@cache
def _made_by(operator: str) -> Any:
    module, name = _MAKERS[operator]
    return getattr(import_module(f"collectlint.operators.{module}"), name)


class _Waiting:
    """Stands in for an operator, which is loaded when first asked."""

    def __init__(self, node: Mapping[str, Any]) -> None:
        self._node = node

    def check(self, view: View) -> Outcome:
        operator = load(self._node)
        self.__dict__["check"] = operator.check  # from now on asked directly
        return operator.check(view)


def _value(value: Any, child: Callable[[Mapping[str, Any]], Operator]) -> Any:
    if isinstance(value, dict):
        return child(value)
    if isinstance(value, list):  # most hold plain values; a call for each would be half of the time
        return tuple([_value(one, child) if isinstance(one, list | dict) else one for one in value])
    return value
