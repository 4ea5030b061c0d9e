"""Tables that reports and comparisons are drawn from, each one query over the store."""

from __future__ import annotations

from typing import Any, NamedTuple

from collectlint.audit.store import Store
from collectlint.proof.measure import wilson

FEW = 30  # documents; below, a share says little


class Group(NamedTuple):
    """Documents of an agent or team; `low`-`high` is the Wilson interval (95 %) of the violating share."""

    name: str
    documents: int
    violating: int
    findings: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.violating / self.documents if self.documents else 0.0

    @property
    def is_small(self) -> bool:
        return self.documents < FEW


class RuleFigure(NamedTuple):
    """Findings of a rule, in how many documents."""

    rule: str
    title: str
    family: str
    severity: int
    findings: int
    documents: int


def by_time(store: Store, column: str) -> list[tuple[Any, int, int]]:
    """(day or hour, documents, violating) in order; documents without a time are left out."""
    assert column in ("day", "hour")
    query = (
        f"SELECT {column}, count(*), sum(worst >= ?) FROM document WHERE {column} IS NOT NULL "  # noqa: S608
        f"GROUP BY {column} ORDER BY {column}"
    )
    return list(store.rows(query, (store.violating,)))


def heat(store: Store) -> list[tuple[int, int, int, int]]:
    """(weekday 1 = Monday, hour, documents, violating)."""
    return list(
        store.rows(
            "SELECT weekday, hour, count(*), sum(worst >= ?) FROM document WHERE hour IS NOT NULL "
            "GROUP BY weekday, hour ORDER BY weekday, hour",
            (store.violating,),
        )
    )


def families(store: Store) -> list[tuple[str, int, int]]:
    """(family, severity, findings)."""
    return list(
        store.rows(
            "SELECT family, severity, count(*) FROM shown GROUP BY family, severity ORDER BY family, severity"
        )
    )


def groups(store: Store, column: str) -> list[Group]:
    """Agents or teams, those first whose share is surely highest (lower end of the interval)."""
    assert column in ("agent", "team")
    found = dict(
        store.rows(
            f"SELECT d.{column}, count(*) FROM shown JOIN document d USING (unit, nr) "  # noqa: S608
            f"WHERE d.{column} IS NOT NULL GROUP BY d.{column}"
        )
    )
    query = (
        f"SELECT {column}, count(*), sum(worst >= ?) FROM document WHERE {column} IS NOT NULL "  # noqa: S608
        f"GROUP BY {column}"
    )
    made = [
        Group(name, documents, violating, found.get(name, 0), *wilson(violating, documents))
        for name, documents, violating in store.rows(query, (store.violating,))
    ]
    return sorted(made, key=lambda one: (-one.low, -one.violating, one.name))


def rules(store: Store) -> list[RuleFigure]:
    """Rules by findings, most first."""
    query = (
        "SELECT rule, min(title), min(family), max(severity), count(*), count(DISTINCT unit || ':' || nr) "
        "FROM shown JOIN wording USING (wording) GROUP BY rule "
        "ORDER BY count(*) DESC, rule"
    )
    return [RuleFigure(*row) for row in store.rows(query)]
