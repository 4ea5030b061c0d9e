"""Rows that do not fit into memory come back in order, from files that leave nothing behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint import spill
from collectlint.spill import FANNED, Spill


@given(st.lists(st.tuples(st.text(max_size=3), st.integers(-9, 9))), st.integers(1, 7))
def test_rows_come_sorted_whatever_is_held(rows: list[tuple[str, int]], held: int) -> None:
    store = Spill(held)
    wanted = []
    for number, row in enumerate(rows):
        store.add([*row, number, None])
        wanted.append([*row, number, None])
    assert list(store.rows()) == sorted(wanted, key=lambda row: row[:3])
    assert list(store.rows()) == []


def test_few_files_are_open_for_many_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Spill(1)
    most = 0
    for number in random.Random(2).sample(range(3000), 3000):
        store.add([number])
        most = max(most, len(store._runs))
    assert most <= FANNED * 3
    assert [row[0] for row in store.rows()] == list(range(3000))


def test_the_files_lie_in_the_private_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private = tmp_path / "private"
    monkeypatch.setenv("COLLECTLINT_CACHE_DIR", str(private))
    folders: list[Any] = []
    made = tempfile.TemporaryFile

    def watched(*args: Any, **options: Any) -> Any:
        folders.append(options["dir"])
        return made(*args, **options)

    monkeypatch.setattr(tempfile, "TemporaryFile", watched)
    store = Spill(2)
    for number in range(9):
        store.add([number])
    assert set(folders) == {str(private)}
    assert list(private.iterdir()) == []  # nameless
    assert len(list(store.rows())) == 9


CHILD = """
import sys
from collectlint.spill import Spill
store = Spill(100)
for number in range(1000):
    store.add([number, "文字"])
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_process_leaves_nothing(tmp_path: Path) -> None:
    shared, private = tmp_path / "tmp", tmp_path / "private"
    shared.mkdir()
    source = str(Path(spill.__file__).parents[1])
    environment = {
        **os.environ,
        "PYTHONPATH": source,
        "TMPDIR": str(shared),
        "COLLECTLINT_CACHE_DIR": str(private),
    }
    words = [sys.executable, "-c", CHILD]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert list(shared.iterdir()) == list(private.iterdir()) == []
