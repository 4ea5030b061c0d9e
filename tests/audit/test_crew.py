"""Workers: every unit has its answer, whichever of them die, and leaving ends them all."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from collectlint.audit import crew, worker
from collectlint.audit.crew import Crew
from collectlint.audit.units import Unit
from collectlint.audit.worker import Order

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers are told apart by signals")
DIGEST = "0" * 64


class Rules(NamedTuple):
    sha256: str = DIGEST


class Bench(NamedTuple):
    rulebook: Rules = Rules()


def large(folder: str) -> Bench:
    """Answers that no pipe takes at once."""
    worker.judged_unit = lambda unit, bench: "x" * 20_000_000  # type: ignore[assignment]
    return Bench()


def deadly(folder: str) -> Bench:
    """Unit 2 always ends its worker, unit 4 the first time, 6 asks for too much memory twice."""

    def judged(unit: Unit, bench: object) -> Any:
        marks = Path(folder)
        tries = len(list(marks.glob(f"{unit.unit}-*")))
        (marks / f"{unit.unit}-{tries}-{os.getpid()}").touch()
        if unit.unit == 2 or (unit.unit == 4 and not tries):
            os.kill(os.getpid(), signal.SIGKILL)
        if unit.unit == 6 and tries < 2:
            raise MemoryError
        if unit.unit == 8:
            raise ZeroDivisionError
        return unit.unit

    worker.judged_unit = judged  # type: ignore[assignment]
    return Bench()


def order(make: Any, folder: Path) -> Order:
    return Order(make, str(folder), DIGEST)


def test_every_unit_has_its_answer_and_only_what_was_begun_is_done_again(tmp_path: Path) -> None:
    with Crew(2, order(deadly, tmp_path)) as hands:
        answers = {one.unit: one for one in hands.answers(Unit(number, ()) for number in range(1, 21))}
    assert sorted(answers) == list(range(1, 21))
    assert (answers[2].batch, answers[2].fault) == (None, "")
    assert answers[8].fault.startswith("工作进程内部错误：ZeroDivisionError（test_crew.py")
    others = set(answers) - {2, 8}
    assert all(answers[one].batch == one for one in others)
    tries = {number: len(list(tmp_path.glob(f"{number}-*"))) for number in answers}
    assert (tries[2], tries[4], tries[6]) == (3, 2, 3)
    assert all(tries[one] == 1 for one in others - {4, 6})
    assert multiprocessing.active_children() == []


def test_workers_that_are_writing_are_ended_as_well(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        _break_off(order(large, tmp_path))
    assert multiprocessing.active_children() == []


def _break_off(large_answers: Order) -> None:
    with Crew(2, large_answers) as hands:
        answers = hands.answers(Unit(number, ()) for number in range(1, 9))
        assert len(str(next(answers).batch)) == 20_000_000
        time.sleep(0.3)  # by now both wait for somebody to read
        raise KeyboardInterrupt


def test_an_order_for_other_rules_is_a_fault(tmp_path: Path) -> None:
    with Crew(1, Order(large, str(tmp_path), "1" * 64)) as hands:
        assert [one.fault for one in hands.answers([Unit(1, ())])] == ["规则在审计途中被改动"]


def test_no_units_no_workers(tmp_path: Path) -> None:
    with Crew(2, order(large, tmp_path)) as hands:
        assert list(hands.answers([])) == []
        assert multiprocessing.active_children() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_waits_for_a_worker_to_be_started(number: signal.Signals) -> None:
    came: list[int] = []
    before = signal.signal(number, lambda number, _: came.append(number))
    try:
        with crew._signals_held():
            signal.raise_signal(number)
            assert came == []
        assert came == [number]
        signal.raise_signal(number)
        assert came == [number] * 2
    finally:
        signal.signal(number, before)
