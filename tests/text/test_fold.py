"""Folding: one spelling, same length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.text.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("強制執行", "强制执行"),
        ("帳戶", "账户"),
        ("身分證", "身份证"),
        ("ＡＢｃ１２", "abc12"),
        ("，！？：；（）", ",!?:;()"),
        ("「不還」", '"不还"'),
        ("①⑵", "12"),
        ("妳等著", "你等着"),
        ("a\r\nb", "a\n\nb"),
        ("㈱½", "株½"),
        ("⼀⽇", "一日"),
    ],
)
def test_examples(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_length_is_kept(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x9FFF)))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert len(fold(once)) == len(once)
    assert fold("不还钱" + once)[:3] == "不还钱"
