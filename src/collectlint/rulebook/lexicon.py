"""Lists of words: read, resolved, and asked for by name.

An entry with `[a|b]` or `{list}` stands for many words. Few are written out; many stay a chain of
links, which the engine matches link by link: `[再|若][不|没][还|处理|缴]` costs three small sets
instead of their product.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import product
from math import prod
from typing import Any, NamedTuple, TypeAlias

from collectlint.errors import Place, RuleError
from collectlint.text.slots import pieces

WRITTEN_OUT = 48  # an entry that stands for more words than this stays a chain
MOST_WORDS = 5_000  # where every word must be written out (regular expressions, segmentation)


class Link(NamedTuple):
    """One link of a chain: any of `options`, or nothing when `optional`."""

    options: tuple[Item, ...]
    optional: bool


class Chain(NamedTuple):
    """Links that follow each other without a gap."""

    links: tuple[Link, ...]


Item: TypeAlias = "str | Chain"


class WordList(NamedTuple):
    """A list as written: `entries` may hold `[a|b]` and `{other-list}`."""

    entries: tuple[str, ...]
    include: tuple[str, ...]
    place: Place


class Lexicon:
    """All lists of a rule folder; each is resolved once, faults are collected."""

    def __init__(self, lists: Mapping[str, WordList]) -> None:
        self.lists = lists
        self.errors: list[RuleError] = []
        self.used: set[str] = set()
        self._resolved: dict[str, list[Item]] = {}
        self._open: list[str] = []

    def items(self, name: str, place: Place) -> list[Item] | None:
        """Words and chains of a list, in order, without repeats; None after recording a fault."""
        self.used.add(name)
        if name in self._resolved:
            return self._resolved[name]
        word_list = self.lists.get(name)
        if word_list is None:
            near = get_close_matches(name, list(self.lists), 1)
            remedy = f"您是否想写 `{near[0]}`?" if near else "词表在 lexicon/ 里定义"
            self.errors.append(RuleError(f"没有词表 `{name}`", place, remedy))
            return None
        if name in self._open:
            remedy = " → ".join([*self._open, name])
            self.errors.append(RuleError(f"词表 `{name}` 绕回了自己", place, remedy))
            return None
        self._open.append(name)
        found: dict[Item, None] = {}
        for included in word_list.include:
            found.update(dict.fromkeys(self.items(included, word_list.place) or ()))
        for entry in word_list.entries:
            found.update(dict.fromkeys(self.entry(entry, word_list.place)))
        self._open.pop()
        self._resolved[name] = list(found)
        return self._resolved[name]

    def entry(self, entry: str, place: Place) -> list[Item]:
        """What one entry stands for: words, or one chain when they are too many."""
        split = pieces(entry)
        if split is None:
            self.errors.append(RuleError(f"「{entry}」的括号不成对", place, "{词表}、[甲|乙] 须成对"))
            return []
        links = []
        for piece in split:
            if piece.kind == "gap":
                remedy = "把带槽位的短语写进规则的 phrase"
                self.errors.append(RuleError(f"词表里的词不能有 …:「{entry}」", place, remedy))
                return []
            options: list[Item]
            if piece.kind == "list":
                options = self.items(piece.value, place) or []
            else:
                options = list(piece.value.split("|")) if piece.kind == "choice" else [piece.value]
            links.append(Link(tuple(dict.fromkeys(one for one in options if one)), "" in options))
        if not all(link.options for link in links):
            return []
        if len(links) == 1 and not links[0].optional:
            return list(links[0].options)
        chain = Chain(tuple(links))
        return list(words_of(chain)) if _size(chain) <= WRITTEN_OUT else [chain]

    def words(self, name: str, place: Place) -> list[str] | None:
        """Every word of a list written out; None after recording a fault."""
        items = self.items(name, place)
        if items is None:
            return None
        if sum(1 if isinstance(item, str) else _size(item) for item in items) > MOST_WORDS:
            self.errors.append(RuleError(f"词表 `{name}` 写全了太长", place, f"不超过 {MOST_WORDS} 个词"))
            return None
        return [word for item in items for word in ([item] if isinstance(item, str) else words_of(item))]


def _size(chain: Chain) -> int:
    """How many words a chain stands for."""
    return prod(
        sum(1 if isinstance(one, str) else _size(one) for one in link.options) + link.optional
        for link in chain.links
    )


def words_of(chain: Chain) -> Iterator[str]:
    """All words a chain stands for."""
    choices = [
        [word for one in link.options for word in ([one] if isinstance(one, str) else words_of(one))]
        + ([""] if link.optional else [])
        for link in chain.links
    ]
    for parts in product(*choices):
        word = "".join(parts)
        if word:
            yield word


def word_lists(values: Mapping[str, Any], places: Mapping[str, Place], path: str) -> dict[str, WordList]:
    """The lists of one lexicon file, from its walked values."""
    place = places.get("lists", Place(path))
    return {
        name: WordList(tuple(body["entries"]), tuple(body["include"]), place)
        for name, body in values["lists"].items()
    }
