"""Waivers in `check`: what they hold back, and that those which do not hold fail the run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collectlint.reporters.table import MODULES

WITHOUT_ROOM = ("gitlab", "rdjson", "rdjsonl")
THREAT = "再不还钱就爆你通讯录"
LABEL = "你这个老赖"
LABEL_RULE = "common/abuse/insults"
THREAT_RULE = "common/threat/expose-contacts"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def check(call, repository):
    def run(*args: object, **kwargs):
        result = call("check", *args, "--format", "json", "--fail-on", "info", **kwargs)
        told = json.loads(result.stdout) if result.stdout else {}
        return result, told

    return run


def rules_of(told) -> list[tuple[str, int]]:
    return [(one["rule"], one["line"]) for one in told["findings"]]


def test_a_comment_waives_its_line_or_the_next(check, repository):
    (repository / "a.md").write_text(
        f"<!-- collectlint: ignore[{LABEL_RULE}] 反例 until 2027-01-31 -->\n\n- {LABEL}\n"
        f"- {LABEL} # collectlint: ignore[{LABEL_RULE}] 反例\n- {LABEL}\n",
        encoding="utf-8",
    )
    result, told = check("a.md")
    assert result.exit_code == 1
    assert rules_of(told) == [(LABEL_RULE, 5)]
    assert told["summary"]["suppressed"] == 2
    assert [(one["line"], one["waiver"]) for one in told["waived"]] == [
        (3, {"reason": "反例", "until": "2027-01-31", "path": "a.md", "line": 1}),
        (4, {"reason": "反例", "until": "", "path": "a.md", "line": 4}),
    ]


def test_a_waiver_lies_beside_the_text_where_a_format_has_no_comments(check, repository):
    record = {"id": "1", "text": LABEL, "collectlint": f"ignore[{LABEL_RULE}] 反例 until 2027-01-31"}
    (repository / "a.jsonl").write_text(
        json.dumps(record) + '\n{"id": "2", "text": "你这个老赖"}\n', encoding="utf-8"
    )
    (repository / "b.csv").write_text(
        f"模板内容,collectlint\n{LABEL},ignore[{LABEL_RULE}] 反例\n{LABEL},\n", encoding="utf-8"
    )
    _, told = check("a.jsonl", "b.csv")
    assert rules_of(told) == [(LABEL_RULE, 2), (LABEL_RULE, 3)]
    assert told["summary"]["suppressed"] == 2


@pytest.mark.parametrize(
    ("waiver", "found", "suppressed"),
    [
        (f"ignore[{LABEL_RULE}] 反例 until 2026-11-22", [], 1),
        (f"ignore[{LABEL_RULE}] 反例 until 2026-11-21", [LABEL_RULE, "waiver/expired"], 0),
        (f"ignore[{THREAT_RULE}] 反例", [LABEL_RULE, "waiver/unused"], 0),
        (f"ignore[{LABEL_RULE}, {THREAT_RULE}] 反例", ["waiver/unused"], 1),
        (f"ignore[{LABEL_RULE}]", [LABEL_RULE, "waiver/broken"], 0),
        ("ignore[common/abuse/insult] 反例", [LABEL_RULE, "waiver/broken"], 0),
        ("ignore[老赖] 反例", [LABEL_RULE, "waiver/broken"], 0),
        (f"ignore[{LABEL_RULE}, mine/abuse/of-another-folder] 反例", [], 1),
    ],
)
def test_which_waivers_hold(check, repository, waiver, found, suppressed):
    (repository / "a.txt").write_text(f"{LABEL} # collectlint: {waiver}\n", encoding="utf-8")
    result, told = check("a.txt")
    assert [one["rule"] for one in told["findings"]] == found
    assert told["summary"]["suppressed"] == suppressed
    assert result.exit_code == bool(found)


def test_a_waiver_without_a_finding_fails_by_itself_and_tells_what_to_do(call, repository):
    (repository / "a.txt").write_text(f"您好 # collectlint: ignore[{LABEL_RULE}] 反例\n", encoding="utf-8")
    result = call("check", "a.txt")
    assert result.exit_code == 1
    assert f"这里没有 {LABEL_RULE} 的问题，豁免没有用到。" in result.stdout
    assert "删掉它，或改正规则编号与位置" in result.stdout


def test_a_waiver_of_a_rule_that_was_not_asked_is_not_unused(check, repository):
    (repository / "a.txt").write_text(f"您好 # collectlint: ignore[{LABEL_RULE}] 反例\n", encoding="utf-8")
    assert check("a.txt", "--ignore", LABEL_RULE)[1]["findings"] == []
    (repository / "collectlint.yaml").write_text(f"overrides: [{{paths: '*.txt', ignore: {LABEL_RULE}}}]\n")
    assert check("a.txt")[1]["findings"] == []
    (repository / "collectlint.yaml").unlink()
    quiet = "cn/harassment/quiet-hours"  # cannot be judged without a time
    (repository / "a.txt").write_text(f"您好 # collectlint: ignore[{quiet}] 反例\n", encoding="utf-8")
    assert check("a.txt")[1]["findings"] == []


def test_waived_findings_are_masked_in_every_report(call, repository):
    (repository / "a.txt").write_text(
        f"{LABEL}13800138000 # collectlint: ignore[{LABEL_RULE}] 客户13800138000投诉\n", encoding="utf-8"
    )
    for name in MODULES:
        told = call("check", "a.txt", "--format", name).stdout
        assert "13800138000" not in told
        assert any(word in told for word in ("suppressed", "已豁免", "waived")) == (name not in WITHOUT_ROOM)


def test_a_baseline_holds_back_what_was_there_and_nothing_new(check, repository):
    path = repository / "t.csv"
    rows = [f"{THREAT}一", f"{LABEL}二", "您好"]
    path.write_text("模板内容\n" + "\n".join(rows), encoding="utf-8")
    baseline = repository / "made" / "baseline.jsonl"
    baseline.parent.mkdir()
    write = ("t.csv", "--baseline", baseline, "--write-baseline")
    result, _ = check(*write)
    assert result.exit_code == 2
    assert "有 2 处新问题，豁免要写明理由" in result.stderr
    assert not baseline.exists()
    result, told = check(*write, "--reason", "旧模板", "--until", "2027-01-31")
    assert result.exit_code == 0
    assert told["summary"]["suppressed"] == 2
    assert [json.loads(line)["path"] for line in baseline.read_text("utf-8").split("\n") if line] == [
        "../t.csv"
    ] * 2
    before = baseline.read_bytes()
    assert check(*write)[0].exit_code == 0
    assert baseline.read_bytes() == before
    # moved, re-indented, with unrelated rows between: still the same findings
    path.write_text(f"编号,模板内容\n9,请按时还款\n2,  {rows[1]}\n8,谢谢\n1,{rows[0]} \n", encoding="utf-8")
    result, told = check("t.csv", "--baseline", baseline)
    assert (result.exit_code, told["findings"]) == (0, [])
    path.write_text(path.read_text("utf-8") + f"7,{LABEL}七\n", encoding="utf-8")
    result, told = check("t.csv", "--baseline", baseline)
    assert (result.exit_code, rules_of(told)) == (1, [(LABEL_RULE, 6)])


def test_what_is_mended_or_expired_in_a_baseline_fails_the_run(check, repository):
    path = repository / "t.csv"
    path.write_text(f"模板内容\n{THREAT}\n{LABEL}\n{LABEL}\n", encoding="utf-8")
    write = (".", "--baseline", "b.jsonl", "--write-baseline", "--reason", "旧", "--until")
    assert check(*write, "2026-11-30")[0].exit_code == 0
    entries = [json.loads(line) for line in Path("b.jsonl").read_text("utf-8").split("\n") if line]
    assert [one.get("count", 1) for one in entries] == [2, 1]
    path.write_text(f"模板内容\n{LABEL}\n{LABEL}\n{LABEL}\n", encoding="utf-8")
    result, told = check(".", "--baseline", "b.jsonl")
    assert result.exit_code == 1
    assert rules_of(told) == [(LABEL_RULE, 4), ("waiver/unused", 2)]
    assert told["findings"][1]["path"] == "b.jsonl"
    path.write_text(f"模板内容\n{LABEL}\n", encoding="utf-8")
    result, told = check(".", "--baseline", "b.jsonl")
    assert rules_of(told) == [("waiver/unused", 1), ("waiver/unused", 2)]
    assert told["findings"][0]["message"] == "t.csv 的这处问题只剩 1 处，基线记了 2 处。"
    result, told = check(".", "--baseline", "b.jsonl", "--as-of", "2026-12-01")
    assert {one["rule"] for one in told["findings"]} == {LABEL_RULE, "waiver/expired"}
    assert check(*write, "2027-01-31")[0].exit_code == 0
    assert len(Path("b.jsonl").read_text("utf-8").split("\n")) == 2  # one entry left


def test_a_run_over_a_part_says_nothing_of_the_rest_and_keeps_it(check, repository):
    for name in ("a.txt", "b.txt"):
        (repository / name).write_text(LABEL, encoding="utf-8")
    write = ("--baseline", "b.jsonl", "--write-baseline", "--reason", "旧")
    check("a.txt", "b.txt", *write)
    (repository / "a.txt").write_text("您好", encoding="utf-8")
    assert check("b.txt", "--baseline", "b.jsonl")[1]["findings"] == []
    check("b.txt", *write)
    assert len(Path("b.jsonl").read_text("utf-8").strip().split("\n")) == 2
    (repository / "a.txt").unlink()
    assert rules_of(check(".", "--baseline", "b.jsonl")[1]) == [("waiver/unused", 1)]
    check(".", *write)
    assert len(Path("b.jsonl").read_text("utf-8").strip().split("\n")) == 1


def test_the_baseline_of_the_configuration(check, repository):
    (repository / "a.txt").write_text(LABEL, encoding="utf-8")
    (repository / "collectlint.yaml").write_text("baseline: b.jsonl\n")
    assert check("a.txt")[0].exit_code == 2
    assert check("a.txt", "--write-baseline", "--reason", "旧")[0].exit_code == 0
    assert check("a.txt")[0].exit_code == 0
    assert check("a.txt", "--isolated")[0].exit_code == 1


@pytest.mark.parametrize(
    "options",
    [["--write-baseline"], ["--reason", "x"], ["--until", "2027-01-01"], ["--baseline", "none.jsonl"],
     ["--baseline", "b", "--write-baseline", "--reason", "x", "--until", "明天"]],
)  # fmt: skip
def test_baseline_options_that_do_not_go_together(call, repository, options):
    assert call("check", "-t", "您好", *options).exit_code == 2
