"""A table for Excel and WPS: UTF-8 with BOM, CR LF, and no cell that could become a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any

from collectlint.finding import Finding, Report, Waived
from collectlint.lazy import lazily
from collectlint.reporters import Media, ReportOptions
from collectlint.reporters.citing import cited, pardon
from collectlint.visible import visible
from collectlint.words import Words, words

MEDIA: Media = "bytes"

_Cell = str | int | float | None
_NAMES = words("en").header
_LINE_BREAK = lazily(r"\r\n|\n|\r")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\0")


def _line(text: str) -> str:
    """One line of a cell; a build machine that prints the file must not find a command in it."""
    shown = visible(text)
    return shown.replace("::", r"\x3a:", 1) if shown.lstrip().startswith("::") else shown


def safe(value: _Cell) -> str:
    """The cell as text; an apostrophe stops spreadsheets from reading a formula (ASVS 5.0, 1.2.10)."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    shown = "\n".join(_line(line) for line in _LINE_BREAK.split(value))
    begins = value.startswith(_FORMULA) or value.lstrip().startswith(_FORMULA)
    return f"'{shown}" if begins else shown


def _finding_row(finding: Finding, said: Words, options: ReportOptions) -> list[_Cell]:
    return [
        said.kinds["finding"],
        finding.document,
        options.relative(finding.path),
        finding.line or None,
        finding.column or None,
        finding.cell,
        finding.turn,
        finding.at,
        said.speakers.get(finding.speaker or "", finding.speaker),
        said.severities[finding.severity.label],
        finding.rule,
        finding.title,
        " ".join(said.families.get(name, name) for name in finding.families),
        said.confidences.get(finding.confidence, finding.confidence),
        finding.matched,
        finding.excerpt,
        finding.message,
        finding.remedy,
        "\n".join(cited(basis, said) for basis in finding.basis),
        " ".join(finding.via),
        finding.fingerprint,
    ]


def _waived_row(waived: Waived, said: Words, options: ReportOptions) -> list[_Cell]:
    row = _finding_row(waived.finding, said, options)
    row[0], row[_NAMES.index("message")] = said.kinds["waived"], pardon(waived, said)
    return row


def _other_row(kind: str, **cells: str | int | None) -> list[_Cell]:
    return [kind, *(cells.get(name) for name in _NAMES[1:])]


def _rows(report: Report, said: Words, options: ReportOptions) -> Iterator[list[_Cell]]:
    for finding in report.findings:
        yield _finding_row(finding, said, options)
    for item in report.not_evaluated:
        kind = said.kinds["not_evaluated"]
        yield _other_row(kind, document=item.document, rule=item.rule, message=item.reason)
    for waived in report.waived:
        yield _waived_row(waived, said, options)
    for failure in report.failures:
        yield _other_row(
            said.kinds["failure"],
            path=options.relative(failure.path),
            line=failure.line or None,
            message=failure.reason,
            remedy=failure.remedy,
        )


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """Findings, what was not evaluated, what is waived and failures; the first column tells which."""
    import csv

    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    try:
        table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        said = words(options.lang)
        table.writerow(said.header)
        for row in _rows(report, said, options):
            table.writerow([safe(value) for value in row])
    finally:
        text.detach()
