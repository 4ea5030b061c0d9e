"""Whatever breaks, a text not judged in full never looks clean: the exit code is not 0, and it is said.

Files broken in themselves are tried by `test_bad_input.py` and `hostile/`; here what breaks around them.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from collectlint.cli.root import root

ROOT = Path(__file__).parents[1]
RULES = ROOT / "tests" / "fixtures" / "rules"
CLEAN = '{"id": "clean", "text": "您好，请按时还款。"}\n'
THREAT = "再不还钱就爆你通讯录"

Patch = pytest.MonkeyPatch
Breaking = Callable[[Path, Patch], None]


def written(name: str, content: str | bytes) -> Breaking:
    def make(folder: Path, _: Patch) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return make


def missing(library: str) -> Breaking:
    return lambda _, patch: patch.setitem(sys.modules, library, None)


def breaking(target: str, error: Exception) -> Breaking:
    def raise_it(*_: object, **__: object) -> None:
        raise error

    return lambda _, patch: patch.setattr(target, raise_it)


def disk_error(folder: Path, patch: Patch) -> None:
    """The second megabyte of a file cannot be read."""
    (folder / "bad.jsonl").write_text(CLEAN * 60_000, encoding="utf-8")

    class Worn(io.FileIO):
        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            if self.tell() > 1 << 20:
                raise OSError(5, os.strerror(5))
            return super().readinto(buffer)

    opened = os.fdopen

    def worn(fd: int, *rest: object, **more: object) -> object:
        return io.BufferedReader(Worn(fd)) if rest[:1] == ("rb",) else opened(fd, *rest, **more)  # type: ignore[call-overload]

    patch.setattr(os, "fdopen", worn)


def one_rule(folder: Path, when: str) -> None:
    """The tests' own rules in `rules`, one of them with another condition."""
    for path in sorted(RULES.rglob("*")):
        target = folder / "rules" / path.relative_to(RULES)
        if path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    changed = folder / "rules" / "common" / "threat" / "expose-contacts.yaml"
    head, _, tail = changed.read_text(encoding="utf-8").partition("when:")
    changed.write_text(f"{head}when: {when}\ntests:" + tail.partition("\ntests:")[2], encoding="utf-8")


def slow_pattern(folder: Path, patch: Patch) -> None:
    patch.setattr("collectlint.operators.pattern.SECONDS", 0.01)
    one_rule(folder, '{pattern: "催[^。]{0,900}(?:收|债)[^。]{0,900}!"}')
    (folder / "bad.jsonl").write_text(json.dumps({"text": "催收款" * 3_000 + "。!"}), encoding="utf-8")


def holiday(year: int) -> Breaking:
    """A house rule on public holidays, and a call on one."""

    def make(folder: Path, _: Patch) -> None:
        one_rule(folder, "{hours: {quiet: 00:00-24:00, holidays: true}}")
        call = {"text": "您好", "channel": "call", "started_at": f"{year}-10-01T10:00:00"}
        (folder / "bad.jsonl").write_text(json.dumps(call), encoding="utf-8")

    return make


def holiday_without_library(folder: Path, patch: Patch) -> None:
    missing("holidays")(folder, patch)
    holiday(2002)(folder, patch)  # a year that no other test has in memory


def workbook_without_library(folder: Path, patch: Patch) -> None:
    missing("python_calamine")(folder, patch)
    (folder / "bad.xlsx").write_bytes((ROOT / "corpora/formats/call_export/turns.xlsx").read_bytes())


def full_disk(folder: Path, patch: Patch) -> None:
    BAD(folder, patch)
    breaking("collectlint.cli.outputs.os.replace", OSError(28, "No space left"))(folder, patch)


def without(what: str) -> Breaking:
    """A good file, and a function of the program that fails."""

    def make(folder: Path, patch: Patch) -> None:
        BAD(folder, patch)
        breaking(what, BROKEN)(folder, patch)

    return make


BAD = written("bad.jsonl", json.dumps({"text": THREAT}))
HITS = json.dumps({"text": f"{THREAT}。" * 3_000})
VALUES = '{"text": "a",\n"x": [' + "{}," * 1_000_000 + "{}]}"
GB18030 = "请还款".encode("gb18030") * 9
BROKEN = RuntimeError("broken")
# What breaks -> (how, further words of the call, exit code, part of what is said).
FAULTS: dict[str, tuple[Breaking, tuple[str, ...], int, str]] = {
    "missing file": (lambda *_: None, (), 3, "找不到文件"),
    "disk error": (disk_error, (), 3, "读取中断"),
    "reader fails": (without("collectlint.readers.jsonl.read"), (), 3, "读取时发生内部错误"),
    "operator fails": (without("collectlint.operators.phrase.Phrase.check"), (), 3, "内部错误"),
    "view fails": (without("collectlint.view.readings_of"), (), 3, "内部错误"),
    "time limit": (slow_pattern, ("--rules", "rules"), 3, "时限"),
    "year without public holidays": (holiday(2099), ("--rules", "rules"), 3, "放假安排"),
    "no library for holidays": (holiday_without_library, ("--rules", "rules"), 3, "holidays"),
    "too many findings": (written("bad.jsonl", HITS), (), 1, "问题超过"),
    "too long a line": (written("bad.jsonl", '{"text": "' + "a" * 6_000_000 + '"}'), (), 3, "上限"),
    "too long a document": (written("bad.txt", "请还款。" * 80_000), ("bad.txt",), 3, "上限"),
    "too many values": (written("bad.json", VALUES), ("bad.json",), 3, "值过多"),
    "wrong encoding": (written("bad.jsonl", GB18030), ("--encoding", "utf-8"), 3, "解码"),
    "no library for workbooks": (workbook_without_library, ("bad.xlsx",), 3, "另装"),
    "broken Parquet": (written("bad.parquet", b"PAR1" + b"\0" * 400 + b"PAR1"), ("bad.parquet",), 3, "损坏"),
    "cut record": (written("bad.jsonl", '{"text": "请还'), (), 3, "截断"),
    "unknown shape": (written("bad.json", '{"speech": [1, 2]}'), ("bad.json",), 3, ""),
    "broken rule": (written("rules/cn/threat/x.yaml", "id: ["), ("--rules", "rules"), 2, "x.yaml:1"),
    "no rules": (lambda folder, _: (folder / "rules").mkdir(), ("--rules", "rules"), 2, "rules"),
    "unknown rule chosen": (BAD, ("--select", "no/such/rule"), 2, "no/such/rule"),
    "broken configuration": (written("collectlint.yaml", "lang: [\n"), (), 2, "collectlint.yaml:"),
    "unknown profile": (BAD, ("--profile", "no-such"), 2, "no-such"),
    "broken baseline": (written("b.jsonl", "{"), ("--baseline", "b.jsonl"), 2, "b.jsonl"),
    "broken facts": (written("facts.csv", b"\0\1\2" * 50), ("--metadata", "facts.csv"), 2, "facts.csv"),
    "no facts": (BAD, ("--metadata", "no.csv"), 2, "no.csv"),
    "output cannot be written": (full_disk, ("-o", "json=out.json"), 1, "写不进去"),
    "cut input stream": (lambda *_: None, ("-",), 3, "截断"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_and_is_no_success(tmp_path: Path, monkeypatch: Patch, name: str) -> None:
    make, words, code, said = FAULTS[name]
    monkeypatch.setenv("COLLECTLINT_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / ".git").mkdir()
    (tmp_path / "good.jsonl").write_text(CLEAN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    make(tmp_path, monkeypatch)
    given = [word for word in words if word.startswith("bad.") or word == "-"] or ["bad.jsonl"]
    rest = [word for word in words if word not in given]
    rules = [] if "--rules" in rest else ["--rules", str(RULES)]
    call = ["check", *given, "good.jsonl", *rules, "--as-of", "2026-11-22", "--no-cache", *rest]
    told = CliRunner().invoke(root, [*call, "--format", "json"], input='{"text": "请还')
    assert told.exit_code == code, told.output
    if code == 2:
        assert said in told.stderr
        assert not told.stdout
        return
    report = json.loads(told.stdout)
    incomplete = [*report["failures"], *report["not_evaluated"]]
    if name != "output cannot be written":
        assert any(said in one["reason"] for one in incomplete), incomplete
    shown = CliRunner().invoke(root, call, input='{"text": "请还')
    assert shown.exit_code == code
    assert said in shown.stdout + shown.stderr


def test_they_are_many() -> None:
    assert len(FAULTS) >= 20


def test_without_a_fault_it_is_a_success(tmp_path: Path, monkeypatch: Patch) -> None:
    monkeypatch.setenv("COLLECTLINT_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "good.jsonl").write_text(CLEAN, encoding="utf-8")
    call = ["check", str(tmp_path / "good.jsonl"), "--rules", str(RULES), "--as-of", "2026-11-22"]
    assert CliRunner().invoke(root, call).exit_code == 0
