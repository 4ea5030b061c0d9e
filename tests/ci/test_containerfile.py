"""Containerfile: what it copies is there, and its commands build an environment that works."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "Containerfile").read_text(encoding="utf-8")
SYSTEM = ("apt-get", "useradd")  # need a machine of their own


def instructions() -> list[tuple[str, str]]:
    lines = [line for line in TEXT.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def copied() -> list[tuple[list[str], str]]:
    """Sources in the project and their target, of each COPY from outside."""
    found = []
    for word, rest in instructions():
        if word == "COPY" and not rest.startswith("--from"):
            *sources, target = rest.split()
            found.append((sources, target))
    return found


def test_what_is_copied_is_there_and_not_ignored() -> None:
    kept = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    named = {source for sources, _ in copied() for source in sources}
    assert named == kept
    assert all((ROOT / source).exists() for source in named)


def run(script: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = ["sh", "-c", script]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.slow
def test_its_commands(tmp_path: Path, templates: Path) -> None:
    build, home = tmp_path / "build", tmp_path / "home"
    build.mkdir()
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"HOME": str(home)}
    names = {"/opt/collectlint": str(tmp_path / "opt"), "/var/cache/collectlint": str(tmp_path / "cache")}

    def here(text: str) -> str:
        for name, own in names.items():
            text = text.replace(name, own)
        return text

    entry: list[str] = []
    for word, rest in instructions():
        if word == "COPY" and not rest.startswith("--from"):
            *sources, target = rest.split()
            for source in sources:
                place = build / target / source if target == "./" else build / target
                place.parent.mkdir(parents=True, exist_ok=True)
                if (ROOT / source).is_dir():
                    shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    shutil.copy(ROOT / source, place)
        elif word == "ENV":
            for pair in shlex.split(here(rest)):
                name, _, value = pair.partition("=")
                environment[name] = value.replace("$PATH", environment["PATH"])
        elif word == "RUN" and not any(name in rest for name in SYSTEM):
            done = subprocess.run(
                ["sh", "-c", here(rest)],
                cwd=build,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{rest}\n{done.stdout}{done.stderr}"
        elif word in ("ENTRYPOINT", "CMD"):
            entry += json.loads(rest)
    assert entry == ["collectlint", "check", "."]
    assert any((tmp_path / "cache").iterdir())  # the rules are compiled
    done = run(shlex.join(entry), templates, environment)
    assert done.returncode == 1, done.stderr
    assert "templates/sms.md:1:" in done.stdout
