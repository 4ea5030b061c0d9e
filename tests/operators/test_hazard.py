"""Expressions that take time out of proportion are refused, with the reason; the shipped ones take none."""

from __future__ import annotations

import json
import os
import random
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
import regex

from collectlint.operators.expression import _fault
from collectlint.rulebook.folder import load

FULL = bool(os.environ.get("COLLECTLINT_FULL"))
EVERYTHING = os.environ.get("COLLECTLINT_FULL") == "all"  # by hand: minutes for what seldom changes

BAD = r"""
(a+)+$
(a*)*b
(a|aa)+$
(?:催收|催|收)+$
(x+x+)+y
(a+)+c
([a-zA-Z]+)*$
(.*)*
(.+)+x
(\w+\s?)*$
(\d+)*\d
(a|a?)+
(a|ab|b)*c
(?:a{1,100}){1,100}b
((a{100}){100}){100}
(a?){50}a{50}
(.*a){20}
(.*?,){30}P
\d+\d+\d+x
a*a*a*a*b
.*.*.*=
.*a.*b.*c.*d
[\s\S]*[\s\S]*x
\s+\s+$
(?:\s*,?\s*)+$
(?:还款|还|款)*。
(?:催.?)*$
(?:催+收*)+x
^(([a-z])+.)+[A-Z]([a-z])+$
(?:.|字)*x
(?:[^a]|b)+x
(a+?)+b
(?:a*?)*b
((a+)b?)+c
(?:a(?:b+)?)+?c{0,1}(?:a(?:b+)?)+?d
(\w+)\1+x
(.+)\1
(?:(a+)|b)*\1
(?=(a+)+)b
(?!(?:a|aa)+$)x
(?<!a)(?:b+)+c
(a{0,50}){0,50}b
(?:.{1,30}){1,30}x
(?:a|b|ab)+c
(?:还|还款|还款吧){2,}$
x*y*x*z
[^,]*[^;]*[^:]*x
\w*\w*x
\w+字+$
(?:第.+条)+
(?:[\u4e00-\u9fff]+,?)+$
.+?催.+?收.+?债
(?:a+b?c?)*d
(?:(a|b)*)+c
a{2,}a{2,}b
.{0,1000}.{0,1000}.{0,1000}x
(?:.{0,200}催){5}
(?:您+好?)+!
[$#{]+[^{}#\n]{0,16}(?:contact|亲友)
(?:[还款]+款)+!
(?:\d{1,3}){2,}元
(?:欠\d*)*款\d*\d*元
(?:(?:再不)?还款*)*款
""".strip().split("\n")

SOUND = r"""
(?:\d{1,3},)+\d{3}
[一二三]+天
.{0,10}催.{0,10}债
\d{11}
a+b+c+
(?:微信|短信).{0,6}发给
(?<![$#{])[$#{]++[^{}#\n]{0,16}(?:contact|亲友)[^{}#\n]{0,12}[}#]
""".strip().split("\n")


@pytest.mark.parametrize("expression", BAD)
def test_a_dangerous_expression_is_refused_with_the_reason(expression: str) -> None:
    fault = _fault(expression)
    assert fault is not None
    assert re.search("耗尽时间|过大|空文本", fault[0])
    assert fault[1]


def test_the_list_is_long_enough() -> None:
    assert len(set(BAD)) >= 60


@pytest.mark.parametrize("expression", SOUND)
def test_a_sound_expression_is_accepted(expression: str) -> None:
    assert _fault(expression) is None


@pytest.mark.parametrize("expression", ["", "a?", "a*", "(?:)", "^", "$", "a|", "(?=a)?", "b{0,3}", r"\b"])
def test_an_expression_that_matches_nothing_at_all_is_refused(expression: str) -> None:
    fault = _fault(expression)
    assert fault is not None
    assert "空文本" in fault[0] or "耗尽时间" in fault[0]


def expressions() -> Iterator[tuple[str, str]]:
    def visit(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if node.get("op") == "pattern":
                yield node["expression"]
            for value in node.values():
                yield from visit(value)
        elif isinstance(node, list):
            for value in node:
                yield from visit(value)

    for rule in load().rules:
        for expression in visit(json.loads(json.dumps(rule.data["when"]))):
            yield rule.id, expression


def adversaries(expression: str, count: int) -> Iterator[str]:
    """Texts of 10,000 characters out of the expression's own words, so that it nearly matches all along."""
    chance = random.Random(expression)
    bare = re.sub(r"\\.|\{\d*,?\d*\}|\[[^\]]*\]", "|", expression)
    words = [word for word in re.split(r"[^\w一-鿿]+", bare) if word] or ["催"]
    for number in range(count):
        kind = number % 4
        if kind == 0:
            made = chance.choice(words) * 10_000
        elif kind == 1:
            made = "".join(chance.choices(words, k=5_000))
        elif kind == 2:
            made = (chance.choice(words) + chance.choice("x1,的 ") * chance.choice((1, 3, 10))) * 10_000
        else:
            made = "".join(
                word + chance.choice(("", "1", "字" * 9)) for word in chance.choices(words, k=5_000)
            )
        yield made[:10_000]


def seconds(compiled: Any, text: str) -> float:
    """Processor time of all matches; TimeoutError after a second."""
    began = time.process_time()
    for _ in compiled.finditer(text, timeout=1.0):
        pass
    return time.process_time() - began


def test_no_shipped_expression_takes_long() -> None:
    """50 milliseconds of processor for 10,000 characters; what takes longer is given more tries."""
    slow = []
    for expression, rule in {expression: rule for rule, expression in expressions()}.items():
        compiled = regex.compile(expression)
        for text in adversaries(expression, 200 if EVERYTHING else 40 if FULL else 8):
            try:
                took = seconds(compiled, text)
                for _ in range(6):
                    if took > 0.05:
                        took = min(took, seconds(compiled, text))
            except TimeoutError:
                took = 1.0
            if took > 0.05:
                slow.append((took, rule, expression))
                break
    assert not slow
