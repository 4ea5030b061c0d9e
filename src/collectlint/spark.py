"""collectlint in PySpark: a table of documents in, tables of findings out; needs the extra `spark`.

from collectlint import spark
result = spark.audit(session.read.parquet("hdfs:///calls/dt=2026-11-22"))
result.findings.write.mode("overwrite").partitionBy("rule").parquet("hdfs:///findings/dt=2026-11-22")
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from secrets import token_bytes
from typing import TYPE_CHECKING, Any, NamedTuple

from collectlint.audit import arrow

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_OF_COUNTS = ("grp", "contact")  # for the count over documents alone


class Result(NamedTuple):
    """Tables with the columns of `audit.arrow.COLUMNS` that concern them.

    `waived` are findings with a waiver in the field `collectlint` of their document. `documents` has a row
    for each document that was judged: what came in and is in neither `documents` nor `failures` was lost on
    the way.
    """

    findings: DataFrame
    waived: DataFrame
    not_evaluated: DataFrame
    failures: DataFrame
    documents: DataFrame
    judged: DataFrame

    def release(self) -> None:
        """Gives back what is held in memory between the two steps."""
        self.judged.unpersist()


def audit(documents: DataFrame, **settings: Any) -> Result:
    """Judges native documents (a row each, columns as in docs/input.md; `turns` an array of structs).

    `settings` are those of `audit.arrow.Settings` but for `today` and `secret`; a rules folder must be
    at the same path on every worker (`SparkContext.addFile` and `SparkFiles.get`, or an archive).
    Nothing runs before a table of the result is asked for.
    """
    from pyspark import StorageLevel
    from pyspark.sql import functions

    from collectlint.run import today

    own = arrow.Settings(today=today(), secret=token_bytes(32), **settings)
    out = _schema()
    judged = documents.mapInArrow(partial(_judged, own), out).persist(StorageLevel.MEMORY_AND_DISK)
    of = {
        kind: judged.where(functions.col("kind") == kind)
        for kind in ("finding", "waived", "contact", *_PLAIN)
    }
    # Spark brings together what is counted together; the order within is History's.
    grouped = of["contact"].repartition("rule", "grp")
    on_counts = grouped.mapInArrow(partial(_counted, own), out)
    every = of["finding"].unionByName(of["waived"]).unionByName(on_counts)
    kind = functions.col("kind")
    return Result(
        every.where(kind == "finding").drop("kind", "reason", "waived", *_OF_COUNTS),
        every.where(kind == "waived").drop("kind", "reason", *_OF_COUNTS),
        of["not_evaluated"].select("document", "rule", "reason", "channel", "started_at", "agent", "team"),
        of["failure"].select("path", "reason", "remedy"),
        of["document"].select("document", "channel", "started_at", "agent", "team"),
        judged,
    )


_PLAIN = ("not_evaluated", "failure", "document")


def _judged(settings: arrow.Settings, batches: Iterable[Any]) -> Iterator[Any]:
    yield from arrow.judged(settings, batches)


def _counted(settings: arrow.Settings, batches: Iterable[Any]) -> Iterator[Any]:
    yield from arrow.counted(settings, batches)


def _schema() -> str:
    kinds = {**dict.fromkeys(("turn", "start", "end"), "bigint"), "at": "double"}
    return ", ".join(f"`{name}` {kinds.get(name, 'string')}" for name in arrow.COLUMNS)
