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

    def intern(self, items: Iterable[Any]) -> int:
        """Number of the literal set with these items (words, or what `items` gave); folded here."""

    def shortest(self, set_id: int) -> int:
        """Length of the set's shortest word, in code points."""

    def size(self, set_id: int) -> int:
        """How widely a set matches, roughly."""

    def keys(self, set_id: int) -> frozenset[int]:
        """The scanned sets one of which must occur for this set to occur."""

    def items(self, entry: str, place: Place) -> list[Any]:
        """What a word with `[a|b]` and `{list}` in it stands for; faults are recorded."""

    def words(self, name: str, place: Place) -> list[str] | None:
        """Every word of a list written out; None after a fault was recorded."""

    def state(self, name: str, place: Place) -> dict[str, Any] | None:
        """A state of the call as plain data; None after a fault was recorded."""

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
