"""Clock times and windows."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.text.times import DAY, find_clock

CLOCKY = "晚上早凌晨夜里半下午点點时十一二三八九两刻钟整分0123456789:-至到次日的 .，pam前半夜"


def _clock(text: str) -> tuple[str, int, int]:
    [clock] = find_clock(text)
    return text[clock.start : clock.end], clock.first, clock.last


@pytest.mark.parametrize(
    ("text", "covered", "minute"),
    [
        ("晚上十一点半给你打", "晚上十一点半", 23 * 60 + 30),
        ("将于23:30致电", "23:30", 23 * 60 + 30),
        ("凌晨三点", "凌晨三点", 180),
        ("晚11点", "晚11点", 23 * 60),
        ("夜晚十點", "夜晚十點", 22 * 60),
        ("早上8点", "早上8点", 480),
        ("下午13:30", "下午13:30", 13 * 60 + 30),
        ("22时30分", "22时30分", 22 * 60 + 30),
        ("每天晚上12点", "晚上12点", 0),
        ("凌晨12点", "凌晨12点", 0),
        ("中午12点半", "中午12点半", 750),
        ("中午1点", "中午1点", 780),
        ("晚上1点", "晚上1点", 60),
        ("半夜两点", "半夜两点", 120),
        ("晚上9點三刻", "晚上9點三刻", 21 * 60 + 45),
        ("下午三点五十", "下午三点五十", 15 * 60 + 50),
        ("10 pm", "10 pm", 22 * 60),
        ("朝九點正", "朝九點正", 540),
        ("8:30pm", "8:30pm", 20 * 60 + 30),
        ("2026-03-02 22:10:00", "22:10:00", 22 * 60 + 10),
        ("中午11点", "中午11点", 660),
        ("中午10点", "中午10点", 600),
        ("下午12点", "下午12点", 720),
        ("晚上5点", "晚上5点", 17 * 60),
        ("晚上4点", "晚上4点", 240),
        ("半夜7点", "半夜7点", 19 * 60),
        ("半夜6点", "半夜6点", 360),
        ("凌晨11点", "凌晨11点", 660),
        ("8 p.m.", "8 p.m.", 20 * 60),
        ("晚两点半打", "晚两点半", 150),
        ("12am", "12am", 0),
        ("12pm", "12pm", 720),
        ("晚上24点", "晚上24点", 0),
        ("约10 pm", "10 pm", 22 * 60),
        ("早上八时", "早上八时", 480),
        ("今天三点", "三点", 180),
        ("三点要求,晚上九点", "晚上九点", 21 * 60),
        ("早一点,晚上九点", "晚上九点", 21 * 60),
        ("24:30,晚上九点", "晚上九点", 21 * 60),
    ],
)
def test_point(text: str, covered: str, minute: int) -> None:
    assert _clock(text) == (covered, minute, minute)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("22:00-次日8:00", 22 * 60, DAY + 480),
        ("22:00至8:00", 22 * 60, DAY + 480),
        ("８：００－２２：００", 480, 22 * 60),
        ("21:00—23:00", 21 * 60, 23 * 60),
        ("8-22点", 480, 22 * 60),
        ("8至22时", 480, 22 * 60),
        ("8-22:00", 480, 22 * 60),
        ("下晝2-4點", 14 * 60, 16 * 60),
        ("早8点至晚10点", 480, 22 * 60),
        ("早上8点到晚上10点", 480, 22 * 60),
        ("晚上八点到十点", 20 * 60, 22 * 60),
        ("上午9点到5点", 540, 17 * 60),
        ("晚上10点到早上6点", 22 * 60, DAY + 360),
        ("20:00-24:00", 20 * 60, DAY),
        ("8:00至次日22:00", 480, DAY + 22 * 60),
        ("晚上八点到10:00", 20 * 60, DAY + 600),
        ("晚上十点到次日八点", 22 * 60, DAY + 480),
        ("上午9点到9点", 540, 21 * 60),
        ("11:00-9:00", 660, DAY + 540),
        ("8pm到10点", 20 * 60, 22 * 60),
        ("8pm到10pm", 20 * 60, 22 * 60),
        ("11:59到9点", 11 * 60 + 59, 21 * 60),
        ("12:00到9点", 720, DAY + 540),
        ("12:10到9点", 730, DAY + 540),
    ],
)
def test_window(text: str, first: int, last: int) -> None:
    assert _clock(text) == (text, first, last)


@pytest.mark.parametrize(
    ("text", "word"), [("半夜打电话", "半夜"), ("三更半夜来", "三更半夜"), ("今晚去你家", "今晚")]
)
def test_vague(text: str, word: str) -> None:
    [clock] = find_clock(text)
    assert clock.vague
    assert text[clock.start : clock.end] == word


def test_without_a_word_for_the_half_of_the_day_it_is_uncertain() -> None:
    assert [c.certain for c in find_clock("明天三点前,下午三点,15:00,两点半")] == [False, True, True, False]
    assert [c.certain for c in find_clock("明天0点前,明天1点前,9-12:10,9-10:00")] == [
        True,
        False,
        True,
        False,
    ]
    windows = "明天三点到四点,明天三点到晚上八点,明天8点至次日6点,8 a.m."
    assert [c.certain for c in find_clock(windows)] == [False, False, False, True]


def test_vague_words_stand_among_clock_times_in_order_and_greetings_hide_none_behind_them() -> None:
    def shown(text: str) -> list[str]:
        return [text[one.start : one.end] for one in find_clock(text)]

    assert shown("半夜、22:00、凌晨") == ["半夜", "22:00", "凌晨"]
    assert shown("22:00凌晨") == ["22:00", "凌晨"]
    assert shown("凌晨22:00") == ["凌晨22:00"]
    assert shown("早晨,今晚打") == ["今晚"]
    assert shown("明天早晨来") == ["早晨"]
    assert shown("晚上好,半夜打") == ["半夜"]


@pytest.mark.parametrize(
    "text",
    [
        "晚上好",
        "早晨,我系财务公司",
        "晚安",
        "晚一点还",
        "早点还",
        "有一点事",
        "三点要求",
        "8时间",
        "第三点",
        "以下三点",
        "一时糊涂",
        "同时",
        "比分3:2",
        "24:30",
        "25:00",
    ],
)
def test_no_clock(text: str) -> None:
    assert find_clock(text) == []


@given(st.one_of(st.text(), st.text(alphabet=CLOCKY)))
def test_offsets(text: str) -> None:
    clocks = find_clock(text)
    for clock in clocks:
        assert 0 <= clock.start < clock.end <= len(text)
        assert 0 <= clock.first <= DAY
        assert clock.first <= clock.last <= 2 * DAY
    assert all(a.end <= b.start for a, b in itertools.pairwise(clocks))


@pytest.mark.parametrize(
    "piece", ["1", "一", "点", "1:", "一点", "晚上", "8点-", "8:00-", "8-", "22:00", " ", "半夜"]
)
def test_long_rows_end(piece: str) -> None:
    find_clock(piece * (20_000 // len(piece)))
