"""SQL over a run, and its tables as Parquet."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from collectlint.audit.store import Store
from collectlint.cli.root import root

duckdb = pytest.importorskip("duckdb")
parquet = pytest.importorskip("pyarrow.parquet")

HOSTILE = "=cmd|' /C calc'!A0\x1b[31m\u202e"


@pytest.fixture(scope="module")
def out(_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Messages of two agents, one of them hostile by name, a call at an unknown time, and a broken row."""
    rows: list[dict[str, Any]] = [
        {"id": f"m-{which}", "text": text, "agent_id": agent, "channel": "sms",
         "started_at": "2026-03-02T10:00:00", **more}
        for which, (agent, text, more) in enumerate(
            [("甲", "再不还钱就爆你通讯录，13800138000", {}), (HOSTILE, "你这个老赖要不要脸", {}),
             ("甲", "您好", {}),
             ("甲", "再不还钱就爆你通讯录", {"collectlint": "ignore[cn/threat/expose-contacts] 样例"})]
        )
    ]  # fmt: skip
    rows.append({"id": "k", "channel": "call", "turns": [{"speaker": "agent", "text": "请问您何时方便还款"}]})
    folder = tmp_path_factory.mktemp("query")
    path = folder / "m.jsonl"
    lines = [json.dumps(row) for row in rows] + ['{"id": "x", "text": 7}']
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COLLECTLINT_CACHE_DIR", str(_cache))
        given = ["audit", str(path), "--out", str(folder / "out"), "--jobs", "1", "--no-report", "--isolated"]
        CliRunner().invoke(root, given, standalone_mode=False)
    return folder / "out"


def _asked(call, out: Path, question: str) -> list[dict[str, Any]]:
    result = call("audit", "query", out, question, "--format", "jsonl")
    assert result.return_value == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_tables_hold_what_the_store_holds(call, out):
    store = Store(str(out))
    for table, query in {
        "documents": "SELECT count(*) FROM document",
        "findings": "SELECT count(*) FROM finding",
        "not_evaluated": "SELECT count(*) FROM not_evaluated",
        "gaps": "SELECT count(*) FROM gap",
        "failures": "SELECT count(*) FROM failure",
        "dialogues": "SELECT count(*) FROM dialogue",
    }.items():
        wanted = store.one(query)
        assert wanted, table
        assert _asked(call, out, f"SELECT count(*) AS n FROM {table}") == [{"n": wanted}], table
    store.close()
    rows = _asked(call, out, "FROM findings SELECT document, rule, waived, hidden WHERE waived IS NOT NULL")
    assert [(row["document"], row["hidden"]) for row in rows] == [("m-3", False)]
    joined = _asked(
        call,
        out,
        'SELECT d.agent, count(*) AS n FROM "findings" f JOIN documents d USING (unit, nr) GROUP BY 1',
    )
    assert {row["agent"] for row in joined} >= {"甲"}


def test_nothing_personal_and_nothing_hostile_comes_out(call, out):
    question = "SELECT f.excerpt, f.agent, d.turns FROM findings f JOIN dialogues d USING (unit, nr)"
    for format_ in ("text", "csv", "jsonl"):
        result = call("audit", "query", out, question, "--format", format_)
        assert result.return_value == 0, result.stderr
        assert "老赖" in result.stdout
        assert "13800138000" not in result.stdout
        assert "\x1b" not in result.stdout
        assert format_ == "jsonl" or "\u202e" not in result.stdout  # JSON is for machines
        if format_ == "csv":
            assert any(row[1].startswith("'=cmd") for row in csv.reader(result.stdout.splitlines()))


def test_text_says_what_it_leaves_out(call, out):
    lines = call("audit", "query", out, "SELECT * FROM range(1000) r(n)").stdout.splitlines()
    assert len(lines) == 203
    assert lines[-1] == "另有 800 行，见 --format csv"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("SELECT 1; SELECT 2", "只能问一条 SELECT"),
        ("DELETE FROM findings", "只能问一条 SELECT"),
        ("COPY (SELECT 1) TO 'x.csv'", "只能问一条 SELECT"),
        ("ATTACH 'x.db'", "只能问一条 SELECT"),
        ("INSTALL httpfs", "只能问一条 SELECT"),
        ("SET enable_external_access = true", "只能问一条 SELECT"),
        ("SELECT * FROM read_text('m.jsonl')", "disabled by configuration"),
        ("SELECT * FROM 'm.jsonl'", "查询不成立"),
        ("SELECT * FROM read_csv('https://example.com/x.csv')", "查询不成立"),
        ("SELECT * FROM sqlite_scan('out/audit.sqlite', 'finding')", "查询不成立"),
        ("SELECT getenv('HOME')", "查询不成立"),
        ("SELECT * FROM store", "查询不成立"),
        ("selec", "查询不成立"),
        ("", "只能问一条 SELECT"),
    ],
)
def test_it_reaches_nothing_else(call, out, tmp_path, monkeypatch, question, words):
    monkeypatch.chdir(tmp_path)
    before = (out / "audit.sqlite").read_bytes(), sorted(path.name for path in tmp_path.iterdir())
    result = call("audit", "query", out, question)
    assert result.return_value == 2
    assert words in result.stderr
    assert result.stdout == ""
    assert ((out / "audit.sqlite").read_bytes(), sorted(path.name for path in tmp_path.iterdir())) == before


def test_without_the_extra_it_says_what_to_install(call, out, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "duckdb", None)
    result = call("audit", "query", out, "SELECT 1")
    assert result.return_value == 2
    assert 'pip install "collectlint[query]"' in result.stderr


def test_parquet_holds_all_tables(call, out):
    assert call("report", out, "--format", "parquet", "-q").return_value == 3  # a row is broken
    tables = {path.stem: parquet.read_table(path).to_pylist() for path in out.glob("*.parquet")}
    assert set(tables) == {"documents", "findings", "not_evaluated", "failures"}
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert len(tables["documents"]) == summary["documents"] == 5
    assert len(tables["findings"]) == summary["findings"]
    assert [row["line"] for row in tables["failures"]] == [6]
    gaps: dict[str, int] = {}
    for row in tables["not_evaluated"]:
        gaps[row["gaps"]] = gaps.get(row["gaps"], 0) + 1
    assert sum(gaps.get(row["gaps"], 0) for row in tables["documents"]) == summary["not_evaluated"]
    assert {row["worst"] for row in tables["documents"]} >= {"error", None}
    assert all(json.loads(row["basis"]) for row in tables["findings"])
