"""The memory of an audit does not grow with its input: ten times as much here, fifty times by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from collectlint.audit.store import Store

# A small process in between: a child's peak begins with the memory of whoever forked it.
LAUNCH = """
import os, sys
child = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, *sys.argv[1:]])
_, status, used = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss)
"""
LESS, MORE = (5_000, 250_000) if os.environ.get("COLLECTLINT_FULL") == "all" else (300, 3_000)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the unit of ru_maxrss")
def test_memory_stays_flat(night_script, tmp_path: Path) -> None:
    peaks = []
    for number in (LESS, MORE):
        path, out = tmp_path / f"{number}.jsonl", tmp_path / f"out-{number}"
        night_script.write("messages", number, str(path))
        words = ["-m", "collectlint", "audit", path, "--out", out, "--jobs", 1, "--unit-bytes", 50_000]
        told = subprocess.run(
            [sys.executable, "-S", "-c", LAUNCH, *map(str, words), "--isolated", "--no-report", "-q"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        code, parent = map(int, told.split())
        assert code == 0
        store = Store(str(out))
        worker = store.one("SELECT max(worker_peak_kib) FROM session")
        assert store.one("SELECT sum(documents) FROM unit") == number
        store.close()
        peaks.append((parent, worker))
    (parent, worker), (parent_later, worker_later) = peaks
    assert worker_later < 400 << 10
    # What is remembered of common turns fills up at first.
    assert worker_later < worker * 1.25, peaks
    assert parent_later < parent * 1.25, peaks
