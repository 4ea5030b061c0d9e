"""Do two characters often stand next to each other in ordinary Chinese? A Bloom filter of 256 KB.

`spelling/ordinary.bin` is made by `tools/spelling_data.py` from dictionary words, the words of the
rules and the corpora. About one strange pair in two hundred is taken for an ordinary one.
"""

from __future__ import annotations

import os
from functools import cache

SIZE = 1 << 21  # bits
_MASK = SIZE - 1


# Characters that stand alone so often that standing alone is no sign of a misspelling.
ALONE = frozenset(
    "的了是在我你您他她它们这那就不也都要会还有没和跟与或对给把被让叫向从到去来上下里外中前后内间时"
    "日月年号点分元块万千百亿个位次人大小多少好很再又才只已可能应须请将于为以及等其之而且则若如因但却并"
    "说讲话看听想吧呢啊吗嘛呀哦喔哈唉喂嗯呃嘅咗喺唔佢哋冇咁啲嗰噉乜咩嚟俾畀系係喇啦㗎"
    "一二三四五六七八九十零两几第每各本该此某自先后早晚今明昨天谁何怎么样什"
)


def data(name: str) -> bytes:
    """A file of `spelling/`, from a folder or a zip file."""
    path = os.path.join(os.path.dirname(__file__), "spelling", name)
    loader = globals()["__spec__"].loader
    content: bytes = loader.get_data(path)
    return content


def places(pair: str) -> tuple[int, int, int]:
    """The three bits of a pair of characters."""
    mixed = ord(pair[0]) * 0x9E3779B97F4A7C15 + ord(pair[1]) * 0xC2B2AE3D27D4EB4F
    mixed ^= mixed >> 29
    return mixed & _MASK, (mixed >> 21) & _MASK, (mixed >> 42) & _MASK


@cache
def _bits() -> bytes:
    return data("ordinary.bin")


def is_ordinary(pair: str) -> bool:
    """Is the pair (two characters) part of ordinary words? Never wrong in saying no."""
    bits = _bits()
    first, second, third = places(pair)
    return bool(
        bits[first >> 3] >> (first & 7) & 1
        and bits[second >> 3] >> (second & 7) & 1
        and bits[third >> 3] >> (third & 7) & 1
    )
