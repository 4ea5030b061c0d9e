"""One JSON object a line, UTF-8; `type` is finding, not_evaluated, failure, waived or, last, summary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from collectlint.finding import Report
from collectlint.record import (
    failure_record,
    finding_record,
    not_evaluated_record,
    summary_record,
    to_json,
    waived_record,
)
from collectlint.reporters import Media, ReportOptions

MEDIA: Media = "bytes"


def _lines(report: Report) -> Iterator[dict[str, Any]]:
    for finding in report.findings:
        yield {"type": "finding", **finding_record(finding)}
    for item in report.not_evaluated:
        yield {"type": "not_evaluated", **not_evaluated_record(item)}
    for failure in report.failures:
        yield {"type": "failure", **failure_record(failure)}
    for waived in report.waived:
        yield {"type": "waived", **waived_record(waived)}
    yield {"type": "summary", **summary_record(report)}


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """Ends with the summary line; a file without it was cut short."""
    for record in _lines(report):
        out.write(to_json(record).encode() + b"\n")
