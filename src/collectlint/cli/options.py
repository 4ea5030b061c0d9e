"""Options that several commands share, and what they open."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from collectlint.errors import Place, RuleError, RuleErrors, UsageError
from collectlint.lazy import lazily
from collectlint.rulebook.folder import Folder, load, shipped
from collectlint.rulebook.rulebook import Rulebook

_F = TypeVar("_F", bound=Callable[..., Any])
_DAY = lazily(r"\d{4}-\d\d-\d\d")


def rules_option(command: _F) -> _F:
    return click.option(
        "--rules",
        "rules_dir",
        type=click.Path(),
        metavar="文件夹",
        help="改用这个文件夹里的规则，默认用随附规则",
    )(command)


def selection_options(command: _F) -> _F:
    command = click.option(
        "--ignore", multiple=True, metavar="规则", help="停用这些规则（编号、文件夹或通配，可重复）"
    )(command)
    return click.option(
        "--select", multiple=True, metavar="规则", help="只用这些规则，如 cn/threat 或 '*/abuse/*'（可重复）"
    )(command)


def as_of_option(command: _F) -> _F:
    return click.option(
        "--as-of", callback=_day, metavar="日期", help="按这一天的法规，默认按文档日期，无日期按今天"
    )(command)


def show_personal_option(command: _F) -> _F:
    return click.option("--show-personal", is_flag=True, help="不遮盖个人信息（慎用）")(command)


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from datetime import date

    try:
        if not _DAY.fullmatch(value):
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"「{value}」不是日期，应形如 2026-01-31", ctx, param) from None
    return value


def rule_folder(rules_dir: str | None) -> Folder:
    """The folder of rules asked for; raises UsageError when there is none."""
    if rules_dir is None:
        return shipped()
    folder = Path(os.path.abspath(rules_dir))
    if not folder.is_dir():
        raise UsageError(f"找不到规则文件夹 {rules_dir}", remedy="用 collectlint init 可写一个例子")
    return folder


def rulebook_of(rules_dir: str | None) -> Rulebook:
    """The rulebook of `--rules`; raises RuleErrors with places that can be opened from here."""
    folder = rule_folder(rules_dir)
    try:
        rulebook = load(folder)
    except RuleErrors as error:
        raise RuleErrors([located(one, folder) for one in error.errors]) from None
    if not rulebook.rules:
        raise UsageError(
            f"文件夹 {rules_dir or '随附规则'} 里没有规则", remedy="规则放在 <包>/<类别>/<名称>.yaml"
        )
    return rulebook


def located(error: RuleError, folder: Folder) -> RuleError:
    """The error with its path as seen from the working folder."""
    if error.place is None:
        return error
    return RuleError(error.message, located_place(error.place, folder), error.remedy)


def located_place(place: Place, folder: Folder) -> Place:
    """A place of a rule folder, whose paths begin with the folder's name, as seen from the working folder."""
    if not isinstance(folder, Path):
        return place
    inner = place.path.partition("/")[2]
    try:
        shown = os.path.relpath(folder)
    except ValueError:  # another drive
        shown = str(folder)
    if shown.startswith(os.pardir):
        shown = str(folder)
    return place._replace(path=os.path.normpath(os.path.join(shown, inner)))
