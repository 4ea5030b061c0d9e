"""A worker process: built once, then a unit at a time; it ends itself when the parent has died."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from collectlint.audit.bench import Bench, Items, Sitting
from collectlint.audit.judging import Batch, Placed, judged_documents
from collectlint.audit.units import Part, Unit
from collectlint.document import Document
from collectlint.errors import InputError, cause_of
from collectlint.finding import Failure
from collectlint.readers import files, slices
from collectlint.readers.settings import ReadSettings

_LOOK_EVERY = 0.5  # seconds
# Judging makes hardly any cycles: at Python's own thresholds 6-12 % of the time went into looking for some.
_THRESHOLDS = (50_000, 20, 20)

_bench: Bench | None = None
_fault = ""
_warm = False


class Order(NamedTuple):
    """How a worker builds its bench; `make` is a function of a module, `call` plain data.

    `rules` is the digest of the rules that the parent has read.
    """

    make: Callable[[Any], Bench]
    call: Any
    rules: str
    parent: int


class Answer(NamedTuple):
    """What a unit gave. With `fault` the run cannot go on; `peak_kib` is the worker's peak memory."""

    unit: int
    weight: int
    batch: Batch | None
    fault: str = ""
    peak_kib: int = 0


def start(order: Order) -> None:
    """Begins a worker; what goes wrong is told by its first unit."""
    global _bench, _fault
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.set_threshold(*_THRESHOLDS)
    threading.Thread(target=_follow, args=(order.parent,), daemon=True).start()
    try:
        bench = order.make(order.call)
        if bench.rulebook.sha256 != order.rules:
            _fault = "规则在审计途中被改动"
        _bench = bench
    except Exception as error:
        _fault = f"工作进程未能就绪：{getattr(error, 'message', '') or cause_of(error)}"


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY)
    os._exit(1)


def work(unit: Unit) -> Answer:
    """One unit, judged."""
    if _bench is None or _fault:
        return Answer(unit.unit, unit.weight, None, _fault or "工作进程未能就绪")
    try:
        batch = judged_unit(unit, _bench)
    except slices.ChangedError as error:
        return Answer(unit.unit, unit.weight, None, error.message)
    _keep()
    return Answer(unit.unit, unit.weight, batch, "", peak_kib())


def _keep() -> None:
    """After the first unit rules and models are there for good: they are not looked through again."""
    global _warm
    if not _warm:
        gc.collect()
        gc.freeze()
        _warm = True


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
