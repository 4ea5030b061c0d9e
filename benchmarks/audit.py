"""How fast is the night audit, how much memory does it take, what do two workers gain?

    python benchmarks/audit.py                                   # a small night, minutes
    python benchmarks/audit.py --messages 1000000 --transcripts 100000 --jobs 1 2 --kills 20

The inputs are made up (`night.py`, fixed seed) and written to `--folder` once.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
import night

MB = 1_000_000


class Ran(NamedTuple):
    """One run: wall seconds, peak of the parent and of the largest worker in MiB, documents, findings."""

    seconds: float
    parent: float
    worker: float
    documents: int
    findings: int


def command(inputs: list[Path], out: Path, jobs: int, unit_bytes: int) -> list[str]:
    return [
        sys.executable, "-m", "collectlint", "audit", *map(str, inputs), "--out", str(out), "--jobs",
        str(jobs), "--isolated", "--no-report", "--quiet", "--unit-bytes", str(unit_bytes),
    ]  # fmt: skip


def run(inputs: list[Path], out: Path, jobs: int, unit_bytes: int) -> Ran:
    begun = time.monotonic()
    child = subprocess.Popen(command(inputs, out, jobs, unit_bytes))
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.monotonic() - begun
    assert os.waitstatus_to_exitcode(status) == 0
    base = sqlite3.connect(out / "audit.sqlite")
    (worker,) = base.execute("SELECT max(worker_peak_kib) FROM session").fetchone()
    (documents,) = base.execute("SELECT count(*) FROM document").fetchone()
    (findings,) = base.execute("SELECT count(*) FROM finding").fetchone()
    base.close()
    return Ran(seconds, used.ru_maxrss / 1024, worker / 1024, documents, findings)


def dump(out: Path) -> list[str]:
    from collectlint.audit.store import Store

    store = Store(str(out))
    try:
        return list(store.dump())
    finally:
        store.close()


def kills(inputs: list[Path], whole: Path, folder: Path, number: int, seconds: float, unit_bytes: int) -> int:
    """Kills a run at random moments and takes it up again; how many ended as the unbroken one did."""
    rng = random.Random(night.SEED)
    wanted = dump(whole)
    same = 0
    for which in range(number):
        out = folder / f"killed-{which}"
        child = subprocess.Popen(command(inputs, out, 2, unit_bytes))
        time.sleep(rng.uniform(0.02, 0.98) * seconds)
        child.send_signal(signal.SIGKILL)
        code = child.wait()
        subprocess.run(command(inputs, out, 2, unit_bytes), check=True)
        right = dump(out) == wanted
        same += right
        print(f"kill {which + 1}: exit {code}, then {'the same' if right else 'DIFFERENT'}", flush=True)
        for path in out.iterdir():
            path.unlink()
    return same


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--transcripts", type=int, default=2_000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--unit-bytes", type=int, default=1 << 20)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="night-"))
    inputs, tenth = [], []
    for kind, number in (("messages", given.messages), ("transcripts", given.transcripts)):
        for count, group in ((number, inputs), (number // 10, tenth)):
            path = folder / f"{kind}-{count}.jsonl"
            if not path.exists():
                night.write(kind, count, str(path))
            group.append(path)
    size = sum(path.stat().st_size for path in inputs)
    print(f"{given.messages:,} messages, {given.transcripts:,} transcripts, {size / MB:.0f} MB")
    ran: dict[int, Ran] = {}
    small = run(tenth, folder / "tenth", max(given.jobs), given.unit_bytes)
    print("jobs  seconds  documents/s   MB/s  parent MiB  worker MiB  findings")
    for jobs in given.jobs:
        one = ran[jobs] = run(inputs, folder / f"whole-{jobs}", jobs, given.unit_bytes)
        rate = size / one.seconds / MB
        print(
            f"{jobs:4}  {one.seconds:7.1f}  {one.documents / one.seconds:11.0f}  {rate:5.2f}"
            f"  {one.parent:10.0f}  {one.worker:10.0f}  {one.findings:8}",
            flush=True,
        )
    most = max(given.jobs)
    print(f"{most} workers against 1: {ran[min(given.jobs)].seconds / ran[most].seconds:.2f} x")
    print(
        f"memory of all against a tenth of the input: worker {ran[most].worker / small.worker:.2f} x "
        f"({small.worker:.0f} -> {ran[most].worker:.0f} MiB), parent {ran[most].parent / small.parent:.2f} x "
        f"({small.parent:.0f} -> {ran[most].parent:.0f} MiB)"
    )
    if len(given.jobs) > 1:
        same = dump(folder / f"whole-{given.jobs[0]}") == dump(folder / f"whole-{most}")
        print(f"stores of {given.jobs[0]} and {most} workers: {'the same' if same else 'DIFFERENT'}")
        if not same:
            return 1
    if given.kills:
        right = kills(
            inputs, folder / f"whole-{most}", folder, given.kills, ran[most].seconds, given.unit_bytes
        )
        print(f"{right} of {given.kills} as if unbroken")
        return 0 if right == given.kills else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
