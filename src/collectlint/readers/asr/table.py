"""The recognisers' shapes, and which of them a JSON value is; imported when a value is not native."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any, cast

from collectlint.lazy import lazily
from collectlint.readers.asr.shape import Shape

SHOWN = (
    "阿里云 SCA、NLS、Paraformer，腾讯云，讯飞，火山引擎，华为云 SIS，FunASR，WhisperX，"
    "AWS Contact Lens，Google CX Insights"
)
# Those with the most telling keys first.
_MODULES = (
    "alibaba_sca",
    "alibaba_nls",
    "paraformer",
    "tencent",
    "iflytek",
    "volcengine",
    "huawei_sis",
    "funasr",
    "contact_lens",
    "google_insights",
    "whisperx",
    "call_bridge",
)
_SIGNS = lazily(
    r"\"(?:dialogues|[sS]entences|transcripts|ResultDetail|FinalSentence|orderResult|lattice2?|json_1best|utterances"
    r"|sentence_info|stamp_sents|asr_text|StatusText|word_segments|SpeechSegments)\\*\"\s*:"
    r"|\\*\"onebest\\*\"\s*:"
    r"|\"words\"\s*:\s*\"(?=[^]]{0,400}\"(?:identity|begin|role)\")|\"(?:identity|begin|role)\"(?=[^]]{0,400}\"words\"\s*:\s*\")"
    r"|\"Transcript\"\s*:\s*\[|\"(?:Begin|End)OffsetMillis\"|\"start_timestamp_usec\""
    r"|\"segments\"\s*:\s*\[\s*(?:\]|\{[^{}]{0,400}\"(?:start|start_time|end|end_time)\"\s*:)"
    r"|\"text\"\s*:(?=[^{}]{0,400}\"stime\"\s*:)|\"Result\"\s*:\s*\"\[\d"
)
# Speech with times, of no shape that is known here.
_SPEECHLIKE = lazily(r"\"[A-Za-z_]*(?:begin|start|offset|bg|stime)[A-Za-z_]*\"\s*:\s*\"?\d", re.IGNORECASE)
_CHINESE = lazily(r"[\u4e00-\u9fff]{2}|\\u[4-9][0-9a-fA-F]{3}")


def is_shaped(head: str) -> bool:
    """Does the beginning of a JSON file show a recogniser's keys?"""
    return bool(_SIGNS.search(head))


def is_speechlike(head: str) -> bool:
    """Does the beginning of a JSON file look like speech with times, whoever wrote it?"""
    return bool(_SPEECHLIKE.search(head)) and bool(_CHINESE.search(head))


def shape_of(value: Any) -> Shape | None:
    """The shape of a parsed JSON value; None when none claims it."""
    for name in _MODULES:
        shape = cast(Shape, import_module(f"collectlint.readers.asr.{name}"))
        if shape.claims(value):
            return shape
    return None
