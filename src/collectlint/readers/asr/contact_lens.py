"""AWS Contact Lens and Transcribe Call Analytics: `Transcript[]` with offsets in milliseconds."""

from __future__ import annotations

from typing import Any

from collectlint.errors import InputError
from collectlint.readers.asr.shape import Call, Said, at, entries, has, identified, time, voice, words
from collectlint.readers.json_place import Path
from collectlint.readers.timing import moment


def claims(value: Any) -> bool:
    if isinstance(value, list):
        return has(value, "Content", "ParticipantRole") or has(value, "Content", "BeginOffsetMillis")
    found = at(value, "Transcript")
    if has(found, "Content") or at(value, "JobStatus") == "FAILED":
        return True
    return isinstance(found, list) and not found and "LanguageCode" in value


def read(value: Any) -> Call:
    path: Path = ("Transcript",)
    if isinstance(value, list):
        value, found, path = {}, value, ()
    else:
        found = value.get("Transcript")
    if found is None:
        raise InputError("识别没有成功（JobStatus 为 FAILED），未检查", remedy="请重新提交识别后导出")
    roles = {
        voice(item.get("ParticipantId")): voice(item.get("ParticipantRole"))
        for item in value.get("Participants") or []
        if isinstance(item, dict)
    }
    said = []
    began = None
    for index, item in entries(found, "Transcript"):
        text = words(item, "Content", f"Transcript[{index}]")
        who = voice(item.get("ParticipantRole")) or voice(item.get("ParticipantId"))
        said.append(
            Said(
                text,
                roles.get(who) or who,
                time(item, "BeginOffsetMillis"),
                time(item, "EndOffsetMillis"),
                (*path, index, "Content"),
            )
        )
        began = began or moment(str(item.get("AbsoluteTime") or "").replace(".000Z", "Z"))
    known = identified(at(value, "CustomerMetadata") or {}, "ContactId") or identified(
        value, "ContactId", "SessionId", "JobName"
    )
    if value.get("Channel") == "CHAT":
        known["channel"] = "social"
        if began:
            known["started_at"] = began
    return Call(said, "ms", known, {"asr": "contact_lens"})
