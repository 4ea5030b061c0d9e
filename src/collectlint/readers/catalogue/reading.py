"""What the readers of catalogues share: the whole file as one text, and its tree as Documents."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from difflib import get_close_matches

from collectlint.document import Document
from collectlint.errors import InputError, Place
from collectlint.finding import Failure
from collectlint.readers.catalogue.choosing import Chooser
from collectlint.readers.catalogue.documents import documents
from collectlint.readers.catalogue.spelling import place
from collectlint.readers.catalogue.tree import Catalogue, leaves, may_hold_han
from collectlint.readers.settings import Items, Line, ReadSettings, Source

Parse = Callable[[str, int], Catalogue]


def read_with(parse: Parse, lines: Iterator[Line | Failure], source: Source, settings: ReadSettings) -> Items:
    """Documents of a file that `parse` understands; one without any Chinese character has none."""
    raw = yield from gathered(lines, source, settings)
    if may_hold_han(raw) or settings.texts:
        yield from read_tree(raw, parse(raw, settings.max_depth), source, settings)


def gathered(
    lines: Iterator[Line | Failure], source: Source, settings: ReadSettings
) -> Generator[Document | Failure, None, str]:
    """The text of a file; a line that could not be decoded is a Failure and left empty."""
    parts: list[str] = []
    held = 0
    for line in lines:
        if isinstance(line, Failure):
            yield line
            parts.append("\n")
            continue
        held += len(line.text) + 1
        if held > settings.max_whole_bytes:
            raise InputError("模板文件过大", Place(source.path), "请拆分文件，或改用 JSONL（每行一个文档）")
        parts.append(line.text)
        parts.append(line.ending)
    return "".join(parts)


def read_tree(raw: str, catalogue: Catalogue, source: Source, settings: ReadSettings) -> Items:
    """The messages of a catalogue, then its faults; the texts left alone are counted for `settings.aside`."""
    yield from _unmapped(catalogue, source, settings)
    chooser = Chooser(source.name, settings)
    for root in catalogue.roots:
        yield from documents(root, chooser, source, settings)
    if not may_hold_han(raw):
        return
    for fault in catalogue.faults:
        line, _ = place(raw, fault.at)
        reason = f"{fault.reason}；这一处以后的内容未检查" if fault.stops else fault.reason
        yield Failure(source.path, line, reason, fault.remedy)
    if settings.aside is not None and chooser.left_alone:
        settings.aside(source.path, chooser.left_alone)


def _unmapped(catalogue: Catalogue, source: Source, settings: ReadSettings) -> Items:
    """A Failure for each key of the column map that the file has nowhere."""
    if not settings.columns or not catalogue.roots:
        return
    keys = {key for root in catalogue.roots for found in leaves(root) for key in found.path}
    for field, name in settings.columns.items():
        if name not in keys:
            near = get_close_matches(name, sorted(keys), 1, 0.5)
            hint = f"是否为「{near[0]}」？" if near else ""
            reason = f"列映射 {field}={name}：文件里没有键「{name}」"
            yield Failure(source.path, 0, reason, f"{hint}请改正配置的 columns，或只写给有此键的路径")


def offset_of(raw: str, line: int, column: int) -> int:
    """The code point at (line, column), both from 1; the end of the file beyond it."""
    at = 0
    for _ in range(line - 1):
        ends = [end for end in (raw.find("\n", at), raw.find("\r", at)) if end >= 0]
        if not ends:
            return len(raw)
        at = min(ends) + (2 if raw.startswith("\r\n", min(ends)) else 1)
    return min(at + column - 1, len(raw))
