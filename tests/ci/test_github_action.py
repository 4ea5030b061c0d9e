"""action.yml against GitHub's schema, and its shell steps in a shell."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "action.yml"
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")  # how a runner calls `shell: bash`


def test_the_schemas_of_github(checked: Any, tmp_path: Path) -> None:
    checked("--builtin-schema", "vendor.github-actions", str(ACTION))
    checked("--builtin-schema", "vendor.github-workflows", str(ROOT / ".github" / "workflows" / "ci.yml"))
    from collectlint.cli.skeletons import INIT_FILES

    written = tmp_path / "collectlint.yml"
    written.write_text(INIT_FILES[".github/workflows/collectlint.yml"], encoding="utf-8")
    checked("--builtin-schema", "vendor.github-workflows", str(written))


@pytest.fixture
def steps() -> list[dict[str, Any]]:
    told = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    return [step for step in told["runs"]["steps"] if "run" in step]


class Runner:
    """Runs the steps one after the other with the inputs given, as a runner would."""

    def __init__(self, steps: list[dict[str, Any]], shell: Any, folder: Path, temp: Path) -> None:
        self.steps, self.shell, self.folder, self.temp = steps, shell, folder, temp
        self.files = {name: temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH")}
        for file in self.files.values():
            file.touch()

    def __call__(self, compiled: Path, **inputs: str) -> Any:
        defaults = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["inputs"]
        known = {f"inputs.{name}": str(one["default"]) for name, one in defaults.items()}
        known |= {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
        known |= {"github.action_path": str(ROOT), "runner.temp": str(self.temp), "runner.os": "Linux"}
        done = None
        for step in self.steps:
            assert "${{" not in step["run"], "inputs come through the environment, never into the script"
            environment = {
                name: re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: known[found[1]], value)
                for name, value in step["env"].items()
            }
            environment |= {name: str(file) for name, file in self.files.items()}
            environment |= {"RUNNER_TEMP": str(self.temp), "GITHUB_ACTIONS": "true"}
            if "COLLECTLINT_CACHE_DIR" in environment:
                environment["COLLECTLINT_CACHE_DIR"] = str(compiled)
            path = ":".join(self.files["GITHUB_PATH"].read_text(encoding="utf-8").split())
            done = self.shell(BASH, step["run"], self.folder, PATH=path, **environment)
            if done.code:
                break
        return done


@pytest.fixture
def runner(steps: list[dict[str, Any]], shell: Any, templates: Path, tmp_path: Path) -> Runner:
    temp = tmp_path / "temp"
    temp.mkdir()
    return Runner(steps, shell, templates, temp)


def test_findings_become_annotations_and_a_summary(runner: Runner, compiled: Path) -> None:
    done = runner(compiled, sarif="out.sarif")
    assert done.code == 1, done.err
    assert "::error file=templates/sms.md,line=1," in done.out
    assert "::error file=templates/sms.md,line=5," in done.out
    assert runner.files["GITHUB_OUTPUT"].read_text() == "exit-code=1\n"
    assert "templates/sms.md" in runner.files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
    assert '"2.1.0"' in (runner.folder / "out.sarif").read_text(encoding="utf-8")
    assert f"python -m pip install --quiet {ROOT}" in done.calls


def test_only_changed_lines_other_paths_and_options(runner: Runner, compiled: Path) -> None:
    (runner.folder / "b $(touch hit).md").write_text("- 您好\n", encoding="utf-8")
    paths = "templates\nb $(touch hit).md\n"
    done = runner(compiled, base="HEAD", paths=paths, arguments="--fail-on=never\n--lang=en\n", version="9.9")
    assert done.code == 0, done.err
    assert "sms.md,line=5," in done.out
    assert "sms.md,line=1," not in done.out
    assert not (runner.folder / "hit").exists()
    assert "python -m pip install --quiet collectlint==9.9" in done.calls


def test_a_wrong_call_is_told(runner: Runner, compiled: Path) -> None:
    done = runner(compiled, arguments="--no-such-option")
    assert done.code == 2
    assert runner.files["GITHUB_OUTPUT"].read_text() == "exit-code=2\n"
