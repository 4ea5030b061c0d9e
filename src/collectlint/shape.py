"""How the YAML of rules and configuration is described: one description, three uses.

The loader walks composed YAML nodes with it (`rulebook/walk.py`), `rules schema` turns it into
JSON Schema, and the documentation lists it. Operators describe their own options with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from collectlint.errors import Place


class Text(NamedTuple):
    """A scalar kept as the author wrote it (`22:00`, `no` and `010` stay text)."""

    empty: bool = False
    pattern: str = ""  # anchored regular expression, for the schema and for the walk
    example: str = ""


class Whole(NamedTuple):
    """A whole number within bounds."""

    least: int | None = None
    most: int | None = None


class Decimal(NamedTuple):
    """A decimal number."""


class Flag(NamedTuple):
    """`true` or `false`, nothing else."""


class Day(NamedTuple):
    """A date `YYYY-MM-DD` that exists; kept as that text."""


class Choice(NamedTuple):
    """One of fixed words."""

    values: tuple[str, ...]


class ListOf(NamedTuple):
    """A list; `single` allows one bare item in place of a list of one."""

    item: Any
    single: bool = False
    least: int = 0


class MapOf(NamedTuple):
    """A mapping with free keys."""

    value: Any


class Either(NamedTuple):
    """The first kind that fits the YAML node type (scalar, list, mapping) is used."""

    kinds: tuple[Any, ...]


class Condition(NamedTuple):
    """A mapping with exactly one key, the name of an operator; becomes a `Tree`."""


class Shape(NamedTuple):
    """A mapping with known keys. A scalar or list in its place fills the field `shorthand`."""

    fields: Mapping[str, Field]
    shorthand: str = ""
    zh: str = ""
    en: str = ""


class Field(NamedTuple):
    """One key of a `Shape`; `zh` and `en` are its one-line documentation."""

    kind: Any
    required: bool = False
    default: Any = None
    zh: str = ""
    en: str = ""


class Tree(NamedTuple):
    """A condition as read: operator name, its options (checked, defaults filled in), its place."""

    operator: str
    options: Mapping[str, Any]
    place: Place
