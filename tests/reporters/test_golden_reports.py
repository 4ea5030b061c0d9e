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
from collectlint.words import LANGUAGES

GOLDEN = Path(__file__).parents[1] / "golden" / "reporters"
# Each format in each language; and how text looks on other terminals.
ENDINGS = {
    "text": "txt",
    "concise": "concise.txt",
    "sarif": "sarif",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "junit": "junit.xml",
    "checkstyle": "checkstyle.xml",
    "rdjson": "rdjson",
    "rdjsonl": "rdjsonl",
    "markdown": "md",
    "csv": "csv",
}
SAME_IN_ALL = {"json": "json", "jsonl": "jsonl"}  # for programs: the only words of their own are keys
CASES = {
    **{f"rich.{ending}": (name, ReportOptions()) for name, ending in (ENDINGS | SAME_IN_ALL).items()},
    **{
        f"rich.{lang}.{ending}": (name, ReportOptions(lang=lang))
        for lang in LANGUAGES[1:]
        for name, ending in ENDINGS.items()
    },
    "rich.color.txt": ("text", ReportOptions(color=True)),
    "rich.narrow.txt": ("text", ReportOptions(width=34, show_not_evaluated=False)),
    "rich.ascii.txt": ("text", ReportOptions(encoding="ascii")),
    "rich.ascii.md": ("markdown", ReportOptions(encoding="ascii")),
    "rich.gbk.txt": ("text", ReportOptions(encoding="gbk")),
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
