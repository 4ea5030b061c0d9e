"""`collectlint segments`: how many SMS parts each template is charged as, at its shortest and longest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, NamedTuple

import click

from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import note, say, show
from collectlint.cli.per_path import CATALOGUES, PerPath, with_settings
from collectlint.cli.settling import config_options, configuration, shown_path
from collectlint.document import Document
from collectlint.finding import Failure
from collectlint.readers.settings import ReadSettings
from collectlint.text.expansion import Expansion, expansion


class _Row(NamedTuple):
    path: str
    line: int
    document: str
    size: Expansion


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="路径...")
@click.option(
    "--format", "format_", type=OneOf(("text", "json")), default="text", metavar="格式",
    help="text（默认）、json",
)  # fmt: skip
@config_options
def segments(paths: tuple[str, ...], format_: str, config_file: str | None, isolated: bool) -> int:
    """短信模板按几条计费：变量取最短与最长、签名计入时各几条，费用最多是几倍。

    七十字（纯英文数字 160）以内一条，超过按每条六十七（153）。变量长度取声明的，否则按名称估计。
    """
    rows: list[_Row] = []
    failures: list[Failure] = []
    for item in _items(paths, configuration(paths, config_file, isolated)):
        if isinstance(item, Failure):
            failures.append(item)
        elif item.channel == "sms" and item.turns:
            text = "".join(turn.text for turn in item.turns)
            signature = str(item.fields.get("signature") or "")
            size = expansion(text, item.fields.get("variables"), signature)
            rows.append(_Row(shown_path(item.origin.path), item.turns[0].origin.line, item.id, size))
    (_as_json if format_ == "json" else _as_text)(rows)
    for failure in failures:
        note(f"未能读取：{shown_path(failure.path)}:{failure.line}：{failure.reason}（{failure.remedy}）")
    return 3 if failures else 0


def _items(paths: tuple[str, ...], config: Any) -> Iterator[Document | Failure]:
    from collectlint.cli.opening import rulebook_of
    from collectlint.readers import table

    reading = ReadSettings()
    by_path = None
    rulebook = rulebook_of(config.value("rules") if config else None)
    if config is not None:
        from collectlint.config.by_path import ByPath

        reading = with_settings(reading, config.settings, (*CATALOGUES, "columns", "channel", "encoding"))
        by_path = ByPath(config, rulebook.rules)
    per_path = PerPath(by_path, rulebook, reading, {}, config.files if config else ())
    for path in paths:
        yield from table.read(path, reading, per_path.reading)


def _record(row: _Row) -> dict[str, Any]:
    short, long = row.size.shortest, row.size.longest
    return {
        "path": row.path.replace(os.sep, "/"),
        "line": row.line,
        "document": row.document,
        "encoding": long.encoding,
        "shortest": {"units": short.units, "parts": short.parts},
        "longest": {"units": long.units, "parts": long.parts},
        "factor": round(row.size.factor, 2),
        "guessed": list(row.size.guessed),
    }


def _as_text(rows: list[_Row]) -> None:
    for row in rows:
        factor = f"  费用×{row.size.factor:g}" if row.size.factor > 1 else ""
        guessed = f"  长度未声明：{'、'.join(row.size.guessed)}" if row.size.guessed else ""
        show(f"{row.path}:{row.line}  {row.document}  {row.size.told}{factor}{guessed}")
    shortest = sum(row.size.shortest.parts for row in rows)
    longest = sum(row.size.longest.parts for row in rows)
    growing = sum(row.size.factor > 1 for row in rows)
    say(f"{len(rows)} 条短信模板，各发一次计 {shortest} 至 {longest} 条；{growing} 条会因变量变长而多计费")


def _as_json(rows: list[_Row]) -> None:
    from collectlint.record import to_json

    say(to_json({"version": 1, "templates": [_record(row) for row in rows]}, 1))
