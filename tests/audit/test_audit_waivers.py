"""Waivers, a baseline and the least severity hold in an audit as they hold in `check`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from collectlint.audit.store import Store, StoreError
from collectlint.cli.root import root

DAY = "2026-11-22"
COUNT_RULE = "cn/harassment/effective-calls"
LABEL = "你这个老赖要不要脸"
THREAT = "再不还钱就爆你通讯录"
_PLACE = (
    "document",
    "path",
    "line",
    "turn",
    "start",
    "rule",
    "severity",
    "matched",
    "message",
    "fingerprint",
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run() -> Callable[..., Any]:
    def call(*arguments: object) -> Any:
        return CliRunner().invoke(root, [*map(str, arguments)], standalone_mode=False)

    return call


def _calls(debtor: str, **more: Any) -> list[dict[str, Any]]:
    """Five calls of a day: the fourth and fifth are too many."""
    return [
        {"id": f"{debtor}-{hour}", "channel": "call", "debtor_id": debtor, "lender": "甲",
         "outcome": "effective", "mode": "interactive", "started_at": f"2026-03-02T{hour:02d}:00:00",
         "turns": [{"speaker": "agent", "text": "请问您何时方便还款"}], **more}
        for hour in range(9, 14)
    ]  # fmt: skip


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Many of the same words, of which a baseline knows some; calls with waivers beside them."""
    rows: list[dict[str, Any]] = [
        {"id": f"m-{which}", "text": (LABEL, THREAT, "您好，感谢还款")[which % 3]} for which in range(90)
    ]
    rows += _calls("d-1")
    rows += _calls("d-2")
    for row in rows[-2:]:
        row["collectlint"] = f"ignore[{COUNT_RULE}] 客户约定 until 2027-01-31"
    rows.append({"id": "w", "text": THREAT, "collectlint": "ignore[cn/threat/expose-contacts] 样例"})
    rows.append(
        {"id": "over", "text": THREAT, "collectlint": "ignore[cn/threat/expose-contacts] 旧 until 2026-01-31"}
    )
    path = tmp_path / "calls.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def baseline(tmp_path: Path, calls: Path, run: Any) -> Path:
    """Seven of thirty labels, a count, one that is mended, one that is over, one of another file."""
    path = tmp_path / "b.jsonl"
    run(
        "check",
        calls,
        "--isolated",
        "--as-of",
        DAY,
        "--baseline",
        path,
        "--write-baseline",
        "--reason",
        "旧模板 13800138000",
        "-q",
    )
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    kept = [one for one in entries if one["rule"] in ("common/abuse/label", COUNT_RULE)]
    assert any(one.get("count") == 30 for one in kept)
    assert any(one["rule"] == COUNT_RULE for one in kept)
    for one in kept:
        if one.get("count") == 30:
            one["count"] = 7
    other = next(one for one in entries if one["rule"] == "cn/threat/expose-contacts")
    kept += [
        {**other, "fingerprint": "0" * 16}, {**other, "fingerprint": "1" * 16, "until": "2026-01-31"},
        {**other, "path": "elsewhere.jsonl"},
    ]  # fmt: skip
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in kept), encoding="utf-8")
    return path


def _read(out: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"finding": [], "waived": [], "failure": []}
    for line in (out / "findings.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        found[one["type"]].append(one)
    return found


def _places(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted(tuple(str(row[name]) for name in _PLACE) for row in rows)


def test_it_waives_what_check_waives(run, calls, baseline, tmp_path, told):
    given = ("--isolated", "--as-of", DAY, "--baseline", baseline)
    wanted = json.loads(run("check", calls, *given, "--format", "json").stdout)
    out = tmp_path / "out"
    assert run("audit", calls, *given, "--out", out, "--jobs", 2, "--unit-bytes", 1_000).return_value == 0
    got = _read(out)
    assert _places(got["finding"]) == _places(wanted["findings"])
    rules = [one["rule"] for one in got["finding"]]
    assert (rules.count("waiver/unused"), rules.count("waiver/expired")) == (1, 2)
    assert rules.count("common/abuse/label") == 23
    waivers = [
        sorted((one["rule"], one["document"], json.dumps(one["waiver"])) for one in rows)
        for rows in (got["waived"], wanted["waived"])
    ]
    assert waivers[0] == waivers[1]
    assert {one["document"] for one in got["waived"] if one["rule"] == COUNT_RULE} == {
        "d-1-12", "d-1-13", "d-2-12", "d-2-13",
    }  # fmt: skip
    for key in ("documents", "findings", "by_severity", "by_family", "suppressed", "not_evaluated"):
        assert told(out)[key] == wanted["summary"][key], key
    for path in out.iterdir():
        assert b"13800138000" not in path.read_bytes(), path


def test_every_report_counts_and_shows_what_is_waived(run, calls, baseline, tmp_path):
    out = tmp_path / "out"
    run("audit", calls, "--isolated", "--as-of", DAY, "--baseline", baseline, "--out", out, "--jobs", 1)
    suppressed = len(_read(out)["waived"])
    brief = (out / "summary.md").read_text(encoding="utf-8")
    assert "已豁免" in brief
    assert "旧模板" in brief
    page = (out / "report.html").read_text(encoding="utf-8")
    assert f"已豁免（{suppressed}）" in page
    assert "客户约定" in page
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert run("report", out, "-q").return_value == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_nothing_changes_with_units_workers_or_being_broken_off(
    run, calls, baseline, tmp_path, dump, monkeypatch
):
    given = ("--isolated", "--as-of", DAY, "--baseline", baseline, "--unit-bytes", 1_000)
    outs = [tmp_path / name for name in ("one", "two", "broken")]
    for out, jobs in zip(outs, (1, 3), strict=False):
        run("audit", calls, *given, "--out", out, "--jobs", jobs)
    take, done = Store.take, []

    def full(store: Store, batch: Any) -> None:
        if len(done) == 2:
            raise StoreError("full")
        done.append(take(store, batch))

    with monkeypatch.context() as patched:
        patched.setattr(Store, "take", full)
        assert run("audit", calls, *given, "--out", outs[2], "--jobs", 2).return_value == 3
    assert run("audit", calls, *given, "--out", outs[2], "--jobs", 2).return_value == 0
    assert dump(outs[0]) == dump(outs[1]) == dump(outs[2])
    for path in outs[0].iterdir():
        if path.suffix != ".sqlite":
            assert (
                path.read_bytes() == (outs[1] / path.name).read_bytes() == (outs[2] / path.name).read_bytes()
            )


def test_the_figures_of_a_document_leave_out_what_is_waived(run, tmp_path, told):
    path = tmp_path / "m.jsonl"
    path.write_text(json.dumps({"id": "m", "text": LABEL, "agent_id": "甲"}) + "\n", encoding="utf-8")
    known = tmp_path / "b.jsonl"
    run("check", path, "--isolated", "--baseline", known, "--write-baseline", "--reason", "旧", "-q")
    out = tmp_path / "out"
    run("audit", path, "--isolated", "--baseline", known, "--out", out, "--jobs", 1, "--no-report")
    assert (told(out)["violating_documents"], told(out)["findings"]) == (0, 0)
    assert told(out)["suppressed"] > 0
    store = Store(str(out))
    assert store.one("SELECT count(*) FROM dialogue") == 0
    assert store.one("SELECT count(*) FROM old") == 0
    store.close()


@pytest.mark.parametrize("part", [("--sample", "50%"), ("--biz-date", "2026-03-02")])
def test_a_part_of_the_input_says_nothing_of_idle_waivers(run, calls, baseline, tmp_path, part, told):
    out = tmp_path / "out"
    run(
        "audit", calls, "--isolated", "--as-of", DAY, "--baseline", baseline, "--out", out, "--jobs", 1, *part
    )
    assert "waiver/unused" not in told(out)["by_rule"]
    assert told(out)["suppressed"] > 0


def test_another_baseline_is_another_run(run, calls, baseline, tmp_path):
    given = (
        "audit",
        calls,
        "--isolated",
        "--as-of",
        DAY,
        "--baseline",
        baseline,
        "--out",
        tmp_path / "out",
        "-q",
    )
    assert run(*given, "--jobs", 1, "--no-report").return_value == 0
    baseline.write_text(baseline.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    result = run(*given, "--jobs", 1)
    assert result.return_value == 2
    assert "选项或配置（baseline）" in result.stderr
    (baseline).unlink()
    assert "找不到基线" in run(*given, "--jobs", 1).stderr


def test_the_configuration_gives_baseline_and_severity(run, calls, baseline, tmp_path, told):
    folder = tmp_path / "conf"
    folder.mkdir()
    config = tmp_path / "collectlint.yaml"
    config.write_text("baseline: b.jsonl\nmin_severity: error\n", encoding="utf-8")
    wanted = json.loads(run("check", calls, "--as-of", DAY, "--format", "json").stdout)
    out = tmp_path / "out"
    result = run("audit", calls, "--as-of", DAY, "--out", out, "--jobs", 1, "--fail-on", "info")
    assert result.return_value == 1
    summary = told(out)
    for key in ("documents", "findings", "by_severity", "suppressed"):
        assert summary[key] == wanted["summary"][key], key
    assert summary["manifest"]["settings"]["severity"] == "error"
    assert _places(_read(out)["finding"]) == _places(wanted["findings"])


def test_what_is_below_the_severity_stays_in_the_store_and_is_said(audit, call, tmp_path, told):
    path = tmp_path / "m.jsonl"
    rows = [{"id": "a", "text": THREAT, "agent_id": "甲"}, {"id": "b", "text": LABEL, "agent_id": "甲"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    config = tmp_path / "c.yaml"
    config.write_text('severity: {"*/abuse/*": warning}\n', encoding="utf-8")
    outs = [tmp_path / "all", tmp_path / "errors"]
    for out, least in zip(outs, ("info", "error"), strict=True):
        arguments = ("audit", path, "--config", config, "--out", out, "--jobs", 1, "--severity", least)
        result = call(*arguments, "--fail-on", "never")
        assert result.return_value == 0, result.stderr
    whole, errors = map(told, outs)
    assert whole["below_severity"] == 0
    assert errors["below_severity"] == whole["findings"] - errors["findings"] > 0
    assert errors["by_severity"] == {**whole["by_severity"], "warning": 0, "info": 0}
    assert (whole["violating_documents"], errors["violating_documents"]) == (2, 1)
    stores = [Store(str(out)) for out in outs]
    counts = [store.one("SELECT count(*) FROM finding") for store in stores]
    hidden = stores[1].one("SELECT count(*) FROM findings WHERE hidden")
    for store in stores:
        store.close()
    assert counts[0] == counts[1]
    assert hidden == errors["below_severity"]
    for name in ("report.html", "summary.md"):
        text = (outs[1] / name).read_text(encoding="utf-8")
        assert f"{hidden} 处问题低于所选程度" in text.replace("\\", "")
        assert "1 份有错误" in text
    assert {one["severity"] for one in _read(outs[1])["finding"]} == {"error"}


def test_the_configuration_gives_limits(run, calls, tmp_path, told):
    (tmp_path / "collectlint.yaml").write_text("limits: {max_document_chars: 8}\n", encoding="utf-8")
    wanted = json.loads(run("check", calls, "--format", "json").stdout)["summary"]
    run("audit", calls, "--out", tmp_path / "out", "--jobs", 1, "--no-report")
    assert wanted["failures"] > 0
    for key in ("documents", "failures", "findings"):
        assert told(tmp_path / "out")[key] == wanted[key], key
