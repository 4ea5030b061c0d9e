"""`collectlint law coverage`: requirement × rule × tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import say, show
from collectlint.cli.law_page import requirement_record, rule_line
from collectlint.cli.opening import located, rule_folder
from collectlint.cli.options import as_of_option, lang_option, rules_option
from collectlint.document import JURISDICTIONS
from collectlint.errors import RuleErrors
from collectlint.linter import Options
from collectlint.proof.coverage import STATES as STATE_NAMES
from collectlint.proof.coverage import Coverage, Row, coverage, shares
from collectlint.rulebook.requirements import wanted_of
from collectlint.rulebook.shapes import REQUIREMENT_KINDS
from collectlint.run import today
from collectlint.words import words
from collectlint.words.commands import command_words
from collectlint.words.traditional import shown


@click.command("coverage", cls=Command, options_metavar="[选项]")
@rules_option
@as_of_option
@click.option("--jurisdiction", type=OneOf(JURISDICTIONS), metavar="法域", help="只列这个法域的")
@click.option(
    "--kind",
    type=OneOf(REQUIREMENT_KINDS),
    metavar="种类",
    help="只列凭 T 文字、M 元数据、P 制度、D 资料判定的",
)
@click.option(
    "--state",
    type=OneOf(STATE_NAMES),
    multiple=True,
    metavar="状态",
    help="只列这些状态，如 not_covered（可重复）",
)
@click.option("--by", type=OneOf(("requirement", "clause")), default="requirement", metavar="按什么",
              help="requirement（默认）按要求，clause 按条款")  # fmt: skip
@click.option(
    "--format",
    "format_",
    type=OneOf(("text", "json", "html")),
    default="text",
    metavar="格式",
    help="text、json、html",
)
@lang_option
def coverage_of_law(
    rules_dir: str | None, as_of: str | None, jurisdiction: str | None, kind: str | None,
    state: tuple[str, ...], by: str, format_: str, lang: str,
) -> int:  # fmt: skip
    """每一项要求由哪些规则、多少例句支撑；管不到的写明原因。"""
    folder = rule_folder(rules_dir)
    day = as_of or today()
    found = coverage(folder, Options(as_of=day, lang=lang))
    if found.errors:
        raise RuleErrors([located(one, folder) for one in found.errors])
    rows = tuple(
        row
        for row in found.rows
        if (jurisdiction is None or row.requirement.jurisdiction == jurisdiction)
        and (kind is None or kind in row.requirement.kinds)
        and (not state or row.state in state)
    )
    if format_ == "html":
        from collectlint.proof.coverage_page import page

        say(page(found, rows, day, lang))
    elif format_ == "json":
        from collectlint.record import to_json

        say(to_json(_record(found, rows, day), 1))
    else:
        for line in _clause_lines(found, jurisdiction, lang) if by == "clause" else _lines(rows, lang):
            show(line)
        for line in figures(rows, lang):
            say(line)
    return 0


def _record(found: Coverage, rows: tuple[Row, ...], day: str) -> dict[str, Any]:
    return {
        "version": 1,
        "as_of": day,
        "summary": [{**one._asdict(), "reached": round(one.reached, 4)} for one in shares(rows)],
        "requirements": [requirement_record(row) for row in rows],
        "clauses": [
            {
                **one._asdict(),
                "rules": [rule.rule for rule in one.rules],
                "requirements": list(one.requirements),
            }
            for one in found.clauses
        ],
    }


def _lines(rows: tuple[Row, ...], lang: str) -> Iterator[str]:
    said, more = words(lang), command_words(lang)
    for row in rows:
        one = row.requirement
        kinds = more.listing.join(more.letters[letter] for letter in one.kinds) or "—"
        reason = f"{said.colon}{shown(row.reason, lang)}" if row.reason else ""
        told = f"{wanted_of(one, lang)} [{said.marks[one.verified]}]{reason}"
        yield f"{one.id}  {more.states[row.state]}  {kinds}  {told}"
        for rule in row.rules:
            yield f"    {rule_line(rule, lang)}"


def _clause_lines(found: Coverage, jurisdiction: str | None, lang: str) -> Iterator[str]:
    said, more = words(lang), command_words(lang)
    for one in found.clauses:
        if jurisdiction and found.sources[one.source]["jurisdiction"] not in (jurisdiction, "any"):
            continue
        told = f"{shown(one.paraphrase, lang)} [{said.marks[one.verified]}]"
        yield f"{one.source} {one.clause}  {told}  {more.rules.format(len(one.rules))}"
        for rule in one.rules:
            yield f"    {rule_line(rule, lang)}"


def figures(rows: tuple[Row, ...], lang: str) -> Iterator[str]:
    """The summary in words, for all rows shown."""
    more = command_words(lang)
    yield f"{more.requirements_total.format(len(rows))}{more.semicolon}{more.counted_twice}"
    for one in shares(rows):
        if one.total and not one.jurisdiction:
            states = [f"{more.states[name]} {count}" for name, count in one.by_state.items() if count]
            told = (more.letters[one.kind], one.kind, one.total, more.comma.join(states))
            yield f"  {more.share.format(*told, f'{one.reached:.0%}')}"
