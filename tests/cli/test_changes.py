"""`--diff` and `--changed-since` in repositories of git."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from collectlint.changed import changes_since
from collectlint.errors import UsageError

LABEL = "你这个老赖"
THREAT = "再不还钱就爆你通讯录"


def git(*words: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], check=True, capture_output=True)


def write(path: str, *lines: str, encoding: str = "utf-8") -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    monkeypatch.chdir(root)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    git("init", "-q", "-b", "main")
    write("old.txt", LABEL, "您好", "请还款", "谢谢")
    write("话术/旧 模板.txt", LABEL, "您好")
    git("add", ".")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "work")
    return root


@pytest.fixture
def found(call):
    def run(*args: str) -> list[tuple[str, int]]:
        result = call("check", *args, "--format", "json", "--fail-on", "never")
        assert result.exit_code == 0, result.stderr
        told = json.loads(result.stdout)
        return [(os.path.normpath(one["path"]), one["line"]) for one in told["findings"]]

    return run


def test_only_touched_lines_count(call, repository, found):
    assert found("--diff", "main") == []
    write("old.txt", LABEL, "您好", THREAT, "谢谢")
    write("话术/旧 模板.txt", LABEL, LABEL, "您好")
    write("new.txt", LABEL)
    assert found("--diff", "main") == [("new.txt", 1), ("old.txt", 3), ("话术/旧 模板.txt", 2)]
    assert found("old.txt", "--diff", "main") == [("old.txt", 3)]
    assert found("话术", "--diff", "main") == [("话术/旧 模板.txt", 2)]
    result = call("check", "--diff", "main")
    assert result.exit_code == 1
    assert "另有 2 处问题不在改动的行上" in result.stderr
    git("add", ".")
    git("commit", "-qm", "two")
    assert found("--diff", "main") == [("new.txt", 1), ("old.txt", 3), ("话术/旧 模板.txt", 2)]
    assert found("--changed-since", "HEAD") == []
    assert found("--changed-since", "HEAD~1") == found("--diff", "main")


def test_what_the_other_branch_did_is_not_ours(repository, found):
    git("checkout", "-q", "main")
    write("theirs.txt", LABEL)
    git("add", ".")
    git("commit", "-qm", "theirs")
    git("checkout", "-q", "work")
    git("merge", "-q", "--no-edit", "main")
    git("checkout", "-q", "main")
    write("theirs.txt", LABEL, "您好")
    git("commit", "-qam", "more")
    git("checkout", "-q", "work")
    assert found("--diff", "main") == []
    assert found("--changed-since", "main~1") == []


def test_a_renamed_file_keeps_its_old_lines_out(repository, found):
    git("mv", "old.txt", "renamed.txt")
    write("renamed.txt", LABEL, "您好", "请还款", LABEL)
    assert found("--diff", "main") == [("renamed.txt", 4)]


def test_a_removed_line_touches_its_neighbours(repository, found):
    write("old.txt", LABEL, "请还款", "谢谢")
    assert found("--diff", "main") == [("old.txt", 1)]
    Path("old.txt").unlink()
    assert found("--diff", "main") == []


def test_lines_that_look_like_a_diff_are_lines(repository, found):
    write("old.txt", LABEL, "++ b/other.txt", "@@ -1 +1 @@", LABEL, "-- a/x")
    assert found("--diff", "main") == [("old.txt", 4)]


def test_no_end_of_line_at_the_end_of_the_file(repository, found):
    Path("old.txt").write_text(f"{LABEL}\n您好\n请还款\n谢谢", encoding="utf-8")
    git("commit", "-qam", "cut")
    Path("old.txt").write_text(f"{LABEL}\n您好\n请还款\n++ b/x{LABEL}", encoding="utf-8")
    assert found("--changed-since", "HEAD") == [("old.txt", 4)]


def test_a_file_without_lines_for_git_counts_whole(repository, found):
    write("wide.txt", "您好，请按时还款，谢谢您的配合", LABEL, encoding="utf-16")
    git("add", ".")
    git("commit", "-qm", "wide")
    assert found("--changed-since", "HEAD") == []
    write("wide.txt", "您好，请按时还款，谢谢您", LABEL, encoding="utf-16")
    assert found("--changed-since", "HEAD") == [("wide.txt", 2)]


def test_waivers_in_a_change(call, repository, found):
    write("old.txt", f"{LABEL} # collectlint: ignore[common/abuse/insults] 反例 until 2026-01-01", "您好")
    write("both.txt", "您好 # collectlint: ignore[common/abuse/insults] 反例", LABEL)
    git("add", ".")
    git("commit", "-qm", "waived")
    write("old.txt", f"{LABEL} # collectlint: ignore[common/abuse/insults] 反例 until 2026-01-01", "您好啊")
    assert found("--changed-since", "HEAD") == []  # expired, but not by this change
    assert sorted(found("--changed-since", "main")) == [
        ("both.txt", 1), ("both.txt", 2), ("old.txt", 1), ("old.txt", 1)
    ]  # fmt: skip
    write("both.txt", "您好 # collectlint: ignore[common/abuse/insults] 反例", "您好")
    assert found("--changed-since", "HEAD") == [("both.txt", 1)]  # mended, the waiver is left over


def test_a_mended_text_leaves_its_baseline_entry(call, repository, found):
    call("check", ".", "--baseline", "b.jsonl", "--write-baseline", "--reason", "旧")
    git("add", ".")
    git("commit", "-qm", "baseline")
    assert found("--changed-since", "HEAD", "--baseline", "b.jsonl") == []
    write("old.txt", "您好", "您好", "请还款", "谢谢")
    assert found("--changed-since", "HEAD", "--baseline", "b.jsonl") == [("b.jsonl", 1)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--diff", "none"], "git 里没有「none」"),
        (["--diff", "--output=x"], "git 里没有「--output=x」"),
        (["--diff", "main", "--changed-since", "main"], "不能同用"),
        (["--diff", "main", "-t", "您好"], "只用于文件"),
        (["--diff", "main", "-"], "只用于文件"),
        (["--diff", "main", "--baseline", "b", "--write-baseline"], "要看全部文件"),
    ],
)
def test_calls_that_cannot_be(call, repository, options, message):
    result = call("check", *options)
    assert result.exit_code == 2
    assert message in result.stderr


def test_outside_a_repository(tmp_path):
    with pytest.raises(UsageError, match="不是 git 仓库"):
        changes_since("HEAD", str(tmp_path), True)


def test_without_a_common_commit(call, repository):
    git("checkout", "-q", "--orphan", "alone")
    git("commit", "-qm", "alone")
    result = call("check", "--diff", "main")
    assert result.exit_code == 2
    assert "找不到与「main」的分岔点" in result.stderr
