"""`collectlint rules show`."""

from __future__ import annotations

import click

from collectlint.cli import rule_page
from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import say
from collectlint.cli.console import show as safe
from collectlint.cli.opening import rule_folder, rulebook_of
from collectlint.cli.options import lang_option, rules_option


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("name", metavar="规则编号")
@rules_option
@click.option(
    "--format", "format_", type=OneOf(("text", "json")), default="text", metavar="格式", help="text、json"
)
@lang_option
def show(name: str, rules_dir: str | None, format_: str, lang: str) -> int:
    """查看一条规则：类别、程度、依据与核验程度、提示、建议、例句。"""
    rulebook = rulebook_of(rules_dir)
    rule = rule_page.rule_by_id(rulebook, name)
    told = rule_page.record(rule, rulebook, rule_page.rule_values(rule_folder(rules_dir), rule.id))
    if format_ == "json":
        from collectlint.record import to_json

        say(to_json(told, 1))
    else:
        for line in rule_page.lines(told, lang):
            safe(line)
    return 0
