"""`field`: what the document's metadata say."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from collectlint.document import Document
from collectlint.operators.outcome import NO, YES, Outcome
from collectlint.view import View

KNOWN = frozenset(Document._fields) - {"turns", "origin", "label", "fields", "doubts"}


class FieldTest(NamedTuple):
    """A metadata value against words, bounds or its mere presence."""

    name: str
    any_of: tuple[str, ...]
    none_of: tuple[str, ...]
    present: bool | None
    least: float | None
    most: float | None

    def check(self, view: View) -> Outcome:
        value = value_of(view.document, self.name)
        absent = value is None or value in ((), "")
        if self.present is not None:
            return YES if self.present != absent else NO
        if absent:
            return Outcome(None, (), f"缺少 {self.name}")
        if self.least is not None or self.most is not None:
            return self._bounds(value)
        word = word_of(value)
        if self.none_of and word in self.none_of:
            return NO
        return YES if not self.any_of or word in self.any_of else NO

    def _bounds(self, value: Any) -> Outcome:
        try:
            number = float(value)
        except (TypeError, ValueError):
            return Outcome(None, (), f"{self.name} 不是数字")
        low = self.least is None or number >= self.least
        high = self.most is None or number <= self.most
        return YES if low and high else NO


def value_of(document: Document, name: str) -> Any:
    """The value of a field (`fields.x` for an own one); None when unknown."""
    if name in KNOWN:
        return getattr(document, name)
    value: Any = document.fields
    for step in name.removeprefix("fields.").split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def word_of(value: Any) -> str:
    """A value as rules write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
