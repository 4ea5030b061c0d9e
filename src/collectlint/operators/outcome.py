"""What an operator answers: yes, no or unknown, where, and why not."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from collectlint.view import Span, View

# Conjunction of disjunctions of literal-set ids that must occur for a condition to hold at all.
Required = tuple[frozenset[int], ...]

# Reasons that lie with this installation, not with the document: what they left open is incomplete.
NO_CALENDAR = "的放假安排尚未收录"
NO_HOLIDAYS = '公共假日需要另装 holidays（pip install "collectlint[calendar]"）'


class Hit(NamedTuple):
    """Half-open span of `View.text`; `also` are further places; `note` fills `{note}` in a message."""

    start: int
    end: int
    also: tuple[Span, ...] = ()
    via: tuple[str, ...] = ()
    note: str = ""


class Outcome(NamedTuple):
    """Kleene truth (None = unknown, then `reason` says what is missing) and the places."""

    truth: bool | None
    hits: tuple[Hit, ...] = ()
    reason: str = ""


NO = Outcome(False)
YES = Outcome(True)


class Operator(Protocol):
    """A condition ready to be asked."""

    def check(self, view: View) -> Outcome:
        """Ask the condition of one document."""


def found(hits: Iterable[Hit]) -> Outcome:
    """Yes with these hits, or no when there are none; sorted, contained hits dropped."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if kept and hit.end <= kept[-1].end:
            continue
        kept.append(hit)
    return Outcome(True, tuple(kept)) if kept else NO
