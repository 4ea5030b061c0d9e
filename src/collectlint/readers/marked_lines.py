"""Plain text as recognisers write it: `[SPEAKER_00]: …` (WhisperX), `[0:0.020,0:2.380,0]  …` (Tencent)."""

from __future__ import annotations

from collectlint.document import Origin
from collectlint.errors import InputError, Place
from collectlint.finding import Failure
from collectlint.lazy import lazily
from collectlint.readers.settings import LINE_COST, SURE, Items, Lines, ReadSettings, Source
from collectlint.readers.speech import trimmed
from collectlint.readers.spoken_call import Piece, transcript
from collectlint.readers.timing import clock

_TIME = r"\d{1,3}(?::\d{1,2}){1,2}(?:\.\d{1,3})?"
_MARK = lazily(rf"\s*\[(?:(SPEAKER_\d{{1,4}})|({_TIME}),({_TIME}),(\d{{1,4}}))\][ \t]*[:：]?[ \t]*")
_LINES = 5  # at the top, all of which must be marked


def sniff(head: str, _name: str) -> int:
    """Sure when every line at the top names its speaker so."""
    tops = [line for line in head.lstrip("\ufeff").replace("\r", "\n").split("\n", 40)[:40] if line.strip()]
    tops = tops[:_LINES]
    return SURE + 1 if tops and all(_MARK.match(line) for line in tops) else 0


def read(lines: Lines, source: Source, settings: ReadSettings) -> Items:
    """One Document; a line without a mark goes on with the voice before it."""
    pieces: list[Piece] = []
    voice = ""
    held = 0
    for line in lines:
        if isinstance(line, Failure):
            yield line
            continue
        held += len(line.text) + LINE_COST
        if held > settings.max_whole_bytes:
            raise InputError("文本文件过大", Place(source.path), "请拆分文件，或改用 JSONL")
        mark = _MARK.match(line.text)
        start = end = None
        if mark:
            voice = mark[1] or mark[4]
            start, end = clock(mark[2] or ""), clock(mark[3] or "")
        words = trimmed(line.text, mark.end() if mark else 0, len(line.text))
        if words.start < words.end:
            origin = Origin(source.path, line.number, words.start + 1)
            pieces.append(Piece(line.text[words.start : words.end], voice, start, end, origin))
    if pieces:
        yield transcript(pieces, "s", {}, {}, settings, Origin(source.path, 1, 1), source.name)
