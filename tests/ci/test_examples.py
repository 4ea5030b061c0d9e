"""The examples in docs/ci.md against the schemas of those who will read them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(
    r"^```yaml\n(.*?)^```$", (ROOT / "docs" / "ci.md").read_text(encoding="utf-8"), re.M | re.S
)


def example(key: str) -> str:
    (block,) = [block for block in BLOCKS if key in yaml.safe_load(block)]
    return block


def test_every_example_is_looked_at() -> None:
    keys = {"repos", "jobs", "include", "collectlint"}
    assert all(keys & set(yaml.safe_load(block)) for block in BLOCKS)
    assert len(BLOCKS) == len(keys)


@pytest.mark.parametrize(
    ("key", "schema"),
    [
        ("jobs", "vendor.github-workflows"),
        ("include", "vendor.gitlab-ci"),
        ("collectlint", "vendor.gitlab-ci"),
    ],
)
def test_examples_fit_their_schemas(checked: Any, tmp_path: Path, key: str, schema: str) -> None:
    file = tmp_path / "example.yml"
    text = example(key)
    file.write_text(text if key != "jobs" else f"on: [push]\n{text}", encoding="utf-8")
    checked("--builtin-schema", schema, str(file))


def test_inputs_that_examples_name_exist() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    steps = yaml.safe_load(example("jobs"))["jobs"]["collectlint"]["steps"]
    (given,) = [step["with"] for step in steps if "collectlint@" in step.get("uses", "")]
    assert set(given) <= set(action["inputs"])
    header = (ROOT / "templates" / "check.yml").read_text(encoding="utf-8").partition("\n---\n")[0]
    (component,) = yaml.safe_load(example("include"))["include"]
    assert set(component["inputs"]) <= set(yaml.safe_load(header)["spec"]["inputs"])


def test_hooks_that_examples_name_exist() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    named = re.findall(r"- id: (\S+)", example("repos"))
    assert sorted(named) == sorted(hook["id"] for hook in hooks)
