"""`check X.xlsx -o xlsx=Y.xlsx`: the workbook with verdict, words, clause and remedy beside each row."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import IO, Any

from collectlint.errors import UsageError
from collectlint.finding import Finding, Report
from collectlint.lazy import lazily
from collectlint.readers.settings import ReadSettings
from collectlint.reporters import Media, ReportOptions

TITLES = ("审核结果", "命中文字", "规则", "说明", "依据", "修改建议")
_CELL = lazily(r"(.*)!([A-Z]+)(\d+)")
_SEVERITIES = {3: "错误", 2: "警告", 1: "提示"}
_TONES = {3: "FFF8CBAD", 2: "FFFFE699", 1: "FFDDEBF7", 0: "FFE2EFDA"}
_WIDTHS = (12, 24, 30, 40, 40, 40)


def workbook_of(paths: Sequence[str]) -> str:
    """The one workbook that was checked; raises UsageError when it was not one."""
    if len(paths) != 1 or not paths[0].lower().endswith((".xlsx", ".xlsm")) or not os.path.isfile(paths[0]):
        raise UsageError(
            "--output xlsx=… 要与一份 xlsx 文件同用",
            remedy="逐份检查；大批结果用 audit，它另写复核表 review.xlsx",
        )
    return paths[0]


class SheetBack:
    """A reporter for the findings of one workbook."""

    MEDIA: Media = "bytes"

    def __init__(self, path: str, settings: ReadSettings) -> None:
        self._path = path
        self._settings = settings

    def write(self, report: Report, out: IO[bytes], options: ReportOptions) -> None:
        """The workbook with six more columns on each sheet that has texts; the rest stays as it is.

        A row that was read and has no finding says 未发现问题, one that could not be read says so.
        """
        book = _opened(self._path)
        found = _by_row(report.findings)
        failed = {failure.line: failure.reason for failure in report.failures}
        for name, header, rows in _texts(self._path, self._settings):
            sheet = book[name]
            first = sheet.max_column + 1
            for column, (title, width) in enumerate(zip(TITLES, _WIDTHS, strict=True), first):
                _head(sheet, header, column, title, width)
            for number in rows:
                own = found.get((name, number), [])
                if own:
                    _answer(sheet, number, first, own)
                elif number in failed:
                    _put(sheet, number, first, ("未能读取", "", "", failed[number], "", ""), 2)
                else:
                    _put(sheet, number, first, ("未发现问题", "", "", "", "", ""), 0)
        book.save(out)


def _opened(path: str) -> Any:
    import zipfile

    try:
        from openpyxl import load_workbook
    except ImportError:
        raise UsageError("写回 xlsx 需要另装 openpyxl", remedy='pip install "collectlint[audit]"') from None
    try:
        return load_workbook(path, keep_vba=path.lower().endswith(".xlsm"))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise UsageError(f"{path} 不能原样写回：{str(error)[:80]}", remedy="另存为新的 .xlsx 再试") from None


def _by_row(findings: Sequence[Finding]) -> dict[tuple[str, int], list[Finding]]:
    found: dict[tuple[str, int], list[Finding]] = {}
    for one in findings:
        place = _CELL.fullmatch(one.cell)
        if place:
            found.setdefault((place[1], int(place[3])), []).append(one)
    return found


def _texts(path: str, settings: ReadSettings) -> list[tuple[str, int, list[int]]]:
    """(sheet, row of its headings, rows that hold something) of each sheet with a text column."""
    from collectlint.readers.files import open_file
    from collectlint.readers.xlsx_table import TITLES, header_row, open_workbook, sheet_rows

    stream, _ = open_file(path)
    with stream:
        workbook = open_workbook(stream, path, settings)
        made = []
        for name in workbook.sheet_names:
            sheet = sheet_rows(workbook, name, path)
            header = header_row(sheet.rows(0, TITLES), settings)
            if header is not None:
                filled = [
                    row.number
                    for row in sheet.rows(header.number)
                    if any(cell.value.strip() for cell in row.cells)
                ]
                made.append((name, header.number, filled))
    return made


def _head(sheet: Any, row: int, column: int, title: str, width: int) -> None:
    from copy import copy

    from openpyxl.utils import get_column_letter

    cell = sheet.cell(row, column, title)
    before = sheet.cell(row, column - 1)
    if before.has_style:  # looks like the sheet's own headings
        cell.font, cell.fill, cell.border = copy(before.font), copy(before.fill), copy(before.border)
        cell.alignment = copy(before.alignment)
    sheet.column_dimensions[get_column_letter(column)].width = width


def _answer(sheet: Any, row: int, first: int, findings: list[Finding]) -> None:
    worst = max(int(one.severity) for one in findings)
    basis = dict.fromkeys(f"{each.title} {each.clause}" for one in findings for each in one.basis)
    values = (
        _SEVERITIES[worst],
        "；".join(dict.fromkeys(one.matched for one in findings)),
        "\n".join(dict.fromkeys(one.rule for one in findings)),
        "\n".join(dict.fromkeys(one.message for one in findings)),
        "\n".join(basis),
        "\n".join(dict.fromkeys(one.remedy for one in findings if one.remedy)),
    )
    _put(sheet, row, first, values, worst)


def _put(sheet: Any, row: int, first: int, values: tuple[str, ...], tone: int) -> None:
    from openpyxl.styles import Alignment, PatternFill

    from collectlint.audit.review_sheet import cell_text

    for column, value in enumerate(values, first):
        cell = sheet.cell(row, column)
        cell.value = cell_text(value)
        cell.data_type = "s"  # never a formula
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.cell(row, first).fill = PatternFill("solid", fgColor=_TONES[tone])
