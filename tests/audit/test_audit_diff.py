"""Two runs side by side: new rules, new agents, and which changes are more than chance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def _night(path: Path, documents: int, bad: dict[str, int], text: str) -> Path:
    """Messages of agents; of each agent's the first `bad` hold the text."""
    rows = [
        {"id": f"{agent}-{number}", "agent_id": agent, "agency": "团队1",
         "text": text if number < wrong else "【青田银行】感谢您的还款，本期已结清，祝您生活愉快。",
         "started_at": "2026-03-02T10:00:00"}
        for agent, wrong in bad.items() for number in range(documents)
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def two(audit, tmp_path) -> tuple[Path, Path]:
    first = _night(tmp_path / "a.jsonl", 60, {"甲": 1, "乙": 0}, "你这个老赖要不要脸")
    second = _night(tmp_path / "b.jsonl", 60, {"甲": 40, "丙": 0}, "再不还钱就爆你通讯录")
    outs = tmp_path / "one", tmp_path / "two"
    audit(first, "--out", outs[0], "--jobs", 1, "--no-report")
    audit(second, "--out", outs[1], "--jobs", 1, "--no-report")
    return outs


def test_what_is_new_gone_and_surely_changed(call, two):
    told = json.loads(call("audit", "diff", *two, "--format", "json").stdout)
    agents = {row["name"]: row for row in told["agents"]}
    assert {name: row["state"] for name, row in agents.items()} == {"甲": "both", "乙": "gone", "丙": "new"}
    assert agents["甲"]["violating"] == [1, 40]
    assert agents["甲"]["surely"]
    assert not agents["丙"]["surely"]
    rules = {row["rule"]: row for row in told["rules"]}
    assert rules["cn/threat/expose-contacts"]["state"] == "new"
    assert rules["common/abuse/label"]["state"] == "gone"
    assert told["documents"] == [120, 120]
    assert told["manifest"] == {}


def test_the_text_names_the_changes_first(call, two):
    lines = call("audit", "diff", *two).stdout.splitlines()
    assert lines[0].startswith("文档 120 → 120")
    assert "0.83% → 33.33%  确有变化" in lines[1]
    assert any("甲" in line and "确有变化" in line for line in lines)
    assert any("丙 [新]" in line for line in lines)


def test_a_folder_without_a_run_is_refused(call, tmp_path, two):
    result = call("audit", "diff", two[0], tmp_path)
    assert result.return_value == 2
    assert "没有审计结果" in result.stderr
    assert call("report", tmp_path).return_value == 2


def test_a_log_gets_plain_lines(audit, tmp_path):
    path = _night(tmp_path / "a.jsonl", 5, {"甲": 1}, "你这个老赖要不要脸")
    result = audit(path, "--out", tmp_path / "out", "--jobs", 1, "--no-report")
    assert "开始审计：共 0.0 MB" in result.stderr
    assert "\r" not in result.stderr
    again = audit(path, "--out", tmp_path / "quiet", "--jobs", 1, "--no-report", "-q")
    assert (again.stdout, again.stderr) == ("", "")


def test_the_bar_tells_rate_and_time_left():
    from collectlint.cli.audit_progress import Rate

    rate = Rate(1_000_000, 500_000)
    assert rate.left() == "剩余时间未知"
    rate.move(250_000, 100, 7)
    assert "份/秒 7 处问题" in rate.told()
    assert rate.left().startswith("约剩 0:00:0")


def test_options_that_cannot_be_meant_are_refused(audit, tmp_path):
    for arguments, words in (
        (("-", "--out", tmp_path / "o"), "不读标准输入"),
        (
            (tmp_path, "--out", tmp_path / "o", "--since", "2026-01-01", "--biz-date", "2026-01-02"),
            "不能同用",
        ),
        ((tmp_path, "--out", tmp_path / "o", "--sample", "0"), "不是比例"),
        ((tmp_path, "--out", tmp_path / "o", "--sample", "150%"), "不是比例"),
    ):
        result = audit(*arguments)
        assert result.return_value == 2
        assert words in result.stderr


def test_a_path_that_is_not_there_is_a_failure(audit, tmp_path, told):
    result = audit(tmp_path / "nothing.jsonl", "--out", tmp_path / "out", "--jobs", 1)
    assert result.return_value == 3
    assert told(tmp_path / "out")["failures"] == 1
