"""A shell with stand-ins for pip and an installed collectlint, and a template repository of git."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
THREAT = "再不还钱就爆你通讯录"
OTHER_THREAT = "不还钱就把你家砸了"
Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "commit.gpgsign=false")

    def run(*words: str, folder: Path) -> str:
        command = ["git", *identity, *words]
        return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()

    return run


@pytest.fixture
def templates(tmp_path: Path, git: Git) -> Path:
    """A repository with an old violation committed and a new one staged."""
    folder = tmp_path / "work"
    (folder / "templates").mkdir(parents=True)
    git("init", "-q", "-b", "main", folder=folder)
    file = folder / "templates" / "sms.md"
    file.write_text(f"- {THREAT}\n\n\n\n- 您好\n", encoding="utf-8")
    git("add", ".", folder=folder)
    git("commit", "-qm", "one", folder=folder)
    file.write_text(f"- {THREAT}\n\n\n\n- {OTHER_THREAT}\n", encoding="utf-8")
    git("add", ".", folder=folder)
    return folder


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """Programs in the place of those that a runner has; each writes down how it was called."""
    folder = tmp_path / "tools"
    folder.mkdir()
    log = tmp_path / "calls.log"
    calls = {
        "collectlint": f'PYTHONPATH="{ROOT / "src"}" exec "{sys.executable}" -m collectlint "$@"',
        "pip": "exit 0",
        "python": 'if [ "$2" = venv ]; then mkdir -p "$3/bin"; '
        f'cp "{folder}/python" "{folder}/collectlint" "$3/bin/"; fi',
    }
    for name, body in calls.items():
        file = folder / name
        file.write_text(f'#!/bin/sh\necho {name} "$@" >> "{log}"\n{body}\n', encoding="utf-8")
        file.chmod(0o755)
    return folder


@pytest.fixture
def checked() -> Callable[..., None]:
    """Holds a file against a schema, with the words of check-jsonschema."""

    def check(*words: str) -> None:
        command = [sys.executable, "-m", "check_jsonschema", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout

    return check


class Done:
    """What a piece of shell did."""

    def __init__(self, result: subprocess.CompletedProcess[str], log: Path) -> None:
        self.code = result.returncode
        self.out = result.stdout
        self.err = result.stderr
        self.calls = log.read_text(encoding="utf-8").splitlines() if log.exists() else []


Shell = Callable[..., Done]


@pytest.fixture
def shell(tmp_path: Path, tools: Path) -> Shell:
    """Runs a script as a runner does, the stand-ins first on the path."""

    def run(program: tuple[str, ...], script: str, folder: Path, **environment: str) -> Done:
        path = f"{environment.pop('PATH', '')}{os.pathsep}{tools}{os.pathsep}{os.environ['PATH']}"
        result = subprocess.run(
            [*program, script], cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=300,
            env={**os.environ, "PYTHONUTF8": "1", **environment, "PATH": path.lstrip(os.pathsep)},
        )  # fmt: skip
        return Done(result, tmp_path / "calls.log")

    return run
