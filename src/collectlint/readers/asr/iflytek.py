"""iFlytek: JSON as a string inside JSON, words inside `st.rt[].ws[].cw[]`, milliseconds as strings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from collectlint.errors import InputError
from collectlint.readers.asr.shape import Call, Said, at, entries, has, identified, inner, time, voice, words
from collectlint.readers.json_place import INSIDE, Path

_NO_SPEAKER = "0"  # `rl` 0 = roles were not told apart


def claims(value: Any) -> bool:
    if has(value, "onebest") or _order_result(value) is not None:
        return True
    data = at(value, "data")
    if has(data, "onebest"):
        return True
    return isinstance(data, str) and data.lstrip().startswith("[") and '"onebest"' in data


def _order_result(value: Any) -> tuple[Path, Any] | None:
    """The path to `orderResult` (a string, or an object that has been opened already) and its value."""
    for path in (("content", "orderResult"), ("data", "content", "orderResult"), ("orderResult",), ()):
        found = at(value, *path)
        if path and isinstance(found, (str, dict)):
            return path, found
        if (
            not path
            and isinstance(found, dict)
            and (has(found.get("lattice"), "json_1best") or has(found.get("lattice2"), "json_1best"))
        ):
            return path, found
    return None


def read(value: Any) -> Call:
    ordered = _order_result(value)
    if ordered is None:
        return _old(value)
    path, result = ordered
    if isinstance(result, str):
        path, result = (*path, INSIDE), inner(result, "orderResult")
    # lattice2 is the raw result, lattice the smoothed one; either may be missing.
    key = "lattice" if at(result, "lattice") else "lattice2"
    if not isinstance(at(result, key), list):
        raise InputError("orderResult 里没有 lattice", remedy="请检查识别结果是否完整")
    said = []
    for index, item in entries(at(result, key), key):
        where: Path = (*path, key, index, "json_1best")
        best = item.get("json_1best")
        if isinstance(best, str):
            where, best = (*where, INSIDE), inner(best, f"{key}[{index}].json_1best")
        st = at(best, "st")
        if not isinstance(st, dict):
            raise InputError(f"{key}[{index}].json_1best 里没有 st", remedy="请检查识别结果是否完整")
        parts = [(text, (*where, "st", *rest)) for text, rest in _words(st)]
        text = "".join(each for each, _ in parts)
        role = voice(st.get("rl")) or voice(item.get("spk"))
        offset = 0
        places = []
        for each, place in parts:
            places.append((offset, 0, place))
            offset += len(each)
        said.append(Said(text, role, time(st, "bg"), time(st, "ed"), parts=tuple(places)))
    if all(each.voice == _NO_SPEAKER for each in said if each.text):
        said = [each._replace(voice="") for each in said]
    order_info = at(value, "content", "orderInfo")
    known = identified(order_info, "orderId") if isinstance(order_info, dict) else {}
    return Call(said, "ms", known, {"asr": "iflytek"})


def _words(st: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """(words, path below `st`) of the best candidate at each place, punctuation included."""
    for row, piece in entries(st.get("rt") or [], "rt"):
        for column, word in entries(piece.get("ws") or [], "ws"):
            choices = word.get("cw")
            if isinstance(choices, list) and has(choices, "w"):
                text = words(choices[0], "w", "cw")
                if text:
                    yield text, ("rt", row, "ws", column, "cw", 0, "w")


def _old(value: Any) -> Call:
    """lfasr: `data` is a JSON string with `bg`, `ed`, `onebest`, `speaker`."""
    path: Path = ()
    found = value
    if isinstance(value, dict):
        path, found = ("data",), value["data"]
        if isinstance(found, str):
            path, found = ("data", INSIDE), inner(found, "data")
    said = []
    for index, item in entries(found, "data"):
        text = words(item, "onebest", f"data[{index}]")
        said.append(
            Said(
                text,
                voice(item.get("speaker")),
                time(item, "bg"),
                time(item, "ed"),
                (*path, index, "onebest"),
            )
        )
    if all(each.voice == _NO_SPEAKER for each in said if each.text):
        said = [each._replace(voice="") for each in said]
    known = identified(value, "task_id", "taskId") if isinstance(value, dict) else {}
    return Call(said, "ms", known, {"asr": "iflytek"})
