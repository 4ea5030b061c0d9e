"""The literal sets of a rulebook: words that stand for each other, known by number."""

from __future__ import annotations

from collections.abc import Sequence


class LiteralSets:
    """Set id -> its folded entries; look-up structures are built when a set is first used."""

    def __init__(self, entries: Sequence[Sequence[str]]) -> None:
        self.entries = entries
        self._members: dict[int, frozenset[str]] = {}
        self._lengths: dict[int, tuple[int, ...]] = {}

    def members(self, set_id: int) -> frozenset[str]:
        found = self._members.get(set_id)
        if found is None:
            found = self._members[set_id] = frozenset(self.entries[set_id])
        return found

    def lengths(self, set_id: int) -> tuple[int, ...]:
        """The lengths of the set's entries, longest first."""
        found = self._lengths.get(set_id)
        if found is None:
            found = tuple(sorted({len(entry) for entry in self.entries[set_id]}, reverse=True))
            self._lengths[set_id] = found
        return found

    def match_at(self, set_id: int, text: str, position: int, high: int) -> int | None:
        """End of the longest entry that begins at `position` and ends by `high`."""
        members = self.members(set_id)
        for length in self.lengths(set_id):
            if position + length <= high and text[position : position + length] in members:
                return position + length
        return None

    def match_before(self, set_id: int, text: str, position: int, low: int) -> int | None:
        """Start of the longest entry that ends at `position` and begins no earlier than `low`."""
        members = self.members(set_id)
        for length in self.lengths(set_id):
            if position - length >= low and text[position - length : position] in members:
                return position - length
        return None
