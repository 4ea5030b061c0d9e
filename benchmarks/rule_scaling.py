"""What ten times as many rules that match nothing cost on the same made-up corpus.

Shipped rules against shipped rules and ten times as many made-up ones, in one process, alternated;
medians of processor time. The made-up rules begin with everyday words, so that the scan for literals has
to look at them, and never occur. `--rounds N` (default 7), `--documents N` (default 2,000 messages).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from made_up import megabytes, messages, transcripts

from collectlint.linter import Options
from collectlint.rulebook.folder import load
from collectlint.run import run, word_edges

ROOT = Path(__file__).parents[1]
HEADS = (
    *("还款", "逾期", "您的", "账单", "客服", "家人", "单位", "通讯", "法院", "银行"),
    *("今天", "明天", "电话", "申请", "分期", "我们", "你们", "老师", "孩子", "公司"),
)
RARE = "龘靐齉爩麤灪龖厵滟虋讟钃鸜麷鞻韽顟颙饙骉髐鬻魖鰲鵞麑黫鼚齾龗"
RULE = """\
id: common/process/made-up-{number}
title: 试
family: process
severity: info
status: test
basis: [{{source: minfadian, clause: "1024", verified: primary}}]
message: 试
remedy: 试
when:
  any:
    - phrase: [{words}]
    - phrase: {{any: ["{head}{rare}…{rare}{head}"], gap: 6}}
    - order: {{of: [{{phrase: {head}{rare}{rare}}}, {{phrase: {rare}{head}}}], within: 20}}
tests: {{hit: ["{first}"], miss: [您好]}}
"""
CLEAN = "【青田银行】您好，您的信用卡账单已出，请按时还款。"
START = "import sys; from collectlint.__main__ import main; sys.exit(main())"


def add_rules(folder: Path, number: int) -> None:
    rng = random.Random(3)
    for which in range(number):
        head, rare = rng.choice(HEADS), "".join(rng.sample(RARE, 2))
        words = [rng.choice(HEADS) + "".join(rng.sample(RARE, rng.randint(2, 4))) for _ in range(8)]
        text = RULE.format(number=which, words=", ".join(words), first=words[0], head=head, rare=rare)
        (folder / "common/process" / f"made-up-{which}.yaml").write_text(text, encoding="utf-8")


def one_text(home: Path, rounds: int) -> float:
    """Median seconds of `check -t` in fresh processes with the package at `home`."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(home / "src"), "COLLECTLINT_CACHE_DIR": str(home / "cache")}
    taken = []
    for _ in range(rounds + 2):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", START, "check", "-t", CLEAN],
            env=environment, stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[2:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--documents", type=int, default=2000)
    given = parser.parse_args()
    documents = messages(given.documents) + transcripts(given.documents // 20)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COLLECTLINT_CACHE_DIR"] = f"{folder}/cache"
        homes = {"shipped rules": Path(folder) / "few", "and 10 x as many": Path(folder) / "many"}
        for home in homes.values():
            shutil.copytree(ROOT / "src", home / "src", ignore=shutil.ignore_patterns("__pycache__"))
            shutil.copytree(ROOT / "rules", home / "rules")
        shipped = len(load(ROOT / "rules").rule_ids)
        add_rules(homes["and 10 x as many"] / "rules", 10 * shipped)

        books, opened = {}, {}
        for name, home in homes.items():
            start = time.perf_counter()
            books[name] = load(home / "rules")
            opened[name] = time.perf_counter() - start
        times: dict[tuple[str, bool], list[float]] = {}
        counts = set()
        for turn in range(-1, given.rounds):
            for name, book in books.items():
                for batch in (True, False):
                    options = Options("2026-11-22", batch=batch, boundaries=word_edges(book))
                    start = time.process_time()
                    report = run(documents, book, options)
                    took = time.process_time() - start
                    counts.add(len(report.findings))
                    if turn >= 0:
                        times.setdefault((name, batch), []).append(took)
        assert len(counts) == 1, "the made-up rules must find nothing"
        single = {name: one_text(home, 11) for name, home in homes.items()}

    print(f"{len(documents)} documents, {megabytes(documents):.2f} MB, {counts.pop()} findings")
    few, many = books
    print(f"{'':34}{few:>16}{many:>18}{'ratio':>8}")
    print(f"{'rules':34}{len(books[few].rule_ids):16}{len(books[many].rule_ids):18}")
    rows = {
        "compile, seconds": opened,
        "documents, seconds": {name: statistics.median(times[name, True]) for name in books},
        "documents, one-text scan, seconds": {name: statistics.median(times[name, False]) for name in books},
        "check -t in a new process, seconds": single,
    }
    for title, row in rows.items():
        print(f"{title:34}{row[few]:16.3f}{row[many]:18.3f}{row[many] / row[few]:8.2f}")


if __name__ == "__main__":
    main()
