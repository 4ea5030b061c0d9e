"""Delimited lines -> rows of cells whose exact place in the file stays known (RFC 4180).

Written out rather than taken from the csv module: that one forgets where a cell stood, and an
open quote swallows the rest of the file.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from collectlint.document import Origin
from collectlint.finding import Failure
from collectlint.lazy import lazily
from collectlint.readers.settings import Line, Lines

_QUOTED = lazily(r'"[^"]*+(?:""[^"]*+)*+"')
_MOST_LINES = 1000  # physical lines of one row; an open quote is given up after them
_MOST_CHARS = 1_000_000


class Cell(NamedTuple):
    """A cell: its value, and the span of what is written for it in the raw row, quotes included.

    `name` is that of a spreadsheet's cell (`Sheet1!C7`), which has no span.
    """

    value: str
    start: int
    end: int
    doubled: bool = False
    name: str = ""


class Row(NamedTuple):
    """A row that begins on physical line `number`."""

    number: int
    raw: str
    cells: list[Cell]


class _DoubledQuotes(NamedTuple):
    """Places an offset of a quoted cell's value, each `""` of which is one character."""

    raw: str
    start: int
    line: int

    def __call__(self, offset: int, closing: bool = False) -> tuple[int, int]:
        at = self.start + 1
        while offset:
            pair = self.raw.find('""', at)
            if pair < 0 or pair - at >= offset:
                at += offset
                break
            offset -= pair - at + 1
            at = pair + 2
        return _line_and_column(self.raw, at, self.line)


def origin_of(row: Row, cell: Cell, path: str) -> Origin:
    """Where the value of a cell begins; exact for quoted cells with line breaks and doubled quotes too."""
    if cell.name:
        return Origin(path, 0, 0, cell.name)
    if cell.doubled:
        line, column = _line_and_column(row.raw, cell.start + 1, row.number)
        exact = _DoubledQuotes(row.raw, cell.start, row.number)
        return Origin(path, line, column, "", exact)
    quoted = row.raw.startswith('"', cell.start) and cell.end > cell.start
    line, column = _line_and_column(row.raw, cell.start + quoted, row.number)
    return Origin(path, line, column)


def _line_and_column(raw: str, at: int, line: int) -> tuple[int, int]:
    before = raw[:at].replace("\r\n", "\n").replace("\r", "\n")
    return line + before.count("\n"), len(before) - before.rfind("\n")


def rows(lines: Lines, delimiter: str, path: str, most_columns: int = 16_384) -> Iterator[Row | Failure]:
    """Rows in file order; a row with a broken quote is one Failure and the next line starts a new row."""
    waiting: deque[Line | Failure] = deque()
    while True:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            return
        if isinstance(line, Failure):
            yield line
            continue
        if not line.text or line.text.isspace():
            continue
        if line.text.count(delimiter) >= most_columns:
            yield Failure(path, line.number, "这一行的列过多，未检查", "请检查分隔符，或调高 max_columns")
            continue
        if '"' not in line.text:
            yield Row(line.number, line.text, _plain_cells(line.text, delimiter))
            continue
        yield _quoted_row(line, waiting, lines, delimiter, path)


def _plain_cells(raw: str, delimiter: str) -> list[Cell]:
    values = raw.split(delimiter)
    ends = list(accumulate((len(value) + 1 for value in values), initial=0))
    return [Cell(value, start, start + len(value)) for value, start in zip(values, ends, strict=False)]


def _quoted_row(
    first: Line, waiting: deque[Line | Failure], lines: Lines, delimiter: str, path: str
) -> Row | Failure:
    taken: list[Line] = []
    raw = first.text
    ending = first.ending
    while True:
        cells = split(raw, delimiter)
        if isinstance(cells, list):
            return Row(first.number, raw, cells)
        if cells == "broken":
            reason = "这一行的引号有误（引号后还有文字）"
            break
        reason = "这一行的引号没有结束"
        more = ""
        closed = False
        while not closed and len(taken) < _MOST_LINES and len(raw) + len(more) < _MOST_CHARS:
            following = waiting.popleft() if waiting else next(lines, None)
            if not isinstance(following, Line):
                if following is not None:
                    waiting.appendleft(following)
                break
            taken.append(following)
            more += ending + following.text
            ending = following.ending
            closed = '"' in following.text
        if not closed:
            break
        raw += more
    waiting.extendleft(reversed(taken))
    return Failure(path, first.number, reason, '单元格内的引号须写成两个 ""，且首尾成对')


def split(raw: str, delimiter: str) -> list[Cell] | str:
    """Cells of one row; "open" when a quote is still open at the end, "broken" when text follows one."""
    cells: list[Cell] = []
    at = 0
    while True:
        if raw.startswith('"', at):
            match = _QUOTED.match(raw, at)
            if match is None:
                return "open"
            end = match.end()
            if end < len(raw) and raw[end] != delimiter:
                return "broken"
            inner = raw[at + 1 : end - 1]
            doubled = '""' in inner
            cells.append(Cell(inner.replace('""', '"') if doubled else inner, at, end, doubled))
        else:
            end = raw.find(delimiter, at)
            end = len(raw) if end < 0 else end
            cells.append(Cell(raw[at:end], at, end))
        if end >= len(raw):
            return cells
        at = end + 1
