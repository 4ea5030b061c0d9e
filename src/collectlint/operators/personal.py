"""`personal`: unmasked personal data in the text."""

from __future__ import annotations

from typing import NamedTuple

from collectlint.operators.outcome import NO, Hit, Outcome, found
from collectlint.text.identifiers import find_personal
from collectlint.view import View


class PersonalData(NamedTuple):
    """Personal data of `kinds` with at least `strength` (0..1), said by `speakers`."""

    kinds: tuple[str, ...]
    strength: float
    speakers: tuple[str, ...]
    stance: tuple[str, ...]

    def check(self, view: View) -> Outcome:
        hits = []
        for item in find_personal(view.text, self.kinds or None):
            if item.masked or item.strength < self.strength:
                continue
            if self.speakers and view.speaker_at(item.start) not in self.speakers:
                continue
            if self.stance and view.stance(item.start, item.end) not in self.stance:
                continue
            hits.append(Hit(item.start, item.end))
        return found(hits) if hits else NO
