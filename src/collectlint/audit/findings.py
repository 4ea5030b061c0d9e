"""Findings of a store as records, in the order of every report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from collectlint.audit.schema import IN_ORDER, SHOWN
from collectlint.audit.store import Store

COLUMNS = (
    "document", "path", "line", "column", "end_line", "end_column", "cell", "turn", "start", "end", "rule",
    "title", "family", "families", "severity", "confidence", "excerpt", "excerpt_start", "matched", "via",
    "speaker", "at", "message", "remedy", "basis", "evidence", "related", "fingerprint", "channel", "party",
    "started_at", "agent", "team",
)  # fmt: skip
_JSON = ("families", "via", "basis", "evidence", "related")


def records(store: Store, where: str = SHOWN, order: str = IN_ORDER) -> Iterator[dict[str, Any]]:
    """Findings with all that `check --format jsonl` tells of one, and channel, party, time, agent, team."""
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    for row in store.rows(f"SELECT {names} FROM findings WHERE {where} ORDER BY {order}"):  # noqa: S608
        record = dict(zip(COLUMNS, row, strict=True))
        for name in _JSON:
            record[name] = json.loads(record[name]) if record[name] else []
        record["document"] = record["document"] or ""
        record["path"] = record["path"] or ""
        yield record


def waived(store: Store, most: int = -1) -> Iterator[dict[str, Any]]:
    """Waived findings with who answers for them; at most `most`, below 0 all."""
    order = f"{IN_ORDER} LIMIT {most}"
    answers = store.rows(f"SELECT waived FROM finding WHERE waived IS NOT NULL ORDER BY {order}")  # noqa: S608
    for record, (answer,) in zip(records(store, "waived IS NOT NULL", order), answers, strict=True):
        yield {**record, "waiver": json.loads(answer)}


def failures(store: Store) -> Iterator[dict[str, Any]]:
    """What could not be read."""
    for path, line, reason, remedy in store.rows(
        "SELECT path, line, reason, remedy FROM failure ORDER BY unit, seq"
    ):
        yield {"path": path, "line": line, "reason": reason, "remedy": remedy}
