"""Volcengine: `result.utterances[]`, or a list of results; milliseconds, speaker in `additions`."""

from __future__ import annotations

from typing import Any

from collectlint.readers.asr.shape import Call, Said, at, entries, has, identified, time, voice, words


def _found(value: Any) -> list[tuple[tuple[str | int, ...], Any]]:
    result = at(value, "result")
    if isinstance(result, dict) and isinstance(result.get("utterances"), list):
        return [(("result", "utterances"), result["utterances"])]
    if has(result, "utterances"):
        return [
            (("result", at_, "utterances"), each["utterances"]) for at_, each in entries(result, "result")
        ]
    there = at(value, "utterances")
    return [(("utterances",), there)] if isinstance(there, list) else []


def claims(value: Any) -> bool:
    found = _found(value)
    return bool(found) and (found[0][1] == [] or has(found[0][1], "text"))


def read(value: Any) -> Call:
    said = []
    for path, found in _found(value):
        for index, item in entries(found, "utterances"):
            text = words(item, "text", f"utterances[{index}]")
            more = item.get("additions")
            more = more if isinstance(more, dict) else {}
            speaker = voice(more.get("speaker")) or voice(item.get("speaker"))
            channel = voice(more.get("channel_id")) or voice(item.get("channel_id"))
            said.append(
                Said(
                    text,
                    f"{channel}/{speaker}" if channel and speaker else channel or speaker,
                    time(item, "start_time"),
                    time(item, "end_time"),
                    (*path, index, "text"),
                )
            )
    known = identified(value, "id", "task_id", "reqid") or identified(at(value, "resp") or {}, "id")
    return Call(said, "ms", known, {"asr": "volcengine"})
