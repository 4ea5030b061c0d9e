"""A disk that fills up or a Ctrl+C at any point of writing a report: the old file or the whole new one."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from collectlint.cli import outputs
from collectlint.cli.outputs import Output, WriteError, write_report
from collectlint.finding import Failure, Finding, Report, Severity
from collectlint.reporters.table import MODULES, reporter

FULL_DISK = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
FAULTS: dict[str, tuple[BaseException, type[BaseException]]] = {
    "a full disk": (FULL_DISK, WriteError),
    "an interruption": (KeyboardInterrupt(), KeyboardInterrupt),
    "the end of the process": (SystemExit(143), SystemExit),
}


def report(findings: int) -> Report:
    """Long enough that every format writes several times."""
    said = "再不还钱就爆你通讯录，让你全村都知道。" * 20
    found = Finding(
        document="d", rule="cn/threat/x", family="threat", families=("threat",), severity=Severity.ERROR,
        confidence="high", turn=0, start=0, end=4, matched=said[:4], excerpt=said, excerpt_start=0,
        message=said, remedy=said, basis=(), path="a.txt", line=1, column=1, end_line=1, end_column=5,
    )  # fmt: skip
    every = tuple(found._replace(document=f"d{number}", line=number + 1) for number in range(findings))
    return Report(every, (), (Failure("b.txt", 1, said, said),), findings)


class Filling(io.FileIO):
    """A file on a disk with room for so many bytes, or whose writing is broken off there."""

    def __init__(self, path: str, room: int, fault: BaseException) -> None:
        super().__init__(path, "xb")
        self.room = room
        self.fault = fault

    def write(self, data: bytes) -> int:  # type: ignore[override]
        fits = bytes(data)[: self.room]
        self.room -= len(fits)
        if fits:
            return super().write(fits)  # as the system does: what fits is written first
        raise self.fault


def written(name: str, target: Path) -> None:
    write_report(report(60), Output(reporter(name), str(target)), "zh")


@pytest.fixture
def points(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int, BaseException], None]:
    """Makes the next writes fail: at a byte, or at `fsync` or `replace`."""

    def fail(where: str, room: int, fault: BaseException) -> None:
        def raising(*_: object) -> None:
            raise fault

        monkeypatch.undo()
        if where == "byte":
            monkeypatch.setattr(
                outputs,
                "open",
                lambda path, mode: io.BufferedWriter(Filling(path, room, fault), 512),
                raising=False,
            )
        else:
            monkeypatch.setattr(os, where, raising)

    return fail


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("name", MODULES)
def test_a_fault_at_any_point_leaves_the_old_file_whole(
    points: Callable[[str, int, BaseException], None], tmp_path: Path, name: str, kind: str
) -> None:
    """Eleven points in each of the formats."""
    target = tmp_path / "report"
    written(name, target)
    size = target.stat().st_size
    fault, raised = FAULTS[kind]
    rooms = [0, 1, 511, 512, 513, *(size * share // 5 for share in range(1, 5)), size - 1]
    for where, room in [*(("byte", room) for room in rooms), ("fsync", 0), ("replace", 0)]:
        for old in (b"old", None):
            target.unlink(missing_ok=True)
            if old is not None:
                target.write_bytes(old)
            points(where, room, fault)
            with pytest.raises(raised) as caught:
                written(name, target)
            if isinstance(caught.value, WriteError):
                assert "No space left" in caught.value.message
                assert caught.value.remedy
            assert (target.read_bytes() if target.exists() else None) == old, (where, room)
            left = [path for path in tmp_path.iterdir() if path.name != "cache"]
            assert left == [target] * (old is not None), (where, room)


def test_there_are_many_points() -> None:
    assert 11 * len(MODULES) >= 50


def test_a_disk_with_room_enough_takes_the_report(
    points: Callable[[str, int, BaseException], None], tmp_path: Path
) -> None:
    target = tmp_path / "report"
    written("json", target)
    whole = target.read_bytes()
    points("byte", len(whole), FULL_DISK)
    written("json", target)
    assert target.read_bytes() == whole
