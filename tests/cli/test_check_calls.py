"""`check` on recognisers' results: turn, mm:ss and speaker; roles, metadata and gaps on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

FORMATS = Path(__file__).parents[2] / "corpora" / "formats"
SHIPPED = Path(__file__).parents[2] / "rules"


@pytest.mark.parametrize(
    ("example", "place"),
    [
        ("whisperx/call.json", "第 5 句  坐席  02:05"),
        ("alibaba_sca/call.json", "第 5 句  坐席  01:05"),
    ],
)
def test_each_violation_has_its_turn_time_and_speaker(call, example, place):
    result = call("check", FORMATS / example, "--rules", SHIPPED)
    assert result.exit_code == 1
    blocks = [line for line in result.stdout.splitlines() if line.lstrip().startswith("-->")]
    assert sum(place in line for line in blocks) >= 2


def test_roles_can_be_given(call):
    path = FORMATS / "whisperx/call.json"
    told = call(
        "check", path, "--speaker", "SPEAKER_00=客户", "--speaker", "SPEAKER_01=agent", "--format", "json"
    )
    report = json.loads(told.stdout)
    assert {one["speaker"] for one in report["findings"]} <= {"agent"}
    assert not [one for one in report["not_evaluated"] if one["rule"] == "input/speakers"]
    guessed = json.loads(call("check", path, "--format", "json").stdout)
    assert [one["rule"] for one in guessed["not_evaluated"]].count("input/speakers") == 1


@pytest.mark.parametrize(
    "words",
    [["--speaker", "0"], ["--speaker", "0=boss"], ["--metadata-key", "x"], ["--metadata", "none.csv"]],
)
def test_wrong_options_exit_2(call, words):
    assert call("check", FORMATS / "whisperx/call.json", *words).exit_code == 2


def test_metadata_make_hours_decidable(call, tmp_path):
    table = tmp_path / "m.csv"
    table.write_text("通话ID,开始时间\nsca-001,2026-03-02 23:10:00\n", encoding="utf-8")
    result = call("check", FORMATS / "alibaba_sca/call.json", "--metadata", table, "--format", "json")
    assert "cn/harassment/quiet-hours" in [one["rule"] for one in json.loads(result.stdout)["findings"]]


def test_a_cut_file_exits_3_and_absent_times_are_told(call, tmp_path):
    cut = tmp_path / "cut.json"
    cut.write_bytes((FORMATS / "huawei_sis/job.json").read_bytes()[:400])
    result = call("check", cut, FORMATS / "call_bridge/record.json", "--format", "json", "--fail-on", "never")
    assert result.exit_code == 3
    report = json.loads(result.stdout)
    assert len(report["failures"]) == 1
    assert "input/times" in [one["rule"] for one in report["not_evaluated"]]
