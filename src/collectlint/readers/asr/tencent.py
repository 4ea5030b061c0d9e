"""Tencent Cloud ASR: `ResultDetail[]` in milliseconds, or `Result` as lines `[0:0.020,0:2.380,0]  文本`."""

from __future__ import annotations

from typing import Any

from collectlint.errors import InputError
from collectlint.lazy import lazily
from collectlint.readers.asr.shape import Call, Said, at, entries, has, identified, time, voice, words
from collectlint.readers.timing import clock

_DATA = (("Response", "Data"), ("Data",), ())
_LINE = lazily(r"\[(\d[\d:.]*),(\d[\d:.]*)(?:,(\d+))?\][ \t]*([^\r\n]+)")


def _found(value: Any) -> tuple[tuple[str, ...], Any]:
    for path in _DATA:
        data = at(value, *path)
        if isinstance(data, dict) and (
            "ResultDetail" in data or ("Result" in data and _is_lines(data["Result"])) or "ErrorMsg" in data
        ):
            return path, data
    return (), None


def _is_lines(value: Any) -> bool:
    return isinstance(value, str) and (_LINE.match(value) is not None)


def claims(value: Any) -> bool:
    return _found(value)[1] is not None or has(value, "FinalSentence")


def read(value: Any) -> Call:
    if isinstance(value, list):
        said = _details(value, ())
        return Call(said, "ms", {}, {"asr": "tencent"})
    path, data = _found(value)
    known = identified(data, "TaskId")
    if data.get("ErrorMsg"):
        raise InputError(
            f"识别没有成功（{str(data['ErrorMsg'])[:60]}），未检查", remedy="请重新提交识别后导出"
        )
    if data.get("ResultDetail"):
        said = _details(data["ResultDetail"], (*path, "ResultDetail"))
        return Call(said, "ms", known, {"asr": "tencent"})
    lines = words(data, "Result", "Data")
    said = [
        Said(
            match[4],
            match[3] or "",
            clock(match[1]),
            clock(match[2]),
            parts=((0, match.start(4), (*path, "Result")),),
        )
        for match in _LINE.finditer(lines)
    ]
    return Call(said, "s", known, {"asr": "tencent"})


def _details(value: Any, path: tuple[str, ...]) -> list[Said]:
    said = []
    for index, item in entries(value, "ResultDetail"):
        text = words(item, "FinalSentence", f"ResultDetail[{index}]")
        said.append(
            Said(
                text,
                voice(item.get("SpeakerId")),
                time(item, "StartMs"),
                time(item, "EndMs"),
                (*path, index, "FinalSentence"),
            )
        )
    return said
