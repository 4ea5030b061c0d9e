"""Reviewers' verdicts read back: precision of each rule, and confirmed cases as corpus candidates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from collectlint.audit.review_words import (
    COLUMNS,
    OPEN,
    RIGHT,
    WRONG,
    columns_meant,
    review_words,
    verdicts_meant,
)
from collectlint.errors import Place, UsageError
from collectlint.proof.measure import wilson
from collectlint.redact import mask_name, mask_text

_NEEDED = ("verdict", "rule", "excerpt", "fingerprint")


class Verdict(NamedTuple):
    """One reviewed row: `verdict` is right, wrong, open, or "" when nobody has looked; `row` counts from 1 as
    spreadsheets do; `cells` go by the names in `review_words.COLUMNS`."""

    sheet: str
    row: int
    verdict: str
    cells: dict[str, str]


class RulePrecision(NamedTuple):
    """Verdicts on one rule; `low` and `high` are the Wilson interval (95 %) of its precision."""

    rule: str
    right: int
    wrong: int
    open: int
    unread: int
    low: float
    high: float

    @property
    def precision(self) -> float | None:
        """Share of the decided verdicts that confirm the finding; None without any."""
        decided = self.right + self.wrong
        return self.right / decided if decided else None


def verdicts(path: str) -> Iterator[Verdict]:
    """Rows of all sheets that have the headings of `review.xlsx` in any language, moved columns included.

    Raises UsageError for a file that is no such workbook and for a verdict that is none.
    """
    import zipfile

    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError:
        raise UsageError(f"找不到文件 {path}", remedy="检查路径") from None
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UsageError(f"{path} 不是能读的 xlsx：{str(error)[:80]}", remedy="请以 .xlsx 格式保存") from None
    try:
        found = False
        for name in book.sheetnames:
            rows = book[name].iter_rows(values_only=True)
            head = columns_meant([_text(value) for value in next(rows, ())])
            if not set(_NEEDED) <= set(head):
                continue
            found = True
            for number, row in enumerate(rows, 2):
                cells = {title: _text(value) for title, value in zip(head, row, strict=False) if title}
                if cells.get("rule"):
                    yield Verdict(name, number, _verdict(cells["verdict"], path, name, number), cells)
        if not found:
            names = dict(zip(COLUMNS, review_words("zh").headings, strict=True))
            raise UsageError(
                f"{path} 里没有复核表（须有列：{'、'.join(names[one] for one in _NEEDED)}）",
                remedy=f"用 audit 写的 review.xlsx 的「{review_words('zh').findings}」表",
            )
    finally:
        book.close()


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _verdict(written: str, path: str, sheet: str, row: int) -> str:
    if not written:
        return ""
    meant = verdicts_meant().get(written.lower())
    if meant is None:
        raise UsageError(
            f"工作表 {sheet} 第 {row} 行的复核结论「{written[:20]}」看不懂",
            Place(path),
            f"请填 {'、'.join(review_words('zh').verdicts)}",
        )
    return meant


def precisions(every: Iterable[Verdict]) -> list[RulePrecision]:
    """One for each rule, in order of rule id."""
    counts: dict[str, dict[str, int]] = {}
    for one in every:
        own = counts.setdefault(one.cells["rule"], dict.fromkeys((RIGHT, WRONG, OPEN, ""), 0))
        own[one.verdict] += 1
    return [
        RulePrecision(
            rule, own[RIGHT], own[WRONG], own[OPEN], own[""], *wilson(own[RIGHT], own[RIGHT] + own[WRONG])
        )
        for rule, own in sorted(counts.items())
    ]


def candidates(every: Iterable[Verdict], families: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Decided rows as documents for a corpus, masked once more; one for each finding that is not open.

    A row holds an excerpt, not the whole document: a person looks at each before it joins a corpus.
    """
    for one in every:
        if one.verdict not in (RIGHT, WRONG):
            continue
        cells = one.cells
        rule = cells["rule"]
        family = families.get(rule, rule.split("/")[1] if "/" in rule else "")
        violating = one.verdict == RIGHT
        yield {
            "id": f"review-{cells['fingerprint']}-{one.row}",
            "text": mask_text(cells["excerpt"], True, True),
            "jurisdiction": rule.split("/")[0] if rule[:3] in ("cn/", "tw/", "hk/") else "cn",
            "channel": cells.get("channel") or "sms",
            "label": {
                "violating": violating,
                "families": [family] if violating and family else [],
                "tags": ["review"],
                "note": mask_text(f"{rule} {cells['verdict']} {cells.get('comment', '')}".strip()),
            },
            "source": mask_name(f"{cells.get('path', '')}:{cells.get('line', '')}"),
        }


def written(rows: Iterable[dict[str, Any]]) -> bytes:
    """Corpus candidates as JSON Lines."""
    return b"".join(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n" for row in rows)
