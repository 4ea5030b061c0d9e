"""Which rules a pattern chooses."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from collectlint.errors import UsageError
from collectlint.rulebook.selection import chosen, fitting

RULES: Any = [
    SimpleNamespace(id=name, off=name.endswith("off"))
    for name in ("cn/threat/jail", "cn/threat/off", "cn/threats/x", "tw/abuse/jail", "tw/abuse/off")
]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("cn/threat/jail", ["cn/threat/jail"]),
        ("cn/threat", ["cn/threat/jail", "cn/threat/off"]),
        ("cn/threat/", ["cn/threat/jail", "cn/threat/off"]),
        ("*/jail", ["cn/threat/jail", "tw/abuse/jail"]),
        ("cn", ["cn/threat/jail", "cn/threat/off", "cn/threats/x"]),
    ],
)
def test_an_id_a_folder_or_a_glob(pattern: str, found: list[str]) -> None:
    assert [rule.id for rule in fitting(RULES, pattern)] == found


@pytest.mark.parametrize(
    ("pattern", "remedy"),
    [
        ("cn/threat/jial", "是否指 cn/threat/jail、cn/threats/x、cn/threat/off？"),
        ("zzzz", "用 collectlint rules list 查看全部规则"),
    ],
)
def test_a_pattern_that_fits_nothing(pattern: str, remedy: str) -> None:
    with pytest.raises(UsageError) as caught:
        fitting(RULES, pattern)
    assert (caught.value.message, caught.value.remedy) == (f"没有规则符合「{pattern}」", remedy)


@pytest.mark.parametrize(
    ("select", "ignore", "ids"),
    [
        ([], [], None),
        ([], ["tw"], {"cn/threat/jail", "cn/threats/x"}),
        (["cn"], [], {"cn/threat/jail", "cn/threats/x"}),
        (["cn/threat/off"], [], {"cn/threat/off"}),
        (["cn", "tw/abuse/off"], ["cn/threat"], {"cn/threats/x", "tw/abuse/off"}),
        (["*"], ["*"], set()),
    ],
)
def test_chosen(select: list[str], ignore: list[str], ids: set[str] | None) -> None:
    assert chosen(RULES, select, ignore) == ids
