"""`pattern`: a regular expression on the folded text, with a time limit."""

import re
from collections.abc import Iterable
from functools import cache
from time import process_time
from typing import Any, NamedTuple

from collectlint.operators.outcome import NO, Hit, Outcome, found
from collectlint.view import View

SECONDS = 1.0  # processor time per document; a fired limit makes the rule unknown, never "no"
TIMED_OUT = f"正则超过 {SECONDS:g} 秒时限"
TIRED_AFTER = 3  # documents on which the limit fired; the rule then rests for the remainder of the run
TIRED = f"{TIMED_OUT}已 {TIRED_AFTER} 次，本次运行不再判定"

SHORT = 500  # code points; up to here a tame expression cannot take long, and `re` is imported already


@cache
def _timed(expression: str) -> Any:
    import regex  # 10 ms

    return regex.compile(expression)


@cache
def _untimed(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


class Pattern(NamedTuple):
    """`expression` is searched in each turn of `speakers`; group 1, if there is one, is the place.

    Each of `needs` names sets of plain words; the document must hold a word of one of the sets.
    `tame` says that it has too few unbounded repeats to need the time limit on a short text.
    """

    expression: str
    stance: tuple[str, ...]
    speakers: tuple[str, ...]
    needs: tuple[tuple[int, ...], ...] = ()
    tame: bool = False

    def check(self, view: View) -> Outcome:
        if view.shortcuts and not all(_any_in(view, set_ids) for set_ids in self.needs):
            return NO
        hits: list[Hit] = []
        left = SECONDS
        for turn, said in enumerate(view.document.turns):
            if self.speakers and said.speaker not in self.speakers:
                continue
            low, high = view.turn_region(turn)
            if self.tame and high - low <= SHORT:
                self._take(_untimed(self.expression).finditer(view.text, low, high), view, hits)
                continue
            if left <= 0:
                return Outcome(None, (), TIMED_OUT)
            began = process_time()
            matches = _timed(self.expression).finditer(view.text, low, high, timeout=left)
            try:
                self._take(matches, view, hits)
            except TimeoutError:
                return Outcome(None, (), TIMED_OUT)
            left -= process_time() - began
        return found(hits) if hits else NO

    def _take(self, matches: Iterable[Any], view: View, hits: list[Hit]) -> None:
        for match in matches:
            start, end = match.span(1 if match.re.groups else 0)
            if start < 0 or start == end:
                continue
            if not self.stance or view.stance(start, end) in self.stance:
                hits.append(Hit(start, end, via=view.via(start, end)))


def _any_in(view: View, set_ids: tuple[int, ...]) -> bool:
    # The sets need not be among the scanned ones; their words are few.
    return any(view.sets.has_word_in(set_id, view.text, view.characters) for set_id in set_ids)
