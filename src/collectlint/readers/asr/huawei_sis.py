"""Huawei SIS: `segments[].result.text` with `analysis_info.role`, milliseconds."""

from __future__ import annotations

from typing import Any

from collectlint.errors import InputError
from collectlint.readers.asr.shape import Call, Said, at, entries, has, identified, time, voice, words


def claims(value: Any) -> bool:
    segments = at(value, "segments")
    if has(segments, "result", "start_time"):
        return True
    return isinstance(value, dict) and "status" in value and isinstance(segments, list) and not segments


def read(value: Any) -> Call:
    status = str(value.get("status") or "FINISHED")
    if status != "FINISHED":
        raise InputError(f"识别没有完成（status 为 {status[:40]}），未检查", remedy="请待识别完成后重新导出")
    said = []
    for index, item in entries(value["segments"], "segments"):
        result = item.get("result")
        if not isinstance(result, dict):
            raise InputError(f"segments[{index}] 没有 result", remedy="请检查识别结果是否完整")
        text = words(result, "text", f"segments[{index}].result")
        info = result.get("analysis_info")
        info = info if isinstance(info, dict) else {}
        who = voice(info.get("role")) or voice(info.get("diarization")) or voice(item.get("channel"))
        said.append(
            Said(
                text,
                who,
                time(item, "start_time"),
                time(item, "end_time"),
                ("segments", index, "result", "text"),
            )
        )
    return Call(said, "ms", identified(value, "job_id"), {"asr": "huawei_sis"})
