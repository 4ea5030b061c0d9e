"""No network, no write but to the output and the private cache, whole files or none when interrupted."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
THREAT = "再不还钱就爆你通讯录,让你全村都知道"
RULES = ROOT / "tests" / "fixtures" / "rules"

# Ends the process at the first socket and records what is opened for writing, made, moved or removed.
WATCHED = """
import json, os, sys
seen = []
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
def watch(event, args):
    if event.startswith(("socket.", "ftplib.", "urllib.", "http.", "smtplib.")):
        os.write(2, f"NETWORK {event}\\n".encode()); os._exit(99)
    if event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
        seen.append([event, str(args[0])])
    if event == "open" and isinstance(args[0], str | bytes):
        mode, flags = args[1], args[2] or 0
        if (mode and set("wax+") & set(mode)) or (not mode and flags & WRITING):
            seen.append(["open", os.fsdecode(args[0])])
    elif event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.truncate"):
        seen.extend([event, os.fsdecode(one)] for one in args[:2] if isinstance(one, str | bytes))
sys.addaudithook(watch)
from collectlint.__main__ import main
try:
    code = main()
except SystemExit as ended:
    code = ended.code
done = list(seen)
with open(os.environ["SEEN"], "w") as file:
    json.dump(done, file)
os._exit(code or 0)
"""

COMMANDS: dict[str, list[str]] = {
    "check a text": ["check", "--isolated", "-t", THREAT],
    "check files": ["check", "in", "-o", "json=out/a.json", "-o", "sarif=out/a.sarif"],
    "check with facts": ["check", "in", "--metadata", "in/facts.csv", "-q"],
    "explain": ["explain", THREAT],
    "rules test": ["rules", "test", "--rules", str(RULES)],
    "rules vet": ["rules", "vet", "--rules", str(RULES)],
    "law coverage": ["law", "coverage"],
    "config show": ["config", "show"],
    "baseline": ["check", "in", "--baseline", "out/b.jsonl", "--write-baseline", "--reason", "旧"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_no_network_and_no_stray_writes(tmp_path: Path, stocked: Callable[[Path], Path], name: str) -> None:
    for folder in ("in", "out", "cache", "home", "temporary"):
        (tmp_path / folder).mkdir(mode=0o700)
    if name != "check files":  # that one compiles the rules itself
        stocked(tmp_path / "cache")
    (tmp_path / "in" / "a.jsonl").write_text(json.dumps({"id": "a", "text": THREAT}) + "\n", encoding="utf-8")
    (tmp_path / "in" / "facts.csv").write_text(
        "call_id,started_at\na,2026-03-02T22:10:00\n", encoding="utf-8"
    )
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "src"), "COLLECTLINT_CACHE_DIR": str(tmp_path / "cache"),
        "HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "temporary"), "SEEN": str(tmp_path / "seen"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    ended = subprocess.run(
        [sys.executable, "-c", WATCHED, *COMMANDS[name]],
        cwd=tmp_path, env=environment, capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert ended.returncode in (0, 1, 3), ended.stderr.decode()
    allowed = (str(tmp_path / "out") + os.sep, str(tmp_path / "cache"), os.devnull)
    for event, path in json.loads((tmp_path / "seen").read_text()):
        assert event in ("open", "os.mkdir", "os.rename", "os.remove"), (event, path)
        there_already = event == "os.mkdir" and path == str(tmp_path)
        assert os.path.join(tmp_path, path).startswith(allowed) or there_already, (event, path)
    for folder in ("home", "temporary"):
        assert not list((tmp_path / folder).iterdir())


def test_the_watch_sees(tmp_path: Path) -> None:
    code = WATCHED.split("from collectlint")[0] + "import socket; socket.socket().connect(('127.0.0.1', 9))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert ended.returncode == 99


@pytest.mark.slow
def test_interrupted_at_any_point_it_leaves_whole_files_or_none(
    tmp_path: Path, ended_by: Callable[[subprocess.Popen[bytes], int], bytes]
) -> None:
    (tmp_path / ".git").mkdir()
    lines = [json.dumps({"id": f"d{n}", "text": f"{THREAT}{n}"}, ensure_ascii=False) for n in range(3_000)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "src"), "COLLECTLINT_CACHE_DIR": str(tmp_path / "cache"),
    }  # fmt: skip
    words = [sys.executable, "-m", "collectlint", "check", "a.jsonl", "-q", "--rules", str(RULES)]
    words += ["--as-of", "2026-11-22", "-o", "json=a.json", "-o", "csv=a.csv", "-o", "jsonl=a.out"]

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            words, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )  # fmt: skip

    began = time.monotonic()
    with start() as process:
        process.communicate(timeout=300)
    whole = time.monotonic() - began
    names = ("a.json", "a.csv", "a.out")
    done = {name: (tmp_path / name).read_bytes() for name in names}
    chance = random.Random(7)
    stopped = 0
    for number in range(12):
        for name in names:
            (tmp_path / name).write_bytes(b"old")
        signal_, code = ((signal.SIGINT, 130), (signal.SIGTERM, 143))[number % 2]
        with start() as process:
            time.sleep(whole * (0.15 + 0.8 * chance.random()))
            complaint = ended_by(process, signal_)
        assert b"Traceback" not in complaint, complaint.decode()
        # Before Python has set its handlers the signal itself ends the process.
        assert process.returncode in (code, -signal_, 1), (process.returncode, complaint)
        stopped += process.returncode == code
        for name in names:
            assert (tmp_path / name).read_bytes() in (b"old", done[name]), name
        assert {path.name for path in tmp_path.iterdir()} == {"a.jsonl", ".git", "cache", *names}
    assert stopped
