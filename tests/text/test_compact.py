"""Noise is dropped, and every kept character knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.text.compact import compact


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("爆 你 通 讯 录", "爆你通讯录"),
        ("法-院", "法院"),
        ("威❤信", "威信"),
        ("起\u200b诉", "起诉"),
        ("现(xiàn)在", "现在"),
        ("还,钱,不,还", "还钱不还"),
        ("通~讯~录", "通讯录"),
        ("坐*牢", "坐牢"),
        ("逾\ufe0f期", "逾期"),
        ("您好,我是王经理。请还款", "您好,我是王经理。请还款"),
        ("威胁、辱骂、恐吓", "威胁、辱骂、恐吓"),
        ("${name} 您好", "${name} 您好"),
        ("please call 110", "please call 110"),
        ("第1-3条", "第1-3条"),
        ("爆|通|讯|录", "爆通讯录"),
        ("|爆|通|讯|录|", "|爆通讯录|"),
        ("|不说|改说|\n|坐牢|起诉|", "|不说|改说|\n|坐牢|起诉|"),
    ],
)
def test_examples(text: str, kept: str) -> None:
    assert compact(text).text == kept


NOISY = st.text(
    alphabet=st.sampled_from([*"还钱爆通讯录abc12 -*·.,。、❤\u200b(xiàn)~\n\u0301😀"]), max_size=60
)


@given(NOISY)
def test_origins_point_at_the_same_character(text: str) -> None:
    result = compact(text)
    if result.origin is None:
        assert result.text == text
        return
    assert len(result.origin) == len(result.text) + 1
    assert result.origin == sorted(set(result.origin))
    assert [text[position] for position in result.origin[:-1]] == list(result.text)


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    result = compact(text)
    assert len(result.text) <= len(text)
