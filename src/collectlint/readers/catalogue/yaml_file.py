"""YAML: plain and quoted texts, literal and folded blocks, several documents, Rails locales."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from collectlint.discovery import YAML_NAMES
from collectlint.readers.catalogue.reading import read_with
from collectlint.readers.catalogue.spelling import Piece, Spelled, aligned
from collectlint.readers.catalogue.tree import Catalogue, Fault, Leaf, Listing, Node, Record
from collectlint.readers.settings import NAMED, Items, Lines, ReadSettings, Source

COMMENTS = ("#",)
_RULE = frozenset(("id", "family", "basis", "when"))  # a file of this program's own rules
_LINE_BLANKS = " \t"
_BREAKS = "\r\n"
_HEX = {"x": 2, "u": 4, "U": 8}


def sniff(_head: str, name: str) -> int:
    """By its name alone: most text is YAML of some kind."""
    base = os.path.basename(name).lower()
    return NAMED + 5 if base.endswith((".yaml", ".yml")) and base not in YAML_NAMES else 0


def read(lines: Lines, source: Source, settings: ReadSettings) -> Items:
    """A Document for each message; a fault of the syntax leaves what stands before it."""
    yield from read_with(parse, lines, source, settings)


def parse(raw: str, max_depth: int) -> Catalogue:
    """The documents of a YAML file. Tags and types are ignored, aliases stand for nothing."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(raw, max_depth)
    faults: tuple[Fault, ...] = ()
    try:
        for event in yaml.parse(raw, Loader=loader):
            builder.take(event)
            if builder.stopped:
                break
    except yaml.YAMLError as error:
        faults = (_fault(error, raw, builder.line),)
    roots = tuple(root for root in builder.finished() if not _is_rule(root))
    return Catalogue(roots, (*builder.faults, *faults))


def _is_rule(root: Node) -> bool:
    return isinstance(root, Record) and _RULE.issubset(key for key, _ in root.entries)


class _Builder:
    """Nodes of a stream of events; what is open when it breaks off is closed."""

    def __init__(self, raw: str, max_depth: int) -> None:
        self._raw = raw
        self._max_depth = max_depth
        self._roots: list[Node] = []
        self._open: list[tuple[bool, list[Any]]] = []  # is it a record, and its keys and nodes by turns
        self._keys: list[set[str]] = []
        self.faults: list[Fault] = []
        self.line = 1
        self.stopped = False

    def take(self, event: Any) -> None:
        kind = type(event).__name__
        self.line = event.start_mark.line + 1
        if kind == "ScalarEvent":
            self._add(event.value if self._wants_key() else self._leaf(event), event)
        elif kind == "AliasEvent":
            self._add("*" if self._wants_key() else Listing(()), event)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            if len(self._open) >= self._max_depth:
                remedy = "请确认文件来源；模板只需几层"
                self.faults.append(
                    Fault(event.start_mark.index, f"YAML 嵌套超过 {self._max_depth} 层", remedy, True)
                )
                self.stopped = True
                return
            self._open.append((kind == "MappingStartEvent", []))
            self._keys.append(set())
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._close()

    def finished(self) -> list[Node]:
        while self._open:
            self._close()
        return self._roots

    def _wants_key(self) -> bool:
        return bool(self._open) and self._open[-1][0] and len(self._open[-1][1]) % 2 == 0

    def _add(self, value: str | Node, event: Any) -> None:
        if not self._open:
            if not isinstance(value, str):
                self._roots.append(value)
            return
        if isinstance(value, str):
            if value in self._keys[-1] and value != "<<":
                remedy = "请只留一个，或改名；多数程序只用后一个"
                self.faults.append(Fault(event.start_mark.index, f"键「{value[:40]}」重复", remedy))
            self._keys[-1].add(value)
        self._open[-1][1].append(value)

    def _close(self) -> None:
        is_record, held = self._open.pop()
        self._keys.pop()
        node: Node
        if is_record:
            node = Record(
                tuple(
                    (key, value)
                    for key, value in zip(held[::2], held[1::2], strict=False)
                    if isinstance(key, str)
                )
            )
        else:
            node = Listing(tuple(held))
        if self._wants_key():
            self._open[-1][1].append("?")  # a list or mapping as a key
        elif self._open:
            self._open[-1][1].append(node)
        else:
            self._roots.append(node)

    def _leaf(self, event: Any) -> Leaf:
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            body = self._raw.find("\n", start, end)
            body = self._raw.find("\r", start, end) if body < 0 else body
            spelled = Spelled(self._raw, ((body + 1 if body >= 0 else end, end),), event.value, aligned)
        elif event.style in ("'", '"'):
            spell = _double if event.style == '"' else _single
            spelled = Spelled(self._raw, ((start + 1, end - 1),), event.value, spell)
        else:
            spelled = Spelled(self._raw, ((start, end),), event.value, _single)
        return Leaf(spelled)


def _single(text: Spelled, start: int, end: int) -> Iterator[Piece]:
    """Plain and single-quoted texts: lines are folded, a quote is doubled (in quotes)."""
    raw = text.raw
    quoted = raw.startswith("'", start - 1) and raw.startswith("'", end)
    at = start
    while at < end:
        fold = _fold(raw, at, end)
        if fold is not None:
            yield fold
            at = fold.end
        elif quoted and raw.startswith("''", at):
            yield Piece(at, at + 2, "'")
            at += 2
        else:
            yield Piece(at, at + 1, raw[at])
            at += 1


def _double(text: Spelled, start: int, end: int) -> Iterator[Piece]:
    """Double-quoted texts: escapes, folded lines, and lines joined by a backslash."""
    raw, at, said = text.raw, start, 0
    while at < end:
        if raw[at] == "\\":
            if raw[at + 1] in _BREAKS:
                at += 3 if raw.startswith("\r\n", at + 1) else 2
                while at < end and raw[at] in _LINE_BLANKS:
                    at += 1
                continue
            piece = Piece(at, at + 2 + _HEX.get(raw[at + 1], 0), text.value[said : said + 1])
        else:
            piece = _fold(raw, at, end) or Piece(at, at + 1, raw[at])
        yield piece
        at = piece.end
        said += len(piece.text)


def _fold(raw: str, at: int, end: int) -> Piece | None:
    """A line break inside a text with the blanks around it: a space, or the empty lines that follow."""
    stop = at
    while stop < end and raw[stop] in " \t\r\n":
        stop += 1
    run = raw[at:stop].replace("\r\n", "\n").replace("\r", "\n")
    if "\n" not in run:
        return None
    return Piece(at, stop, "\n" * (run.count("\n") - 1) or " ")


def _fault(error: Any, raw: str, last_line: int) -> Fault:
    from collectlint.readers.catalogue.reading import offset_of
    from collectlint.rulebook.syntax import split_lines, translated

    told = translated(error, "", split_lines(raw), last_line)
    line, column = (told.place.line, told.place.column) if told.place else (1, 1)
    reason = f"YAML 有误（第 {column} 列：{told.message}）"
    return Fault(offset_of(raw, line, column), reason, told.remedy or "请修正这一行", True)
