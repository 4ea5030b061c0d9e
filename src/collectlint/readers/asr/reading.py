"""One JSON value of a recogniser -> the Document of its call, each word at its place in the file."""

from __future__ import annotations

from typing import Any

from collectlint.document import Document, Doubt, Origin
from collectlint.readers import record
from collectlint.readers.asr.shape import Said, Shape
from collectlint.readers.json_place import Joined, Literal
from collectlint.readers.settings import ReadSettings, Source
from collectlint.readers.spoken_call import Piece, transcript


def document(
    shape: Shape,
    value: Any,
    raw: str,
    line: int,
    column: int,
    source: Source,
    settings: ReadSettings,
    default_id: str,
) -> Document:
    """The Document of a recogniser's result written in `raw`; InputError says what is wrong with it."""
    call = shape.read(value)
    known, _ = record.check_fields(dict(call.known))
    doubts = []
    spoken = [said for said in call.said if said.text.strip()]
    if len(spoken) < len(call.said):
        doubts.append(Doubt("turns", f"有 {len(call.said) - len(spoken)} 段没有文字，已略去"))
    pieces = [
        Piece(said.text, said.voice, said.start, said.end, _origin(said, raw, line, column, source.path))
        for said in spoken
    ]
    origin = Origin(source.path, line, column)
    return transcript(pieces, call.unit, known, dict(call.others), settings, origin, default_id, doubts)


def _origin(said: Said, raw: str, line: int, column: int, path: str) -> Origin:
    place: Literal | Joined
    if said.parts:
        place = Joined(
            tuple((start, inside, Literal(raw, line, column, steps)) for start, inside, steps in said.parts)
        )
    else:
        place = Literal(raw, line, column, said.path)
    return Origin(path, line, column, "", place)
