"""A text given on the command line, without the readers of files."""

from __future__ import annotations

from collectlint.document import MODE_BY_CHANNEL, Document, Origin, Turn
from collectlint.readers.settings import Line, ReadSettings, Source
from collectlint.visible import without_surrogates


def read_text(words: str, settings: ReadSettings) -> Document:
    """The Document of a text given on the command line; a message unless `settings.kind` says otherwise.

    A conversation whose lines name their speakers becomes a transcript.
    """
    clean = without_surrogates(words)  # bytes of an argument that are no UTF-8 come as such
    if settings.kind in ("", "message") and not any(mark in clean for mark in "\n\r:："):
        return _message(clean, settings)  # one line that names no speaker
    from collectlint.readers import text

    source = Source("<text>", "text")
    numbered = [
        Line(number, line, "\n")
        for number, line in enumerate(_lines_of(clean), 1)
        if line and not line.isspace()
    ]
    if numbered and (len(numbered) > 1 or any(colon in clean for colon in ":：")):  # a speaker may be named
        heard = text.document(numbered, source, settings, "text")
        if heard.kind == "transcript" or settings.kind in ("script", "transcript"):
            return heard
    kind = settings.kind or "message"
    return text.document([Line(1, clean, "")], source, settings._replace(kind=kind), "text")


def _lines_of(words: str) -> list[str]:
    return words.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _message(words: str, settings: ReadSettings) -> Document:
    origin = Origin("<text>", 1, 1)
    channel = settings.channel or "sms"
    return Document(
        id="text",
        turns=(Turn("agent", words, origin=origin),),
        origin=origin,
        jurisdiction=settings.jurisdiction,
        channel=channel,
        kind="message",
        party=settings.party,
        mode=MODE_BY_CHANNEL.get(channel),
    )
