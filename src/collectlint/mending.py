"""Safe replacements: what a rule's `fix` makes of the words that it found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from collectlint.text.fold import fold
from collectlint.text.script import tables

Fix = Mapping[str, Mapping[str, str]]  # word -> its replacement in `zh` and `hant`

_JOINTS = "、,，和及与與/"


class Edit(NamedTuple):
    """`text` in place of the code points `start`-`end`."""

    start: int
    end: int
    text: str


def edits(fix: Fix, text: str, start: int, end: int) -> tuple[Edit, ...]:
    """The replacements within the finding `start`-`end` of a text, from left to right.

    Words are known in either script, not disguised. What stands in 《》 is a name and stays. They are made
    as `settled` says.
    """
    plain = fold(text)
    words = sorted(((fold(word), word) for word in fix), key=lambda pair: -len(pair[0]))
    traditional = tables().characters
    lang = "hant" if any(ord(char) in traditional for char in text) else "zh"
    found: list[Edit] = []
    position = start
    while position < end:
        for word, key in words:
            if plain.startswith(word, position) and position + len(word) <= end:
                replacement = fix[key].get(lang) or fix[key]["zh"]
                found.append(Edit(position, position + len(word), replacement))
                position += len(word)
                break
        else:
            position += 1
    return tuple(one for one in found if not _is_in_title(text, one.start))


def settled(text: str, wanted: Iterable[Edit]) -> tuple[Edit, ...]:
    """Of the edits that findings of a text ask for, those to make: in order, none overlapping.

    A word stays whose replacement would stand beside itself (银监会、保监会).
    """
    kept: list[Edit] = []
    for one in sorted(set(wanted)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(one for one in kept if not _repeats(text, one, kept))


def applied(text: str, changes: tuple[Edit, ...]) -> str:
    """The text after the edits, which do not overlap and stand in order."""
    for one in reversed(changes):
        text = text[: one.start] + one.text + text[one.end :]
    return text


def _is_in_title(text: str, position: int) -> bool:
    return text.rfind("《", 0, position) > text.rfind("》", 0, position)


def _repeats(text: str, edit: Edit, others: list[Edit]) -> bool:
    if not edit.text:
        return False
    before = text[: edit.start].rstrip(_JOINTS)
    after = text[edit.end :].lstrip(_JOINTS)
    ends = {one.end for one in others if one.text == edit.text}
    starts = {one.start for one in others if one.text == edit.text}
    return (
        before.endswith(edit.text)
        or after.startswith(edit.text)
        or len(before) in ends
        or len(text) - len(after) in starts
    )
