"""Runs the command line in a process of its own that may take 5 seconds of processor and 500 MB."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
MEASURED = Path(__file__).with_name("measured.py")
MEMORY = 500 << 20
THREAT = "再不还钱就爆你通讯录,让你全村都知道"


class Ended(NamedTuple):
    """How a process ended, and what it said."""

    code: int
    stdout: bytes
    stderr: bytes
    peak: int

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.stdout)
        return found


Bounded = Callable[..., Ended]


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory, stocked: Callable[[Path], Path]) -> Path:
    """The compiled rules are kept between the tests, as they are between runs."""
    return stocked(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def bounded(tmp_path: Path, shared_cache: Path) -> Bounded:
    """`collectlint ARGUMENTS` within the limits; fails the test when they are exceeded."""

    def run(
        *args: object, stdin: bytes = b"", cwd: Path = tmp_path, env: dict[str, str] | None = None
    ) -> Ended:
        environment = {
            **{name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")},
            "PYTHONPATH": str(ROOT / "src"),
            "COLLECTLINT_CACHE_DIR": str(shared_cache),
            **(env or {}),
        }
        out, err, told = cwd / ".out", cwd / ".err", cwd / ".told"
        words = [sys.executable, "-S", MEASURED, told, sys.executable, "-m", "collectlint", *args]
        with out.open("wb") as stdout, err.open("wb") as stderr:
            subprocess.run(
                [str(word) for word in words], input=stdin, stdout=stdout, stderr=stderr, cwd=cwd,
                env=environment, check=True,
            )  # fmt: skip
        status, peak = map(int, told.read_text(encoding="ascii").split())
        ended = Ended(os.waitstatus_to_exitcode(status), out.read_bytes(), err.read_bytes(), peak)
        for file in (out, err, told):
            file.unlink()
        assert ended.code not in (-signal.SIGXCPU, -signal.SIGKILL), f"too long: {args}"
        assert ended.code >= 0, (ended.code, ended.stderr[-2000:])
        assert ended.peak < MEMORY, f"{ended.peak >> 20} MB"
        assert b"Traceback" not in ended.stderr, ended.stderr.decode()
        return ended

    run("check", "-t", "您好")  # compiles the rules once
    return run
