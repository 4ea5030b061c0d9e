"""reviewdog's rdjsonl: one diagnostic a line."""

from __future__ import annotations

from typing import IO, Any

from collectlint.finding import Report
from collectlint.record import to_json
from collectlint.reporters import Media, ReportOptions
from collectlint.reporters.rdjson import SOURCE, diagnostics

MEDIA: Media = "bytes"


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """The diagnostics of rdjson, each with its source."""
    for one in diagnostics(report, options):
        out.write(to_json({**one, "source": SOURCE}).encode() + b"\n")
