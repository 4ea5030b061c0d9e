"""Hostile text in what an audit writes for spreadsheets, terminals and tickets; workers that cannot live."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from collectlint.audit.crew import Crew
from collectlint.audit.units import Unit
from collectlint.audit.worker import Order

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "\t=1",
    "<script>alert(1)</script>",
    "\u202e反\u202c",
    "\x1b[31m红\x07",
    "::error::x",
)
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    rows: list[dict[str, Any]] = [
        {"id": f"{evil}{which}", "text": f"{evil}，你这个老赖要不要脸", "agent_id": evil, "agency": evil,
         "channel": "sms", "started_at": "2026-03-02T10:00:00"}
        for which, evil in enumerate(HOSTILE)
    ]  # fmt: skip
    path = tmp_path / "=名\x1b[31m.jsonl"
    lines = [json.dumps(row) for row in rows] + ['{"id": "\\u001b[31m", "text": ["\\u202e"]}']
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _is_tame(text: str) -> bool:
    return not any(char in text for char in "\x1b\x07\u202e\u202c")


def test_csv_markdown_and_terminal_show_it_as_text(audit, call, hostile, tmp_path):
    outs = [tmp_path / name for name in ("one", "two")]
    for out in outs:
        result = audit(hostile, "--out", out, "--jobs", 1)
        assert result.return_value == 3
        assert _is_tame(result.stdout + result.stderr)
    with (outs[0] / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    assert len(table) > len(HOSTILE)
    for cell in (cell for row in table for cell in row):
        assert not cell.startswith(SIGNS), cell
        assert _is_tame(cell)
    agents = {row[table[0].index("agent")] for row in table[1:]}
    assert "'=cmd|' /C calc'!A0" in agents
    assert "<script>alert(1)</script>" in agents
    assert _is_tame((outs[0] / "summary.md").read_text(encoding="utf-8"))
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"id": "1", "text": "您好", "agent_id": "甲"}) + "\n", encoding="utf-8")
    audit(other, "--out", tmp_path / "three", "--jobs", 1, "--no-report")
    told = call("audit", "diff", tmp_path / "three", outs[0])
    assert "=cmd|" in told.stdout
    assert _is_tame(told.stdout + told.stderr)
    refused = audit(other, "--out", outs[0], "--jobs", 1)
    assert refused.return_value == 2
    assert _is_tame(refused.stderr)


def test_a_hostile_workbook_is_shown_as_text(call, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["复核结论", "规则", "原文", "指纹"])
    book.active.append(["成立", "cn/\u202ex/y", "a", "f" * 16])
    book.save(tmp_path / "x.xlsx")
    result = call("review", "import", tmp_path / "x.xlsx")
    assert result.return_value == 0
    assert _is_tame(result.stdout)


def test_units_that_end_their_workers_are_given_up_and_named():
    order = Order(os._exit, 7, "")  # type: ignore[arg-type]  # a bench that ends its process
    with Crew(2, order) as crew:
        answers = list(crew.answers([Unit(1, ()), Unit(2, ())]))
    assert sorted(answer.unit for answer in answers) == [1, 2]
    assert all(answer.batch is None and not answer.fault for answer in answers)


def test_a_broken_file_is_one_failure_and_the_others_are_judged(audit, tmp_path, told):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.parquet").write_bytes(b"PAR1 and nothing more PAR1")
    (folder / "b.jsonl").write_text(
        json.dumps({"id": "b", "text": "你这个老赖要不要脸"}) + "\n", encoding="utf-8"
    )
    (folder / "c.json").write_text('{"turns": [', encoding="utf-8")
    out = tmp_path / "out"
    result = audit(folder, "--out", out, "--jobs", 1, "--no-report")
    assert result.return_value == 3
    summary = told(out)
    assert (summary["documents"], summary["failures"]) == (1, 2)
    assert summary["findings"] > 0


def test_days_since(audit, tmp_path, told):
    rows = [
        {"id": f"m-{day}", "text": "你这个老赖要不要脸", "started_at": f"2026-03-{day:02d}T10:00:00"}
        for day in range(1, 6)
    ]
    path = tmp_path / "m.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    out = tmp_path / "out"
    audit(path, "--out", out, "--jobs", 1, "--since", "2026-03-04", "--no-report")
    assert (told(out)["documents"], told(out)["other_days"]) == (2, 3)
