"""Plain values as nodes: what TOML and JSON give is checked like YAML, with places."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from collectlint.errors import Place
from collectlint.rulebook.nodes import Map, Node, Scalar, Seq
from collectlint.rulebook.plain import node_of


def place(path: tuple[str | int, ...]) -> Place:
    return Place("/".join(map(str, path)), len(path) + 1, 1)


def node(value: Any) -> Node:
    return node_of(value, place)


def test_values_keep_their_written_form_and_whether_they_were_text() -> None:
    written = {
        "a": "a",
        "7": 7,
        "0.5": 0.5,
        "true": True,
        "false": False,
        "": None,
        "2026-01-31": date(2026, 1, 31),
        "08:30:00": time(8, 30),
    }
    for text, value in written.items():
        assert node(value) == Scalar(text, value == "a", place(()))


def test_lists_and_tables_have_the_places_of_their_paths() -> None:
    assert node({"a": ["x", 1], 2: {}}) == Map(
        (
            (
                Scalar("a", True, place(("a",))),
                Seq((Scalar("x", True, place(("a", 0))), Scalar("1", False, place(("a", 1)))), place(("a",))),
            ),
            (Scalar("2", True, place((2,))), Map((), place((2,)))),
        ),
        place(()),
    )
