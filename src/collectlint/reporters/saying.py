"""The words that the formats for code hosts share: what a finding says, line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from collectlint.finding import Failure, Finding
from collectlint.fingerprint import Mark, fingerprints
from collectlint.reporters.citing import cited
from collectlint.words import words as words_in

UNREADABLE = "unreadable-input"
_RELATED_MOST = 5


def lines_of(finding: Finding, lang: str) -> list[str]:
    """Message, cell, words, remedy, basis, related documents: a line each; what is empty is left out."""
    words = words_in(lang)
    related = [f"{one.started_at} {one.document}".strip() for one in finding.related]
    also = "; ".join(related[:_RELATED_MOST]) + ("; …" if len(related) > _RELATED_MOST else "")
    said = [
        (words.cell, finding.cell),
        (words.matched, finding.matched),
        (words.remedy, finding.remedy),
        (words.basis, "; ".join(cited(item, words) for item in finding.basis)),
        (words.see, also),
    ]
    told = [f"{label}{words.colon}{text}" for label, text in said if text]
    return [finding.message or finding.title or finding.rule, *told]


def unread(failure: Failure, lang: str) -> str:
    """That something could not be read, and why."""
    words = words_in(lang)
    return f"{words.failures}{words.colon}{failure.reason}"


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
