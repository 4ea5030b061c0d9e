"""Golden messages for small YAML texts: what is said, where, and what to do.

`golden/rule_folders/yaml.txt` holds the texts (`⏎` ends a line, `⇥` is a tab), each with the faults in it
(indented). `UPDATE_GOLDEN=1` writes the faults anew; read the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from collectlint.errors import RuleErrors
from collectlint.rulebook.strict import compose
from collectlint.rulebook.walk import walk
from collectlint.shape import (
    Choice,
    Condition,
    Day,
    Decimal,
    Either,
    Field,
    Flag,
    ListOf,
    MapOf,
    Shape,
    Text,
    Whole,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "rule_folders" / "yaml.txt"
OPERATORS = {
    "any": Shape({"of": Field(ListOf(Condition(), least=1), required=True)}, shorthand="of"),
    "not": Shape({"of": Field(Condition(), required=True)}, shorthand="of"),
    "phrase": Shape({"any": Field(ListOf(Text(), single=True)), "gaps": Field(Whole(0, 9))}, shorthand="any"),
    "near": Shape({"of": Field(ListOf(Condition(), least=2), required=True), "within": Field(Whole())}),
}
RULE = Shape(
    {
        "id": Field(Text(pattern="[a-z]+", example="abc"), zh="编号"),
        "free": Field(Text(empty=True)),
        "severity": Field(Choice(("error", "warning"))),
        "many": Field(Choice(tuple("abcdefghijklmno"))),
        "count": Field(Whole(least=2, most=5)),
        "whole": Field(Whole()),
        "ratio": Field(Decimal()),
        "share": Field(Decimal()),
        "flag": Field(Flag()),
        "since": Field(Day()),
        "words": Field(ListOf(Text(), least=1)),
        "pair": Field(ListOf(Text(), single=True, least=2)),
        "some": Field(ListOf(Whole(), single=True)),
        "map": Field(MapOf(Whole())),
        "mixed": Field(Either((Whole(), Choice(("all", "most"))))),
        "forms": Field(Either((Text(), ListOf(Text()), MapOf(Text())))),
        "inner": Field(Shape({"a": Field(Text(), required=True, zh="甲"), "b": Field(Flag())})),
        "short": Field(Shape({"a": Field(Whole()), "b": Field(Flag(), required=True)}, shorthand="a")),
        "when": Field(Condition(), zh="条件"),
    }
)


def told(written: str) -> str:
    text = written.replace("⏎", "\n").replace("⇥", "\t")
    try:
        errors = walk(compose(text, "r"), RULE, OPERATORS)[2]
    except RuleErrors as caught:
        errors = caught.errors
    return "".join(f"  {error}\n" for error in errors)


def sections() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in GOLDEN.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        if line.startswith("  "):
            found[-1] = (found[-1][0], found[-1][1] + line + "\n")
        else:
            found.append((line, ""))
    return found


def test_update() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text("".join(f"{one}\n{told(one)}" for one, _ in sections()), encoding="utf-8")
    assert len({written for written, _ in sections()}) == len(sections()) > 100


@pytest.mark.parametrize(("written", "expected"), sections(), ids=lambda value: value[:30])
def test_faults_are_the_golden_ones(written: str, expected: str) -> None:
    if not os.environ.get("UPDATE_GOLDEN"):
        assert told(written) == expected
