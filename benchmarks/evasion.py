"""Recall that noise costs, and false alarms that it adds, in points, by kind of noise, on labelled documents.

`FILES` default to all of `corpora/labelled`; `--rules` is another rule folder (with a model that has not
seen these documents); `--every N` takes every N-th document; `--kind K` one kind; `--show` lists what is
lost and added.
"""

from __future__ import annotations

import argparse
import json
import tempfile
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
from collectlint.sight import looked_at

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
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rules", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=KINDS)
    parser.add_argument("--show", action="store_true")
    chosen = parser.parse_args()
    book = load(chosen.rules)
    options = Options("2026-11-22", batch=True, boundaries=word_edges(book))
    records = []
    for path in chosen.files or sorted((ROOT / "corpora" / "labelled").glob("*.jsonl")):
        records += [json.loads(one) for one in path.read_text(encoding="utf-8").split("\n") if one]
    records = records[:: chosen.every]
    alone = options._replace(second_reader=False)
    originals = documents(records)
    before = {one.id: gravest(lint(one, book, options).findings) for one in originals}
    before_alone = {one.id: gravest(lint(one, book, alone).findings) for one in originals}
    wanted = {record["id"]: record["label"]["violating"] for record in records}
    print(
        f"{'':12}{'violating':>10}{'lost >=warning':>16}{'error':>8}{'rules alone':>13}"
        f"{'clean':>8}{'alarms >=warning':>18}{'error':>8}"
    )
    for kind in chosen.kind or KINDS:
        items = documents([one for one in (variant(record, kind) for record in records) if one is not None])
        number = {True: 0, False: 0}
        change = {(verdict, measured): 0 for verdict in (True, False) for measured in ("2", "3", "rules")}
        for one in items:
            source = one.id.rpartition("~")[0]
            findings = lint(one, book, options).findings
            after, by_rules = gravest(findings), gravest(lint(one, book, alone).findings) >= Severity.WARNING
            number[wanted[source]] += 1
            for severity in (Severity.WARNING, Severity.ERROR):
                change[wanted[source], str(int(severity))] += (after >= severity) - (
                    before[source] >= severity
                )
            change[wanted[source], "rules"] += by_rules - (before_alone[source] >= Severity.WARNING)
            if chosen.show and (after >= Severity.WARNING) != (before[source] >= Severity.WARNING):
                told = ", ".join(f"{f.rule}「{f.matched}」{'+'.join(f.via)}" for f in findings)
                print("LOST" if wanted[source] else "NEW ", one.id, looked_at(one, book).text[:200], told)
            if chosen.show and wanted[source] and before_alone[source] >= Severity.WARNING and not by_rules:
                print("RULES", one.id, looked_at(one, book).text[:300])
        points = {key: 100 * value / max(1, number[key[0]]) for key, value in change.items()}
        print(
            f"{kind:12}{number[True]:10}{-points[True, '2']:16.1f}{-points[True, '3']:8.1f}"
            f"{-points[True, 'rules']:13.1f}{number[False]:8}"
            f"{points[False, '2']:18.1f}{points[False, '3']:8.1f}"
        )


if __name__ == "__main__":
    main()
