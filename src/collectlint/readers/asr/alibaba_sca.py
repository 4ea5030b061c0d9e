"""Alibaba SCA (智能对话分析): `dialogues` with role, identity, words, begin and end in milliseconds."""

from __future__ import annotations

from typing import Any

from collectlint.readers.asr.shape import Call, Said, at, entries, has, identified, text_field, time, voice
from collectlint.readers.asr.shape import words as words_of
from collectlint.readers.timing import earlier, moment

# Results come in PascalCase, requests in camelCase.
_LISTS = (("dialogues",), ("Dialogues",), ("AsrResult",), ("asrResult",), ("AsrResult", "AsrResult"))


def _found(value: Any) -> tuple[tuple[str, ...], Any]:
    if isinstance(value, list):
        return (), value
    for path in _LISTS:
        found = at(value, *path)
        if isinstance(found, list):
            return path, found
    return (), None


def claims(value: Any) -> bool:
    path, found = _found(value)
    if found == [] and path:
        return True
    return any(
        has(found, words, begin) or has(found, words, who)
        for words, begin, who in (("words", "begin", "identity"), ("Words", "Begin", "Identity"))
    ) or (path != () and has(found, "words", "role"))


def read(value: Any) -> Call:
    path, found = _found(value)
    known: dict[str, Any] = {}
    outside = value if isinstance(value, dict) else {}
    known.update(identified(outside, "callId", "CallId", "tid", "Tid", "taskId", "TaskId", "vid", "Vid"))
    for field, names in (
        ("callee", ("callee", "Callee")),
        ("agent_id", ("customerServiceId", "CustomerServiceId")),
    ):
        there = text_field(outside, *names)
        if there:
            known[field] = there
    said = []
    for index, item in entries(found, "dialogues"):
        upper = "Words" in item
        keys = ("Words", "Begin", "End") if upper else ("words", "begin", "end")
        text = words_of(item, keys[0], f"dialogues[{index}]")
        start = time(item, keys[1])
        role = voice(item.get("Role" if upper else "role"))
        identity = voice(item.get("Identity" if upper else "identity"))
        who = role if not role.isdigit() or not identity else identity
        said.append(
            Said(
                text, who or voice(item.get("channelId")), start, time(item, keys[2]), (*path, index, keys[0])
            )
        )
        began = moment(str(item.get("BeginTime" if upper else "beginTime") or ""))
        if began and "started_at" not in known:
            known["started_at"] = earlier(began, (start or 0.0) / 1000)
        if not said[:-1] and voice(item.get("tid")):
            known.setdefault("id", voice(item.get("tid")))
    return Call(said, "ms", known, {"asr": "alibaba_sca"})
