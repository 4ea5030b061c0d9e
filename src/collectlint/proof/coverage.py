"""What of the law the rules reach: each requirement and each clause with its rules, their tests and a state.

covered        a rule that is on by default serves it, and all examples of that rule pass, hits and misses
partly         the same, but the row says what its rules do not reach, or they are off by default
needs_metadata no rule: judged by facts that no document carries yet
needs_person   no rule: a fact about the organisation, for a person to look at
not_covered    no rule, or none whose examples pass
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from collectlint.errors import RuleError
from collectlint.linter import Options
from collectlint.proof.examples import run
from collectlint.rulebook.folder import Folder, model_reader, read, shipped
from collectlint.rulebook.requirements import Requirement, read_requirements
from collectlint.rulebook.rule import Rule
from collectlint.rulebook.rulebook import Rulebook
from collectlint.run import word_edges
from collectlint.words.commands import command_words

STATES = ("covered", "partly", "needs_metadata", "needs_person", "not_covered")


class Serving(NamedTuple):
    """A rule that serves a requirement; `hits` and `misses` are its examples, `broken` those that fail."""

    rule: str
    title: Mapping[str, str]
    severity: str
    off: bool
    suspects: bool  # rests on the second reader, which proves nothing by itself
    hits: int
    misses: int
    broken: int

    @property
    def proven(self) -> bool:
        return bool(self.hits and self.misses and not self.broken and not self.suspects)


class Row(NamedTuple):
    """One requirement and how far rules reach it."""

    requirement: Requirement
    rules: tuple[Serving, ...]
    state: str
    reason: str


class ClauseRow(NamedTuple):
    """One registered clause, the rules that cite it and the requirements that rest on it."""

    source: str
    clause: str
    paraphrase: str
    verified: str
    rules: tuple[Serving, ...]
    requirements: tuple[str, ...]


class Coverage(NamedTuple):
    """The matrix; `sources` are the values of `sources.yaml`, `errors` faults of the requirement files."""

    rows: tuple[Row, ...]
    clauses: tuple[ClauseRow, ...]
    sources: Mapping[str, Any]
    errors: tuple[RuleError, ...]


def coverage(folder: Folder | None, options: Options) -> Coverage:
    """The matrix of a rule folder, reasons in `options.lang`; runs all examples of all rules (seconds)."""
    root = folder or shipped()
    found = read(root)
    rulebook = Rulebook.of(found.data, model_reader(root))
    options = options._replace(boundaries=word_edges(rulebook))
    broken: dict[str, int] = {}
    for verdict in run(found.rules, rulebook, options):
        if verdict.reason:
            broken[verdict.example.rule] = broken.get(verdict.example.rule, 0) + 1
    files = {rule.id: rule.values["tests"] for rule in found.rules}
    serving = {rule.id: _serving(rule, files[rule.id], broken.get(rule.id, 0)) for rule in rulebook.rules}
    requirements = read_requirements(root, found.sources)
    by_row = _by_requirement(rulebook.rules)
    reasons = command_words(options.lang).state_reasons
    rows = tuple(
        _row(one, tuple(serving[id_] for id_ in by_row.get(one.id, ())), reasons)
        for one in requirements.rows.values()
    )
    clauses = tuple(_clauses(found.sources, rulebook.rules, serving, requirements.rows.values()))
    return Coverage(rows, clauses, found.sources, (*found.errors, *requirements.errors))


def _serving(rule: Rule, tests: Mapping[str, Any], broken: int) -> Serving:
    return Serving(
        rule=rule.id,
        title=rule.data["title"],
        severity=rule.severity.label,
        off=rule.off,
        suspects=rule.is_second_reader,
        hits=len(tests["hit"]),
        misses=len(tests["miss"]),
        broken=broken,
    )


def _by_requirement(rules: Iterable[Rule]) -> dict[str, list[str]]:
    served: dict[str, list[str]] = {}
    for rule in rules:
        for id_ in rule.data["requirements"]:
            served.setdefault(id_, []).append(rule.id)
    return served


def _row(requirement: Requirement, rules: tuple[Serving, ...], reasons: Mapping[str, str]) -> Row:
    proven = [one for one in rules if one.proven]
    if proven and requirement.partly:
        return Row(requirement, rules, "partly", requirement.partly)
    if proven and all(one.off for one in proven):
        return Row(requirement, rules, "partly", reasons["off"])
    if proven:
        return Row(requirement, rules, "covered", "")
    if rules:
        return Row(requirement, rules, "not_covered", reasons["failing"])
    if requirement.gap:
        return Row(requirement, rules, requirement.gap, requirement.gap_reason)
    if requirement.kinds and not {"T", "M"}.intersection(requirement.kinds):
        return Row(requirement, rules, "needs_person", reasons["D" if "D" in requirement.kinds else "P"])
    return Row(requirement, rules, "not_covered", reasons["none"])


def _clauses(
    sources: Mapping[str, Any],
    rules: Iterable[Rule],
    serving: Mapping[str, Serving],
    requirements: Iterable[Requirement],
) -> Iterable[ClauseRow]:
    cited: dict[tuple[str, str], dict[str, None]] = {}
    for rule in rules:
        for entry in rule.data["basis"]:
            cited.setdefault((entry["source"], entry["clause"]), {})[rule.id] = None
    resting: dict[tuple[str, str], list[str]] = {}
    for one in requirements:
        for clause in one.clauses:
            resting.setdefault((clause.source, clause.clause), []).append(one.id)
    for id_, source in sources.items():
        for label, said in source["clauses"].items():
            key = (id_, label)
            yield ClauseRow(
                source=id_,
                clause=label,
                paraphrase=said["zh"],
                verified=said["verified"],
                rules=tuple(serving[rule] for rule in cited.get(key, ())),
                requirements=tuple(resting.get(key, ())),
            )


class Share(NamedTuple):
    """How many requirements of one kind there are, and how many are in each state."""

    kind: str
    jurisdiction: str  # empty: all
    total: int
    by_state: Mapping[str, int]

    @property
    def reached(self) -> float:
        """Share of rows covered or partly, 0..1."""
        met = self.by_state.get("covered", 0) + self.by_state.get("partly", 0)
        return met / self.total if self.total else 0.0


def shares(rows: Iterable[Row]) -> list[Share]:
    """The figures by kind, for all jurisdictions and for each; a row of two kinds counts in both."""
    out = []
    kept = tuple(rows)
    for jurisdiction in ("", "cn", "tw", "hk"):
        for kind in ("T", "M", "P", "D"):
            some = [
                row
                for row in kept
                if kind in row.requirement.kinds and jurisdiction in ("", row.requirement.jurisdiction)
            ]
            counts = {state: sum(row.state == state for row in some) for state in STATES}
            out.append(Share(kind, jurisdiction, len(some), counts))
    return out
