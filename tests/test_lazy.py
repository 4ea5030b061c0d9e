"""Patterns that are compiled late behave as compiled ones; their cues leave nothing out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from collectlint import fingerprint
from collectlint.lazy import lazily
from collectlint.operators import personal
from collectlint.text import answers, numerals, registers, staff_registers, stance_cues, teaching

_MOST = 4000  # strings that a piece of a pattern is written out to
Strings = frozenset[str]


def strings_of(tokens: Iterable[Any]) -> Strings | None:
    """All that the tokens match, or None when that is too much."""
    found: Strings = frozenset({""})
    for token in tokens:
        more = strings_of_one(token)
        if more is None or len(found) * len(more) > _MOST:
            return None
        found = frozenset(left + right for left in found for right in more)
    return found


def strings_of_one(token: Any) -> Strings | None:
    kind, value = token
    if kind is op.LITERAL:
        return frozenset({chr(value)})
    if kind is op.SUBPATTERN:
        return strings_of(value[-1])
    if kind is op.BRANCH:
        parts = [strings_of(branch) for branch in value[1]]
        return None if None in parts else frozenset().union(*(part for part in parts if part is not None))
    if kind is op.IN and all(one[0] in (op.LITERAL, op.RANGE) for one in value):
        ends = [(one[1], one[1]) if one[0] is op.LITERAL else one[1] for one in value]
        return frozenset(chr(code) for first, last in ends for code in range(first, last + 1))
    if kind is op.MAX_REPEAT and value[:2] == (0, 1):
        inner = strings_of(value[2])
        return None if inner is None else inner | {""}
    if kind in (op.ASSERT, op.ASSERT_NOT, op.AT):
        return frozenset({""})  # takes no room
    return None


def holds(tokens: Sequence[Any], cues: Sequence[str]) -> bool:
    """Does whatever matches hold one of the cues?"""
    if any(holds_one(token, cues) for token in tokens):
        return True
    for run in runs(tokens):
        strings = strings_of(run)
        if strings is not None and all(any(cue in one for cue in cues) for one in strings):
            return True
    return False


def runs(tokens: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(len(tokens)):
        for end in range(start + 1, min(len(tokens), start + 5) + 1):
            yield tokens[start:end]


def holds_one(token: Any, cues: Sequence[str]) -> bool:
    kind, value = token
    if kind is op.SUBPATTERN:
        return holds(value[-1], cues)
    if kind is op.BRANCH:
        return all(holds(branch, cues) for branch in value[1])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        return value[0] > 0 and holds(value[2], cues)
    if kind is op.ASSERT and value[0] > 0:  # what must follow stands in the text as well
        return holds(value[1], cues)
    strings = strings_of_one(token)
    return strings is not None and all(any(cue in one for cue in cues) for one in strings)


CUED = {
    name: pattern
    for module in (
        stance_cues,
        teaching,
        registers,
        staff_registers,
        answers,
        numerals,
        personal,
        fingerprint,
    )
    for name, pattern in vars(module).items()
    if getattr(pattern, "cues", ())
}


@pytest.mark.parametrize("name", CUED)
def test_every_match_holds_a_cue(name: str) -> None:
    pattern = CUED[name]
    tokens = list(parser.parse(pattern.pattern))
    if not holds(tokens, pattern.cues):
        branches = tokens[0][1][1] if tokens[0][0] is op.BRANCH else [tokens]
        without = [number for number, branch in enumerate(branches) if not holds(list(branch), pattern.cues)]
        raise AssertionError(f"{name}: alternatives {without} can match without a cue")


def test_the_check_finds_a_missing_cue() -> None:
    tokens = list(parser.parse("不(?:得|会)|严?禁"))
    assert holds(tokens, ("不得", "不会", "禁"))
    assert not holds(tokens, ("不得", "禁"))
    assert not holds(tokens, ("不", "严禁"))


def test_a_lazy_pattern_matches_as_the_compiled_one() -> None:
    text = "甲不得乙,丙严禁丁"
    for cues in ((), ("不得", "禁")):
        late = lazily("不得|严?禁", cues=cues)
        now = re.compile("不得|严?禁")
        assert [match.span() for match in late.finditer(text)] == [
            match.span() for match in now.finditer(text)
        ]
        assert lazily("不得|严?禁", cues=cues).search(text, 3).span() == now.search(text, 3).span()  # type: ignore[union-attr]
        assert lazily("不得|严?禁", cues=cues).match(text, 1).span() == now.match(text, 1).span()  # type: ignore[union-attr]


def test_a_text_without_cues_is_not_searched() -> None:
    broken = lazily("(", cues=("禁",))
    assert broken.search("可以") is None
    assert broken.match("可以") is None
    assert list(broken.finditer("可以")) == []
    with pytest.raises(re.error):
        broken.search("禁止")
