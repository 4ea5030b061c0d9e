"""The tables of a store as Arrow batches: for Parquet, and for queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any, NamedTuple

from collectlint.audit.findings import COLUMNS
from collectlint.audit.schema import IN_ORDER, SHOWN
from collectlint.audit.store import Store

_GROUP = 20_000  # rows of a batch
_LISTS = ("families", "via", "basis", "evidence", "related")  # JSON; empty where the store has nothing
_LABELS = "CASE worst WHEN 3 THEN 'error' WHEN 2 THEN 'warning' WHEN 1 THEN 'info' END AS worst"
_KINDS = {
    **dict.fromkeys(
        ("unit", "nr", "line", "column", "end_line", "end_column", "turn", "start", "end", "excerpt_start",
         "hour", "weekday", "turns", "characters"),
        "int64",
    ),
    "at": "float64",
    "hidden": "bool",
}  # fmt: skip


class Table(NamedTuple):
    """A name, columns, and the query that gives them in this order."""

    name: str
    columns: tuple[str, ...]
    query: str


def _quoted(columns: tuple[str, ...]) -> str:
    return ", ".join(f"coalesce(\"{name}\", '[]')" if name in _LISTS else f'"{name}"' for name in columns)


_DOCUMENT = (
    "unit", "nr", "id", "path", "line", "cell", "jurisdiction", "channel", "kind", "party", "direction",
    "outcome", "started_at", "day", "hour", "weekday", "agent", "team", "turns", "characters", "worst",
    "gaps",
)  # fmt: skip
_FINDING = ("unit", "nr", *COLUMNS, "day", "hour", "weekday", "waived", "hidden")

DOCUMENTS = Table(
    "documents",
    _DOCUMENT,
    f"SELECT {', '.join(_LABELS if name == 'worst' else name for name in _DOCUMENT)} "  # noqa: S608
    "FROM document JOIN input USING (file) ORDER BY unit, nr",
)
FINDINGS = Table(
    "findings",
    _FINDING,
    f"SELECT {_quoted(_FINDING)} FROM findings ORDER BY {IN_ORDER}",  # noqa: S608
)
SHOWN_FINDINGS = Table(
    "findings",
    COLUMNS,
    f"SELECT {_quoted(COLUMNS)} FROM findings WHERE {SHOWN} ORDER BY {IN_ORDER}",  # noqa: S608
)
GAPS = Table("gaps", ("gaps", "rule", "reason"), "SELECT gaps, rule, reason FROM gap ORDER BY 1, 2, 3")
FAILURES = Table(
    "failures",
    ("path", "line", "reason", "remedy"),
    "SELECT path, line, reason, remedy FROM failure ORDER BY unit, seq",
)
DIALOGUES = Table(
    "dialogues", ("unit", "nr", "turns"), "SELECT unit, nr, turns FROM dialogue ORDER BY unit, nr"
)


def schema_of(table: Table) -> Any:
    """The Arrow schema of a table."""
    import pyarrow as pa

    kinds = {"int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}
    whole = _KINDS if table is not DIALOGUES else {"unit": "int64", "nr": "int64"}
    return pa.schema([(name, kinds.get(whole.get(name, ""), pa.string())) for name in table.columns])


def batches(store: Store, table: Table) -> Iterator[Any]:
    """The rows of a table as record batches."""
    import pyarrow as pa

    schema = schema_of(table)
    with closing(store.rows(table.query)) as rows:
        while batch := _some(rows):
            columns = [
                pa.array([bool(one) for one in values] if field.type == pa.bool_() else values, field.type)
                for field, values in zip(schema, zip(*batch, strict=True), strict=True)
            ]
            yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _some(rows: Iterator[Any]) -> list[Any]:
    from itertools import islice

    return list(islice(rows, _GROUP))
