"""templates/check.yml against GitLab's schema, and its script in a shell."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPONENT = ROOT / "templates" / "check.yml"


def job(**inputs: str) -> dict[str, Any]:
    """The component's one job with its inputs filled in, as GitLab does before it parses the YAML."""
    header, _, body = COMPONENT.read_text(encoding="utf-8").partition("\n---\n")
    defaults = yaml.safe_load(header)["spec"]["inputs"]
    known = {name: str(one["default"]).replace("False", "false") for name, one in defaults.items()}
    known |= {name.replace("_", "-"): value for name, value in inputs.items()}
    filled = re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: known[found[1]], body)
    (only,) = yaml.safe_load(filled).values()
    return only


def test_the_schema_of_gitlab(checked: Any, tmp_path: Path) -> None:
    file = tmp_path / ".gitlab-ci.yml"
    file.write_text(yaml.safe_dump({"collectlint": job()}), encoding="utf-8")
    checked("--builtin-schema", "vendor.gitlab-ci", str(file))


@pytest.fixture
def run(shell: Any, templates: Path, compiled: Path) -> Any:
    def run(inputs: dict[str, str], **environment: str) -> Any:
        told = job(**inputs)
        variables = {name: str(value) for name, value in told["variables"].items()}
        variables["COLLECTLINT_CACHE_DIR"] = str(compiled)
        assert "$[[" not in "".join(told["script"])
        return shell(("sh", "-ec"), "\n".join(told["script"]), templates, **variables, **environment)

    return run


def test_reports_for_the_merge_request(run: Any, templates: Path) -> None:
    done = run({})
    assert done.code == 1, done.err
    entries = json.loads((templates / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert {entry["location"]["path"] for entry in entries} == {"templates/sms.md"}
    assert "<failure" in (templates / "collectlint.xml").read_text(encoding="utf-8")
    assert "pip install --quiet collectlint" in done.calls


def test_only_what_a_merge_request_changes(run: Any, templates: Path, git: Any) -> None:
    base = git("rev-parse", "HEAD", folder=templates)
    inputs = {"changed_only": "true", "paths": "templates", "arguments": "--fail-on never"}
    done = run(inputs, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.code == 0, done.err
    entries = json.loads((templates / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert {entry["location"]["lines"]["begin"] for entry in entries} == {5}
    outside = run(inputs)  # not in a merge request: everything
    assert outside.code == 0
    entries = json.loads((templates / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert {entry["location"]["lines"]["begin"] for entry in entries} == {1, 5}
