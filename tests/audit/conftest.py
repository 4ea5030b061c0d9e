"""A made-up night, small rules, and the audit's command line in a process of its own."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from collectlint.audit.store import Store
from collectlint.cli.root import root

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def _cache(stocked: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests: every worker of every run would compile all rules anew."""
    return stocked(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True)
def _private(_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLLECTLINT_CACHE_DIR", str(_cache))


@pytest.fixture(scope="session")
def script() -> Callable[[str], Any]:
    """A script of `benchmarks/` as a module."""

    def load(name: str) -> Any:
        folder = str(ROOT / "benchmarks")
        if folder not in sys.path:  # they import each other by name
            sys.path.append(folder)
        spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture(scope="session")
def night_script(script: Callable[[str], Any]) -> Any:
    """`benchmarks/night.py` as a module."""
    return script("night")


@pytest.fixture
def night(tmp_path: Path, night_script: Any) -> list[Path]:
    """Three hundred messages and sixty calls."""
    paths = [tmp_path / "messages.jsonl", tmp_path / "calls.jsonl"]
    night_script.write("messages", 300, str(paths[0]))
    night_script.write("transcripts", 60, str(paths[1]))
    return paths


@pytest.fixture
def audit() -> Callable[..., Result]:
    """`collectlint audit` of this process; its workers are processes of their own."""

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(root, ["audit", *map(str, arguments), "--isolated"], standalone_mode=False)

    return run


@pytest.fixture
def call() -> Callable[..., Result]:
    def run(*arguments: object) -> Result:
        return CliRunner().invoke(root, [*map(str, arguments)], standalone_mode=False)

    return run


@pytest.fixture
def started() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """`collectlint audit` as a process that a test can end."""
    begun: list[subprocess.Popen[bytes]] = []

    def run(*arguments: object, **environment: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "collectlint", "audit", *map(str, arguments), "--isolated"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **environment},
        )
        begun.append(process)
        return process

    yield run
    for process in begun:
        process.kill()
        process.communicate()


@pytest.fixture
def dump() -> Callable[[Path], list[str]]:
    """What lasts of a store."""

    def rows(folder: Path) -> list[str]:
        store = Store(str(folder))
        try:
            return list(store.dump())
        finally:
            store.close()

    return rows


@pytest.fixture
def told() -> Callable[[Path], dict[str, Any]]:
    def read(folder: Path) -> dict[str, Any]:
        summary: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        return summary

    return read
