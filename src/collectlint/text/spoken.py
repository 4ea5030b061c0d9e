"""Digit strings said one by one (一三八零零…), read and written back as 0-9 without moving anything."""

from __future__ import annotations

from typing import NamedTuple

from collectlint.lazy import lazily
from collectlint.text.numerals import DIGITS, narrow

# 幺 (also written 么 and 吆) is one, 洞 zero, 拐 seven, 勾 nine where digits are said one by one.
_SPOKEN = (
    DIGITS | {str(n): n for n in range(10)} | {"幺": 1, "么": 1, "麼": 1, "吆": 1, "洞": 0, "拐": 7, "勾": 9}
)
_SAID = "".join(_SPOKEN)
_SPOKEN_RUN = lazily(rf"[{_SAID}](?:[ \-,，、]?[{_SAID}]){{6,}}")
_GROUP = lazily(rf"[{_SAID}]+")
_BLOCK = lazily("[0-9]+|[^0-9]+")
_SUFFIX_WORD = "定个個起下直切些样樣会會旦般点點天次边邊共同律再时時"
_WHAT = "什怎这這那要多甚"


class DigitRun(NamedTuple):
    """A string of digits said or written one by one; `offsets[i]` is the place of `digits[i]`."""

    start: int
    end: int
    digits: str
    offsets: tuple[int, ...]


def _longer(span: tuple[int, int], length: int) -> bool:
    return span[1] - span[0] > length


def spoken_runs(text: str, least: int = 7) -> list[DigitRun]:
    """Digit strings of `least` or more digits of which at least one is said in Chinese (一三八零零…).

    Single spaces, dashes and commas between groups are allowed. A short Chinese numeral after a
    written number (13800138000一定) and the 么 of 什么 are left out.
    """
    plain, runs = narrow(text), []
    for match in _SPOKEN_RUN.finditer(plain):
        start, end = match.span()
        while end - start >= least and plain[start] in "么麼" and start and plain[start - 1] in _WHAT:
            start += 1
        if plain[end - 1] == "一" and plain[end : end + 1] and plain[end] in _SUFFIX_WORD:
            end -= 1
        blocks = [block.span() for block in _BLOCK.finditer(plain, start, end)]
        if len(blocks) > 1:  # 13800138000两 (天), 第一13800138000
            if plain[blocks[-2][0]].isascii() and _longer(blocks[-2], 6) and not _longer(blocks[-1], 2):
                end = blocks[-1][0]
            if plain[blocks[1][0]].isascii() and _longer(blocks[1], 6) and not _longer(blocks[0], 2):
                start = blocks[0][1]
        body = plain[start:end]
        groups = _GROUP.findall(body)
        if len(groups) > 1 and min(map(len, groups)) < 2:  # 一、二、三、四 is a list
            continue
        offsets = tuple(start + i for i, char in enumerate(body) if char in _SPOKEN)
        digits = "".join(str(_SPOKEN[plain[i]]) for i in offsets)
        if len(digits) >= least and not all("0" <= plain[i] <= "9" for i in offsets):
            runs.append(DigitRun(offsets[0], offsets[-1] + 1, digits, offsets))
    return runs


def fold_spoken(text: str) -> str:
    """`text`, half width, with spoken digit strings written as 0-9; the length is kept."""
    plain = narrow(text)
    runs = spoken_runs(plain)
    if not runs:
        return plain
    chars = list(plain)
    for run in runs:
        chars[run.start : run.end] = [" " if char in ",，、" else char for char in chars[run.start : run.end]]
        for offset, digit in zip(run.offsets, run.digits, strict=True):
            chars[offset] = digit
    return "".join(chars)
