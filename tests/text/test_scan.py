"""Both scanners find every occurrence, and the same ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collectlint.text.scan import Scan, _numbered_by_heads, by_heads, numbered

LETTERS = "不还钱就爆ab"
WORDS = st.lists(st.text(alphabet=LETTERS, min_size=1, max_size=4), min_size=1, max_size=8, unique=True)


def plain(words: list[str]) -> Scan:
    return by_heads(
        lambda head: [word for word in words if word[:2] == head and len(word) > 1],
        {word for word in words if len(word) == 1},
    )


def brute(words: list[str], text: str) -> list[tuple[int, int, str]]:
    return sorted(
        (start, start + len(word), word)
        for word in words
        for start in range(len(text))
        if text.startswith(word, start)
    )


@given(WORDS, st.text(alphabet=LETTERS, max_size=30))
def test_plain_scan_equals_brute_force(words: list[str], text: str) -> None:
    scan = plain(words)
    assert scan(text) == brute(words, text)
    assert scan(text) == brute(words, text)  # and again, from what it remembers


@given(WORDS, st.text(alphabet=LETTERS, max_size=30))
def test_automaton_equals_the_plain_scan(words: list[str], text: str) -> None:
    words.sort()
    for scan in (numbered(words), _numbered_by_heads(words)):
        assert sorted((start, end, words[which]) for which, start, end in scan(text)) == brute(words, text)


def test_no_literals() -> None:
    assert plain([])("还钱") == []
