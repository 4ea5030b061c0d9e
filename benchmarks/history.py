"""What do counts over a million contacts in random order cost, in time, memory and files?"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time

from collectlint import spill
from collectlint.history import History
from collectlint.linter import Counted
from collectlint.operators.contacts import Contact
from collectlint.rulebook import folder
from collectlint.rulebook.rule import Bound

RULE = "cn/harassment/effective-calls"  # 3 a day
DAY = 86_400_000_000


def counted(number: int) -> Counted:
    """A contact of one of `number // 8` debtors within five days."""
    chance = random.Random(number)
    contact = Contact(f"d-{chance.randrange(NUMBER // 8)}\x1f甲", chance.randrange(5 * DAY), True, True)
    return Counted(
        RULE, contact, f"c-{number}", "calls.jsonl", number, 1, "", "您好", "agent", Bound("cn"), "2026-03-01"
    )


def expected() -> int:
    """How many are beyond the third of their debtor's day, by sorting everything in memory."""
    groups: dict[tuple[str, int], int] = {}
    for number in range(NUMBER):
        contact = counted(number).contact
        key = contact.group, (contact.instant + 8 * 3600 * 1_000_000) // DAY
        groups[key] = groups.get(key, 0) + 1
    return sum(max(0, size - 3) for size in groups.values())


def peak() -> int:
    """KiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 1024 if sys.platform == "darwin" else most


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=1_000_000)
    NUMBER = parser.parse_args().number
    history = History(folder.load())
    before = peak()
    began = time.perf_counter()
    for which in range(NUMBER):
        history.add([counted(which)], which)
    added = time.perf_counter()
    size = sum(run.file.seek(0, 2) for run in history._store._runs)
    found = sum(1 for _ in history.findings())
    ended = time.perf_counter()
    print(f"contacts {NUMBER}  findings {found}  held {spill.HELD}")
    print(f"added in {added - began:.1f} s, judged in {ended - added:.1f} s")
    print(f"memory above the start {(peak() - before) / 1024:.0f} MiB, files {size / 2**20:.0f} MiB")
    if found != expected():
        raise SystemExit("wrong")
