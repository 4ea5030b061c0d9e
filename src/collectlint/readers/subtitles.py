"""SRT and WebVTT: a call as cues with times, speakers in `<v …>`, `[SPEAKER_00]:` or `坐席：`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from collectlint.document import Doubt, Origin
from collectlint.errors import InputError, Place
from collectlint.finding import Failure
from collectlint.lazy import lazily
from collectlint.readers.settings import LINE_COST, SURE, Items, Line, Lines, ReadSettings, Source
from collectlint.readers.speech import Piece as Stretch
from collectlint.readers.speech import listen, trimmed
from collectlint.readers.spoken_call import Piece, transcript
from collectlint.readers.timing import clock

_TIMES = lazily(
    r"\s*((?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*((?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3})(?:\s.*)?"
)
_HEAD = lazily(r"\s*(?:WEBVTT(?:[ \t].*)?(?:[\r\n]|$)|\d+\s*(?:\r\n|\n|\r)\s*[\d:.,]+\s*-->\s*[\d:.,]+)")
_MOST_LINES = 1000  # of one cue
_SKIPPED = lazily(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_VOICE = lazily(r"\s*<v(?:\.[^\s>]+)*\s+([^>]{1,60})>")
_TAGS = lazily(r"</?[A-Za-z][^>\r\n]{0,60}>|<\d[\d:.]*>|\{\\[^}\r\n]{0,60}\}")
_BRACKETED = lazily(r"\s*[\[【]\s*([^\]】\r\n]{1,30})\s*[\]】]\s*[:：]?\s*")
_DASH = lazily(r"\s*[-–—]\s+")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": "\u00a0", "&lrm;": "", "&rlm;": ""}
_ENTITY = lazily("|".join(_ENTITIES))


class _Shifts(NamedTuple):
    """Places an offset of a text without its marks: (offset in the text, line, column) of each run."""

    runs: tuple[tuple[int, int, int], ...]

    def __call__(self, offset: int, closing: bool = False) -> tuple[int, int]:
        inner = offset - closing  # the next run stands elsewhere
        start, line, column = next(
            run for run in reversed(self.runs) if run[0] <= inner or run is self.runs[0]
        )
        return line, column + offset - start


def sniff(head: str, _name: str) -> int:
    """Sure of `WEBVTT`, or a number with a line of times below it."""
    return SURE + 1 if _HEAD.match(head.lstrip("\ufeff")) else 0


def read(lines: Lines, source: Source, settings: ReadSettings) -> Items:
    """At most one Document; a cue with broken times or without words is a Failure."""
    pieces: list[Piece] = []
    doubts: list[Doubt] = []
    held = 0
    for block in _blocks(lines, source.path):
        if isinstance(block, Failure):
            yield block
            continue
        held += sum(len(line.text) + LINE_COST for line in block)
        if held > settings.max_whole_bytes:
            raise InputError("字幕文件过大", Place(source.path), "请拆分文件")
        at = next((index for index, line in enumerate(block) if "-->" in line.text), None)
        if at is None:
            if not block[0].text.lstrip("\ufeff").startswith("WEBVTT") and not _SKIPPED.match(block[0].text):
                what = (
                    "只有序号，没有时间和文字"
                    if len(block) == 1 and block[0].text.strip().isdigit()
                    else "没有时间"
                )
                yield Failure(source.path, block[0].number, f"这一条字幕{what}，文件可能被截断", "请重新导出")
            continue
        times = _TIMES.fullmatch(block[at].text)
        said = list(_said(block[at + 1 :], source.path))
        if times is None:
            yield Failure(
                source.path,
                block[at].number,
                "这一条字幕的时间有误，未检查",
                "应形如 00:00:01,000 --> 00:00:02,000",
            )
        elif not said and not block[at].ending:
            yield Failure(source.path, block[at].number, "最后一条字幕没有文字，文件可能被截断", "请重新导出")
        else:
            start, end = clock(times[1]), clock(times[2])
            pieces.extend(piece._replace(start=start, end=end) for piece in said)
    if not pieces:
        return
    known: dict[str, Any] = {}
    yield transcript(pieces, "s", known, {}, settings, Origin(source.path, 1, 1), source.name, doubts)


def _blocks(lines: Lines, path: str) -> Iterator[list[Line] | Failure]:
    """Runs of lines between blank ones."""
    block: list[Line] = []
    for line in lines:
        if isinstance(line, Failure):
            yield line
        elif line.text and not line.text.isspace():
            block.append(line)
            if len(block) > _MOST_LINES:
                reason = f"一条字幕超过 {_MOST_LINES} 行，已跳过"
                yield Failure(path, block[0].number, reason, "字幕之间要有空行")
                block = []
        elif block:
            yield block
            block = []
    if block:
        yield block


def _said(lines: list[Line], path: str) -> Iterator[Piece]:
    """What is said in a cue: a piece for each speaker; lines without a speaker go on with the one before."""
    voice = ""
    text = ""
    runs: list[tuple[int, int, int]] = []
    for line in lines:
        who, start, end = _speaker(line.text)
        if (who or _DASH.match(line.text)) and text:
            yield _piece(text, voice, runs, path)
            text, runs = "", []
        voice = who or voice
        if text:
            text += "\n"
        for bare, column in _bare(line.text, start, end):
            runs.append((len(text), line.number, column + 1))
            text += bare
    if text.strip():
        yield _piece(text, voice, runs, path)


def _piece(text: str, voice: str, runs: list[tuple[int, int, int]], path: str) -> Piece:
    _, line, column = runs[0]
    origin = Origin(path, line, column, "", _Shifts(tuple(runs)))
    return Piece(text, voice, None, None, origin)


def _speaker(line: str) -> tuple[str, int, int]:
    """(speaker as written, "" = none; the words' half-open span) of one line."""
    dash = _DASH.match(line)
    start = dash.end() if dash else 0
    voice = _VOICE.match(line, start)
    if voice:
        return voice[1].strip(), *_span(line, voice.end())
    bracketed = _BRACKETED.match(line, start)
    if bracketed:
        return bracketed[1].strip(), *_span(line, bracketed.end())
    stretch = trimmed(line, start, len(line))
    heard = listen(stretch)
    return (heard.speaker if not heard.weak else ""), heard.start, heard.end


def _span(line: str, start: int) -> tuple[int, int]:
    stretch: Stretch = trimmed(line, start, len(line))
    return stretch.start, stretch.end


def _bare(line: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """(text, index in the line) of the runs between tags; entities are written out, each a run of its own."""
    at = start
    for tag in sorted(
        [*_TAGS.finditer(line, start, end), *_ENTITY.finditer(line, start, end)], key=re.Match.start
    ):
        if tag.start() < at:
            continue
        if tag.start() > at:
            yield line[at : tag.start()], at
        written = _ENTITIES.get(tag.group())
        if written:
            yield written, tag.start()
        at = tag.end()
    if at < end:
        yield line[at:end], at
