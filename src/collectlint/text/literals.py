"""The literal sets of a rulebook: words, and chains of words, that stand for each other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Span = tuple[int, int]
Links = tuple[tuple[int, bool], ...]  # (set id, optional)
Chain = tuple[Links, int]  # and the index of the link that is scanned for


class _Ready(NamedTuple):
    """What matching a set asks for at every place."""

    firsts: frozenset[str] | None
    lasts: frozenset[str] | None
    members: frozenset[str]
    lengths: tuple[int, ...]
    chains: tuple[Chain, ...]


class LiteralSets:
    """Set id -> its folded words and chains; look-up structures are built when a set is first used.

    A chain is a sequence of links `(set id, optional)` that follow each other, with the index of
    the link that is scanned for.
    """

    def __init__(
        self,
        words: Callable[[int], Sequence[str]],
        chains: Callable[[int], tuple[Chain, ...]],
        reached: Callable[[int], Mapping[int, Sequence[int]]] | None = None,
    ) -> None:
        self.words = words  # set id -> its plain words
        self.memory: dict[int, Any] = {}  # what operators work out of the sets, by the operator's identity
        self.kept: list[Any] = []  # those operators, so that no other takes their identity
        self.is_thorough = False
        self._read_chains = chains
        self._read_reached = reached or self._work_out_reached
        self._members: dict[int, frozenset[str]] = {}
        self._lengths: dict[int, tuple[int, ...]] = {}
        self._chains: dict[int, tuple[Chain, ...]] = {}
        self._anchored: dict[int, Mapping[int, Sequence[Chain]]] = {}
        self._reached: dict[int, Mapping[int, Sequence[int]]] = {}
        self._ready: dict[int, _Ready] = {}
        self._edges: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
        self._by_first: dict[int, Mapping[str, Sequence[str]]] = {}

    def chains(self, set_id: int) -> tuple[Chain, ...]:
        """The set's chains."""
        found = self._chains.get(set_id)
        if found is None:
            found = self._chains[set_id] = self._read_chains(set_id)
        return found

    def anchored(self, set_id: int) -> Mapping[int, Sequence[Chain]]:
        """The set's chains by the set that is scanned for."""
        found = self._anchored.get(set_id)
        if found is None:
            groups: dict[int, list[Chain]] = {}
            for links, anchor in self.chains(set_id):
                groups.setdefault(links[anchor][0], []).append((links, anchor))
            found = self._anchored[set_id] = groups
        return found

    def reached(self, set_id: int) -> Mapping[int, Sequence[int]]:
        """Set of plain words -> those sets scanned for by the set's chains that can occur where it does."""
        found = self._reached.get(set_id)
        if found is None:
            found = self._reached[set_id] = self._read_reached(set_id)
        return found

    def _work_out_reached(self, set_id: int) -> Mapping[int, Sequence[int]]:
        by_key: dict[int, list[int]] = {}
        for anchor_set in self.anchored(set_id):
            for key in (anchor_set, *self.reached(anchor_set)):
                by_key.setdefault(key, []).append(anchor_set)
        return by_key

    def members(self, set_id: int) -> frozenset[str]:
        """The plain words of the set."""
        found = self._members.get(set_id)
        if found is None:
            found = self._members[set_id] = frozenset(self.words(set_id))
        return found

    def lengths(self, set_id: int) -> tuple[int, ...]:
        """The lengths of the set's plain words, longest first."""
        found = self._lengths.get(set_id)
        if found is None:
            found = tuple(sorted({len(word) for word in self.words(set_id)}, reverse=True))
            self._lengths[set_id] = found
        return found

    def _all_of(self, set_id: int) -> _Ready:
        found = self._ready.get(set_id)
        if found is None:
            firsts, lasts = self.edges(set_id) if self.is_thorough else (None, None)
            members, lengths, chains = self.members(set_id), self.lengths(set_id), self.chains(set_id)
            found = self._ready[set_id] = _Ready(firsts, lasts, members, lengths, chains)
        return found

    def be_thorough(self) -> None:
        """From now on work out the edges of a set when it is first used: many texts are to come."""
        self.is_thorough = True
        self._ready.clear()

    def edges(self, set_id: int) -> tuple[frozenset[str], frozenset[str]]:
        """The characters that words and chains of the set begin with, and those that they end with."""
        found = self._edges.get(set_id)
        if found is None:
            words = self.words(set_id)
            sides = {word[0] for word in words}, {word[-1] for word in words}
            for links, _ in self.chains(set_id):
                for side, ordered in enumerate((links, links[::-1])):
                    for link, optional in ordered:
                        sides[side].update(self.edges(link)[side])
                        if not optional:
                            break
            found = self._edges[set_id] = frozenset(sides[0]), frozenset(sides[1])
        return found

    def has_word_in(self, set_id: int, text: str, characters: frozenset[str]) -> bool:
        """Does one of the plain words occur in a text of these characters?"""
        if not self.is_thorough:
            return any(word in text for word in self.members(set_id))
        by_first = self._by_first.get(set_id)
        if by_first is None:
            groups: dict[str, list[str]] = {}
            for word in self.words(set_id):
                groups.setdefault(word[0], []).append(word)
            by_first = self._by_first[set_id] = groups
        return any(word in text for first in by_first.keys() & characters for word in by_first[first])

    def match_at(self, set_id: int, text: str, position: int, high: int) -> int | None:
        """End of the longest word or chain of the set that begins at `position` and ends by `high`."""
        best = None
        firsts, _, members, lengths, chains = self._all_of(set_id)
        if firsts is not None and text[position : position + 1] not in firsts:
            return None
        for length in lengths:
            if position + length <= high and text[position : position + length] in members:
                best = position + length
                break
        for links, _ in chains:
            end = self._forwards(links, 0, text, position, high)
            if end is not None and (best is None or end > best):
                best = end
        return best

    def match_before(self, set_id: int, text: str, position: int, low: int) -> int | None:
        """Start of the longest word or chain that ends at `position` and begins no earlier than `low`."""
        best = None
        _, lasts, members, lengths, chains = self._all_of(set_id)
        if lasts is not None and (not position or text[position - 1] not in lasts):
            return None
        for length in lengths:
            if position - length >= low and text[position - length : position] in members:
                best = position - length
                break
        for links, _ in chains:
            start = self._backwards(links, len(links) - 1, text, position, low)
            if start is not None and (best is None or start < best):
                best = start
        return best

    def around(self, links: Links, anchor: int, text: str, start: int, end: int) -> Span | None:
        """The chain around its anchor link at `text[start:end]`."""
        first = self._backwards(links, anchor - 1, text, start, 0)
        if first is None:
            return None
        last = self._forwards(links, anchor + 1, text, end, len(text))
        return None if last is None else (first, last)

    def _forwards(self, links: Links, which: int, text: str, position: int, high: int) -> int | None:
        if which == len(links):
            return position
        set_id, optional = links[which]
        for end in self._ends(set_id, text, position, high):
            reached = self._forwards(links, which + 1, text, end, high)
            if reached is not None:
                return reached
        return self._forwards(links, which + 1, text, position, high) if optional else None

    def _backwards(self, links: Links, which: int, text: str, position: int, low: int) -> int | None:
        if which < 0:
            return position
        set_id, optional = links[which]
        for start in self._starts(set_id, text, position, low):
            reached = self._backwards(links, which - 1, text, start, low)
            if reached is not None:
                return reached
        return self._backwards(links, which - 1, text, position, low) if optional else None

    def _ends(self, set_id: int, text: str, position: int, high: int) -> Sequence[int]:
        """Ends of all plain words, and of the longest match of each chain, at `position`."""
        firsts, _, members, lengths, chains = self._all_of(set_id)
        if firsts is not None and text[position : position + 1] not in firsts:
            return ()
        ends = []
        for length in lengths:  # mostly nothing is found: quicker than a comprehension
            if position + length <= high and text[position : position + length] in members:
                ends.append(position + length)  # noqa: PERF401
        for links, _ in chains:
            end = self._forwards(links, 0, text, position, high)
            if end is not None:
                ends.append(end)
        return ends

    def _starts(self, set_id: int, text: str, position: int, low: int) -> Sequence[int]:
        _, lasts, members, lengths, chains = self._all_of(set_id)
        if lasts is not None and (not position or text[position - 1] not in lasts):
            return ()
        starts = []
        for length in lengths:
            if position - length >= low and text[position - length : position] in members:
                starts.append(position - length)  # noqa: PERF401
        for links, _ in chains:
            start = self._backwards(links, len(links) - 1, text, position, low)
            if start is not None:
                starts.append(start)
        return starts


class Occurrences:
    """Where the sets of a rulebook occur in one text; chains are looked up when asked for."""

    def __init__(self, sets: LiteralSets, text: str, plain: Mapping[int, Sequence[Span]]) -> None:
        self.plain = plain  # plain words only, as scanned
        self._sets = sets
        self._text = text
        self._whole: dict[int, Sequence[Span]] = {}

    def of(self, set_id: int) -> Sequence[Span]:
        """Sorted spans of the set's words and chains."""
        found = self._whole.get(set_id)
        if found is None:
            found = self._whole[set_id] = self._find(set_id)
        return found

    def has(self, set_id: int) -> bool:
        """Does any word or chain of the set occur? Looks no further than the first."""
        if set_id in self.plain:
            return True
        found = self._whole.get(set_id)
        return bool(found) if found is not None else next(self._chained(set_id), None) is not None

    def _find(self, set_id: int) -> Sequence[Span]:
        plain = self.plain.get(set_id, ())
        chained = set(self._chained(set_id))
        return sorted(chained.union(plain)) if chained else plain

    def _chained(self, set_id: int) -> Iterator[Span]:
        """Spans of the set's chains, in no order; some may come twice."""
        reached = self._sets.reached(set_id)
        present = reached.keys() & self.plain.keys()
        if not present:
            return
        anchored = self._sets.anchored(set_id)
        for anchor_set in {one for key in present for one in reached[key]}:
            for start, end in self.of(anchor_set):
                for links, anchor in anchored[anchor_set]:
                    span = self._sets.around(links, anchor, self._text, start, end)
                    if span is not None:
                        yield span


def commonness(word: str) -> float:
    """How many texts of some fifty characters hold a word, roughly; for choosing what to look for."""
    if len(word) == 1:
        return 0.01 if word > "\u2e7f" else 0.2
    return 0.02 if word.isascii() and len(word) == 2 else 0.02 ** len(word)
