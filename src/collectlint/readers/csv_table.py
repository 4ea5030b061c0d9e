"""CSV and TSV: which delimiter, which columns; what the rows mean is `table_rows`."""

from __future__ import annotations

import re
from itertools import chain

from collectlint.errors import InputError, Place
from collectlint.finding import Failure
from collectlint.readers.csv_cells import rows, split
from collectlint.readers.csv_header import field_of, header_of, is_record
from collectlint.readers.settings import NAMED, SURE, Items, Lines, ReadSettings, Source
from collectlint.readers.table_rows import documents

_DELIMITERS = (",", "\t", ";", "|")


def sniff(head: str, name: str) -> int:
    """Sure of a first row with two cells or more of which one names a text column."""
    first = _first_line(head)
    if not first.lstrip().startswith("|"):
        for delimiter in _DELIMITERS:
            cells = first.split(delimiter)
            if len(cells) > 1:
                fields = {field_of(cell) for cell in cells}
                if "text" in fields or is_record(fields):
                    return SURE
    return NAMED if name.lower().endswith((".csv", ".tsv")) else 0


def read(lines: Lines, source: Source, settings: ReadSettings) -> Items:
    """Documents of a table; InputError when no column holds text or a mapped column is missing."""
    first = None
    for line in lines:
        if isinstance(line, Failure):
            yield line
            raise InputError("表头无法读取", Place(source.path, line.line), "请以正确编码重新导出")
        if line.text and not line.text.isspace():
            first = line
            break
    if first is None:
        return
    delimiter = "\t" if settings.format == "tsv" else delimiter_of(first.text, source.name, settings)
    table = rows(chain([first], lines), delimiter, source.path, settings.max_columns)
    top = next(table)
    if isinstance(top, Failure):
        raise InputError(top.reason, Place(source.path, top.line), top.remedy)
    header = header_of([cell.value for cell in top.cells], settings, Place(source.path, top.number))
    yield from documents(table, header, source, settings)


def _first_line(head: str) -> str:
    return next((line for line in re.split(r"\r\n|\n|\r", head) if line.strip()), "")


def delimiter_of(first: str, name: str, settings: ReadSettings) -> str:
    """The delimiter that shows most known columns, then most columns."""
    wanted = {column.strip() for column in settings.columns.values()}

    def worth(delimiter: str) -> tuple[int, int]:
        cells = split(first, delimiter)
        names = [cell.value for cell in cells] if isinstance(cells, list) else first.split(delimiter)
        known = sum(field_of(each) != "" or each.strip() in wanted for each in names)
        return known, len(names)

    preferred = (
        sorted(_DELIMITERS, key=lambda each: each != "\t") if name.lower().endswith(".tsv") else _DELIMITERS
    )
    return max(preferred, key=worth)
