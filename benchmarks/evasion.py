"""Recall that noise costs, and false alarms that it adds, by kind of noise, on all labelled documents.

`--every N` takes every N-th document (default 1); `--kind K` one kind; `--show` lists what is lost and added.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from collectlint.document import Document
from collectlint.finding import VIOLATING, Finding, Severity
from collectlint.linter import Options, lint
from collectlint.proof.evade import KINDS, line, variant
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table import read
from collectlint.rulebook.folder import load
from collectlint.run import word_edges

ROOT = Path(__file__).parents[1]


def documents(records: Sequence[dict[str, Any]]) -> list[Document]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "variants.jsonl"
        path.write_text("".join(map(line, records)), encoding="utf-8")
        return [item for item in read(path, ReadSettings()) if isinstance(item, Document)]


def gravest(findings: Sequence[Finding]) -> int:
    """The highest severity in a family that makes a document violating, 0 for none."""
    return max((one.severity for one in findings if set(one.families) & set(VIOLATING)), default=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=KINDS)
    parser.add_argument("--show", action="store_true")
    chosen = parser.parse_args()
    book = load()
    options = Options("2026-11-22", batch=True, boundaries=word_edges(book))
    records = []
    for path in sorted((ROOT / "corpora" / "labelled").glob("*.jsonl")):
        records += [json.loads(one) for one in path.read_text(encoding="utf-8").split("\n") if one]
    records = records[:: chosen.every]
    alone = options._replace(second_reader=False)
    originals = documents(records)
    before = {one.id: gravest(lint(one, book, options).findings) for one in originals}
    before_alone = {one.id: gravest(lint(one, book, alone).findings) for one in originals}
    wanted = {record["id"]: record["label"]["violating"] for record in records}
    print(f"{'points':12}{'violating':>10}{'lost >=warning':>16}{'lost error':>12}{'clean':>8}{'alarms':>8}{'errors':>8}{'rules lost':>12}{'ms':>8}")
    for kind in chosen.kind or KINDS:
        made = [one for one in (variant(record, kind) for record in records) if one is not None]
        counts = {True: 0, False: 0}
        change = {(v, s): 0 for v in (True, False) for s in (Severity.WARNING, Severity.ERROR)}
        items = documents(made)
        took = -time.process_time()
        findings = {one.id: lint(one, book, options).findings for one in items}
        took += time.process_time()
        alone_lost = 0
        for one in items:
            source = one.id.rpartition("~")[0]
            after = gravest(findings[one.id])
            counts[wanted[source]] += 1
            for severity in (Severity.WARNING, Severity.ERROR):
                change[wanted[source], severity] += (after >= severity) - (before[source] >= severity)
            if wanted[source]:
                alone_lost += (before_alone[source] >= 2) - (gravest(lint(one, book, alone).findings) >= 2)
            if chosen.show and (after >= 2) != (before[source] >= 2):
                texts = [turn.text for turn in one.turns if turn.speaker not in ("debtor", "third_party")]
                spans = " | ".join(dict.fromkeys(span["text"] for span in one.label["spans"])) if one.label else ""
                told = ", ".join(f"{f.rule}「{f.matched}」{f.via}" for f in findings[one.id] if f.severity >= 2)
                print(("LOST " if wanted[source] else "NEW ") + one.id, spans or " / ".join(texts)[:300], told)
        points = {key: 100 * value / max(1, counts[key[0]]) for key, value in change.items()}
        print(
            f"{kind:12}{counts[True]:10}{-points[True, Severity.WARNING]:16.1f}{-points[True, Severity.ERROR]:12.1f}"
            f"{counts[False]:8}{points[False, Severity.WARNING]:8.1f}{points[False, Severity.ERROR]:8.1f}"
            f"{100 * alone_lost / max(1, counts[True]):12.1f}{1000 * took / len(items):8.2f}"
        )


if __name__ == "__main__":
    main()
