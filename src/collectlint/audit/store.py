"""The store of a run: one SQLite file in which a unit's rows and its being done are one transaction."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from collectlint.audit.judging import Batch
from collectlint.audit.schema import COUNTED_FROM, LASTING, TABLES, VERSION
from collectlint.audit.units import Input
from collectlint.errors import CollectlintError, UsageError
from collectlint.finding import Failure

NAME = "audit.sqlite"
_HELD = ("database is locked", "database table is locked")
_FULL = ("disk is full", "disk I/O error")


class StoreError(CollectlintError):
    """The store cannot be written any further; what it holds is sound."""

    exit_code = 3


class Done(NamedTuple):
    """A unit that a worker has finished."""

    unit: int
    weight: int
    batch: Batch


@contextmanager
def _telling(folder: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        words = str(error)
        if any(known in words for known in _HELD):
            raise UsageError(f"{folder} 正被另一次审计使用", remedy="等它结束，或换一个 --out") from None
        if any(known in words for known in _FULL):
            raise StoreError(
                f"{folder} 写不下了（磁盘已满或出错）：{words}",
                remedy="腾出空间后用同一条命令继续，已完成的部分都在",
            ) from None
        if "readonly" in words or "unable to open" in words:
            raise StoreError(f"{folder} 不能写入：{words}", remedy="检查权限，或换一个 --out") from None
        if isinstance(error, sqlite3.DatabaseError) and ("malformed" in words or "not a database" in words):
            raise StoreError(f"{folder}/{NAME} 已损坏：{words}", remedy="删除后重新审计") from None
        raise


class Store:
    """An open store. `write=True` keeps everybody else out until it is closed."""

    def __init__(self, folder: str, write: bool = False) -> None:
        self.folder = folder
        path = os.path.join(folder, NAME)
        if not write and not os.path.isfile(path):
            raise UsageError(f"{folder} 里没有审计结果（{NAME}）", remedy="先运行 collectlint audit")
        with _telling(folder):
            self._base = sqlite3.connect(
                path if write else f"file:{_uri(path)}?mode=ro",
                isolation_level=None,
                uri=not write,
                timeout=1,
            )
            try:
                if write:
                    self._begin()
                self.check_version()
            except BaseException:
                self._base.close()  # or its lock would outlive the failure
                raise

    def _begin(self) -> None:
        run = self._base.execute
        run("PRAGMA locking_mode=EXCLUSIVE")
        run("PRAGMA journal_mode=WAL")
        run("PRAGMA synchronous=NORMAL")
        run("PRAGMA secure_delete=ON")
        run("BEGIN IMMEDIATE")
        empty = run("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
        if empty:
            for statement in TABLES.split(";\n"):
                if statement.strip():
                    run(statement)
            run("INSERT INTO manifest VALUES ('schema', ?)", (str(VERSION),))
        run("COMMIT")

    def check_version(self) -> None:
        """Raises UsageError for a store that another version of collectlint wrote."""
        try:
            found = self._base.execute("SELECT value FROM manifest WHERE name = 'schema'").fetchone()
        except sqlite3.OperationalError as error:
            if "no such table" not in str(error):
                raise
            found = None
        if found != (str(VERSION),):
            raise UsageError(f"{self.folder} 里的结果是别的版本写的", remedy="换一个 --out 重新审计")

    def settle(self) -> None:
        """Makes the store one file that can be copied and read from where nothing can be written."""
        with _telling(self.folder):
            self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._base.execute("PRAGMA locking_mode=NORMAL")
            self._base.execute("PRAGMA journal_mode=DELETE")
        with suppress(OSError):  # left by a reader of the unfinished run
            os.unlink(os.path.join(self.folder, f"{NAME}-shm"))

    def close(self) -> None:
        self._base.close()

    def rows(self, query: str, values: Iterable[Any] = ()) -> Generator[Any, None, None]:
        """The rows of a query."""
        with _telling(self.folder):
            yield from self._base.execute(query, tuple(values))

    def one(self, query: str, values: Iterable[Any] = ()) -> Any:
        """The first value of the first row; None without one."""
        row = next(self.rows(query, values), None)
        return row[0] if row else None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: everything in it holds, or nothing."""
        with _telling(self.folder):
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise

    def manifest(self) -> dict[str, Any]:
        """Name -> value of everything that the run was told."""
        return {name: json.loads(value) for name, value in self.rows("SELECT name, value FROM manifest")}

    def begin(self, values: dict[str, Any], failures: Iterable[Failure]) -> None:
        """The manifest of a new run, and what went wrong outside of all units."""
        with self.writing() as base:
            _tell(base, values)
            _insert(base, "failure", [(0, seq, *one) for seq, one in enumerate(failures, 1)])

    def take_inputs(self, inputs: Iterable[Input]) -> None:
        """The files of the run."""
        with self.writing() as base:
            base.executemany("INSERT INTO input VALUES (?, ?, ?, ?)", inputs)

    @property
    def least(self) -> int:
        """The severity (1 info, 2 warning, 3 error) below which findings are kept but not shown."""
        return int(self.one("SELECT severity FROM least") or 1)

    @property
    def violating(self) -> int:
        """The severity from which on a document counts as violating: a warning, or what is shown at least."""
        return max(2, self.least)

    def done(self) -> set[int]:
        """Numbers of the units that are done."""
        return {unit for (unit,) in self.rows("SELECT unit FROM unit")}

    def take(self, done: Done) -> None:
        """All rows of a unit, and that it is done."""
        unit, weight, batch = done
        left = batch.left_out
        characters = sum(row[-3] for row in batch.documents)
        with self.writing() as base:
            base.execute(
                "INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?)",
                (unit, weight, len(batch.documents), characters, left["sampled_out"], left["other_days"],
                 left["undated"]),
            )  # fmt: skip
            _insert(base, "document", [(unit, *row) for row in batch.documents])
            _insert(base, "finding", [(unit, *row) for row in batch.findings])
            _insert(base, "dialogue", [(unit, *row) for row in batch.dialogues])
            self.take_wordings(base, batch.wordings)
            gaps = [(key, *pair) for key, pairs in batch.gaps.items() for pair in pairs]
            base.executemany("INSERT OR IGNORE INTO gap VALUES (?, ?, ?)", gaps)
            _insert(base, "failure", [(unit, seq, *one) for seq, one in enumerate(batch.failures, 1)])
            _insert(base, "old", [(unit, *row) for row in batch.old])
            _insert(base, "contact", [(unit, seq, *row) for seq, row in enumerate(batch.contacts, 1)])

    @staticmethod
    def take_wordings(base: sqlite3.Connection, wordings: dict[str, tuple[Any, ...]]) -> None:
        base.executemany(
            "INSERT OR IGNORE INTO wording VALUES (?, ?, ?, ?, ?)",
            [(key, *wording) for key, wording in wordings.items()],
        )

    def take_counted(
        self,
        rows: Iterable[tuple[Any, ...]],
        wordings: dict[str, tuple[Any, ...]],
        settle: Callable[[sqlite3.Connection], None],
        extra: dict[str, Any],
    ) -> None:
        """The findings on counts; what they were counted from goes, and with it the key of the groups.

        `wordings` may fill up while `rows` are read; `settle` then says what a baseline waives; `extra` is
        added to the manifest.
        """
        with self.writing() as base:
            base.executemany(f"INSERT INTO finding VALUES ({_marks(28)})", rows)  # noqa: S608
            base.execute(
                "INSERT INTO old SELECT unit, nr, f.seq, c.entry FROM contact c JOIN finding f "
                "USING (unit, nr, rule) WHERE c.entry > 0 AND f.seq >= ?",
                (COUNTED_FROM,),
            )
            settle(base)
            self.take_wordings(base, wordings)
            base.execute(
                "UPDATE document SET worst = coalesce((SELECT max(severity) FROM finding f WHERE f.unit = "
                "document.unit AND f.nr = document.nr AND f.waived IS NULL), 0) WHERE (unit, nr) IN "
                "(SELECT unit, nr FROM finding WHERE seq >= ? UNION SELECT unit, nr FROM old)",
                (COUNTED_FROM,),
            )
            base.execute(
                "DELETE FROM dialogue WHERE (unit, nr) IN (SELECT unit, nr FROM old JOIN document "
                "USING (unit, nr) WHERE worst = 0)"
            )
            base.execute("DELETE FROM old")
            base.execute("DELETE FROM contact")
            base.execute("DELETE FROM manifest WHERE name = 'secret'")
            _tell(base, extra)

    def dump(self) -> Iterator[str]:
        """What lasts of the store, a row a line in the order of its keys; for comparing two runs."""
        for table in LASTING:
            for row in self.rows(f"SELECT * FROM {table}"):  # noqa: S608
                yield f"{table} {json.dumps(row, ensure_ascii=False)}"


def _tell(base: sqlite3.Connection, values: dict[str, Any]) -> None:
    base.executemany(
        "INSERT INTO manifest VALUES (?, ?)",
        [(name, json.dumps(value, ensure_ascii=False, sort_keys=True)) for name, value in values.items()],
    )


def _insert(base: sqlite3.Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        base.executemany(f"INSERT INTO {table} VALUES ({_marks(len(rows[0]))})", rows)  # noqa: S608


def _marks(number: int) -> str:
    return ",".join("?" * number)


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(os.path.abspath(path))
