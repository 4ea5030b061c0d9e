"""Inline waivers: gathered while files are read, then held against the findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from collectlint.document import Document
from collectlint.finding import Failure, Finding, Report, Waived
from collectlint.waiver.directive import FIELD, FORM, Comment, Waiver, beside, understood
from collectlint.waiver.trouble import BROKEN, EXPIRED, UNUSED, Spot, trouble

_AGAIN = "删掉它；若问题仍在，改好后重新申请"

Judged = Callable[[str, str], bool]  # rule id, path: was the rule judged there in this run?


class Scope(NamedTuple):
    """Which findings of a file a waiver is about: those on a line, in the turns that begin next, or all
    of a document."""

    path: str
    line: int = 0
    turns: frozenset[tuple[str, int]] = frozenset()
    document: str = ""

    def holds(self, finding: Finding) -> bool:
        if finding.path != self.path:
            return False
        if self.document:
            return finding.document == self.document
        if (finding.document, finding.turn) in self.turns:
            return True
        return bool(self.line) and finding.line <= self.line <= max(finding.end_line, finding.line)


class Stated(NamedTuple):
    """A waiver that can be understood, with its place and scope."""

    waiver: Waiver
    scope: Scope
    spot: Spot


class Gathered:
    """The waivers of the files that are read; `note` takes comments, `watched` looks at documents."""

    def __init__(self) -> None:
        self._comments: list[Comment] = []
        self._paths: set[str] = set()
        self._turns: dict[str, list[tuple[int, str, int]]] = {}
        self._beside: list[tuple[Spot, Scope]] = []

    def note(self, comment: Comment) -> None:
        self._comments.append(comment)
        self._paths.add(comment.path)

    def watched(self, items: Iterator[Document | Failure]) -> Iterator[Document | Failure]:
        """The same items; remembers where turns begin in files that hold comments."""
        for item in items:
            if isinstance(item, Document):
                if FIELD in item.fields:
                    self._take(item, item.fields[FIELD])
                if item.origin.path in self._paths:
                    begun = self._turns.setdefault(item.origin.path, [])
                    begun.extend(
                        (turn.origin.line or item.origin.line, item.id, which)
                        for which, turn in enumerate(item.turns)
                    )
            yield item

    def _take(self, document: Document, value: Any) -> None:
        origin = document.origin
        for said in beside(value):
            spot = Spot(origin.path, origin.line, origin.column, said, document.id)
            self._beside.append((spot, Scope(origin.path, document=document.id)))

    @property
    def any(self) -> bool:
        return bool(self._comments or self._beside)

    def stated(self) -> Iterator[tuple[str, Spot, Scope]]:
        """Each waiver's words, place and scope."""
        for comment in self._comments:
            spot = Spot(comment.path, comment.line, comment.column, comment.said)
            yield comment.said, spot, Scope(comment.path, comment.target, self._next_turns(comment))
        for spot, scope in self._beside:
            yield spot.said, spot, scope

    def _next_turns(self, comment: Comment) -> frozenset[tuple[str, int]]:
        if not comment.target:
            return frozenset()
        begun = [one for one in self._turns.get(comment.path, ()) if one[0] >= comment.target]
        first = min((line for line, _, _ in begun), default=0)
        return frozenset((document, turn) for line, document, turn in begun if line == first)


def applied(
    report: Report,
    gathered: Gathered,
    rule_ids: Sequence[str],
    judged: Judged,
    as_of: str,
    lang: str = "zh",
) -> Report:
    """The report without what is waived, with a finding for each waiver that does not hold."""
    if not gathered.any:
        return report
    good, troubles = _read(gathered, rule_ids, as_of, lang)
    findings, waived, used = _sorted_out(report.findings, good)
    unjudged = _not_evaluated(report)
    for which, one in enumerate(good):
        idle = [
            rule
            for rule in one.waiver.rules
            if (which, rule) not in used
            and judged(rule, one.spot.path)
            and (one.spot.path, rule) not in unjudged
        ]
        if idle:
            message = f"这里没有 {'、'.join(idle)} 的问题，豁免没有用到。"
            troubles.append(trouble(UNUSED, one.spot, message, "删掉它，或改正规则编号与位置", lang))
    troubles.sort(key=lambda one: (one.path, one.line, one.column))
    return report._replace(
        findings=(*findings, *troubles),
        waived=(*report.waived, *waived),
        suppressed=report.suppressed + len(waived),
    )


def answers(
    findings: Sequence[Finding], gathered: Gathered, rule_ids: Sequence[str], as_of: str
) -> list[Waived | None]:
    """What waives each of `findings`; None where nothing does."""
    if not gathered.any:
        return [None] * len(findings)
    good, _ = _read(gathered, rule_ids, as_of, "zh")
    _, waived, _ = _sorted_out(findings, good)
    by_finding = {id(one.finding): one for one in waived}
    return [by_finding.get(id(finding)) for finding in findings]


def _read(
    gathered: Gathered, rule_ids: Sequence[str], as_of: str, lang: str
) -> tuple[list[Stated], list[Finding]]:
    """The waivers that hold, and a finding for each that is broken or over."""
    troubles: list[Finding] = []
    good: list[Stated] = []
    for said, spot, scope in gathered.stated():
        waiver = understood(said)
        fault = (waiver, f"写成 {FORM}") if isinstance(waiver, str) else _unknown(waiver, rule_ids)
        if fault:
            troubles.append(trouble(BROKEN, spot, fault[0], fault[1], lang))
        elif isinstance(waiver, Waiver):
            if waiver.until and waiver.until < as_of:
                message = f"豁免已于 {waiver.until} 到期。"
                troubles.append(trouble(EXPIRED, spot, message, _AGAIN, lang))
            else:
                good.append(Stated(waiver, scope, spot))
    return good, troubles


def _unknown(waiver: Waiver, rule_ids: Sequence[str]) -> tuple[str, str] | None:
    packs = {rule.split("/")[0] for rule in rule_ids}
    for rule in waiver.rules:
        # A waiver for a rule of another folder (`house/…`) waits for the run with those rules.
        if rule not in rule_ids and (rule.count("/") < 2 or rule.split("/")[0] in packs):
            from difflib import get_close_matches

            near = get_close_matches(rule, rule_ids, 1)
            return f"没有规则「{rule}」。", f"是否指 {near[0]}？" if near else "写完整的规则编号"
    return None


def _sorted_out(
    findings: Sequence[Finding], good: Sequence[Stated]
) -> tuple[list[Finding], list[Waived], set[tuple[int, str]]]:
    by_path: dict[tuple[str, str], list[int]] = {}
    for which, one in enumerate(good):
        for rule in one.waiver.rules:
            by_path.setdefault((one.scope.path, rule), []).append(which)
    kept: list[Finding] = []
    waived: list[Waived] = []
    used: set[tuple[int, str]] = set()
    for finding in findings:
        fitting = [
            which
            for which in by_path.get((finding.path, finding.rule), ())
            if good[which].scope.holds(finding)
        ]
        used.update((which, finding.rule) for which in fitting)
        if fitting:
            one = good[fitting[0]]
            waived.append(Waived(finding, one.waiver.reason, one.waiver.until, one.spot.path, one.spot.line))
        else:
            kept.append(finding)
    return kept, waived, used


def _not_evaluated(report: Report) -> set[tuple[str, str]]:
    """(path, rule) of what could not be judged: a waiver for it is not known to be idle."""
    origins: Mapping[str, Any] = report.origins
    return {
        (origins[item.document].path, item.rule) for item in report.not_evaluated if item.document in origins
    }
