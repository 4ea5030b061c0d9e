"""A whole run: find the inputs, judge what is not yet done, count over documents, and say how it went."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple, Protocol

from collectlint import __version__
from collectlint.audit import baseline, counts
from collectlint.audit.baseline import Baseline
from collectlint.audit.bench import Bench
from collectlint.audit.crew import Crew
from collectlint.audit.judging import Batch
from collectlint.audit.listing import Listing
from collectlint.audit.store import Done, Store
from collectlint.audit.units import Input, Unit
from collectlint.audit.worker import Order
from collectlint.errors import CollectlintError, UsageError
from collectlint.finding import Failure, Report
from collectlint.redact import mask_name, redact

_SAME = ("version", "rules_sha256", "as_of", "settings", "unit_bytes")  # or a run cannot be taken up again
_NAMES = {
    "version": "collectlint 的版本", "rules_sha256": "规则", "as_of": "--as-of", "settings": "选项或配置",
    "unit_bytes": "分段大小",
}  # fmt: skip


class StoppedError(CollectlintError):
    """The run cannot go on; what is done stays done."""

    exit_code = 3


class Progress(Protocol):
    """Whoever shows how far a run is; sizes in bytes."""

    def registering(self, files: int, size: int) -> None:
        """So many files are known by now."""

    def begun(self, total: int, done: int) -> None:
        """Of `total` bytes `done` were judged in earlier sessions."""

    def moved(self, size: int, documents: int, findings: int) -> None:
        """So much more is judged."""

    def counting(self) -> None:
        """The rules over many documents are being judged."""


class Plan(NamedTuple):
    """A run as it was asked for. `order` builds the benches of workers, `bench` is the parent's own.

    `settings` is all that changes what is found; `seed` are failures known before anything is read;
    `baseline` is what the bench asks for lines;
    `unit_bytes` is the size of a unit, about a second of one worker.
    """

    paths: tuple[str, ...]
    folder: str
    jobs: int
    bench: Bench
    order: Callable[[bytes], Order]
    settings: dict[str, Any]
    seed: tuple[Failure, ...] = ()
    baseline: Baseline | None = None
    unit_bytes: int = 1 << 20


def stored_day(folder: str) -> str | None:
    """The day whose law an unfinished or finished run in the folder holds to; None without a run."""
    from collectlint.audit.store import NAME

    if not os.path.isfile(os.path.join(folder, NAME)):
        return None
    store = Store(folder, write=True)
    try:
        return store.manifest().get("as_of")
    finally:
        store.close()


def audit(plan: Plan, progress: Progress) -> bool:
    """Runs or goes on with a run in `plan.folder`; False when it was complete already.

    Raises UsageError when the folder holds a run of other inputs, rules or settings, StoreError when
    the store cannot be written, StoppedError when an input is written to meanwhile.
    """
    _make_folder(plan.folder)
    store = Store(plan.folder, write=True)
    try:
        _sweep(plan.folder)
        secret = _begun(store, plan)
        with Listing() as listing:
            _list(plan, listing, progress)
            if _known_inputs(store, listing, plan.folder):
                store.take_inputs(_shown(listing.inputs()))
            if store.manifest().get("complete"):
                store.settle()
                return False
            with _session(store, plan.jobs) as session:
                _judge(store, plan, listing, plan.order(secret), progress, session)
                progress.counting()
                _count(store, plan, listing)
        store.settle()
        return True
    finally:
        store.close()


def _make_folder(folder: str) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise UsageError(f"建不了文件夹 {folder}：{error.strerror or error}", remedy="换一个 --out") from None


def _sweep(folder: str) -> None:
    """Removes the halves of reports whose writing was killed."""
    for half in Path(folder).glob(".*.tmp"):
        with suppress(OSError):
            half.unlink()


def _begun(store: Store, plan: Plan) -> bytes:
    """The key of this run's groups; raises UsageError when the store holds another run."""
    bench = plan.bench
    identity = {
        "version": __version__,
        "rules_sha256": bench.rulebook.sha256,
        "as_of": bench.options.as_of,
        "settings": plan.settings,
        "unit_bytes": plan.unit_bytes,
    }
    known = store.manifest()
    if "version" not in known:
        secret = token_hex(32)
        told = Report((), (), plan.seed, 0)
        store.begin({**identity, "secret": secret}, (told if bench.show_personal else redact(told)).failures)
        return bytes.fromhex(secret)
    other = [name for name in _SAME if known.get(name) != identity[name]]
    if other:
        what = "、".join(_NAMES[name] for name in other)
        raise UsageError(
            f"{plan.folder} 里是另一次审计的结果，不同之处：{what}{_changes(known, identity, other)}",
            remedy="换一个 --out，或恢复原来的写法再继续",
        )
    return bytes.fromhex(known.get("secret", ""))


def _changes(known: dict[str, Any], now: dict[str, Any], other: list[str]) -> str:
    if other != ["settings"]:
        return ""
    before, after = known["settings"], now["settings"]
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return f"（{'、'.join(names)}）"


def _list(plan: Plan, listing: Listing, progress: Progress) -> None:
    from collectlint.audit.units import found

    sitting = plan.bench.sitting()
    for one in found(plan.paths, sitting.reading, plan.unit_bytes):
        listing.add(one)
        if isinstance(one, Input):
            progress.registering(*listing.size)


def _shown(inputs: Iterator[Input]) -> Iterator[Input]:
    return (one._replace(path=mask_name(one.path)) for one in inputs)


def _known_inputs(store: Store, listing: Listing, folder: str) -> bool:
    """Are these the first inputs the store sees? Raises UsageError when it knows others."""
    with closing(store.rows("SELECT file, path, sha256, bytes FROM input ORDER BY file")) as known:
        before = next(known, None)
        if before is None and not store.done():
            return True
        for one in _shown(listing.inputs()):
            if before is None:
                _refuse(f"多了 {one.path}", folder)
            elif tuple(before) != tuple(one):
                same = before[1] == one.path
                _refuse(f"{one.path} 的内容变了" if same else f"原为 {before[1]}，现为 {one.path}", folder)
            before = next(known, None)
        if before is not None:
            _refuse(f"少了 {before[1]}", folder)
    return False


def _refuse(what: str, folder: str) -> None:
    raise UsageError(
        f"输入与 {folder} 里已开始的审计不同：{what}", remedy="换一个 --out 重新审计，或恢复原来的输入再继续"
    )


class _Session:
    """What this process did, for the table of sessions."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.peak = 0
        self.units = 0
        self.bytes = 0


@contextmanager
def _session(store: Store, jobs: int) -> Iterator[_Session]:
    with store.writing() as base:
        number = base.execute("INSERT INTO session (started, jobs) VALUES (?, ?)", (_now(), jobs)).lastrowid
    session = _Session(int(number or 0))
    begun = time.monotonic()
    try:
        yield session
    except BaseException:
        with suppress(CollectlintError):  # the store may be what broke
            _note(store, session, time.monotonic() - begun, "broken off")
        raise
    _note(store, session, time.monotonic() - begun, "complete")


def _note(store: Store, session: _Session, seconds: float, outcome: str) -> None:
    with store.writing() as base:
        base.execute(
            "UPDATE session SET ended = ?, seconds = ?, units = ?, bytes = ?, worker_peak_kib = ?, "
            "outcome = ? WHERE session = ?",
            (_now(), round(seconds, 3), session.units, session.bytes, session.peak, outcome, session.number),
        )


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _judge(
    store: Store, plan: Plan, listing: Listing, order: Order, progress: Progress, session: _Session
) -> None:
    done = store.done()
    total, before = listing.weights(done)
    progress.begun(total, before)
    with Crew(plan.jobs, order) as crew:
        for answer in crew.answers(listing.units(done)):
            if answer.fault:
                raise StoppedError(answer.fault, remedy="已完成的部分都在；恢复原状后用同一条命令继续")
            batch = answer.batch if answer.batch is not None else _lost(listing.unit(answer.unit))
            store.take(Done(answer.unit, answer.weight, batch))
            session.peak = max(session.peak, answer.peak_kib)
            session.units += 1
            session.bytes += answer.weight
            progress.moved(answer.weight, len(batch.documents), len(batch.findings))


def _lost(unit: Unit) -> Batch:
    """A unit that ended its worker each time it was tried."""
    from collectlint.readers import files

    failures = [
        Failure(
            mask_name(files.shown(part.slice.path)), part.slice.first,
            "判定这一段时工作进程一再意外退出（内存不足？），这一段未检查", "请拆分文件或加大内存后另行检查",
        )
        for part in unit.parts
    ]  # fmt: skip
    none = {"sampled_out": 0, "other_days": 0, "undated": 0}
    return Batch([], [], {}, [], {}, failures, [], none)


def _count(store: Store, plan: Plan, listing: Listing) -> None:
    wordings: dict[str, tuple[Any, ...]] = {}

    def settle(base: sqlite3.Connection) -> None:
        if plan.baseline is not None:
            baseline.settle(base, plan.baseline, listing.inputs, plan.bench.show_personal, wordings)

    found = counts.counted(store, plan.bench, wordings)
    store.take_counted(found, wordings, settle, {"complete": True})
