"""Call bridges: `asr_text` with result and role but no times, beside the call's own record."""

from __future__ import annotations

from typing import Any

from collectlint.readers.asr.shape import (
    Call,
    Said,
    at,
    entries,
    has,
    identified,
    inner,
    text_field,
    voice,
    words,
)
from collectlint.readers.json_place import INSIDE, Path
from collectlint.readers.timing import moment


def claims(value: Any) -> bool:
    found = at(value, "asr_text")
    return has(found, "result") or (isinstance(found, str) and found.lstrip().startswith("["))


def read(value: Any) -> Call:
    path: Path = ("asr_text",)
    found = value["asr_text"]
    if isinstance(found, str):
        path, found = ("asr_text", INSIDE), inner(found, "asr_text")
    said = []
    for index, item in entries(found, "asr_text"):
        text = words(item, "result", f"asr_text[{index}]")
        said.append(Said(text, voice(item.get("role")), path=(*path, index, "result")))
    known: dict[str, Any] = identified(value, "session_id", "call_id")
    for field, key in (("agent_id", "seat_code"), ("callee", "callee")):
        there = text_field(value, key)
        if there:
            known[field] = there
    began = moment(str(value.get("call_start_time") or ""))
    if began:
        known["started_at"] = began
    return Call(said, "s", known, {"asr": "call_bridge"})
