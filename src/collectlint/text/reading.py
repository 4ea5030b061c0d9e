"""A folded text as rules read it: without noise, and with disguised words in their usual spelling.

Only texts that show a sign of disguise pay for more than a look at pairs of characters.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import add, eq
from typing import NamedTuple

from collectlint.text.compact import Compact, compact
from collectlint.text.ordinary import ALONE, is_ordinary

# Sets of characters, no regular expressions: compiling one costs a spot check 2 ms.
SIGNS = frozenset(
    "abcdefghijklmnopqrstuvwxyzㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙ氵讠亻扌忄纟钅饣犭阝辶礻衤宀艹疒刂嗯呃攵丩"
)
_TITLES = ("先生", "女士", "小姐", "太太", "师傅", "经理", "总", "某", "生")  # after a surname
# The words of the rules by their first two characters; None or nothing where there are none.
Known = Callable[[str], Sequence[str] | None]
_MOST = 100_000  # remembered pairs


class Reading(NamedTuple):
    """`text` as rules read it.

    Character n stands at `starts[n]` to `ends[n]` of the folded text; None = nothing was changed.
    `marks` are stretches of `text` that are not as written, and how they were read.
    """

    text: str
    starts: Sequence[int] | None
    ends: Sequence[int] | None
    marks: tuple[tuple[int, int, str], ...] = ()


# Somebody is spoken to, or money is owed: without any of these no word is worth a guess.
ABOUT = frozenset("你您妳恁汝债欠贷催逾款账诉讼警院")


def is_worth_a_guess(folded: Iterable[str]) -> bool:
    """Could any of these texts be about a debt, or address somebody?"""
    return not all(map(ABOUT.isdisjoint, folded))


def read(folded: str, known: Known | None) -> Reading:
    """The reading of a folded text; `known` gives the words of the rules by their first two characters."""
    part = compact(folded)
    if known is not None and part.text and not part.text.isascii():
        strange = strangers(part.text)
        if strange or not SIGNS.isdisjoint(part.text) or _is_drawn_out(part.text):
            return guessed(part, strange, known)
    return unguessed(part)


def guessed(part: Compact, strange: Sequence[int], known: Known) -> Reading:
    """The reading of a text that shows a sign of disguise; `strange` are its `strangers`."""
    from collectlint.text.misspelt import edits

    found = edits(part.text, strange, known)
    return _edited(part, found) if found else unguessed(part)


def unguessed(part: Compact) -> Reading:
    """The reading of a text that shows none."""
    if part.origin is None:
        return Reading(part.text, None, None)
    return Reading(part.text, part.origin, [start + 1 for start in part.origin[:-1]])


class _Pairs(dict[str, int]):
    """1 for two characters that are part of ordinary words (or are no Chinese at all), else 0."""

    def __missing__(self, pair: str) -> int:
        if len(self) > _MOST:
            self.clear()
        foreign = not (is_han(pair[0]) or is_han(pair[1]))
        value = self[pair] = int(foreign or is_ordinary(pair))
        return value


_pair = _Pairs().__getitem__


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def strangers(text: str) -> list[int]:
    """Positions of Chinese characters that form no ordinary pair with either neighbour."""
    signature = text.find("】") + 1 if text.startswith("【") else 0  # names are strange by nature
    joined = b"\0" + bytes(map(_pair, map(add, text, text[1:]))) + b"\0"
    found = []
    position = joined.find(b"\0\0", signature)
    while position >= 0:
        char = text[position]
        if char not in ALONE and is_han(char) and not text.startswith(_TITLES, position + 1):
            found.append(position)
        position = joined.find(b"\0\0", position + 1)
    return found


def _is_drawn_out(text: str) -> bool:
    """Is there a character three times in a row?"""
    return b"\1\1" in bytes(map(eq, text, text[1:]))


def _edited(part: Compact, edits: Sequence[tuple[int, int, str, str]]) -> Reading:
    origin = part.origin if part.origin is not None else range(len(part.text) + 1)
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    marks: list[tuple[int, int, str]] = []
    position = 0
    for start, end, new, via in (*edits, (len(part.text), len(part.text), "", "")):
        text += part.text[position:start]
        starts += origin[position:start]
        ends += [one + 1 for one in origin[position:start]]
        position = end
        if start == end:
            continue
        low, high = origin[start], origin[end - 1] + 1
        if not new:
            if ends:
                ends[-1] = high
            marks.append((max(0, len(text) - 1), len(text) + 1, via))
            continue
        marks.append((len(text), len(text) + len(new), via))
        text += new
        same = len(new) == end - start
        starts += origin[start:end] if same else [low] * len(new)
        ends += [one + 1 for one in origin[start:end]] if same else [high] * len(new)
    starts.append(origin[len(part.text)])
    return Reading("".join(text), starts, ends, tuple(marks))
