"""Mutation testing of a random sample: `make mutants-sample SEED=1 NUMBER=320`.

Mutants are mutmut's own; `mutmut run` would take hours. Here the tests are collected once. One forked
process runs them all and notes which test runs which line; then each mutant of the sample gets a
forked process that puts the mutated code in the place of the function's and runs the tests that reach
its line, the quickest first and those of the module's own file before others, for BUDGET seconds of
processor. What runs at import is tried in a process of its own; what no test reaches survives. A fault,
a wrong result and a timeout all kill. As mutants that only a later test would notice count as survivors,
the score errs on the low side. A report goes to mutants/, one JSON line a mutant. The files of the tests
must not be touched while it runs.
"""

from __future__ import annotations

import argparse
import functools
import gc
import hashlib
import importlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import sqrt
from pathlib import Path
from typing import Any

import coverage
import pytest
from mutants_made import ROOT, SETTINGS, Mutant, Whole, drawn, install, makes_functions

PLACE = ROOT / "mutants"
BUDGET = 4.0  # seconds of tests a mutant has to live through
FAULTY = 77  # exit code of a process that never came to its tests
SURVIVED, KILLED, NO_TEST = "survived", "killed", "no test"


def alone(mutant: Mutant, reached: Sequence[Path]) -> str:
    """What runs at import: a process of its own, with tests that name the module or are known to reach it."""
    tests = {str(path) for path in reached}
    for root in SETTINGS["pytest_add_cli_args_test_selection"]:
        for path in [ROOT / root] if root.endswith(".py") else sorted((ROOT / root).glob("test_*.py")):
            if mutant.module in path.read_text(encoding="utf-8"):
                tests.add(str(path))
    if not tests:
        return NO_TEST
    asked = json.dumps([mutant._asdict(), sorted(tests)])
    with tempfile.TemporaryDirectory() as cache:
        try:
            run = subprocess.run(
                [sys.executable, __file__, "--alone"],
                input=asked.encode(),
                capture_output=True,
                timeout=90,
                env={**os.environ, "COLLECTLINT_CACHE_DIR": cache},
            )
        except subprocess.TimeoutExpired:
            return KILLED
    if run.returncode == pytest.ExitCode.NO_TESTS_COLLECTED:
        return NO_TEST
    return SURVIVED if run.returncode == 0 else KILLED


class Steady:
    """A pytest plugin: hypothesis tries the same examples every time and does not make failing ones small."""

    def pytest_configure(self) -> None:
        from hypothesis import Phase, settings  # later than pytest's own plugin, or pytest warns

        phases = [Phase.explicit, Phase.generate]
        settings.register_profile("mutants", derandomize=True, database=None, deadline=None, phases=phases)
        settings.load_profile("mutants")


class Watch:
    """Runs tests within a collected session; says whether one failed."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def run(self, items: Sequence[pytest.Item]) -> bool:
        started = time.process_time()
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return False
            if time.process_time() - started > BUDGET:
                break
        return True


class Driver(Watch):
    """A pytest plugin: takes the place of the loop over the tests."""

    def __init__(self, mutants: Sequence[Mutant], report: Path, as_is: bool) -> None:
        super().__init__()
        self.as_is = as_is
        self.mutants = mutants
        self.report = report
        self.lines: dict[str, dict[int, set[int]]] = {}
        self.seconds: list[float] = []
        self.sound: set[int] = set()
        self.rows: list[dict[str, Any]] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for one in gc.get_objects():
            if isinstance(one, functools._lru_cache_wrapper) and one.__module__.startswith("collectlint"):
                one.cache_clear()
        gc.collect()
        gc.freeze()
        if not (child := os.fork()):
            _hush()
            importlib.import_module("collectlint.rulebook.folder").load()  # compiled once, for all to come
            os._exit(0)
        os.waitpid(child, 0)
        self.measure(session.items)
        with self.report.open("w", encoding="utf-8") as file:
            for number, mutant in enumerate(self.mutants, 1):
                row = self.tried(mutant, session.items)
                self.rows.append(row)
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                file.flush()
                lost = sum(one["outcome"] in (SURVIVED, NO_TEST) for one in self.rows)
                print(
                    f"\r{number}/{len(self.mutants)}, {lost} survived",
                    end="",
                    file=sys.__stderr__,
                    flush=True,
                )
        return True

    def measure(self, items: Sequence[pytest.Item]) -> None:
        """Which test runs which lines and for how long: told by forks, so that nothing is warm here.

        What a file of tests has told is kept until it or any module changes.
        """
        kept = PLACE / "measured"
        kept.mkdir(exist_ok=True)
        modules = _hash(sorted((ROOT / "src").rglob("*.py")))
        by_file: dict[Path, list[int]] = defaultdict(list)
        for number, item in enumerate(items):
            by_file[item.path].append(number)
        self.seconds = [0.0] * len(items)
        for path, numbers in by_file.items():
            store = kept / f"{path.stem}-{_hash([path])}-{modules}.json"
            if not store.exists():
                if not (child := os.fork()):
                    _hush()
                    store.write_text(json.dumps(self.traced([items[number] for number in numbers])))
                    os._exit(0)
                os.waitpid(child, 0)
            told = json.loads(store.read_text())
            for number, seconds in zip(numbers, told["seconds"], strict=True):
                self.seconds[number] = seconds
            self.sound |= {numbers[place] for place in told["sound"]}
            for module, lines in told["lines"].items():
                mine = self.lines.setdefault(module, {})
                for line, tests in lines.items():
                    mine.setdefault(int(line), set()).update(numbers[place] for place in tests)
            print(f"{sum(told['seconds']):6.1f} s {path.relative_to(ROOT)}", file=sys.__stderr__)
        bad = [item.nodeid for number, item in enumerate(items) if number not in self.sound]
        print(f"{len(items)} tests, {sum(self.seconds):.0f} s, failing unmutated: {bad}", file=sys.__stderr__)

    def traced(self, items: Sequence[pytest.Item]) -> dict[str, Any]:
        tracer = coverage.Coverage(data_file=None, config_file=False, source=[str(ROOT / "src/collectlint")])
        seconds, sound = [], []
        tracer.start()
        for number, item in enumerate(items):
            tracer.switch_context(str(number))
            started = time.perf_counter()
            following = items[number + 1] if number + 1 < len(items) else None
            self.failed.clear()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            seconds.append(time.perf_counter() - started)
            if not self.failed:
                sound.append(number)
        tracer.stop()
        data = tracer.get_data()
        lines: dict[str, dict[int, list[int]]] = {}
        for path in data.measured_files():
            by_line = data.contexts_by_lineno(path)
            lines[str(Path(path).relative_to(ROOT))] = {
                line: [int(test) for test in tests if test] for line, tests in by_line.items()
            }
        return {"seconds": seconds, "sound": sound, "lines": lines}

    def tried(self, mutant: Mutant, items: Sequence[pytest.Item]) -> dict[str, Any]:
        started = time.perf_counter()
        tests = self.chosen(mutant, items)
        if tests:
            outcome = self.forked(
                mutant, [items[test] for test in tests], sum(self.seconds[t] for t in tests)
            )
        if self.as_is and not tests:
            outcome = NO_TEST
        elif not self.as_is and (not tests or (outcome == SURVIVED and makes_functions(mutant))):
            outcome = alone(mutant, list(dict.fromkeys(items[test].path for test in tests))[:3])
        return {
            "name": mutant.name,
            "line": mutant.line,
            "outcome": outcome,
            "tests": len(tests),
            "seconds": round(time.perf_counter() - started, 2),
            "diff": mutant.diff,
        }

    def chosen(self, mutant: Mutant, items: Sequence[pytest.Item]) -> list[int]:
        own = "test_" + Path(mutant.path).stem
        reaching = self.reaching(mutant) & self.sound
        weight = {test: self.seconds[test] * (0.2 if own in items[test].nodeid else 1) for test in reaching}
        picked, spent = [], 0.0
        for test in sorted(weight, key=weight.__getitem__):
            spent += self.seconds[test]
            if picked and spent > BUDGET:
                break
            picked.append(test)
        return picked

    def reaching(self, mutant: Mutant) -> set[int]:
        """Tests that run the changed line, or the statement's first line above it."""
        lines = self.lines.get(mutant.path, {})
        first = len(mutant.source) - len(mutant.source.lstrip("\n")) + 1
        for line in range(mutant.line, first, -1):
            if tests := lines.get(line):
                return tests
        return set()

    def forked(self, mutant: Mutant, items: Sequence[pytest.Item], expected: float) -> str:
        with tempfile.TemporaryDirectory() as folder:
            if not (child := os.fork()):
                code = FAULTY
                try:
                    _hush()
                    _limit(3 * expected + 10)
                    cache = Path(folder) / "cache"
                    shutil.copytree(os.environ["COLLECTLINT_CACHE_DIR"], cache)
                    cache.chmod(0o700)
                    os.environ["COLLECTLINT_CACHE_DIR"] = str(cache)
                    if not self.as_is:
                        install(mutant)
                    code = 1
                    code = 0 if self.run(items) else 1
                finally:
                    os._exit(code)
            _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) == FAULTY:
            raise RuntimeError(f"{mutant.name} cannot be put in place")
        return SURVIVED if status == 0 else KILLED


def _hash(paths: Sequence[Path]) -> str:
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def _hush() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)


def _limit(seconds: float) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))


def wilson(hits: int, all_: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    z = 1.959964
    share, scale = hits / all_, 1 + z * z / all_
    middle = (share + z * z / (2 * all_)) / scale
    reach = z * sqrt(share * (1 - share) / all_ + z * z / (4 * all_ * all_)) / scale
    return middle - reach, middle + reach


def tell(rows: Sequence[dict[str, Any]], every: int) -> None:
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        parts = row["name"].split(":")[0].split(".")
        for group in {".".join(parts[:2]), ".".join(parts), "all"}:
            groups[group][row["outcome"]] += 1
    for group, counts in sorted(groups.items()):
        number = counts.total()
        low, high = wilson(counts[KILLED], number)
        print(
            f"{group:45} {counts[KILLED]:4}/{number:4} {counts[KILLED] / number:6.1%} [{low:.1%}, {high:.1%}]"
        )
    print(f"{every} mutants in all")


def pytest_arguments(tests: Sequence[str]) -> list[str]:
    return [
        *SETTINGS["pytest_add_cli_args"],
        *("-p", "no:faulthandler", "-p", "no:xdist", "-p", "no:terminal"),
        *tests,
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=600)
    parser.add_argument("--each", type=int, default=0, help="this many of every module, whatever its size")
    parser.add_argument(
        "--again", type=Path, help="a report: only what survived in it, or with --as-is all of it"
    )
    parser.add_argument("--only", nargs="*", default=[], help="parts of paths")
    parser.add_argument("--as-is", action="store_true", help="mutate nothing: what dies, dies falsely")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    os.chdir(ROOT)
    if chosen.alone:
        fields, tests = json.load(sys.stdin)
        sys.meta_path.insert(0, Whole(Mutant(**fields)))  # type: ignore[arg-type]
        sys.exit(pytest.main([*pytest_arguments(tests), "-x"], plugins=[Steady()]))
    picked, every = drawn(chosen.seed, chosen.number, chosen.each, chosen.only)
    if chosen.again:
        rows = [json.loads(line) for line in chosen.again.read_text(encoding="utf-8").split("\n") if line]
        names = {row["name"] for row in rows if chosen.as_is or row["outcome"] != KILLED}
        picked = [one for one in picked if one.name in names]
    PLACE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as cache:
        os.environ["COLLECTLINT_CACHE_DIR"] = cache
        driver = Driver(
            picked, PLACE / f"sample-{chosen.seed}{'-again' if chosen.again else ''}.jsonl", chosen.as_is
        )
        pytest.main(
            pytest_arguments(SETTINGS["pytest_add_cli_args_test_selection"]), plugins=[Steady(), driver]
        )
    tell(driver.rows, every)


if __name__ == "__main__":
    main()
