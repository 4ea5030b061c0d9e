"""How soon is the page of a large night usable in Chromium? Goal: 3 seconds with 50,000 findings.

    python benchmarks/page.py                       # 50,000 findings, all of them in the page, and 100,000
    python benchmarks/page.py --findings 50000 --listed 20000

A small night is judged, and its documents are then repeated in the store until there are enough findings.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import night

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
_COPIED = ("unit", "document", "finding", "dialogue")


def grow(store: Path, findings: int) -> int:
    """Repeats the documents of a finished store, under other units, until it has so many findings."""
    base = sqlite3.connect(store)
    (there,) = base.execute("SELECT count(*) FROM finding").fetchone()
    (units,) = base.execute("SELECT max(unit) FROM unit").fetchone()
    base.execute("DELETE FROM document WHERE worst = 0")  # of those that violate there are enough
    for copy in range(1, -(-findings // there)):
        for table in _COPIED:
            names = [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
            other = ", ".join(f'"{name}"' for name in names if name != "unit")
            base.execute(
                f"INSERT INTO {table} (unit, {other}) SELECT unit + ?, {other} FROM {table} WHERE unit <= ?",
                (copy * units, units),
            )
    (there,) = base.execute("SELECT count(*) FROM finding").fetchone()
    base.commit()
    base.close()
    return int(there)


def measured(page_path: Path, browser: Any) -> tuple[dict[str, float], list[str]]:
    """Seconds until the list stands, a filter holds, the next page stands, a call is open; complaints."""
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda one: faults.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    seconds: dict[str, float] = {}

    def step(name: str, act: Any, done: str) -> None:
        begun = time.monotonic()
        act()
        page.wait_for_function(done)
        seconds[name] = time.monotonic() - begun

    step("opened", lambda: page.goto(page_path.as_uri()), "document.querySelectorAll('#rows tr').length > 0")
    before = page.inner_text("#status")
    step(
        "filtered",
        lambda: page.locator("#filters select").first.select_option(index=1),
        f"document.getElementById('status').textContent !== {before!r}",
    )
    before = page.inner_text("#status")
    step(
        "turned", lambda: page.locator("#pages button").last.click(),
        f"document.getElementById('status').textContent !== {before!r}",
    )  # fmt: skip
    page.locator("#filters select").first.select_option(index=0)
    step(
        "call shown", lambda: page.locator("#rows button").first.click(),
        "document.querySelector('dialog').open && document.querySelector('dialog mark') !== null",
    )  # fmt: skip
    page.close()
    return seconds, faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, nargs="+", default=[50_000, 100_000])
    parser.add_argument("--listed", type=int, nargs="+", default=[20_000, 50_000])
    given = parser.parse_args()
    chromium = (
        os.environ.get("COLLECTLINT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    from playwright.sync_api import sync_playwright

    folder = Path(tempfile.mkdtemp(prefix="page-"))
    inputs = [folder / "messages.jsonl", folder / "calls.jsonl"]
    night.write("messages", 2_000, str(inputs[0]))
    night.write("transcripts", 400, str(inputs[1]))
    out = folder / "out"
    program = [sys.executable, "-m", "collectlint"]
    judge = [*program, "audit", *map(str, inputs), "--out", str(out), "--isolated", "--no-report", "-q"]
    subprocess.run(judge, check=True)
    good = True
    print("findings  listed     MB  drawn s  opened s  filtered s  turned s  call shown s")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for findings in given.findings:
            own = folder / f"of-{findings}"
            shutil.copytree(out, own)
            there = grow(own / "audit.sqlite", findings)
            for listed in given.listed:
                begun = time.monotonic()
                draw = [*program, "report", str(own), "--format", "html", "--max-findings", str(listed), "-q"]
                subprocess.run(draw, check=True)
                drawn = time.monotonic() - begun
                page = own / "report.html"
                seconds, faults = measured(page, browser)
                good &= not faults
                print(
                    f"{there:8,}  {min(listed, there):6,}  {page.stat().st_size / 1e6:5.1f}  {drawn:7.1f}  "
                    + "  ".join(f"{seconds[name]:{len(name) + 2}.2f}" for name in seconds),
                    *faults,
                    flush=True,
                )
        browser.close()
    shutil.rmtree(folder)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
