"""Texts that exist in simplified Chinese only, in traditional characters with the region's own words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_QUOTED = re.compile('(「[^」]*」|`[^`]*`|"[^"]*")')  # somebody's own words and names: kept as they are
# What OpenCC's tables of Taiwan leave, or put differently from our own texts.
_TAIWAN = (("賬", "帳"), ("後臺", "後台"), ("後設資料", "詮釋資料"))
_HONG_KONG = (("短信", "短訊"), ("文檔", "文件"), ("聯繫", "聯絡"), ("合同", "合約"))


def shown(text: str, lang: str) -> str:
    """A text in simplified Chinese as a reader of `lang` gets it; unchanged in English."""
    if lang not in ("hant", "hk") or text.isascii():
        return text
    convert = _converter("s2twp" if lang == "hant" else "s2hk")
    parts = _QUOTED.split(text)
    parts[::2] = [convert(part) for part in parts[::2]]
    return "".join(parts)


@cache
def _converter(name: str) -> Any:
    from opencc import OpenCC

    convert = OpenCC(name).convert
    pairs = _TAIWAN if name == "s2twp" else _HONG_KONG

    def converted(text: str) -> str:
        said: str = convert(text)
        for one, other in pairs:
            said = said.replace(one, other)
        return said

    return converted
