"""`collectlint audit diff`: what changed from one run to another."""

from __future__ import annotations

from typing import Any

import click

from collectlint.audit.store import Store
from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import say, show

_MOST = 20  # rows of a table that are shown
_STATES = {"new": "新", "gone": "无", "both": ""}


@click.command("diff", cls=Command, options_metavar="[选项]")
@click.argument("before", type=click.Path(), metavar="前一次")
@click.argument("after", type=click.Path(), metavar="后一次")
@click.option(
    "--format",
    "format_",
    type=OneOf(("text", "json")),
    default="text",
    metavar="格式",
    help="text（默认）或 json",
)
def diff(before: str, after: str, format_: str) -> int:
    """比较两次审计：问题率、规则、坐席与团队的变化；标「确有变化」者，两次的 95% 置信区间不相交。"""
    from collectlint.audit.diff import difference
    from collectlint.record import to_json

    stores: list[Store] = []
    try:
        stores.append(Store(before))
        stores.append(Store(after))
        told = difference(*stores)
    finally:
        for store in stores:
            store.close()
    if format_ == "json":
        say(to_json(told, indent=2))
        return 0
    _print(told)
    return 0


def _print(told: dict[str, Any]) -> None:
    for which, complete in zip(("前一次", "后一次"), told["complete"], strict=True):
        if not complete:
            say(f"注意：{which}审计尚未完成")
    names = {"rules_sha256": "规则", "as_of": "法规日期", "settings": "选项"}
    if told["manifest"]:
        say(f"注意：两次的{'、'.join(names[name] for name in told['manifest'])}不同")
    documents, findings = told["documents"], told["findings"]
    say(f"文档 {documents[0]} → {documents[1]}，问题 {findings[0]} → {findings[1]}")
    say(f"问题率 {_change(told['violating'])}")
    _table("规则", told["rules"], "rule")
    _table("坐席", told["agents"], "name")
    _table("团队", told["teams"], "name")


def _table(title: str, rows: list[dict[str, Any]], name: str) -> None:
    changed = [row for row in rows if row["surely"] or row["state"] != "both"]
    if not changed:
        return
    say(f"\n{title}（{len(changed)} 项有变化或增减）：")
    for row in changed[:_MOST]:
        state = _STATES[row["state"]]
        show(f"  {row[name]}{f' [{state}]' if state else ''}  {_change(row)}")
    if len(changed) > _MOST:
        say(f"  另有 {len(changed) - _MOST} 项，见 --format json")


def _change(row: dict[str, Any]) -> str:
    shares = [f"{share:.2%}" if share is not None else "–" for share in row["share"]]
    return f"{shares[0]} → {shares[1]}{'  确有变化' if row['surely'] else ''}"
