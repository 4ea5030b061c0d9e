"""`collectlint config`: the commands about the configuration."""

from __future__ import annotations

import click

from collectlint.cli.command import LazyGroup

_COMMANDS = {"show": ("collectlint.cli.config_show:show", "列出生效的配置，以及每个值从哪里来")}


@click.group(cls=LazyGroup, table=_COMMANDS, subcommand_metavar="命令 [参数]...", options_metavar="[选项]")
def config() -> None:
    """查看配置。"""
