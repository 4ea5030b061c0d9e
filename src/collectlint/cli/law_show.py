"""`collectlint law show`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import say, show
from collectlint.cli.law_page import KINDS, LETTERS, MARKS, STATES, period, requirement_record, rule_line
from collectlint.cli.opening import rule_folder
from collectlint.cli.options import as_of_option, rules_option
from collectlint.errors import UsageError
from collectlint.linter import Options
from collectlint.proof.coverage import Coverage, Row
from collectlint.run import today


@click.command("show", cls=Command, options_metavar="[选项]")
@click.argument("name", metavar="法规代号|要求编号")
@rules_option
@as_of_option
@click.option(
    "--format", "format_", type=OneOf(("text", "json")), default="text", metavar="格式", help="text、json"
)
def show_law(name: str, rules_dir: str | None, as_of: str | None, format_: str) -> int:
    """查看一部法规（如 gbt-45251）的条款与引用它的规则，或一项要求（如 CN-P04）。"""
    from collectlint.proof.coverage import coverage

    found = coverage(rule_folder(rules_dir), Options(as_of=as_of or today()))
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
    for line in _row_lines(row) if row else _source_lines(name, found):
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


def _source_lines(name: str, found: Coverage) -> Iterator[str]:
    source: Mapping[str, Any] = found.sources[name]
    yield f"{name}  {source['title']['zh']}"
    if source["title"]["en"]:
        yield f"  英文：{source['title']['en']}"
    if source["number"] or source["issuer"]:
        yield f"  文号与机关：{'  '.join(part for part in (source['number'], source['issuer']) if part)}"
    issued = f"，发布 {source['issued']}" if source["issued"] else ""
    yield f"  效力：{KINDS[source['kind']]}，施行 {period(source['in_force'])}{issued}"
    if source["superseded_by"]:
        yield f"  被取代：{source['superseded_by']}"
    if source["binds"]:
        yield f"  约束：{source['binds']}"
    yield f"  核验：{MARKS[source['verified']]}（{source['checked'] or '日期未记'}）"
    for one in found.clauses:
        if one.source == name:
            served = f"  要求 {'、'.join(one.requirements)}" if one.requirements else ""
            rules = f"  规则 {len(one.rules)} 条" if one.rules else "  没有规则引用"
            yield f"  {one.clause}  {one.paraphrase} [{MARKS[one.verified]}]{served}{rules}"
            for rule in one.rules:
                yield f"    {rule_line(rule)}"


def _row_lines(row: Row) -> Iterator[str]:
    one = row.requirement
    yield f"{one.id}  {one.zh}"
    if one.en:
        yield f"  {one.en}"
    yield f"  凭：{'、'.join(LETTERS[letter] for letter in one.kinds) or '—'}"
    inferred = "，适用出自推断" if one.inferred else ""
    yield f"  核验：{MARKS[one.verified]}{inferred}"
    for clause in one.clauses:
        yield f"  依据：{clause.title} {clause.clause}：{clause.paraphrase} [{MARKS[clause.verified]}]"
    yield f"  状态：{STATES[row.state]}{'：' + row.reason if row.reason else ''}"
    for rule in row.rules:
        yield f"    {rule_line(rule)}"
