"""Killed at any moment, a run is taken up again and ends as if nothing had been."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import pytest

from collectlint.audit.store import Store

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def night(tmp_path: Path, night_script) -> list[Path]:
    """Long enough to be killed in the middle: some seconds of two workers."""
    paths = [tmp_path / "messages.jsonl", tmp_path / "calls.jsonl"]
    night_script.write("messages", 700, str(paths[0]))
    night_script.write("transcripts", 150, str(paths[1]))
    return paths


def _same_files(one: Path, other: Path) -> bool:
    names = sorted(set(os.listdir(one)) - {"audit.sqlite"})
    return names == sorted(set(os.listdir(other)) - {"audit.sqlite"}) and all(
        (one / name).read_bytes() == (other / name).read_bytes() for name in names
    )


def _children(mark: str) -> list[int]:
    """Processes that have `mark` in their environment."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                environment = Path(f"/proc/{name}/environ").read_bytes()
                state = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if mark.encode() in environment and state != "Z":
                found.append(int(name))
    return found


def _units_done(folder: Path) -> int:
    """Units that the log of the store shows to be done, while a run holds it."""
    try:
        return (folder / "audit.sqlite-wal").stat().st_size
    except OSError:
        return 0


def _killed_midway(started, arguments, out: Path, moment: float) -> None:
    process = started(*arguments, "--out", out, MARK=f"mark-{os.getpid()}-{out.name}")
    deadline = time.monotonic() + 60
    while _units_done(out) < 100_000 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.wait()


@needs_proc
def test_no_worker_outlives_a_killed_parent_and_the_run_goes_on(started, audit, night, tmp_path, dump):
    arguments = (*night, "--jobs", 2, "--unit-bytes", 3_000)
    whole, out = tmp_path / "whole", tmp_path / "out"
    audit(*arguments, "--out", whole)
    _killed_midway(started, arguments, out, 0)
    with pytest.raises(AssertionError):
        assert dump(out) == dump(whole)
    deadline = time.monotonic() + 5
    while (left := _children(f"mark-{os.getpid()}-out")) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == []
    audit(*arguments, "--out", out)
    assert dump(out) == dump(whole)
    assert _same_files(out, whole)
    store = Store(str(out))
    assert [row[0] for row in store.rows("SELECT outcome FROM session ORDER BY session")] == [
        "broken off", "complete",
    ]  # fmt: skip
    store.close()


def test_halves_of_killed_reports_are_swept(audit, night, tmp_path):
    out = tmp_path / "out"
    audit(*night, "--out", out, "--sample", "5%")
    whole = sorted(os.listdir(out))
    (out / ".report.html.4242.tmp").write_text("<html>")
    audit(*night, "--out", out, "--sample", "5%")
    assert sorted(os.listdir(out)) == whole


@pytest.mark.slow
@needs_proc
def test_twenty_kills(started, audit, night, tmp_path, dump):
    arguments = (*night, "--jobs", 2, "--unit-bytes", 2_000)
    whole = tmp_path / "whole"
    audit(*arguments, "--out", whole)
    rng = random.Random(7)
    for which in range(20):
        out = tmp_path / f"out{which}"
        process = started(*arguments, "--out", out)
        time.sleep(rng.uniform(0.2, 4.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        audit(*arguments, "--out", out)
        assert dump(out) == dump(whole), which
        assert _same_files(out, whole), which


@needs_proc
def test_a_killed_worker_takes_nothing_with_it(started, audit, night, tmp_path, dump):
    arguments = (*night, "--jobs", 2, "--unit-bytes", 3_000)
    whole, out = tmp_path / "whole", tmp_path / "out"
    audit(*arguments, "--out", whole)
    process = started(*arguments, "--out", out, MARK="mark-worker")
    while _units_done(out) < 100_000 and process.poll() is None:
        time.sleep(0.02)
    workers = [
        one for one in _children("mark-worker")
        if one != process.pid and b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()
    ]  # fmt: skip
    os.kill(workers[-1], signal.SIGKILL)
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert dump(out) == dump(whole)


def test_sigterm_stops_at_once_and_can_be_taken_up(started, night, tmp_path):
    process = started(*night, "--out", tmp_path / "out", "--jobs", 1, "--unit-bytes", 3_000)
    while _units_done(tmp_path / "out") < 100_000 and process.poll() is None:
        time.sleep(0.02)
    process.terminate()
    _, error = process.communicate(timeout=10)
    assert process.returncode == 143
    assert b"Traceback" not in error


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda night: night[0].write_bytes(night[0].read_bytes()[:-9] + b"5000001\"}\n"), "的内容变了"),
        (lambda night: night[1].unlink(), "少了"),
        (lambda night: night.append(night[0]), "多了"),
    ],
)  # fmt: skip
def test_other_input_is_refused(audit, night, tmp_path, dump, change, words):
    out = tmp_path / "out"
    audit(*night, "--out", out, "--jobs", 1, "--no-report")
    before = dump(out)
    change(night)
    folder_or_files = [path for path in night if path.exists()]
    result = audit(*folder_or_files, "--out", out, "--jobs", 1)
    assert result.return_value == 2
    assert words in result.stderr
    assert dump(out) == before


def test_other_options_are_refused(audit, night, tmp_path):
    out = tmp_path / "out"
    audit(night[0], "--out", out, "--jobs", 1, "--no-report")
    result = audit(night[0], "--out", out, "--jobs", 1, "--channel", "email")
    assert result.return_value == 2
    assert "选项或配置（channel）" in result.stderr
    result = audit(night[0], "--out", out, "--jobs", 1, "--as-of", "2020-01-01")
    assert result.return_value == 2
    assert "--as-of" in result.stderr


def test_a_finished_run_is_not_run_again(audit, night, tmp_path, dump):
    out = tmp_path / "out"
    audit(night[0], "--out", out, "--jobs", 1)
    before = dump(out)
    assert audit(night[0], "--out", out, "--jobs", 4).return_value == 0
    assert dump(out) == before


def test_a_run_keeps_the_day_it_began_with(audit, night, tmp_path, monkeypatch, told):
    out = tmp_path / "out"
    monkeypatch.setattr("collectlint.run.today", lambda: "2026-11-21")
    audit(night[0], "--out", out, "--jobs", 1, "--no-report")
    monkeypatch.setattr("collectlint.run.today", lambda: "2026-11-22")
    assert audit(night[0], "--out", out, "--jobs", 1, "--no-report").return_value == 0
    assert told(out)["manifest"]["as_of"] == "2026-11-21"


def test_two_runs_at_once_are_refused(audit, night, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    held = Store(str(out), write=True)
    try:
        result = audit(night[0], "--out", out, "--jobs", 1)
    finally:
        held.close()
    assert result.return_value == 2
    assert "另一次审计" in result.stderr


def test_an_input_written_to_meanwhile_stops_the_run(tmp_path, night):
    from collectlint.readers import slices
    from collectlint.readers.settings import ReadSettings

    cut = slices.cut(str(night[0]), night[0].name, True, ReadSettings(), 10_000)
    with night[0].open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(slices.ChangedError, match="途中被改动"):
        list(slices.read(cut.slices[1], ReadSettings()))
