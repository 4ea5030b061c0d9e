"""Text without what evasion and noise put between characters, and where each character came from.

Dropped: zero-width and combining marks anywhere; spaces, dashes, stars, dots, slashes and emoji
between Han characters (f 院, 爆-通-讯-录, 威❤信); ruby readings in brackets (現(xiàn)在); any one
separator that splits three or more single characters (还,钱,不). Commas and full stops otherwise
stay, since they carry the clause.
"""

from typing import NamedTuple

from collectlint.lazy import lazily

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
# Format characters, variation selectors, combining marks: never part of a Chinese word.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe20-\ufe2f\U000e0000-\U000e0fff"
)
_EMOJI = "\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff"
_FILLER = rf" \t\-_*·•・‧∙|/\\+=^#@&`%{_EMOJI}"

_PINYIN = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"

_ANY = lazily(f"[{_INVISIBLE}{_EMOJI}]|(?<=[{_HAN}])[{_FILLER}(]")
_INVISIBLES = lazily(f"[{_INVISIBLE}]+")
_RUBY = lazily(rf"(?<=[{_HAN}]) ?\((?:[{_PINYIN}]{{2,7}}|[āáǎàēéěèōóǒò])\)")
# Signs of a layout, not of evasion, when a space stands beside them: 错误的话 → 可以说的话, ✗ … ✓ …
_LAYOUT = frozenset("→⇒➔➜➡✓✔✗✘✕❌✅☑☒⭕|")
_BETWEEN = lazily(
    rf"(?<=[{_HAN}])[{_FILLER}]{{1,4}}(?=[{_HAN}a-z])|(?<=[{_HAN}][a-z])[{_FILLER}]{{1,3}}(?=[{_HAN}])"
)
# One and the same separator between single characters, at least twice in a row.
_SPLIT = lazily(
    rf"(?<![{_HAN}a-z0-9])[{_HAN}]([^\w\s{{}}\[\]()<>\"']) ?[{_HAN}](?:\1 ?[{_HAN}])+(?![{_HAN}])"
)


# Marks that stand between clauses: with letters and digits alone, nothing is noise.
MARKS = frozenset(",.。!?:;、\"'《》【】\n…")
_WITHOUT_MARKS = dict.fromkeys(map(ord, MARKS))


def _is_plain(folded: str) -> bool:
    """A quick look, without any regular expression: could there be noise at all?"""
    if not folded.translate(_WITHOUT_MARKS).isalnum():
        return False
    return not any(
        one == next_but_one and one in MARKS for one, next_but_one in zip(folded, folded[2:], strict=False)
    )


def _is_layout(run: str) -> bool:
    return " " in run and not _LAYOUT.isdisjoint(run)


def _is_row(folded: str, start: int, end: int) -> bool:
    """Is it the bar between two cells of more than a character, in a line that begins with one?"""
    if folded[start:end] != "|":
        return False
    line = folded.rfind("\n", 0, start) + 1
    return folded.startswith("|", line) and "|" not in (folded[start - 2], folded[end + 1 : end + 2])


class Compact(NamedTuple):
    """`text` as rules read it; `origin[n]` is the position in the folded text of `text[n]`.

    `origin` is None when nothing was dropped. It has one entry more than `text`, for the end.
    """

    text: str
    origin: list[int] | None


def compact(folded: str) -> Compact:
    """Drop the noise of a folded text (see the module's own words) and keep the origins."""
    if folded.isascii() or _is_plain(folded):
        return Compact(folded, None)
    dropped: list[tuple[int, int]] = []
    if _ANY.search(folded):
        for pattern in (_INVISIBLES, _RUBY):
            dropped.extend(match.span() for match in pattern.finditer(folded))
        dropped.extend(
            match.span()
            for match in _BETWEEN.finditer(folded)
            if not _is_layout(match.group()) and not _is_row(folded, *match.span())
        )
    for match in _SPLIT.finditer(folded):
        mark = match.group(1)
        dropped.extend(
            (match.start() + offset, match.start() + offset + 1)
            for offset, char in enumerate(match.group())
            if char == mark or char == " "
        )
    if not dropped:
        return Compact(folded, None)
    keep = bytearray(b"\x01") * len(folded)
    for start, end in dropped:
        keep[start:end] = bytes(end - start)
    origin = [position for position, kept in enumerate(keep) if kept]
    text = "".join([folded[position] for position in origin])
    origin.append(len(folded))
    return Compact(text, origin)
