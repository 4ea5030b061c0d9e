"""XLSX: each sheet a table whose cells are named (`Sheet1!C7`); needs the extra `xlsx`."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from collectlint.errors import InputError, Place
from collectlint.finding import Failure
from collectlint.readers.csv_cells import Cell, Row
from collectlint.readers.csv_header import field_of, header_of
from collectlint.readers.decode import BinaryInputError
from collectlint.readers.settings import Items, ReadSettings, Source
from collectlint.readers.table_rows import documents

SIGNATURE = b"PK\x03\x04"
_TITLES = 10  # rows that may stand above the headings
_MOST_RATIO = 200  # unpacked to packed; real sheets stay below 60
_EXACT = 10**15  # spreadsheets keep 15 digits of a number


def is_workbook(head: bytes) -> bool:
    """Does a file that begins so hold a spreadsheet? A zip names its parts near its beginning."""
    return head.startswith(SIGNATURE) and (b"xl/" in head or b"[Content_Types].xml" in head)


def read(stream: BinaryIO, source: Source, settings: ReadSettings, named: bool) -> Items:
    """Documents of all sheets that have a text column; InputError when the file cannot be used."""
    workbook = open_workbook(stream, source.path, settings)
    faults: list[InputError] = []
    found = False
    for name in workbook.sheet_names:
        try:
            rows = sheet_rows(workbook, name)
            top = header_row(rows, settings)
            if top is None:
                continue
            header = header_of([cell.value for cell in top.cells], settings, Place(source.path))
        except InputError as error:
            faults.append(error)
            continue
        found = True
        below: Iterator[Row | Failure] = (
            row for row in rows if row.number > top.number and any(cell.value.strip() for cell in row.cells)
        )
        yield from documents(below, header, source, settings)
    if not found and named:
        raise (
            faults[0]
            if faults
            else InputError(
                "工作簿里找不到文本列", Place(source.path), "请用列映射指明，如 --column text=列名"
            )
        )


def open_workbook(stream: BinaryIO, path: str, settings: ReadSettings) -> Any:
    """The workbook; InputError without the library, for a zip that swells, and for a broken file."""
    _check_size(stream, path, settings)
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise InputError(
            "读取 xlsx 需要另装 python-calamine", Place(path), 'pip install "collectlint[xlsx]"，或导出为 CSV'
        ) from None
    try:
        return CalamineWorkbook.from_filelike(stream)
    except CalamineError as error:
        raise InputError(
            f"xlsx 文件已损坏（{str(error)[:80]}），可能被截断", Place(path), "请重新导出"
        ) from None


def _check_size(stream: BinaryIO, path: str, settings: ReadSettings) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise InputError("xlsx 文件已损坏，可能被截断", Place(path), "请重新导出或传输该文件") from None
    stream.seek(0)
    if not any(part.filename.startswith("xl/") for part in parts):
        raise BinaryInputError("是 zip，不是 xlsx", Place(path), "请先解压，或导出为 CSV、JSONL")
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if unpacked > settings.max_whole_bytes or (unpacked > 1 << 24 and unpacked > packed * _MOST_RATIO):
        raise InputError("xlsx 解压后过大", Place(path), "请拆分文件，或导出为 CSV")


def sheet_rows(workbook: Any, name: str) -> list[Row]:
    """All rows of a sheet, numbered from 1; every value as text."""
    values: Sequence[Sequence[Any]] = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [
        Row(
            number,
            "",
            [
                Cell(_text(value), 0, 0, False, f"{name}!{_letters(at)}{number}")
                for at, value in enumerate(row)
            ],
        )
        for number, row in enumerate(values, 1)
    ]


def header_row(rows: list[Row], settings: ReadSettings) -> Row | None:
    """The first row of a sheet that names a text column; None when there is none near the top."""
    wanted = {column.strip() for column in settings.columns.values()}
    for row in rows[:_TITLES]:
        names = [cell.value.strip() for cell in row.cells]
        if sum(map(bool, names)) > 1 or wanted.intersection(names):
            known = [field_of(name) for name in names if name]
            if (
                wanted.intersection(names)
                or "text" in known
                or ("started_at" in known and "outcome" in known)
            ):
                return row
    return None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not value.is_integer():
            return repr(value)
        # Beyond 15 digits the rest has been lost: written so that it is known as such.
        return str(int(value)) if abs(value) < _EXACT else f"{value:.9E}"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(value.total_seconds(), 60)
        hours, minutes = divmod(int(minutes), 60)
        return f"{hours}:{minutes:02d}:{seconds:06.3f}"
    if isinstance(value, (date, time)):
        return value.isoformat()
    return "" if value is None else str(value)


def _letters(column: int) -> str:
    """`A` for 0, `AA` for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
