"""What the shipped rules say a match must hold, against random matches of each of their expressions.

A word too few in `needs` is a violation that a run overlooks and `prefilter=False` alone would see.
"""

from __future__ import annotations

import random
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from collectlint.rulebook.folder import load
from collectlint.rulebook.rulebook import Rulebook
from collectlint.text.fold import fold

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import re._constants as code
    from re._parser import parse

TRIES = 150
FILLERS = "嗯啊a1"


def one_match(tree: Sequence[Any], chance: random.Random) -> str:
    """A text in the form of a parsed expression; what looks around is left out, so it may not match."""
    return "".join(_piece(op, value, chance) for op, value in tree)


def _piece(op: Any, value: Any, chance: random.Random) -> str:
    if op is code.LITERAL:
        return chr(value)
    if op is code.IN:
        return _character(value, chance)
    if op is code.BRANCH:
        return one_match(chance.choice(value[1]), chance)
    if op in (code.MAX_REPEAT, code.MIN_REPEAT):
        low, high, inside = value
        high = low + 3 if high is code.MAXREPEAT else min(high, low + 3)
        return "".join(one_match(inside, chance) for _ in range(chance.randint(low, high)))
    if op is code.SUBPATTERN:
        return one_match(value[3], chance)
    return chance.choice(FILLERS) if op in (code.ANY, code.NOT_LITERAL) else ""


def _character(choices: Sequence[Any], chance: random.Random) -> str:
    if choices[0][0] is code.NEGATE:
        return chance.choice(FILLERS)
    op, value = chance.choice(choices)
    if op is code.RANGE:
        return chr(chance.randint(*value))
    return chr(value) if op is code.LITERAL else "7"


def patterns(part: Any) -> Iterator[Mapping[str, Any]]:
    """The `pattern` conditions in a compiled condition."""
    if isinstance(part, Mapping):
        if part.get("op") == "pattern":
            yield part
        for one in part.values():
            yield from patterns(one)
    elif isinstance(part, list):
        for one in part:
            yield from patterns(one)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load()


def test_every_match_of_a_shipped_expression_holds_what_it_needs(rulebook: Rulebook) -> None:
    missed: dict[str, str] = {}
    looked_at = 0
    for number, rule in enumerate(rulebook.rules):
        for pattern in patterns(rulebook._packed.condition(number)):
            groups = [
                [word for set_id in set_ids for word in rulebook.sets.words(set_id)]
                for set_ids in pattern["needs"]
            ]
            if not groups:
                continue
            tree, expression = parse(pattern["expression"]), re.compile(pattern["expression"])
            looked_at += 1
            chance = random.Random(pattern["expression"])  # the same whatever other rules say
            for _ in range(TRIES):
                found = expression.search(fold(one_match(tree, chance)))
                if found and any(all(word not in found[0] for word in words) for words in groups):
                    missed[f"{rule.id}: {pattern['expression'][:50]}"] = found[0]
    assert looked_at > 200
    assert missed == {}
