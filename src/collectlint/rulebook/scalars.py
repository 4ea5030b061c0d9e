"""Text as the author wrote it -> a typed value; nothing is guessed, near misses get their remedy."""

from __future__ import annotations

import re
from typing import Any

from collectlint.rulebook.hints import shown, suggestion, word_hint
from collectlint.rulebook.kinds import wanted
from collectlint.rulebook.nodes import Scalar
from collectlint.shape import Choice, Day, Decimal, Flag, Text, Whole

_WHOLE = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_LIKE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_TRUE_LIKE = ("true", "yes", "on", "y", "是", "1", "真")
_FALSE_LIKE = ("false", "no", "off", "n", "否", "0", "假")

Typed = tuple[Any, str, str]  # value, what is wrong (empty = nothing), remedy


def typed(scalar: Scalar, kind: Any) -> Typed:
    """The value of a scalar of kind Text, Whole, Decimal, Flag, Day or Choice; or the fault."""
    text = scalar.text
    if isinstance(kind, Text):
        return _text(text, kind)
    if isinstance(kind, Choice):
        if text in kind.values:
            return text, "", ""
        return None, f"不能是 {shown(text)}", word_hint(text) or suggestion(text, kind.values)[0]
    if isinstance(kind, Day):
        return _day(text)
    if scalar.quoted:
        return None, f"{wanted(kind)},却是加了引号的文字 {shown(text)}", "请去掉引号"
    if isinstance(kind, Flag):
        return _flag(text)
    if isinstance(kind, Decimal):
        if _DECIMAL.fullmatch(text):
            return float(text), "", ""
        return None, f"应为数字,却是 {shown(text)}", "只写半角数字和小数点,例如 `0.5`"
    return _whole(text, kind)


def _text(text: str, kind: Text) -> Typed:
    if not text.strip() and not kind.empty:
        return None, "不能为空", "请写上内容"
    if kind.pattern and not re.fullmatch(kind.pattern, text):
        remedy = f"例如 `{kind.example}`" if kind.example else f"应当符合 `{kind.pattern}`"
        return None, f"写法不对:{shown(text)}", remedy
    return text, "", ""


def _whole(text: str, kind: Whole) -> Typed:
    if not _WHOLE.fullmatch(text):
        return None, f"应为整数,却是 {shown(text)}", "只写半角数字,不带前导 0 和单位"
    number = int(text)
    if kind.least is not None and number < kind.least:
        return None, f"太小:{number}", f"最小是 {kind.least}"
    if kind.most is not None and number > kind.most:
        return None, f"太大:{number}", f"最大是 {kind.most}"
    return number, "", ""


def _flag(text: str) -> Typed:
    if text in ("true", "false"):
        return text == "true", "", ""
    meant = "true" if text.lower() in _TRUE_LIKE else "false" if text.lower() in _FALSE_LIKE else ""
    remedy = f"您是否想写 `{meant}`?" if meant else "请写 `true` 或 `false`"
    return None, f"应为 `true` 或 `false`,却是 {shown(text)}", remedy


def _day(text: str) -> Typed:
    if _DAY.fullmatch(text):
        if _exists(text):
            return text, "", ""
        return None, f"日期不存在:{shown(text)}", "请核对年、月、日"
    like = _DAY_LIKE.fullmatch(text.strip()) if len(text) < 40 else None
    meant = f"{like[1]}-{int(like[2]):02}-{int(like[3]):02}" if like else ""
    remedy = f"您是否想写 `{meant}`?" if meant and _exists(meant) else "请写成 `2026-01-31` 的样子"
    return None, f"应为日期(YYYY-MM-DD),却是 {shown(text)}", remedy


def _exists(day: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
