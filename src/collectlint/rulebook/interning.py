"""Literal sets of a rulebook under construction: equal ones are one, chains become links of sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from collectlint.rulebook.lexicon import Chain, Item, Link, words_of
from collectlint.text.fold import fold

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
                continue
            for part in self._scannable(item):
                if isinstance(part, str):
                    plain.update(self._forms(part))
                else:
                    links = [self._link(link) for link in part.links]
                    anchor = self._anchor(links)
                    assert anchor is not None  # that is what _scannable is for
                    chains.add((tuple(links), anchor))
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

    def _scannable(self, chain: Chain) -> Iterator[Item]:
        """The chain as chains that have a link of two and more characters to scan for, or as words.

        First words of one character and longer ones in a link go apart; then, where all links that
        must occur are single characters, an optional link goes with and without; at last two
        neighbours are written out as one link.
        """
        links = chain.links
        if self._anchor([self._link(link) for link in links]) is not None:
            yield chain
            return
        for which, link in enumerate(links):
            if not link.optional:
                short = tuple(one for one in link.options if self._length(one) < 2)
                long = tuple(one for one in link.options if self._length(one) >= 2)
                if long and short:
                    for part in (long, short):
                        yield from self._scannable(_replaced(chain, which, Link(part, False)))
                    return
        for which, link in enumerate(links):
            if link.optional:
                yield from self._scannable(_replaced(chain, which, link._replace(optional=False)))
                yield from self._scannable(_replaced(chain, which))
                return
        if len(links) == 1:
            yield from words_of(chain)
        else:
            yield _first_two_merged(chain)

    def _length(self, item: Item) -> int:
        """Length of the shortest word an item stands for."""
        if isinstance(item, str):
            return len(item)
        return sum(min(map(self._length, link.options)) for link in item.links if not link.optional)

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


def _replaced(chain: Chain, which: int, *links: Link) -> Chain:
    return Chain((*chain.links[:which], *links, *chain.links[which + 1 :]))


def _first_two_merged(chain: Chain) -> Chain:
    """The chain with its first two links, which must occur, written out as one."""
    first, second, *rest = chain.links
    words = tuple(dict.fromkeys(words_of(Chain((first, second)))))
    return Chain((Link(words, False), *rest))
