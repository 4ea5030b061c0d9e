"""Words of the rules in evasive or misheard spelling: what the places of `misspelt_places` are read as.

A place may stand for other characters (same sound, same shape, the parts together). It is read so only
where that completes a word of the rules, so ordinary text, misspelt or not, stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

from collectlint.text.misspelt_places import Slot, is_han, places
from collectlint.text.ordinary import is_ordinary
from collectlint.text.sounds import sounding_like

# Head (two characters) -> the words of the rules that begin with it.
Known = Callable[[str], Sequence[str] | None]  # as in `reading`, which imports this module

_REACH = 5  # characters looked at on either side
_TOGETHER = 2  # characters between two that are misspelt in one word, at most
_MOST_HEADS = 400  # pairs of characters tried for one place
# Two characters are soon completed by chance (爆了 for 包了), so only these are.
_SHORT_WORDS = (
    "起诉 催收 微信 法院 征信 逾期 律师 传票 警察 公安 坐牢 上门 曝光 欠款 还款 贷款 借款 家人 单位 "
    "村委 邻居 骗子 老赖 诈骗 立案 通缉 拘留 逮捕 抓捕 抓人 判刑 冻结 扣款 查封 强制 执行 通知 亲戚 "
    "朋友 同事 领导 父母 老婆 老公 孩子 学校 公司 后果 报警 派出 联系 电话 短信 转账 支付 银行 利息 "
    "罚息 违约 信用 催缴 催款 讨债 收数 打断 弄死 砍死 打死 泼漆 堵门 蹲守 失信 本票 欠债 欠钱 还钱 "
    "收款 账户 汇款 代偿 担保 抵押 拖车 扣车 坐监 报案 仲裁 调解 诉讼 开庭 查扣 扣薪 协商 分期 减免 "
    "手机 身份 照片 裸照 群发"
)
_SHORT = frozenset(_SHORT_WORDS.split())


class Edit(NamedTuple):
    """`text[start:end]` is read as `new`; `via` says how."""

    start: int
    end: int
    new: str
    via: str


def edits(text: str, strange: Sequence[int], known: Known) -> list[Edit]:
    """The readings of a compact text, apart from each other and in order.

    `strange` are the positions of characters without an ordinary neighbour.
    """
    slots = places(text, strange)
    starts = {slot.start: which for which, slot in enumerate(slots)}
    ends = {slot.end: which for which, slot in enumerate(slots)}
    found: dict[int, Edit] = {}
    for which, slot in enumerate(slots):
        if slot.start in found:
            continue
        items, at = _around(text, slots, which, starts, ends)
        word = _completed(items, at, known) if slot.options else None
        if word is None:
            surely = _likely(items, at) if slot.via == "pinyin" else slot.surely
            if surely is not None:
                found[slot.start] = Edit(slot.start, slot.end, surely, slot.via)
            continue
        first, chars = word
        for item, char in zip(items[first:], chars, strict=False):
            if char != item.own:
                found[item.start] = Edit(item.start, item.end, char, _via(item, char))
    return sorted(found.values())


def _via(slot: Slot, char: str) -> str:
    if slot.via != "homophone":
        return slot.via
    return "homophone" if char in sounding_like(slot.own) else "look-alike"


def _around(
    text: str, slots: Sequence[Slot], which: int, starts: dict[int, int], ends: dict[int, int]
) -> tuple[list[Slot], int]:
    """The slot with its neighbours, plain characters as slots of their own; and where it stands."""
    left: list[Slot] = []
    position = slots[which].start
    while len(left) < _REACH and position > 0:
        at = ends.get(position)
        if at is not None:
            item = slots[at]
        elif is_han(text[position - 1]):
            item = Slot(position - 1, position, "", "", text[position - 1])
        else:
            break
        if item.options or item.own:
            left.append(item)
        position = item.start
    right: list[Slot] = []
    position = slots[which].end
    while len(right) < _REACH and position < len(text):
        at = starts.get(position)
        if at is not None:
            item = slots[at]
        elif is_han(text[position]):
            item = Slot(position, position + 1, "", "", text[position])
        else:
            break
        if item.options or item.own:
            right.append(item)
        position = item.end
    return [*reversed(left), slots[which], *right], len(left)


def _completed(items: Sequence[Slot], at: int, known: Known) -> tuple[int, str] | None:
    """(index of the first item, word) of the best word of the rules that covers item `at`.

    None when there is none, or when the character is part of a word as it is.
    """
    if all(item.own for item in (*items[:at], *items[at + 1 :])) and not any(
        item.options for item in (*items[max(0, at - _TOGETHER) : at], *items[at + 1 : at + 1 + _TOGETHER])
    ):
        return _completed_alone(items, at, known)
    own = items[at].own
    best: tuple[tuple[int, int, int], int, str] | None = None
    for first in range(max(0, at - _REACH), min(at + 1, len(items) - 1)):
        for tried, head in enumerate(islice(_heads(items[first], items[first + 1]), _MOST_HEADS)):
            for word in known(head) or ():
                if first + len(word) <= at or first + len(word) > len(items) or not _is_telling(word):
                    continue
                inside = items[first : first + len(word)]
                changed = _changes(inside, word)
                if changed is None:
                    continue
                if word[at - first] == own:
                    if not changed:
                        return None
                    continue
                kept = len(word) - changed
                if not kept and not _may_be_all_new(inside):
                    continue
                rank = (-kept, -len(word), tried)
                if best is None or rank < best[0]:
                    best = (rank, first, word)
    return None if best is None else best[1:]


def _likely(items: Sequence[Slot], at: int) -> str | None:
    """The commonest character of a syllable that makes an ordinary pair with a neighbour."""
    before = items[at - 1].own if at else ""
    after = items[at + 1].own if at + 1 < len(items) else ""
    for char in items[at].options:
        if (before and is_ordinary(before + char)) or (after and is_ordinary(char + after)):
            return char
    return None


def _heads(one: Slot, two: Slot) -> Iterator[str]:
    """What two places may begin a word with; two misspelt characters side by side begin none."""
    if one.own and two.own:
        yield one.own + two.own
        for char in two.options:
            yield one.own + char
        for char in one.options:
            yield char + two.own
    else:
        for pair in product(one.own + one.options, two.own + two.options):
            yield "".join(pair)


def _completed_alone(items: Sequence[Slot], at: int, known: Known) -> tuple[int, str] | None:
    """The same where the other items are characters, those near by not misspelt."""
    own, options = items[at].own, items[at].options
    left = "".join([item.own for item in items[:at]])
    right = "".join([item.own for item in items[at + 1 :]])
    found: list[tuple[int, int, int, str]] = []
    heads = [(first, left[first : first + 2]) for first in range(at - 1)]
    if left:
        heads += [(at - 1, left[-1] + char) for char in own + options]
    if right:
        heads += [(at, char + right[0]) for char in own + options]
    for first, head in heads:
        before = at - first  # characters of the word before the place
        for word in known(head) or ():
            if len(word) > before and left.endswith(word[:before]) and right.startswith(word[before + 1 :]):
                char = word[before]
                if char == own:
                    return None
                if char in options and _is_telling(word):
                    found.append((-len(word), options.index(char), first, word))
    if not found:
        return None
    _, _, first, word = min(found)
    return first, word


def _is_telling(word: str) -> bool:
    """May a word be guessed at? Of the short ones only those of the trade; the others are everywhere."""
    return len(word) > 2 or word in _SHORT


def _changes(items: Sequence[Slot], word: str) -> int | None:
    """How many of the items are read otherwise than written; None when the word does not fit."""
    changed = 0
    for item, char in zip(items, word, strict=True):
        if char != item.own:
            if char not in item.options:
                return None
            changed += 1
    return changed


def _may_be_all_new(items: Sequence[Slot]) -> bool:
    return all(item.via == "pinyin" for item in items) and sum(item.end - item.start for item in items) > 3
