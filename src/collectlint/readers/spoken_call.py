"""A call as a recogniser or an export tells it -> a transcript, with what had to be guessed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from collectlint.document import Document, Doubt, Origin, Turn
from collectlint.errors import InputError
from collectlint.readers import record
from collectlint.readers.settings import ReadSettings
from collectlint.readers.timing import Span, settle
from collectlint.readers.voices import assign


class Piece(NamedTuple):
    """What one voice said at one time: times are in the unit of the call, `voice` "" when unknown."""

    text: str
    voice: str
    start: float | None
    end: float | None
    origin: Origin


def transcript(
    pieces: Sequence[Piece],
    unit: str,
    known: dict[str, Any],
    others: dict[str, Any],
    settings: ReadSettings,
    origin: Origin,
    default_id: str,
    doubts: Sequence[Doubt] = (),
) -> Document:
    """The Document of a call; `known` are checked fields, which go before the settings.

    Raises InputError when nobody says anything and the call is not known to be an attempt.
    """
    spoken = [piece for piece in pieces if piece.text.strip()]
    said: list[Doubt] = list(doubts)
    if not spoken and known.get("outcome") != "attempt":
        raise InputError(
            "这通电话没有识别出任何文字，未检查",
            remedy="请检查录音与识别结果；未接通的请注明 outcome: attempt",
        )
    settled = settle([Span(piece.start, piece.end, len(piece.text)) for piece in spoken], unit)
    said.extend(settled.doubts)
    order = list(range(len(spoken)))
    if all(span.start is not None for span in settled.spans):
        order.sort(
            key=lambda at: settled.spans[at].start or 0.0
        )  # results often list one channel after the other
    heard = assign([(spoken[at].voice, spoken[at].text) for at in order], settings.speakers)
    said.extend(heard.doubts)
    turns = tuple(
        Turn(speaker, spoken[at].text, settled.spans[at].start, settled.spans[at].end, spoken[at].origin)
        for speaker, at in zip(heard.speakers, order, strict=True)
    )
    if heard.guessed:
        others = others | {"guessed_speakers": dict(heard.guessed)}
    if settled.began and "started_at" not in known:
        known["started_at"] = settled.began
    known["kind"] = "transcript"
    known.setdefault("jurisdiction", settings.jurisdiction)
    known.setdefault("party", settings.party)
    known.setdefault("channel", settings.channel or "call")
    return record.make_document(known, others, turns, origin, default_id, tuple(said))
