"""JUnit XML: each finding a failed test, what is waived a skipped one, a suite for each file."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import IO, Any

from collectlint.finding import Finding, Report
from collectlint.record import summary_record
from collectlint.reporters import Media, ReportOptions
from collectlint.reporters.citing import pardon
from collectlint.reporters.saying import UNREADABLE, lines_of, unread
from collectlint.reporters.xml_text import sound, sound_lines, write_tree
from collectlint.words import words

MEDIA: Media = "bytes"

_KINDS = {"failure": "failures", "error": "errors", "skipped": "skipped"}


class _Suites:
    """The suites of a report; test names are made unique, for GitLab shows only the first of equal ones."""

    def __init__(self, root: ET.Element, options: ReportOptions) -> None:
        self._root = root
        self._options = options
        self._suites: dict[str, ET.Element] = {}
        self._names: dict[tuple[str, str], int] = {}

    def add(self, path: str, name: str, line: int = 0) -> ET.Element:
        shown = sound(self._options.relative(path)) or "stdin"
        if shown not in self._suites:
            self._suites[shown] = ET.SubElement(self._root, "testsuite", name=shown)
        key = (shown, name)
        self._names[key] = self._names.get(key, 0) + 1
        if self._names[key] > 1:
            name = f"{name}#{self._names[key]}"
        place = {"file": shown, "line": str(line)} if line else {"file": shown}
        attributes = {"classname": shown, "name": name, **place, "time": "0"}
        return ET.SubElement(self._suites[shown], "testcase", attributes)

    def count(self) -> None:
        """Fill in the counts that readers want at each suite and at the top."""
        for element in (*self._root.findall("testsuite"), self._root):
            counts = {"tests": sum(1 for _ in element.iter("testcase"))}
            counts |= {plural: sum(1 for _ in element.iter(kind)) for kind, plural in _KINDS.items()}
            for name, value in counts.items():
                if element is not self._root or name != "skipped":
                    element.set(name, str(value))
            element.set("time", "0")


def _name(finding: Finding) -> str:
    place = finding.cell or (f"{finding.line}:{finding.column}" if finding.line else f"{finding.turn + 1}")
    return sound(f"{finding.rule}@{place}")


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """Begins with a suite that always passes and holds the counts, so that a clean report is no empty one."""
    root = ET.Element("testsuites", name="collectlint")
    own = ET.SubElement(root, "testsuite", name="collectlint")
    counts = summary_record(report)
    properties = ET.SubElement(own, "properties")
    for name in ("documents", "findings", "not_evaluated", "suppressed", "failures"):
        ET.SubElement(properties, "property", name=name, value=str(counts[name]))
    ET.SubElement(own, "testcase", classname="collectlint", name=f"documents={counts['documents']}", time="0")
    suites = _Suites(root, options)
    for finding in report.findings:
        said = lines_of(finding, options.lang)
        failure = ET.SubElement(suites.add(finding.path, _name(finding), finding.line), "failure")
        failure.set("message", sound(said[0]))
        failure.set("type", finding.severity.label)
        failure.text = sound_lines(said)
    for failed in report.failures:
        error = ET.SubElement(suites.add(failed.path, UNREADABLE, failed.line), "error")
        error.set("message", sound(unread(failed, options.lang)))
        error.set("type", UNREADABLE)
        error.text = sound_lines([failed.reason, failed.remedy])
    for waived in report.waived:
        one = waived.finding
        skipped = ET.SubElement(suites.add(one.path, _name(one), one.line), "skipped")
        skipped.set("message", sound(pardon(waived, words(options.lang))))
    suites.count()
    write_tree(root, out)
