"""`collectlint eval`: precision and recall on labelled documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from collectlint.cli.command import Command, OneOf, nearest
from collectlint.cli.console import note, say
from collectlint.cli.console import show as show_line
from collectlint.cli.eval_page import AXES, FIGURES, Mask, Nearest, lines, record
from collectlint.cli.opening import rulebook_of
from collectlint.cli.options import as_of_option, rules_option, selection_options, show_personal_option
from collectlint.document import Document
from collectlint.errors import UsageError
from collectlint.finding import Failure, Severity
from collectlint.linter import Options
from collectlint.run import judge, steady, today, word_edges

if TYPE_CHECKING:
    from collectlint.proof.measure import Judged

_HELD_OUT = ("file", "jurisdiction", "voice")
_NEAREST = 2  # rules told of a missed document


@click.command("eval", cls=Command, options_metavar="[选项]")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="文件...")
@rules_option
@selection_options
@as_of_option
@click.option("--threshold", type=OneOf(("error", "warning", "info")), default="warning", metavar="程度",
              help="此程度以上算作判为违规，默认 warning")  # fmt: skip
@click.option("--by", "axes", type=OneOf(AXES), multiple=True, metavar="维度",
              help=f"分组：{'、'.join(AXES)}（可重复），默认 family")  # fmt: skip
@click.option("--show", type=click.IntRange(0), default=0, metavar="N", help="各列出 N 份漏报与误报")
@click.option("--hold-out", type=OneOf(_HELD_OUT), metavar="维度",
              help="第二读者逐组留出、重训再量：file、jurisdiction、voice（需 scikit-learn）")  # fmt: skip
@click.option(
    "--fail-under", multiple=True, metavar="指标=值", help="低于则退出码为 1，如 precision=0.98（可重复）"
)
@click.option(
    "--format", "format_", type=OneOf(("text", "json")), default="text", metavar="格式", help="text、json"
)
@show_personal_option
def evaluate(
    files: tuple[str, ...], rules_dir: str | None, select: tuple[str, ...], ignore: tuple[str, ...],
    as_of: str | None, threshold: str, axes: tuple[str, ...], show: int, hold_out: str | None,
    fail_under: tuple[str, ...], format_: str, show_personal: bool,
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
    documents = labelled(files, failures)
    judged = (
        _judged_held_out(documents, rulebook, options, failures, hold_out)
        if hold_out
        else _judged(documents, rulebook, options, failures)
    )
    found = measure(judged, Severity[threshold.upper()])
    if not found.documents:
        raise UsageError(
            "没有带 label 的文档", remedy='每份文档须有 "label": {"violating": true, "families": […]}'
        )
    mask = _keep if show_personal else _mask()
    if format_ == "json":
        from collectlint.record import to_json

        say(to_json(record(found, axes, show, mask, _nearest_rules(rulebook, options, mask)), 1))
    else:
        for line in lines(found, axes or ("family",), show, mask, _nearest_rules(rulebook, options, mask)):
            show_line(line)
    for failure in failures:
        note(f"{failure.path}:{failure.line}：{failure.reason}")
    scores = {figure: getattr(found.overall, figure) for figure in FIGURES}
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
    documents: Iterable[Document], rulebook: Any, options: Options, failures: list[Failure]
) -> Iterator[Judged]:
    from collectlint.proof.measure import Judged

    for document in documents:
        judgement, broken = judge(document, rulebook, options)
        failures.extend(broken)
        yield Judged(document, judgement.findings)


def _judged_held_out(
    documents: Iterable[Document], rulebook: Any, options: Options, failures: list[Failure], axis: str
) -> Iterator[Judged]:
    from collectlint.proof.held_out import held_out

    for group in held_out(documents, rulebook, axis):
        yield from _judged(group.documents, group.rulebook, options, failures)


def _bounds(values: tuple[str, ...]) -> list[tuple[str, float]]:
    bounds = []
    for value in values:
        figure, _, least = value.partition("=")
        if figure not in FIGURES:
            raise UsageError(f"--fail-under 没有指标「{figure}」{nearest(figure, FIGURES)}")
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


def _nearest_rules(rulebook: Any, options: Options, mask: Mask) -> Nearest:
    """Tells of a missed document which rules came closest, and what kept them away."""
    from collectlint.proof.explain import explain

    def told(document: Document) -> list[str]:
        near = explain(document, rulebook, options).near[:_NEAREST]
        return [
            mask(f"{one.rule}「{one.words}」{one.reason}" if one.words else f"{one.rule} {one.reason}")
            for one in near
        ]

    return told
