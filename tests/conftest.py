"""The shipped rules and the tests' own compiled once for all tests of a worker, in a cache of their own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

RULES = Path(__file__).parent / "fixtures" / "rules"


# How long an example takes is no property of the code: the first one may import a library without byte code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_configure() -> None:
    """What a shell begins with & ignores an interrupt, and so would all that the tests begin."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def cache_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The cache wherever a test names none: never that of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache_of_all")
        patch.setenv("COLLECTLINT_CACHE_DIR", str(folder))
        yield folder


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Makes a cache folder at a place, in which both sets of rules lie compiled (3 seconds otherwise)."""
    from click.testing import CliRunner

    from collectlint.cli.root import root

    compiled = tmp_path_factory.mktemp("compiled")
    environment = {"COLLECTLINT_CACHE_DIR": str(compiled)}
    for rules in ([], ["--rules", str(RULES)]):
        words = ["check", "-t", "您好", "--isolated", "--as-of", "2026-11-22", *rules]
        assert CliRunner(env=environment).invoke(root, words).exit_code in (0, 3)

    def stock(place: Path) -> Path:
        # Links, not copies: a cache is never written in place, and there are a thousand of them.
        shutil.copytree(compiled, place, copy_function=os.link, dirs_exist_ok=True)
        place.chmod(0o700)
        return place

    return stock


def _bare_start() -> float:
    """Seconds in which an interpreter starts and ends that does nothing: 0.02 on an idle machine."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-S", "-c", ""], check=True)
    return time.monotonic() - began


@pytest.fixture(scope="session")
def ended_by() -> Callable[[subprocess.Popen[bytes], int], bytes]:
    """Sends a signal; what the process says on stderr when it has ended, as it must within two seconds.

    By the clock, for processor time would not see a process that waits. A machine with other work gives
    everybody less: the ten starts of a bare interpreter that are allowed on top are a fifth of a second when
    it is idle, and grow with its load.
    """

    def end(process: subprocess.Popen[bytes], number: int) -> bytes:
        sent = time.monotonic()
        process.send_signal(number)
        _, complaint = process.communicate(timeout=60)
        took = time.monotonic() - sent
        if took > 2:
            assert took < 2 + 10 * _bare_start(), complaint.decode()
        return complaint

    return end
