"""Questions about the kinds of `shape.py`: their Chinese names, and what YAML they can take."""

from __future__ import annotations

from typing import Any

from collectlint.rulebook.nodes import Map, Node, Scalar, Seq
from collectlint.shape import (
    Choice,
    Condition,
    Day,
    Decimal,
    Either,
    Flag,
    ListOf,
    MapOf,
    Shape,
    Text,
    Whole,
)

_NAMES: dict[type, str] = {
    Text: "文字",
    Whole: "整数",
    Decimal: "数字",
    Flag: "`true` 或 `false`",
    Day: "日期(YYYY-MM-DD)",
    MapOf: "键值对",
    Shape: "键值对",
    Condition: "条件(「操作符: 选项」)",
}


def wanted(kind: Any) -> str:
    """「应为……」 for a kind."""
    name = described(kind)
    return f"应为 {name}" if name.startswith("`") else f"应为{name}"


def described(kind: Any) -> str:
    """The Chinese name of a kind."""
    if isinstance(kind, Choice):
        return "、".join(f"`{value}`" for value in kind.values[:12]) + " 之一"
    if isinstance(kind, ListOf):
        return f"列表或单个{described(kind.item)}" if kind.single else "列表"
    if isinstance(kind, Either):
        return " 或 ".join(dict.fromkeys(described(each) for each in kind.kinds))
    return _NAMES[type(kind)]


def fits(node: Node, kind: Any) -> bool:
    """Whether `kind` can take a YAML node of this type (scalar, list, mapping), its content aside."""
    if isinstance(kind, Either):
        return any(fits(node, each) for each in kind.kinds)
    if isinstance(kind, Shape):
        shorthand = bool(kind.shorthand) and fits(node, kind.fields[kind.shorthand].kind)
        return isinstance(node, Map) or shorthand
    if isinstance(kind, ListOf):
        return isinstance(node, Seq) or (kind.single and fits(node, kind.item))
    if isinstance(kind, MapOf | Condition):
        return isinstance(node, Map)
    return isinstance(node, Scalar)


def choices(kind: Any) -> tuple[str, ...]:
    """The fixed words a bare scalar of this kind may be."""
    if isinstance(kind, Choice):
        return kind.values
    if isinstance(kind, ListOf) and kind.single:
        return choices(kind.item)
    if isinstance(kind, Either):
        return tuple(word for each in kind.kinds for word in choices(each))
    return ()


def holds_condition(kind: Any) -> bool:
    """Whether a mapping in place of this kind would be read as a condition."""
    if isinstance(kind, ListOf):
        return kind.single and holds_condition(kind.item)
    if isinstance(kind, Either):
        return any(holds_condition(each) for each in kind.kinds)
    return isinstance(kind, Condition)
