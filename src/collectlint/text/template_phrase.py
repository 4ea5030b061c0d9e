"""Finds a phrase with slots around the part that was scanned for."""

from collections.abc import Sequence
from typing import NamedTuple

from collectlint.lazy import lazily
from collectlint.text.literals import LiteralSets


class Part(NamedTuple):
    """One slot: `gap` is how many characters may precede it, `optional` that it may be absent."""

    gap: int
    set_id: int
    optional: bool


# A gap does not reach over a negation, except where the negation carries the menace.
_BLOCKED = lazily(
    r"不(?!想|介意|得不|妨|排除|保证|是不|怕|惜|仅|光|但|止|还|处理|管|信|敢保证|单|只|好意思|要脸|肯|配合|接)"
    r"|没(?!钱|办法)|别(?!人|墅|的)|勿|未|唔(?!想|介意|还|畀|止|怕|理)|禁|莫"
)


def find(
    parts: Sequence[Part],
    anchor: int,
    start: int,
    end: int,
    text: str,
    region: tuple[int, int],
    sets: LiteralSets,
) -> tuple[int, int] | None:
    """The span of the phrase around its anchor part at `text[start:end]`, or None."""
    left = _leftwards(parts, anchor - 1, parts[anchor].gap, start, text, region[0], sets)
    if left is None:
        return None
    right = _rightwards(parts, anchor + 1, end, text, region[1], sets)
    return None if right is None else (left, right)


def _rightwards(
    parts: Sequence[Part], which: int, position: int, text: str, high: int, sets: LiteralSets
) -> int | None:
    if which == len(parts):
        return position
    part = parts[which]
    for begin in range(position, min(position + part.gap, high - 1) + 1):
        end = sets.match_at(part.set_id, text, begin, high)
        if end is not None and not (begin > position and _BLOCKED.search(text, position, begin)):
            reached = _rightwards(parts, which + 1, end, text, high, sets)
            if reached is not None:
                return reached
    if part.optional:
        rest = (*parts[:which], *parts[which + 1 :])
        if which < len(rest):
            following = rest[which]
            rest = (*rest[:which], following._replace(gap=max(following.gap, part.gap)), *rest[which + 1 :])
        return _rightwards(rest, which, position, text, high, sets)
    return None


def _leftwards(
    parts: Sequence[Part], which: int, gap: int, position: int, text: str, low: int, sets: LiteralSets
) -> int | None:
    if which < 0:
        return position
    part = parts[which]
    for end in range(position, max(position - gap, low + 1) - 1, -1):
        begin = sets.match_before(part.set_id, text, end, low)
        if begin is not None and not (end < position and _BLOCKED.search(text, end, position)):
            reached = _leftwards(parts, which - 1, part.gap, begin, text, low, sets)
            if reached is not None:
                return reached
    if part.optional:
        return _leftwards(parts, which - 1, max(gap, part.gap), position, text, low, sets)
    return None
