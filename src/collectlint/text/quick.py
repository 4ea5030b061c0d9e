"""Many texts read as `reading.read` reads one: the same readings, by tests that cost some compiling first.

Most texts are in simplified characters, without noise and without disguised words; a few searches for
single characters tell so. Short turns of calls come again and again and are remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from collectlint.text import compact, fold, reading, script
from collectlint.text.compact import Compact
from collectlint.text.reading import Known, Reading
from collectlint.visible import without_surrogates

_MOST = 50_000  # remembered turns
_SHORT = 16  # code points; longer ones seldom come again
# Signs in nearly every message that folding changes.
_USUAL = tuple(zip("，！？：；（）“”", ',!?:;()""', strict=True))
_remembered: dict[tuple[str, bool], Reading] = {}


@cache
def _unfolded() -> re.Pattern[str]:
    """Characters that folding may change, but for the usual signs."""
    characters, phrases, _, _ = script.tables()
    codes = {code for code, plain in characters.items() if code != plain} | fold.changed_codes()
    changed = set(map(chr, codes))
    # A phrase changes nothing where its characters alone do not, unless it says otherwise.
    changed.update(
        char for key, plain in phrases.items() if key != plain and changed.isdisjoint(key) for char in key
    )
    changed.difference_update(sign for sign, _ in _USUAL)
    written = "".join(map(re.escape, sorted(one for one in changed if one < "\U00010000")))
    ranges = "".join(f"{chr(first)}-{chr(last)}" for first, last in fold.COMPATIBLE if first < 0xFF00)
    usual = "".join(sorted(sign for sign, _ in _USUAL if sign >= "\uff00"))
    wide = "".join(chr(code) for code in range(0xFF00, 0xFFF0) if chr(code) not in usual)
    return re.compile(f"[A-Z{written}{ranges}{re.escape(wide)}\ud800-\udfff\U00010000-\U0010ffff]")


@cache
def _noise() -> re.Pattern[str]:
    """What a text without noise has none of; see `compact`."""
    marks = re.escape("".join(sorted(compact.MARKS)))
    return re.compile(rf"[^\u4e00-\u9fffa-z0-9{marks}]|([{marks}])[\s\S]\1")


@cache
def _about() -> re.Pattern[str]:
    return re.compile(f"[{''.join(reading.ABOUT)}]")


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(rf"[{''.join(reading.SIGNS)}]|([\s\S])\1\1")


def folded(text: str) -> str:
    """`fold.fold` of a text without its lone surrogates."""
    if _unfolded().search(text) or any(word in text for word, _ in fold.WORDS):
        return fold.fold(without_surrogates(text))
    for sign, plain in _USUAL:
        if sign in text:
            text = text.replace(sign, plain)
    return text


def read_all(texts: Iterable[str], known: Known | None) -> list[Reading]:
    """The readings of the turns of one document; see `reading.read` for `known`."""
    turns = list(map(folded, texts))
    if known is not None and not any(map(_about().search, turns)):
        known = None
    return [_read(turn, known) for turn in turns]


def _read(text: str, known: Known | None) -> Reading:
    if len(text) > _SHORT:
        return _read_anew(text, known)
    key = text, known is None
    found = _remembered.get(key)
    if found is None:
        if len(_remembered) >= _MOST:
            _remembered.clear()
        found = _remembered[key] = _read_anew(text, known)
    return found


def _read_anew(text: str, known: Known | None) -> Reading:
    part = compact.compact(text) if _noise().search(text) else Compact(text, None)
    if known is not None and part.text and not part.text.isascii():
        strange = reading.strangers(part.text)
        if strange or _signs().search(part.text):
            return reading.guessed(part, strange, known)
    return reading.unguessed(part)
