"""How the figures of `collectlint eval` are told, as records and as lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from collectlint.document import Document

if TYPE_CHECKING:
    from collectlint.proof.measure import Judged, Measure, Score

AXES = ("family", "jurisdiction", "script", "channel", "kind", "tag", "rule")
FIGURES = ("precision", "recall", "f1")
_SHOWN = 120  # code points of a document's text

Mask: TypeAlias = Callable[[str], str]
Nearest: TypeAlias = Callable[[Document], list[str]]  # the rules that came closest to a missed document


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
        **{figure: round(getattr(score, figure), 4) for figure in FIGURES},
        **{f"{figure}_95": [round(edge, 4) for edge in edges] for figure, edges in spread.items()},
    }


def record(
    found: Measure,
    axes: tuple[str, ...],
    show: int,
    mask: Mask,
    nearest_rules: Callable[[Document], list[str]],
) -> dict[str, Any]:
    axes = axes or AXES
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
        "misses": [
            {**_document(one, mask), "nearest_rules": nearest_rules(one.document)}
            for one in found.misses[:show]
        ],
        "false_alarms": [_document(one, mask) for one in found.false_alarms[:show]],
    }


def _document(one: Judged, mask: Mask) -> dict[str, Any]:
    text = mask(" / ".join(turn.text for turn in one.document.turns))
    return {
        "id": one.document.id,
        "families": sorted(one.wanted),
        "found": sorted({finding.rule for finding in one.findings}),
        "matched": [mask(finding.matched) for finding in one.findings],
        "text": text,
    }


def lines(
    found: Measure,
    axes: tuple[str, ...],
    show: int,
    mask: Mask,
    nearest_rules: Callable[[Document], list[str]],
) -> Iterator[str]:
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
            if title == "漏报":
                yield from (f"    差一点：{near}" for near in nearest_rules(one.document))


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
