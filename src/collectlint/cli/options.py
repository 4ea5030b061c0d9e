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


def reading_options(command: _F) -> _F:
    """What inputs are by default, and how they are read."""
    for option in reversed(_reading()):
        command = option(command)
    return command


def _reading() -> list[Callable[[Any], Any]]:
    from collectlint.document import (
        CHANNELS,
        CREDITOR_TYPES,
        JURISDICTIONS,
        KINDS,
        PARTIES,
        PRODUCTS,
        SPEAKER_ROLES,
    )

    return [
        click.option(
            "--jurisdiction", type=OneOf(JURISDICTIONS), metavar="法域", help="默认法域 cn（默认）、tw、hk"
        ),
        click.option("--channel", type=OneOf(CHANNELS), metavar="渠道", help="默认渠道，如 sms、call"),
        click.option("--kind", type=OneOf(KINDS), metavar="种类", help="默认种类，如 message、script"),
        click.option(
            "--party", type=OneOf(PARTIES), default="debtor", metavar="对象", help="默认对谁说，如 family"
        ),
        click.option(
            "--creditor-type", type=OneOf(CREDITOR_TYPES), metavar="债权人", help="默认债权人类型，如 bank"
        ),
        click.option("--product", type=OneOf(PRODUCTS), metavar="产品", help="默认产品，如 credit_card"),
        click.option(
            "--speaker-role", type=OneOf(SPEAKER_ROLES), metavar="身份", help="默认坐席身份，如 agency"
        ),
        click.option("--input-format", default="", metavar="格式", help="输入格式，默认按内容判断"),
        click.option("--encoding", default="", metavar="编码", help="输入编码，默认按内容判断"),
        click.option("--column", multiple=True, metavar="字段=列名", help="表格的哪一列是哪个字段（可重复）"),
        click.option(
            "--speaker",
            multiple=True,
            metavar="声音=身份",
            help="识别结果中的说话人或声道是谁，如 0=agent、SPEAKER_01=debtor（可重复）",
        ),
        click.option(
            "--metadata", metavar="文件", help="按通话编号并入的元数据表：CSV、XLSX、JSONL、Parquet"
        ),
        click.option(
            "--metadata-key", default="", metavar="列名", help="元数据表里哪一列是编号，默认按列名判断"
        ),
    ]


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
