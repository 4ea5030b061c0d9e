"""`check` over many documents: the finding on the contact that crosses the line names the others."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

SHIPPED = Path(__file__).parents[2] / "rules"


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Four effective calls of one debtor, out of time order, and one attempt that nobody answered."""
    usual = {
        "channel": "call",
        "debtor_id": "d-1",
        "lender": "甲",
        "outcome": "effective",
        "mode": "interactive",
    }
    turns = [{"speaker": "agent", "text": "请问何时方便还款"}]
    rows = [
        {"id": f"c-{hour}", "turns": turns, "started_at": f"2026-03-02T{hour:02d}:00:00", **usual}
        for hour in (12, 9, 11, 10)
    ]
    rows.append({"id": "a", "turns": [], "kind": "transcript", "channel": "call", "outcome": "attempt"})
    path = tmp_path / "calls.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_others_are_named(call, calls):
    result = call("check", calls, "--rules", SHIPPED, "--select", "cn/harassment")
    assert result.exit_code == 1
    assert "cn/harassment/effective-calls" in result.stdout
    assert "2026-03-02 12:00:00 为当日第 4 次（限 3 次）" in result.stdout
    for other, line in (("c-9", 2), ("c-10", 4), ("c-11", 3)):
        assert f"文档 {other}  {calls}:{line}" in result.stdout
    assert "缺少 callee、started_at，无法计次" in result.stdout  # the attempt


def test_the_parts_of_a_run_stand_in_json_and_sarif(call, calls):
    words = ["--rules", SHIPPED, "--select", "cn/harassment/effective-calls", "--format"]
    (finding,) = json.loads(call("check", calls, *words, "json").stdout)["findings"]
    assert (finding["document"], finding["line"]) == ("c-12", 1)
    assert [one["document"] for one in finding["related"]] == ["c-9", "c-10", "c-11"]
    (result,) = json.loads(call("check", calls, *words, "sarif").stdout)["runs"][0]["results"]
    places = [one["physicalLocation"]["region"]["startLine"] for one in result["relatedLocations"]]
    assert places == [2, 4, 3]
    jsonschema.validate(
        result["relatedLocations"], {"type": "array", "items": {"required": ["id", "message"]}}
    )


def test_files_are_counted_together(call, calls, tmp_path):
    lines = calls.read_text(encoding="utf-8").splitlines(keepends=True)
    folder = tmp_path / "split"
    folder.mkdir()
    for number, line in enumerate(lines):
        (folder / f"{9 - number}.jsonl").write_text(line, encoding="utf-8")
    report = call("check", folder, "--rules", SHIPPED, "--select", "cn/harassment", "--format", "json").stdout
    assert [one["document"] for one in json.loads(report)["findings"]] == ["c-12"]
