"""Whisper and WhisperX: `segments[]` with times in seconds; words that were not aligned have none."""

from __future__ import annotations

from typing import Any

from collectlint.readers.asr.shape import Call, Said, at, entries, has, identified, time, voice, words


def _found(value: Any) -> tuple[tuple[str, ...], Any]:
    if isinstance(value, list):
        return (), value
    return ("segments",), at(value, "segments")


def claims(value: Any) -> bool:
    path, found = _found(value)
    if not path:
        return has(found, "text", "start", "end") or has(found, "text", "stime")
    if found == [] and ("word_segments" in value or "language" in value):
        return True
    return has(found, "text") and not has(found, "result")


def read(value: Any) -> Call:
    path, found = _found(value)
    said = []
    for index, item in entries(found, "segments"):
        text = words(item, "text", f"segments[{index}]")
        start, end = ("stime", "etime") if "stime" in item else ("start", "end")
        said.append(
            Said(
                text,
                voice(item.get("speaker")) or _speaker_of_words(item),
                time(item, start),
                time(item, end),
                (*path, index, "text"),
            )
        )
    known = identified(value, "id", "call_id") if isinstance(value, dict) else {}
    return Call(said, "s", known, {"asr": "whisperx"})


def _speaker_of_words(item: Any) -> str:
    """The speaker of most of a segment's words, where the segment itself has none."""
    heard: dict[str, int] = {}
    for word in item.get("words") or []:
        who = voice(word.get("speaker")) if isinstance(word, dict) else ""
        if who:
            heard[who] = heard.get(who, 0) + 1
    return max(heard, key=lambda who: heard[who]) if heard else ""
