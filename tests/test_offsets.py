"""Places survive every change of unit: code points, UTF-16, UTF-8, lines, and the text as rules read it.

A hundred thousand mixed texts in CI; as read by rules, which costs more, 10,000 there and all of them under
COLLECTLINT_FULL=all.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator

from lsprotocol.types import PositionEncodingKind as Unit
from pygls.workspace import PositionCodec

from collectlint.cli.editor.places import position
from collectlint.document import Document, Origin, Turn, place_of
from collectlint.rulebook.folder import load
from collectlint.rulebook.syntax import split_lines
from collectlint.view import View, readings_of

FULL = os.environ.get("COLLECTLINT_FULL", "")
TEXTS = 100_000 if FULL else 10_000
READ = {"": 1_000, "all": TEXTS}.get(FULL, 10_000)
CODECS = {Unit.Utf8: "utf-8", Unit.Utf16: "utf-16-le", Unit.Utf32: "utf-32-le"}
WIDTH = {Unit.Utf8: 1, Unit.Utf16: 2, Unit.Utf32: 4}
PIECES = (
    "再不还钱就爆你通讯录",
    "再不還錢就爆你通訊錄",
    "您",
    "款",
    "爆 你 通 讯 录",
    "爆你通(xùn)訊錄",
    "抱你通讯绿",
    "ｘｙＺ１２",
    "abc",
    "Q",
    "7",
    "2026-03-02",
    "😀",
    "𠮷",
    "👨\u200d👩\u200d👧",
    "e\u0301",
    "\u0301",
    "\u200b",
    "\u202e",
    "\ufe0f",
    "㈱",
    "①",
    "⼀",
    "\u3000",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "\u2028",
    "\x85",
    "\x0b",
    "，",
    "。",
    "「",
    "」",
    "还还还还",
    "弓长",
    "氵去",
    "nǐ",
    "huán qián",
    "\U000e0100",
    "\ufdfd",
    "ﷺ",
    "\U0010ffff",
    "\ufffd",
)


def mixed(seed: int, count: int = TEXTS) -> Iterator[str]:
    """Texts of up to 40 pieces, each as often as any other, and now and then any character at all."""
    chance = random.Random(seed)
    for _ in range(count):
        pieces = chance.choices(PIECES, k=chance.choice((1, 3, 8, 20, 40)))
        if chance.random() < 0.3:
            pieces.insert(chance.randrange(len(pieces)), chr(chance.randrange(0xE000, 0x110000)))
        yield "".join(pieces)


def lines_of(text: str) -> list[str]:
    """Lines with their ends, by the three ends there are; not by the code under test."""
    return [found[0] for found in re.finditer(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)] or [""]


def test_lines_and_columns_lead_back() -> None:
    chance = random.Random(1)
    for text in mixed(2):
        line, column = chance.randrange(1, 9), chance.randrange(1, 9)
        turn = Turn("agent", text, origin=Origin("a.txt", line, column))
        lines = lines_of(text)
        for offset in {0, len(text), chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)}:
            if text[offset - 1 : offset + 1] == "\r\n":
                continue  # between the two nobody has a place
            at_line, at_column = place_of(turn, offset)
            before = at_line - line
            inside = at_column - (column if not before else 1)
            assert sum(map(len, lines[:before])) + inside == offset


def test_units_of_editors_lead_back() -> None:
    chance = random.Random(3)
    codecs = {unit: PositionCodec(encoding=unit) for unit in CODECS}
    for text in mixed(4):
        lines = split_lines(text)
        assert [line.rstrip("\r\n") for line in lines_of(text)] == list(lines)[: len(lines_of(text))]
        which = chance.randrange(len(lines))
        column = chance.randrange(len(lines[which]) + 1)
        for unit, codec in codecs.items():
            place = position(lines, which + 1, column + 1, codec)
            assert place.line == which
            encoded = lines[which].encode(CODECS[unit])
            prefix = encoded[: place.character * WIDTH[unit]].decode(CODECS[unit])
            assert prefix == lines[which][:column]
            assert codec.position_from_client_units(lines, place).character == column


def test_what_rules_read_leads_back() -> None:
    """Every stretch of the text as read has its place in the turn, in order, and the other way round."""
    chance = random.Random(5)
    book = load()
    for number, text in enumerate(mixed(6, READ)):
        other = text[::-1]
        document = Document("d", (Turn("agent", text), Turn("debtor", other)))
        known = book.beginning_with if number % 2 else None
        view = View(document, book.sets, None, known, readings_of(document, known, batch=number % 3 == 0))
        turns = [turn.text for turn in document.turns]
        last = (0, 0)
        for place, char in enumerate(view.text):
            turn, start, end = view.original(place, place + 1)
            if char == "\n" and place + 1 in view.turn_starts:
                continue  # joins two turns
            assert 0 <= start < end <= len(turns[turn])
            assert (turn, start) >= last
            last = (turn, start)
        for _ in range(3):
            turn = chance.randrange(2)
            low, high = view.turn_region(turn)
            if high <= low:
                continue
            start = chance.randrange(low, high)
            end = chance.randrange(start + 1, high + 1)
            where, first, beyond = view.original(start, end)
            assert where == turn
            back_start, back_end = view.inward(turn, first, beyond)
            assert back_start <= start
            assert end <= back_end
            assert view.original(back_start, back_end) == (turn, first, beyond)


def test_the_texts_are_mixed() -> None:
    whole = "".join(mixed(7, 300))
    assert all(piece in whole for piece in PIECES)
