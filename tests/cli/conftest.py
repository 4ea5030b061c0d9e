"""A small rule folder of the tests' own, a private cache, and ways to call the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from collectlint.cli.root import root

ROOT = Path(__file__).parents[2]
RULES = ROOT / "tests" / "fixtures" / "rules"


@pytest.fixture(autouse=True)
def _private(tmp_path: Path, stocked: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLLECTLINT_CACHE_DIR", str(stocked(tmp_path / "cache")))
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def rules() -> Path:
    return RULES


@pytest.fixture
def demo() -> Path:
    return ROOT / "corpora" / "formats" / "demo"


@pytest.fixture
def call() -> Callable[..., Result]:
    """Run the command line inside this process; `--rules` and `--as-of` are filled in for `check`."""

    def run(*args: object, stdin: str | bytes | None = None) -> Result:
        words = [str(arg) for arg in args]
        if words[0] == "check":
            words[1:1] = ["--as-of", "2026-11-22"]
            if "--rules" not in words:
                words[1:1] = ["--rules", str(RULES)]
        return CliRunner().invoke(root, words, input=stdin)

    return run


@pytest.fixture
def spawn(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run the command line as a process of its own."""

    def run(
        *args: object, stdin: bytes = b"", env: dict[str, str] | None = None, shell: str = ""
    ) -> subprocess.CompletedProcess[bytes]:
        words = [sys.executable, "-m", "collectlint", *map(str, args)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **(env or {})}
        if shell:
            import shlex

            return subprocess.run(
                ["sh", "-c", f"{shlex.join(words)} {shell}"],
                input=stdin, capture_output=True, env=environment, cwd=ROOT, timeout=60, check=False,
            )  # fmt: skip
        return subprocess.run(
            words, input=stdin, capture_output=True, env=environment, cwd=ROOT, timeout=60, check=False
        )

    return run
