"""GitHub workflow commands: annotations on the lines of a pull request."""

from __future__ import annotations

from typing import IO, Any, NamedTuple

from collectlint.finding import Failure, Finding, Report, Severity
from collectlint.lazy import lazily
from collectlint.record import summary_record
from collectlint.reporters import Media, ReportOptions
from collectlint.visible import visible

MEDIA: Media = "text"

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_LINE_BREAK = lazily(r"\r\n|\n|\r")
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


class Words(NamedTuple):
    """The fixed words in one language."""

    cell: str
    matched: str
    remedy: str
    basis: str
    unreadable: str
    not_evaluated: str
    reasons: str


_ZH = Words("单元格：", "原文：", "建议：", "依据：", "未能读取", "未判定", "{} 项规则未能判定，原因：")
_EN = Words(
    "cell: ",
    "text: ",
    "instead: ",
    "basis: ",
    "could not be read",
    "not evaluated",
    "{} rules could not be evaluated:",
)


def _words(options: ReportOptions) -> Words:
    return _EN if options.lang == "en" else _ZH


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
    words = _words(options)
    basis = "; ".join(f"{item.title} {item.clause}" for item in finding.basis)
    said = [
        ("", finding.message),
        (words.cell, finding.cell),
        (words.matched, finding.matched),
        (words.remedy, finding.remedy),
        (words.basis, basis),
    ]
    lines = [label + text for label, text in said if text]
    return _command(_COMMANDS[finding.severity], properties, lines, options.encoding)


def _failure_command(failure: Failure, options: ReportOptions) -> str:
    properties: dict[str, str | int] = {
        "file": options.relative(failure.path),
        "line": failure.line if failure.path else 0,
    }
    properties["title"] = _words(options).unreadable
    return _command("error", properties, [failure.reason, failure.remedy], options.encoding)


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """Gravest first, because GitHub shows only ten errors and ten warnings of a step."""
    for failure in report.failures:
        out.write(_failure_command(failure, options))
    for finding in sorted(report.findings, key=lambda item: -item.severity):
        out.write(_finding_command(finding, options))
    if options.show_not_evaluated and report.not_evaluated:
        reasons = list(dict.fromkeys(item.reason for item in report.not_evaluated))
        words = _words(options)
        lines = [words.reasons.format(len(report.not_evaluated)), *reasons]
        out.write(_command("notice", {"title": words.not_evaluated}, lines, options.encoding))
    summary = summary_record(report)
    counts = " ".join(
        f"{key}={summary[key]}"
        for key in ("documents", "findings", "not_evaluated", "suppressed", "failures")
    )
    out.write(f"collectlint: {counts}\n")
