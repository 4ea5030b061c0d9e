"""The whole report as one JSON object, UTF-8; one finding a line, so that it can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from collectlint.finding import Report
from collectlint.record import (
    VERSION,
    failure_record,
    finding_record,
    not_evaluated_record,
    scores_record,
    summary_record,
    to_json,
    tool_version,
    waived_record,
)
from collectlint.reporters import Media, ReportOptions

MEDIA: Media = "bytes"


def _write_list(out: IO[Any], key: str, records: Iterable[dict[str, Any]]) -> None:
    out.write(f',\n"{key}": ['.encode())
    for number, record in enumerate(records):
        out.write((",\n " if number else "\n ").encode())
        out.write(to_json(record).encode())
    out.write(b"]")


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """Keys always in the same order; `version` is that of the form, not of the program."""
    tool = {"name": "collectlint", "version": tool_version(report)}
    out.write(f'{{"version": {VERSION},\n"tool": {to_json(tool)}'.encode())
    out.write(f',\n"manifest": {to_json(report.manifest)}'.encode())
    out.write(f',\n"summary": {to_json(summary_record(report))}'.encode())
    _write_list(out, "findings", map(finding_record, report.findings))
    _write_list(out, "not_evaluated", map(not_evaluated_record, report.not_evaluated))
    _write_list(out, "failures", map(failure_record, report.failures))
    _write_list(out, "waived", map(waived_record, report.waived))
    if report.scores is not None:
        out.write(f',\n"scores": {to_json(scores_record(report.scores))}'.encode())
    out.write(b"}\n")
