"""Inline waivers: what is understood, and what is taken out of a line."""

from __future__ import annotations

import pytest

from collectlint.readers.comments import without_waivers
from collectlint.readers.settings import Line, Source
from collectlint.waiver.directive import Comment, Waiver, finder, understood

ALL = ("<!--", "#", "//", "/*", ";", "!", "--")


@pytest.mark.parametrize(
    ("said", "waiver"),
    [
        ("ignore[cn/a/b] 反例 until 2027-01-31", Waiver(("cn/a/b",), "反例", "2027-01-31")),
        ("ignore[cn/a/b, tw/c/d] -- 法务已批，张某", Waiver(("cn/a/b", "tw/c/d"), "法务已批，张某", "")),
        ("ignore [cn/a/b]：说明（until 2027-01-31）", Waiver(("cn/a/b",), "说明", "2027-01-31")),
        ("ignore[cn/a/b] until further notice", Waiver(("cn/a/b",), "until further notice", "")),
        ("ignore[cn/a/b] until 2027-01-31", "豁免没有写明理由"),
        ("ignore[cn/a/b]", "豁免没有写明理由"),
        ("ignore[cn/a/b] -- ", "豁免没有写明理由"),
        ("ignore[] 反例", "豁免没有写明规则编号"),
        ("ignore 反例", "看不懂这条豁免"),
        ("ignore【cn/a/b】反例", "看不懂这条豁免"),
        ("disable[cn/a/b] 反例", "看不懂这条豁免"),
        ("ignore[cn/a/b] 反例 until 2027-02-30", "豁免的期限「2027-02-30」不是日期"),
        ("ignore[cn/a/b] 反例 until 明年", "豁免的期限「明年」不是日期"),
    ],
)  # fmt: skip
def test_what_a_waiver_says(said, waiver):
    assert understood(said) == waiver


@pytest.mark.parametrize(
    ("line", "start", "rest"),
    [
        ("文字 # collectlint: ignore[a] x", 3, ""),
        ("<!-- collectlint: ignore[a] x --> 文字", 0, " 文字"),
        ("x = 1; // CollectLint： ignore[a] x", 7, ""),
        ("/* collectlint: ignore[a] x */ y", 0, " y"),
        ("! collectlint:ignore[a] x", 0, ""),
    ],
)
def test_a_waiver_is_found_in_each_comment_syntax(line, start, rest):
    assert finder(ALL)(line) == (start, len(line) - len(rest), "ignore[a] x")


@pytest.mark.parametrize(
    "line", ["collectlint: ignore[a] x", "# collectlint 很好", "文字", '"collectlint": "ignore[a] x"']
)
def test_what_is_no_comment_stays(line):
    assert finder(ALL)(line) is None


def test_only_the_marks_of_the_format_count():
    assert finder(("#",))("// collectlint: ignore[a] x") is None


def test_comments_leave_no_speech_and_know_their_line():
    told: list[Comment] = []
    texts = [
        "# collectlint: ignore[a] 一",
        "",
        "<!-- collectlint: ignore[b] 二 -->",
        "前 <!-- collectlint: ignore[c] 三 --> 后",
        "尾 # collectlint: ignore[d] 四",
        "# collectlint: ignore[e] 五",
    ]
    lines = iter(Line(number, text, "\n") for number, text in enumerate(texts, 1))
    left = [line.text for line in without_waivers(lines, ALL, Source("x.md", "x.md"), told.append)]
    assert left == ["", "", "", "前 " + " " * len(texts[2]) + " 后", "尾", ""]
    assert [(one.line, one.column, one.said[7], one.target) for one in told] == [
        (1, 1, "a", 4), (3, 1, "b", 4), (4, 3, "c", 4), (5, 3, "d", 5), (6, 1, "e", 0)
    ]  # fmt: skip
