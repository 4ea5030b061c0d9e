"""Precision and recall on labelled corpora, overall and by family, jurisdiction, script, channel, tag, rule.

A document counts as found when it has a finding at or above the threshold in a family that makes a
document violating. `process` and `staff_abuse` do not (annotation guideline).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from math import sqrt
from typing import NamedTuple

from collectlint.document import Document
from collectlint.finding import VIOLATING as VIOLATING
from collectlint.finding import Finding, Severity


class Score(NamedTuple):
    """Counts of true positives, false positives and false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def plus(self, wanted: bool, got: bool) -> Score:
        return Score(
            self.tp + (wanted and got), self.fp + (got and not wanted), self.fn + (wanted and not got)
        )


class Judged(NamedTuple):
    """A labelled document with what was found in it."""

    document: Document
    findings: tuple[Finding, ...]

    @property
    def wanted(self) -> frozenset[str]:
        families = (self.document.label or {}).get("families", ())
        return frozenset(family for family in families if family in VIOLATING)

    def got(self, threshold: Severity) -> frozenset[str]:
        return frozenset(
            family
            for one in self.findings
            if one.severity >= threshold
            for family in one.families
            if family in VIOLATING
        )


class RuleScore(NamedTuple):
    """How one rule did: documents it hit, how many of those are violating in one of its families,
    and the violating documents that no other rule found."""

    rule: str
    documents: int
    right: int
    only: tuple[str, ...]


class Measure(NamedTuple):
    """The whole table; keys of `by` are (axis, value), e.g. ("family", "threat")."""

    overall: Score
    errors: Score  # at severity error alone
    by: dict[tuple[str, str], Score]
    rules: tuple[RuleScore, ...]
    misses: tuple[Judged, ...]
    false_alarms: tuple[Judged, ...]
    documents: int


def wilson(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval of a share (Wilson 1927), 95 % by default; (0, 1) for nothing."""
    if not total:
        return 0.0, 1.0
    share = right / total
    middle = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    below = 1 + z * z / total
    return max(0.0, (middle - spread) / below), min(1.0, (middle + spread) / below)


def script(document: Document) -> str:
    """`hant` or `hans`, by which fold changes more of the text."""
    from collectlint.text.script import tables

    table = tables().characters
    text = "".join(turn.text for turn in document.turns)
    traditional = sum(ord(char) in table for char in text)
    return "hant" if traditional * 12 > len(text) else "hans"


def measure(judged: Iterable[Judged], threshold: Severity = Severity.WARNING) -> Measure:
    """Scores at `threshold` and above."""
    overall, errors = Score(), Score()
    by: dict[tuple[str, str], Score] = defaultdict(Score)
    rules: dict[str, list[Judged]] = defaultdict(list)
    only: dict[str, list[str]] = defaultdict(list)
    misses, alarms = [], []
    total = 0
    for one in judged:
        total += 1
        wanted, got = one.wanted, one.got(threshold)
        overall = overall.plus(bool(wanted), bool(got))
        errors = errors.plus(bool(wanted), bool(one.got(Severity.ERROR)))
        for axis in _axes(one.document):
            by[axis] = by[axis].plus(bool(wanted), bool(got))
        for family in VIOLATING:
            by["family", family] = by["family", family].plus(family in wanted, family in got)
        if wanted and not got:
            misses.append(one)
        elif got and not wanted:
            alarms.append(one)
        hit = sorted({finding.rule for finding in one.findings if finding.family in VIOLATING})
        for rule in hit:
            rules[rule].append(one)
        if len(hit) == 1 and wanted:
            only[hit[0]].append(one.document.id)
    scores = tuple(
        RuleScore(rule, len(found), sum(_right(rule, one) for one in found), tuple(only[rule]))
        for rule, found in sorted(rules.items())
    )
    return Measure(overall, errors, dict(by), scores, tuple(misses), tuple(alarms), total)


def _right(rule: str, one: Judged) -> bool:
    families = {family for finding in one.findings if finding.rule == rule for family in finding.families}
    return not families.isdisjoint(one.wanted)


def _axes(document: Document) -> list[tuple[str, str]]:
    tags = (document.label or {}).get("tags", ())
    return [
        ("jurisdiction", document.jurisdiction),
        ("script", script(document)),
        ("channel", document.channel),
        ("kind", document.kind),
        *(("tag", tag) for tag in tags),
    ]
