"""Money amounts and percentages."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.text.amounts import find_amounts, find_rates

MONEY = "¥￥$NTHK块元塊圓蚊一二三五十百千万萬亿0123456789.,， 欠款还了角分半整人民币%百分之旦"


@pytest.mark.parametrize(
    ("text", "covered", "value", "currency"),
    [
        ("您的欠款5,000.00元已逾期", "5,000.00元", 5000, ""),
        ("五千块", "五千块", 5000, ""),
        ("还差三万五千六百块钱", "三万五千六百块", 35600, ""),
        ("NT$3,000", "NT$3,000", 3000, "TWD"),
        ("新臺幣三萬元整", "新臺幣三萬元整", 30000, "TWD"),
        ("HK$ 1,200.50", "HK$ 1,200.50", 1200.5, "HKD"),
        ("五百蚊", "五百蚊", 500, "HKD"),
        ("港幣八千", "港幣八千", 8000, "HKD"),
        ("人民币5000元", "人民币5000元", 5000, "CNY"),
        ("5000元人民币", "5000元人民币", 5000, "CNY"),
        ("￥５，０００．００", "￥５，０００．００", 5000, "CNY"),
        ("US$100", "US$100", 100, "USD"),
        ("五千美元", "五千美元", 5000, "USD"),
        ("$500", "$500", 500, ""),
        ("五块五", "五块五", 5.5, ""),
        ("5元3角2分", "5元3角2分", 5.32, ""),
        ("五块三个人", "五块", 5, ""),
        ("一块钱都不还", "一块", 1, ""),
    ],
)
def test_stated(text: str, covered: str, value: float, currency: str) -> None:
    [amount] = find_amounts(text)
    assert (text[amount.start : amount.end], amount.value, amount.currency) == (covered, value, currency)
    assert amount.stated


@pytest.mark.parametrize(
    ("text", "covered", "value", "about"),
    [
        ("您这三万二", "三万二", 32000, False),
        ("你爭我哋八萬幾", "八萬幾", 80000, True),
        ("还了三百五", "三百五", 350, False),
        ("欠款5000，请还", "5000", 5000, False),
        ("欠费128.5", "128.5", 128.5, False),
        ("欠3w", "3w", 30000, False),
    ],
)
def test_by_size_or_cue(text: str, covered: str, value: float, about: bool) -> None:
    [amount] = find_amounts(text)
    assert (text[amount.start : amount.end], amount.value, amount.about) == (covered, value, about)
    assert not amount.stated


def test_lower_ends() -> None:
    assert [(a.value, a.about) for a in find_amounts("百万元债务, 上万元, 两千多块")] == [
        (1_000_000, True),
        (10_000, True),
        (2000, True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "一个人一起一定二百五",
        "一块去吃饭",
        "三块地",
        "五百蚊子",
        "2026元旦",
        "三元里",
        "三万人参加",
        "十万火急",
        "不怕一万就怕万一",
        "千万不要",
        "还款日期3号",
        "分期12期",
        "还款13800138000",
        "还款20260302",
        "借款编号12345678",
        "尾号1234",
        "账单2026年3月",
        "还十天",
        "拨打12368转1",
    ],
)
def test_no_amount(text: str) -> None:
    assert find_amounts(text) == []


def test_rates() -> None:
    text = "年化36%,日息万分之五,百分之二十四,0.5‰"
    assert [(text[r.start : r.end], r.value) for r in find_rates(text)] == [
        ("36%", 0.36),
        ("万分之五", 0.0005),
        ("百分之二十四", 0.24),
        ("0.5‰", 0.0005),
    ]


@given(st.one_of(st.text(), st.text(alphabet=MONEY)))
def test_offsets(text: str) -> None:
    for found in (find_amounts(text), find_rates(text)):
        assert all(0 <= item.start < item.end <= len(text) for item in found)
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    "piece", ["1", "一", "欠款", "欠5000", "¥", "元", "1,", "万", "5元", "百分之", "HK$", "块五"]
)
def test_long_rows_end(piece: str) -> None:
    find_amounts(piece * (20_000 // len(piece)))
    find_rates(piece * (20_000 // len(piece)))
