"""DashScope Paraformer (Alibaba): `transcripts[].sentences[]` with snake_case times in milliseconds."""

from __future__ import annotations

from typing import Any

from collectlint.readers.asr.shape import Call, Said, at, entries, has, identified, time, voice, words


def _found(value: Any) -> tuple[tuple[str, ...], Any]:
    for path in (("transcripts",), ("output", "transcripts")):
        found = at(value, *path)
        if isinstance(found, list):
            return path, found
    return (), None


def claims(value: Any) -> bool:
    _, found = _found(value)
    return found == [] or has(found, "sentences") or has(found, "channel_id", "text")


def read(value: Any) -> Call:
    path, found = _found(value)
    said = []
    for number, channel in entries(found, "transcripts"):
        channel_id = voice(channel.get("channel_id"))
        if not isinstance(channel.get("sentences"), list):
            text = words(channel, "text", f"transcripts[{number}]")
            said.append(Said(text, channel_id, path=(*path, number, "text")))
            continue
        for index, item in entries(channel["sentences"], f"transcripts[{number}].sentences"):
            text = words(item, "text", f"sentences[{index}]")
            speaker = voice(item.get("speaker_id"))
            said.append(
                Said(
                    text,
                    f"{channel_id}/{speaker}"
                    if channel_id and speaker and len(found) > 1
                    else speaker or channel_id,
                    time(item, "begin_time"),
                    time(item, "end_time"),
                    (*path, number, "sentences", index, "text"),
                )
            )
    known = identified(value, "task_id", "request_id")
    return Call(said, "ms", known, {"asr": "paraformer"})
