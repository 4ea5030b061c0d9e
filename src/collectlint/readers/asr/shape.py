"""What the recognisers' shapes share: a call as one of them tells it, and careful looks into its JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from collectlint.errors import InputError
from collectlint.readers.json_place import Path
from collectlint.readers.strict_json import loads
from collectlint.readers.timing import number

_LEVELS = 64


class Said(NamedTuple):
    """One piece of speech: times in the unit of the call, `path` leads to the text in the JSON value.

    `parts` are (offset in `text`, offset in the string, path) where the text is put together of strings.
    """

    text: str
    voice: str = ""
    start: float | None = None
    end: float | None = None
    path: Path = ()
    parts: tuple[tuple[int, int, Path], ...] = ()


class Call(NamedTuple):
    """All of one call; `known` are fields of the native format, unchecked, `others` are kept for rules.

    `unit` is `s`, `ms` or `us`. Pieces without words belong to it; the reader tells how many there were.
    """

    said: list[Said]
    unit: str = "ms"
    known: Mapping[str, Any] = {}
    others: Mapping[str, Any] = {}


class Shape(Protocol):
    """A module that knows the JSON of one recogniser."""

    def claims(self, value: Any, /) -> bool:
        """Is this value (object or list) the recogniser's result? Cheap; decided by keys."""

    def read(self, value: Any, /) -> Call:
        """The call; InputError when the result is a failure report or is damaged."""


def entries(value: Any, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """(index, object) of a list of objects; InputError for anything else."""
    if not isinstance(value, list):
        raise InputError(f"{name} 应为数组，实为 {type(value).__name__}", remedy="请检查识别结果是否完整")
    for at, item in enumerate(value):
        if not isinstance(item, dict):
            raise InputError(
                f"{name}[{at}] 应为对象，实为 {type(item).__name__}", remedy="请检查识别结果是否完整"
            )
        yield at, item


def words(item: Mapping[str, Any], key: str, name: str) -> str:
    """The text under `key`, "" when absent or null; InputError for another type."""
    value = item.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"{name} 的 {key} 应为字符串，实为 {type(value).__name__}", remedy="请检查识别结果")
    return value


def time(item: Mapping[str, Any], key: str) -> float | None:
    """A time under `key`, in the source's own unit; None when absent."""
    return number(key, item.get(key))


def voice(value: Any) -> str:
    """A speaker or channel number or name as text; "" when there is none."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() if isinstance(value, (str, int, float)) else ""


def text_field(item: Mapping[str, Any], *keys: str) -> str | None:
    """The first of the keys with a text or number in it, as text."""
    for key in keys:
        found = voice(item.get(key))
        if found:
            return found
    return None


def identified(item: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """`{"id": …}` of the first key with a value, else nothing."""
    found = text_field(item, *keys)
    return {"id": found} if found else {}


def inner(text: Any, name: str) -> Any:
    """The value of JSON written as a string inside JSON; InputError that says where."""
    if not isinstance(text, str):
        return text
    try:
        return loads(text, _LEVELS)
    except InputError as error:
        raise InputError(f"{name} 里的 {error.message}", remedy="内层 JSON 可能被截断，请重新导出") from None


def at(value: Any, *steps: str) -> Any:
    """What stands at the end of a path of keys; None where it breaks off."""
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def has(value: Any, *keys: str) -> bool:
    """Is the value a non-empty list whose first object has all these keys?"""
    return (
        isinstance(value, list)
        and bool(value)
        and isinstance(value[0], dict)
        and all(key in value[0] for key in keys)
    )
