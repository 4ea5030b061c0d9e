"""The hooks of this repository, run by pre-commit on a staged change."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
NEEDED = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "src", "rules")


def pre_commit(*words: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"PRE_COMMIT_HOME": str(home), "PYTHONUTF8": "1", "COLLECTLINT_CACHE_DIR": str(home / "c")}
    command = [sys.executable, "-m", "pre_commit", *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=600, check=False
    )


def test_the_manifest_is_valid(tmp_path: Path) -> None:
    done = pre_commit("validate-manifest", ".pre-commit-hooks.yaml", folder=ROOT, home=tmp_path)
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project as a repository that can be named in `.pre-commit-config.yaml`."""
    folder = tmp_path_factory.mktemp("published")
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "x")):
        subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.mark.slow
def test_a_staged_change_is_checked(
    published: Path, templates: Path, git: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    commit = git("rev-parse", "HEAD", folder=published)

    def use(hook: str) -> subprocess.CompletedProcess[str]:
        config = {"repos": [{"repo": str(published), "rev": commit, "hooks": [{"id": hook}]}]}
        (templates / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
        git("add", ".", folder=templates)
        return pre_commit("run", folder=templates, home=home)

    whole = use("collectlint")
    assert whole.returncode == 1, whole.stdout + whole.stderr
    assert "templates/sms.md:1:" in whole.stdout
    assert "templates/sms.md:5:" in whole.stdout
    lines = use("collectlint-lines")
    assert lines.returncode == 1
    assert "templates/sms.md:1:" not in lines.stdout
    assert "templates/sms.md:5:" in lines.stdout
    (templates / "templates" / "sms.md").write_text("- 您好\n", encoding="utf-8")
    git("add", ".", folder=templates)
    mended = use("collectlint")
    assert mended.returncode == 0, mended.stdout
    assert "Passed" in mended.stdout
