"""Large files in parts that can be read apart: byte ranges, row groups, or the file whole.

Where a file is cut depends on the file and the wanted size alone, so a run can be taken up again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, pairwise
from typing import BinaryIO, NamedTuple

from collectlint.errors import InputError, Place
from collectlint.finding import Failure
from collectlint.readers import csv_table, decode, files, jsonl, parquet, table
from collectlint.readers.csv_cells import Row, rows
from collectlint.readers.csv_header import header_of
from collectlint.readers.settings import Items, Line, Lines, ReadSettings, Source
from collectlint.readers.table_rows import is_grouped

_BLOCK = 1 << 20  # bytes


class Slice(NamedTuple):
    """A part of a file. `start` and `end` are bytes, or for `groups` numbers of row groups.

    `how`: `whole`, `lines` (JSON Lines), `table` (its headings are the first `lead` bytes) or `groups`;
    `first` is the number of the first line or row; `named` as in `table.read`. `size` (bytes) and
    `changed` (nanoseconds) are those of the file when it was cut; `weight` is about how many bytes it is.
    """

    path: str
    name: str
    named: bool
    size: int
    changed: int
    how: str = "whole"
    start: int = 0
    end: int = 0
    first: int = 1
    lead: int = 0
    weight: int = 0


class Cut(NamedTuple):
    """A file in slices, with its SHA-256; "" when it cannot be read (reading it will say why)."""

    sha256: str
    slices: tuple[Slice, ...]


def cut(path: str, name: str, named: bool, settings: ReadSettings, most: int) -> Cut:
    """A file in slices of about `most` bytes; no slices for a file of a folder that holds no documents."""
    try:
        stream, size = files.open_file(path)
    except InputError:
        return Cut("", (Slice(path, name, named, 0, 0),))
    with stream:
        whole = Slice(path, name, named, size, changed_at(stream), weight=size)
        parts: list[Slice] = []
        try:
            head = stream.read(decode.HEAD_BYTES)
            if not named and not _is_input(head, name, settings):
                return Cut("", ())
            if most < size <= settings.max_bytes_per_file:
                with suppress(InputError):  # reading the file whole will say so
                    parts = _parts(stream, head, whole, settings, most)
            return Cut(_digest(stream), tuple(parts) or (whole,))
        except OSError:
            return Cut("", (whole,))


def _digest(stream: BinaryIO) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def changed_at(stream: BinaryIO) -> int:
    """When the file was last written to, in nanoseconds."""
    return os.fstat(stream.fileno()).st_mtime_ns


def read(part: Slice, settings: ReadSettings) -> Items:
    """Documents and failures of a slice, numbered as in the whole file.

    Raises InputError when the file is not what was cut any more.
    """
    if part.how == "whole":
        if part.changed:
            _opened(part)[0].close()
        yield from table.read_file(part.path, part.name, settings, part.named)
        return
    stream, source = _opened(part)
    with stream:
        try:
            if part.how == "groups":
                yield from parquet.read(stream, source, settings, range(part.start, part.end), part.first)
            else:
                yield from _read_lines(stream, part, source, settings)
        except InputError as error:
            yield files.failure_of(error, source.path)
        except OSError as error:
            yield Failure(source.path, 0, f"读取中断：{error.strerror or error}", "请检查文件与磁盘后重试")


class ChangedError(InputError):
    """A file was written to between being cut and being read."""


def _opened(part: Slice) -> tuple[BinaryIO, Source]:
    source = Source(files.shown(part.path), files.shown(part.name))
    try:
        stream, size = files.open_file(part.path)
    except InputError as error:
        raise ChangedError(f"{source.path} 在审计途中不见了或不能读了：{error.message}") from None
    if (size, changed_at(stream)) != (part.size, part.changed):
        stream.close()
        raise ChangedError(f"{source.path} 在审计途中被改动")
    return stream, source


def _read_lines(stream: BinaryIO, part: Slice, source: Source, settings: ReadSettings) -> Items:
    head = stream.read(decode.HEAD_BYTES)
    encoding = decode.choose(head, source.path, settings)
    mark = encoding.mark if not part.start else 0
    pieces = _range(stream, part.start + mark, part.end)
    own = _renumbered(decode.lines(pieces, encoding, source.path, settings), part.first - 1)
    if part.how == "lines":
        yield from jsonl.read_lines(own, source, settings)
        return
    above = decode.lines(_range(stream, encoding.mark, part.lead), encoding, source.path, settings)
    yield from csv_table.read(chain(list(above), own), source, settings)


def _renumbered(lines: Lines, by: int) -> Lines:
    for line in lines:
        if isinstance(line, Failure):
            yield line._replace(line=line.line + by)
        else:
            yield line._replace(number=line.number + by)


def _range(stream: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    stream.seek(start)
    while start < end and (block := stream.read(min(_BLOCK, end - start))):
        start += len(block)
        yield block


def _is_input(head: bytes, name: str, settings: ReadSettings) -> bool:
    """Would a file of a folder be read at all, or be left out as one that holds no documents?"""
    if not head or head.startswith(parquet.SIGNATURE):
        return bool(head)
    try:
        encoding = decode.choose(head, name, settings)
    except decode.BinaryInputError:
        from collectlint.readers.xlsx_table import is_workbook

        return is_workbook(head)
    except InputError:
        return True
    text = head[encoding.mark :].decode(encoding.codec, "replace")
    return table.reader_of(text, name, settings, False) is not None


def _parts(stream: BinaryIO, head: bytes, whole: Slice, settings: ReadSettings, most: int) -> list[Slice]:
    if head.startswith(parquet.SIGNATURE):
        return _groups(stream, whole, settings)
    encoding = decode.choose(head, whole.path, settings)
    if encoding.codec.startswith(("utf-16", "utf-32")):
        return []
    text = head[encoding.mark :].decode(encoding.codec, "replace")
    reader = table.reader_of(text, whole.name, settings, whole.named)
    if reader is jsonl:
        one_text, _ = jsonl.looked_at(_lines(stream, encoding, whole, settings))
        if one_text:
            return []
        edges = list(_line_edges(stream, most))
        return _ranges(whole, "lines", edges)
    if reader is csv_table:
        starts = _row_starts(stream, encoding, whole, settings, most)
        places = _places_of(stream, starts)
        if len(places) < 2:
            return []
        (lead, second), *rest = places
        edges = [(lead, second), *rest]
        return [one._replace(lead=lead) for one in _ranges(whole, "table", edges)[1:]]
    return []


def _groups(stream: BinaryIO, whole: Slice, settings: ReadSettings) -> list[Slice]:
    if parquet.is_whole(stream, whole.path, settings):
        return []
    made = []
    first = 1
    counts = parquet.row_counts(stream, whole.path)
    for at, count in enumerate(counts):
        weight = whole.size // len(counts)
        made.append(whole._replace(how="groups", start=at, end=at + 1, first=first, weight=weight))
        first += count
    return made


def _ranges(whole: Slice, how: str, edges: list[tuple[int, int]]) -> list[Slice]:
    """Slices between `edges`, which are (byte, number of the line that begins there)."""
    bounds = [(0, 1), *edges, (whole.size, 0)]
    return [
        whole._replace(how=how, start=start, end=end, first=first, weight=end - start)
        for (start, first), (end, _) in pairwise(bounds)
        if end > start
    ]


def _lines(stream: BinaryIO, encoding: decode.Encoding, whole: Slice, settings: ReadSettings) -> Lines:
    return decode.lines(_range(stream, encoding.mark, whole.size), encoding, whole.path, settings)


def _line_edges(stream: BinaryIO, most: int) -> Iterator[tuple[int, int]]:
    """(byte, line number) of the first line that begins `most` bytes or more after the last edge."""
    stream.seek(0)
    at, line, due = 0, 1, most
    after_cr = False
    while block := stream.read(_BLOCK):
        counted = 0
        while due <= at + len(block):
            found = block.find(b"\n", max(due - at - 1, counted))
            if found < 0:
                break
            line += _breaks(block[counted : found + 1], after_cr)
            counted, after_cr = found + 1, False
            yield at + counted, line
            due = at + counted + most
        line += _breaks(block[counted:], after_cr)
        after_cr = block.endswith(b"\r")
        at += len(block)


def _breaks(block: bytes, after_cr: bool) -> int:
    """Line breaks that end in the block: CR LF, LF or CR; a LF after the CR of the last block is no other."""
    count = block.count(b"\n") + block.count(b"\r") - block.count(b"\r\n")
    return count - (after_cr and block.startswith(b"\n"))


def _row_starts(
    stream: BinaryIO, encoding: decode.Encoding, whole: Slice, settings: ReadSettings, most: int
) -> list[int]:
    """Numbers of the lines at which a table may be cut, that of the first row below the headings first."""
    every = _lines(stream, encoding, whole, settings)
    filled = next((line for line in every if isinstance(line, Line) and line.text.strip()), None)
    if filled is None:
        return []
    delimiter = (
        "\t" if settings.format == "tsv" else csv_table.delimiter_of(filled.text, whole.name, settings)
    )
    cells = rows(chain([filled], every), delimiter, whole.path)
    top = next(cells)
    if not isinstance(top, Row):
        return []

    if is_grouped(header_of([cell.value for cell in top.cells], settings, Place(whole.path))):
        return []
    starts: list[int] = []
    held = 0
    for row in cells:
        if isinstance(row, Row):
            if not starts or held >= most:
                starts.append(row.number)
                held = 0
            held += len(row.raw.encode(encoding.codec, "replace"))
    return starts


def _places_of(stream: BinaryIO, numbers: list[int]) -> list[tuple[int, int]]:
    """(byte, line number) of each of the lines `numbers`, which ascend."""
    wanted = iter(numbers)
    due = next(wanted, 0)
    places = []
    at, line = 0, 1
    stream.seek(0)
    rest = b""
    while due and (block := stream.read(_BLOCK)):
        whole = (rest + block).splitlines(True)
        # The last may go on in the next block, and a final CR may be half of CR LF.
        rest = whole.pop() if not whole[-1].endswith(b"\n") else b""
        for raw in whole:
            if line == due:
                places.append((at, line))
                due = next(wanted, 0)
            at += len(raw)
            line += 1
    if due and line == due:
        places.append((at, line))
    return places
