"""A worker process: built once, then a unit at a time; it ends with its pipe, and so with its parent."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, NamedTuple

from collectlint.audit.bench import Bench, Items, Sitting
from collectlint.audit.judging import Batch, Placed, judged_documents
from collectlint.audit.units import Part, Unit
from collectlint.document import Document
from collectlint.errors import InputError, cause_of
from collectlint.finding import Failure
from collectlint.readers import files, slices
from collectlint.readers.settings import ReadSettings

# Judging makes hardly any cycles: at Python's own thresholds 6-12 % of the time went into looking for some.
_THRESHOLDS = (50_000, 20, 20)


class Order(NamedTuple):
    """How a worker builds its bench; `make` is a function of a module, `call` plain data.

    `rules` is the digest of the rules that the parent has read.
    """

    make: Callable[[Any], Bench]
    call: Any
    rules: str


class Answer(NamedTuple):
    """What a unit gave. With `fault` the run cannot go on; `peak_kib` is the worker's peak memory."""

    unit: int
    weight: int
    batch: Batch | None
    fault: str = ""
    peak_kib: int = 0


def serve(pipe: Connection, order: Order) -> None:
    """A worker's life: units come through the pipe, answers go back, until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.set_threshold(*_THRESHOLDS)
    units: SimpleQueue[Unit] = SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, units), daemon=True).start()
    bench = _bench_of(order)
    _answer(pipe, _work(units.get(), bench))
    gc.collect()
    gc.freeze()  # rules and models are there for good now: they are not looked through again
    while True:
        _answer(pipe, _work(units.get(), bench))


def _receive(pipe: Connection, units: SimpleQueue[Unit]) -> None:
    """Reads on while a unit is judged: the parent never waits to be rid of one, and its death is noticed."""
    try:
        while True:
            units.put(pipe.recv())
    except (EOFError, OSError):
        os._exit(1)


def _answer(pipe: Connection, answer: Answer) -> None:
    try:
        pipe.send(answer)
    except OSError:
        os._exit(1)


def _bench_of(order: Order) -> Bench | str:
    """The bench, or why there is none, which the first unit will tell."""
    try:
        bench = order.make(order.call)
    except Exception as error:
        return f"工作进程未能就绪：{getattr(error, 'message', '') or cause_of(error)}"
    return bench if bench.rulebook.sha256 == order.rules else "规则在审计途中被改动"


def _work(unit: Unit, bench: Bench | str) -> Answer:
    """One unit, judged. What nobody foresaw is a fault, but for want of memory: that is the crew's affair."""
    if isinstance(bench, str):
        return Answer(unit.unit, unit.weight, None, bench)
    try:
        batch = judged_unit(unit, bench)
    except slices.ChangedError as error:
        return Answer(unit.unit, unit.weight, None, error.message)
    except MemoryError:
        os._exit(1)  # alone, it may have enough
    except Exception as error:
        return Answer(unit.unit, unit.weight, None, f"工作进程内部错误：{cause_of(error)}，请报告给维护者")
    return Answer(unit.unit, unit.weight, batch, "", peak_kib())


def judged_unit(unit: Unit, bench: Bench) -> Batch:
    """All documents of a unit, judged; raises ChangedError when a file is not what it was."""
    sitting = bench.sitting()
    return judged_documents(_items(unit, sitting), bench, sitting)


def _items(unit: Unit, sitting: Sitting) -> Iterator[Placed | Failure]:
    yield from unit.failures
    for part in unit.parts:
        settings = sitting.reading(files.shown(part.slice.path))
        if settings is not None:
            for item in sitting.prepared(_read(part, settings)):
                yield Placed(part.file, item) if isinstance(item, Document) else item


def _read(part: Part, settings: ReadSettings) -> Items:
    try:
        yield from slices.read(part.slice, settings)
    except InputError:
        raise
    except Exception as error:
        yield Failure(
            files.shown(part.slice.path), part.slice.first, f"读取时发生内部错误 {cause_of(error)}",
            "其后的内容未检查，请报告给维护者",
        )  # fmt: skip


def peak_kib() -> int:
    """Peak resident memory of this process in KiB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    import sys

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak
