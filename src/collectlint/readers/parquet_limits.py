"""How much the pages of a Parquet file unpack to, before a library makes room for them.

A page of a few hundred bytes may unpack to two gigabytes, all of it one cell. What the footer tells of
sizes may be wrong; the header before each page is what the library itself goes by, so it is read here,
without the page. Form: Apache parquet-format, `PageHeader` in the compact protocol of Thrift.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from collectlint.errors import InputError, Place
from collectlint.readers.settings import ReadSettings

_REPEATING = 1 << 24  # bytes of a page whose values may stand for many cells each
_DICTIONARY_PAGE = 2
_DELTA_BYTE_ARRAY = 7  # a value may be one of the page's own beginnings
_MOST_DEPTH = 8
_VALUES, _ENCODING, _ENCODING_2 = 1, 2, 4  # fields of the headers of data pages, the last of version 2

Header = dict[int, Any]


class _HeaderError(Exception):
    """No header of a page."""


def check_pages(
    stream: BinaryIO, metadata: Any, groups: Iterable[int], path: str, settings: ReadSettings
) -> None:
    """Raises InputError for a page of these row groups beyond the limits, or without a header."""
    for group in groups:
        row_group = metadata.row_group(group)
        for column in range(row_group.num_columns):
            try:
                _check_chunk(stream, row_group.column(column), path, settings)
            except (_HeaderError, OSError, ValueError):
                raise InputError("Parquet 文件已损坏（页头有误）", Place(path), "请重新导出") from None


def _check_chunk(stream: BinaryIO, chunk: Any, path: str, settings: ReadSettings) -> None:
    starts = [chunk.data_page_offset]
    if chunk.has_dictionary_page and chunk.dictionary_page_offset:
        starts.append(chunk.dictionary_page_offset)
    at = min(starts)
    end = at + chunk.total_compressed_size
    left = chunk.num_values
    while left > 0 and at < end:
        stream.seek(at)
        header = _struct(stream, 0)
        unpacked, packed = header.get(2, -1), header.get(3, -1)
        if unpacked < 0 or packed < 0:
            raise _HeaderError
        data = header.get(5) or {}
        later = header.get(8) or {}
        encoding = data.get(_ENCODING, later.get(_ENCODING_2))
        repeats = header.get(1) == _DICTIONARY_PAGE or encoding == _DELTA_BYTE_ARRAY
        if unpacked > (
            min(_REPEATING, settings.max_unpacked_bytes) if repeats else settings.max_unpacked_bytes
        ):
            raise InputError("Parquet 解压后过大", Place(path), "请拆分过长的单元格，或导出为 CSV")
        left -= data.get(_VALUES, later.get(_VALUES, 0))
        at = stream.tell() + packed


def _struct(stream: BinaryIO, depth: int) -> Header:
    """Fields by number: integers and structures; of all others None."""
    if depth > _MOST_DEPTH:
        raise _HeaderError
    fields: Header = {}
    number = 0
    while kind := _byte(stream):
        step = kind >> 4
        number = number + step if step else _integer(stream)
        fields[number] = _value(stream, kind & 15, depth)
    return fields


def _value(stream: BinaryIO, kind: int, depth: int) -> Any:
    if kind in (1, 2):
        return None
    if kind == 3:
        return _byte(stream)
    if kind in (4, 5, 6):
        return _integer(stream)
    if kind == 8:
        stream.seek(_natural(stream), 1)
        return None
    if kind == 12:
        return _struct(stream, depth + 1)
    raise _HeaderError  # no header of a page holds lists, maps or fractions


def _integer(stream: BinaryIO) -> int:
    number = _natural(stream)
    return number >> 1 ^ -(number & 1)


def _natural(stream: BinaryIO) -> int:
    number = 0
    for shift in range(0, 70, 7):
        byte = _byte(stream)
        number |= (byte & 127) << shift
        if byte < 128:
            return number
    raise _HeaderError


def _byte(stream: BinaryIO) -> int:
    read = stream.read(1)
    if not read:
        raise _HeaderError
    return read[0]
