"""Headline figures of a run, from its store; the same store gives the same summary."""

from __future__ import annotations

from typing import Any

from collectlint.audit.store import Store
from collectlint.finding import FAMILIES, Severity
from collectlint.operators.outcome import NO_CALENDAR, NO_HOLIDAYS
from collectlint.operators.pattern import TIMED_OUT

VERSION = 1
_LABELS = {int(severity): severity.label for severity in sorted(Severity, reverse=True)}
_MOST_REASONS = 50


def summary(store: Store) -> dict[str, Any]:
    """What `summary.json` holds but for the exit code; keys are told in docs/audit.md."""
    manifest = store.manifest()
    documents, violating = next(
        store.rows("SELECT count(*), coalesce(sum(worst >= ?), 0) FROM document", (store.violating,))
    )
    left = next(
        store.rows(
            "SELECT coalesce(sum(sampled_out), 0), coalesce(sum(other_days), 0), coalesce(sum(undated), 0), "
            "coalesce(sum(characters), 0) FROM unit"
        )
    )
    by_severity = dict(store.rows("SELECT severity, count(*) FROM shown GROUP BY severity"))
    families = dict(store.rows("SELECT family, count(*) FROM shown GROUP BY family"))
    known = [*FAMILIES, *sorted(set(families) - set(FAMILIES))]
    failures = store.one("SELECT count(*) FROM failure")
    timed_out = store.one(
        "SELECT count(*) FROM document JOIN gap USING (gaps) WHERE instr(reason, ?)", (TIMED_OUT,)
    )
    without_calendar = store.one(
        "SELECT count(*) FROM document JOIN gap USING (gaps) WHERE instr(reason, ?) OR instr(reason, ?)",
        (NO_CALENDAR, NO_HOLIDAYS),
    )
    complete = bool(manifest.get("complete"))
    return {
        "version": VERSION,
        "tool": {"name": "collectlint", "version": manifest.get("version", "")},
        "manifest": {
            name: manifest.get(name) for name in ("rules_sha256", "as_of", "settings", "unit_bytes")
        },
        "complete": complete,
        "incomplete_because": _because(complete, failures, timed_out, without_calendar),
        "inputs": store.one("SELECT count(*) FROM input"),
        "input_bytes": store.one("SELECT coalesce(sum(bytes), 0) FROM input"),
        "documents": documents,
        "characters": left[3],
        "violating_documents": violating,
        "findings": sum(by_severity.values()),
        "by_severity": {label: by_severity.get(number, 0) for number, label in _LABELS.items()},
        "by_family": {family: families[family] for family in known if family in families},
        "by_rule": dict(
            store.rows("SELECT rule, count(*) FROM shown GROUP BY rule ORDER BY count(*) DESC, rule")
        ),
        "not_evaluated": store.one("SELECT count(*) FROM document JOIN gap USING (gaps)"),
        "not_evaluated_because": not_evaluated(store),
        "timed_out": timed_out,
        "suppressed": store.one("SELECT count(*) FROM finding WHERE waived IS NOT NULL"),
        "below_severity": store.one(
            "SELECT count(*) FROM finding WHERE waived IS NULL AND severity < ?", (store.least,)
        ),
        "failures": failures,
        "sampled_out": left[0],
        "other_days": left[1],
        "undated": left[2],
    }


def _because(complete: bool, failures: int, timed_out: int, without_calendar: int) -> list[str]:
    reasons = []
    if not complete:
        reasons.append("not finished")
    if failures:
        reasons.append("failures")
    if timed_out:
        reasons.append("time limits")
    if without_calendar:
        reasons.append("calendars")
    return reasons


def not_evaluated(store: Store) -> list[dict[str, Any]]:
    """The commonest reasons for which rules could not be judged, with how many judgements each cost."""
    query = (
        "SELECT reason, count(*), count(DISTINCT rule) FROM document JOIN gap USING (gaps) GROUP BY reason "
        "ORDER BY count(*) DESC, reason LIMIT ?"
    )
    return [
        {"reason": reason, "judgements": count, "rules": rules}
        for reason, count, rules in store.rows(query, (_MOST_REASONS,))
    ]


def exit_code(store: Store, told: dict[str, Any], fail_on: str) -> int:
    """1 findings at or above `fail_on`, shown or not, 3 something incomplete, else 0; 1 goes first, as in
    `check`."""
    worst = store.one("SELECT max(severity) FROM finding WHERE waived IS NULL") or 0
    if fail_on != "never" and worst >= Severity[fail_on.upper()]:
        return 1
    return 3 if told["incomplete_because"] else 0
