"""What changed between two runs: shares, rules, agents, and what the runs were told."""

from __future__ import annotations

from typing import Any

from collectlint.audit.figures import Group, groups, rules
from collectlint.audit.store import Store
from collectlint.audit.summary import summary
from collectlint.proof.measure import wilson

_TOLD = ("rules_sha256", "as_of", "settings")


def difference(before: Store, after: Store) -> dict[str, Any]:
    """Both runs side by side, as plain data.

    `surely` says that the Wilson intervals of two shares do not touch.
    """
    told = (summary(before), summary(after))
    return {
        "version": 1,
        "manifest": {
            name: [one["manifest"][name] for one in told]
            for name in _TOLD
            if told[0]["manifest"][name] != told[1]["manifest"][name]
        },
        "complete": [one["complete"] for one in told],
        "documents": [one["documents"] for one in told],
        "findings": [one["findings"] for one in told],
        "violating": _shares(*((one["violating_documents"], one["documents"]) for one in told)),
        "by_severity": {
            label: [one["by_severity"][label] for one in told] for label in told[0]["by_severity"]
        },
        "rules": _rules(before, after, told[0]["documents"], told[1]["documents"]),
        "agents": _groups(groups(before, "agent"), groups(after, "agent")),
        "teams": _groups(groups(before, "team"), groups(after, "team")),
    }


def _shares(before: tuple[int, int], after: tuple[int, int]) -> dict[str, Any]:
    intervals = [wilson(*before), wilson(*after)]
    return {
        "share": [part / whole if whole else None for part, whole in (before, after)],
        "interval": [list(one) for one in intervals],
        "surely": intervals[0][1] < intervals[1][0] or intervals[1][1] < intervals[0][0],
    }


def _rules(before: Store, after: Store, documents: int, more: int) -> list[dict[str, Any]]:
    one = {rule.rule: rule for rule in rules(before)}
    other = {rule.rule: rule for rule in rules(after)}
    made = []
    for name in sorted({*one, *other}):
        counts = [of[name].documents if name in of else 0 for of in (one, other)]
        shares = _shares((counts[0], documents), (counts[1], more))
        made.append(
            {
                "rule": name,
                "title": (other.get(name) or one[name]).title,
                "findings": [of[name].findings if name in of else 0 for of in (one, other)],
                "documents": counts,
                "state": "new" if name not in one else "gone" if name not in other else "both",
                **shares,
            }
        )
    made.sort(
        key=lambda row: (
            not row["surely"],
            -abs((row["share"][1] or 0) - (row["share"][0] or 0)),
            row["rule"],
        )
    )
    return made


def _groups(before: list[Group], after: list[Group]) -> list[dict[str, Any]]:
    one = {group.name: group for group in before}
    other = {group.name: group for group in after}
    nobody = Group("", 0, 0, 0, 0.0, 1.0)
    made = []
    for name in sorted({*one, *other}):
        pair = (one.get(name, nobody), other.get(name, nobody))
        made.append(
            {
                "name": name,
                "documents": [each.documents for each in pair],
                "violating": [each.violating for each in pair],
                "state": "new" if name not in one else "gone" if name not in other else "both",
                **_shares(*((each.violating, each.documents) for each in pair)),
            }
        )
    made.sort(key=lambda row: (not row["surely"], -(row["share"][1] or 0), row["name"]))
    return made
