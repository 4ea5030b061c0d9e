"""SARIF 2.1.0, the exchange format of code hosts and dashboards.

Built for the official schema and for what GitHub code scanning asks beyond it: every rule has its
texts, every result one location with all four of line and column, and a line hash.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import IO, Any

from collectlint.finding import (
    Evidence,
    Failure,
    Finding,
    NotEvaluated,
    Related,
    Report,
    Severity,
    Waived,
)
from collectlint.fingerprint import Mark, fingerprints
from collectlint.lazy import lazily
from collectlint.record import to_json, tool_version
from collectlint.reporters import Media, ReportOptions
from collectlint.reporters.citing import cited
from collectlint.words import TAGS, Words, words

MEDIA: Media = "bytes"

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_PRECISIONS = {"high": "high", "medium": "medium", "low": "low"}
_LONGEST_TEXT = 1024  # GitHub refuses the whole file over it
_DOCUMENTS_NAMED = 20
_NOT_EVALUATED = "not-evaluated"
_UNREADABLE = "unreadable-input"
_PLACEHOLDER = lazily(r"\{(\d+)\}")
_LINK = lazily(r"\[([^\[\]]*)\](?=\()")


def _message(text: str, longest: int | None = None) -> dict[str, str]:
    """A SARIF message; what a viewer would take for its own placeholders and links is escaped."""
    plain = _LINK.sub(r"\\[\1\\]", _PLACEHOLDER.sub(r"{{\1}}", text))
    if longest is not None and len(plain) > longest:
        plain = plain[: longest - 1] + "…"
    return {"text": plain if plain.strip() else "-"}


def _uri(path: str, options: ReportOptions) -> str:
    """A percent-encoded relative reference, or a file URI for what lies outside the base."""
    from urllib.parse import quote

    relative = options.relative(path) or "stdin"
    encoded = quote(relative, safe="/", errors="replace")
    return f"file:///{encoded.lstrip('/')}" if os.path.isabs(relative) else encoded


def _rule(finding: Finding, docs: str, said: Words) -> dict[str, Any]:
    """The rule as its first finding tells it; texts are never empty, as GitHub demands."""
    page = {"helpUri": docs.replace("{rule}", finding.rule)} if docs else {}
    title = finding.title or finding.rule
    clauses = "; ".join(cited(basis, said) for basis in finding.basis)
    basis = f"{said.basis}{said.colon}{clauses}" if clauses else ""
    parts = [title, f"{said.remedy}{said.colon}{finding.remedy}" if finding.remedy else "", basis]
    return {
        "id": finding.rule,
        "shortDescription": _message(title, _LONGEST_TEXT),
        "fullDescription": _message("\n".join(part for part in (title, basis) if part), _LONGEST_TEXT),
        "help": _message("\n".join(part for part in parts if part)),
        **page,
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {
            "tags": list(dict.fromkeys(["compliance", finding.family, *finding.families]))[:10],
            "precision": _PRECISIONS.get(finding.confidence, "medium"),
            "problem.severity": _PROBLEMS[finding.severity],
            "basis": [basis._asdict() for basis in finding.basis],
        },
    }


def _region(finding: Finding) -> dict[str, int]:
    """All four of line and column, from 1; a finding without lines (a cell) stands at the first."""
    line = max(finding.line, 1)
    column = max(finding.column, 1)
    end_line = max(finding.end_line, line)
    end_column = finding.end_column
    if end_column < 1:
        end_column = column + (len(finding.matched) if finding.column and end_line == line else 0)
    if end_line == line:
        end_column = max(end_column, column)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _artifact(path: str, options: ReportOptions) -> dict[str, Any]:
    return {"artifactLocation": {"uri": _uri(path, options)}}


def _logical(finding: Finding) -> list[dict[str, str]]:
    """Where in the document: the cell of a sheet, or the turn of a conversation."""
    inside = finding.cell or f"turn[{finding.turn}]"
    return [{"name": inside, "fullyQualifiedName": f"{finding.document}/{inside}", "kind": "member"}]


def _location(finding: Finding, options: ReportOptions) -> dict[str, Any]:
    region: dict[str, Any] = dict(_region(finding))
    if finding.matched:
        region["snippet"] = {"text": finding.matched}
    physical = _artifact(finding.path, options) | {"region": region}
    return {"physicalLocation": physical, "logicalLocations": _logical(finding)}


def _related(number: int, evidence: Evidence, finding: Finding, options: ReportOptions) -> dict[str, Any]:
    inside = f"turn[{evidence.turn}]"
    return {
        "id": number,
        "physicalLocation": _artifact(finding.path, options),
        "logicalLocations": [
            {"name": inside, "fullyQualifiedName": f"{finding.document}/{inside}", "kind": "member"}
        ],
        "message": _message(evidence.text),
        "properties": {"turn": evidence.turn, "start": evidence.start, "end": evidence.end},
    }


def _other(number: int, related: Related, options: ReportOptions) -> dict[str, Any]:
    """Another document that the finding rests on."""
    name = related.cell or related.document
    return {
        "id": number,
        "physicalLocation": _artifact(related.path, options)
        | {"region": {"startLine": max(related.line, 1)}},
        "logicalLocations": [{"name": name, "fullyQualifiedName": related.document, "kind": "member"}],
        "message": _message(f"{related.started_at} {related.document}"),
    }


def _result(finding: Finding, index: int, line_hash: str, options: ReportOptions) -> dict[str, Any]:
    word = words(options.lang)
    said = [finding.message or finding.title or finding.rule]
    said += [f"{word.cell}{word.colon}{finding.cell}"] if finding.cell else []
    said += [f"{word.matched}{word.colon}{word.quoted.format(finding.matched)}"] if finding.matched else []
    said += [f"{word.remedy}{word.colon}{finding.remedy}"] if finding.remedy else []
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": _message("\n".join(said)),
        "locations": [_location(finding, options)],
        "partialFingerprints": {"primaryLocationLineHash": line_hash},
        "properties": {
            "document": finding.document,
            "turn": finding.turn,
            "start": finding.start,
            "end": finding.end,
            "matched": finding.matched,
            "excerpt": finding.excerpt,
            "speaker": finding.speaker,
            "at": finding.at,
            "cell": finding.cell,
            "via": list(finding.via),
            "families": list(finding.families),
            "confidence": finding.confidence,
        },
    }
    around = [
        _related(number, evidence, finding, options) for number, evidence in enumerate(finding.evidence, 1)
    ]
    around += [
        _other(number, related, options)
        for number, related in enumerate(finding.related, len(finding.evidence) + 1)
    ]
    if around:
        result["relatedLocations"] = around
    return result


def _line_hashes(findings: tuple[Finding, ...]) -> list[str]:
    """Of each finding, its fingerprint or one made here; `:n` counts equal ones, as GitHub does."""
    made = fingerprints(Mark(finding.rule, finding.matched, finding.excerpt) for finding in findings)
    seen: dict[tuple[str, str], int] = {}
    hashes = []
    for finding, spare in zip(findings, made, strict=True):
        key = (finding.path, finding.fingerprint or spare)
        seen[key] = seen.get(key, 0) + 1
        hashes.append(f"{key[1]}:{seen[key]}")
    return hashes


def _failure_notification(failure: Failure, options: ReportOptions) -> dict[str, Any]:
    physical = _artifact(failure.path, options)
    if failure.line > 0:
        physical["region"] = {"startLine": failure.line}
    reason = failure.reason + (words(options.lang).aside.format(failure.remedy) if failure.remedy else "")
    return {
        "descriptor": {"id": _UNREADABLE},
        "level": "error",
        "message": _message(reason),
        "locations": [{"physicalLocation": physical}],
    }


def _not_evaluated_notifications(items: Iterable[NotEvaluated], said: Words) -> list[dict[str, Any]]:
    """One for each rule and reason, because documents can be many."""
    groups: dict[tuple[str, str], dict[str, None]] = {}
    for item in items:
        groups.setdefault((item.rule, item.reason), {})[item.document] = None
    return [
        {
            "descriptor": {"id": _NOT_EVALUATED},
            "associatedRule": {"id": rule},
            "level": "note",
            "message": _message(said.not_evaluated_rule.format(rule, len(documents), reason)),
            "properties": {"count": len(documents), "documents": list(documents)[:_DOCUMENTS_NAMED]},
        }
        for (rule, reason), documents in groups.items()
    ]


def _waived(item: Waived, options: ReportOptions) -> dict[str, Any]:
    """A waived finding, told apart from the results: GitHub would show it as an open alert."""
    return {
        "ruleId": item.finding.rule,
        "fingerprint": item.finding.fingerprint,
        "uri": _uri(item.finding.path, options),
        "line": item.finding.line,
        "justification": item.reason,
        "until": item.until,
    }


def _described(id_: str, name: str, short: str, full: str) -> dict[str, Any]:
    texts = {"shortDescription": {"text": short}, "fullDescription": {"text": full}, "help": {"text": full}}
    return {"id": id_, "name": name, **texts}


def _driver(report: Report, rules: list[dict[str, Any]], said: Words) -> dict[str, Any]:
    return {
        "name": "collectlint",
        "version": tool_version(report),
        "rules": rules,
        "notifications": [
            _described(_UNREADABLE, "UnreadableInput", *said.unreadable),
            _described(_NOT_EVALUATED, "NotEvaluated", *said.undecided),
        ],
    }


def log_of(report: Report, options: ReportOptions) -> dict[str, Any]:
    """The SARIF log as plain data. Columns count code points, and the log says so."""
    said = words(options.lang)
    rules: dict[str, dict[str, Any]] = {}
    for finding in report.findings:
        rules.setdefault(finding.rule, _rule(finding, options.docs, said))
    index = {rule: number for number, rule in enumerate(rules)}
    invocation = {
        "executionSuccessful": not report.failures,
        "toolExecutionNotifications": [_failure_notification(item, options) for item in report.failures],
        "toolConfigurationNotifications": _not_evaluated_notifications(report.not_evaluated, said),
    }
    run = {
        "tool": {"driver": _driver(report, list(rules.values()), said)},
        "language": TAGS.get(options.lang, TAGS["zh"]),
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": [
            _result(finding, index[finding.rule], line_hash, options)
            for finding, line_hash in zip(report.findings, _line_hashes(report.findings), strict=True)
        ],
        "properties": {
            "manifest": report.manifest,
            "documents": report.documents,
            "suppressed": report.suppressed,
            "waived": [_waived(item, options) for item in report.waived],
        },
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """One run; valid by the schema whatever the texts hold."""
    out.write(to_json(log_of(report, options), indent=1).encode() + b"\n")
