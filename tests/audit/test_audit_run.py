"""A run finds what `check` finds, whatever its units and workers, and says what it left out."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

_PLACE = ("document", "path", "line", "column", "turn", "start", "end", "rule", "severity", "matched",
          "excerpt", "message", "fingerprint", "basis", "related", "evidence", "via")  # fmt: skip


def _findings(folder: Path) -> list[dict]:
    lines = (folder / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    return [one for one in map(json.loads, lines) if one["type"] == "finding"]


def _checked(call, *arguments) -> dict:
    return json.loads(call("check", *arguments, "--isolated", "--format", "json").stdout)


def test_it_finds_what_check_finds_counts_included(call, audit, night, tmp_path, told):
    calls = [
        {"id": f"k-{hour}", "channel": "call", "debtor_id": "d-1", "lender": "甲", "outcome": "effective",
         "mode": "interactive", "turns": [{"speaker": "agent", "text": "请问13800138000何时方便还款"}],
         "started_at": f"2026-03-02T{hour:02d}:00:00"}
        for hour in (12, 9, 11, 10)
    ]  # fmt: skip
    more = tmp_path / "more.jsonl"
    more.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in calls), encoding="utf-8")
    out = tmp_path / "out"
    assert audit(*night, more, "--out", out, "--jobs", 2, "--unit-bytes", 20_000).return_value == 0
    wanted = _checked(call, *night, more)
    got = _findings(out)
    assert any(one["rule"] == "cn/harassment/effective-calls" for one in got)
    assert [[one[key] for key in _PLACE] for one in got] == [
        [one[key] for key in _PLACE] for one in wanted["findings"]
    ]
    summary = told(out)
    for key in ("documents", "findings", "by_severity", "by_family", "not_evaluated", "failures"):
        assert summary[key] == wanted["summary"][key], key


def test_units_and_workers_change_nothing(audit, night, tmp_path, dump):
    outs = [tmp_path / name for name in ("one", "two")]
    audit(*night, "--out", outs[0], "--jobs", 1, "--unit-bytes", 30_000)
    audit(*night, "--out", outs[1], "--jobs", 3, "--unit-bytes", 30_000)
    assert dump(outs[0]) == dump(outs[1])
    assert sum(row.startswith("unit ") for row in dump(outs[0])) > 3
    names = sorted(os.listdir(outs[0]))
    assert names == sorted(os.listdir(outs[1]))
    for name in names:
        if name != "audit.sqlite":
            assert (outs[0] / name).read_bytes() == (outs[1] / name).read_bytes(), name


def test_a_broken_record_is_one_failure_and_the_run_goes_on(audit, night, tmp_path, told):
    with night[0].open("a", encoding="utf-8") as file:
        file.write('{"id": "x", "text": 7}\n{"id": "y", "text": "再不还钱就爆你通讯录"}\n')
    out = tmp_path / "out"
    result = audit(night[0], "--out", out, "--jobs", 1, "--unit-bytes", 20_000)
    assert result.return_value == 3
    summary = told(out)
    assert summary["failures"] == 1
    assert summary["incomplete_because"] == ["failures"]
    assert summary["documents"] == 301
    failure = json.loads((out / "findings.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (failure["type"], failure["line"]) == ("failure", 301)


def test_fail_on(audit, night, tmp_path):
    result = audit(*night, "--out", tmp_path / "out", "--jobs", 1, "--fail-on", "info", "--no-report")
    assert result.return_value == 1


def test_a_sample_is_the_same_every_time_and_leaves_out_counts(audit, night, tmp_path, told, dump):
    outs = [tmp_path / "a", tmp_path / "b"]
    for out, size in zip(outs, (10_000, 90_000), strict=True):
        audit(night[0], "--out", out, "--jobs", 1, "--sample", "25%", "--unit-bytes", size, "--no-report")
    one, other = map(told, outs)
    assert 40 < one["documents"] < 110
    assert one["documents"] + one["sampled_out"] == 300
    for key in ("documents", "sampled_out", "findings", "by_rule"):
        assert one[key] == other[key]


def test_days_outside_only_add_to_counts(audit, call, tmp_path, told):
    rows = [
        {"id": f"k-{day}-{hour}", "channel": "call", "debtor_id": "d-1", "lender": "甲",
         "outcome": "effective", "mode": "interactive",
         "turns": [{"speaker": "agent", "text": "你这个老赖要不要脸"}],
         "started_at": f"2026-03-{day:02d}T{hour:02d}:00:00"}
        for day in (2, 3) for hour in (9, 10, 11, 12)
    ]  # fmt: skip
    rows.append({"id": "undated", "text": "你这个老赖要不要脸"})
    path = tmp_path / "calls.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), encoding="utf-8")
    out = tmp_path / "out"
    audit(path, "--out", out, "--jobs", 1, "--biz-date", "2026-03-03")
    summary = told(out)
    assert (summary["documents"], summary["other_days"], summary["undated"]) == (5, 4, 1)
    found = _findings(out)
    assert {one["document"] for one in found} == {"k-3-9", "k-3-10", "k-3-11", "k-3-12", "undated"}
    assert [one["document"] for one in found if one["rule"] == "cn/harassment/effective-calls"] == ["k-3-12"]


def test_nothing_personal_is_left_in_the_store(audit, tmp_path):
    rows = [
        {"id": f"13900139000-{hour}", "channel": "call", "debtor_id": "13912345678", "callee": "13987654321",
         "agent_id": "a@example.com", "lender": "甲", "outcome": "effective",
         "turns": [{"speaker": "agent", "text": "13800138000，你这个老赖要不要脸，身份证11010519491231002X"}],
         "started_at": f"2026-03-02T{hour:02d}:00:00"}
        for hour in range(9, 15)
    ]  # fmt: skip
    folder = tmp_path / "13700137000"
    folder.mkdir()
    (folder / "13600136000.jsonl").write_text(
        "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), encoding="utf-8"
    )
    out = tmp_path / "out"
    audit(folder, "--out", out, "--jobs", 1)
    for path in out.iterdir():
        data = path.read_bytes()
        for number in ("13900139000", "13912345678", "13987654321", "13800138000", "11010519491231002X",
                       "13700137000", "13600136000", "a@example.com"):  # fmt: skip
            assert number.encode() not in data, (path.name, number)


def test_csv_and_parquet_are_read_in_parts_like_json(audit, night_script, tmp_path, told):
    pyarrow = pytest.importorskip("pyarrow")
    import csv

    from pyarrow import parquet

    rows = [
        {key: value for key, value in one.items() if key != "creditor_type"}
        for one in night_script.messages(300)
    ]
    rows[5]["text"] += '\n第二行，"引号"'
    csv_path, parquet_path, json_path = (tmp_path / f"m.{kind}" for kind in ("csv", "parquet", "jsonl"))
    with csv_path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    parquet.write_table(pyarrow.Table.from_pylist(rows), parquet_path, row_group_size=70)
    json_path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    found = {}
    for path in (csv_path, parquet_path, json_path):
        out = tmp_path / path.suffix[1:]
        assert audit(path, "--out", out, "--jobs", 1, "--unit-bytes", 8_000).return_value == 0
        found[path.suffix] = [
            (one["document"], one["start"], one["rule"], one["matched"], one["started_at"])
            for one in _findings(out)
        ]
        assert told(out)["documents"] == 300
    assert found[".csv"] == found[".parquet"] == found[".jsonl"]
    assert found[".csv"]
    csv_findings = _findings(tmp_path / "csv")
    after = [one for one in csv_findings if int(one["document"][2:]) > 5]
    assert all(one["line"] == int(one["document"][2:]) + 3 for one in after)


def test_a_folder_of_recognisers_results(audit, call, tmp_path, told):
    folder = Path(__file__).parents[2] / "corpora" / "formats" / "demo"
    out = tmp_path / "out"
    audit(folder, "--out", out, "--jobs", 2, "--unit-bytes", 4_000)
    wanted = _checked(call, folder)["summary"]
    got = told(out)
    for key in ("documents", "findings", "by_severity", "by_family", "not_evaluated", "failures"):
        assert got[key] == wanted[key], key
