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


# A phrase whose anchor is its last part, with a part left of it that may be missing.
LEFT = (Part(0, 0, False), Part(2, 2, True), Part(1, 1, False))


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("让全村", "让全村"),
        ("让都全村", "让都全村"),
        ("让人都全村", "让人都全村"),
        ("让人人都人全村", "让人人都人全村"),
        ("让人人全村", "让人人全村"),  # the missing part leaves its gap of two
        ("让人人人全村", None),
        ("让人都人人全村", None),  # the part before the anchor may be one character away
        ("让人不都全村", None),  # no gap over a negation, though the part is there
        ("不让都全村", "让都全村"),
        ("让全村不", "让全村"),
    ],
)
def test_parts_left_of_the_anchor(text: str, matched: str | None) -> None:
    start = text.index("全村")
    found = find(LEFT, 2, start, start + 2, text, (0, len(text)), SETS)
    assert (text[slice(*found)] if found else None) == matched
    behind = find(LEFT, 2, start + 2, start + 4, "都让" + text, (2, len(text) + 2), SETS)
    assert (None if behind is None else ("都让" + text)[slice(*behind)]) == matched


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("全村都知道", "全村都知道"),
        ("全村知道", "全村知道"),
        ("全村人人人知道", "全村人人人知道"),  # the missing part hands its gap on
        ("全村人人人人知道", None),
        ("全村都人知道", "全村都人知道"),
        ("全村都人人知道", "全村都人人知道"),  # read as if 都 were of the gap
        ("全村都人人人知道", None),
        ("全村知道别", "全村知道"),
        ("全村别知道", None),
    ],
)
def test_parts_right_of_the_anchor(text: str, matched: str | None) -> None:
    parts = (Part(0, 1, False), Part(3, 2, True), Part(1, 3, False))
    found = find(parts, 0, 0, 2, text, (0, len(text)), SETS)
    assert (text[slice(*found)] if found else None) == matched
