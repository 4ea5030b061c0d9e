"""The whole of a store as CSV, JSON Lines and Parquet, read and written row by row."""

from __future__ import annotations

import io
from typing import IO

from collectlint.audit.findings import failures, records, waived
from collectlint.audit.store import Store
from collectlint.audit.tables import Table, batches, schema_of
from collectlint.record import to_json
from collectlint.reporters.csv_ import safe

_CSV = (
    "severity", "rule", "title", "family", "document", "path", "line", "cell", "turn", "at", "speaker",
    "matched", "excerpt", "message", "remedy", "basis", "confidence", "channel", "party", "started_at",
    "agent", "team", "fingerprint",
)  # fmt: skip


def write_csv(store: Store, out: IO[bytes]) -> None:
    """Findings for a spreadsheet; what could be a formula begins with an apostrophe."""
    import csv

    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(_CSV)
    for record in records(store):
        record["basis"] = "；".join(f"{one['title']} {one['clause']}" for one in record["basis"])
        table.writerow([safe(record[name]) for name in _CSV])
    text.detach()


def write_jsonl(store: Store, out: IO[bytes]) -> None:
    """A finding a line, then what is waived and what could not be read; `type` tells which."""
    for kind, rows in (("finding", records(store)), ("waived", waived(store)), ("failure", failures(store))):
        for row in rows:
            out.write(to_json({"type": kind, **row}).encode() + b"\n")


def write_parquet(store: Store, table: Table, out: IO[bytes]) -> None:
    """A table for DuckDB, Spark, Doris; lists are JSON texts."""
    from pyarrow import parquet

    with parquet.ParquetWriter(out, schema_of(table), compression="zstd") as writer:
        for batch in batches(store, table):
            writer.write_batch(batch)
