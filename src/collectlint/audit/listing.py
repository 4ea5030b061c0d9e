"""Inputs and units of a run on disk while it runs, so that a million files take no memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from types import TracebackType

from collectlint.audit.units import Found, Input, Part, Unit
from collectlint.finding import Failure
from collectlint.readers.slices import Slice


class Listing:
    """A nameless temporary database: real paths are in it and in no file of the run."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE input (file INTEGER PRIMARY KEY, path, sha256, bytes);"
            "CREATE TABLE unit (unit INTEGER PRIMARY KEY, weight INTEGER, work); BEGIN"
        )
        self._files = 0
        self._bytes = 0

    def __enter__(self) -> Listing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    @property
    def size(self) -> tuple[int, int]:
        """(files, bytes)."""
        return self._files, self._bytes

    def add(self, one: Found) -> None:
        if isinstance(one, Input):
            self._files += 1
            self._bytes += one.bytes
            self._base.execute("INSERT INTO input VALUES (?, ?, ?, ?)", _encodable(one))
        else:
            work = json.dumps([one.parts, one.failures])
            self._base.execute("INSERT INTO unit VALUES (?, ?, ?)", (one.unit, one.weight, work))

    def inputs(self) -> Iterator[Input]:
        yield from map(Input._make, self._base.execute("SELECT * FROM input ORDER BY file"))

    def units(self, done: set[int]) -> Iterator[Unit]:
        """The units that are not done, in order."""
        for unit, work in self._base.execute("SELECT unit, work FROM unit ORDER BY unit"):
            if unit not in done:
                yield _unit(unit, work)

    def unit(self, number: int) -> Unit:
        (work,) = self._base.execute("SELECT work FROM unit WHERE unit = ?", (number,)).fetchone()
        return _unit(number, work)

    def weights(self, done: set[int]) -> tuple[int, int]:
        """(all, done) in bytes."""
        total = before = 0
        for unit, weight in self._base.execute("SELECT unit, weight FROM unit"):
            total += weight
            before += weight if unit in done else 0
        return total, before


def _encodable(one: Input) -> Input:
    return one._replace(path=one.path.encode("utf-8", "replace").decode())


def _unit(number: int, work: str) -> Unit:
    parts, failures = json.loads(work)
    return Unit(
        number,
        tuple(Part(file, Slice._make(piece)) for file, piece in parts),
        tuple(map(Failure._make, failures)),
    )
