"""Dates and lengths of time."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.text.dates import find_dates, find_durations

DATED = "0123456789一二三十零〇年月日号民国-/.每隔天小时内半个周下明今后前 分钟工作"


@pytest.mark.parametrize(
    ("text", "covered", "day"),
    [
        ("于2026年3月2日到期", "2026年3月2日", (2026, 3, 2)),
        ("二〇二六年三月二日", "二〇二六年三月二日", (2026, 3, 2)),
        ("2026-03-02 22:10", "2026-03-02", (2026, 3, 2)),
        ("２０２６／３／２", "２０２６／３／２", (2026, 3, 2)),
        ("3月5号前", "3月5号", (None, 3, 5)),
        ("三月十五號", "三月十五號", (None, 3, 15)),
        ("113年5月", "113年5月", (2024, 5, None)),
        ("民國一百一十三年五月三日", "民國一百一十三年五月三日", (2024, 5, 3)),
        ("113/05/03", "113/05/03", (2024, 5, 3)),
        ("本月15号", "本月15号", (None, None, 15)),
        ("15号前还清", "15号", (None, None, 15)),
    ],
)
def test_date(text: str, covered: str, day: tuple[int | None, int | None, int | None]) -> None:
    [date] = find_dates(text)
    assert (text[date.start : date.end], (date.year, date.month, date.day)) == (covered, day)


def test_relative() -> None:
    assert [d.shift for d in find_dates("大前天,今天,聽日,大后天")] == [-3, 0, 1, 3]
    [date] = find_dates("下周一")
    assert (date.week, date.weekday) == (1, 1)


@pytest.mark.parametrize(
    "text", ["2月30日", "2025年2月29日", "13月1日", "5号楼", "版本1.2.3", "10年", "逾期3个月", "1234-56-78"]
)
def test_no_date(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "covered", "seconds", "unit", "kind"),
    [
        ("请于三天内", "三天内", 259200, "day", "within"),
        ("24小时内", "24小时内", 86400, "hour", "within"),
        ("3日内", "3日内", 259200, "day", "within"),
        ("三个工作日内", "三个工作日内", 259200, "workday", "within"),
        ("每小时打一次", "每小时", 3600, "hour", "every"),
        ("每隔十分钟", "每隔十分钟", 600, "minute", "every"),
        ("半小时内", "半小时内", 1800, "hour", "within"),
        ("两个半小时", "两个半小时", 9000, "hour", "span"),
        ("逾期90天", "90天", 7776000, "day", "span"),
        ("一个月", "一个月", 2592000, "month", "span"),
    ],
)
def test_duration(text: str, covered: str, seconds: float, unit: str, kind: str) -> None:
    [duration] = find_durations(text)
    assert text[duration.start : duration.end] == covered
    assert (duration.seconds, duration.unit, duration.kind) == (seconds, unit, kind)


@pytest.mark.parametrize(
    "text", ["3月", "3日", "2026年", "第三天", "五年级", "九零年", "每月10日", "还了三次"]
)
def test_no_duration(text: str) -> None:
    assert find_durations(text) == []


@given(st.one_of(st.text(), st.text(alphabet=DATED)))
def test_offsets(text: str) -> None:
    for found in (find_dates(text), find_durations(text)):
        assert all(0 <= item.start < item.end <= len(text) for item in found)
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    "piece", ["1", "一", "年", "1/", "一年", "1月", "3天", "民国一", "113/1/1/", "2026-03-02", "半", "每"]
)
def test_long_rows_end(piece: str) -> None:
    find_dates(piece * (20_000 // len(piece)))
    find_durations(piece * (20_000 // len(piece)))
