"""Marks must stand exactly beneath the words, whatever their width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.excerpt import marked_lines
from collectlint.finding import Evidence, Finding, Severity
from collectlint.visible import columns, visible, without_surrogates


def finding(
    excerpt: str, start: int, end: int, offset: int = 0, evidence: tuple[Evidence, ...] = ()
) -> Finding:
    return Finding(
        document="d",
        rule="r",
        family="threat",
        families=(),
        severity=Severity.ERROR,
        confidence="",
        turn=0,
        start=start + offset,
        end=end + offset,
        matched=excerpt[start:end],
        excerpt=excerpt,
        excerpt_start=offset,
        message="",
        remedy="",
        basis=(),
        evidence=evidence,
    )


@pytest.mark.parametrize(
    ("excerpt", "start", "end", "marks"),
    [
        ("爆你", 0, 1, "^^"),
        ("a爆你", 1, 3, " ^^^^"),
        ("😀爆", 1, 2, "  ^^"),
        ("e\u0301爆", 2, 3, " ^^"),
        ("\x1b爆", 1, 2, "    ^^"),
        ("ＡＢ", 1, 2, "  ^^"),
        ("a\u200bb", 1, 2, " ^^^^^^"),
        ("ab", 2, 2, "  ^"),
        ("ab", 0, 0, "^"),
    ],
)
def test_marks_follow_the_width(excerpt: str, start: int, end: int, marks: str) -> None:
    assert [line.marks for line in marked_lines(finding(excerpt, start, end))] == [marks]


def test_only_marked_lines_are_shown() -> None:
    lines = marked_lines(finding("一\r\n二三\n四\u2028五", 4, 7, offset=50))
    assert [tuple(line) for line in lines] == [("二三", "  ^^"), (r"四\u2028五", "^^")]


def test_evidence_has_its_own_mark_and_the_match_wins() -> None:
    evidence = (Evidence(0, 0, 3, "abc"), Evidence(1, 4, 5, "e"))
    assert marked_lines(finding("abcde", 2, 4, evidence=evidence))[0].marks == "~~^^"


@given(st.text(max_size=80), st.data(), st.integers(min_value=20, max_value=60))
def test_a_line_fits_and_its_marks_lie_within(excerpt: str, data: st.DataObject, room: int) -> None:
    start = data.draw(st.integers(0, len(excerpt)))
    end = data.draw(st.integers(start, len(excerpt)))
    for line in marked_lines(finding(excerpt, start, end), room=room):
        assert columns(line.shown) <= room
        assert columns(line.marks) <= columns(line.shown)
        assert set(line.marks) <= {" ", "^"}


def test_escapes() -> None:
    assert visible("\x1b\u202e\U000e0041\n\u3164") == r"\x1b\u202e\U000e0041\n\u3164"
    assert visible("您好 😀　x") == "您好 😀　x"
    assert visible("您😀", "gbk") == r"您\U0001f600"
    assert without_surrogates("a\ud83d\ude00😀") == "a\ufffd\ufffd😀"


def test_evidence_before_and_after_the_excerpt_marks_nothing() -> None:
    outside = (Evidence(0, 10, 14, "还不还?"), Evidence(0, 300, 302, "上门"))
    [line] = marked_lines(finding("还款,不然上门", 5, 7, offset=98, evidence=outside))
    assert line.marks.strip() == "^^^^"
