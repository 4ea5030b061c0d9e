"""Google CX Insights: `entries[]` with absolute times in microseconds."""

from __future__ import annotations

from typing import Any

from collectlint.readers.asr.shape import Call, Said, at, entries, has, time, voice, words


def claims(value: Any) -> bool:
    found = at(value, "entries")
    return has(found, "text", "start_timestamp_usec") or has(found, "text", "role", "user_id")


def read(value: Any) -> Call:
    said = []
    for index, item in entries(value["entries"], "entries"):
        text = words(item, "text", f"entries[{index}]")
        who = voice(item.get("role")) or voice(item.get("user_id"))
        said.append(Said(text, who, time(item, "start_timestamp_usec"), None, ("entries", index, "text")))
    return Call(said, "us", {}, {"asr": "google_insights"})
