"""Plain text and Markdown: one file is one script, or one transcript when its lines name speakers."""

from __future__ import annotations

from collections.abc import Iterator

from collectlint.document import Document, Origin, Turn
from collectlint.errors import InputError
from collectlint.finding import Failure
from collectlint.lazy import lazily
from collectlint.readers import record
from collectlint.readers.settings import LINE_COST, NAMED, POSSIBLE, Items, Line, Lines, ReadSettings, Source
from collectlint.readers.speech import Piece, attribute, trimmed

COMMENTS = ("<!--", "#", "//")  # read as speech but for waivers
_SUFFIXES = (".txt", ".text", ".md", ".markdown")
# `1.` needs a blank after it (1.5 万元); the Chinese `1、` does not.
_MARKS = lazily(r"\s*(?:(?:#{1,6}|[-*+]|\d{1,3}[.)])(?=\s)\s*|\d{1,3}、\s*|>\s*|\[[ xX]\]\s+)*")
_RULE = lazily(r"\s*(?:[-*_=]\s*){3,}$")
_FENCE = lazily(r"\s*(?:`{3,}|~{3,})\s*[A-Za-z0-9+#._-]*\s*$")
_TABLE_RULE = lazily(r"(?=[^|]*\|)\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")


def sniff(_head: str, name: str) -> int:
    """Text fits everything; sure enough for a folder only when the name says so."""
    return NAMED if name.lower().endswith(_SUFFIXES) else POSSIBLE


def read(lines: Lines, source: Source, settings: ReadSettings) -> Items:
    """At most one Document; lines that could not be decoded come first, as Failures."""
    kept: list[Line] = []
    held = 0
    for line in lines:
        if isinstance(line, Failure):
            yield line
            continue
        held += len(line.text) + LINE_COST
        if held > settings.max_whole_bytes:
            raise InputError("文本文件过大", remedy="请拆分文件，或改用 JSONL")
        if line.text and not line.text.isspace():
            kept.append(line)
    if kept:
        yield document(kept, source, settings, source.name)


def document(lines: list[Line], source: Source, settings: ReadSettings, name: str) -> Document:
    """The Document of a file's lines: a turn for each line with words, at its exact place."""
    numbers: list[int] = []
    pieces: list[Piece] = []
    fenced = False
    for line in lines:
        if _FENCE.match(line.text):
            fenced = not fenced
            continue
        for piece in [trimmed(line.text, 0, len(line.text))] if fenced else _pieces(line.text):
            if piece.start < piece.end:
                numbers.append(line.number)
                pieces.append(piece)
    transcript, said = attribute(pieces)
    turns = tuple(
        Turn(
            each.speaker,
            piece.line[each.start : each.end],
            each.at,
            each.until,
            Origin(source.path, number, each.start + 1),
        )
        for number, piece, each in zip(numbers, pieces, said, strict=True)
        if each.start < each.end
    )
    kind = settings.kind or ("transcript" if transcript else "script")
    if kind in ("message", "template"):
        turns = _joined(lines, source)
    known = {
        "jurisdiction": settings.jurisdiction,
        "channel": settings.channel or ("sms" if kind in ("message", "template") else "call"),
        "kind": kind,
        "party": settings.party,
    }
    return record.make_document(known, {}, turns, Origin(source.path, lines[0].number, 1), name)


def _joined(lines: list[Line], source: Source) -> tuple[Turn, ...]:
    """All lines as the one text of a message; blank lines between them are kept."""
    text = ""
    for line in lines:
        missing = line.number - lines[0].number - text.count("\n")
        text += "\n" * missing + line.text
    return (Turn("agent", text, None, None, Origin(source.path, lines[0].number, 1)),)


def _pieces(line: str) -> Iterator[Piece]:
    """What is said in a line, without Markdown's marks; the row of a table stays whole, for its heading
    says of a column that it must not be said."""
    if _RULE.match(line) or _TABLE_RULE.match(line):
        return
    if line.lstrip().startswith("|") and line.rstrip().endswith("|"):
        yield trimmed(line, 0, len(line))
        return
    marks = _MARKS.match(line)
    yield trimmed(line, marks.end() if marks else 0, len(line))
