"""Killed at any moment, a run is taken up again and ends as if nothing had been."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from collectlint.audit.store import Store
from collectlint.cli.root import root

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


# By hand COLLECTLINT_FULL=all: a quarter of an hour.
EVERYTHING = os.environ.get("COLLECTLINT_FULL") == "all"
KILLED_RUNS, KILLS_OF_ONE_RUN = (20, 100) if EVERYTHING else (10, 6)
MESSAGES, CALLS = (6_000, 800) if EVERYTHING else (700, 150)


@pytest.fixture
def night(tmp_path: Path, night_script) -> list[Path]:
    return _written(night_script, tmp_path, 60, 15)


def _written(night_script, folder: Path, messages: int, calls: int) -> list[Path]:
    paths = [folder / "messages.jsonl", folder / "calls.jsonl"]
    night_script.write("messages", messages, str(paths[0]))
    night_script.write("transcripts", calls, str(paths[1]))
    return paths


class Unbroken(NamedTuple):
    """The call of a run that nothing broke off, without its folder, and the folder."""

    arguments: tuple[object, ...]
    folder: Path


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory, night_script, _cache) -> Unbroken:
    """Long enough to be killed in the middle: some seconds of two workers."""
    place = tmp_path_factory.mktemp("unbroken")
    arguments = (*_written(night_script, place, MESSAGES, CALLS), "--jobs", 2, "--unit-bytes", 3_000)
    words = ["audit", *map(str, arguments), "--isolated", "--out", str(place / "out")]
    runner = CliRunner(env={"COLLECTLINT_CACHE_DIR": str(_cache)})
    assert runner.invoke(root, words, standalone_mode=False).return_value == 0
    store = Store(str(place / "out"))
    assert len(store.done()) >= 50
    store.close()
    return Unbroken(arguments, place / "out")


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
def test_no_worker_outlives_a_killed_parent_and_the_run_goes_on(started, audit, unbroken, tmp_path, dump):
    out = tmp_path / "out"
    _killed_midway(started, unbroken.arguments, out, 0)
    with pytest.raises(AssertionError):
        assert dump(out) == dump(unbroken.folder)
    deadline = time.monotonic() + 5
    while (left := _children(f"mark-{os.getpid()}-out")) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == []
    audit(*unbroken.arguments, "--out", out)
    assert dump(out) == dump(unbroken.folder)
    assert _same_files(out, unbroken.folder)
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
def test_runs_killed_at_random(started, audit, unbroken, tmp_path, dump):
    rng = random.Random(7)
    for which in range(KILLED_RUNS):
        out = tmp_path / f"out{which}"
        process = started(*unbroken.arguments, "--out", out)
        time.sleep(rng.uniform(0.2, 4.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        audit(*unbroken.arguments, "--out", out)
        assert dump(out) == dump(unbroken.folder), which
        assert _same_files(out, unbroken.folder), which


def _workers(process, mark: str) -> list[int]:
    found = []
    for one in _children(mark):
        try:
            if one != process.pid and b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes():
                found.append(one)
        except OSError:  # it has ended meanwhile
            pass
    return found


@pytest.mark.slow
@needs_proc
def test_one_run_killed_again_and_again(started, audit, unbroken, tmp_path, dump):
    """Parent and workers in turn, at random moments; after each parent no process is left.

    When a run gets to its end all the same, the next begins: every kill meets one under way.
    """
    rng = random.Random(8)
    mark = f"mark-{os.getpid()}-again"
    killed = runs = 0
    process = None
    while killed < KILLS_OF_ONE_RUN:
        out = tmp_path / f"out{runs}"
        if process is None:
            process = started(*unbroken.arguments, "--out", out, MARK=mark)
        time.sleep(rng.uniform(0.5, 3.0))
        workers = _workers(process, mark)
        if process.poll() is not None:
            assert process.returncode == 0
            assert dump(out) == dump(unbroken.folder)
            assert _same_files(out, unbroken.folder)
            process, runs = None, runs + 1
        elif killed % 2 and workers:
            os.kill(rng.choice(workers), signal.SIGKILL)
            killed += 1
        else:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            deadline = time.monotonic() + 5
            while (left := _children(mark)) and time.monotonic() < deadline:
                time.sleep(0.05)
            assert left == []
            process, killed = None, killed + 1
    if process is not None:
        process.communicate(timeout=120)
    assert audit(*unbroken.arguments, "--out", tmp_path / f"out{runs}").return_value == 0
    assert dump(tmp_path / f"out{runs}") == dump(unbroken.folder)
    assert _same_files(tmp_path / f"out{runs}", unbroken.folder)


@needs_proc
def test_a_killed_worker_takes_nothing_with_it(started, unbroken, tmp_path, dump):
    out = tmp_path / "out"
    process = started(*unbroken.arguments, "--out", out, MARK="mark-worker")
    while _units_done(out) < 100_000 and process.poll() is None:
        time.sleep(0.02)
    os.kill(_workers(process, "mark-worker")[-1], signal.SIGKILL)
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert dump(out) == dump(unbroken.folder)


@needs_proc
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_all_at_once_and_the_run_goes_on(
    started, audit, unbroken, tmp_path, dump, ended_by, number, code
):
    out = tmp_path / "out"
    mark = f"mark-signal-{os.getpid()}-{code}"
    process = started(*unbroken.arguments, "--out", out, MARK=mark)
    while _units_done(out) < 100_000 and process.poll() is None:
        time.sleep(0.02)
    error = ended_by(process, number)
    assert process.returncode == code
    assert "已完成的部分都在结果库里，用同一条命令接着做" in error.decode()
    assert b"Traceback" not in error
    assert _children(mark) == []
    assert {path.suffix for path in out.iterdir()} <= {".sqlite", ".sqlite-wal", ".sqlite-shm"}
    audit(*unbroken.arguments, "--out", out)
    assert dump(out) == dump(unbroken.folder)
    assert _same_files(out, unbroken.folder)


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
