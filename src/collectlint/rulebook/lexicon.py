"""Lists of words: read, expanded, and asked for by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from collectlint.errors import Place, RuleError
from collectlint.text.template_phrase import pieces

MOST_ENTRIES = 20_000  # of one list, expanded


class WordList(NamedTuple):
    """A list as written: `entries` may hold `[a|b]` and `{other-list}`."""

    entries: tuple[str, ...]
    include: tuple[str, ...]
    place: Place


class Lexicon:
    """All lists of a rule folder; expansion happens once per list, faults are collected."""

    def __init__(self, lists: Mapping[str, WordList]) -> None:
        self.lists = lists
        self.errors: list[RuleError] = []
        self.used: set[str] = set()
        self._expanded: dict[str, list[str]] = {}
        self._open: list[str] = []

    def entries(self, name: str, place: Place) -> list[str] | None:
        """Expanded entries of a list, in order, without repeats; None after recording a fault."""
        self.used.add(name)
        if name in self._expanded:
            return self._expanded[name]
        word_list = self.lists.get(name)
        if word_list is None:
            near = get_close_matches(name, list(self.lists), 1)
            self.errors.append(
                RuleError(
                    f"没有词表 `{name}`",
                    place,
                    f"您是否想写 `{near[0]}`?" if near else "词表在 lexicon/ 里定义",
                )
            )
            return None
        if name in self._open:
            self.errors.append(RuleError(f"词表 `{name}` 绕回了自己", place, " → ".join([*self._open, name])))
            return None
        self._open.append(name)
        words: dict[str, None] = {}
        for included in word_list.include:
            words.update(dict.fromkeys(self.entries(included, word_list.place) or ()))
        for entry in word_list.entries:
            words.update(dict.fromkeys(self.expand(entry, word_list.place)))
        self._open.pop()
        if len(words) > MOST_ENTRIES:
            self.errors.append(
                RuleError(f"词表 `{name}` 展开后有 {len(words)} 个词", place, f"不超过 {MOST_ENTRIES} 个")
            )
        self._expanded[name] = [word for word in words if word]
        return self._expanded[name]

    def expand(self, entry: str, place: Place) -> Iterable[str]:
        """All texts of an entry with `[a|b]` and `{list}` filled in."""
        split = pieces(entry)
        if split is None:
            self.errors.append(RuleError(f"「{entry}」的括号不成对", place, "{词表}、[甲|乙] 须成对"))
            return []
        texts = [""]
        for piece in split:
            if piece.kind == "gap":
                self.errors.append(
                    RuleError(f"词表里的词不能有 …:「{entry}」", place, "把带槽位的短语写进规则的 phrase")
                )
                return []
            choices: list[str]
            if piece.kind == "list":
                choices = self.entries(piece.value, place) or []
            else:
                choices = piece.value.split("|") if piece.kind == "choice" else [piece.value]
            if len(texts) * len(choices) > MOST_ENTRIES:
                self.errors.append(RuleError(f"「{entry}」展开过多", place, "拆成几个词表"))
                return []
            texts = [text + choice for text in texts for choice in choices]
        return texts


def word_lists(values: Mapping[str, Any], places: Mapping[str, Place], path: str) -> dict[str, WordList]:
    """The lists of one lexicon file, from its walked values."""
    place = places.get("lists", Place(path))
    return {
        name: WordList(tuple(body["entries"]), tuple(body["include"]), place)
        for name, body in values["lists"].items()
    }
