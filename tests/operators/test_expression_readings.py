"""Golden judgements of expressions: what is dangerous in them, which words every match holds.

`UPDATE_GOLDEN=1` writes them anew; read the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

from collectlint.operators.expression import _is_tame
from collectlint.operators.expression_words import needed_besides, needed_words
from collectlint.operators.hazard import hazard

GOLDEN = Path(__file__).parents[1] / "golden" / "readings" / "expressions.txt"


def shown(words: frozenset[str]) -> str:
    cut = sorted(f"{word[:9]}…{len(word)}" if len(word) > 20 else word for word in words)
    return str(cut if len(cut) < 30 else [len(cut), *cut[:3], *cut[-3:]])


def judged(expression: str) -> str:
    besides = " ".join(map(shown, needed_besides(expression)))
    found = hazard(expression) or "sound"
    return f"  {found} | tame={_is_tame(expression)} | {shown(needed_words(expression))} | {besides}\n"


def test_judgements_are_the_golden_ones() -> None:
    lines = GOLDEN.read_text(encoding="utf-8").split("\n")
    expressions = [line for line in lines if line and not line.startswith("  ")]
    told = "".join(f"{one}\n{judged(one)}" for one in expressions)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(told, encoding="utf-8")
    assert len(set(expressions)) == len(expressions) > 100
    assert told.split("\n") == GOLDEN.read_text(encoding="utf-8").split("\n")
