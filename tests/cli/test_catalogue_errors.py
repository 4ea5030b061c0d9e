"""Golden messages: what is said about wrong catalogues and what they are read with; all else is checked.

`WRITE_GOLDEN=1` writes them anew.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "golden" / "catalogue_errors"
CASES = sorted(path for path in FOLDER.iterdir() if path.is_dir())
GOOD = "编号,渠道,模板内容\ng-1,短信,再不还钱就爆你通讯录\n"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_message_is_the_golden_one(case: Path, call, tmp_path: Path, monkeypatch) -> None:
    repository = tmp_path / "repository"
    shutil.copytree(case, repository)
    (repository / ".git").mkdir()
    (repository / "good.csv").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(repository)
    bad = next(path.name for path in case.iterdir() if path.stem == "bad")
    result = call("check", bad, "good.csv", "--format", "json")
    if result.exit_code == 2:  # the configuration is wrong: nothing is checked with it
        assert result.stdout == ""
        told = result.stderr
    else:
        report = json.loads(result.stdout)
        failures = report["failures"]
        assert failures
        assert all(one["path"] == bad and one["remedy"] for one in failures)
        found = {one["path"] for one in report["findings"]}
        assert "good.csv" in found
        told = "".join(
            f"{one['path']}:{one['line']}: {one['reason']}\n  {one['remedy']}\n" for one in failures
        )
        told += f"{bad} 里其余的话术：{'已检查' if bad in found else '没有'}\n"
    golden = FOLDER / f"{case.name}.txt"
    if os.environ.get("WRITE_GOLDEN"):  # read the difference before it is committed
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")


def test_every_message_is_held() -> None:
    assert len(CASES) >= 20
    assert {f"{path.name}.txt" for path in CASES} == {path.name for path in FOLDER.glob("*.txt")}
