"""Numerals and spoken digit strings."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.text.numerals import DIGITS, find_numerals, parse_numeral
from collectlint.text.spoken import fold_spoken, spoken_runs

NUMERIC = "0123456789０１９零〇○一二两兩三四五六七八九十百千万萬亿億廿半几多点.,， kw壹贰叁么幺元"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("5,000.00", 5000),
        ("１２，３４５．６", 12345.6),
        ("三万二", 32000),
        ("三万零二", 30002),
        ("3万5", 35000),
        ("3.5万", 35000),
        ("1.1万", 11000),
        ("三点五万", 35000),
        ("一万零五十", 10050),
        ("两万五千", 25000),
        ("叁萬伍仟陸佰", 35600),
        ("廿三", 23),
        ("三万半", 35000),
        ("二〇二六", 2026),
        ("三百五", 350),
        ("二百五十", 250),
        ("三百五十万", 3_500_000),
        ("1亿2千万", 120_000_000),
        ("一亿零三百万", 103_000_000),
        ("三万亿", 3_000_000_000_000),
        ("12万3456", 123456),
        ("十五", 15),
        ("3 万", 30000),
        ("3w", 30000),
        ("5k", 5000),
        ("百万", 1_000_000),
        ("兩萬", 20000),
    ],
)
def test_value(words: str, value: float) -> None:
    assert parse_numeral(words) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("十几万", 100_000),
        ("八萬幾", 80_000),
        ("七八百", 700),
        ("五八萬", 50_000),
        ("十七八万", 170_000),
        ("两千多", 2000),
    ],
)
def test_lower_end(words: str, value: int) -> None:
    [numeral] = find_numerals(words)
    assert (numeral.value, numeral.about, numeral.end) == (value, True, len(words))


@pytest.mark.parametrize(
    "words", ["", "元", "百零", "万万", "1" * 16, "一" * 16, "零百", "三百千", "1,23", "3w电"]
)
def test_not_one_numeral(words: str) -> None:
    assert parse_numeral(words) is None


def test_spans_leave_other_words_alone() -> None:
    text = "欠五千余额三万几時還"
    assert [text[n.start : n.end] for n in find_numerals(text)] == ["五千", "三万"]


@given(st.integers(min_value=1, max_value=99_999_999))
def test_written_out_numbers_read_back(number: int) -> None:
    assert parse_numeral(_spell(number)) == number


def _spell(number: int) -> str:
    """`number` in full Chinese words, zeros included where grammar wants them."""
    high, low = divmod(number, 10_000)
    if not high:
        return _spell_four(low)
    gap = "零" if 0 < low < 1000 else ""
    return _spell_four(high) + "万" + gap + (_spell_four(low) if low else "")


def _spell_four(number: int) -> str:
    words, zero = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if zero and words else "") + "零一二三四五六七八九"[digit] + word
            zero = False
        else:
            zero = True
    return words


@pytest.mark.parametrize(
    ("text", "digits", "covered"),
    [
        ("打一三八零零一三八零零零吧", "13800138000", "一三八零零一三八零零零"),
        ("幺三八洞洞幺三八零零零一定接", "13800138000", "幺三八洞洞幺三八零零零"),
        ("一三八 零零一三 八零零零", "13800138000", "一三八 零零一三 八零零零"),
        ("一三八，零零一三，八零零零", "13800138000", "一三八，零零一三，八零零零"),
        ("为什么三八零零一三八", "3800138", "三八零零一三八"),
        ("１３八零零一三八零零零", "13800138000", "１３八零零一三八零零零"),
    ],
)
def test_spoken(text: str, digits: str, covered: str) -> None:
    [run] = spoken_runs(text)
    assert (run.digits, text[run.start : run.end]) == (digits, covered)
    assert len(run.offsets) == len(digits)


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "13800138000一定要接",
        "打13800138000两次",
        "一、二、三、四、五、六、七、八",
        "一三八零零一",
    ],
)
def test_not_spoken(text: str) -> None:
    assert spoken_runs(text) == []
    assert fold_spoken(text) == text


@given(st.one_of(st.text(), st.text(alphabet=NUMERIC)))
def test_offsets(text: str) -> None:
    numerals = find_numerals(text, bare=True)
    for numeral in numerals:
        assert 0 <= numeral.start < numeral.end <= len(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(numerals))
    folded = fold_spoken(text)
    assert len(folded) == len(text)
    for run in spoken_runs(text):
        assert run.offsets[0] == run.start
        assert run.offsets[-1] == run.end - 1
        assert [folded[i] for i in run.offsets] == list(run.digits)


@pytest.mark.parametrize(
    "piece", ["1", "一", "一 ", "万", "一万", "零", "么", "1,", "1,234", "十", "一.点", *DIGITS]
)
def test_long_rows_end(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    find_numerals(text, bare=True)
    fold_spoken(text)
