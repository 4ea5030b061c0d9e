"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from collectlint.cli.command import OneOf
from collectlint.lazy import lazily
from collectlint.words import LANGUAGES

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


def profile_option(command: _F) -> _F:
    return click.option(
        "--profile", metavar="配置", help="谁为谁催收什么：随附配置名（如 cn-bank-card）或 YAML 文件"
    )(command)


def lang_option(command: _F) -> _F:
    return click.option(
        "--lang",
        type=OneOf(LANGUAGES),
        default="zh",
        metavar="语言",
        help="语言 zh 简体（默认）、hant 台湾繁体、hk 香港繁体、en 英文",
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
        "--as-of", callback=day_of, metavar="日期", help="按这一天的法规，默认按文档日期，无日期按今天"
    )(command)


def show_personal_option(command: _F) -> _F:
    return click.option("--show-personal", is_flag=True, help="不遮盖个人信息（慎用）")(command)


def day_of(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """An option that is a day, `YYYY-MM-DD`."""
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
