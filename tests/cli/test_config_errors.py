"""Golden messages: what is said about a wrong configuration. `WRITE_GOLDEN=1` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "golden" / "config_errors"
CASES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".yaml", ".toml"))


@pytest.mark.parametrize("source", CASES, ids=lambda path: path.name)
def test_message_is_the_golden_one(source: Path, call, tmp_path: Path, monkeypatch) -> None:
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    (tmp_path / "outside.yaml").write_text("lang: en\n", encoding="utf-8")
    (repository / "base.yaml").write_text("lang: en\n", encoding="utf-8")
    (repository / "broken.yaml").write_text("lang: en\nlnag: zh\n", encoding="utf-8")
    name = "collectlint.yaml" if source.suffix == ".yaml" else "pyproject.toml"
    (repository / name).write_bytes(source.read_bytes())
    monkeypatch.chdir(repository)
    result = call("check", "-t", "您好")
    golden = source.with_name(f"{source.name}.txt")
    if os.environ.get("WRITE_GOLDEN"):  # read the difference before it is committed
        golden.write_text(result.stderr, encoding="utf-8")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert str(tmp_path) not in result.stderr
    assert result.stderr == golden.read_text(encoding="utf-8")


def test_every_message_is_held() -> None:
    assert len(CASES) >= 20
    assert {f"{path.name}.txt" for path in CASES} == {path.name for path in FOLDER.glob("*.txt")}
