"""Evasive and noisy variants of labelled documents: same record, kind and seed -> same variant.

Words inside the label's spans are disguised (anywhere in the collecting side's words, where there
are no spans), never the commonest words; spans are carried over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from random import Random
from typing import Any, NamedTuple

from collectlint import cache as private_cache
from collectlint.lazy import lazily
from collectlint.text.fold import fold
from collectlint.text.segment import Segmenter
from collectlint.text.sounds import looking_like, sounding_like, sounds_of, splits

SEED = 20261122
MOST = 1000  # violating records of which a selection holds a variant
OTHER_SIDE = ("debtor", "third_party")
SPEECH = ("call", "ai_call", "visit")

_WORD = lazily("[\u4e00-\u9fff]{2,4}")
_HAN = lazily("[\u4e00-\u9fff]")
_PUNCTUATION = lazily(r"[,，。、;；:：!！?？…~～\"“”「」]+")
_EVERYDAY = lazily(
    "我们|你们|他们|她们|我哋|你哋|佢哋|咱们|自己|这个|那个|这样|那样|这里|那里|什么|怎么|可以|没有|已经|如果|因为|所以|但是|还有|就是|不是"
    "|今天|明天|现在|时候|一个|一下|知道|时间|这些|那些|您好|先生|女士|小姐|[一二三四五六七八九十百千万两几]+.?"
)
_SEPARATORS = ("-", ".", "·", "*", " ", "/", "_", "|", "~", "•")
_HIDDEN = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff")
_PICTURES = ("❤", "💰", "🔥", "🌹", "⭐", "👉", "❤️", "🙏")
_FILLERS = ("嗯", "呃", "啊", "那个", "就是", "这个", "就是说", "额")
_INITIALS = dict(zip("bpmfdtnlgkhjqxrzcs", "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄖㄗㄘㄙ", strict=True))
_TONES = {"a": "āáǎà", "e": "ēéěè", "o": "ōóǒò", "i": "īíǐì", "u": "ūúǔù"}


class Edit(NamedTuple):
    """`text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


class Dice:
    """Random choices that depend on nothing but `random.random`, which every Python keeps."""

    def __init__(self, seed: str) -> None:
        self._draw = Random(seed).random  # noqa: S311 -- reproducible, not secret

    def below(self, number: int) -> int:
        return int(self._draw() * number)

    def one(self, items: Sequence[str]) -> str:
        return items[self.below(len(items))]

    def chance(self, share: float) -> bool:
        return self._draw() < share

    def some(self, items: Sequence[Any], number: int) -> list[Any]:
        """`number` of the items, in their order."""
        left = list(range(len(items)))
        chosen = [left.pop(self.below(len(left))) for _ in range(min(number, len(left)))]
        return [items[which] for which in sorted(chosen)]


def variant(record: Mapping[str, Any], kind: str, seed: int = SEED) -> dict[str, Any] | None:
    """The record (native JSON) in the disguise of one of KINDS; None where it has nothing to disguise."""
    dice = Dice(f"{seed}:{kind}:{record['id']}")
    turns = record.get("turns")
    texts = [turn["text"] for turn in turns] if turns is not None else [record["text"]]
    label = record["label"]
    edits = _spoken_badly(record, texts, dice) if kind == "asr" else _disguised(record, texts, kind, dice)
    if not any(edits):
        return None
    changed = [_applied(text, made) for text, made in zip(texts, edits, strict=True)]
    out = dict(record) | {"id": f"{record['id']}~{kind}"}
    if turns is None:
        out["text"] = changed[0]
    else:
        out["turns"] = [dict(turn) | {"text": text} for turn, text in zip(turns, changed, strict=True)]
    spans = [
        span | {"text": _moved(texts[span["turn"]], span["text"], edits[span["turn"]])}
        for span in label.get("spans", ())
    ]
    out["label"] = dict(label) | {
        "spans": [span for span in spans if span["text"]],
        "tags": [*label.get("tags", ()), "evasion", f"evasion:{kind}"],
    }
    return out


def chosen(records: Iterable[Mapping[str, Any]], clean: int, seed: int = SEED) -> list[dict[str, Any]]:
    """One variant of each violating record (MOST at most) and of `clean` compliant ones, kinds in turn."""
    ranked = sorted(records, key=lambda record: Dice(f"{seed}:{record['id']}").below(1 << 40))
    out = []
    for violating in (True, False):
        pool = [record for record in ranked if record["label"]["violating"] is violating]
        made = 0
        for record in pool:
            if made >= (MOST if violating else clean):
                break
            for turn in range(len(KINDS)):
                one = variant(record, KINDS[(made + turn) % len(KINDS)], seed)
                if one is not None:
                    out.append(one)
                    made += 1
                    break
    return sorted(out, key=lambda record: str(record["id"]))


def line(record: Mapping[str, Any]) -> str:
    """A record as a line of JSON Lines."""
    return json.dumps(record, ensure_ascii=False) + "\n"


# -- where ------------------------------------------------------------------------------------------


@cache
def _segmenter() -> Segmenter:
    return Segmenter((), private_cache.private_dir())


def _words(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """Words of two to four Chinese characters in `text[low:high]`, without the commonest."""
    plain = fold(text)
    found = []
    for start, end in _segmenter().words(plain[low:high]):
        word = plain[low + start : low + end]
        if _WORD.fullmatch(word) and not _EVERYDAY.fullmatch(word):
            found.append((low + start, low + end))
    return found


def _disguised(record: Mapping[str, Any], texts: Sequence[str], kind: str, dice: Dice) -> list[list[Edit]]:
    regions: dict[tuple[int, int, int], None] = {}
    for span in record["label"].get("spans", ()):
        start = texts[span["turn"]].find(span["text"])
        if start >= 0:
            regions[span["turn"], start, start + len(span["text"])] = None
    number = 2
    if not regions:
        number = 3
        said = [turn.get("speaker", "agent") for turn in record.get("turns", [{"speaker": "agent"}])]
        own = [which for which, speaker in enumerate(said) if speaker not in OTHER_SIDE]
        regions = {(which, 0, len(texts[which])): None for which in dice.some(own, 2)}
    edits: list[dict[int, Edit]] = [{} for _ in texts]
    edges = [
        {edge for turn, *ends in regions if turn == which for edge in ends} for which in range(len(texts))
    ]
    for turn, low, high in regions:
        fitting = [
            (start, end, edit)
            for start, end in _words(texts[turn], low, high)
            if not any(start < edge < end for edge in edges[turn])  # half of it belongs to another span
            for edit in [_DISGUISES[kind](texts[turn][start:end], dice)]
            if edit is not None
        ]
        for start, _, edit in dice.some(fitting, number):
            edits[turn][start + edit.start] = Edit(start + edit.start, start + edit.end, edit.new)
    return [_apart(made.values()) for made in edits]


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order, those that overlap an earlier one left out (spans may overlap)."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _applied(text: str, edits: Sequence[Edit]) -> str:
    out, position = [], 0
    for edit in edits:
        out += [text[position : edit.start], edit.new]
        position = edit.end
    return "".join(out) + text[position:]


def _moved(text: str, words: str, edits: Sequence[Edit]) -> str:
    """The words of a span after the edits."""
    start = text.find(words)
    end = start + len(words)
    inside = []
    for edit in edits:
        if not edit.new:  # what is left out may reach past the span: a closing quote and a comma
            edit = Edit(max(edit.start, start), min(edit.end, end), "")
        if start <= edit.start <= edit.end <= end:
            inside.append(Edit(edit.start - start, edit.end - start, edit.new))
    return _applied(words, inside)


# -- how --------------------------------------------------------------------------------------------


def _separator(word: str, dice: Dice) -> Edit:
    return Edit(0, len(word), dice.one(_SEPARATORS).join(word))


def _zero_width(word: str, dice: Dice) -> Edit:
    return Edit(0, len(word), dice.one(_HIDDEN).join(word))


def _emoji(word: str, dice: Dice) -> Edit:
    at = 1 + dice.below(len(word) - 1)
    return Edit(at, at, dice.one(_PICTURES))


def _one_of(word: str, dice: Dice, options: Callable[[str], Sequence[str]]) -> Edit | None:
    """One character of the word, taken for one of its options."""
    fitting = [(at, found) for at, char in enumerate(fold(word)) for found in [options(char)] if found]
    if not fitting:
        return None
    at, found = fitting[dice.below(len(fitting))]
    return Edit(at, at + 1, dice.one(found))


def _look_alike(word: str, dice: Dice) -> Edit | None:
    return _one_of(word, dice, looking_like)


@cache
def _parts() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for parts, char in splits().items():
        found.setdefault(char, []).append(parts)
    return found


def _split(word: str, dice: Dice) -> Edit | None:
    return _one_of(word, dice, lambda char: _parts().get(char, []))


def _pinyin(word: str, dice: Dice) -> Edit | None:
    plain = fold(word)
    if dice.chance(0.2) and all(map(sounds_of, plain)):
        return Edit(0, len(word), "".join(sounds_of(char)[0] for char in plain))
    return _one_of(word, dice, lambda char: sounds_of(char)[:1])


def _initial(word: str, dice: Dice) -> Edit | None:
    plain = fold(word)
    if len(word) > 2 and dice.chance(0.2) and all(map(sounds_of, plain)):
        return Edit(0, len(word), "".join(sounds_of(char)[0][0] for char in plain))
    edit = _one_of(word, dice, lambda char: [sound[0] for sound in sounds_of(char)[:1]])
    if edit is not None and dice.chance(0.2):
        return edit._replace(new=_INITIALS.get(edit.new, edit.new))
    return edit


def _homophone(word: str, dice: Dice) -> Edit | None:
    plain = fold(word)
    if len(word) == 2 and dice.chance(0.2) and all(map(sounding_like, plain)):
        return Edit(0, 2, "".join(dice.one(sounding_like(char)[:10]) for char in plain))
    return _one_of(word, dice, lambda char: sounding_like(char)[:10])


def _repeat(word: str, dice: Dice) -> Edit:
    at = dice.below(len(word))
    return Edit(at, at + 1, word[at] * (2 + dice.below(3)))


def _ruby(word: str, dice: Dice) -> Edit | None:
    at = dice.below(len(word))
    sounds = sounds_of(fold(word)[at])
    if not sounds:
        return None
    sound = sounds[0]
    vowel = next((char for char in "aoeiu" if char in sound), "")
    if vowel and dice.chance(0.8):
        sound = sound.replace(vowel, dice.one(_TONES[vowel]), 1)
    brackets = dice.one(("()", "（）", "()", "[]"))
    return Edit(at + 1, at + 1, brackets[0] + sound + brackets[1])


def _dropped(word: str, dice: Dice) -> Edit:
    at = dice.below(len(word))
    return Edit(at, at + 1, "")


_DISGUISES: dict[str, Callable[[str, Dice], Edit | None]] = {
    "separator": _separator,
    "zero_width": _zero_width,
    "emoji": _emoji,
    "look_alike": _look_alike,
    "split": _split,
    "pinyin": _pinyin,
    "initial": _initial,
    "homophone": _homophone,
    "repeat": _repeat,
    "ruby": _ruby,
    "dropped": _dropped,
}
KINDS = (*_DISGUISES, "asr")


def _spoken_badly(record: Mapping[str, Any], texts: Sequence[str], dice: Dice) -> list[list[Edit]]:
    """What a recogniser makes of speech: no punctuation, fillers, restarts, words that sound alike."""
    if record.get("channel") not in SPEECH or record.get("kind") != "transcript":
        return [[] for _ in texts]
    made = []
    for text in texts:
        edits: list[Edit] = [Edit(*match.span(), "") for match in _PUNCTUATION.finditer(text)]
        for start, end in _words(text, 0, len(text)):
            if dice.chance(0.08):
                edits.append(Edit(start, start, dice.one(_FILLERS)))
            elif dice.chance(0.05):
                edits.append(Edit(start, start, text[start : start + 1 + dice.below(end - start)]))
            if dice.chance(0.06):
                heard = _one_of(text[start:end], dice, lambda char: sounding_like(char)[:10])
                if heard is not None:
                    edits.append(Edit(start + heard.start, start + heard.end, heard.new))
        made.append(_apart(edits))
    return made
