"""A table for Excel and WPS: UTF-8 with BOM, CR LF, and no cell that could become a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any

from collectlint.finding import Failure, Finding, NotEvaluated, Report, Waived
from collectlint.lazy import lazily
from collectlint.reporters import Media, ReportOptions
from collectlint.visible import visible

MEDIA: Media = "bytes"

_Cell = str | int | float | None
_HEADER = {
    "zh": "类型 文档 路径 行 列 单元格 轮次 秒 说话人 严重程度 规则 名称 类别 可信度 命中 原文"
    " 说明 建议 依据 识别方式 指纹",
    "en": "type document path line column cell turn seconds speaker severity rule title families"
    " confidence matched excerpt message remedy basis via fingerprint",
}
_LINE_BREAK = lazily(r"\r\n|\n|\r")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\0")


def _line(text: str) -> str:
    """One line of a cell; a build machine that prints the file must not find a command in it."""
    shown = visible(text)
    return shown.replace("::", r"\x3a:", 1) if shown.lstrip().startswith("::") else shown


def _safe(value: _Cell) -> str:
    """The cell as text; an apostrophe stops spreadsheets from reading a formula (ASVS 5.0, 1.2.10)."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    shown = "\n".join(_line(line) for line in _LINE_BREAK.split(value))
    return f"'{shown}" if value.lstrip(" \u3000").startswith(_FORMULA) else shown


def _finding_row(finding: Finding, options: ReportOptions) -> list[_Cell]:
    return [
        "finding",
        finding.document,
        options.relative(finding.path),
        finding.line or None,
        finding.column or None,
        finding.cell,
        finding.turn,
        finding.at,
        finding.speaker,
        finding.severity.label,
        finding.rule,
        finding.title,
        " ".join(finding.families),
        finding.confidence,
        finding.matched,
        finding.excerpt,
        finding.message,
        finding.remedy,
        "\n".join(f"{basis.title} {basis.clause} [{basis.verified}]" for basis in finding.basis),
        " ".join(finding.via),
        finding.fingerprint,
    ]


def _waived_row(waived: Waived, options: ReportOptions) -> list[_Cell]:
    row = _finding_row(waived.finding, options)
    until = f" until {waived.until}" if waived.until else ""
    names = _HEADER["en"].split()
    row[0], row[names.index("message")] = "waived", f"{waived.reason}{until}"
    return row


def _other_row(kind: str, **cells: str | int | None) -> list[_Cell]:
    return [kind, *(cells.get(name) for name in _HEADER["en"].split()[1:])]


def _not_evaluated_row(item: NotEvaluated) -> list[_Cell]:
    return _other_row("not_evaluated", document=item.document, rule=item.rule, message=item.reason)


def _failure_row(failure: Failure, options: ReportOptions) -> list[_Cell]:
    return _other_row(
        "failure",
        path=options.relative(failure.path),
        line=failure.line or None,
        message=failure.reason,
        remedy=failure.remedy,
    )


def _rows(report: Report, options: ReportOptions) -> Iterator[list[_Cell]]:
    for finding in report.findings:
        yield _finding_row(finding, options)
    for item in report.not_evaluated:
        yield _not_evaluated_row(item)
    for waived in report.waived:
        yield _waived_row(waived, options)
    for failure in report.failures:
        yield _failure_row(failure, options)


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """Findings, what was not evaluated, what is waived and failures; the first column tells which."""
    import csv

    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    try:
        table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        table.writerow(_HEADER.get(options.lang, _HEADER["zh"]).split())
        for row in _rows(report, options):
            table.writerow([_safe(value) for value in row])
    finally:
        text.detach()
