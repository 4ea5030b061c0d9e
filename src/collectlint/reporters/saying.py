"""The words that the formats for code hosts share: what a finding says, line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from collectlint.finding import Finding
from collectlint.fingerprint import Mark, fingerprints

UNREADABLE = "unreadable-input"
_LABELS = {
    "zh": ("单元格：", "原文：", "建议：", "依据：", "未能读取：", "另见："),
    "hant": ("儲存格：", "原文：", "建議：", "依據：", "未能讀取：", "另見："),
    "en": ("cell: ", "text: ", "instead: ", "basis: ", "could not be read: ", "see also: "),
}
CELL, TEXT, REMEDY, BASIS, FAILED, SEE = range(6)
_RELATED_MOST = 5


def word(which: int, lang: str) -> str:
    """A fixed word in the language of the report."""
    return _LABELS["hant" if lang == "hk" else lang][which]


def lines_of(finding: Finding, lang: str) -> list[str]:
    """Message, cell, words, remedy, basis, related documents: a line each; what is empty is left out."""
    basis = "; ".join(f"{item.title} {item.clause}".strip() for item in finding.basis)
    related = [f"{one.started_at} {one.document}".strip() for one in finding.related]
    also = "; ".join(related[:_RELATED_MOST]) + ("; …" if len(related) > _RELATED_MOST else "")
    said = [
        ("", finding.message or finding.title or finding.rule),
        (word(CELL, lang), finding.cell),
        (word(TEXT, lang), finding.matched),
        (word(REMEDY, lang), finding.remedy),
        (word(BASIS, lang), basis),
        (word(SEE, lang), also),
    ]
    return [label + text for label, text in said if text]


def unique_prints(findings: Iterable[tuple[Finding, str]]) -> list[str]:
    """For each (finding, shown path) 32 hexadecimal digits that no other of the report has.

    The finding's own fingerprint does not hold the path: one sentence in two files has it twice.
    """
    pairs = list(findings)
    spare = fingerprints(Mark(one.rule, one.matched, one.excerpt) for one, _ in pairs)
    seen: dict[str, int] = {}
    prints = []
    for (finding, path), other in zip(pairs, spare, strict=True):
        key = f"{path}\0{finding.fingerprint or other}"
        seen[key] = seen.get(key, 0) + 1
        prints.append(digest(f"{key}\0{seen[key]}"))
    return prints


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
