"""Both scanners find every occurrence, and the same ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collectlint.text.scan import automaton, pairs, variants

LETTERS = "不还钱就爆ab"
WORDS = st.lists(st.text(alphabet=LETTERS, min_size=1, max_size=4), min_size=1, max_size=8, unique=True)


def brute(words: list[str], text: str) -> list[tuple[int, int, str]]:
    return sorted(
        (start, start + len(word), word)
        for word in words
        for start in range(len(text))
        if text.startswith(word, start)
    )


@given(WORDS, st.text(alphabet=LETTERS, max_size=30))
def test_pairs_equal_brute_force(words: list[str], text: str) -> None:
    assert pairs(words)(text) == brute(words, text)


@given(WORDS, st.text(alphabet=LETTERS, max_size=30))
def test_automaton_equals_pairs(words: list[str], text: str) -> None:
    scan = automaton(words)
    assert scan is None or scan(text) == pairs(words)(text)


def test_no_literals() -> None:
    assert pairs([])("还钱") == []


def test_variants_are_all_spellings_or_none() -> None:
    assert set(variants("还钱", {"还": "還", "钱": "錢"}, 4) or ()) == {"还钱", "還钱", "还錢", "還錢"}
    assert variants("还钱", {"还": "還", "钱": "錢"}, 3) is None
