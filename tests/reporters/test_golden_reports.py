"""Every format against the file that a person has read and found right.

After a wanted change: COLLECTLINT_UPDATE_GOLDEN=1 pytest tests/reporters, then read the diff.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from collectlint.finding import Report
from collectlint.reporters import ReportOptions
from collectlint.reporters.table import MODULES, reporter

GOLDEN = Path(__file__).parents[1] / "golden" / "reporters"
CASES = {
    "rich.txt": ("text", ReportOptions()),
    "rich.color.txt": ("text", ReportOptions(color=True)),
    "rich.narrow.txt": ("text", ReportOptions(width=34, show_not_evaluated=False)),
    "rich.en.txt": ("text", ReportOptions(lang="en")),
    "rich.hant.txt": ("text", ReportOptions(lang="hant")),
    "rich.ascii.txt": ("text", ReportOptions(encoding="ascii")),
    "rich.gbk.txt": ("text", ReportOptions(encoding="gbk")),
    "rich.concise.txt": ("concise", ReportOptions()),
    "rich.json": ("json", ReportOptions()),
    "rich.jsonl": ("jsonl", ReportOptions()),
    "rich.sarif": ("sarif", ReportOptions()),
    "rich.github.txt": ("github", ReportOptions()),
    "rich.gitlab.json": ("gitlab", ReportOptions()),
    "rich.junit.xml": ("junit", ReportOptions()),
    "rich.checkstyle.xml": ("checkstyle", ReportOptions()),
    "rich.rdjson": ("rdjson", ReportOptions()),
    "rich.rdjsonl": ("rdjsonl", ReportOptions()),
    "rich.md": ("markdown", ReportOptions()),
    "rich.hant.md": ("markdown", ReportOptions(lang="hant")),
    "rich.en.md": ("markdown", ReportOptions(lang="en", encoding="ascii")),
    "rich.csv": ("csv", ReportOptions()),
}


def rendered(report: Report, name: str, options: ReportOptions) -> bytes:
    module = reporter(name)
    if module.MEDIA == "bytes":
        out = io.BytesIO()
        module.write(report, out, options)
        return out.getvalue()
    text = io.StringIO()
    module.write(report, text, options)
    return text.getvalue().encode(options.encoding)


@pytest.mark.parametrize("case", CASES)
def test_a_report_is_written_as_in_the_golden_file(case: str, rich_report: Report) -> None:
    name, options = CASES[case]
    made = rendered(rich_report, name, options)
    golden = GOLDEN / case
    if os.environ.get("COLLECTLINT_UPDATE_GOLDEN"):
        golden.write_bytes(made)
    assert made == golden.read_bytes()


@pytest.mark.parametrize("name", MODULES)
def test_the_same_report_gives_the_same_bytes(name: str, rich_report: Report) -> None:
    assert rendered(rich_report, name, ReportOptions()) == rendered(rich_report, name, ReportOptions())


@pytest.mark.parametrize("name", MODULES)
def test_an_empty_report_can_be_written(name: str) -> None:
    made = rendered(Report((), (), (), 0), name, ReportOptions())
    assert (made == b"") == (name in ("concise", "rdjsonl"))
