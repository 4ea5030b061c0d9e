"""What to say to an author who slipped: readable quoting, nearest spellings, full-width traps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

SHOWN_MOST = 40  # code points of the author's text quoted in a message

_WORD = r"[^\s:：#'\"“”\[\]{},]+"
_WIDE_COLON = re.compile(rf"^\s*(?:-\s+)*(?:{_WORD}|\"[^\"]*\"|'[^']*')\s*(：)")
_WIDE_COLON_FLOW = re.compile(rf"[{{,]\s*{_WORD}\s*(：)")
_WIDE_SPACE = re.compile(rf"^(?:[ \t]*|\s*(?:-\s+)*{_WORD}:|[ \t]*-)([\u3000\xa0])")
_TAB = re.compile(r"^ *(\t)")
_WIDE_QUOTE = re.compile(rf"^\s*(?:-\s+)*(?:{_WORD}:\s+)?([“”‘’＂＇])")
_HALF_QUOTE = re.compile(r"[\"'][^\"']*([”’＂＇])\s*$")
_TIGHT_COLON = re.compile(r"^\s*(?:-\s+)*[A-Za-z_][\w-]*(:)[^\s:/]")
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")


def shown(text: str) -> str:
    """`text` between backquotes for a message: cut at 40 code points, invisible characters spelt out."""
    cut = text if len(text) <= SHOWN_MOST else text[: SHOWN_MOST - 1] + "…"
    return "`" + "".join(map(_visible, cut)) + "`"


def _visible(character: str) -> str:
    if character in " …" or character.isalnum():
        return character
    if unicodedata.category(character) in _INVISIBLE or character in "\u3000\xa0":
        return f"\\u{ord(character):04x}"
    return character


def nearest(word: str, words: Collection[str]) -> str:
    """The one of `words` that the author most likely meant by `word`, or an empty string."""
    known = list(words)
    cleaned = _cleaned(word)
    for candidate in known:
        if _cleaned(candidate) == cleaned:
            return candidate
    if len(word) > SHOWN_MOST:
        return ""
    from difflib import get_close_matches

    for attempt in (word, cleaned):
        found = get_close_matches(attempt, known, n=1, cutoff=0.7)
        if found:
            return found[0]
    return ""


def _cleaned(word: str) -> str:
    """`word` without what a Chinese input method or a copy from Word leaves in it."""
    folded = unicodedata.normalize("NFKC", word[:200]).lower().replace("-", "_")
    return "".join(
        character
        for character in folded
        if not character.isspace()
        and unicodedata.category(character) not in _INVISIBLE
        and character not in "'\"“”‘’:"
    )


def suggestion(word: str, words: Collection[str]) -> tuple[str, str]:
    """The remedy for a misspelt `word` and the spelling it names, if any; else what is allowed."""
    known = list(words)
    near = nearest(word, known)
    if near:
        return f"您是否想写 `{near}`?", near
    listed = "、".join(f"`{each}`" for each in known[:12]) + ("……" if len(known) > 12 else "")
    return f"可用的有:{listed}" if known else "", ""


def key_hint(key: str, words: Collection[str]) -> tuple[str, str]:
    """As `suggestion`, but a full-width colon or space inside an unknown key is named first."""
    remedy, meant = suggestion(key, words)
    trap = scalar_hint(key)
    if trap and not meant:
        meant = nearest(re.split("[:：]", key, maxsplit=1)[0], words)
    return trap or remedy, meant


def line_hint(line: str) -> tuple[int, str]:
    """Column (from 1) and remedy of a full-width or tab trap in one YAML line; `(0, "")` if none."""
    for pattern, remedy in (
        (_TAB, "请把制表符改成空格"),
        (_WIDE_SPACE, "这里有全角空格或不换行空格,请改成普通的半角空格"),
        (_WIDE_COLON, "冒号是全角的「：」,请改成半角冒号加一个空格「: 」"),
        (_WIDE_COLON_FLOW, "冒号是全角的「：」,请改成半角冒号加一个空格「: 」"),
        (_WIDE_QUOTE, "引号是全角的,请改成半角引号"),
        (_HALF_QUOTE, "引号是全角的,请改成半角引号"),
    ):
        found = pattern.search(line[:500])
        if found:
            return found.start(1) + 1, remedy
    return 0, ""


def scalar_hint(text: str) -> str:
    """The remedy when text stands where keys or a list should: usually a colon gone wrong."""
    first = text.split("\n", 1)[0]
    remedy = line_hint(first)[1]
    if not remedy and _TIGHT_COLON.search(first):
        remedy = "半角冒号后面要有一个空格"
    return remedy


def word_hint(text: str) -> str:
    """The remedy when a fixed word was expected and full-width punctuation stands in it."""
    if text[:1] in "“”‘’＂＇":
        return "引号是全角的,请改成半角引号或去掉"
    if "，" in text or "、" in text:
        return "列表项之间请用半角逗号,并写成 `[甲, 乙]`"
    return ""
