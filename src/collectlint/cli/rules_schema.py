"""`collectlint rules schema`: what an editor needs to complete and check rule files."""

from __future__ import annotations

import click

from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import say

_KINDS = ("rule", "lexicon", "states", "sources", "profile")


@click.command(cls=Command, options_metavar="[选项]")
@click.option(
    "--kind",
    type=OneOf(_KINDS),
    default="rule",
    metavar="种类",
    help="rule（默认）、lexicon、states、sources、profile",
)
@click.option(
    "--lang", type=OneOf(("zh", "en")), default="zh", metavar="语言", help="说明的语言 zh（默认）、en"
)
def schema(kind: str, lang: str) -> int:
    """输出规则文件的 JSON Schema（draft-07）。"""
    from collectlint.operators.table import SHAPES
    from collectlint.record import to_json
    from collectlint.rulebook import shapes
    from collectlint.rulebook.schema import json_schema

    shape = {
        "rule": shapes.RULE,
        "lexicon": shapes.LEXICON,
        "states": shapes.STATES,
        "sources": shapes.SOURCES,
        "profile": shapes.PROFILE,
    }[kind]
    operators = SHAPES if kind in ("rule", "states") else {}
    say(to_json(json_schema(shape, operators, f"collectlint {kind}", lang), 2))
    return 0
