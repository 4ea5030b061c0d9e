"""Findings and what goes with them as plain data, the one form that JSON, JSONL and stores share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from collectlint.finding import FAMILIES, Failure, Finding, NotEvaluated, Report, Severity, Waived
from collectlint.visible import without_surrogates

if TYPE_CHECKING:
    from collectlint.scores import Scores

VERSION = 1  # of this form; goes up when a key changes its meaning or goes away


def finding_record(finding: Finding) -> dict[str, Any]:
    """All of a finding; `line`, `column` and their ends are 0 where the format has none."""
    return {
        "document": finding.document,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "cell": finding.cell,
        "turn": finding.turn,
        "start": finding.start,
        "end": finding.end,
        "rule": finding.rule,
        "title": finding.title,
        "family": finding.family,
        "families": list(finding.families),
        "severity": finding.severity.label,
        "confidence": finding.confidence,
        "excerpt": finding.excerpt,
        "excerpt_start": finding.excerpt_start,
        "matched": finding.matched,
        "via": list(finding.via),
        "speaker": finding.speaker,
        "at": finding.at,
        "message": finding.message,
        "remedy": finding.remedy,
        "basis": [basis._asdict() for basis in finding.basis],
        "evidence": [evidence._asdict() for evidence in finding.evidence],
        "related": [related._asdict() for related in finding.related],
        "fingerprint": finding.fingerprint,
    }


def not_evaluated_record(item: NotEvaluated) -> dict[str, Any]:
    return {"document": item.document, "rule": item.rule, "reason": item.reason}


def waived_record(item: Waived) -> dict[str, Any]:
    """The finding, and who answers for it until when."""
    return {
        **finding_record(item.finding),
        "waiver": {"reason": item.reason, "until": item.until, "path": item.path, "line": item.line},
    }


def failure_record(failure: Failure) -> dict[str, Any]:
    return {
        "path": failure.path,
        "line": failure.line,
        "reason": failure.reason,
        "remedy": failure.remedy,
    }


def scores_record(scores: Scores) -> dict[str, Any]:
    """The scores with all their parts."""
    return {
        "start": scores.start,
        "documents": [
            {**one._asdict(), "parts": [part._asdict() for part in one.parts]} for one in scores.documents
        ],
        "agents": [
            {**one._asdict(), "parts": [part._asdict() for part in one.parts]} for one in scores.agents
        ],
    }


def summary_record(report: Report) -> dict[str, Any]:
    """The counts; every severity is named, families only where something was found."""
    severities = [finding.severity for finding in report.findings]
    families = [finding.family for finding in report.findings]
    known = [*FAMILIES, *sorted(set(families) - set(FAMILIES))]
    return {
        "documents": report.documents,
        "findings": len(report.findings),
        "by_severity": {
            severity.label: severities.count(severity) for severity in sorted(Severity, reverse=True)
        },
        "by_family": {family: families.count(family) for family in known if family in families},
        "not_evaluated": len(report.not_evaluated),
        "suppressed": report.suppressed,
        "failures": len(report.failures),
    }


def tool_version(report: Report) -> str:
    """The version that made the report, also when a stored one is printed by a later version."""
    return str(report.manifest.get("version") or "unknown")


def to_json(value: Any, indent: int | None = None) -> str:
    """JSON text that every parser takes: no NaN, no lone surrogates, keys in their given order."""
    import json

    text = json.dumps(_sound(value), ensure_ascii=False, allow_nan=False, indent=indent, default=str)
    return text.replace("##", "#\\u0023")  # build machines obey ##[error] wherever it stands in a line


def _sound(value: Any) -> Any:
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {without_surrogates(str(key)): _sound(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_sound(item) for item in value]
    return value
