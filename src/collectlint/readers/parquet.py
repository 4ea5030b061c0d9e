"""Parquet: a message or a call a row; needs the extra `parquet`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from collectlint.document import Document, Origin
from collectlint.errors import InputError, Place
from collectlint.finding import Failure
from collectlint.readers import jsonl
from collectlint.readers.csv_cells import Cell, Row
from collectlint.readers.csv_header import Header, header_of
from collectlint.readers.parquet_limits import check_pages
from collectlint.readers.settings import Items, ReadSettings, Source
from collectlint.readers.table_rows import documents, is_grouped

SIGNATURE = b"PAR1"
_BATCH = 16  # rows held at once: the longest text of a page may stand in each of them; 1,000 are no quicker


def read(
    stream: BinaryIO,
    source: Source,
    settings: ReadSettings,
    groups: Sequence[int] | None = None,
    first_row: int = 1,
) -> Items:
    """Documents of all row groups, or of some; rows are named `row 17`, counted from 1 over the file."""
    columns = names(stream, source.path)
    numbered = enumerate(rows(stream, source.path, settings, groups), first_row)
    if _is_nested(columns, settings):
        yield from _nested(numbered, source, settings)
        return
    header = header_of(columns, settings, Place(source.path))
    table: Iterator[Row | Failure] = (_row(number, row, columns) for number, row in numbered)
    yield from documents(table, header, source, settings)


def is_whole(stream: BinaryIO, path: str, settings: ReadSettings) -> bool:
    """Do several rows make one document, so that row groups cannot be read apart?"""
    columns = names(stream, path)
    return not _is_nested(columns, settings) and is_grouped(_header(columns, settings, path))


def row_counts(stream: BinaryIO, path: str) -> list[int]:
    """Rows of each row group."""
    metadata = _opened(stream, path).metadata
    return [metadata.row_group(at).num_rows for at in range(metadata.num_row_groups)]


def names(stream: BinaryIO, path: str) -> list[str]:
    """The columns' names."""
    return list(_opened(stream, path).schema_arrow.names)


def rows(
    stream: BinaryIO, path: str, settings: ReadSettings, groups: Sequence[int] | None = None
) -> Iterator[dict[str, Any]]:
    """Rows as mappings; InputError without the library, for a broken file and for one beyond the limits."""
    opened = _opened(stream, path)
    metadata = opened.metadata
    check_pages(
        stream, metadata, range(metadata.num_row_groups) if groups is None else groups, path, settings
    )
    try:
        for batch in opened.iter_batches(_BATCH, row_groups=groups):
            yield from batch.to_pylist()
    except _errors() as error:
        raise _broken(path, error) from None


def text_of(value: Any) -> str:
    """A value as a cell of a table has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, list):
        return "；".join(map(text_of, value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _header(columns: list[str], settings: ReadSettings, path: str) -> Header:
    return header_of(columns, settings, Place(path))


def _is_nested(columns: list[str], settings: ReadSettings) -> bool:
    return settings.columns.get("turns", "turns") in columns


def _nested(numbered: Iterator[tuple[int, dict[str, Any]]], source: Source, settings: ReadSettings) -> Items:
    """Rows that are native documents with a list of turns."""
    for number, row in numbered:
        name = f"row {number}"
        raw = json.dumps({key: value for key, value in row.items() if value is not None}, default=text_of)
        try:
            document = jsonl.parse(raw, number, 1, source, settings, f"{source.name}:{number}")
        except InputError as error:
            yield Failure(source.path, number, error.message, error.remedy)
        else:
            yield placed(document, source.path, name)


def placed(document: Document, path: str, name: str) -> Document:
    """The document with the name of its row in place of lines and columns."""
    turns = tuple(
        turn._replace(origin=Origin(path, 0, 0, f"{name} turns[{which}]"))
        for which, turn in enumerate(document.turns)
    )
    return document._replace(turns=turns, origin=Origin(path, 0, 0, name))


def _row(number: int, row: dict[str, Any], columns: list[str]) -> Row:
    return Row(number, "", [Cell(text_of(row.get(name)), 0, 0, False, f"row {number}") for name in columns])


def _opened(stream: BinaryIO, path: str) -> Any:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError(
            "读取 Parquet 需要另装 pyarrow", Place(path), 'pip install "collectlint[parquet]"，或改用 CSV'
        ) from None
    stream.seek(0)
    try:
        return ParquetFile(stream)
    except _errors() as error:
        raise _broken(path, error) from None


def _errors() -> tuple[type[Exception], ...]:
    from pyarrow import ArrowException

    return ArrowException, OSError, ValueError


def _broken(path: str, error: Exception) -> InputError:
    return InputError(f"Parquet 文件已损坏（{str(error)[:80]}）", Place(path), "请重新导出")
