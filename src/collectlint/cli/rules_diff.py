"""`collectlint rules diff`: what a change of rules does to documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import note, say, show
from collectlint.cli.opening import rulebook_of
from collectlint.cli.options import as_of_option, show_personal_option
from collectlint.document import Document
from collectlint.finding import Failure, Finding, Severity
from collectlint.linter import Options
from collectlint.run import steady, today, word_edges

if TYPE_CHECKING:
    from collectlint.proof.compare import Change, Side

SHIPPED = "-"  # in place of a folder: the rules that come with the tool


@click.command("diff", cls=Command, options_metavar="[选项]")
@click.argument("old", metavar="旧规则")
@click.argument("new", metavar="新规则")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="文件...")
@as_of_option
@click.option("--threshold", type=OneOf(("error", "warning", "info")), default="warning", metavar="程度",
              help="此程度以上算作判为违规，默认 warning")  # fmt: skip
@click.option(
    "--show", "shown", type=click.IntRange(0), default=20, metavar="N", help="列出 N 份文档，默认 20"
)
@click.option("--format", "format_", type=OneOf(("text", "json")), default="text", metavar="格式",
              help="text、json")  # fmt: skip
@show_personal_option
def diff(
    old: str, new: str, files: tuple[str, ...], as_of: str | None, threshold: str, shown: int,
    format_: str, show_personal: bool,
) -> int:  # fmt: skip
    """两套规则查同一批文档，差在哪里；「-」指随附规则。判定有变则退出码为 1。"""
    from collectlint.proof.compare import compare

    failures: list[Failure] = []
    changes = list(
        compare(
            _documents(files, failures),
            _side(old, as_of),
            _side(new, as_of),
            Severity[threshold.upper()],
            failures,
        )
    )
    mask = _masking(show_personal)
    changes.sort(key=lambda one: one.before == one.after)  # verdicts that change first
    if format_ == "json":
        from collectlint.record import to_json

        say(to_json({"totals": _totals(changes), "changes": [_record(one, mask) for one in changes]}, 1))
    else:
        for line in _lines(changes, shown, mask):
            show(line)
    for failure in failures:
        note(f"{failure.path}:{failure.line}：{failure.reason}")
    if any(one.before != one.after for one in changes):
        return 1
    return 3 if failures else 0


def _side(folder: str, as_of: str | None) -> Side:
    from collectlint.proof.compare import Side

    rulebook = rulebook_of(None if folder == SHIPPED else folder)
    options = Options(
        as_of=as_of or today(), by_event=as_of is None, batch=True, boundaries=word_edges(rulebook)
    )
    return Side(rulebook, options)


def _documents(files: Sequence[str], failures: list[Failure]) -> Iterator[Document]:
    from collectlint.readers.settings import ReadSettings
    from collectlint.readers.table import read

    for path in files:
        for item in steady(read(path, ReadSettings()), path):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                yield item


def _masking(show_personal: bool) -> Callable[[str], str]:
    from collectlint.redact import mask_text

    return (lambda text: text) if show_personal else mask_text


def _totals(changes: Sequence[Change]) -> dict[str, Any]:
    gone = Counter(one.rule for change in changes for one in change.gone)
    come = Counter(one.rule for change in changes for one in change.come)
    graded = Counter(one.rule for change in changes for one, _ in change.graded)
    rules = sorted({*gone, *come, *graded})
    return {
        "documents": len(changes),
        "newly_violating": [_told(one) for one in changes if one.after and not one.before],
        "no_longer_violating": [_told(one) for one in changes if one.before and not one.after],
        "rules": {rule: {"gone": gone[rule], "come": come[rule], "graded": graded[rule]} for rule in rules},
    }


def _told(change: Change) -> dict[str, Any]:
    return {"id": change.document.id, "label": change.labelled}


def _record(change: Change, mask: Callable[[str], str]) -> dict[str, Any]:
    return {
        **_told(change),
        "before": change.before,
        "after": change.after,
        "gone": [_finding(one, mask) for one in change.gone],
        "come": [_finding(one, mask) for one in change.come],
        "graded": [
            {**_finding(now, mask), "severity_before": was.severity.label} for was, now in change.graded
        ],
    }


def _finding(finding: Finding, mask: Callable[[str], str]) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.label,
        "turn": finding.turn,
        "start": finding.start,
        "end": finding.end,
        "matched": mask(finding.matched),
    }


def _lines(changes: Sequence[Change], shown: int, mask: Callable[[str], str]) -> Iterator[str]:
    totals = _totals(changes)
    yield f"{totals['documents']} 份文档的结果不同"
    for name, ones in (
        ("新判为违规", totals["newly_violating"]),
        ("不再判为违规", totals["no_longer_violating"]),
    ):
        wrong = sum(one["label"] is (name != "新判为违规") for one in ones)
        labelled = sum(one["label"] is not None for one in ones)
        yield f"{name} {len(ones)} 份" + (f"，其中与标注不符 {wrong} 份" if labelled else "")
    for rule, counts in totals["rules"].items():
        yield f"  {rule:<50}  +{counts['come']}  -{counts['gone']}  ~{counts['graded']}"
    for change in changes[:shown]:
        verdict = {True: "违规", False: "合规"}
        label = "" if change.labelled is None else f"，标注{verdict[change.labelled]}"
        yield f"{change.document.id}  {verdict[change.before]} → {verdict[change.after]}{label}"
        for sign, ones in (("+", change.come), ("-", change.gone)):
            for one in ones:
                yield f"  {sign} {one.severity.label} {one.rule}：「{mask(one.matched)}」"
        for was, now in change.graded:
            yield f"  ~ {was.severity.label} → {now.severity.label} {now.rule}：「{mask(now.matched)}」"
    if len(changes) > shown:
        yield f"其余 {len(changes) - shown} 份未列出，--show 可多列"
