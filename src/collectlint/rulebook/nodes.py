"""The YAML tree a rule author wrote: text, lists and mappings, each with its place; nothing typed."""

from __future__ import annotations

from typing import NamedTuple

from collectlint.errors import Place


class Scalar(NamedTuple):
    """Text exactly as YAML reads it as text; `quoted` also covers the block forms `|` and `>`."""

    text: str
    quoted: bool
    place: Place


class Seq(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    place: Place


class Map(NamedTuple):
    """A mapping in the author's order; keys are distinct."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place


Node = Scalar | Seq | Map
