"""Courteous pieces are told from what a message says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.text.courtesy import courtesies, without_courtesies

WORDS = st.lists(st.sampled_from(["您好", "谢谢", "嗯", "还钱", "不", ",", "。", "\n", "您", "打扰", "x"]))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("您好,不好意思打扰您了,再不还就去你家", "再不还就去你家"),
        ("嗯,那个,还钱", "还钱"),
        ("呃就是说还钱", "还钱"),
        ("亲,祝您生活愉快,还钱,谢谢配合。", "还钱"),
        ("早晨,唔该晒,几时还", "几时还"),
        ("您欠的钱", "您欠的钱"),  # small words alone are no courtesy
        ("您", "您"),
        ("麻烦大了", "麻烦大了"),
        ("打扰你家人", "打扰你家人"),
        ("谢谢\n还钱", "还钱"),
        ("您好", ""),
        ("", ""),
    ],
)
def test_what_is_left(text: str, left: str) -> None:
    assert without_courtesies(text) == left


@given(WORDS.map("".join))
def test_spans_are_disjoint_and_in_order(text: str) -> None:
    position = 0
    for start, end in courtesies(text):
        assert position <= start < end <= len(text)
        position = end
    assert len(without_courtesies(text)) == len(text) - sum(end - start for start, end in courtesies(text))
