"""Alibaba NLS (录音文件识别): `Result.Sentences` or `sentences`; channels only, milliseconds."""

from __future__ import annotations

from typing import Any

from collectlint.errors import InputError
from collectlint.readers.asr.shape import Call, Said, at, entries, has, identified, time, voice, words

_LISTS = (
    ("Result", "Sentences"),
    ("result", "sentences"),
    ("Sentences",),
    ("sentences",),
    ("payload", "sentences"),
)
_KEYS = (
    ("Text", "BeginTime", "EndTime", ("ChannelId", "SpeakerId")),
    ("text", "beginTime", "endTime", ("channelId", "speakerId")),
)
_GOOD = ("SUCCESS", "SUCCESS_WITH_NO_VALID_FRAGMENT")


def _found(value: Any) -> tuple[tuple[str, ...], Any]:
    for path in _LISTS:
        found = at(value, *path)
        if isinstance(found, list):
            return path, found
    return (), None


def claims(value: Any) -> bool:
    if isinstance(value, dict) and "StatusText" in value:
        return True
    path, found = _found(value)
    if not found:
        return bool(path) and path[-1] == "Sentences"
    return any(has(found, text, begin) for text, begin, *_ in _KEYS) or (
        path[-1] == "Sentences" and has(found, "Text")
    )


def read(value: Any) -> Call:
    status = str(value.get("StatusText") or "SUCCESS")
    path, found = _found(value)
    if found is None or status not in _GOOD:
        raise InputError(
            f"识别没有成功（StatusText 为 {status[:40]}），未检查", remedy="请重新提交识别后导出"
        )
    said = []
    for index, item in entries(found, "Sentences"):
        text_key, begin, end, who = next((keys for keys in _KEYS if keys[0] in item), _KEYS[0])
        text = words(item, text_key, f"Sentences[{index}]")
        # Two channels tell more than a guessed speaker; on one channel the speaker, if there is one.
        voices = [voice(item.get(key)) for key in who]
        said.append(
            Said(
                text,
                "/".join(each for each in voices if each),
                time(item, begin),
                time(item, end),
                (*path, index, text_key),
            )
        )
    known = identified(value, "TaskId", "taskId", "task_id")
    return Call(said, "ms", known, {"asr": "alibaba_nls"})
