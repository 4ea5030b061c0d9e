"""Whatever is wrong with one input: a clear message, the right exit code, and everything else checked."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
RULES = ROOT / "tests" / "fixtures" / "rules"
FULL = bool(os.environ.get("COLLECTLINT_FULL"))
THREAT = "再不还钱就爆你通讯录,让你全村都知道"
GOOD = json.dumps({"id": "good", "text": THREAT}, ensure_ascii=False) + "\n"
CLEAN = json.dumps({"id": "clean", "text": "您好，请按时还款。"}, ensure_ascii=False) + "\n"
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

Checked = subprocess.CompletedProcess[bytes]


@pytest.fixture
def check(tmp_path: Path, stocked: Callable[[Path], Path]) -> Callable[..., Checked]:
    """Run `collectlint check` as a process of its own, in a folder of its own."""
    cache = stocked(tmp_path / "cache")

    def run(
        *args: object, stdin: bytes | None = None, env: dict[str, str] | None = None, tail: str = ""
    ) -> Checked:
        words = [
            sys.executable,
            "-m",
            "collectlint",
            "check",
            "--rules",
            RULES,
            "--as-of",
            "2026-11-22",
            *args,
        ]
        environment = {
            **{name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")},
            "PYTHONPATH": str(ROOT / "src"),
            "COLLECTLINT_CACHE_DIR": str(cache),
            **(env or {}),
        }
        command = ["sh", "-c", f'"$@" {tail}', "sh", *map(str, words)] if tail else [*map(str, words)]
        return subprocess.run(
            command, input=stdin, capture_output=True, env=environment, cwd=tmp_path, timeout=120, check=False
        )

    return run


def report(checked: Checked) -> dict[str, Any]:
    assert b"Traceback" not in checked.stderr
    found: dict[str, Any] = json.loads(checked.stdout)
    return found


def long_line(path: Path) -> None:
    """One line without an end: 200 MB in the full run."""
    with path.open("wb") as file:
        file.write(b'{"text": "')
        piece = "请还款。".encode() * 25_000
        for _ in range(680 if FULL else 68):  # 204 MB, 20.4 MB; the limit is 5,000,000 characters
            file.write(piece)
        file.write(b'"}')


def nested(path: Path) -> None:
    path.write_text('{"text": "请还款", "fields": ' + "[" * 10_000 + "]" * 10_000 + "}\n", encoding="utf-8")


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "binary.bin": (lambda path: path.write_bytes(bytes(range(256)) * 40), "不是文本文件"),
    "zipped.gz": (lambda path: path.write_bytes(gzip.compress(GOOD.encode())), "不是文本文件"),
    "long.jsonl": (long_line, "超过 500 万字的上限"),
    "cut-in-character.jsonl": (lambda path: path.write_bytes(GOOD.encode()[:-31]), "截断"),
    "cut.jsonl": (lambda path: path.write_bytes(GOOD.encode()[:-32]), "截断"),
    "nested.jsonl": (nested, "嵌套"),
    "wrong.jsonl": (
        lambda path: path.write_bytes(GOOD.encode("gb18030") + b'{"text": "\xff\xff"}\n'),
        "解码",
    ),
    "missing.jsonl": (lambda path: None, "找不到文件"),
    "nothing": (lambda path: path.mkdir(), "没有读到任何内容"),
    "link.jsonl": (lambda path: path.symlink_to(path), "成环"),
    "key.jsonl": (lambda path: path.write_text('{"txt": "请还款"}\n', encoding="utf-8"), "text"),
    "list.jsonl": (lambda path: path.write_text("[1]\n", encoding="utf-8"), "对象"),
    "pipe": (os.mkfifo, "命名管道"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_input_among_good_ones(check: Callable[..., Checked], tmp_path: Path, name: str) -> None:
    make, reason = BAD[name]
    make(tmp_path / name)
    (tmp_path / "a.jsonl").write_text(GOOD, encoding="utf-8")
    (tmp_path / "z.jsonl").write_text(CLEAN, encoding="utf-8")

    checked = check("a.jsonl", name, "z.jsonl", "--format", "json")
    assert checked.returncode == 1, checked.stderr.decode()
    told = report(checked)
    (failure,) = told["failures"]
    assert failure["path"] == name
    assert reason in failure["reason"]
    assert failure["remedy"]
    extra = int(name == "wrong.jsonl")  # its first line is sound
    assert told["summary"]["documents"] == 2 + extra
    assert {one["document"] for one in told["findings"]} == {"good"}

    checked = check(name, "z.jsonl")
    assert checked.returncode == (1 if extra else 3)
    text = checked.stdout.decode()
    assert name in text
    assert reason in text


def test_a_bad_line_among_good_ones(check: Callable[..., Checked], tmp_path: Path) -> None:
    lines = [
        GOOD.encode(),
        b'{"text": "a", "text": "b"}\n',
        b"not json\n",
        b'{"text": 1}\n',
        b'{"text": "\xff"}\n',
        b"[" * 10_000 + b"\n",
        b'{"text": "' + b"a" * 30_000_000 + b'"}\n',
        b"\n",
        b'{"text": NaN}\n',
        GOOD.replace("good", "good2").encode(),
        b'{"id": "cut", "text": "',
    ]
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines))
    checked = check("a.jsonl", "--format", "json")
    assert checked.returncode == 1
    told = report(checked)
    assert [one["line"] for one in told["failures"]] == [2, 3, 4, 5, 6, 7, 9, 11]
    assert all(one["reason"] and one["remedy"] for one in told["failures"])
    assert {one["document"] for one in told["findings"]} == {"good", "good2"}
    assert {one["line"] for one in told["findings"]} == {1, 10}


def test_an_empty_file_is_no_fault_but_is_noted(check: Callable[..., Checked], tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"")
    (tmp_path / "a.jsonl").write_text(GOOD, encoding="utf-8")
    alone = check("empty.jsonl")
    assert alone.returncode == 0
    assert "没有读到任何内容" in alone.stderr.decode()
    assert check("empty.jsonl", "a.jsonl").returncode == 1
    assert check("-", stdin=b"").returncode == 0


@pytest.mark.skipif(IS_ROOT, reason="root may read everything")
def test_a_file_without_permission(check: Callable[..., Checked], tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.jsonl").chmod(0)
    told = report(check("a.jsonl", "b.jsonl", "--format", "json"))
    assert [one["path"] for one in told["failures"]] == ["b.jsonl"]
    assert "权限" in told["failures"][0]["reason"]
    assert told["findings"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16"])
def test_encodings_are_told_apart(check: Callable[..., Checked], tmp_path: Path, encoding: str) -> None:
    text = "再不還錢就爆你通訊錄,讓你全村都知道\n您好,請於本月十五日前繳款,如有疑問請來電。\n"
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    told = report(check("a.txt", "--format", "json"))
    assert [one["matched"] for one in told["findings"]] == ["爆你通訊錄", "讓你全村都知道"]
    assert not told["failures"]


def test_a_wrong_encoding_that_was_asked_for_is_told(check: Callable[..., Checked], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("再不还钱\n".encode("gb18030") * 3)
    checked = check("a.txt", "--encoding", "utf-8", "--format", "json")
    assert checked.returncode == 3
    assert [one["line"] for one in report(checked)["failures"]] == [1, 2, 3]
    assert check("a.txt", "--encoding", "utf-9").returncode == 2


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e"])
def test_lines_end_at_cr_and_lf_only(check: Callable[..., Checked], tmp_path: Path, mark: str) -> None:
    record = json.dumps({"text": f"您好{mark}{THREAT}"}, ensure_ascii=False)
    for name, text in (
        ("a.txt", f"甲{mark}乙\r{mark}\r\n\n坐席：{THREAT}{mark}{THREAT}\n"),
        ("a.jsonl", f"{CLEAN.strip()}\r\n\r{record}\n"),
        ("a.csv", f'text\r\n您好\r\n"{THREAT}{mark}"\r\n'),
    ):
        if name == "a.jsonl" and mark < " ":
            continue  # json.dumps escapes it; nothing to tell
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        told = report(check(name, "--format", "json"))
        assert not told["failures"]
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert told["findings"]
        for one in told["findings"]:
            assert lines[one["line"] - 1][one["column"] - 1 :].startswith(one["matched"]), (name, one)


# -- poor surroundings --------------------------------------------------------------------------------

POOR = {
    "C locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "GBK console": {"PYTHONIOENCODING": "gbk"},
    "ASCII console": {"PYTHONIOENCODING": "ascii"},
    "no home": {"HOME": "/nonexistent", "XDG_CACHE_HOME": "", "COLLECTLINT_CACHE_DIR": ""},
    "cache in a device": {"COLLECTLINT_CACHE_DIR": "/dev/null/none"},
    "no path": {"PATH": ""},
    "dumb terminal": {"TERM": "dumb"},
    "cp936 console": {"PYTHONIOENCODING": "cp936"},
    "no temporary folder": {"TMPDIR": "/nonexistent"},
    "warnings are errors": {"PYTHONWARNINGS": "error"},
    "no byte code": {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": "/nonexistent"},
    "no setuptools": {"COLLECTLINT_TEST_WITHOUT": "setuptools,pkg_resources,distutils"},
}
# Python runs this before anything else where it lies on the path.
WITHOUT = """
import os, sys
for name in filter(None, os.environ.get("COLLECTLINT_TEST_WITHOUT", "").split(",")):
    sys.modules[name] = None
"""


@pytest.mark.parametrize("name", POOR)
def test_poor_surroundings_change_nothing(check: Callable[..., Checked], tmp_path: Path, name: str) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WITHOUT, encoding="utf-8")
    there_path = os.pathsep.join([str(tmp_path / "site"), str(ROOT / "src")])
    (tmp_path / "a.jsonl").write_text(GOOD.replace("good", "好😀"), encoding="utf-8")
    usual = report(check("a.jsonl", "--format", "json", "-o", "json=usual.json"))
    there = check(
        "a.jsonl", "--format", "json", "-o", "json=poor.json", env={"PYTHONPATH": there_path, **POOR[name]}
    )
    assert there.returncode == 1
    assert there.stderr == b""
    assert usual["findings"]
    poor = json.loads((tmp_path / "poor.json").read_text(encoding="utf-8"))
    assert poor["findings"] == json.loads((tmp_path / "usual.json").read_text(encoding="utf-8"))["findings"]
    shown = check("a.jsonl", env={"PYTHONPATH": there_path, **POOR[name]})
    assert shown.returncode == 1
    assert shown.stderr == b""
    assert b"common/threat/expose-contacts" in shown.stdout


def test_another_package_called_opencc_is_told(check: Callable[..., Checked], tmp_path: Path) -> None:
    """The compiled `opencc` has the same name and no tables that can be read."""
    (tmp_path / "site" / "opencc").mkdir(parents=True)
    (tmp_path / "site" / "opencc" / "__init__.py").write_text("raise ImportError", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path / "site"), str(ROOT / "src")])
    (tmp_path / "a.jsonl").write_text(GOOD, encoding="utf-8")
    checked = check("a.jsonl", env={"PYTHONPATH": path, "COLLECTLINT_CACHE_DIR": str(tmp_path / "new")})
    assert checked.returncode not in (0, 1)
    assert "opencc-python-reimplemented" in checked.stderr.decode()
    assert b"Traceback" not in checked.stderr


def test_a_home_that_cannot_be_written(check: Callable[..., Checked], tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / ".cache").mkdir(parents=True)
    (home / ".cache").chmod(0o500)
    home.chmod(0o500)
    checked = check("-t", THREAT, env={"HOME": str(home), "XDG_CACHE_HOME": "", "COLLECTLINT_CACHE_DIR": ""})
    assert checked.returncode == 1
    assert checked.stderr == b""


@pytest.mark.parametrize("tail", ["| head -1", "| head -c 1", "| true"])
def test_a_reader_that_goes_away(check: Callable[..., Checked], tmp_path: Path, tail: str) -> None:
    (tmp_path / "many.jsonl").write_text(GOOD * 2000, encoding="utf-8")
    for form in ("text", "json", "jsonl", "csv", "sarif", "github"):
        assert check("many.jsonl", "--format", form, tail=tail).stderr == b"", form


def test_no_color_goes_before_force_color(check: Callable[..., Checked]) -> None:
    assert b"\x1b[" in check("-t", THREAT, env={"FORCE_COLOR": "1"}).stdout
    assert b"\x1b[" not in check("-t", THREAT, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout
    assert b"\x1b[" not in check("-t", THREAT).stdout
