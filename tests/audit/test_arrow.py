"""The engine on Arrow batches, as Spark, Ray or a plain loop use it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from collectlint.api import lint, load_rules
from collectlint.readers import jsonl
from collectlint.readers.settings import ReadSettings, Source
from collectlint.redact import redact

pa = pytest.importorskip("pyarrow")
pytest.importorskip("pyarrow.compute")

PLACE = (
    "document",
    "rule",
    "turn",
    "start",
    "end",
    "severity",
    "matched",
    "excerpt",
    "message",
    "fingerprint",
)
DAY = "2026-11-22"


def documents(night: Any, number: int, calls: int) -> list[dict[str, Any]]:
    """A night whose debtors are few enough that counts are exceeded."""
    made = [*night.messages(number), *night.transcripts(calls)]
    for which, one in enumerate(made):
        one["debtor_id"] = one["callee"] = f"d-{which % max(len(made) // 40, 1)}"
        one["started_at"] = "2026-11-16" + one["started_at"][10:]
    return made


def single(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What the linter of one machine finds, masked as reports are."""
    source, settings = Source("", "row"), ReadSettings()
    read = [jsonl.parse(json.dumps(row), 1, 1, source, settings, row["id"]) for row in rows]
    report = redact(lint(read, load_rules()))
    found = [
        (one.document, one.rule, one.turn, one.start, one.end, one.severity.label, one.matched, one.excerpt,
         one.message, one.fingerprint)
        for one in report.findings
    ]  # fmt: skip
    return sorted(found)


def test_two_steps_find_what_one_machine_finds(night_script):
    from pyarrow import compute

    from collectlint.audit import arrow

    rows = documents(night_script, 200, 30)
    settings = arrow.Settings(today=DAY, secret=b"key")
    names = dict.fromkeys(name for row in rows for name in row)
    table = pa.Table.from_pylist([{name: row.get(name) for name in names} for row in rows])
    judged = pa.Table.from_batches(arrow.judged(settings, table.to_batches(50)), arrow.schema())
    contacts = judged.filter(compute.equal(judged["kind"], "contact"))
    on_counts = pa.Table.from_batches(arrow.counted(settings, contacts.to_batches(64)), arrow.schema())
    found = [row for row in [*judged.to_pylist(), *on_counts.to_pylist()] if row["kind"] == "finding"]
    assert sorted(tuple(row[name] for name in PLACE) for row in found) == single(rows)
    assert any(
        row["rule"].startswith("cn/harassment") and "次" in row["message"] for row in on_counts.to_pylist()
    )
    kinds = [row["kind"] for row in judged.to_pylist()]
    assert kinds.count("document") == len(rows)
    assert all(json.loads(row["record"])["basis"] for row in found)


def test_a_broken_row_is_a_failure_and_the_rest_is_judged():
    from collectlint.audit import arrow

    bad = "再不还钱就爆你通讯录"
    rows = [{"id": "a", "text": None, "channel": "sms"}, {"id": "b", "text": bad, "channel": "sms"},
            {"id": "c", "text": "好", "channel": "pigeon"}]  # fmt: skip
    batch = pa.RecordBatch.from_pylist(rows)
    out = [
        row
        for one in arrow.judged(arrow.Settings(today=DAY, secret=b"k"), [batch])
        for row in one.to_pylist()
    ]
    assert [row["path"] for row in out if row["kind"] == "failure"] == ["a", "c"]
    assert {row["document"] for row in out if row["kind"] == "finding"} == {"b"}


def waived_rows() -> list[dict[str, Any]]:
    """Calls of a day, the last with a waiver; a waiver that holds, one that is over, an idle one."""
    rule = "cn/harassment/effective-calls"
    rows: list[dict[str, Any]] = [
        {"id": f"k-{hour}", "channel": "call", "debtor_id": "d", "lender": "甲", "outcome": "effective",
         "mode": "interactive", "started_at": f"2026-03-02T{hour:02d}:00:00",
         "turns": [{"speaker": "agent", "text": "请问您何时方便还款"}], "collectlint": None}
        for hour in range(9, 15)
    ]  # fmt: skip
    rows[-1]["collectlint"] = f"ignore[{rule}] 客户约定"
    bad, name = "再不还钱就爆你通讯录", "cn/threat/expose-contacts"
    for id_, text, said in (
        ("held", bad, f"ignore[{name}] 13800138000 until 2027-01-31"),
        ("over", bad, f"ignore[{name}] 旧 until 2026-01-31"),
        ("idle", "您好", f"ignore[{name}] 无"),
    ):
        rows.append({"id": id_, "text": text, "channel": "sms", "collectlint": said})
    return rows


def test_waivers_beside_the_texts_hold(audit, tmp_path):
    from collectlint.audit import arrow

    rows = waived_rows()
    settings = arrow.Settings(today=DAY, secret=b"key")
    names = dict.fromkeys(name for row in rows for name in row)
    batch = pa.RecordBatch.from_pylist([{name: row.get(name) for name in names} for row in rows])
    judged = pa.Table.from_batches(arrow.judged(settings, [batch]), arrow.schema())
    contacts = judged.filter(pa.compute.equal(judged["kind"], "contact"))
    out = [
        *judged.to_pylist(),
        *(row for one in arrow.counted(settings, contacts.to_batches()) for row in one.to_pylist()),
    ]
    path = tmp_path / "m.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    audit(path, "--out", tmp_path / "out", "--jobs", 1)
    lines = map(json.loads, (tmp_path / "out" / "findings.jsonl").read_text(encoding="utf-8").splitlines())
    wanted = sorted((one["type"], one["document"], one["rule"]) for one in lines)
    got = sorted(
        (row["kind"], row["document"] or row["path"], row["rule"])
        for row in out
        if row["kind"] in ("finding", "waived")
    )
    assert got == wanted
    kinds = {(row["kind"], row["document"]) for row in out}
    assert ("waived", "held") in kinds
    assert ("waived", "k-14") in kinds
    assert {row["rule"] for row in out if row["document"] == "over"} >= {"waiver/expired"}
    assert {row["rule"] for row in out if row["document"] == "idle"} >= {"waiver/unused"}
    (held,) = (row for row in out if row["kind"] == "waived" and row["document"] == "held")
    assert json.loads(held["waived"])["until"] == "2027-01-31"
    assert "13800138000" not in json.dumps(out)


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    import os
    import sys

    sql = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    made = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.memory", "1g")
        .getOrCreate()
    )
    yield made
    made.stop()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("number", [600, pytest.param(20_000, id="twenty-thousand")])
def test_spark_finds_what_one_machine_finds(session, night_script, tmp_path, number):
    import os

    from collectlint import spark

    if number > 1_000 and not os.environ.get("COLLECTLINT_FULL"):
        pytest.skip("COLLECTLINT_FULL=1 runs it")
    rows = documents(night_script, number * 19 // 20, number // 20)
    path = tmp_path / "night.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    result = spark.audit(session.read.json(str(path)).repartition(4))
    try:
        found = [tuple(row[name] for name in PLACE) for row in result.findings.collect()]
        assert result.documents.count() == len(rows)
        assert result.failures.count() == 0
        waived = result.waived.count()
    finally:
        result.release()
    wanted = single(rows)
    assert sorted(found) == wanted
    assert waived == 0
    assert any("次" in row[8] for row in wanted)
