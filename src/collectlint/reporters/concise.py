"""One finding a line, `path:line:col: severity rule message`, as editors and grep read it."""

from __future__ import annotations

from typing import IO, Any

from collectlint.finding import Failure, Finding, Report, Waived
from collectlint.reporters import Media, ReportOptions
from collectlint.reporters.citing import pardon
from collectlint.visible import visible
from collectlint.words import words

MEDIA: Media = "text"


def _place(path: str, line: int, column: int, cell: str, document: str, options: ReportOptions) -> str:
    shown = visible(options.relative(path) or document or "-", options.encoding)
    if shown.lstrip().startswith(":"):
        shown = f"./{shown}"  # a build machine would take `::error` at the start of a line as a command
    if cell:
        return f"{shown}:{visible(cell, options.encoding)}"
    if not line:
        return shown
    return f"{shown}:{line}:{column}" if column else f"{shown}:{line}"


def _finding_line(finding: Finding, options: ReportOptions) -> str:
    place = _place(finding.path, finding.line, finding.column, finding.cell, finding.document, options)
    message = visible(finding.message or finding.title, options.encoding)
    return f"{place}: {finding.severity.label} {visible(finding.rule, options.encoding)} {message}\n"


def _failure_line(failure: Failure, options: ReportOptions) -> str:
    place = _place(failure.path, failure.line, 0, "", "", options)
    remedy = words(options.lang).aside.format(failure.remedy) if failure.remedy else ""
    return f"{place}: failure {visible(failure.reason + remedy, options.encoding)}\n"


def _waived_line(waived: Waived, options: ReportOptions) -> str:
    one = waived.finding
    place = _place(one.path, one.line, one.column, one.cell, one.document, options)
    told = visible(f"{one.rule} {pardon(waived, words(options.lang))}", options.encoding)
    return f"{place}: suppressed {told}\n"


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """Findings, then failures, then what is waived, then, if asked for, what was not evaluated."""
    for finding in report.findings:
        out.write(_finding_line(finding, options))
    for failure in report.failures:
        out.write(_failure_line(failure, options))
    for waived in report.waived:
        out.write(_waived_line(waived, options))
    if options.show_not_evaluated:
        for item in report.not_evaluated:
            origin = report.origins.get(item.document)
            place = _place(
                origin.path if origin else "",
                origin.line if origin else 0,
                origin.column if origin else 0,
                origin.cell if origin else "",
                item.document,
                options,
            )
            told = visible(f"{item.rule} {item.reason}", options.encoding)
            out.write(f"{place}: not-evaluated {told}\n")
