"""The whole of a store as CSV, JSON Lines and Parquet, read and written row by row."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

from collectlint.audit.findings import COLUMNS, failures, records, waived
from collectlint.audit.store import Store
from collectlint.errors import UsageError
from collectlint.record import to_json
from collectlint.reporters.csv_ import safe

_CSV = (
    "severity", "rule", "title", "family", "document", "path", "line", "cell", "turn", "at", "speaker",
    "matched", "excerpt", "message", "remedy", "basis", "confidence", "channel", "party", "started_at",
    "agent", "team", "fingerprint",
)  # fmt: skip
_GROUP = 10_000  # rows of a Parquet row group


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


def write_parquet(store: Store, out: IO[bytes]) -> None:
    """Findings as a Parquet table for DuckDB, Spark, Doris; lists are JSON texts."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise UsageError("写 Parquet 需要另装 pyarrow", remedy='pip install "collectlint[parquet]"') from None
    whole = ("line", "column", "end_line", "end_column", "turn", "start", "end", "excerpt_start")
    kinds = {**dict.fromkeys(whole, pa.int64()), "at": pa.float64()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for rows in _batches(map(_flat, records(store)), _GROUP):
            writer.write_table(pa.Table.from_pylist(rows, schema))


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    return {name: to_json(value) if isinstance(value, list) else value for name, value in record.items()}


def _batches(rows: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    every = iter(rows)
    while batch := list(islice(every, size)):
        yield batch
