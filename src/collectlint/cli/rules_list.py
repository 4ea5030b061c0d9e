"""`collectlint rules list`."""

from __future__ import annotations

import click

from collectlint.cli import rule_page
from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import say, show
from collectlint.cli.opening import rulebook_of
from collectlint.cli.options import rules_option
from collectlint.document import JURISDICTIONS
from collectlint.finding import FAMILIES
from collectlint.rulebook.shapes import SEVERITIES, STATUSES


@click.command("list", cls=Command, options_metavar="[选项]")
@click.argument("patterns", nargs=-1, metavar="[规则]...")
@rules_option
@click.option("--family", type=OneOf(FAMILIES), multiple=True, metavar="类别", help="只列这些类别")
@click.option("--jurisdiction", type=OneOf(JURISDICTIONS), metavar="法域", help="只列管这个法域的")
@click.option("--severity", type=OneOf(SEVERITIES), multiple=True, metavar="程度", help="只列这些程度")
@click.option("--status", type=OneOf(STATUSES), multiple=True, metavar="成熟度", help="只列这些成熟度")
@click.option(
    "--format", "format_", type=OneOf(("text", "json")), default="text", metavar="格式", help="text、json"
)
def list_rules(
    patterns: tuple[str, ...], rules_dir: str | None, family: tuple[str, ...], jurisdiction: str | None,
    severity: tuple[str, ...], status: tuple[str, ...], format_: str,
) -> int:  # fmt: skip
    """列出规则；可写编号、文件夹或通配，如 cn/threat、'*/abuse/*'。"""
    rulebook = rulebook_of(rules_dir)
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

        say(to_json([rule_page.record(rule, rulebook, {}) for rule in rules], 1))
        return 0
    width = max((len(rule.id) for rule in rules), default=0)
    for rule in rules:
        marks = "（默认关闭）" if rule.off else "（已弃用）" if rule.status == "deprecated" else ""
        level = rule_page.SEVERITIES[rule.severity.label]
        show(f"{rule.id:<{width}}  {level}  {rule.words('title')}{marks}")
    say(f"共 {len(rules)} 条规则")
    return 0
