"""The same reports from every Python that is installed: `python tools/same_bytes.py`.

Looks for python3.11 to python3.14 on the path and among pyenv's, makes an environment of the locked packages
for each version that is not this one (in `build/pythons`), lets each check and audit the same small set, and
compares the bytes. Exit code 1 when they differ; with no other version it says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "build" / "pythons"
VERSIONS = [f"3.{minor}" for minor in range(11, 15)]
FORMATS = ("json", "jsonl", "sarif", "junit", "checkstyle", "csv", "markdown", "gitlab", "rdjson", "rdjsonl")
STORED = ("findings.csv", "findings.jsonl", "summary.md")  # what needs no extra


def version_of(program: str | Path) -> str:
    """`3.12` of a program that is a Python, else nothing: pyenv leaves commands that only say no."""
    code = "import sys; print('{}.{}'.format(*sys.version_info))"
    try:
        told = subprocess.run([program, "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return told.stdout.strip() if not told.returncode else ""


def candidates() -> Iterator[str | Path]:
    for version in VERSIONS:
        if (program := shutil.which(f"python{version}")) is not None:
            yield program
    if (pyenv := shutil.which("pyenv")) is not None:
        root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=True).stdout.strip()
        yield from sorted(Path(root, "versions").glob("*/bin/python"))


def others() -> dict[str, str | Path]:
    """A program for each version but this one."""
    found: dict[str, str | Path] = {}
    for program in candidates():
        version = version_of(program)
        if version in VERSIONS and version != f"3.{sys.version_info.minor}":
            found.setdefault(version, program)
    return found


def environment(version: str, program: str | Path) -> Path:
    """The Python of an environment with the locked packages."""
    folder = PLACE / version
    python = folder / "bin" / "python"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([program, "-m", "venv", folder], check=True)
        words = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([*words, "-r", ROOT / "requirements" / "run.txt"], check=True, capture_output=True)
        (folder / "done").touch()
    return python


def reports(python: str | Path, folder: Path) -> dict[str, bytes]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    own = {"PYTHONPATH": str(ROOT / "src"), "COLLECTLINT_CACHE_DIR": str(folder / "cache")}
    outputs = [word for name in FORMATS for word in ("-o", f"{name}={folder / name}")]
    rest = ["corpora/formats/demo", "--as-of", "2026-11-22", "--isolated", "-q"]
    for words in (
        ["check", *outputs, "--fail-on", "never"],
        ["audit", "--out", str(folder / "audit"), "--jobs", "2"],
    ):
        ended = subprocess.run(
            [python, "-m", "collectlint", *words, *rest],
            cwd=ROOT,
            env={**os.environ, **own},
            capture_output=True,
        )
        assert ended.returncode in (0, 3), ended.stderr.decode()
    files = [*(folder / name for name in FORMATS), *(folder / "audit" / name for name in STORED)]
    return {path.name: path.read_bytes() for path in files}


def main() -> int:
    found = others()
    if not found:
        print("SKIPPED: no other Python from 3.11 on is installed")
        return 0
    with ThreadPoolExecutor(2) as both:
        pythons = dict(zip(found, both.map(environment, found, found.values()), strict=True))
    here = f"3.{sys.version_info.minor}"
    wanted = reports(sys.executable, PLACE / f"reports-{here}")
    wrong = 0
    for version, python in pythons.items():
        made = reports(python, PLACE / f"reports-{version}")
        different = [name for name in wanted if made[name] != wanted[name]]
        wrong += bool(different)
        told = f"DIFFERENT: {', '.join(different)}" if different else f"{len(wanted)} equal files"
        print(f"{here} and {version}: {told}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
