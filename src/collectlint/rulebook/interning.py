"""Literal sets of a rulebook under construction: equal ones are one, chains become links of sets."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from collectlint.rulebook.lexicon import Chain, Item, Link, words_of
from collectlint.text.fold import fold

MOST_MERGED = 3_000  # words of two neighbouring links that are written out to make something to scan for

# ((set id, optional), ...), and the index of the link that is scanned for
LoweredChain = tuple[tuple[tuple[int, bool], ...], int]


class Interner:
    """Numbers sets by content; knows how short their words are and what to scan for."""

    def __init__(self) -> None:
        self.words: list[tuple[str, ...]] = []
        self.chains: list[tuple[LoweredChain, ...]] = []
        self._ids: dict[tuple[tuple[str, ...], tuple[LoweredChain, ...]], int] = {}
        self._folds: dict[str, tuple[str, ...]] = {}
        self._shortest: list[int] = []

    def intern(self, items: Iterable[Item]) -> int:
        """The number of the set with these words and chains."""
        plain: set[str] = set()
        chains: set[LoweredChain] = set()
        for item in items:
            if isinstance(item, str):
                plain.update(self._forms(item))
            else:
                lowered = self._lower(item)
                if lowered is None:
                    plain.update(form for word in words_of(item) for form in self._forms(word))
                else:
                    chains.add(lowered)
        plain.discard("")
        key = (tuple(sorted(plain)), tuple(sorted(chains)))
        known = self._ids.get(key)
        if known is None:
            known = self._ids[key] = len(self.words)
            self.words.append(key[0])
            self.chains.append(key[1])
            lengths = [len(word) for word in key[0]] + [self._least(chain) for chain in key[1]]
            self._shortest.append(min(lengths, default=0))
        return known

    def shortest(self, set_id: int) -> int:
        """Length of the set's shortest word, 0 for an empty set."""
        return self._shortest[set_id]

    def size(self, set_id: int) -> int:
        """How widely the set matches, roughly; for choosing what to scan for."""
        return len(self.words[set_id]) + sum(
            self.size(links[anchor][0]) for links, anchor in self.chains[set_id]
        )

    def keys(self, set_id: int) -> frozenset[int]:
        """The sets of plain words one of which must occur for this set to occur."""
        found = {set_id} if self.words[set_id] else set()
        for links, anchor in self.chains[set_id]:
            found |= self.keys(links[anchor][0])
        return frozenset(found)

    def _least(self, chain: LoweredChain) -> int:
        return sum(self._shortest[set_id] for set_id, optional in chain[0] if not optional)

    def _lower(self, chain: Chain) -> LoweredChain | None:
        """The chain as set numbers; None when it is best written out."""
        links = [self._link(link) for link in chain.links]
        anchor = self._anchor(links)
        if anchor is None:
            merged = _with_merged_links(chain)
            if merged is None:
                return None
            links = [self._link(link) for link in merged.links]
            anchor = self._anchor(links)
        return None if anchor is None else (tuple(links), anchor)

    def _link(self, link: Link) -> tuple[int, bool]:
        return self.intern(link.options), link.optional

    def _anchor(self, links: list[tuple[int, bool]]) -> int | None:
        fit = [
            (self.size(set_id), which)
            for which, (set_id, optional) in enumerate(links)
            if not optional and self.shortest(set_id) >= 2
        ]
        return min(fit)[1] if fit else None

    def _forms(self, word: str) -> tuple[str, ...]:
        """How a word may look in folded text: its fold depends on neighbours (乾, 著), so the word is
        folded as a whole and character by character."""
        forms = self._folds.get(word)
        if forms is None:
            forms = self._folds[word] = tuple(dict.fromkeys((fold(word), "".join(map(fold, word)))))
        return forms


def _with_merged_links(chain: Chain) -> Chain | None:
    """The chain with two neighbouring links written out as one, so that there is something to scan for."""
    best: tuple[int, int] | None = None
    links = chain.links
    for which in range(len(links) - 1):
        first, second = links[which], links[which + 1]
        if first.optional or second.optional:
            continue
        if all(isinstance(one, str) for one in (*first.options, *second.options)):
            size = len(first.options) * len(second.options)
            if size <= MOST_MERGED and (best is None or size < best[0]):
                best = (size, which)
    if best is None:
        return None
    which = best[1]
    words = tuple(f"{left}{right}" for left, right in product(links[which].options, links[which + 1].options))
    return Chain((*links[:which], Link(words, False), *links[which + 2 :]))
