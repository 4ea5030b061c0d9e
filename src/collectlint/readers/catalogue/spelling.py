"""Where each character of a decoded text stands in the file that spells it with escapes and folds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from collectlint.lazy import lazily

_BREAK = lazily(r"\r\n|\n|\r")
_BLANK = " \t\r\n"
_WORD_OR_BLANK = lazily(r"[^ \t\r\n]+|[ \t\r\n]")


class Piece(NamedTuple):
    """Raw code points `start`-`end` of a file and the text they stand for.

    A piece as long as its text is spelt character by character; any other is one escape or fold.
    """

    start: int
    end: int
    text: str


class Spelled(NamedTuple):
    """The text `value`, written in the stretches `spans` of the file `raw`; `spell` reads them back.

    Calling it with a code-point offset gives (line, column) of that character, or of the beginning of
    its escape; with `closing` the place just behind the character before the offset.
    """

    raw: str
    spans: tuple[tuple[int, int], ...]
    value: str
    spell: Spell

    def __call__(self, offset: int, closing: bool = False) -> tuple[int, int]:
        return place(self.raw, _position(self, offset, closing))


Spell: TypeAlias = Callable[[Spelled, int, int], Iterator[Piece]]


def place(raw: str, at: int) -> tuple[int, int]:
    """(line, column) of a code point of a file, both from 1; lines end at CR LF, LF or CR only."""
    starts = _line_starts(raw)
    line = bisect_right(starts, at)
    return line, at - starts[line - 1] + 1


@lru_cache(maxsize=4)
def _line_starts(raw: str) -> list[int]:
    return [0, *(found.end() for found in _BREAK.finditer(raw))]


def _position(text: Spelled, offset: int, closing: bool) -> int:
    if not offset:  # asked of every text that is read; the rest only where something was found
        every = (piece for span in text.spans for piece in text.spell(text, *span))
        return next((piece.start for piece in every if piece.text), text.spans[0][0])
    starts, pieces = _pieces(text)
    if not pieces:
        return text.spans[0][0]
    if closing:
        piece = pieces[bisect_right(starts, offset - 1) - 1]
        inside = offset - starts[bisect_right(starts, offset - 1) - 1]
        return piece.start + inside if _is_plain(piece) else piece.end
    if offset >= len(text.value):
        return pieces[-1].end
    which = bisect_right(starts, offset) - 1
    piece = pieces[which]
    return piece.start + offset - starts[which] if _is_plain(piece) else piece.start


def _is_plain(piece: Piece) -> bool:
    return piece.end - piece.start == len(piece.text)


@lru_cache(maxsize=256)
def _pieces(text: Spelled) -> tuple[list[int], list[Piece]]:
    """Where each piece begins in the text, and the pieces; none where the spelling is not understood."""
    pieces = [piece for span in text.spans for piece in text.spell(text, *span) if piece.text]
    if "".join(piece.text for piece in pieces) != text.value:
        return [], []
    return list(accumulate((len(piece.text) for piece in pieces), initial=0))[:-1], pieces


def as_written(text: Spelled, start: int, end: int) -> Iterator[Piece]:
    """A text that stands in the file as it is."""
    yield Piece(start, end, text.raw[start:end])


def escaped(
    raw: str, start: int, end: int, escape: re.Pattern[str], decoded: Callable[[str], str]
) -> Iterator[Piece]:
    """Plain stretches, and what `decoded` makes of each match of `escape` between them."""
    for found in escape.finditer(raw, start, end):
        if found.start() > start:
            yield Piece(start, found.start(), raw[start : found.start()])
        yield Piece(*found.span(), decoded(found.group()))
        start = found.end()
    if start < end:
        yield Piece(start, end, raw[start:end])


def aligned(text: Spelled, start: int, end: int) -> Iterator[Piece]:
    """A text whose blanks alone were changed by its format (indents taken away, lines joined)."""
    raw, at = text.raw, start
    for found in _WORD_OR_BLANK.finditer(text.value):
        said = found.group()
        if said in _BLANK:
            step = 1 if at < end and raw[at] in _BLANK else 0
        else:
            while at < end and raw[at] in _BLANK:
                at += 1
            if not raw.startswith(said, at, end):
                return
            step = len(said)
        yield Piece(at, at + step, said)
        at += step
