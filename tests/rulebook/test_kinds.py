"""What a kind is called, which YAML it takes, and which words it may be."""

from __future__ import annotations

from typing import Any

import pytest

from collectlint.rulebook.kinds import choices, described, fits, holds_condition, wanted
from collectlint.rulebook.nodes import Map
from collectlint.rulebook.strict import compose
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

WORDS = Choice(("one", "two"))
PAIR = Shape({"word": Field(WORDS), "many": Field(ListOf(Text()))})
SHORT = Shape({"word": Field(WORDS)}, shorthand="word")
SHORT_LIST = Shape({"words": Field(ListOf(WORDS))}, shorthand="words")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Text(), "文字"),
        (Whole(), "整数"),
        (Decimal(), "数字"),
        (Flag(), "`true` 或 `false`"),
        (Day(), "日期(YYYY-MM-DD)"),
        (MapOf(Text()), "键值对"),
        (PAIR, "键值对"),
        (Condition(), "条件(「操作符: 选项」)"),
        (WORDS, "`one`、`two` 之一"),
        (Choice(tuple("abcdefghijklmn")), "、".join(f"`{one}`" for one in "abcdefghijkl") + " 之一"),
        (ListOf(Text(), single=True), "列表或单个文字"),
        (ListOf(Text(), single=False), "列表"),
        (Either((Text(), Whole(), Text())), "文字 或 整数"),
    ],
)
def test_a_kind_has_a_name(kind: Any, name: str) -> None:
    assert described(kind) == name
    assert wanted(kind) == ("应为 " if name.startswith("`") else "应为") + name


@pytest.mark.parametrize(
    ("kind", "scalar", "sequence", "mapping"),
    [
        (Text(), True, False, False),
        (Whole(), True, False, False),
        (WORDS, True, False, False),
        (ListOf(Text(), single=True), True, True, False),
        (ListOf(Text(), single=False), False, True, False),
        (ListOf(PAIR, single=True), False, True, True),
        (ListOf(PAIR, single=False), False, True, False),
        (MapOf(Text()), False, False, True),
        (Condition(), False, False, True),
        (PAIR, False, False, True),
        (SHORT, True, False, True),
        (SHORT_LIST, False, True, True),
        (Either((Text(), MapOf(Text()))), True, False, True),
        (Either((Text(), Whole())), True, False, False),
    ],
)
def test_a_kind_takes_its_own_form_of_yaml(kind: Any, scalar: bool, sequence: bool, mapping: bool) -> None:
    node = compose("{a: x, b: [x], c: {d: x}}", "a.yaml")
    assert isinstance(node, Map)
    forms = [value for _, value in node.entries]
    assert [fits(one, kind) for one in forms] == [scalar, sequence, mapping]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (WORDS, ("one", "two")),
        (ListOf(WORDS, single=True), ("one", "two")),
        (ListOf(WORDS, single=False), ()),
        (ListOf(Text(), single=True), ()),
        (Either((WORDS, Text(), Choice(("three",)))), ("one", "two", "three")),
        (Text(), ()),
        (SHORT, ()),
    ],
)
def test_the_words_a_scalar_may_be(kind: Any, words: tuple[str, ...]) -> None:
    assert choices(kind) == words


@pytest.mark.parametrize(
    ("kind", "held"),
    [
        (Condition(), True),
        (ListOf(Condition(), single=True), True),
        (ListOf(Condition(), single=False), False),
        (Either((Text(), Condition())), True),
        (Either((Text(), PAIR)), False),
        (ListOf(Text(), single=True), False),
        (PAIR, False),
    ],
)
def test_where_a_mapping_would_be_a_condition(kind: Any, held: bool) -> None:
    assert holds_condition(kind) is held
