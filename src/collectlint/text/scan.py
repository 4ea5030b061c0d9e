"""Finds all literals of a rulebook in one pass.

Two scanners behind one function type, equal by property test: `by_heads` needs no build at all (a
spot check of one text), `automaton` uses ahocorasick_rs where it is installed (batches).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

# text -> [(start, end, literal)], every occurrence of every literal, sorted
Scan = Callable[[str], list[tuple[int, int, str]]]

_MOST_HEADS = 50_000  # remembered pairs of characters


def by_heads(starting_with: Callable[[str], Sequence[str]], singles: Collection[str]) -> Scan:
    """A scanner in plain Python over literals of two and more characters, found by their first two.

    `starting_with` gives the literals that begin with a pair of characters; it is asked once a pair.
    `singles` are literals of one character. Literals are folded and not empty.
    """
    known: dict[str, Sequence[str]] = {}

    def scan(text: str) -> list[tuple[int, int, str]]:
        if len(known) > _MOST_HEADS:
            known.clear()
        found: list[tuple[int, int, str]] = []
        for start in range(len(text) - 1):
            head = text[start : start + 2]
            literals = known.get(head)
            if literals is None:
                literals = known[head] = starting_with(head)
            for literal in literals:
                if text.startswith(literal, start):
                    found.append((start, start + len(literal), literal))  # noqa: PERF401 -- hot, rarely more than one
        if singles:
            found.extend((start, start + 1, char) for start, char in enumerate(text) if char in singles)
        found.sort()
        return found

    return scan


# text -> [(number of the word, start, end)], every occurrence of every word, in no order
Numbered = Callable[[str], Sequence[tuple[int, int, int]]]


def numbered(words: Sequence[str]) -> Numbered:
    """A scanner for sorted `words`; ahocorasick_rs where it is installed."""
    try:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
    except ImportError:
        return _numbered_by_heads(words)
    if not words:
        return lambda text: ()
    machine = AhoCorasick(words, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)
    find = machine.find_matches_as_indexes
    return lambda text: find(text, overlapping=True)


def _numbered_by_heads(words: Sequence[str]) -> Numbered:
    by_head: dict[str, list[str]] = {}
    numbers = {word: which for which, word in enumerate(words)}
    for word in words:
        by_head.setdefault(word[:2], []).append(word)
    singles = frozenset(word for word in words if len(word) == 1)
    scan = by_heads(lambda head: by_head.get(head, ()), singles)
    return lambda text: [(numbers[word], start, end) for start, end, word in scan(text)]
