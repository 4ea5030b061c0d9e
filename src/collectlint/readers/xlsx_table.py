"""XLSX: each sheet a table whose cells are named (`Sheet1!C7`); needs the extra `xlsx`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

from collectlint.errors import InputError, Place
from collectlint.finding import Failure
from collectlint.readers.csv_cells import Cell, Row
from collectlint.readers.csv_header import field_of, header_of
from collectlint.readers.settings import Items, ReadSettings, Source
from collectlint.readers.table_rows import documents
from collectlint.readers.workbook_limits import check_size

SIGNATURE = b"PK\x03\x04"
TITLES = 10  # rows that may stand above the headings
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
            sheet = sheet_rows(workbook, name, source.path)
            top = header_row(sheet.rows(0, TITLES), settings)
            if top is None:
                continue
            header = header_of([cell.value for cell in top.cells], settings, Place(source.path))
        except InputError as error:
            faults.append(error)
            continue
        found = True
        below: Iterator[Row | Failure] = (
            row for row in sheet.rows(top.number) if any(cell.value.strip() for cell in row.cells)
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
    check_size(stream, path, settings)
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


def sheet_rows(workbook: Any, name: str, path: str) -> Sheet:
    """The rows of a sheet; InputError for a broken one."""
    try:
        return Sheet(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
    except Exception as error:
        if type(error).__module__ != "python_calamine":
            raise
        raise InputError(
            f"xlsx 的表「{name}」已损坏（{str(error)[:80]}）", Place(path), "请重新导出"
        ) from None


class Sheet(NamedTuple):
    """The values of a sheet; its rows are numbered from 1, every value as text, made when asked for."""

    name: str
    values: Sequence[Sequence[Any]]

    def rows(self, first: int = 0, last: int | None = None) -> Iterator[Row]:
        """The rows from index `first` up to `last`."""
        for number, row in enumerate(islice(self.values, first, last), first + 1):
            cells = [
                Cell(_text(value), 0, 0, False, f"{self.name}!{_letters(at)}{number}")
                for at, value in enumerate(row)
            ]
            yield Row(number, "", cells)


def header_row(rows: Iterable[Row], settings: ReadSettings) -> Row | None:
    """The first row of a sheet that names a text column; None when there is none near the top."""
    wanted = {column.strip() for column in settings.columns.values()}
    for row in rows:
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
