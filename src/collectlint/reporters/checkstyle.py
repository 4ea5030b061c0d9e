"""Checkstyle XML, which Jenkins, reviewdog and many code hosts read."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import IO, Any

from collectlint.finding import Finding, Report
from collectlint.record import summary_record
from collectlint.reporters import Media, ReportOptions
from collectlint.reporters.saying import UNREADABLE, lines_of, unread
from collectlint.reporters.xml_text import sound, write_tree

MEDIA: Media = "bytes"

_VERSION = "8.0"  # of the form; newer readers take it


def _attributes(finding: Finding, lang: str) -> dict[str, str]:
    place = {"line": str(max(finding.line, 1))}
    if finding.line and finding.column:
        place["column"] = str(finding.column)
    return {
        **place,
        "severity": finding.severity.label,
        "message": " ".join(sound(line) for line in lines_of(finding, lang)),
        "source": f"collectlint.{sound(finding.rule).replace('/', '.')}",
    }


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """An element for each file in order of appearance; the counts stand in a comment."""
    root = ET.Element("checkstyle", version=_VERSION)
    counts = summary_record(report)
    names = ("documents", "findings", "not_evaluated", "suppressed", "failures")
    root.append(ET.Comment(" " + " ".join(f"{name}={counts[name]}" for name in names) + " "))
    files: dict[str, ET.Element] = {}

    def file_of(path: str) -> ET.Element:
        name = sound(options.relative(path)) or "stdin"
        if name not in files:
            files[name] = ET.SubElement(root, "file", name=name)
        return files[name]

    for finding in report.findings:
        ET.SubElement(file_of(finding.path), "error", _attributes(finding, options.lang))
    for failure in report.failures:
        said = sound(f"{unread(failure, options.lang)} {failure.remedy}".rstrip())
        attributes = {"line": str(max(failure.line, 1)), "severity": "error", "message": said}
        attributes["source"] = f"collectlint.{UNREADABLE}"
        ET.SubElement(file_of(failure.path), "error", attributes)
    write_tree(root, out)
