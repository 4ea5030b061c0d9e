"""`collectlint init`: a configuration, a rule folder of one's own and a CI workflow to start from."""

from __future__ import annotations

from pathlib import Path

import click

from collectlint.cli.command import Command
from collectlint.cli.console import say
from collectlint.cli.rules_new import write_new
from collectlint.cli.skeletons import CONFIG_NAME, INIT_FILES
from collectlint.discovery import configurations
from collectlint.errors import UsageError


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("folder", default=".", type=click.Path(), metavar="[文件夹]")
def init(folder: str) -> int:
    """写一份配置、一个自有规则的例子（collectlint-rules）和一份 GitHub 工作流；不覆盖已有文件。"""
    root = Path(folder)
    there = [name for name in INIT_FILES if (root / name).exists()]
    if there:
        raise UsageError(f"{'、'.join(there)} 已存在", remedy="不会覆盖；请先移走，或换一个文件夹")
    own = configurations(folder)  # two in one folder would be an error
    if own:
        say(f"已有配置 {Path(own[0]).as_posix()}，不另写 {CONFIG_NAME}")
    for name, text in INIT_FILES.items():
        if own and name == CONFIG_NAME:
            continue
        write_new(root / name, text)
        say(f"已写好 {(root / name).as_posix()}")
    say("试试：collectlint check --rules collectlint-rules -t 你这个老赖")
    return 0
