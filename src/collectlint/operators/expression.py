"""Regular expressions of rules: lists filled in, hostile ones refused before they run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from collectlint.errors import Place
from collectlint.operators.expression_words import needed_besides, needed_words
from collectlint.operators.hazard import NESTED, hazard
from collectlint.operators.lowering import Lowering

_PROBES = ("", "a 1", "催收，还款。")
LONGEST = 4000  # characters of an expression after lists are filled in

_LIST = re.compile(r"\{([a-z][a-z0-9-]*)\}")
# A quantified group whose alternatives begin alike or hold quantifiers: exponential in the text.
_NESTED = re.compile(r"\((?:\?:)?[^()]*[+*][^()]*\)[+*{]|\((?:\?:)?([^()|])[^()|]*\|\1?[^()]*\)[+*]")
_UNBOUNDED = re.compile(r"(?<!\\)[*+]|\{\d+,\}")
_REPEAT = re.compile(r"\{(\d+)?,?(\d+)?\}")


def lower_expression(options: Mapping[str, Any], place: Place, lowering: Lowering) -> dict[str, Any]:
    """`pattern` as plain data: lists expanded to alternations, needed words interned."""

    def filled(match: re.Match[str]) -> str:
        entries = lowering.words(match.group(1), place) or []
        return (
            "(?:"
            + "|".join(re.escape(entry) for entry in sorted(entries, key=lambda one: (-len(one), one)))
            + ")"
        )

    expression = _LIST.sub(filled, options["expression"])
    fault = _fault(expression)
    if fault:
        lowering.fault(*fault[:1], place, fault[1])
        expression = "(?!)"
    stated = [
        item
        for word in options["needs"]
        for item in (lowering.items(word, place) if _LIST.fullmatch(word) else [word])
    ]
    derived = needed_words(expression)
    needs = [sorted(lowering.keys(lowering.intern(words))) for words in (stated, derived) if words]
    besides = [sorted(lowering.keys(lowering.intern(words))) for words in needed_besides(expression)]
    is_narrow = len(min(derived, key=len, default="")) > 1
    speakers = options["speakers"]
    return {
        "op": "pattern",
        "expression": expression,
        "needs": [*needs, *besides],
        # What is looked for in every text: not single characters, which occur in most of them.
        "_required": needs if is_narrow or not derived else needs[:-1],
        "tame": _is_tame(expression),
        "stance": [] if "any" in options["stance"] else list(options["stance"]),
        "speakers": list(lowering.speakers if speakers is None else speakers),
    }


def _is_tame(expression: str) -> bool:
    """At most two unbounded repeats, and read alike by `re`: at worst cubic in the text."""
    if len(_UNBOUNDED.findall(expression)) > 2:
        return False
    try:
        re.compile(expression)
    except re.error:
        return False
    return True


def _fault(expression: str) -> tuple[str, str] | None:
    import regex

    if len(expression) > LONGEST:
        return f"正则过长({len(expression)} 字)", f"不超过 {LONGEST} 字;长词表请用 phrase"
    danger = NESTED if _NESTED.search(expression) else hazard(expression)
    if danger:
        return danger, "改写为不重叠的形式,限定重复的次数,或改用 phrase / near"
    if any(int(number) > 1000 for pair in _REPEAT.findall(expression) for number in pair if number):
        return "正则的重复次数过大", "不超过 1000"
    try:
        compiled = regex.compile(expression)
    except (regex.error, OverflowError, RecursionError) as error:
        return f"正则写法有误:{error}", "改正后再试"
    if any(not found[0] for text in _PROBES for found in compiled.finditer(text, timeout=1.0)):
        return "正则能匹配空文本", "至少要求一个字"
    return None
