"""Worker processes: units go in, answers come out; a worker that dies takes nothing with it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from types import TracebackType

from collectlint.audit.units import Unit
from collectlint.audit.worker import Answer, Order, start, work

_AHEAD = 2  # units that wait for each worker, so that none is idle and memory stays bounded
_TRIES = 2  # of a unit alone, before it is given up


class Lost(Exception):
    """Units that were under way when a worker died."""

    def __init__(self, units: list[Unit]) -> None:
        super().__init__()
        self.units = units


class Crew:
    """A context manager around a pool; leaving it ends every worker."""

    def __init__(self, jobs: int, order: Order) -> None:
        self._jobs = jobs
        self._order = order
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end(kind is not None)

    def _end(self, at_once: bool) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        if at_once:
            for child in multiprocessing.active_children():
                with suppress(Exception):  # one whose start was broken off has no process yet
                    child.terminate()
        with suppress(Exception):
            pool.shutdown(wait=True, cancel_futures=True)

    def _opened(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._jobs, multiprocessing.get_context("spawn"), initializer=start, initargs=(self._order,)
            )
        return self._pool

    def answers(self, units: Iterable[Unit]) -> Iterator[Answer]:
        """The answer to each unit, in the order of their being ready.

        Units that were under way when a worker died are done again one by one; one that kills its
        worker each time has an answer without a batch and without a fault.
        """
        waiting = iter(units)
        while True:
            try:
                yield from self._together(waiting)
                return
            except Lost as lost:
                self._end(True)
                for unit in sorted(lost.units):
                    yield self._alone(unit)

    def _together(self, waiting: Iterator[Unit]) -> Iterator[Answer]:
        under_way: dict[int, Unit] = {}
        futures: set[Future[Answer]] = set()
        try:
            while True:
                while len(futures) < self._jobs * _AHEAD and (unit := next(waiting, None)) is not None:
                    under_way[unit.unit] = unit
                    futures.add(self._opened().submit(work, unit))
                if not futures:
                    return
                ready, futures = wait(futures, return_when=FIRST_COMPLETED)
                for future in ready:
                    answer = future.result()
                    del under_way[answer.unit]
                    yield answer
        except BrokenProcessPool:
            raise Lost(list(under_way.values())) from None

    def _alone(self, unit: Unit) -> Answer:
        for _ in range(_TRIES):
            try:
                return self._opened().submit(work, unit).result()
            except BrokenProcessPool:
                self._end(True)
        return Answer(unit.unit, unit.weight, None)
