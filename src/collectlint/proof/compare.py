"""What two rulebooks find in the same documents: findings that go, come, or change their severity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from collectlint.document import Document
from collectlint.finding import VIOLATING, Failure, Finding, Severity
from collectlint.linter import Options
from collectlint.rulebook.rulebook import Rulebook
from collectlint.run import judge


class Side(NamedTuple):
    """A rulebook with how it is applied."""

    rulebook: Rulebook
    options: Options


class Change(NamedTuple):
    """What differs in one document; `graded` pairs a finding with the same one under the new rules.

    `before` and `after` are the verdicts: is there a finding at the threshold that makes a document
    violating?
    """

    document: Document
    gone: tuple[Finding, ...]
    come: tuple[Finding, ...]
    graded: tuple[tuple[Finding, Finding], ...]
    before: bool
    after: bool

    @property
    def labelled(self) -> bool | None:
        """What the document's label says, None without one."""
        return None if self.document.label is None else bool(self.document.label.get("violating"))


def compare(
    documents: Iterable[Document], old: Side, new: Side, threshold: Severity, failures: list[Failure]
) -> Iterator[Change]:
    """The documents in which something differs, in order; what fails to be judged goes to `failures`."""
    for document in documents:
        first, broken = judge(document, *old)
        failures.extend(broken)
        second, broken = judge(document, *new)
        failures.extend(broken)
        had = {_place(one): one for one in first.findings}
        has = {_place(one): one for one in second.findings}
        gone = tuple(one for place, one in had.items() if place not in has)
        come = tuple(one for place, one in has.items() if place not in had)
        graded = tuple(
            (one, has[place])
            for place, one in had.items()
            if place in has and has[place].severity != one.severity
        )
        if gone or come or graded:
            before, after = (_violates(found.findings, threshold) for found in (first, second))
            yield Change(document, gone, come, graded, before, after)


def _place(finding: Finding) -> tuple[str, int, int, int]:
    return finding.rule, finding.turn, finding.start, finding.end


def _violates(findings: Iterable[Finding], threshold: Severity) -> bool:
    return any(one.severity >= threshold and not set(VIOLATING).isdisjoint(one.families) for one in findings)
