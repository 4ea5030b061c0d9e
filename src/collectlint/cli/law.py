"""`collectlint law`: the instruments, what they ask, and what of it the rules reach."""

from __future__ import annotations

import click

from collectlint.cli.command import LazyGroup

_COMMANDS = {
    "list": ("collectlint.cli.law_list:list_law", "列出法规，或各项要求"),
    "show": ("collectlint.cli.law_show:show_law", "查看一部法规的条款，或一项要求及其规则"),
    "coverage": (
        "collectlint.cli.law_coverage:coverage_of_law",
        "要求 × 规则 × 例句：哪些管到，哪些管不到，为什么",
    ),
}


@click.group(cls=LazyGroup, table=_COMMANDS, subcommand_metavar="命令 [参数]...", options_metavar="[选项]")
def law() -> None:
    """法规、要求，以及规则覆盖到哪里。"""
