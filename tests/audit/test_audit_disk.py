"""A full disk, a folder that cannot be written: a clear message, and what is there stays sound."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from collectlint.audit.store import NAME

# Sizes of the disk that runs are tried on; the fifty by hand take some minutes.
POINTS = 50 if os.environ.get("COLLECTLINT_FULL") == "all" else 3
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounts small file systems, which only root can"
)


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A file system in memory with these mount options."""
    folders: list[Path] = []

    def mount(options: str) -> Path:
        folder = tmp_path / f"disk{len(folders)}"
        folder.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True)
        if done.returncode:
            pytest.skip("cannot mount here")
        folders.append(folder)
        return folder

    yield mount
    for folder in folders:
        subprocess.run(["umount", "-l", folder], check=False)


def test_a_full_disk_stops_the_run_and_room_lets_it_go_on(audit, night, tmp_path, mounted, dump):
    whole = tmp_path / "whole"
    arguments = (*night, "--jobs", 1, "--unit-bytes", 3_000)
    audit(*arguments, "--out", whole)
    folder = mounted("size=220k")
    out = folder / "out"
    result = audit(*arguments, "--out", out)
    assert result.return_value == 3
    assert "写不下了" in result.stderr
    assert "同一条命令继续" in result.stderr
    subprocess.run(["mount", "-o", "remount,size=50m", folder], check=True)
    base = sqlite3.connect(out / NAME)
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    base.close()
    assert audit(*arguments, "--out", out).return_value == 0
    assert dump(out) == dump(whole)
    for path in whole.iterdir():
        if path.name != NAME:
            assert path.read_bytes() == (out / path.name).read_bytes()


@pytest.mark.slow
def test_wherever_the_disk_fills_up_nothing_is_cut_and_the_run_goes_on(
    audit, night_script, tmp_path, mounted, dump
):
    """From a disk with room for next to nothing on; reports: `test_writing_faults.py`."""
    night = [tmp_path / "messages.jsonl", tmp_path / "calls.jsonl"]
    night_script.write("messages", 60, str(night[0]))
    night_script.write("transcripts", 15, str(night[1]))
    arguments = (*night, "--jobs", 1, "--unit-bytes", 3_000)
    whole = tmp_path / "whole"
    audit(*arguments, "--out", whole)
    wanted = {path.name: path.read_bytes() for path in whole.iterdir() if path.name != NAME}
    room = sum(path.stat().st_size for path in whole.iterdir())
    for point in range(POINTS):
        folder = mounted(f"size={(32 << 10) + (room - (64 << 10)) * point // (POINTS - 1)}")
        out = folder / "out"
        result = audit(*arguments, "--out", out)
        assert result.return_value == 3, (point, result.stderr)
        assert "写不下了" in result.stderr or "写不进去" in result.stderr
        for path in out.iterdir():
            if path.name in wanted:
                assert path.read_bytes() == wanted[path.name], (point, path.name)
            else:
                assert path.name.startswith(NAME), (point, path.name)
        subprocess.run(["mount", "-o", "remount,size=50m", folder], check=True)
        assert audit(*arguments, "--out", out).return_value == 0, point
        assert dump(out) == dump(whole), point
        assert {path.name: path.read_bytes() for path in out.iterdir() if path.name != NAME} == wanted, point


def test_a_report_that_does_not_fit_leaves_the_old_one_whole(audit, call, night, mounted):
    folder = mounted("size=3m")
    out = folder / "out"
    audit(*night, "--out", out, "--jobs", 1)
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.name != NAME}
    with (folder / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(b"x" * 4096)
    result = call("report", out)
    assert result.return_value == 3
    assert "写不进去" in result.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.name != NAME} == before


def test_a_folder_that_cannot_be_written_is_refused(audit, call, night, mounted, tmp_path):
    folder = mounted("size=5m")
    audit(*night, "--out", folder / "out", "--jobs", 1)
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    result = audit(*night, "--out", folder / "new", "--jobs", 1)
    assert result.return_value == 2
    assert "建不了文件夹" in result.stderr
    result = audit(*night, "--out", folder / "out", "--jobs", 1)
    assert result.return_value == 3
    assert "不能写入" in result.stderr
    result = call("audit", "diff", folder / "out", folder / "out")  # reading needs no room
    assert result.return_value == 0
