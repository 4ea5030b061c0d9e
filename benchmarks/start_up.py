"""How long one text takes through `check -t`, against an interpreter that does nothing.

Each command runs in fresh processes, alternated with the others; medians of wall-clock time. The
package and its rules are copied to a temporary folder first, so that byte code is there and nobody's
edits disturb. `--rounds N` (default 21).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
CLEAN = "【青田银行】您好，您的信用卡账单已出，请按时还款。"
VIOLATING = "再不还钱就爆你通讯录,让你全村都知道"
# What the console script of an installation does.
START = "import sys; from collectlint.__main__ import main; sys.exit(main())"
WORD_RULE = """\
id: common/process/word-edge
title: 词界
family: process
severity: info
status: test
basis: [{source: minfadian, clause: "1024", verified: primary}]
message: 词界
remedy: 词界
when: {phrase: {any: [按时还款], words: true, unless_with: [信用卡]}}
tests: {hit: ["请<<按时还款>>"], miss: ["您的信用卡请按时还款"]}
"""


def copied(to: Path, word_rule: bool) -> Path:
    shutil.copytree(ROOT / "src", to / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "rules", to / "rules")
    if word_rule:
        (to / "rules/common/process/word-edge.yaml").write_text(WORD_RULE, encoding="utf-8")
    return to / "src"


def seconds(command: list[str], source: Path, cache: Path) -> tuple[float, int]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONSTARTUP", "PYTHONUNBUFFERED")
    }
    environment |= {"PYTHONPATH": str(source), "COLLECTLINT_CACHE_DIR": str(cache)}
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start, done.returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=21)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        plain = copied(Path(folder) / "plain", word_rule=False)
        words = copied(Path(folder) / "words", word_rule=True)
        check = [sys.executable, "-c", START, "check", "-t"]
        commands = {
            "python -c pass": ([sys.executable, "-c", "pass"], plain, 0),
            "check -t, clean": ([*check, CLEAN], plain, 0),
            "check -t, violating": ([*check, VIOLATING], plain, 1),
            "check -t, a rule needs words": ([*check, CLEAN], words, 0),
            "--version": ([sys.executable, "-c", START, "--version"], plain, 0),
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(-2, rounds):  # the first two fill caches
            for name, (command, source, expected) in commands.items():
                took, code = seconds(command, source, source.parent / "cache")
                assert code == expected, f"{name} ended with {code}"
                if turn >= 0:
                    times[name].append(took)
    bare = statistics.median(times["python -c pass"])
    print(f"{'':30}{'median ms':>10}{'least ms':>10}{'x bare':>8}")
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(f"{name:30}{middle * 1e3:10.1f}{min(taken) * 1e3:10.1f}{middle / bare:8.2f}")


if __name__ == "__main__":
    main()
