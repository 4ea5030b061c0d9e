"""Worker processes: units go in, answers come out; a worker that dies takes nothing with it.

Every worker has a pipe of its own, of which this process holds one end only. What a killed worker has
written by half then ends there; behind the shared queue of `concurrent.futures`, whose writing end the
parent holds as well, it is waited for without end. There is no thread and no lock here, so that a signal
may come at any time.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType

from collectlint.audit.units import Unit
from collectlint.audit.worker import Answer, Order, serve

_AHEAD = 2  # units that each worker has, so that none is idle and memory stays bounded
_TRIES = 3  # of a unit, the last ones alone, before it is given up


class Crew:
    """A context manager around `jobs` workers, started as they are needed; leaving it ends every one."""

    def __init__(self, jobs: int, order: Order) -> None:
        self._places = [_Place(order) for _ in range(jobs)]

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for place in self._places:
            place.leave(at_once=kind is not None)

    def answers(self, units: Iterable[Unit]) -> Iterator[Answer]:
        """The answer to each unit, in the order of their being ready.

        A unit whose worker died is done again when all others are, alone; one that ends its worker each
        time has an answer without a batch and without a fault.
        """
        died: list[Unit] = []
        yield from self._together(units, self._places, died)
        for unit in sorted(died):
            yield self._alone(unit)

    def _together(self, units: Iterable[Unit], places: list[_Place], died: list[Unit]) -> Iterator[Answer]:
        """The answers of workers side by side; units that ended their worker are put into `died`."""
        back: list[Unit] = []  # units that had not begun when their worker died
        waiting = iter(units)
        while True:
            _hand_out(chain(_taken(back), waiting), places)
            busy = [place for place in places if place.units]
            if not busy:
                return
            ready = wait([place.pipe for place in busy])
            for place in busy:
                if place.pipe not in ready:
                    continue
                answer = place.answer()
                if answer is not None:
                    yield answer
                    continue
                begun, *others = place.leave(at_once=True)
                died.append(begun)
                back.extend(others)

    def _alone(self, unit: Unit) -> Answer:
        for _ in range(_TRIES - 1):
            for answer in self._together([unit], self._places[:1], []):
                return answer
        return Answer(unit.unit, unit.weight, None)


class _Place:
    """A worker, or room for one: its process, our end of its pipe, and the units it has, oldest first."""

    def __init__(self, order: Order) -> None:
        self.units: deque[Unit] = deque()
        self._order = order
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    @property
    def pipe(self) -> Connection:
        """Our end; a worker is started if there is none."""
        if self._pipe is None:
            with _signals_held():  # a process half started could neither run nor be ended
                spawning = multiprocessing.get_context("spawn")
                self._pipe, theirs = spawning.Pipe()
                self._process = spawning.Process(target=serve, args=(theirs, self._order), daemon=True)
                self._process.start()
                theirs.close()
        return self._pipe

    def take(self, unit: Unit) -> None:
        """Gives the worker one more unit."""
        pipe = self.pipe
        self.units.append(unit)
        with suppress(OSError):  # it has died: told when its answer is asked for
            pipe.send(unit)

    def answer(self) -> Answer | None:
        """The answer that has come, to the oldest unit; None when the worker has died instead."""
        try:
            answer: Answer = self.pipe.recv()
        except (EOFError, OSError):
            return None
        self.units.popleft()
        return answer

    def leave(self, at_once: bool) -> list[Unit]:
        """Ends the worker; the units it had."""
        units = list(self.units)
        self.units.clear()
        process, self._process = self._process, None
        pipe, self._pipe = self._pipe, None
        if pipe is not None:
            pipe.close()  # the end of a worker that has nothing to do
        if process is not None:
            if at_once:
                process.kill()
            process.join()
        return units


def _hand_out(units: Iterator[Unit], places: list[_Place]) -> None:
    """Fills up the workers; none gets a second unit while another has none."""
    for load in range(_AHEAD):
        for place in places:
            if len(place.units) == load:
                unit = next(units, None)
                if unit is None:
                    return
                place.take(unit)


def _taken(units: list[Unit]) -> Iterator[Unit]:
    while units:
        yield units.pop()


@contextmanager
def _signals_held() -> Iterator[None]:
    """Ctrl+C and SIGTERM wait until the block is left."""
    came: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _: came.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)
        for number in came:
            signal.raise_signal(number)
