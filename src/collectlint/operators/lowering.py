"""What operators may ask of the rulebook while their options are turned into plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from collectlint.errors import Place
from collectlint.operators.outcome import Required
from collectlint.shape import Tree


class Lowering(Protocol):
    """The compiler's side: interns literal sets, knows the lexicons, collects faults."""

    speakers: tuple[str, ...]  # whose words the rule is about; () = everybody's

    def intern(self, entries: Iterable[str]) -> int:
        """Number of the literal set with these entries (folded here)."""

    def entries(self, set_id: int) -> Sequence[str]:
        """The folded entries of a set."""

    def lexicon(self, name: str, place: Place) -> list[str] | None:
        """Entries of a list by name; None after a fault was recorded for an unknown name."""

    def lower(self, tree: Tree) -> dict[str, Any]:
        """A child condition as plain data."""

    def required(self, node: dict[str, Any]) -> Required:
        """What must occur for a lowered child to hold."""

    def fault(self, message: str, place: Place, remedy: str = "") -> None:
        """Record a fault of the rule."""


def either(options: Sequence[Required], most: int = 12) -> Required:
    """Requirement of "any of": () as soon as one option requires nothing.

    The cross product of all clauses would be exact; past `most` clauses the smallest clause of
    each option stands for it, which is weaker but still sound.
    """
    if not options or any(not option for option in options):
        return ()
    result: list[frozenset[int]] = [frozenset()]
    for option in options:
        if len(result) * len(option) > most:
            clause = min(option, key=lambda one: (len(one), sorted(one)))
            result = [left | clause for left in result]
        else:
            result = [left | right for left in result for right in option]
    return tuple(dict.fromkeys(result))
