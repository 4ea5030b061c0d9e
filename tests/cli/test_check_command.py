"""`check`: what comes out, where to, and with which exit code."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import collectlint.cli.check as check_module
import collectlint.cli.checking as checking_module
import collectlint.run as run_module
from collectlint.linter import lint as real_lint

THREAT = "再不还钱就爆你通讯录,让你全村都知道"
TRADITIONAL = "再不還錢就爆你通訊錄,讓你全村都知道"
IDENTITY = "11010519491231002X"


def found(result) -> list[tuple[str, int, int]]:
    return [(one["rule"], one["start"], one["end"]) for one in json.loads(result.stdout)["findings"]]


def test_threat_exits_1_in_both_scripts_with_the_same_places(call):
    first = call("check", "-t", THREAT, "--format", "json")
    second = call("check", "-t", TRADITIONAL, "--format", "json")
    assert first.exit_code == second.exit_code == 1
    assert (
        found(first)
        == found(second)
        == [
            ("common/threat/expose-contacts", 5, 10),
            ("common/threat/expose-contacts", 11, 18),
        ]
    )


def test_promise_is_clean_though_a_rule_lacks_metadata(call):
    result = call("check", "-t", "我们绝不会联系您的家人")
    assert result.exit_code == 0
    assert "缺少 started_at" in result.stdout


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on(call, fail_on, code):
    assert call("check", "-t", "你这个老赖", "--fail-on", fail_on).exit_code == code


def test_severity_hides_but_the_exit_code_stays(call):
    result = call(
        "check", "-t", "你这个老赖", "--severity", "error", "--fail-on", "warning", "--format", "json"
    )
    assert result.exit_code == 1
    assert found(result) == []


@pytest.mark.parametrize("format_", ["text", "concise", "json", "jsonl", "github"])
def test_golden_reports_of_the_demo_files(call, demo, monkeypatch, format_):
    monkeypatch.chdir(demo.parents[2])
    result = call("check", "corpora/formats/demo", "--format", format_, "--fail-on", "never")
    assert result.exit_code == 0
    told = "\n".join(line for line in result.stdout.split("\n") if "rules_sha256" not in line)
    golden = Path(__file__).parents[1] / "golden" / "cli" / f"demo.{format_}.txt"
    if os.environ.get("WRITE_GOLDEN"):  # read the difference before it is committed
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")


def test_stdin_by_dash_by_pipe_and_as_bytes_of_another_encoding(call):
    assert call("check", "-", stdin="爆你通讯录\n").exit_code == 1
    assert call("check", stdin="爆你通讯录\n").exit_code == 1
    assert call("check", stdin="您好\n").exit_code == 0
    said = "您好，再不还钱我们就要爆你通讯录了\n".encode("gb18030")
    assert call("check", "-", "--encoding", "gb18030", stdin=said).exit_code == 1


def test_missing_file_is_a_failure_and_the_rest_goes_on(call, tmp_path):
    good = tmp_path / "good.txt"
    good.write_text("您好", encoding="utf-8")
    result = call("check", tmp_path / "none.txt", good, "--format", "json")
    assert result.exit_code == 3
    report = json.loads(result.stdout)
    assert report["summary"]["documents"] == 1
    assert report["failures"][0]["path"].endswith("none.txt")


def test_findings_go_before_failures_in_the_exit_code(call, tmp_path):
    assert call("check", tmp_path / "none.txt", "-t", THREAT).exit_code == 1


def test_folder_with_nothing_to_read_does_not_pass(call, tmp_path):
    (tmp_path / "empty").mkdir()
    assert call("check", tmp_path / "empty").exit_code == 3


def test_empty_input_is_said_on_stderr(call):
    result = call("check", stdin="")
    assert result.exit_code == 0
    assert "没有读到任何内容" in result.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--format", "jsonn"], "json"),
        (["--fail-on", "eror"], "是否指 error"),
        (["--as-of", "2026-02-30"], "不是日期"),
        (["--output", "json"], "json=报告.json"),
        (["--output", "json=/no/such/folder/x.json"], "没有文件夹"),
        (["--rules", "/no/such/folder"], "找不到规则文件夹"),
        (["--select", "common/threat/expose-contact"], "expose-contacts"),
        (["--column", "txt=模板"], "是否指 text"),
        (["--input-format", "cvs"], "csv"),
        (["--encodin", "x"], "--encoding"),
    ],
)
def test_bad_call_exits_2_and_names_the_remedy(call, args, said):
    result = call("check", *args, stdin="您好")
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_rule_errors_exit_2_with_file_line_and_column(call, tmp_path, rules):
    import shutil

    copy = tmp_path / "mine"
    shutil.copytree(rules, copy)
    broken = copy / "common" / "abuse" / "insults.yaml"
    broken.write_text(
        broken.read_text(encoding="utf-8").replace("severity: warning", "severity: warnin"), "utf-8"
    )
    result = call("check", "--rules", copy, "-t", "您好")
    assert result.exit_code == 2
    assert f"{broken}:4:" in result.stderr
    assert "您是否想写 `warning`" in result.stderr


def test_select_and_ignore(call):
    def rules_hit(*args: str) -> set[str]:
        return {
            rule for rule, _, _ in found(call("check", "-t", f"老赖,{THREAT}", "--format", "json", *args))
        }

    assert rules_hit() == {"common/abuse/insults", "common/threat/expose-contacts"}
    assert rules_hit("--select", "common/abuse") == {"common/abuse/insults"}
    assert rules_hit("--select", "*/threat/*") == {"common/threat/expose-contacts"}
    assert rules_hit("--ignore", "common/abuse/insults") == {"common/threat/expose-contacts"}
    assert rules_hit("--select", "house") == set()  # off by default: only by its full id
    assert rules_hit("--select", "house/process/polite-opening") == {"house/process/polite-opening"}


def test_defaults_reach_the_document(call):
    def told(*args: str) -> list[tuple[str, int, int]]:
        return found(call("check", "-t", "下个月就让法院把你抓起来", "--format", "json", *args))

    assert [rule for rule, _, _ in told()] == ["cn/deception/court-soon"]
    assert told("--jurisdiction", "hk") == []
    assert told("--channel", "letter") == []


def test_column_map(call, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("a,b\n1,爆你通讯录\n", encoding="utf-8")
    result = call("check", table, "--column", "text=b", "--format", "json")
    assert found(result) == [("common/threat/expose-contacts", 0, 5)]


def test_as_of_picks_the_rules_in_force(call, tmp_path):
    night = '{"text": "请还款", "started_at": "2026-03-02T23:00:00+08:00"}'
    assert call("check", stdin=night).exit_code == 1
    assert call("check", "--as-of", "2020-06-01", stdin=night).exit_code == 0


def test_personal_data_is_masked_unless_asked_for(call, tmp_path):
    out = tmp_path / "report.json"
    text = f"身份证{IDENTITY}"
    masked = call("check", "-t", text, "--output", f"json={out}")
    assert masked.exit_code == 1
    assert IDENTITY not in masked.output + out.read_text(encoding="utf-8")
    assert IDENTITY in call("check", "-t", text, "--show-personal").stdout


def test_outputs_are_whole_files_beside_the_report(call, tmp_path):
    first, second = tmp_path / "a.json", tmp_path / "b.sarif"
    first.write_text("old", encoding="utf-8")
    result = call("check", "-t", THREAT, "-o", f"json={first}", "-o", f"sarif={second}")
    assert "爆你通讯录" in result.stdout
    assert json.loads(first.read_text(encoding="utf-8"))["summary"]["findings"] == 2
    assert json.loads(second.read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "b.sarif", "cache"]


def test_a_write_that_fails_leaves_the_old_file_and_exits_3(call, tmp_path, monkeypatch):
    import collectlint.reporters.json_ as json_reporter

    out = tmp_path / "a.json"
    out.write_text("old", encoding="utf-8")

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(json_reporter, "write", full)
    result = call("check", "-t", "您好", "-o", f"json={out}")
    assert result.exit_code == 3
    assert "No space left" in result.stderr
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "cache"]


def test_two_reports_into_one_file_are_refused(call, tmp_path):
    out = tmp_path / "a"
    assert call("check", "-t", "您好", "-o", f"json={out}", "-o", f"sarif={out}").exit_code == 2


def test_quiet_prints_nothing(call):
    result = call("check", "-t", THREAT, "--quiet")
    assert (result.exit_code, result.stdout) == (1, "")


def test_manifest_says_what_was_run(call):
    manifest = json.loads(call("check", "-t", "您好", "--format", "json", "--party", "family").stdout)[
        "manifest"
    ]
    assert len(manifest["rules_sha256"]) == 64
    assert manifest["as_of"] == "2026-11-22"
    assert manifest["version"]
    assert manifest["settings"]["party"] == "family"


def test_english_report(call):
    result = call("check", "-t", THREAT, "--lang", "en")
    assert "threatens to expose the debt" in result.stdout
    assert "findings" in result.stdout


def test_colour_by_option_then_environment(call, monkeypatch):
    def colourful(*args: str) -> bool:
        return "\x1b[" in call("check", "-t", THREAT, *args).stdout

    assert not colourful()
    assert colourful("--color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert colourful()
    assert not colourful("--no-color")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colourful()
    assert colourful("--color")
    monkeypatch.setenv("NO_COLOR", "")  # empty counts as absent
    assert colourful()


def test_a_fault_in_one_rule_keeps_neither_other_rules_nor_other_documents(call, monkeypatch):
    secret = "爆你通讯录,老赖"

    def faulty(document, rulebook, options):
        hit = options.only is None or "common/abuse/insults" in options.only
        if hit and "老赖" in document.turns[0].text:
            raise KeyError(secret)
        return real_lint(document, rulebook, options)

    monkeypatch.setattr(run_module, "lint", faulty)
    lines = json.dumps({"id": "bad", "text": secret}) + "\n" + json.dumps({"id": "good", "text": THREAT})
    result = call("check", "-", "--format", "json", stdin=lines)
    report = json.loads(result.stdout)
    assert {(one["document"], one["rule"]) for one in report["findings"]} == {
        ("bad", "common/threat/expose-contacts"),
        ("good", "common/threat/expose-contacts"),
    }
    (failure,) = report["failures"]
    assert "bad" in failure["reason"]
    assert "common/abuse/insults" in failure["reason"]
    assert "老赖" not in json.dumps(failure, ensure_ascii=False)
    assert call("check", "-", "--fail-on", "never", stdin=lines).exit_code == 3


def test_a_fired_time_limit_exits_3(call, monkeypatch):
    from collectlint.finding import NotEvaluated
    from collectlint.linter import Judgement
    from collectlint.operators.pattern import TIMED_OUT

    def slow(document, _rulebook, _options):
        return Judgement((), (NotEvaluated(document.id, "x/y/z", f"缺少 started_at;{TIMED_OUT}"),))

    monkeypatch.setattr(run_module, "lint", slow)
    assert call("check", "-t", "您好").exit_code == 3


def test_reader_that_breaks_is_a_failure_without_the_text(call, monkeypatch):
    from collectlint.readers import table

    def broken(*_args: object):
        yield from ()
        raise RuntimeError(THREAT)

    monkeypatch.setattr(table, "read_stdin", broken)
    result = call("check", "-", stdin="x")
    assert result.exit_code == 3
    assert "RuntimeError" in result.stdout
    assert "爆你通讯录" not in result.output


def test_unexpected_fault_shows_no_traceback_and_no_text(call, monkeypatch):
    def broken(*_args: object, **_named: object) -> None:
        raise RuntimeError(THREAT)

    monkeypatch.setattr(checking_module, "run", broken)
    result = call("check", "-t", THREAT)
    assert result.exit_code == 3
    assert "RuntimeError" in result.stderr
    assert "爆你通讯录" not in result.output
    assert "Traceback" not in result.output


def test_prefilter_changes_nothing(call, demo):
    with_, without = (
        call("check", demo, "--format", "json", *extra).stdout for extra in ((), ("--no-prefilter",))
    )
    assert json.loads(with_)["findings"] == json.loads(without)["findings"]


def test_asks_at_a_terminal_until_an_empty_line(call, monkeypatch):
    monkeypatch.setattr(check_module.console, "is_terminal", lambda _stream: True)
    result = call("check", stdin=f"您好\n{THREAT}\n\n不再读这一行\n")
    assert result.exit_code == 1
    assert result.stdout.count("请输入要检查的话") == 3
    assert result.stdout.count("共 1 份文档") == 2


def test_asking_ends_at_the_end_of_input(call, monkeypatch):
    monkeypatch.setattr(check_module.console, "is_terminal", lambda _stream: True)
    assert call("check", stdin="您好\n").exit_code == 0


TABLE = "# 话术\n\n{}\n|---|---|\n|再不还钱就爆你通讯录|请您尽快还款|\n|让你全村都知道|我们会依法处理|\n"


def test_the_wrong_column_of_a_table_is_not_said(call, tmp_path):
    script = tmp_path / "table.md"
    script.write_text(TABLE.format("|不说|改说|"), encoding="utf-8")
    assert "未发现问题" in call("check", str(script)).stdout
    script.write_text(TABLE.format("|话术|说明|"), encoding="utf-8")
    assert "爆你通讯录" in call("check", str(script)).stdout
