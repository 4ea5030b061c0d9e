"""Documents and megabytes a second on made-up messages and calls, against trying every rule on each.

One process, variants alternated, medians of processor time. `--rounds N` (default 5).
"""

from __future__ import annotations

import argparse
import statistics
import time

from made_up import megabytes, messages, transcripts

from collectlint.linter import Options
from collectlint.rulebook.folder import load
from collectlint.run import run, word_edges

VARIANTS = {
    "as shipped": {"batch": True},
    "one-text scan": {"batch": False},
    "every rule on every text": {"batch": True, "prefilter": False},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    book = load()
    print(f"{len(book.rule_ids)} rules")
    print(f"{'':12}{'':26}{'documents/s':>12}{'MB/s':>8}{'x brute':>9}{'findings':>10}")
    for name, documents in {"messages": messages(3000), "calls": transcripts(150)}.items():
        times: dict[str, list[float]] = {}
        found: dict[str, int] = {}
        for turn in range(-1, rounds):
            for variant, chosen in VARIANTS.items():
                options = Options("2026-11-22", boundaries=word_edges(book))._replace(**chosen)
                start = time.process_time()
                report = run(documents, book, options)
                if turn >= 0:
                    times.setdefault(variant, []).append(time.process_time() - start)
                found[variant] = len(report.findings)
        assert len(set(found.values())) == 1, found
        middle = {variant: statistics.median(taken) for variant, taken in times.items()}
        brute = middle["every rule on every text"]
        for variant, seconds in middle.items():
            print(
                f"{name:12}{variant:26}{len(documents) / seconds:12,.0f}{megabytes(documents) / seconds:8.2f}"
                f"{brute / seconds:9.2f}{found[variant]:10}"
            )


if __name__ == "__main__":
    main()
