"""Strict checks of the fields of one document, and the document made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from math import isfinite
from typing import Any

from collectlint.document import (
    CHANNELS,
    CREDITOR_TYPES,
    DIRECTIONS,
    INSTALMENT_PLANS,
    JURISDICTIONS,
    KINDS,
    MODE_BY_CHANNEL,
    MODES,
    OUTCOMES,
    PARTIES,
    PRODUCTS,
    SPEAKER_ROLES,
    SPEAKERS,
    Document,
    Doubt,
    Origin,
    Turn,
)
from collectlint.errors import InputError
from collectlint.lazy import lazily

CHOICES: Mapping[str, tuple[str, ...]] = {
    "jurisdiction": JURISDICTIONS,
    "channel": CHANNELS,
    "kind": KINDS,
    "party": PARTIES,
    "direction": DIRECTIONS,
    "outcome": OUTCOMES,
    "mode": MODES,
    "creditor_type": CREDITOR_TYPES,
    "product": PRODUCTS,
    "speaker_role": SPEAKER_ROLES,
    "instalment_plan": INSTALMENT_PLANS,
    "speaker": SPEAKERS,
}
# What people write in tables, and may well write in JSON: there it is the suggestion.
_WORDS = {
    "jurisdiction": "中国大陆=cn 大陆=cn 内地=cn 台湾=tw 臺灣=tw 台灣=tw 香港=hk",
    "channel": (
        "短信=sms 简讯=sms 簡訊=sms 短訊=sms 电话=call 電話=call 外呼=call 人工外呼=call "
        "智能外呼=ai_call 机器人=ai_call 智能语音=ai_call 上门=visit 外访=visit 外訪=visit 推送=app_push "
        "push=app_push app推送=app_push 邮件=email 郵件=email 電郵=email 微信=social 社交=social "
        "信函=letter 函件=letter 信件=letter"
    ),
    "kind": (
        "消息=message 模板=template 模版=template 范本=template 範本=template 话术=script 話術=script "
        "脚本=script 录音=transcript 通话=transcript"
    ),
    "party": (
        "本人=debtor 债务人=debtor 債務人=debtor 客户=debtor 客戶=debtor 担保人=guarantor "
        "擔保人=guarantor 保证人=guarantor 家属=family 家屬=family 亲属=family 联系人=contact "
        "聯絡人=contact 紧急联系人=contact 单位=employer 雇主=employer 陌生人=stranger"
    ),
    "direction": "呼出=outbound 外呼=outbound 呼入=inbound 来电=inbound",
    "outcome": (
        "未接通=attempt 未接=attempt 接通=connected 已接通=connected 有效=effective 有效通话=effective"
    ),
    "mode": "告知式=informative 交互式=interactive",
    "creditor_type": (
        "银行=bank 消费金融=consumer_finance 小贷=micro_loan 小额贷款=micro_loan 平台=platform "
        "租赁=leasing 个人=private"
    ),
    "product": "信用卡=credit_card 消费贷=consumer_loan 消费贷款=consumer_loan 其他=other",
    "speaker_role": "贷款机构=lender 银行=lender 委外=agency 外包=agency 律师=lawyer 机器人=bot",
    "instalment_plan": "履行中=active 已违约=breached 无=none",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    field: dict(pair.split("=") for pair in pairs.split()) for field, pairs in _WORDS.items()
}
_TEXTS = ("id", "debtor_id", "agent_id", "case_id", "lender", "agency", "callee")
_TIMES = ("started_at", "ended_at", "objected_at")
_WINDOWS = ("send_window", "consent_hours")
_FLAGS = ("lost_contact", "authorised_by_debtor")
_WINDOW = lazily(r"([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d)?\s*[-–~]\s*([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d)?")
_KINDS_OF_VALUE = {
    str: "字符串",
    bool: "true/false",
    int: "数字",
    float: "数字",
    list: "数组",
    dict: "对象",
    type(None): "null",
}


def check_fields(record: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(document fields with checked values, all other keys); null counts as absent.

    `text` and `turns` are the reader's business and come back unchecked among the others.
    Raises InputError that names the field, the value and the nearest right spelling.
    """
    known: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for field, value in record.items():
        check = _CHECKS.get(field)
        if check is None:
            others[field] = value
        elif value is not None:
            known[field] = check(field, value)
    return known, others


def is_field(name: str) -> bool:
    """True for a field of the native format that `check_fields` knows."""
    return name in _CHECKS


def field_names() -> tuple[str, ...]:
    """All fields of the native format."""
    return ("text", "turns", *_CHECKS)


def seconds(field: str, value: object) -> float | None:
    """A time in seconds from the beginning of the call, from a JSON number; InputError otherwise."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise wrong_type(field, value, "秒数（数字）")
    if not isfinite(value) or value < 0:
        raise InputError(f"{field} 的值 {shorten(value)} 不是有效秒数", remedy="应为不小于 0 的数字")
    return float(value)


def choice(field: str, value: object) -> str:
    """One of the words that the field allows; InputError with the nearest one otherwise."""
    allowed = CHOICES[field]
    if isinstance(value, str) and value in allowed:
        return value
    if not isinstance(value, str):
        raise wrong_type(field, value, "字符串")
    near = WORDS.get(field, {}).get(value.strip())
    if near is None:
        from difflib import get_close_matches

        close = get_close_matches(value.strip().lower().replace("-", "_"), allowed, 1, 0.5)
        near = close[0] if close else None
    hint = f"是否为 {near}？" if near else ""
    raise InputError(f"{field} 的值「{shorten(value)}」无效", remedy=f"{hint}可用：{'、'.join(allowed)}")


def wrong_type(field: str, value: object, wanted: str) -> InputError:
    """The error for a value of the wrong JSON type."""
    kind = _KINDS_OF_VALUE.get(type(value), type(value).__name__)
    quotes = "请给值加上引号" if wanted == "字符串" and kind == "数字" else f"请改为{wanted}"
    return InputError(f"{field} 应为{wanted}，实为{kind} {shorten(value)}", remedy=quotes)


def shorten(value: object) -> str:
    """A value for a message, at most 40 characters, control characters made visible."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(char if char.isprintable() else "\ufffd" for char in text[:41])
    return text if len(text) <= 40 else text[:40] + "…"


def _text(field: str, value: object) -> str:
    if not isinstance(value, str):
        raise wrong_type(field, value, "字符串")
    return value


def _time(field: str, value: object) -> str:
    text = _text(field, value)
    try:
        if len(text) < 11:  # a bare date says nothing about the hour
            raise ValueError
        datetime.fromisoformat(text)
    except ValueError:
        remedy = "应为 ISO 8601 时间，如 2026-03-02T22:10:00+08:00"
        raise InputError(f"{field} 的值「{shorten(text)}」不是有效时间", remedy=remedy) from None
    return text


def _windows(field: str, value: object) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list):
        raise wrong_type(field, value, "字符串或字符串数组")
    for each in values:
        if not isinstance(each, str) or not _WINDOW.fullmatch(each.strip()):
            raise InputError(f"{field} 的值「{shorten(each)}」不是有效时段", remedy='应形如 "21:00-23:00"')
    return tuple(each.strip() for each in values)


def _schedule(field: str, value: object) -> tuple[str, ...]:
    from collectlint.readers.schedule import send_times  # few inputs have one

    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list):
        raise wrong_type(field, value, "字符串或字符串数组")
    return tuple(window for each in values for window in send_times(_text(field, each)))


def _flag(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise wrong_type(field, value, "true 或 false")
    return value


def _label(field: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise wrong_type(field, value, "对象")
    return value


_CHECKS: Mapping[str, Callable[[str, object], Any]] = {
    **dict.fromkeys(_TEXTS, _text),
    **{field: choice for field in CHOICES if field != "speaker"},
    **dict.fromkeys(_TIMES, _time),
    **dict.fromkeys(_WINDOWS, _windows),
    **dict.fromkeys(_FLAGS, _flag),
    "label": _label,
    "schedule": _schedule,
}


def make_document(
    known: dict[str, Any],
    others: dict[str, Any],
    turns: tuple[Turn, ...],
    origin: Origin,
    default_id: str,
    doubts: tuple[Doubt, ...] = (),
) -> Document:
    """A Document of checked fields, which hold `jurisdiction`, `channel`, `kind` and `party` already.

    Raises InputError when the kind does not go with the turns.
    """
    kind = known["kind"]
    if kind in ("message", "template"):
        if len(turns) != 1:
            raise InputError(
                f"kind 为 {kind} 时只能有一段文字，实有 {len(turns)} 段",
                remedy="请改用 text，或把 kind 改为 transcript",
            )
        if turns[0].speaker != "agent":
            raise InputError(
                f"kind 为 {kind} 时说话人只能是 agent",
                remedy="请把 speaker 改为 agent，或把 kind 改为 transcript",
            )
    elif kind == "transcript" and "outcome" not in known and any(turn.text.strip() for turn in turns):
        known["outcome"] = "connected"
    if "mode" not in known and known["channel"] in MODE_BY_CHANNEL:
        known["mode"] = MODE_BY_CHANNEL[known["channel"]]
    scheduled = known.pop("schedule", ())  # a way to write a send window
    if scheduled:
        known["send_window"] = (*known.get("send_window", ()), *scheduled)
    known.setdefault("id", default_id)
    return Document(turns=turns, origin=origin, fields=others, doubts=doubts, **known)
