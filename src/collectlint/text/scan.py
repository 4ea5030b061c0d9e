"""Finds all literals of a rulebook in one pass.

Two scanners behind one function type, equal by property test: `pairs` needs no build at all (a
spot check of one text), `automaton` uses ahocorasick_rs where it is installed (batches).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

# text -> [(start, end, literal)], every occurrence of every literal, sorted
Scan = Callable[[str], list[tuple[int, int, str]]]


def pairs(literals: Iterable[str]) -> Scan:
    """A scanner in plain Python: literals by their first two characters.

    `literals` are folded and not empty. Cost per character of text is one dictionary look-up.
    """
    heads: dict[str, list[str]] = {}
    singles: dict[str, str] = {}
    for literal in literals:
        if len(literal) == 1:
            singles[literal] = literal
        else:
            heads.setdefault(literal[:2], []).append(literal)
    return _pairs_over(heads, singles)


def _pairs_over(heads: Mapping[str, list[str]], singles: Mapping[str, str]) -> Scan:
    def scan(text: str) -> list[tuple[int, int, str]]:
        found: list[tuple[int, int, str]] = []
        for start in range(len(text) - 1):
            tails = heads.get(text[start : start + 2])
            if tails is not None:
                found.extend((start, start + len(one), one) for one in tails if text.startswith(one, start))
        if singles:
            found.extend((start, start + 1, char) for start, char in enumerate(text) if char in singles)
        found.sort()
        return found

    return scan


def automaton(literals: Iterable[str]) -> Scan | None:
    """The same scan by ahocorasick_rs; None when it is not installed."""
    try:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
    except ImportError:
        return None
    patterns = sorted(set(literals))
    if not patterns:
        return lambda text: []
    machine = AhoCorasick(patterns, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)
    find = machine.find_matches_as_indexes

    def scan(text: str) -> list[tuple[int, int, str]]:
        found = [(start, end, patterns[which]) for which, start, end in find(text, overlapping=True)]
        found.sort()
        return found

    return scan


def variants(literal: str, sources: Mapping[str, str], most: int) -> list[str] | None:
    """All spellings whose character-wise fold is `literal`, or None when there are more than `most`.

    `sources[c]` holds the characters that fold to `c`, besides `c` itself.
    """
    spellings = [""]
    for char in literal:
        choices = char + sources.get(char, "")
        if len(spellings) * len(choices) > most:
            return None
        spellings = [spelling + choice for spelling in spellings for choice in choices]
    return spellings
