"""A fingerprint must survive moving lines and tell nothing about a person."""

from __future__ import annotations

import pytest

from collectlint.fingerprint import Mark, fingerprint, fingerprints, normalise, surrounding_line

LINE = "张三先生,请在2026-03-02前还款5000元"


def test_it_is_short_hexadecimal_and_always_the_same() -> None:
    assert fingerprint("cn/a/b", "还款", "请还款") == "88baa27f3f1fb5a2"


@pytest.mark.parametrize(
    "other",
    [
        "李四先生,请在2026-04-05前还款800元",
        "张三先生，请在２０２６-03-02前还款 5000 元",
        "王小明先生,请在2026-03-02前还款五千元",
    ],
)
def test_persons_numbers_width_and_spaces_do_not_matter(other: str) -> None:
    assert fingerprint("r", "还款", LINE) == fingerprint("r", "还款", other)


@pytest.mark.parametrize(
    ("rule", "matched", "line", "nth"),
    [("s", "还款", LINE, 1), ("r", "还", LINE, 1), ("r", "还款", LINE + "否则", 1), ("r", "还款", LINE, 2)],
)
def test_rule_words_and_number_matter(rule: str, matched: str, line: str, nth: int) -> None:
    assert fingerprint("r", "还款", LINE) != fingerprint(rule, matched, line, nth)


@pytest.mark.parametrize(
    "personal", ["13800138000", "一三八零零幺三八零零零", "１３８", "a.b@x.com", "wx_zhang88", "①③⑧"]
)
def test_no_personal_data_is_hashed(personal: str) -> None:
    kept = normalise(f"请{personal}联系")
    assert kept in ("请0联系", "请@联系")


def test_equal_marks_are_numbered() -> None:
    mark = Mark("r", "还款", LINE)
    one, two, other = fingerprints([mark, mark, Mark("r", "还款", "别的")])
    assert len({one, two, other}) == 3
    assert one == fingerprint(*mark)


def test_the_surrounding_line_knows_three_line_breaks() -> None:
    text = "一\r\n二\u2028乙\r三\n四"
    place = text.index("乙")
    assert surrounding_line(text, place, place + 1) == "二\u2028乙"
    assert surrounding_line(text, place, text.index("三") + 1) == "二\u2028乙\r三"
    assert surrounding_line(text, len(text), len(text)) == "四"
