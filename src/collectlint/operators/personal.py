"""`personal`: unmasked personal data in the text."""

from typing import NamedTuple

from collectlint.lazy import lazily
from collectlint.operators.outcome import NO, Hit, Outcome, found
from collectlint.text.kinds import KINDS as KINDS
from collectlint.view import View

# Without one of these there is nothing to find, and the readers need not be loaded.
_POSSIBLE = lazily(
    r"[0-9](?:[ -]?[0-9]){4}|[〇零一二三四五六七八九幺么]{6}|@|[a-z]\(?[0-9]{3}|微信|wechat|whatsapp|line|qq"
    r"|[路街巷弄道邨里村镇乡区][^,。\n]{0,12}[号座室楼栋幢层]|[·•]?[a-z0-9]{5}",
    cues="0123456789〇零一二三四五六七八九幺么@微信abcdefghijklmnopqrstuvwxyz号座室楼栋幢层",
)


class PersonalData(NamedTuple):
    """Personal data of `kinds` with at least `strength` (1 loose, 2 likely, 3 sure), said by `speakers`."""

    kinds: tuple[str, ...]
    strength: int
    speakers: tuple[str, ...]
    stance: tuple[str, ...]

    def check(self, view: View) -> Outcome:
        if not is_possible(view.text):
            return NO
        from collectlint.text.identifiers import find_personal

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


def is_possible(text: str) -> bool:
    """Could there be personal data of any kind at all?"""
    return _POSSIBLE.search(text) is not None
