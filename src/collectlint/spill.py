"""Rows in order without holding them: sorted runs in nameless files of the private folder, then merged.

Memory is that of `HELD` rows and of the read buffers of a few dozen files, however many rows there are.
The files have no name from the start (or lose it once open), so nothing is left even by a killed process.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

from collectlint import cache

HELD = 20_000  # rows in memory
FANNED = 16  # runs of one level that are merged into one of the next


class _Run(NamedTuple):
    """Rows in order, one JSON list a line; merged `level` times."""

    level: int
    file: IO[str]

    def rows(self) -> Iterator[list[Any]]:
        self.file.seek(0)
        return map(json.loads, self.file)


class Spill:
    """Takes rows (lists of JSON values whose order is decided before their end) and gives them sorted."""

    def __init__(self, held: int = HELD) -> None:
        self._most = held
        self._held: list[list[Any]] = []
        self._runs: list[_Run] = []

    def add(self, row: list[Any]) -> None:
        self._held.append(row)
        if len(self._held) >= self._most:
            self._held.sort()
            self._runs.append(_written(0, self._held))
            self._held = []
            self._settle()

    def rows(self) -> Iterator[list[Any]]:
        """All rows, the least first; the store is empty afterwards."""
        self._held.sort()
        yield from heapq.merge(self._held, *(run.rows() for run in self._runs))
        for run in self._runs:
            run.file.close()
        self._held, self._runs = [], []

    def _settle(self) -> None:
        """Merges runs of one level until fewer than `FANNED` of each are open."""
        while len(self._runs) >= FANNED and self._runs[-FANNED].level == self._runs[-1].level:
            merged = self._runs[-FANNED:]
            one = _written(merged[-1].level + 1, heapq.merge(*(run.rows() for run in merged)))
            for run in merged:
                run.file.close()
            self._runs[-FANNED:] = [one]


def _written(level: int, rows: Iterable[list[Any]]) -> _Run:
    from tempfile import TemporaryFile  # most runs count too little to need a file

    folder = cache.private_dir()  # None: the system's folder for such files, nameless there too
    file = TemporaryFile("w+", encoding="ascii", newline="\n", dir=folder)  # noqa: SIM115 -- closed once merged
    for row in rows:
        file.write(json.dumps(row, separators=(",", ":")) + "\n")
    file.flush()
    return _Run(level, file)
