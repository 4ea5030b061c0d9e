"""One spelling for matching: simplified, half-width, lower case, plain digits; same length.

Because every step maps one code point to one code point, position n of the folded text is
position n of the original.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from collectlint.text.script import to_simplified

# Variants that t2s keeps apart but that are one word to a reader (帐户/账户, 身分证/身份证 ...).
_VARIANTS = str.maketrans(
    {
        "帐": "账",
        "著": "着",
        "妳": "你",
        "俾": "畀",
        "噉": "咁",
        "爲": "为",
        "衹": "只",
        "祇": "只",
        "裏": "里",
        "裡": "里",
        "幺": "么",
        "麽": "么",
        # What OpenCC's conversions into traditional script write and its t2s leaves.
        "枱": "台",
        "衞": "卫",
        "敍": "叙",
        "揹": "背",
        "於": "于",
        "藉": "借",
        "覆": "复",
        "，": ",",
        "！": "!",
        "？": "?",
        "：": ":",
        "；": ";",
        "（": "(",
        "）": ")",
        "﹐": ",",
        "“": '"',
        "”": '"',
        "「": '"',
        "」": '"',
        "『": '"',
        "』": '"',
        "‘": "'",
        "’": "'",
        "\u3000": " ",
        "\u00a0": " ",
        "\r": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u0085": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
    }
)
WORDS = (("身分证", "身份证"), ("身分", "身份"), ("连络", "联络"), ("布告", "公告"))

# Blocks that hold characters with a compatibility form: full width, circled, squared, radicals ...
COMPATIBLE = (
    (0xAA, 0xBE),
    (0x2B0, 0x2FF),
    (0x1D2C, 0x1D6A),
    (0x2070, 0x209C),
    (0x2100, 0x218B),
    (0x2460, 0x24FF),
    (0x2E80, 0x2FDF),
    (0x3036, 0x303A),
    (0x3131, 0x318E),
    (0x3200, 0x33FF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE6B),
    (0xFF00, 0xFFEF),
    (0x1D400, 0x1D7FF),
    (0x1F100, 0x1F1FF),
    (0x1F200, 0x1F251),
    (0x2F800, 0x2FA1D),
)


@cache
def _compatible(char: str) -> str:
    """The NFKC form of one character when that is one character, else the character itself."""
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) == 1:
        return plain
    core = plain.strip("()[]")  # ⑴ 🄀 【一】: the sign between the brackets
    return core if len(core) == 1 else char


def _is_odd(char: str) -> bool:
    """In one of the blocks that hold compatibility characters?"""
    if char < "\xaa" or "\u4e00" <= char <= "\u9fff":
        return False
    code = ord(char)
    return any(first <= code <= last for first, last in COMPATIBLE)


@cache
def _lower() -> dict[int, str]:
    table = {code: chr(code).lower() for code in range(0x41, 0x5B)}
    for code in (*range(0xC0, 0x180), *range(0x370, 0x530)):
        small = chr(code).lower()
        if len(small) == 1:
            table[code] = small
    return table


@cache
def _plain() -> dict[int, str]:
    """Variants and case in one table, applied after the script."""
    table = dict(_lower())
    table.update(_VARIANTS)
    return table


def fold(text: str) -> str:
    """The form in which rules match; `len(fold(text)) == len(text)`."""
    if text.isascii():
        return text.lower().replace("\r", "\n") if "\r" in text else text.lower()
    text = text.translate({ord(char): _compatible(char) for char in set(text) if _is_odd(char)})
    text = to_simplified(text).translate(_plain())
    for word, plain in WORDS:
        if word in text:
            text = text.replace(word, plain)
    return text


def changed_codes() -> set[int]:
    """Code points that variants and case change, beside script and compatibility forms."""
    return set(_plain())
