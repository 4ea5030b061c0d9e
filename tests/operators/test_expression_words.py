"""What is told of an expression holds for every match of it."""

from __future__ import annotations

import re

import pytest

from collectlint.operators.expression_words import needed_besides, needed_words

MATCHES = {
    "还款.{0,6}通讯录": ["还款通讯录", "还款就爆通讯录"],
    "(?:爆|打爆)[你您](?:的)?通讯录.*坐牢": ["爆你通讯录坐牢", "打爆您的通讯录,坐牢"],
    r"\d{3,}元.{1,4}(?:手续费|服务费)": ["300元的手续费", "5000元是服务费"],
    "^(?!好)[^,]+法院,?起诉$": ["去法院起诉", "法法院,起诉"],
    "还|欠": ["还", "欠"],
    "a+b*": ["aa"],
    "(?i)法院.起诉": ["法院去起诉"],
}


@pytest.mark.parametrize("expression", MATCHES)
def test_every_match_holds_what_is_needed(expression: str) -> None:
    groups = [words for words in (needed_words(expression), *needed_besides(expression)) if words]
    for text in MATCHES[expression]:
        assert re.search(expression, text)
        for words in groups:
            assert any(word in text for word in words)


def test_both_ends_are_needed() -> None:
    groups = {needed_words("还款.{0,6}通讯录"), *needed_besides("还款.{0,6}通讯录")}
    assert groups == {frozenset({"还款"}), frozenset({"通讯录"})}
    assert needed_besides("还款") == ()
    assert needed_besides("(") == ()
