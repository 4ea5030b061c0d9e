"""`pattern`: a regular expression on the folded text, with a time limit."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from collectlint.operators.outcome import NO, Hit, Outcome, found
from collectlint.view import View

SECONDS = 1.0  # processor time per document; a fired limit makes the rule unknown, never "no"
TIMED_OUT = f"正则超过 {SECONDS:g} 秒时限"


@cache
def _compiled(expression: str) -> Any:
    import regex

    return regex.compile(expression)


class Pattern(NamedTuple):
    """`expression` is searched in each turn of `speakers`; group 1, if there is one, is the place.

    `needs` is a set of plain words one of which the document must hold, -1 = no such set.
    """

    expression: str
    stance: tuple[str, ...]
    speakers: tuple[str, ...]
    needs: int = -1

    def check(self, view: View) -> Outcome:
        if self.needs >= 0 and view.shortcuts and not _any_in(view, self.needs):
            return NO
        hits = []
        for turn, said in enumerate(view.document.turns):
            if self.speakers and said.speaker not in self.speakers:
                continue
            expression = _compiled(self.expression)  # after the speaker: `regex` costs 10 ms to import
            low, high = view.turn_region(turn)
            try:
                for match in expression.finditer(view.text, low, high, timeout=SECONDS):
                    start, end = match.span(1 if expression.groups else 0)
                    if start < 0 or start == end:
                        continue
                    if not self.stance or view.stance(start, end) in self.stance:
                        hits.append(Hit(start, end, via=("separator",) if view.dropped(start, end) else ()))
            except TimeoutError:
                return Outcome(None, (), TIMED_OUT)
        return found(hits) if hits else NO


def _any_in(view: View, set_id: int) -> bool:
    # The set may not be among the scanned ones; its words are few.
    return any(word in view.text for word in view.sets.members(set_id))
