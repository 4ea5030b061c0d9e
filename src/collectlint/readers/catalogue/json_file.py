"""JSON catalogues: exports of SMS platforms, i18n maps, lists of templates; no native documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from collectlint.lazy import lazily
from collectlint.readers.catalogue.reading import gathered, read_tree
from collectlint.readers.catalogue.spelling import Piece, Spelled, as_written, escaped
from collectlint.readers.catalogue.tree import Catalogue, Fault, Leaf, Listing, Node, Record, may_hold_han
from collectlint.readers.settings import NAMED, SURE, Items, Line, Lines, ReadSettings, Source
from collectlint.readers.strict_json import EXPLAINED
from collectlint.visible import without_surrogates

_TOKEN = lazily(
    r'[ \t\r\n]*(?:("[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+")|([{}\[\],:])'
    r"|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true\b|false\b|null\b))"
)
_ESCAPE = lazily(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL
)
_KEY = lazily(r'"((?:[^"\\]|\\.)*)"\s*:|"(?:[^"\\]|\\.)*"|[\[\]{}]')
_VENDOR = lazily(r'"(?:TemplateContent|template_content|templateContent|SmsTemplateList)"\s*:')
_NATIVE = ("text", "turns")


def sniff(head: str, name: str) -> int:
    """JSON as a whole file (`.json`, or an SMS platform's keys) whose records are no documents or speech."""
    start = head.lstrip("\ufeff \t\r\n")[:1]
    if start not in ("{", "["):
        return 0
    vendor = bool(_VENDOR.search(head))
    if (not vendor and not name.lower().endswith(".json")) or not may_hold_han(head):
        return 0
    keys = set(_top_keys(head))
    if not keys or keys.intersection(_NATIVE):
        return 0
    if vendor:
        return SURE + 6
    from collectlint.readers.asr.table import is_shaped, is_speechlike

    return 0 if is_shaped(head) or is_speechlike(head) else NAMED + 5 + (SURE - NAMED) * ('"text"' in head)


def read(lines: Lines, source: Source, settings: ReadSettings) -> Items:
    """A Document for each message; a file that holds native documents after all is read as such."""
    held = list(lines)
    raw = yield from gathered(iter(held), source, settings)
    catalogue = parse(raw, settings.max_depth)
    if "turns" in settings.columns or any(_is_native(root, settings) for root in catalogue.roots):
        from collectlint.readers import jsonl

        yield from jsonl.read(iter([line for line in held if isinstance(line, Line)]), source, settings)
        return
    yield from read_tree(raw, catalogue, source, settings)


def _is_native(root: Node, settings: ReadSettings) -> bool:
    records = root.items[:1] if isinstance(root, Listing) else (root,)
    return not settings.texts and any(
        isinstance(record, Record) and any(key in _NATIVE for key, _ in record.entries) for record in records
    )


def _top_keys(head: str) -> Iterator[str]:
    """Keys of the outermost record, or of the first one of the outermost list."""
    depth, base = 0, 2 if head.lstrip("\ufeff \t\r\n").startswith("[") else 1
    for found in _KEY.finditer(head):
        mark = found.group()
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
            if depth < base:
                return
        elif depth == base and found[1] is not None:
            yield found[1]


def parse(raw: str, max_depth: int) -> Catalogue:
    """The value of a JSON text with the place of every string; what stands before a fault is kept."""
    return _Parser(raw, max_depth).whole()


class _StopError(Exception):
    """Nothing can be read from here on."""


class _Parser:
    """Reads marks from left to right; `_open` is what has begun and not ended."""

    def __init__(self, raw: str, max_depth: int) -> None:
        self._raw = raw
        self._max_depth = max_depth
        self._at = 0
        self._faults: list[Fault] = []
        self._keys: list[tuple[str, set[str]]] = []  # of each open record the key at hand, and all

    def whole(self) -> Catalogue:
        open_: list[tuple[bool, list[Any]]] = []
        root: Node | None = None
        try:
            root = self._values(open_)
        except _StopError:
            while open_:
                is_record, held = open_.pop()
                self._keys.pop()
                root = Record(tuple(held)) if is_record else Listing(tuple(held))
                if open_:
                    _put(open_[-1], self._keys[-1][0], root)
        return Catalogue((root,) if root is not None else (), tuple(self._faults))

    def _values(self, open_: list[tuple[bool, list[Any]]]) -> Node:
        """The whole value; `open_` shows how far it got."""
        keys = self._keys
        while True:
            mark, start = self._next()
            if mark in ("{", "["):
                if len(open_) >= self._max_depth:
                    remedy = "请确认文件来源；模板只需几层"
                    self._stop(Fault(start, f"JSON 嵌套超过 {self._max_depth} 层", remedy, True))
                open_.append((mark == "{", []))
                keys.append(("", set()))
                if not self._closing(open_[-1][0]):
                    if mark == "{":
                        keys[-1] = (self._key(keys[-1][1]), keys[-1][1])
                    continue
            elif mark in ("}", "]", ",", ":"):
                self._break()
            else:
                node: Node = self._leaf(mark, start)
                if not open_:
                    return self._end(node)
                _put(open_[-1], keys[-1][0], node)
            while open_:
                is_record, held = open_[-1]
                end = self._closing(is_record)
                if not end:
                    if held:
                        self._comma()
                    if is_record:
                        keys[-1] = (self._key(keys[-1][1]), keys[-1][1])
                    break
                self._at = end
                open_.pop()
                keys.pop()
                node = Record(tuple(held)) if is_record else Listing(tuple(held))
                if not open_:
                    return self._end(node)
                _put(open_[-1], keys[-1][0], node)

    def _end(self, node: Node) -> Node:
        if self._raw[self._at :].strip(" \t\r\n"):
            reason, remedy = (
                "JSON 之后还有多余内容，未检查",
                "一个 .json 文件只写一个值；每行一个请存为 .jsonl",
            )
            rest = self._at + len(self._raw[self._at :]) - len(self._raw[self._at :].lstrip(" \t\r\n"))
            self._faults.append(Fault(rest, reason, remedy))
        return node

    def _next(self) -> tuple[str, int]:
        found = _TOKEN.match(self._raw, self._at)
        if found is None:
            self._break()
        assert found is not None
        self._at = found.end()
        which = found.lastindex or 0
        return found[which], found.start(which)

    def _closing(self, is_record: bool) -> int:
        """Where the bracket that closes the innermost value ends, if it comes next; else 0."""
        found = _TOKEN.match(self._raw, self._at)
        return found.end() if found is not None and found[2] == ("}" if is_record else "]") else 0

    def _comma(self) -> None:
        before = self._at
        mark, _ = self._next()
        if mark != ",":
            self._at = before
            self._break()

    def _key(self, seen: set[str]) -> str:
        before = self._at
        mark, start = self._next()
        if not mark.startswith('"'):
            self._at = before
            self._break()
        key = without_surrogates(str(json.loads(mark)))
        if key in seen:
            remedy = "请只留一个，或改名；多数程序只用后一个"
            self._faults.append(Fault(start, f"键「{key[:40]}」重复", remedy))
        seen.add(key)
        colon, _ = self._next()
        if colon != ":":
            self._break()
        return key

    def _leaf(self, mark: str, start: int) -> Leaf:
        if not mark.startswith('"'):
            return Leaf(Spelled(self._raw, ((start, start + len(mark)),), mark, as_written), False)
        value = without_surrogates(str(json.loads(mark))) if "\\" in mark else mark[1:-1]
        return Leaf(Spelled(self._raw, ((start + 1, start + len(mark) - 1),), value, spelled))

    def _break(self) -> None:
        try:
            json.loads(self._raw)
        except json.JSONDecodeError as error:
            reason = f"JSON 有误（第 {error.colno} 列：{EXPLAINED.get(error.msg, error.msg)}）"
            self._stop(Fault(error.pos, reason, "请修正这一处", True))
        except (ValueError, RecursionError):
            pass
        self._stop(Fault(self._at, "JSON 有误", "请修正这一处", True))

    def _stop(self, fault: Fault) -> None:
        self._faults.append(fault)
        raise _StopError


def _put(into: tuple[bool, list[Any]], key: str, node: Node) -> None:
    is_record, held = into
    held.append((key, node) if is_record else node)


def spelled(text: Spelled, start: int, end: int) -> Iterator[Piece]:
    """A JSON string between its quotes."""
    yield from escaped(text.raw, start, end, _ESCAPE, _decoded)


def _decoded(escape: str) -> str:
    return without_surrogates(str(json.loads(f'"{escape}"')))
