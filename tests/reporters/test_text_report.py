"""What a person at a terminal sees."""

from __future__ import annotations

import io

import pytest

from collectlint.errors import UsageError
from collectlint.finding import Report
from collectlint.reporters import ReportOptions, github, text
from collectlint.reporters.table import reporter

DEFAULT = ReportOptions()


def shown(report: Report, options: ReportOptions = DEFAULT) -> str:
    out = io.StringIO()
    text.write(report, out, options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("seconds", "clock"),
    [
        (0.0, "00:00"),
        (12.9, "00:12"),
        (754.0, "12:34"),
        (3600.0, "1:00:00"),
        (float("nan"), "00:00"),
        (-3.0, "00:00"),
    ],
)
def test_clock(seconds: float, clock: str) -> None:
    assert text.clock(seconds) == clock


def test_colour_only_when_asked_for(rich_report: Report) -> None:
    plain = shown(rich_report)
    coloured = shown(rich_report, ReportOptions(color=True))
    assert "\x1b" not in plain
    assert "\x1b[1;31m" in coloured


def test_not_evaluated_can_be_left_out_but_is_still_counted(rich_report: Report) -> None:
    written = shown(rich_report, ReportOptions(show_not_evaluated=False))
    assert "缺少 started_at" not in written
    assert "未判定 6 项" in written


def test_a_clean_report_says_so() -> None:
    assert shown(Report((), (), (), 3)).startswith("未发现问题。\n共 3 份文档")


def test_github_shows_the_gravest_first(rich_report: Report) -> None:
    out = io.StringIO()
    github.write(rich_report, out, ReportOptions())
    names = [line.split(" ")[0] for line in out.getvalue().split("\n") if line.startswith("::")]
    assert names == ["::error"] * 5 + ["::warning"] + ["::notice"] * 2


def test_columns_are_left_out_of_an_annotation_of_several_lines(rich_report: Report) -> None:
    out = io.StringIO()
    github.write(rich_report._replace(findings=rich_report.findings[3:4], failures=()), out, ReportOptions())
    assert "line=7,endLine=8,title=" in out.getvalue()


def test_an_unknown_format_names_the_nearest() -> None:
    assert reporter("json").MEDIA == "bytes"
    with pytest.raises(UsageError, match="sarif"):
        reporter("sarfi")


@pytest.mark.parametrize(
    ("path", "relative"),
    [
        ("/b/x/y.txt", "x/y.txt"),
        ("/c/y.txt", "/c/y.txt"),
        ("x//y.txt", "x/y.txt"),
        ("", ""),
        ("/bb/y", "/bb/y"),
    ],
)
def test_paths_are_relative_to_the_base(path: str, relative: str) -> None:
    assert ReportOptions(base="/b").relative(path) == relative
