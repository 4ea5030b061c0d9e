"""GitHub workflow commands: annotations on the lines of a pull request."""

from __future__ import annotations

from typing import IO, Any

from collectlint.finding import Failure, Finding, Report, Severity
from collectlint.lazy import lazily
from collectlint.record import summary_record
from collectlint.reporters import Media, ReportOptions
from collectlint.reporters.citing import cited
from collectlint.visible import visible
from collectlint.words import words as words_in

MEDIA: Media = "text"

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_LINE_BREAK = lazily(r"\r\n|\n|\r")
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def _command(name: str, properties: dict[str, str | int], lines: list[str], encoding: str) -> str:
    """`::name key=value,...::data`; the lines of the data are joined by an escaped line feed."""
    stated = ",".join(
        f"{key}={visible(str(value), encoding).translate(_PROPERTY)}"
        for key, value in properties.items()
        if value != "" and value != 0
    )
    parts = [part for line in lines if line for part in _LINE_BREAK.split(line)]
    data = "\n".join(visible(part, encoding) for part in parts).translate(_DATA)
    return f"::{name} {stated}::{data}\n" if stated else f"::{name}::{data}\n"


def _finding_command(finding: Finding, options: ReportOptions) -> str:
    properties: dict[str, str | int] = {"file": options.relative(finding.path)}
    if finding.path and finding.line:
        end_line = finding.end_line or finding.line
        properties |= {"line": finding.line, "endLine": end_line}
        if end_line == finding.line:  # columns are refused for annotations of several lines
            properties |= {"col": finding.column, "endColumn": finding.end_column}
    properties["title"] = " ".join(part for part in (finding.rule, finding.title) if part)
    words = words_in(options.lang)
    basis = "; ".join(cited(item, words) for item in finding.basis)
    said = [
        ("", finding.message),
        (words.cell, finding.cell),
        (words.matched, finding.matched),
        (words.remedy, finding.remedy),
        (words.basis, basis),
    ]
    lines = [f"{label}{words.colon}{text}" if label else text for label, text in said if text]
    return _command(_COMMANDS[finding.severity], properties, lines, options.encoding)


def _failure_command(failure: Failure, options: ReportOptions) -> str:
    properties: dict[str, str | int] = {
        "file": options.relative(failure.path),
        "line": failure.line if failure.path else 0,
    }
    properties["title"] = words_in(options.lang).failures
    return _command("error", properties, [failure.reason, failure.remedy], options.encoding)


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """Gravest first, because GitHub shows only ten errors and ten warnings of a step."""
    for failure in report.failures:
        out.write(_failure_command(failure, options))
    for finding in sorted(report.findings, key=lambda item: -item.severity):
        out.write(_finding_command(finding, options))
    if options.show_not_evaluated and report.not_evaluated:
        reasons = list(dict.fromkeys(item.reason for item in report.not_evaluated))
        words = words_in(options.lang)
        lines = [words.rules_without.format(len(report.not_evaluated)), *reasons]
        out.write(_command("notice", {"title": words.not_evaluated}, lines, options.encoding))
    summary = summary_record(report)
    counts = " ".join(
        f"{key}={summary[key]}"
        for key in ("documents", "findings", "not_evaluated", "suppressed", "failures")
    )
    out.write(f"collectlint: {counts}\n")
