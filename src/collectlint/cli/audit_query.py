"""`collectlint audit query`: one question in SQL to a run."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

import click

from collectlint.audit.store import Store
from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import note, say, show
from collectlint.errors import UsageError

_MOST = 200  # rows that text shows
_WIDEST = 60  # columns of a cell on a terminal


@click.command("query", cls=Command, options_metavar="[选项]")
@click.argument("folder", type=click.Path(), metavar="文件夹")
@click.argument("question", metavar="SQL")
@click.option(
    "--format",
    "format_",
    type=OneOf(("text", "csv", "jsonl")),
    default="text",
    metavar="格式",
    help="text（默认，最多 200 行）、csv 或 jsonl",
)
def query(folder: str, question: str, format_: str) -> int:
    """用 SQL（DuckDB）查询审计的结果，只读。

    表：documents、findings、not_evaluated、gaps、failures、dialogues。
    """
    from collectlint.audit.query import answer

    store = Store(folder)
    try:
        if store.manifest()["settings"].get("show_personal"):
            note("注意：这次审计未遮盖个人信息")
        try:
            columns, rows = answer(store, question)
        except ImportError:
            raise UsageError("查询需要另装 duckdb", remedy='pip install "collectlint[query]"') from None
        {"text": _text, "csv": _csv, "jsonl": _jsonl}[format_](columns, rows)
    finally:
        store.close()
    return 0


def _text(columns: list[str], rows: Iterator[tuple[Any, ...]]) -> None:
    from collectlint.visible import columns as width
    from collectlint.visible import visible

    shown = [[_cut(visible(_plain(value))) for value in row] for row in islice(rows, _MOST)]
    head = [_cut(visible(name)) for name in columns]
    widths = [max(map(width, cells)) for cells in zip(head, *shown, strict=True)]
    for cells in (head, ["-" * each for each in widths], *shown):
        padded = (cell + " " * (most - width(cell)) for cell, most in zip(cells, widths, strict=True))
        show("  ".join(padded).rstrip())
    more = sum(1 for _ in rows)
    if more:
        say(f"另有 {more} 行，见 --format csv")


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _csv(columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    import csv

    from collectlint.reporters.csv_ import safe

    table = csv.writer(sys.stdout, quoting=csv.QUOTE_ALL, lineterminator="\n")
    for row in chain([tuple(columns)], rows):
        table.writerow([safe(value if isinstance(value, int | float) else _plain(value)) for value in row])


def _jsonl(columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    from collectlint.record import to_json

    for row in rows:
        say(to_json(dict(zip(columns, row, strict=True))))
