"""Phrases with slots, found in texts."""

from __future__ import annotations

import pytest

from collectlint.text.literals import LiteralSets
from collectlint.text.template_phrase import Part, find

SETS = LiteralSets([["让"], ["全村", "家人"], ["都"], ["知道", "知道了"]].__getitem__, lambda which: ())
PARTS = (Part(0, 0, False), Part(3, 1, False), Part(0, 2, True), Part(2, 3, False))


def span(text: str, region: tuple[int, int] | None = None) -> str | None:
    start = text.find("全村") if "全村" in text else text.find("家人")
    found = find(PARTS, 1, start, start + 2, text, region or (0, len(text)), SETS)
    return text[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("就让全村知道", "让全村知道"),
        ("让你们全村都知道了吧", "让你们全村都知道了"),
        ("让你家人马上知道", "让你家人马上知道"),
        ("让你和你的家人知道", None),  # gap too wide
        ("不让全村人都来知道", None),  # optional part present but the rest too far
        ("让不家人知道", None),  # a gap does not reach over a negation
        ("全村都知道", None),
    ],
)
def test_find(text: str, matched: str | None) -> None:
    assert span(text) == matched


def test_stays_in_its_region() -> None:
    assert span("让全村知道", (1, 5)) is None
    assert span("让全村知道", (0, 4)) is None
