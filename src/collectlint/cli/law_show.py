"""`collectlint law show`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import say, show
from collectlint.cli.law_page import requirement_record, rule_line
from collectlint.cli.opening import rule_folder
from collectlint.cli.options import as_of_option, lang_option, rules_option
from collectlint.cli.rule_page import period
from collectlint.errors import UsageError
from collectlint.linter import Options
from collectlint.proof.coverage import Coverage, Row
from collectlint.rulebook.requirements import wanted_of
from collectlint.rulebook.rule import in_language
from collectlint.run import today
from collectlint.words import words
from collectlint.words.commands import command_words
from collectlint.words.traditional import shown


@click.command("show", cls=Command, options_metavar="[选项]")
@click.argument("name", metavar="法规代号|要求编号")
@rules_option
@as_of_option
@click.option(
    "--format", "format_", type=OneOf(("text", "json")), default="text", metavar="格式", help="text、json"
)
@lang_option
def show_law(name: str, rules_dir: str | None, as_of: str | None, format_: str, lang: str) -> int:
    """查看一部法规（如 gbt-45251）的条款与引用它的规则，或一项要求（如 CN-P04）。"""
    from collectlint.proof.coverage import coverage

    found = coverage(rule_folder(rules_dir), Options(as_of=as_of or today(), lang=lang))
    row = next((one for one in found.rows if one.requirement.id == name.upper()), None)
    if row is None and name not in found.sources:
        from difflib import get_close_matches

        known = [*found.sources, *(one.requirement.id for one in found.rows)]
        near = get_close_matches(name, known, 3)
        remedy = f"是否指 {'、'.join(near)}？" if near else "用 collectlint law list 查看"
        raise UsageError(f"没有法规或要求 `{name}`", remedy=remedy)
    if format_ == "json":
        from collectlint.record import to_json

        say(to_json(requirement_record(row) if row else _source(name, found), 1))
        return 0
    for line in _row_lines(row, found, lang) if row else _source_lines(name, found, lang):
        show(line)
    return 0


def _source(name: str, found: Coverage) -> dict[str, Any]:
    clauses = [
        {
            "clause": one.clause,
            "zh": one.paraphrase,
            "verified": one.verified,
            "requirements": list(one.requirements),
            "rules": [rule.rule for rule in one.rules],
        }
        for one in found.clauses
        if one.source == name
    ]
    return {"id": name, **found.sources[name], "clauses": clauses}


def _source_lines(name: str, found: Coverage, lang: str) -> Iterator[str]:
    said, more = words(lang), command_words(lang)
    source: Mapping[str, Any] = found.sources[name]

    def line(label: str, text: str) -> str:
        return f"  {label}{said.colon}{text}"

    yield f"{name}  {in_language(source['title'], lang)}"
    other = source["title"]["zh" if lang == "en" else "en"]
    if other:
        yield line(more.other_title, other)
    if source["number"] or source["issuer"]:
        parts = (shown(part, lang) for part in (source["number"], source["issuer"]) if part)
        yield line(more.number, "  ".join(parts))
    days = f"{more.in_force} {period(source['in_force'], lang)}"
    issued = [more.issued.format(source["issued"])] if source["issued"] else []
    yield line(more.force, more.comma.join((more.instruments[source["kind"]], days, *issued)))
    if source["superseded_by"]:
        yield line(more.superseded, source["superseded_by"])
    if source["binds"]:
        yield line(more.binds, shown(source["binds"], lang))
    checked = said.aside.format(source["checked"] or more.undated)
    yield line(more.checked, f"{said.marks[source['verified']]}{checked}")
    for one in found.clauses:
        if one.source == name:
            served = (
                f"  {more.serves.format(more.listing.join(one.requirements))}" if one.requirements else ""
            )
            rules = more.rules.format(len(one.rules)) if one.rules else more.no_rules
            paraphrase = shown(one.paraphrase, lang)
            yield f"  {one.clause}  {paraphrase} [{said.marks[one.verified]}]{served}  {rules}"
            for rule in one.rules:
                yield f"    {rule_line(rule, lang)}"


def _row_lines(row: Row, found: Coverage, lang: str) -> Iterator[str]:
    said, more = words(lang), command_words(lang)
    one = row.requirement

    def line(label: str, text: str) -> str:
        return f"  {label}{said.colon}{text}"

    yield f"{one.id}  {wanted_of(one, lang)}"
    if one.en:
        yield f"  {one.zh if lang == 'en' else one.en}"
    yield line(more.judged_by, more.listing.join(more.letters[letter] for letter in one.kinds) or "—")
    inferred = f"{more.comma}{more.inferred}" if one.inferred else ""
    yield line(more.checked, said.marks[one.verified] + inferred)
    for clause in one.clauses:
        title = in_language(found.sources[clause.source]["title"], lang)
        told = f"{title} {clause.clause}{said.colon}{shown(clause.paraphrase, lang)}"
        yield line(said.basis, f"{told} [{said.marks[clause.verified]}]")
    reason = f"{said.colon}{shown(row.reason, lang)}" if row.reason else ""
    yield line(more.state, more.states[row.state] + reason)
    for rule in row.rules:
        yield f"    {rule_line(rule, lang)}"
