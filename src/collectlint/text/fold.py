"""One spelling for matching: simplified, half-width, lower case, plain digits; same length.

Because every step maps one code point to one code point, position n of the folded text is
position n of the original.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from collectlint.lazy import lazily
from collectlint.text.script import characters, to_simplified

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
_WORDS = (("身分证", "身份证"), ("身分", "身份"), ("连络", "联络"), ("布告", "公告"))

# Everything that needs no look at all: ASCII without capitals, common Han that is its own fold.
_COMPATIBLE = lazily(
    "[\u00aa-\u00be\u02b0-\u02ff\u1d2c-\u1d6a\u2070-\u209c\u2100-\u218b\u2460-\u24ff\u2e80-\u2fdf"
    "\u3036-\u303a\u3131-\u318e\u3200-\u33ff\uf900-\ufaff\ufe30-\ufe6b\uff00-\uffef\U0001d400-\U0001d7ff"
    "\U0001f100-\U0001f1ff\U0001f200-\U0001f251\U0002f800-\U0002fa1d]"
)


@cache
def _compatible(char: str) -> str:
    """The NFKC form of one character when that is one character, else the character itself."""
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) == 1:
        return plain
    core = plain.strip("()[]")  # ⑴ 🄀 【一】: the sign between the brackets
    return core if len(core) == 1 else char


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


@cache
def single() -> dict[int, str]:
    """Every character map of the fold in one table (script, variants, case), without phrases."""
    table = {code: value.translate(_plain()) for code, value in characters().items()}
    table.update({code: value for code, value in _plain().items() if code not in table})
    return table


def fold(text: str) -> str:
    """The form in which rules match; `len(fold(text)) == len(text)`."""
    if text.isascii():
        return text.lower().replace("\r", "\n") if "\r" in text else text.lower()
    if _COMPATIBLE.search(text):
        text = _COMPATIBLE.sub(lambda match: _compatible(match.group()), text)
    text = to_simplified(text).translate(_plain())
    for word, plain in _WORDS:
        if word in text:
            text = text.replace(word, plain)
    return text
