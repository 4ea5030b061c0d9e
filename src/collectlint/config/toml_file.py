"""[tool.collectlint] of a pyproject.toml as nodes, each key with its line and column.

tomllib gives values without places, so the keys are looked for again in the text, once it is known to
be sound.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from collectlint.discovery import TABLE
from collectlint.errors import ConfigError, ConfigErrors, Place
from collectlint.rulebook.hints import shown
from collectlint.rulebook.nodes import Node
from collectlint.rulebook.plain import Path, node_of
from collectlint.rulebook.syntax import split_lines

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_PART = r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|[A-Za-z0-9_-]+"
_PARTS = re.compile(_PART)
_KEY = re.compile(rf"\s*((?:{_PART})(?:\s*\.\s*(?:{_PART}))*)\s*=\s*")
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_WIDE = (("＝", "等号"), ("“", "引号"), ("”", "引号"), ("，", "逗号"), ("：", "冒号"), ("［", "括号"))


def read_toml(data: bytes, path: str) -> Node:
    """The table's node; raises ConfigErrors."""
    try:
        text = data.decode("utf-8-sig")
        tool: Any = tomllib.loads(text)
    except UnicodeDecodeError:
        raise ConfigErrors([ConfigError("文件不是 UTF-8 编码", Place(path), "请另存为 UTF-8")]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigErrors([_fault(error, text, path)]) from None
    for name in ("tool", TABLE):
        tool = tool.get(name) if isinstance(tool, dict) else None
    if not isinstance(tool, dict):
        raise ConfigErrors([ConfigError(f"没有 [tool.{TABLE}]", Place(path), "请加上这一节")])
    places = _places(split_lines(text), path)

    def place_of(inside: Path) -> Place:
        whole: Path = ("tool", TABLE, *inside)
        while whole and whole not in places:
            whole = whole[:-1]
        return places.get(whole, Place(path, 1, 1))

    return node_of(tool, place_of)


def _fault(error: tomllib.TOMLDecodeError, text: str, path: str) -> ConfigError:
    said = str(error)
    at = _AT.search(said)
    lines = split_lines(text)
    line, column = (int(at[1]), int(at[2])) if at and at[1] else (len(lines), len(lines[-1]) + 1)
    written = lines[line - 1].split("#")[0] if line <= len(lines) else ""
    wide = next((name for char, name in _WIDE if char in written), "")
    remedy = f"这一行有全角的{wide}，请改成半角" if wide else "检查这一行的等号、引号和括号"
    return ConfigError(f"TOML 写法有误：{shown(_AT.sub('', said))}", Place(path, line, column), remedy)


def _places(lines: list[str], path: str) -> dict[Path, Place]:
    """Where each header and key stands; what a value spans is skipped by reading the value."""
    places: dict[Path, Place] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    number = 0
    while number < len(lines):
        line = lines[number]
        header = _HEADER.match(line)
        key = None if header else _KEY.match(line)
        number += 1
        if header:
            table = _with_indices(_names(header[2]), counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            for length in range(1, len(table) + 1):
                places.setdefault(table[:length], Place(path, number, header.start(2) + 1))
        elif key:
            inside: Path = table
            for part in _names(key[1]):
                inside = (*inside, part)
                places.setdefault(inside, Place(path, number, key.start(1) + 1))
            number += _further_lines(lines, number - 1, key.end())
    return places


def _names(written: str) -> tuple[str, ...]:
    return tuple(_unquoted(part) for part in _PARTS.findall(written))


def _unquoted(part: str) -> str:
    if part[0] not in "\"'":
        return part
    value: Any = tomllib.loads(f"x = {part}")["x"]
    return str(value)


def _with_indices(names: tuple[str, ...], counts: dict[Path, int]) -> Path:
    """The path of a table below arrays of tables: each stands in the latest item."""
    inside: Path = ()
    for name in names[:-1]:
        inside = (*inside, name)
        if inside in counts:
            inside = (*inside, counts[inside])
    return (*inside, names[-1])


def _further_lines(lines: list[str], first: int, start: int) -> int:
    value = lines[first][start:]
    for further in range(len(lines) - first):
        try:
            tomllib.loads(f"x = {value}")
        except tomllib.TOMLDecodeError:
            if first + further + 1 < len(lines):
                value += "\n" + lines[first + further + 1]
        else:
            return further
    return 0
