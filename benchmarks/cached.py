"""What a second run over unchanged templates costs: the same command twice, in fresh processes.

2,000 made-up templates in one JSON Lines file, and the same ones in as many text files. The compiled rules
are in the cache before either run. Goal: the second takes at most 0.30 of the first. `--rounds N`
(default 3), `--documents N`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from made_up import messages

ROOT = Path(__file__).parents[1]
GOAL = 0.30


def run(path: Path, cache: Path, *more: str) -> tuple[float, bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLLECTLINT_CACHE_DIR": str(cache)}
    command = [
        sys.executable,
        "-m",
        "collectlint",
        "check",
        str(path),
        "--format",
        "json",
        "--isolated",
        *more,
    ]
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    took = time.perf_counter() - start
    assert done.returncode in (0, 1), done.stderr.decode()
    return took, done.stdout


def forget(cache: Path) -> None:
    for path in cache.glob("results-*"):
        path.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--documents", type=int, default=2_000)
    arguments = parser.parse_args()
    templates = messages(arguments.documents)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cache = folder / "cache"
        one = folder / "templates.jsonl"
        records = ({"id": each.id, "kind": "template", "text": each.turns[0].text} for each in templates)
        one.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), "utf-8")
        many = folder / "templates"
        many.mkdir()
        for each in templates:
            (many / f"{each.id}.txt").write_text(each.turns[0].text, encoding="utf-8")
        run(one, cache)  # compiles the rules
        print(f"{arguments.documents} templates   first s   second s   ratio (goal {GOAL:.2f})")
        for title, path in (("one JSONL file", one), ("a file each", many)):
            pairs = []
            for _ in range(arguments.rounds):
                forget(cache)
                first, told = run(path, cache)
                second, again = run(path, cache)
                assert told == again == run(path, cache, "--no-cache")[1], "the cache changed a report"
                pairs.append((first, second))
            first, second = (statistics.median(column) for column in zip(*pairs, strict=True))
            verdict = "met" if second <= GOAL * first else "MISSED"
            print(f"{title:<16}{first:>9.2f}{second:>11.2f}{second / first:>8.2f} {verdict}")
        shutil.rmtree(cache)


if __name__ == "__main__":
    main()
