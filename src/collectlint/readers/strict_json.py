"""JSON without its traps: repeated keys, NaN, bombs; lone surrogates become U+FFFD."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from collectlint.errors import InputError
from collectlint.lazy import lazily
from collectlint.visible import without_surrogates

_TOKEN = lazily(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}]', re.DOTALL)
_EXACT = 2.0**53
EXPLAINED = {
    "Expecting value": "此处缺少值",
    "Expecting ',' delimiter": "此处缺少逗号",
    "Expecting ':' delimiter": "此处缺少冒号",
    "Expecting property name enclosed in double quotes": "键名须用双引号括起",
    "Illegal trailing comma before end of object": "对象末尾有多余的逗号",
    "Illegal trailing comma before end of array": "数组末尾有多余的逗号",
    "Unterminated string starting at": "字符串没有结束",
    "Extra data": "对象之后还有多余内容",
    "Invalid control character at": "字符串内有未转义的控制字符",
    "Invalid \\escape": "无效的反斜杠转义",
    "Invalid \\uXXXX escape": "无效的 \\u 转义",
}


class _DoubtfulError(Exception):
    """The quick way cannot vouch for the value."""


def loads(text: str, max_depth: int, max_values: int = 1_000_000) -> Any:
    """The value of one JSON text; InputError with reason and column for anything RFC 8259 leaves unsafe.

    A value takes up to 30 times the memory of its text, so a text of more than `max_values` is refused;
    commas in strings count.
    """
    if len(text) > max_values and text.count(",") + text.count("[") + text.count("{") > max_values:
        raise InputError(f"JSON 的值过多（超过 {max_values} 个）", remedy="请拆分，或调高 max_values")
    quick = _quick_parser()
    if quick is not None:
        try:
            value = quick(text)
            # Each key stands before a colon; more of them than keys in the value: one came twice.
            if _count_keys(value, max_depth) == text.count('":') and not _spaced_colon(text):
                return value
        except (ValueError, _DoubtfulError):
            pass
    return _careful(text, max_depth)


@cache
def _quick_parser() -> Callable[[str], Any] | None:
    try:
        import orjson
    except ImportError:
        return None
    return orjson.loads


def _spaced_colon(text: str) -> bool:
    return " :" in text or "\t:" in text or "\n:" in text or "\r:" in text


def _count_keys(value: Any, levels: int) -> int:
    inner: Iterable[Any]
    if type(value) is dict:
        keys, inner = len(value), value.values()
    elif type(value) is list:
        keys, inner = 0, value
    else:
        return 0
    if not levels:
        raise _DoubtfulError
    for each in inner:
        kind = type(each)
        if kind is str:
            continue
        if kind is dict or kind is list:
            keys += _count_keys(each, levels - 1)
        elif kind is float and not -_EXACT < each < _EXACT:
            raise _DoubtfulError  # orjson makes floats of whole numbers beyond 64 bits
    return keys


def _careful(text: str, max_depth: int) -> Any:
    _check_depth(text, max_depth)
    try:
        value = json.loads(text, object_pairs_hook=_distinct, parse_constant=_refuse, parse_float=_finite)
    except json.JSONDecodeError as error:
        reason = EXPLAINED.get(error.msg, error.msg)
        line = f"第 {error.lineno} 行" if error.lineno > 1 else ""
        raise InputError(
            f"JSON 有误（{line}第 {error.colno} 列：{reason}）", remedy="请修正这条记录"
        ) from None
    except RecursionError:
        raise _too_deep(max_depth) from None
    except ValueError:  # int() of thousands of digits
        raise InputError("JSON 有误（数字过长）", remedy="编号请写成带引号的字符串") from None
    return _each_without_surrogates(value) if "\\u" in text else value


def _check_depth(text: str, max_depth: int) -> None:
    if text.count("[") + text.count("{") <= max_depth:
        return
    depth = 0
    for match in _TOKEN.finditer(text):
        first = match.group()[0]
        if first in "[{":
            depth += 1
            if depth > max_depth:
                raise _too_deep(max_depth)
        elif first in "]}":
            depth -= 1


def _too_deep(max_depth: int) -> InputError:
    return InputError(f"JSON 嵌套超过 {max_depth} 层", remedy="请确认文件来源；文档格式只需两三层")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise InputError(f"JSON 键「{double[:40]}」重复", remedy="请只保留一个")
    return made


def _refuse(name: str) -> Any:
    raise InputError(f"JSON 不允许 {name}", remedy="未知的数值请写 null 或省去该键")


def _finite(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise InputError(f"数字 {digits[:40]} 超出范围", remedy="请改为合理的数值")
    return value


def _each_without_surrogates(value: Any) -> Any:
    # Parsed values are at most max_depth levels deep, so plain recursion is safe.
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, list):
        return [_each_without_surrogates(each) for each in value]
    if isinstance(value, dict):
        return {without_surrogates(key): _each_without_surrogates(each) for key, each in value.items()}
    return value
