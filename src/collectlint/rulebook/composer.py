"""Parser events -> nodes, within limits.

Events are walked rather than libyaml's recursive composer called: that one takes the whole process down
on deep nesting (PyYAML #895), and a bomb of aliases is small until someone walks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn, TypeGuard

from collectlint.errors import Place, RuleError, RuleErrors
from collectlint.rulebook.hints import shown
from collectlint.rulebook.nodes import Map, Node, Scalar, Seq

DEPTH_MOST = 50
EVENTS_MOST = 200_000
ALIASES_MOST = 64
NODES_MOST = 200_000  # with every alias written out
ERRORS_MOST = 200  # listed for one file

_FORBIDDEN_WRITTEN = re.compile("[\x00\ud800-\udfff]")  # by an escape in double quotes


class _Measured(NamedTuple):
    """A node with what it counts when an alias repeats it: nodes in it, and its height."""

    node: Node
    size: int
    height: int


class Composer:
    """Turns parser events into nodes; collects faults, stops at a limit."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.line = 1
        self.errors: list[RuleError] = []
        self._anchors: dict[str, _Measured | None] = {}  # None while the anchored node is still open
        self._events = 0
        self._aliases = 0
        self._nodes = 0
        self._stream: Iterator[Any] = iter(())

    def document(self, stream: Iterator[Any]) -> Node:
        self._stream = stream
        root: Node | None = None
        for event in stream:
            self._tick(event)
            kind = type(event).__name__
            if kind == "DocumentStartEvent" and root is not None:
                self._stop("一个文件只能有一份 YAML 文档", self._place(event), "删掉 `---`,或拆成几个文件")
            elif kind not in ("StreamStartEvent", "StreamEndEvent", "DocumentStartEvent", "DocumentEndEvent"):
                root = self._node(event, 1).node
        if root is None:
            self._stop("文件是空的", Place(self.path, 1, 1), "写上内容,或删掉这个文件")
        return root

    def _tick(self, event: Any) -> None:
        self._events += 1
        if self._events > EVENTS_MOST:
            self._stop(f"内容过多:超过 {EVENTS_MOST} 个元素", self._place(event), "请拆成几个文件")
        plain = not getattr(event, "style", None)
        self.line = (event.start_mark if plain else event.end_mark).line + 1

    def _next(self) -> Any:
        event = next(self._stream)
        self._tick(event)
        return event

    def _node(self, event: Any, depth: int) -> _Measured:
        place = self._place(event)
        kind = type(event).__name__
        if kind == "AliasEvent":
            return self._alias(event.anchor, place, depth)
        if event.tag is not None:
            self._add(
                f"不允许使用标签 {shown(event.tag)}", place, "请删掉它;普通文字以 `!` 开头时请加半角引号"
            )
        if depth > DEPTH_MOST:
            self._stop(f"嵌套过深:超过 {DEPTH_MOST} 层", place, "请简化结构")
        self._count(1, place)
        if event.anchor is not None:
            if event.anchor in self._anchors:
                self._add(f"锚点 {shown(event.anchor)} 写了两次", place, "请换一个名字")
            self._anchors[event.anchor] = None
        if kind == "ScalarEvent":
            measured = _Measured(self._scalar(event, place), 1, 1)
        elif kind == "SequenceStartEvent":
            measured = self._sequence(place, depth)
        else:
            measured = self._mapping(place, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = measured
        return measured

    def _alias(self, name: str, place: Place, depth: int) -> _Measured:
        self._aliases += 1
        if self._aliases > ALIASES_MOST:
            self._stop(f"别名(`*名字`)过多:超过 {ALIASES_MOST} 个", place, "请直接写出内容")
        measured = self._anchors.get(name)
        if measured is None:
            if name in self._anchors:
                self._stop(f"别名 `*{name}` 指向包含它自己的内容", place, "请直接写出内容")
            self._add(f"别名 `*{name}` 没有对应的锚点", place, "普通文字以 `*` 开头时请加半角引号")
            return _Measured(Scalar("", False, place), 1, 1)
        if depth - 1 + measured.height > DEPTH_MOST:
            self._stop(f"别名展开后嵌套过深:超过 {DEPTH_MOST} 层", place, "请简化结构")
        self._count(measured.size, place)
        return measured

    def _scalar(self, event: Any, place: Place) -> Scalar:
        quoted = bool(event.style)
        found = _FORBIDDEN_WRITTEN.search(event.value)
        if found:
            self._add(f"文字里有不允许的字符 U+{ord(found[0]):04X}", place, "请删掉这个转义")
        return Scalar(event.value, quoted, place)

    def _sequence(self, place: Place, depth: int) -> _Measured:
        items: list[Node] = []
        size, height = 1, 0
        while type(event := self._next()).__name__ != "SequenceEndEvent":
            item = self._node(event, depth + 1)
            items.append(item.node)
            size, height = size + item.size, max(height, item.height)
        return _Measured(Seq(tuple(items), place), size, height + 1)

    def _mapping(self, place: Place, depth: int) -> _Measured:
        entries: list[tuple[Scalar, Node]] = []
        first_places: dict[str, Place] = {}
        size, height = 1, 0
        while type(event := self._next()).__name__ != "MappingEndEvent":
            key_place = self._place(event)
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            size, height = size + key.size + value.size, max(height, key.height, value.height)
            if self._key_fits(key.node, key_place, first_places):
                entries.append((key.node._replace(place=key_place), value.node))
        return _Measured(Map(tuple(entries), place), size, height + 1)

    def _key_fits(self, key: Node, place: Place, first_places: dict[str, Place]) -> TypeGuard[Scalar]:
        if not isinstance(key, Scalar):
            self._add("键必须是文字,不能是列表或键值对", place, "键里有括号时请加半角引号")
        elif not key.text.strip():
            self._add("键是空的", place, "在冒号前写上键")
        elif key.text == "<<" and not key.quoted:
            self._add("不支持合并键 `<<`", place, "请直接写出要合并的内容")
        elif key.text in first_places:
            first = first_places[key.text]
            self._add(
                f"键 {shown(key.text)} 写了两次,第一次在第 {first.line} 行第 {first.column} 列",
                place,
                "只保留一个",
            )
        else:
            first_places[key.text] = place
            return True
        return False

    def _count(self, nodes: int, place: Place) -> None:
        self._nodes += nodes
        if self._nodes > NODES_MOST:
            self._stop(f"别名展开后内容过多:超过 {NODES_MOST} 个元素", place, "请直接写出内容,或拆成几个文件")

    def _place(self, event: Any) -> Place:
        return Place(self.path, event.start_mark.line + 1, event.start_mark.column + 1)

    def _add(self, message: str, place: Place, remedy: str) -> None:
        self.errors.append(RuleError(message, place, remedy))
        if len(self.errors) >= ERRORS_MOST:
            self._stop(f"错误太多,只列出前 {ERRORS_MOST} 处", place, "先改正上面的错误")

    def _stop(self, message: str, place: Place, remedy: str) -> NoReturn:
        raise RuleErrors([*self.errors, RuleError(message, place, remedy)])
