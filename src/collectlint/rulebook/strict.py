"""YAML read strictly: bounded, without types, without tags, each piece of text with its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NoReturn, Protocol

from collectlint.errors import Place, RuleError, RuleErrors
from collectlint.rulebook.composer import ERRORS_MOST, Composer
from collectlint.rulebook.hints import scalar_hint, shown
from collectlint.rulebook.nodes import Map, Node, Scalar, Seq
from collectlint.rulebook.syntax import split_lines, translated

__all__ = ["Map", "Node", "Readable", "Scalar", "Seq", "compose", "read"]

SIZE_MOST = 1024 * 1024  # bytes of UTF-8

# What YAML forbids, and the line breaks that only YAML counts as such (they would shift every place).
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_OTHER_ENCODINGS = ("GB18030", "Big5")


class Readable(Protocol):
    """A file on disk or in an installed package (`pathlib.Path`, `importlib.resources`)."""

    def read_bytes(self) -> bytes: ...


def read(file: Readable, path: str = "") -> Node:
    """Read a YAML file in UTF-8, with or without BOM; `path` names it in messages.

    Raises RuleErrors.
    """
    path = path or str(file)
    try:
        if isinstance(file, Path) and file.stat().st_size > SIZE_MOST:
            _too_large(path)
        data = file.read_bytes()
    except OSError as error:
        _refuse(f"文件读不出来:{error.strerror or type(error).__name__}", Place(path), "检查文件和权限")
    if len(data) > SIZE_MOST:
        _too_large(path)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        _refuse("文件是 UTF-16 编码", Place(path), "请用编辑器另存为 UTF-8 编码")
    try:
        return compose(data.decode("utf-8"), path)
    except UnicodeDecodeError as error:
        before = split_lines(data[: error.start].decode("utf-8", "replace"))
        place = Place(path, len(before), len(before[-1].lstrip("\ufeff")) + 1)
    guesses = [name for name in _OTHER_ENCODINGS if _decodes(data, name)]
    guess = ",可能是 " + " 或 ".join(guesses) if guesses else ""
    return _refuse(f"文件不是 UTF-8 编码{guess}", place, "请用编辑器另存为 UTF-8 编码")


def compose(text: str, path: str) -> Node:
    """Read one YAML document whose outermost node is a mapping or a list.

    No scalar is ever given a type: `22:00`, `no`, `010` and `2026-01-01` stay text.
    Raises RuleErrors: a fault of the syntax alone, other faults all together.
    """
    if len(text) > SIZE_MOST or len(text.encode("utf-8", "surrogatepass")) > SIZE_MOST:
        _too_large(path)
    text = text.removeprefix("\ufeff")
    lines = split_lines(text)
    _check_characters(lines, path)
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    composer = Composer(path)
    try:
        root = composer.document(yaml.parse(text, Loader=loader))
    except yaml.YAMLError as error:
        composer.errors.append(translated(error, path, lines, composer.line))
        raise RuleErrors(composer.errors) from None
    if isinstance(root, Scalar) and not composer.errors:
        remedy = scalar_hint(root.text) or "请写成「键: 值」,或以「- 」开头的列表"
        found = f"却只有文字 {shown(root.text)}" if root.text else "却没有内容"
        composer.errors.append(RuleError(f"文件最外层应当是键值对或列表,{found}", root.place, remedy))
    if composer.errors:
        raise RuleErrors(composer.errors)
    return root


def _check_characters(lines: list[str], path: str) -> None:
    errors = []
    for number, line in enumerate(lines, 1):
        for found in _FORBIDDEN.finditer(line):
            message = f"文件里有不允许的字符 U+{ord(found[0]):04X}"
            errors.append(
                RuleError(message, Place(path, number, found.start() + 1), "请删掉这个看不见的字符")
            )
            if len(errors) >= ERRORS_MOST:
                raise RuleErrors(errors)
    if errors:
        raise RuleErrors(errors)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _too_large(path: str) -> NoReturn:
    _refuse(f"文件过大:超过 {SIZE_MOST} 字节", Place(path), "请拆成几个文件")


def _refuse(message: str, place: Place, remedy: str) -> NoReturn:
    raise RuleErrors([RuleError(message, place, remedy)])
