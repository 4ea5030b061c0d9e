"""A plain spot check takes a shorter way; it must say the same as the usual one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from collectlint.__main__ import is_plain_check

TEXTS = [
    "再不还钱就爆你通讯录,让你全村都知道",
    "我们绝不会联系您的家人",
    "坐席：你等着 客户：好",
    "# 标题\n- 再拖就去你单位",
    "身份证11010519491231002X,明天就到账",
    "",
]


def said(*arguments: str) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "collectlint", "check", *arguments], capture_output=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("text", TEXTS)
def test_same_words_either_way(text: str) -> None:
    assert said("-t", text) == said("-t", text, "--jurisdiction", "cn")


@pytest.mark.parametrize(
    ("arguments", "plain"),
    [
        (["check", "-t", "您好"], True),
        (["check", "--text", "您好"], True),
        (["check", "-t", "--help"], False),
        (["check", "-t"], False),
        (["check", "-t", "您好", "-q"], False),
        (["eval", "-t", "您好"], False),
    ],
)
def test_only_the_plainest_call_goes_the_short_way(arguments: list[str], plain: bool) -> None:
    assert is_plain_check(arguments) is plain
