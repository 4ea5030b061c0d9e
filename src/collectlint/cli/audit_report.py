"""`collectlint report`: the reports of a stored audit, made again without judging anything."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import IO, Any, NamedTuple

import click

from collectlint.audit.store import Store
from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import note, say
from collectlint.cli.outputs import write_file
from collectlint.errors import UsageError
from collectlint.words import LANGUAGES

_SEVERITIES = ("error", "warning", "info", "never")


class _Kind(NamedTuple):
    """A report: its file, and what of `collectlint[audit]` it needs."""

    name: str
    file: str
    needs: tuple[str, ...] = ()


_KINDS = (
    _Kind("csv", "findings.csv"),
    _Kind("jsonl", "findings.jsonl"),
    _Kind("markdown", "summary.md"),
    _Kind("xlsx", "review.xlsx", ("xlsxwriter",)),
    _Kind("html", "report.html", ("jinja2", "vl_convert")),
    _Kind("parquet", "findings.parquet", ("pyarrow",)),
    _Kind("parquet", "documents.parquet", ("pyarrow",)),
    _Kind("parquet", "not_evaluated.parquet", ("pyarrow",)),
    _Kind("parquet", "failures.parquet", ("pyarrow",)),
)
_USUAL = ("csv", "jsonl", "markdown", "xlsx", "html")


@click.command("report", cls=Command, options_metavar="[选项]")
@click.argument("folder", type=click.Path(), metavar="文件夹")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=OneOf(list(dict.fromkeys(kind.name for kind in _KINDS))),
    metavar="格式",
    help="只生成这一种：html、xlsx、csv、jsonl、markdown、parquet（可重复），默认除 parquet 外全部",
)
@click.option("--lang", type=OneOf(LANGUAGES), metavar="语言", help="报告语言 zh、hant、hk、en，默认同审计时")
@click.option("--max-findings", type=click.IntRange(1), default=20_000, metavar="处数",
              help="网页报告最多列出多少处，默认 20000")  # fmt: skip
@click.option(
    "--fail-on", type=OneOf(_SEVERITIES), default="never", metavar="程度", help="同 audit，默认 never"
)
@click.option("-q", "--quiet", is_flag=True, help="不显示小结")
def report(
    folder: str, formats: tuple[str, ...], lang: str | None, max_findings: int, fail_on: str, quiet: bool
) -> int:
    """由审计的结果库再生成报告，不重新判定。"""
    if lang is None:
        store = Store(folder)
        try:
            lang = str(store.manifest()["settings"].get("lang", "zh"))
        finally:
            store.close()
    return write_reports(folder, lang, max_findings, fail_on, quiet, formats=formats or None)


def write_reports(
    folder: str,
    lang: str,
    most: int,
    fail_on: str,
    quiet: bool,
    no_report: bool = False,
    formats: tuple[str, ...] | None = None,
) -> int:
    """Summary and reports of the store in a folder; the exit code. Raises WriteError, UsageError."""
    from collectlint.audit.summary import exit_code, summary
    from collectlint.record import to_json

    store = Store(folder)
    try:
        told = summary(store)
        code = exit_code(store, told, fail_on)
        reports = [] if no_report else _chosen(formats)
        for kind in reports:
            write_file(os.path.join(folder, kind.file), _writer(kind, store, told, lang, most))
        # Last: a scheduler that waits for it finds everything else there.
        told["exit_code"] = code
        told["reports"] = [kind.file for kind in reports]
        text = to_json(told, indent=2) + "\n"
        write_file(os.path.join(folder, "summary.json"), lambda out: out.write(text.encode()))
    finally:
        store.close()
    if not quiet:
        _say(told, lang, folder)
    return code


def _chosen(formats: tuple[str, ...] | None) -> list[_Kind]:
    from importlib.util import find_spec

    chosen = []
    for kind in _KINDS:
        if kind.name not in (formats or _USUAL):
            continue
        missing = [name for name in kind.needs if find_spec(name) is None]
        if not missing:
            chosen.append(kind)
        elif formats:
            raise UsageError(
                f"生成 {kind.name} 需要另装 {'、'.join(missing)}", remedy='pip install "collectlint[audit]"'
            )
        else:
            note(f'注意：没有生成 {kind.file}（需要另装：pip install "collectlint[audit]"）')
    return chosen


def _writer(
    kind: _Kind, store: Store, told: dict[str, Any], lang: str, most: int
) -> Callable[[IO[bytes]], Any]:
    if kind.name == "html":
        from collectlint.audit.page import write_page

        return lambda out: write_page(store, told, lang, most, out)
    if kind.name == "xlsx":
        from collectlint.audit.review_sheet import write_sheet

        return lambda out: write_sheet(store, told, lang, out)
    if kind.name == "markdown":
        from collectlint.audit.brief import brief

        return lambda out: out.write(brief(store, told, lang).encode())
    from collectlint.audit import exports

    if kind.name == "parquet":
        from collectlint.audit import tables

        exported = {
            "findings.parquet": tables.SHOWN_FINDINGS, "documents.parquet": tables.DOCUMENTS,
            "not_evaluated.parquet": tables.GAPS, "failures.parquet": tables.FAILURES,
        }  # fmt: skip
        return lambda out: exports.write_parquet(store, exported[kind.file], out)
    write = exports.write_csv if kind.name == "csv" else exports.write_jsonl
    return lambda out: write(store, out)


def _say(told: dict[str, Any], lang: str, folder: str) -> None:
    from collectlint.audit.brief import headline, remarks

    say(headline(told, lang))
    for remark in remarks(told, lang):
        say(remark)
    say(f"结果：{folder}" if lang != "en" else f"results: {folder}")
