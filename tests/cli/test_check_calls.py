"""`check` on recognisers' results: turn, mm:ss and speaker; roles, metadata and gaps on the command line."""

from __future__ import annotations

import json
import os
import re
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


@pytest.mark.parametrize("example", ["whisperx", "alibaba_sca"])
def test_the_places_are_the_golden_ones(call, example, monkeypatch):
    """`WRITE_GOLDEN=1` writes them anew."""
    monkeypatch.chdir(FORMATS.parents[1])
    told = call("check", f"corpora/formats/{example}/call.json", "--rules", "rules", "--as-of", "2026-11-22")
    lines = told.stdout.splitlines()
    places = [
        f"{lines[at - 1].split()[1]}  {line.strip()[4:].rpartition('  ')[0]}\n"
        for at, line in enumerate(lines)
        if line.lstrip().startswith("--> ")
    ]
    golden = FORMATS.parents[1] / f"tests/golden/cli/calls.{example}.txt"
    if os.environ.get("WRITE_GOLDEN"):  # read the difference before it is committed
        golden.write_text("".join(places), encoding="utf-8")
    assert "".join(places) == golden.read_text(encoding="utf-8")
    assert all("第 " in place and re.search(r"  \d\d:\d\d$", place) for place in places)


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


def test_roles_and_the_table_can_be_settled_once(call, tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    whisper = json.loads((FORMATS / "whisperx/call.json").read_text(encoding="utf-8"))
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls/w-1.json").write_text(json.dumps(whisper), encoding="utf-8")
    (tmp_path / "m.csv").write_text("录音号,拨打时刻,逾期\nw-1,2026-03-02 23:10:00,31\n", encoding="utf-8")
    (tmp_path / "collectlint.yaml").write_text(
        "speakers: {SPEAKER_00: agent, speaker_01: debtor}\n"
        "metadata: {file: m.csv, key: 录音号, columns: {started_at: 拨打时刻, fields.overdue_days: 逾期}}\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)

    def told(*words):
        return json.loads(call("check", "calls", "--rules", SHIPPED, *words, "--format", "json").stdout)

    report = told()
    assert "cn/harassment/quiet-hours" in [one["rule"] for one in report["findings"]]
    assert not [one for one in report["not_evaluated"] if one["rule"] in ("input/speakers", "input/metadata")]
    assert {one["speaker"] for one in report["findings"]} == {"agent"}
    swapped = told("--speaker", "SPEAKER_00=debtor", "--speaker", "SPEAKER_01=agent")
    assert [one["turn"] for one in swapped["findings"]] != [one["turn"] for one in report["findings"]]
    alone = told("--isolated")
    assert "input/speakers" in [one["rule"] for one in alone["not_evaluated"]]


def test_a_path_has_its_own_voices(call, tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "call.json").write_bytes((FORMATS / "whisperx/call.json").read_bytes())
    (tmp_path / "collectlint.yaml").write_text(
        "speakers: {SPEAKER_00: agent, SPEAKER_01: debtor}\n"
        "overrides: [{paths: 'b/**', speakers: {SPEAKER_00: debtor, SPEAKER_01: third_party}}]\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    report = json.loads(call("check", ".", "--rules", SHIPPED, "--format", "json").stdout)
    assert report["findings"]
    assert {one["path"].split("/")[-2] for one in report["findings"]} == {"a"}


def test_a_column_that_the_table_lacks_is_told(call, tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "m.csv").write_text("录音号,拨打时刻\nw-1,2026-03-02 23:10:00\n", encoding="utf-8")
    (tmp_path / "collectlint.yaml").write_text(
        "metadata: {file: m.csv, key: 录音号, columns: {started_at: 拨打时间}}\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    result = call("check", "-t", "您好")
    assert result.exit_code == 2
    assert "没有列「拨打时间」" in result.stderr
    assert "拨打时刻" in result.stderr


def test_scores_show_their_parts(call, tmp_path):
    rows = [
        {"id": "c-1", "agent_id": "a-7", "kind": "transcript", "channel": "call",
         "turns": [{"speaker": "agent", "text": "再不还就爆你通讯录"}]},
        {"id": "c-2", "agent_id": "a-7", "kind": "transcript", "channel": "call",
         "turns": [{"speaker": "agent", "text": "您好,谢谢"}]},
    ]  # fmt: skip
    path = tmp_path / "calls.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    words = ["check", path, "--rules", SHIPPED, "--select", "cn/threat/expose-contacts", "--score"]
    report = json.loads(call(*words, "--format", "json").stdout)
    first, second = report["scores"]["documents"]
    assert (first["points"], second["points"], report["scores"]["start"]) == (90, 100, 100)
    assert [(part["rule"], part["weight"]) for part in first["parts"]] == [("cn/threat/expose-contacts", -10)]
    assert [(one["agent"], one["calls"], one["points"]) for one in report["scores"]["agents"]] == [
        ("a-7", 2, 95)
    ]
    text = call(*words).stdout
    assert "文档 c-1  90  = 起始 100  -10 cn/threat/expose-contacts" in text
    assert "坐席 a-7  95  = 2 通平均" in text
    for lang, part in (("en", "agent a-7  95  = mean of 2 calls"), ("hant", "評分"), ("hk", "文件 c-1  90")):
        assert part in call(*words, "--lang", lang).stdout
    plain = call(*words[:-1], "--format", "json").stdout
    assert "scores" not in json.loads(plain)
