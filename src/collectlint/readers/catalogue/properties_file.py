"""Java .properties: `\\uXXXX`, continued lines, `=`, `:` or a blank between key and value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from collectlint.lazy import lazily
from collectlint.readers.catalogue.reading import read_with
from collectlint.readers.catalogue.spelling import Piece, Spelled, escaped
from collectlint.readers.catalogue.tree import Catalogue, Fault, Leaf, Node, Record
from collectlint.readers.settings import NAMED, Items, Lines, ReadSettings, Source
from collectlint.visible import without_surrogates

COMMENTS = ("#", "!")
# A logical line goes on behind a line end with a backslash before it.
_LOGICAL = lazily(r"[ \t\f]*([^\r\n\\]*+(?:\\(?:\r\n|[\s\S])[^\r\n\\]*+)*+)(\\?)(?:\r\n|\n|\r|\Z)")
_KEY = lazily(r"((?:[^\\=: \t\f\r\n]|\\(?:\r\n|[\s\S]))*+)[ \t\f]*(?:[=:][ \t\f]*)?", re.DOTALL)
_ESCAPE = lazily(
    r"\\(?:\r\n|[\r\n])[ \t\f]*"
    r"|(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u+[0-9a-fA-F]{4}|\\[\s\S]"
)
_BROKEN = lazily(r"(?<!\\)(?:\\\\)*(\\u(?!u*[0-9a-fA-F]{4}))")
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


def sniff(_head: str, name: str) -> int:
    """By its name."""
    return NAMED + 5 if name.lower().endswith(".properties") else 0


def read(lines: Lines, source: Source, settings: ReadSettings) -> Items:
    """A Document for each message; a line with a fault is one Failure."""
    yield from read_with(parse, lines, source, settings)


def parse(raw: str, _max_depth: int = 0) -> Catalogue:
    """All keys as one record, nested at the dots of their names (`sms.notice.content`)."""
    faults: list[Fault] = []
    seen: set[str] = set()
    tree: dict[str, Any] = {}
    at = 0
    while at < len(raw):
        line = _LOGICAL.match(raw, at)
        if line is None:
            break
        at = max(line.end(), at + 1)
        start, end = line.span(1)
        if start == end or raw[start] in "#!":
            if start < end and "\\" in line[1]:  # a comment does not go on
                at = start + len(re.split(r"[\r\n]", raw[start:end], maxsplit=1)[0]) + 1
            continue
        pair = _KEY.match(raw, start, end)
        if pair is None:
            continue
        broken = _BROKEN.search(raw, start, end)
        if broken:
            remedy = "应为 \\u 加四位十六进制，如 \\u60a8；反斜杠本身写成 \\\\"
            faults.append(Fault(broken.start(1), "无效的 \\u 转义，这一条未检查", remedy))
            continue
        key = _text(raw, *pair.span(1))
        if key in seen:
            faults.append(Fault(start, f"键「{key[:40]}」重复", "请只留一个，或改名；程序只用后一个"))
        seen.add(key)
        value = Spelled(raw, ((pair.end(), end),), _text(raw, pair.end(), end), _spell)
        _insert(tree, key, Leaf(value))
    return Catalogue((_record(tree),), tuple(faults))


def _insert(tree: dict[str, Any], key: str, leaf: Leaf) -> None:
    *above, last = key.split(".") if ".." not in key.strip(".") and len(key) < 500 else [key]
    for name in above[:20]:
        inside = tree.setdefault(name, {})
        if not isinstance(inside, dict):  # `a=…` beside `a.b=…`
            tree.setdefault(key, []).append(leaf)
            return
        tree = inside
    held = tree.get(last)
    if isinstance(held, dict):
        held.setdefault("", []).append(leaf)
    else:
        tree.setdefault(last, []).append(leaf)


def _record(tree: dict[str, Any]) -> Record:
    entries: list[tuple[str, Node]] = []
    for key, value in tree.items():
        if isinstance(value, dict):
            entries.append((key, _record(value)))
        else:
            entries.extend((key, leaf) for leaf in value)
    return Record(tuple(entries))


def _text(raw: str, start: int, end: int) -> str:
    return "".join(piece.text for piece in _pieces(raw, start, end))


def _spell(text: Spelled, start: int, end: int) -> Iterator[Piece]:
    return _pieces(text.raw, start, end)


def _pieces(raw: str, start: int, end: int) -> Iterator[Piece]:
    return escaped(raw, start, end, _ESCAPE, _decoded)


def _decoded(escape: str) -> str:
    if escape[1] == "u" and len(escape) > 2:
        units = [int(unit, 16) for unit in re.findall(r"[0-9a-fA-F]{4}", escape.replace("\\u", " "))]
        data = b"".join(unit.to_bytes(2, "big") for unit in units)
        return without_surrogates(data.decode("utf-16-be", "surrogatepass"))
    if escape[1] in "\r\n":
        return ""
    return _LETTERS.get(escape[1], escape[1])
