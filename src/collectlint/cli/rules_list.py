"""`collectlint rules list`."""

from __future__ import annotations

import click

from collectlint.cli import rule_page
from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import say, show
from collectlint.cli.opening import profile_of, rulebook_of
from collectlint.cli.options import as_of_option, lang_option, profile_option, rules_option
from collectlint.document import JURISDICTIONS
from collectlint.finding import FAMILIES
from collectlint.rulebook.profile import Standing
from collectlint.rulebook.shapes import SEVERITIES, STATUSES
from collectlint.run import today
from collectlint.words import words
from collectlint.words.commands import command_words


@click.command("list", cls=Command, options_metavar="[选项]")
@click.argument("patterns", nargs=-1, metavar="[规则]...")
@rules_option
@profile_option
@as_of_option
@click.option("--family", type=OneOf(FAMILIES), multiple=True, metavar="类别", help="只列这些类别")
@click.option("--jurisdiction", type=OneOf(JURISDICTIONS), metavar="法域", help="只列管这个法域的")
@click.option("--severity", type=OneOf(SEVERITIES), multiple=True, metavar="程度", help="只列这些程度")
@click.option("--status", type=OneOf(STATUSES), multiple=True, metavar="成熟度", help="只列这些成熟度")
@click.option(
    "--format", "format_", type=OneOf(("text", "json")), default="text", metavar="格式", help="text、json"
)
@lang_option
def list_rules(
    patterns: tuple[str, ...], rules_dir: str | None, family: tuple[str, ...], jurisdiction: str | None,
    severity: tuple[str, ...], status: tuple[str, ...], format_: str, profile: str | None, as_of: str | None,
    lang: str,
) -> int:  # fmt: skip
    """列出规则；可写编号、文件夹或通配，如 cn/threat、'*/abuse/*'。加 --profile 则说明为何用、为何不用。"""
    stands: dict[str, Standing] = {}
    if profile is None:
        rulebook = rulebook_of(rules_dir)
    else:
        _, rulebook, found = profile_of(profile, rules_dir, as_of or today(), lang)
        stands = {one.rule.id: one for one in found}
    rules = list(rulebook.rules)
    if patterns:
        from collectlint.rulebook.selection import fitting

        wanted = {rule.id for pattern in patterns for rule in fitting(rules, pattern)}
        rules = [rule for rule in rules if rule.id in wanted]
    rules = [
        rule
        for rule in rules
        if (not family or not set(family).isdisjoint(rule.families))
        and (jurisdiction is None or jurisdiction in rule.data["jurisdictions"])
        and (not severity or rule.severity.label in severity)
        and (not status or rule.status in status)
    ]
    if format_ == "json":
        from collectlint.record import to_json

        records = [rule_page.record(rule, rulebook, {}) for rule in rules]
        for told in records:
            stand = stands.get(told["id"])
            if stand is not None:
                told |= {"used": stand.used, "why": stand.why, "severity": stand.severity.label}
        say(to_json(records, 1))
        return 0
    said, more = words(lang), command_words(lang)
    width = max((len(rule.id) for rule in rules), default=0)
    for rule in rules if not stands else ():
        mark = more.off if rule.off else more.statuses["deprecated"] if rule.status == "deprecated" else ""
        line = f"{rule.id:<{width}}  {said.severities[rule.severity.label]}  {rule.words('title', lang)}"
        show(line + (said.aside.format(mark) if mark else ""))
    used = 0
    for stand in (stands[rule.id] for rule in rules if stands):
        used += stand.used
        level = said.severities[stand.severity.label] if stand.used else "——"
        title = stand.rule.words("title", lang)
        show(f"{stand.rule.id:<{width}}  {level}  {title}{said.colon}{stand.why}")
    split = f"{more.comma}{more.rules_used.format(used, len(rules) - used)}" if stands else ""
    say(more.rules_total.format(len(rules)) + split)
    return 0
