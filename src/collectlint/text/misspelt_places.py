"""Places in a compact text that may be misspelt, and the characters that each may stand for.

A character that forms no ordinary pair with its neighbours, letters between Chinese characters, parts of a
character side by side, repeated characters, fillers. What they are read as is told by `misspelt`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import eq
from typing import NamedTuple

from collectlint.lazy import lazily
from collectlint.text.ordinary import is_ordinary
from collectlint.text.sounds import (
    beginning,
    looking_like,
    sounding_like,
    sounds_of,
    splits,
    spoken,
    syllables,
)

# Words among Chinese that would pass for two syllables: LINE is lin and e. Those of one syllable do stand
# for it (银hang). Abuse in initials is written so, and rules know it: 你这sb is no 你这书b.
_LATIN_WORDS = frozenset(
    {"line", "date", "name", "time", "case", "mode", "site", "same", "like", "take", "make", "bike", "cake"}
    | {"page", "rate", "sale", "nine", "mine", "mate", "guide", "pace", "game", "tale", "male", "pale"}
    | {"sb", "nm", "tm", "md", "nb", "tmd", "cnm", "nmb", "nmsl", "mdzz"}
)
_LONGEST_RUN = 20  # letters
_NUMBERED = 4  # digits behind letters that make both a number: 身份证H227145080
_RADICALS = frozenset("氵讠亻扌忄纟钅饣犭阝辶礻衤宀艹疒刂攵丩")
_RUN = lazily("[a-zㄅ-ㄩāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]+")
_REPEAT = lazily("([\u4e00-\u9fff])\\1+")
_FILLER = lazily(
    "(?<=[\u4e00-\u9fff])[嗯呃]+(?![人你我佢咗钱晒])(?=[\u4e00-\u9fff])", cues="嗯呃"
)  # 呃人 is to cheat
_TONELESS = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ", "aaaaeeeeiiiioooouuuuvvvvv")
# What everybody who writes in initials writes so; two letters alone would stand for too many words.
_INITIALS = {
    "zx": "征信", "wx": "微信", "txl": "通讯录", "qs": "起诉", "fy": "法院", "cs": "催收", "yq": "逾期",
    "dx": "短信", "jc": "警察", "ga": "公安", "zfb": "支付宝", "wsh": "微信号", "hmd": "黑名单",
    "sfz": "身份证",
}  # fmt: skip
# Menace by themselves, whatever stands beside them: never read as anything else.
_MEANT = frozenset("爆杀砍死骗堵泼曝催抓逃贱滚")
# A letter names these: B族, X光, D口.
_LETTERED = "线路号口区栋座楼室班级型族键值卡歌恤盘光群站轴字股币牌组队厅门面版图段端档点项栏列"


class Slot(NamedTuple):
    """A place that may stand for any one of `options`, likeliest first.

    `own` is the character that stands there, "" when it cannot be meant as written. `surely` is what
    it is read as where no word of the rules is completed; None = left as it is.
    """

    start: int
    end: int
    options: str
    via: str
    own: str = ""
    surely: str | None = None


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def places(text: str, strange: Sequence[int]) -> list[Slot]:
    """The places of a compact text, apart from each other and in order.

    `strange` are the positions of characters without an ordinary neighbour.
    """
    slots = [*_repeats(text), *_letters(text), *_parts(text), *_fillers(text), *_strangers(text, strange)]
    kept: list[Slot] = []
    for slot in sorted(slots, key=lambda slot: (slot.start, -slot.end)):
        if not kept or slot.start >= kept[-1].end:
            kept.append(slot)
    return kept


def _repeats(text: str) -> Iterator[Slot]:
    if not any(map(eq, text, text[1:])):
        return
    for match in _REPEAT.finditer(text):
        start, end = match.span()
        char = match.group(1)
        if end - start > 2:
            yield Slot(start, end, char, "repeat", surely=char)
        elif not is_ordinary(char * 2):
            yield Slot(start, end, char, "repeat")


def _letters(text: str) -> Iterator[Slot]:
    for match in _RUN.finditer(text):
        start, end = match.span()
        before = bool(start) and is_han(text[start - 1])
        after = end < len(text) and is_han(text[end])
        run = match.group().translate(_TONELESS)
        if text[start - 1 : start] == "[" and text[end : end + 1] == "]":
            if start > 1 and run in sounds_of(text[start - 2]):
                yield Slot(start - 1, end + 1, "", "ruby", surely="")
            continue
        if not (before or after) or end - start > _LONGEST_RUN or (start and text[start - 1].isdigit()):
            continue
        if before and len(run) > 1 and run in sounds_of(text[start - 1]):
            yield Slot(start, end, "", "ruby", surely="")
            continue
        if run in _INITIALS:
            word = _INITIALS[run]
            yield Slot(start, end, "", "initial", surely=word)
            continue
        if run in _LATIN_WORDS:
            continue
        parts = syllables(run) if len(run) > 1 else None
        if parts is None:
            behind = text[end : end + _NUMBERED]
            numbered = len(behind) == _NUMBERED and behind.isdigit()
            if len(run) <= 2 and not numbered and not (after and text[end] in _LETTERED):
                for offset, letter in enumerate(run):
                    yield Slot(start + offset, start + offset + 1, beginning(letter), "initial")
            continue
        position = start
        for part in parts:
            yield Slot(position, position + len(part), spoken(part), "pinyin")
            position += len(part)


def _parts(text: str) -> Iterator[Slot]:
    table = splits()
    for start in range(len(text) - 1):
        char = table.get(text[start : start + 2])
        if char is None:
            continue
        if not _RADICALS.isdisjoint(text[start : start + 2]):
            yield Slot(start, start + 2, char, "split", surely=char)
        elif not is_ordinary(text[start : start + 2]):
            yield Slot(start, start + 2, char, "split")


def _fillers(text: str) -> Iterator[Slot]:
    for match in _FILLER.finditer(text):
        yield Slot(*match.span(), "", "filler", surely="")


def _strangers(text: str, strange: Sequence[int]) -> Iterator[Slot]:
    for start in strange:
        char = text[start]
        if char in _MEANT:
            continue
        options = "".join(dict.fromkeys(sounding_like(char) + looking_like(char)))
        if options:
            yield Slot(start, start + 1, options, "homophone", char)
