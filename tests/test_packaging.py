"""The rules are found, and the same, however collectlint was installed. Nothing here needs a network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
THREAT = "再不还钱就爆你通讯录,让你全村都知道"

pytestmark = pytest.mark.slow

# What an installation knows: where it lies, its rules, and whether the second reader came along.
ASK = """
import json, os, collectlint
from collectlint.rulebook.folder import load
book = load()
print(json.dumps({
    "file": collectlint.__file__,
    "version": collectlint.__version__,
    "rules": list(book.rule_ids),
    "sha256": book.sha256,
    "model": book.model is not None,
}))
"""


def python(*args: object, cwd: Path, path: object = None) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "FORCE_COLOR")
    }
    environment |= {"COLLECTLINT_CACHE_DIR": str(cwd / "cache"), "PYTHONUTF8": "1"}
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    return subprocess.run(
        [sys.executable, *map(str, args)],
        capture_output=True, encoding="utf-8", env=environment, cwd=cwd, timeout=120, check=False,
    )  # fmt: skip


def build(what: str, source: Path, into: Path) -> Path:
    into.mkdir(exist_ok=True)
    built = python("-m", "hatchling", "build", "-t", what, "-d", into, cwd=source)
    assert built.returncode == 0, built.stderr
    (made,) = into.iterdir()
    return made


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def checkout(elsewhere: Path) -> dict[str, Any]:
    """What a checkout answers; everything else must answer the same."""
    return answer(python("-c", ASK, cwd=elsewhere, path=ROOT / "src"))


def answer(result: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert result.returncode == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def check_installed(
    run: Callable[..., subprocess.CompletedProcess[str]], home: object, checkout: dict[str, Any]
) -> None:
    told = answer(run("-c", ASK))
    assert told["file"].startswith(str(home)), told["file"]
    assert {**told, "file": ""} == {**checkout, "file": ""}
    for words in (["-t", THREAT], ["-t", THREAT, "--format", "text"]):  # the short way and the usual one
        result = run("-m", "collectlint", "check", *words)
        assert result.returncode == 1, result.stderr
        assert "爆你通讯录" in result.stdout
        assert not result.stderr
    assert run("-m", "collectlint", "check", "-t", "我们绝不会联系您的家人").returncode == 0
    listed = run("-m", "collectlint", "rules", "list")
    assert listed.returncode == 0, listed.stderr
    assert all(rule in listed.stdout for rule in told["rules"][:3])


def test_checkout(elsewhere: Path, checkout: dict[str, Any]) -> None:
    assert len(checkout["rules"]) >= 100
    assert checkout["model"]
    check_installed(lambda *args: python(*args, cwd=elsewhere, path=ROOT / "src"), ROOT / "src", checkout)


def test_wheel(wheel: Path, elsewhere: Path, tmp_path: Path, checkout: dict[str, Any]) -> None:
    target = tmp_path / "site"
    installed = python(
        "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", target, wheel, cwd=tmp_path
    )
    assert installed.returncode == 0, installed.stderr
    check_installed(lambda *args: python(*args, cwd=elsewhere, path=target), target, checkout)


def test_wheel_as_a_zip_file(wheel: Path, elsewhere: Path, checkout: dict[str, Any]) -> None:
    check_installed(lambda *args: python(*args, cwd=elsewhere, path=wheel), wheel, checkout)


def test_editable(elsewhere: Path, tmp_path: Path, checkout: dict[str, Any]) -> None:
    made = python(
        "-c", "import sys, hatchling.build as b; print(b.build_editable(sys.argv[1]))", tmp_path, cwd=ROOT
    )
    assert made.returncode == 0, made.stderr
    site = tmp_path / "site"
    with zipfile.ZipFile(tmp_path / made.stdout.split()[-1]) as file:
        file.extractall(site)
    # Only folders of packages may name others in .pth files, so this one is made such a folder.
    (site / "sitecustomize.py").write_text(
        "import os, site, sys\n"
        "sys.path[:] = [one for one in sys.path if not os.path.exists(f'{one}/collectlint/__init__.py')]\n"
        f"site.addsitedir({str(site)!r})\n",
        encoding="utf-8",
    )
    check_installed(lambda *args: python(*args, cwd=elsewhere, path=site), ROOT / "src", checkout)


def test_what_a_wheel_holds(wheel: Path, checkout: dict[str, Any]) -> None:
    with zipfile.ZipFile(wheel) as file:
        names = set(file.namelist())
        info = next(name.split("/")[0] for name in names if ".dist-info/" in name)
        metadata = file.read(f"{info}/METADATA").decode()
        scripts = file.read(f"{info}/entry_points.txt").decode()
    assert {name.split("/")[0] for name in names} == {"collectlint", info}
    assert {"collectlint/py.typed", "collectlint/rules/sources.yaml", f"{info}/licenses/LICENSE"} <= names
    in_wheel = {name.removeprefix("collectlint/") for name in names if name.startswith("collectlint/rules/")}
    in_checkout = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "rules").rglob("*") if path.is_file()
    }
    assert in_wheel == in_checkout
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]
    assert f"\nVersion: {checkout['version']}\n" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata
    assert "collectlint = collectlint.__main__:main" in scripts


def test_a_wheel_made_from_the_source_archive_is_the_same(wheel: Path, tmp_path: Path) -> None:
    archive = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(archive) as file:
        file.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()
    again = build("wheel", source, tmp_path / "again")
    with zipfile.ZipFile(again) as one, zipfile.ZipFile(wheel) as other:
        contents = [{entry.filename: entry.CRC for entry in file.infolist()} for file in (one, other)]
    assert contents[0] == contents[1]
