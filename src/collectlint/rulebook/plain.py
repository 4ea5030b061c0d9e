"""Plain values (of TOML, of JSON) as the nodes that YAML becomes, so that one walk checks them all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any, TypeAlias

from collectlint.errors import Place
from collectlint.rulebook.nodes import Map, Node, Scalar, Seq

Path: TypeAlias = tuple[str | int, ...]


def node_of(value: Any, place_of: Callable[[Path], Place], path: Path = ()) -> Node:
    """The node of a value of str, bool, int, float, date, list and dict; None becomes "no value".

    `place_of` says where the key or item at a path of keys and indices stands.
    """
    place = place_of(path)
    if isinstance(value, dict):
        entries = tuple(
            (Scalar(str(key), True, place_of((*path, key))), node_of(child, place_of, (*path, key)))
            for key, child in value.items()
        )
        return Map(entries, place)
    if isinstance(value, list):
        items = tuple(node_of(child, place_of, (*path, number)) for number, child in enumerate(value))
        return Seq(items, place)
    if isinstance(value, str):
        return Scalar(value, True, place)
    return Scalar(_written(value), False, place)


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date | time) else repr(value)
