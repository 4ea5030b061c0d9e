"""Runs the command line in a process of its own that may take 5 seconds of processor and 500 MB."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = 5
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
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled rules are kept between the tests, as they are between runs."""
    return tmp_path_factory.mktemp("cache")


def _wait(process: int) -> tuple[int, int, resource.struct_rusage]:
    """Like `os.wait4`; a process that only waits (for a pipe) is ended after a minute."""
    for _ in range(1_200):
        ended = os.wait4(process, os.WNOHANG)
        if ended[0]:
            return ended
        time.sleep(0.05)
    os.kill(process, signal.SIGKILL)
    return os.wait4(process, 0)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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
        words = [sys.executable, "-m", "collectlint", *map(str, args)]
        out, err = cwd / ".out", cwd / ".err"
        with out.open("wb") as stdout, err.open("wb") as stderr, subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=stdout, stderr=stderr, cwd=cwd, env=environment,
            preexec_fn=_limit,
        ) as process:  # fmt: skip
            assert process.stdin is not None
            try:
                process.stdin.write(stdin)
                process.stdin.close()
            except BrokenPipeError:
                pass
            _, status, usage = _wait(process.pid)
            process.returncode = os.waitstatus_to_exitcode(status)
        ended = Ended(process.returncode, out.read_bytes(), err.read_bytes(), usage.ru_maxrss << 10)
        out.unlink()
        err.unlink()
        assert ended.code not in (-signal.SIGXCPU, -signal.SIGKILL), f"more than {SECONDS} s: {args}"
        assert ended.code >= 0, (ended.code, ended.stderr[-2000:])
        assert ended.peak < MEMORY, f"{ended.peak >> 20} MB"
        assert b"Traceback" not in ended.stderr, ended.stderr.decode()
        return ended

    run("check", "-t", "您好")  # compiles the rules once
    return run
