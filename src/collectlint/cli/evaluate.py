"""`collectlint eval`: precision and recall on labelled documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from collectlint.cli.command import Command, OneOf, nearest
from collectlint.cli.console import note, say
from collectlint.cli.console import show as show_line
from collectlint.cli.opening import rulebook_of
from collectlint.cli.options import as_of_option, rules_option, selection_options, show_personal_option
from collectlint.document import Document
from collectlint.errors import UsageError
from collectlint.finding import Failure, Severity
from collectlint.linter import Options
from collectlint.run import judge, steady, today, word_edges

if TYPE_CHECKING:
    from collectlint.proof.measure import Judged, Measure, Score

_AXES = ("family", "jurisdiction", "script", "channel", "kind", "tag", "rule")
_FIGURES = ("precision", "recall", "f1")
_SHOWN = 120  # code points of a document's text


@click.command("eval", cls=Command, options_metavar="[选项]")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="文件...")
@rules_option
@selection_options
@as_of_option
@click.option("--threshold", type=OneOf(("error", "warning", "info")), default="warning", metavar="程度",
              help="此程度以上算作判为违规，默认 warning")  # fmt: skip
@click.option("--by", "axes", type=OneOf(_AXES), multiple=True, metavar="维度",
              help=f"分组：{'、'.join(_AXES)}（可重复），默认 family")  # fmt: skip
@click.option("--show", type=click.IntRange(0), default=0, metavar="N", help="各列出 N 份漏报与误报")
@click.option(
    "--fail-under", multiple=True, metavar="指标=值", help="低于则退出码为 1，如 precision=0.98（可重复）"
)
@click.option(
    "--format", "format_", type=OneOf(("text", "json")), default="text", metavar="格式", help="text、json"
)
@show_personal_option
def evaluate(
    files: tuple[str, ...], rules_dir: str | None, select: tuple[str, ...], ignore: tuple[str, ...],
    as_of: str | None, threshold: str, axes: tuple[str, ...], show: int, fail_under: tuple[str, ...],
    format_: str, show_personal: bool,
) -> int:  # fmt: skip
    """在带 label 的语料上量精确率、召回率、F1，附 95% Wilson 区间。"""
    from collectlint.proof.measure import measure
    from collectlint.rulebook.selection import chosen

    bounds = _bounds(fail_under)
    rulebook = rulebook_of(rules_dir)
    options = Options(
        as_of=as_of or today(),
        by_event=as_of is None,
        batch=True,
        boundaries=word_edges(rulebook),
        only=chosen(rulebook.rules, select, ignore),
    )
    failures: list[Failure] = []
    judged = _judged(labelled(files, failures), rulebook, options, failures)
    found = measure(judged, Severity[threshold.upper()])
    if not found.documents:
        raise UsageError(
            "没有带 label 的文档", remedy='每份文档须有 "label": {"violating": true, "families": […]}'
        )
    mask = _keep if show_personal else _mask()
    if format_ == "json":
        from collectlint.record import to_json

        say(to_json(_record(found, axes, show, mask), 1))
    else:
        for line in _lines(found, axes or ("family",), show, mask):
            show_line(line)
    for failure in failures:
        note(f"{failure.path}:{failure.line}：{failure.reason}")
    scores = {figure: getattr(found.overall, figure) for figure in _FIGURES}
    below = [
        f"{figure} {scores[figure]:.4f} < {least:g}" for figure, least in bounds if scores[figure] < least
    ]
    for one in below:
        note(f"未达标：{one}")
    return 1 if below else 3 if failures else 0


def labelled(files: tuple[str, ...], failures: list[Failure]) -> Iterator[Document]:
    """The documents of the files; what cannot be read or has no label goes to `failures`."""
    from collectlint.readers.settings import ReadSettings
    from collectlint.readers.table import read

    for path in files:
        for item in steady(read(path, ReadSettings()), path):
            if isinstance(item, Failure):
                failures.append(item)
            elif item.label is None:
                failures.append(Failure(item.origin.path, item.origin.line, f"文档 {item.id} 没有 label"))
            else:
                yield item


def _judged(
    documents: Iterator[Document], rulebook: Any, options: Options, failures: list[Failure]
) -> Iterator[Judged]:
    from collectlint.proof.measure import Judged

    for document in documents:
        judgement, broken = judge(document, rulebook, options)
        failures.extend(broken)
        yield Judged(document, judgement.findings)


def _bounds(values: tuple[str, ...]) -> list[tuple[str, float]]:
    bounds = []
    for value in values:
        figure, _, least = value.partition("=")
        if figure not in _FIGURES:
            raise UsageError(f"--fail-under 没有指标「{figure}」{nearest(figure, _FIGURES)}")
        try:
            bounds.append((figure, float(least)))
        except ValueError:
            raise UsageError(
                f"--fail-under 的值「{value}」写法不对", remedy="应形如 precision=0.98"
            ) from None
    return bounds


def _mask() -> Any:
    from collectlint.redact import mask_text

    return mask_text


def _keep(text: str) -> str:
    return text


def _intervals(score: Score) -> dict[str, tuple[float, float]]:
    from collectlint.proof.measure import wilson

    return {
        "precision": wilson(score.tp, score.tp + score.fp),
        "recall": wilson(score.tp, score.tp + score.fn),
    }


def _score(score: Score) -> dict[str, Any]:
    spread = _intervals(score)
    return {
        "tp": score.tp,
        "fp": score.fp,
        "fn": score.fn,
        **{figure: round(getattr(score, figure), 4) for figure in _FIGURES},
        **{f"{figure}_95": [round(edge, 4) for edge in edges] for figure, edges in spread.items()},
    }


def _record(found: Measure, axes: tuple[str, ...], show: int, mask: Any) -> dict[str, Any]:
    axes = axes or _AXES
    return {
        "documents": found.documents,
        "overall": _score(found.overall),
        "errors_only": _score(found.errors),
        "by": {
            axis: {value: _score(score) for (name, value), score in sorted(found.by.items()) if name == axis}
            for axis in axes
            if axis != "rule"
        },
        "rules": [
            {"rule": one.rule, "documents": one.documents, "right": one.right, "only": list(one.only)}
            for one in found.rules
        ]
        if "rule" in axes
        else [],
        "misses": [_document(one, mask) for one in found.misses[:show]],
        "false_alarms": [_document(one, mask) for one in found.false_alarms[:show]],
    }


def _document(one: Judged, mask: Any) -> dict[str, Any]:
    text = mask(" / ".join(turn.text for turn in one.document.turns))
    return {
        "id": one.document.id,
        "families": sorted(one.wanted),
        "found": sorted({finding.rule for finding in one.findings}),
        "matched": [mask(finding.matched) for finding in one.findings],
        "text": text,
    }


def _lines(found: Measure, axes: tuple[str, ...], show: int, mask: Any) -> Iterator[str]:
    yield f"{found.documents} 份文档"
    yield _row("", "精确率", "召回率", "F1", "真阳", "误报", "漏报")
    yield _score_row("总体", found.overall)
    yield _score_row("仅错误", found.errors)
    for axis in axes:
        if axis == "rule":
            yield from _rule_lines(found)
            continue
        yield f"按 {axis}"
        for (name, value), score in sorted(found.by.items()):
            if name == axis:
                yield _score_row(f"  {value}", score)
    for title, ones in (("漏报", found.misses), ("误报", found.false_alarms)):
        for one in ones[:show]:
            told = _document(one, mask)
            text = told["text"].replace("\n", " ")
            shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
            what = "、".join(told["families"] if title == "漏报" else told["found"])
            words = "".join(f"「{word}」" for word in told["matched"]) if title == "误报" else ""
            yield f"{title} {told['id']}  {what}{words}"
            yield f"    {shown}"


def _rule_lines(found: Measure) -> Iterator[str]:
    yield "按 rule（命中文档 / 其中确属该类 / 唯一命中）"
    for one in found.rules:
        yield f"  {one.rule:<50}  {one.documents:>5}  {one.right:>5}  {len(one.only):>5}"


def _score_row(name: str, score: Score) -> str:
    spread = _intervals(score)
    precision = _share(score.precision, spread["precision"], score.tp + score.fp)
    recall = _share(score.recall, spread["recall"], score.tp + score.fn)
    return _row(name, precision, recall, f"{score.f1:.3f}", str(score.tp), str(score.fp), str(score.fn))


def _share(share: float, edges: tuple[float, float], total: int) -> str:
    return f"{share:.3f} [{edges[0]:.3f}, {edges[1]:.3f}]" if total else "—"


def _row(name: str, *cells: str) -> str:
    from collectlint.visible import columns

    widths = (22, 22, 6, 6, 6, 6)
    out = name + " " * max(0, 18 - columns(name))
    for cell, width in zip(cells, widths, strict=True):
        out += "  " + " " * max(0, width - columns(cell)) + cell
    return out
