"""GitLab Code Quality: a JSON array for the widget of a merge request."""

from __future__ import annotations

from typing import IO, Any

from collectlint.finding import Failure, Finding, Report, Severity
from collectlint.record import to_json
from collectlint.reporters import Media, ReportOptions
from collectlint.reporters.saying import UNREADABLE, digest, lines_of, unique_prints, unread
from collectlint.visible import visible

MEDIA: Media = "bytes"

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def _path(path: str, options: ReportOptions) -> str:
    return options.relative(path) or "stdin"


def _finding_entry(finding: Finding, print_: str, options: ReportOptions) -> dict[str, Any]:
    begin = max(finding.line, 1)
    return {
        "description": visible(" ".join(lines_of(finding, options.lang))),
        "check_name": finding.rule,
        "fingerprint": print_,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": _path(finding.path, options),
            "lines": {"begin": begin, "end": max(finding.end_line, begin)},
        },
    }


def _failure_entry(failure: Failure, options: ReportOptions) -> dict[str, Any]:
    path = _path(failure.path, options)
    said = f"{unread(failure, options.lang)} {failure.remedy}".rstrip()
    return {
        "description": visible(said),
        "check_name": UNREADABLE,
        "fingerprint": digest(f"{UNREADABLE}\0{path}\0{failure.line}\0{failure.reason}"),
        "severity": "major",
        "location": {"path": path, "lines": {"begin": max(failure.line, 1)}},
    }


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """One entry a line, no byte order mark; the format has no room for counts of what is waived."""
    prints = unique_prints((one, _path(one.path, options)) for one in report.findings)
    entries = [
        _finding_entry(one, print_, options) for one, print_ in zip(report.findings, prints, strict=True)
    ]
    entries += [_failure_entry(failure, options) for failure in dict.fromkeys(report.failures)]
    lines = ",\n".join(to_json(entry) for entry in entries)
    out.write(f"[\n{lines}\n]\n".encode() if lines else b"[]\n")
