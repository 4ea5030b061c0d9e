"""Golden messages: what an author reads for each slip. `UPDATE_GOLDEN=1` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from collectlint.errors import RuleErrors
from collectlint.rulebook.strict import read
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

FOLDER = Path(__file__).parent.parent / "golden" / "rule_errors"

RULE = Shape(
    {
        "id": Field(Text(pattern=r"[a-z]+(/[a-z-]+)+", example="cn/threat/x"), required=True, zh="规则编号"),
        "severity": Field(Choice(("error", "warning", "info")), default="error"),
        "message": Field(Text(), default=""),
        "title": Field(MapOf(Text())),
        "channels": Field(Either((Choice(("any",)), ListOf(Choice(("sms", "call")), single=True)))),
        "count": Field(Either((Whole(), Choice(("all", "most"))))),
        "active": Field(Flag(), default=True),
        "since": Field(Day()),
        "limit": Field(Whole(least=1, most=100)),
        "ratio": Field(Decimal()),
        "when": Field(Condition(), required=True, zh="条件"),
    }
)
OPERATORS = {
    "any": Shape({"of": Field(ListOf(Condition(), least=1), required=True)}, shorthand="of"),
    "phrase": Shape(
        {
            "any": Field(ListOf(Text(), single=True), required=True),
            "gaps": Field(Whole(least=0), default=0),
        },
        shorthand="any",
    ),
    "near": Shape({"of": Field(ListOf(Condition(), least=2), required=True), "within": Field(Whole())}),
}


@pytest.mark.parametrize("source", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_message_is_the_golden_one(source: Path) -> None:
    try:
        errors = walk(read(source, source.name), RULE, OPERATORS)[2]
    except RuleErrors as error:
        errors = error.errors
    told = "".join(f"{error}\n" for error in errors)
    golden = source.with_suffix(".txt")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(told, encoding="utf-8", newline="\n")
    assert errors, "the file must have a fault"
    assert told == golden.read_text(encoding="utf-8")


def test_every_golden_text_has_its_source() -> None:
    texts = {path.stem for path in FOLDER.glob("*.txt")}
    assert texts == {path.stem for path in FOLDER.glob("*.yaml")}
    assert len(texts) > 50
