"""`check --watch` in a process of its own: a change is checked anew, faults do not end it, Ctrl+C does."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")
SOURCE = Path(__file__).parents[2] / "src"
RULES = str(SOURCE.parent / "tests" / "fixtures" / "rules")
PATIENCE = 60  # seconds


class Watch:
    """A running watch; `until` reads its output up to a word, `rounds` counts reports."""

    def __init__(self, folder: Path, *more: str) -> None:
        command = [
            sys.executable,
            "-u",
            "-m",
            "collectlint",
            "check",
            ".",
            "--watch",
            "--rules",
            RULES,
            *more,
        ]
        environment = {
            **os.environ,
            "PYTHONPATH": str(SOURCE),
            "COLLECTLINT_CACHE_DIR": str(folder / ".cache"),
        }
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._pumping = threading.Thread(target=self._pump, daemon=True)
        self._pumping.start()

    def _pump(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self._lines.put(line.decode())

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self._pumping.join(PATIENCE)

    def report(self) -> str:
        """What is written until the watch waits again."""
        told = ""
        while "等待改动" not in told:
            told += self._lines.get(timeout=PATIENCE)
        return told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("您好\n", encoding="utf-8")
    (tmp_path / "collectlint.yaml").write_text("fail_on: error\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def watch(folder: Path) -> Iterator[Watch]:
    running = Watch(folder, "-o", "json=report.json")
    yield running
    running.end()


def test_changes_are_seen_and_the_end_is_130(watch: Watch, folder: Path) -> None:
    assert "未发现问题" in watch.report()
    (folder / "a.txt").write_text("再不还钱就爆你通讯录\n", encoding="utf-8")
    assert "爆你通讯录" in watch.report()
    (folder / "collectlint.yaml").write_text("fail_onn: error\n", encoding="utf-8")
    assert "fail_on" in watch.report()
    (folder / "collectlint.yaml").write_text("fail_on: error\n", encoding="utf-8")
    assert "爆你通讯录" in watch.report()
    (folder / "a.txt").write_text("您好，谢谢\n", encoding="utf-8")
    assert "未发现问题" in watch.report()
    watch.process.send_signal(signal.SIGINT)
    assert watch.process.wait(PATIENCE) == 130
    assert "".join(watch._lines.queue).strip() == "已中断"  # its own report is no change


def test_what_is_hidden_is_no_change(watch: Watch, folder: Path) -> None:
    watch.report()
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "results-0").write_text("x", encoding="utf-8")
    (folder / ".a.swp").write_text("x", encoding="utf-8")
    time.sleep(1.5)  # more than the watch waits for an editor
    assert watch._lines.empty()


def test_terminated(watch: Watch) -> None:
    watch.report()
    watch.process.terminate()
    assert watch.process.wait(PATIENCE) == 143
