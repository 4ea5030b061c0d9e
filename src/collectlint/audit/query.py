"""Questions to a run in SQL: its tables are read into DuckDB, which can reach neither files nor network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from collectlint.audit.store import Store
from collectlint.audit.tables import DIALOGUES, DOCUMENTS, FAILURES, FINDINGS, GAPS, batches, schema_of
from collectlint.errors import UsageError

_TABLES = {table.name: table for table in (DOCUMENTS, FINDINGS, GAPS, FAILURES, DIALOGUES)}
_VIEW = "not_evaluated"
_VIEW_QUERY = """
SELECT d.unit, d.nr, d.id AS document, d.path, g.rule, g.reason FROM documents d JOIN gaps g USING (gaps)
"""
_CLOSED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}
_SHORT = 500  # code points of a message
_ROWS = 1_000


class Answer(NamedTuple):
    """Names of columns, and rows as they are asked for."""

    columns: list[str]
    rows: Iterator[tuple[Any, ...]]


def answer(store: Store, question: str) -> Answer:
    """What one SELECT gives over `documents`, `findings`, `not_evaluated`, `gaps`, `failures`, `dialogues`.

    Raises ImportError without duckdb and pyarrow, UsageError for what is no such question.
    """
    import duckdb

    base = duckdb.connect(":memory:", config=_CLOSED)
    try:
        for table in _TABLES.values():
            _create(base, table.name, schema_of(table))
        base.execute(f"CREATE VIEW {_VIEW} AS {_VIEW_QUERY}")
        statements = base.extract_statements(question)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise UsageError("只能问一条 SELECT", remedy="结果库只读，改动请另存后再做")
        for name in _asked(question):
            _fill(base, store, name)
        base.execute("SET lock_configuration = true")
        cursor = base.execute(question)
        columns = [str(one[0]) for one in cursor.description]
    except duckdb.Error as error:
        raise UsageError(f"查询不成立：{str(error)[:_SHORT]}", remedy=f"可用的表：{_known()}") from None
    return Answer(columns, _rows(cursor))


def _known() -> str:
    return "、".join((*_TABLES, _VIEW))


def _create(base: Any, name: str, schema: Any) -> None:
    base.register("source", schema.empty_table())
    base.execute(f"CREATE TABLE {name} AS SELECT * FROM source")  # noqa: S608
    base.unregister("source")


def _asked(question: str) -> list[str]:
    """The tables whose names the question has in it: only they are read."""
    words = question.lower()
    if _VIEW in words:
        words += f" {DOCUMENTS.name} {GAPS.name}"
    return [name for name in _TABLES if name in words]


def _fill(base: Any, store: Store, name: str) -> None:
    import pyarrow as pa

    for batch in batches(store, _TABLES[name]):
        base.register("source", pa.Table.from_batches([batch]))
        base.execute(f"INSERT INTO {name} SELECT * FROM source")  # noqa: S608
        base.unregister("source")


def _rows(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while some := cursor.fetchmany(_ROWS):
        yield from some
