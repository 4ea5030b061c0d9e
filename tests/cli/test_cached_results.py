"""`check --cache-dir` and `--no-cache`: where results are kept, and that they never change a report."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Call = Callable[..., Result]
TEXT = "您好\n再不还钱就爆你通讯录\n"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "话术.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def kept(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.name.startswith("results-"))


def test_the_second_report_is_the_same(call: Call, script: Path, tmp_path: Path) -> None:
    first = call("check", script, "--format", "json")
    assert len(kept(tmp_path / "cache")) == 1
    assert call("check", script, "--format", "json").output == first.output
    assert call("check", script, "--format", "json", "--no-cache").output == first.output
    assert first.exit_code == 1


def test_a_folder_of_ones_own(call: Call, script: Path, tmp_path: Path) -> None:
    own = tmp_path / "deep" / "ci"
    call("check", script, "--cache-dir", own)
    assert len(kept(own)) == 1
    assert kept(tmp_path / "cache") == []
    assert own.stat().st_mode & 0o777 == 0o700


def test_nothing_is_written_when_not_wanted(call: Call, script: Path, tmp_path: Path) -> None:
    call("check", script, "--no-cache", "--cache-dir", tmp_path / "ci")
    call("check", "-t", "再不还钱就爆你通讯录")
    assert not (tmp_path / "ci").exists()
    assert kept(tmp_path / "cache") == []


@pytest.mark.skipif(os.name != "posix", reason="owners and modes are a POSIX matter")
def test_a_folder_that_others_can_write_is_refused(call: Call, script: Path, tmp_path: Path) -> None:
    open_ = tmp_path / "open"
    open_.mkdir()
    open_.chmod(0o777)
    result = call("check", script, "--cache-dir", open_)
    assert result.exit_code == 1
    assert "没有用缓存文件夹" in result.stderr
    assert list(open_.iterdir()) == []


def test_a_changed_file_or_rule_is_judged_anew(call: Call, script: Path, rules: Path) -> None:
    assert call("check", script).exit_code == 1
    assert call("check", script, "--ignore", "common/*").exit_code == 0
    script.write_text("您好\n我们绝不会爆您的通讯录\n", encoding="utf-8")
    assert call("check", script).exit_code == 0
