"""The command line as a process: pipes, signals, poor consoles, poor machines."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

THREAT = "再不还钱就爆你通讯录,让你全村都知道"


@pytest.fixture
def check(spawn, rules):
    def run(*args: object, **named: object):
        return spawn("check", "--rules", rules, "--as-of", "2026-11-22", *args, **named)

    return run


def test_shipped_rules_catch_the_threat_in_both_scripts(spawn):
    told = []
    for text in (THREAT, "再不還錢就爆你通訊錄,讓你全村都知道"):
        result = spawn("check", "-t", text, "--format", "json")
        assert result.returncode == 1, result.stderr.decode()
        told.append(
            [(one["rule"], one["start"], one["end"]) for one in json.loads(result.stdout)["findings"]]
        )
    assert told[0]
    assert told[0] == told[1]


def test_shipped_rules_let_the_promise_pass(spawn):
    assert spawn("check", "-t", "我们绝不会联系您的家人").returncode == 0


def test_a_reader_that_stops_reading_is_no_fault(check, tmp_path):
    many = tmp_path / "many.jsonl"
    many.write_text((json.dumps({"text": THREAT}) + "\n") * 3000, encoding="utf-8")
    result = check(many, "--fail-on", "never", shell="| head -n 1")
    assert result.stderr == b""
    assert result.stdout.decode().startswith("文档")


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252", "utf-8"])
def test_no_console_makes_it_fall_over(check, encoding):
    result = check("-t", f"{THREAT}😀\u202e", env={"PYTHONIOENCODING": encoding, "LC_ALL": "C"})
    assert result.returncode == 1, result.stderr
    assert b"Traceback" not in result.stderr
    result.stdout.decode(encoding)


def test_c_locale_and_bytes_that_are_no_utf8(spawn, rules):
    arguments = [
        sys.executable,
        "-m",
        "collectlint",
        "check",
        "--rules",
        str(rules),
        "-t",
        b"\xff\xfe\xe7\x88\x86",
    ]
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONPATH": str(rules.parents[2] / "src"),
    }
    result = subprocess.run(arguments, capture_output=True, env=environment, timeout=60, check=False)
    assert result.returncode == 0, result.stderr
    assert b"Traceback" not in result.stderr


def test_no_color_and_force_color(check):
    assert b"\x1b[" in check("-t", THREAT, env={"FORCE_COLOR": "1"}).stdout
    assert b"\x1b[" not in check("-t", THREAT, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout


def test_home_that_cannot_be_written(check, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o500)
    environment = {"HOME": str(home), "XDG_CACHE_HOME": "", "COLLECTLINT_CACHE_DIR": "/dev/null/none"}
    result = check("-t", THREAT, env=environment)
    assert result.returncode == 1, result.stderr
    assert result.stderr == b""


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [(signal.SIGINT, 130, "已中断"), (signal.SIGTERM, 143, "被要求结束，已停止")],
)
def test_signals_end_it_at_once_without_a_traceback(rules, tmp_path, ended_by, number, code, said):
    out = tmp_path / "report.json"
    out.write_text("old", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(rules.parents[2] / "src")}
    arguments = [
        sys.executable,
        "-m",
        "collectlint",
        "check",
        "--rules",
        str(rules),
        "-",
        "-o",
        f"json={out}",
    ]
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"x" * 10)
        process.stdin.flush()
        time.sleep(1.5)  # it waits for the rest of its input
        complaint = ended_by(process, number)
    assert process.returncode == code
    assert complaint.decode().strip() == said
    assert out.read_text(encoding="utf-8") == "old"


def test_output_to_a_device_is_not_replaced(check):
    assert check("-t", THREAT, "-o", "json=/dev/null").returncode == 1
    assert Path("/dev/null").is_char_device()


def test_version_and_help_need_no_rules(spawn):
    assert spawn("--version").stdout.startswith(b"collectlint ")
    help_ = spawn("--help").stdout.decode()
    assert "用法：" in help_
    assert "check" in help_


def test_checking_a_text_imports_only_what_it_needs(rules, tmp_path):
    code = (
        "import sys; from collectlint.__main__ import main\n"
        f"sys.argv = ['collectlint', 'check', '--rules', {str(rules)!r}, '-t', '您好请还款']\n"
        "main()\n"
        "heavy = {'yaml', 'jieba', 'opencc', 'rjieba', 'hypothesis', 'sklearn', 'importlib.metadata',"
        " 'collectlint.text.segment', 'collectlint.proof', 'collectlint.rulebook.strict',"
        " 'collectlint.cli.rules'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(rules.parents[2] / "src")}
    for _ in range(2):  # the second time the rulebook comes from the cache
        result = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, env=environment, timeout=60, check=False
        )
    assert result.stderr.decode().strip() == "[]"
