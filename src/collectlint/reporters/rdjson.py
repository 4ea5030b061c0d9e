"""reviewdog's rdjson: comments on the lines of a change, on any code host.

Its columns count UTF-8 bytes of the line, which a report on masked words no longer knows; so places are
whole lines, and the message quotes the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from collectlint.finding import Report, Severity
from collectlint.record import to_json
from collectlint.reporters import Media, ReportOptions
from collectlint.reporters.saying import UNREADABLE, lines_of, unread
from collectlint.visible import visible

MEDIA: Media = "bytes"

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}
SOURCE = {"name": "collectlint"}


def _location(path: str, line: int, end_line: int, options: ReportOptions) -> dict[str, Any]:
    shown = options.relative(path) or "stdin"
    if not shown.replace("\ufeff", "").strip():
        shown = ascii(shown)[1:-1]  # readers of the format take a name of blanks for none
    location: dict[str, Any] = {"path": shown}
    if line > 0:
        location["range"] = {"start": {"line": line}, "end": {"line": max(end_line, line)}}
    return location


def diagnostics(report: Report, options: ReportOptions) -> Iterator[dict[str, Any]]:
    """Findings, then failures, in the form that rdjson and rdjsonl share."""
    for one in report.findings:
        yield {
            "message": "\n".join(visible(line) for line in lines_of(one, options.lang)),
            "location": _location(one.path, one.line, one.end_line, options),
            "severity": _SEVERITIES[one.severity],
            "code": {"value": one.rule},
        }
    for failure in report.failures:
        yield {
            "message": "\n".join(
                visible(line) for line in (unread(failure, options.lang), failure.remedy) if line
            ),
            "location": _location(failure.path, failure.line, failure.line, options),
            "severity": "ERROR",
            "code": {"value": UNREADABLE},
        }


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """One diagnostic a line; reviewdog refuses unknown keys, so there are no counts."""
    lines = ",\n".join(to_json(one) for one in diagnostics(report, options))
    out.write(f'{{"source": {to_json(SOURCE)},\n"diagnostics": [\n{lines}\n]}}\n'.encode())
