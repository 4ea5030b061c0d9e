"""Finds examples for conditions that no example of their rule needs, among texts of the corpora.

`python tools/find_examples.py [--write] [RULE ...]`: for each mutant of a rule that survives its examples
(`collectlint rules test --mutate`), a text on which rule and mutant differ and whose label agrees with the
rule. Few are chosen for each rule, short ones first; `--write` appends them to the rule's `tests`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from collectlint.document import Document, Turn  # noqa: E402
from collectlint.finding import VIOLATING  # noqa: E402
from collectlint.linter import Options, lint  # noqa: E402
from collectlint.proof.mutants import mutants, try_mutants  # noqa: E402
from collectlint.rulebook.compiler import Compiler  # noqa: E402
from collectlint.rulebook.folder import model_reader, read, shipped  # noqa: E402
from collectlint.rulebook.packed import Packed, pack  # noqa: E402
from collectlint.rulebook.reading import Read, RuleFile, compiled_data  # noqa: E402
from collectlint.rulebook.rulebook import Rulebook  # noqa: E402
from collectlint.run import word_edges  # noqa: E402

LONGEST = 60  # code points of an example
MOST = 5  # further examples of one kind for a rule
DAY = "2026-11-22"


class Said(NamedTuple):
    """A text of the pool: its jurisdiction, and the families its document is labelled with."""

    text: str
    jurisdiction: str
    families: frozenset[str]


def pool() -> Iterator[Said]:
    seen = set()
    for path in sorted((ROOT / "corpora").glob("*/*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            record = json.loads(line) if line.strip() else {}
            label = record.get("label") or {}
            families = frozenset(label.get("families") or ())
            turns = record.get("turns") or [{"speaker": "agent", "text": record.get("text") or ""}]
            for turn in turns:
                text = turn["text"].strip()
                key = text, record.get("jurisdiction", "cn")
                if turn.get("speaker") == "agent" and 3 < len(text) <= LONGEST and key not in seen:
                    seen.add(key)
                    yield Said(text, key[1], families)


def surviving(found: Read, wanted: list[str]) -> dict[str, list[str]]:
    """The changes that each rule's examples do not notice."""
    model = model_reader(shipped())
    options = Options(as_of=DAY, boundaries=word_edges(Rulebook.of(found.data, model)))
    out: dict[str, list[str]] = {}
    for rule in found.rules:
        if not wanted or any(rule.id.startswith(one) for one in wanted):
            out[rule.id] = [one.change for one in try_mutants(rule, found, model, options) if not one.by]
    return {rule: changes for rule, changes in out.items() if changes}


def book_of(found: Read, survivors: dict[str, list[str]]) -> tuple[Rulebook, dict[str, list[str]]]:
    """All rules with survivors and their surviving mutants, as `rule#number`, in one rulebook."""
    compiler = Compiler(found.lexicon, found.states)
    compiled: list[dict[str, Any]] = []
    names: dict[str, list[str]] = {}
    homes = {one["id"]: one["jurisdictions"] for one in found.data["rules"]}
    for rule in found.rules:
        if rule.id not in survivors:
            continue
        compiled.append(compiler.rule(rule.values, rule.values["when"], tuple(homes[rule.id])))
        if compiled[-1]["rests_on_model"]:
            compiled.pop()
            continue
        names[rule.id] = []
        for mutant in mutants(rule):
            if mutant.change in survivors[rule.id] and not mutant.change.startswith("applies."):
                name = f"{rule.id}#{len(names[rule.id])}"
                values = {**rule.values, "id": name, "when": mutant.when, "applies": mutant.applies}
                compiled.append(compiler.rule(values, mutant.when, tuple(homes[rule.id])))
                names[rule.id].append(name)
    data = compiled_data(compiled, found.lexicon, compiler, found.sources)
    return Rulebook(Packed(pack(data, "0" * 64))), names


def candidates(found: Read, survivors: dict[str, list[str]]) -> dict[str, dict[tuple[str, str], set[str]]]:
    """rule -> (kind, text) -> mutants that differ from the rule there."""
    book, names = book_of(found, survivors)
    rules = {rule.id: rule for rule in found.rules}
    homes = {one["id"]: one["jurisdictions"][0] for one in found.data["rules"]}
    options = Options(
        as_of=DAY, second_reader=False, most_findings=1 << 30, batch=True,
        only=frozenset(book.rule_ids), boundaries=word_edges(book),
    )  # fmt: skip
    out: dict[str, dict[tuple[str, str], set[str]]] = {rule: {} for rule in names}
    for said in pool():
        document = Document("d", (Turn("agent", said.text),), jurisdiction=said.jurisdiction)
        hit = {one.rule for one in lint(document, book, options).findings}
        for rule in {name.partition("#")[0] for name in hit}:
            if homes[rule] != said.jurisdiction:
                continue
            own = {rules[rule].values["family"], *rules[rule].values["also"]}
            if rule in hit:
                different = {name for name in names[rule] if name not in hit}
                kind = "hit"
                agrees = bool(own & said.families) or not own.intersection(VIOLATING)
            else:
                different = {name for name in hit if name.startswith(rule + "#")}
                kind = "miss"
                agrees = not own & said.families and bool(own.intersection(VIOLATING))
            if different and agrees:
                out[rule].setdefault((kind, said.text), set()).update(different)
    return out


def chosen(options: dict[tuple[str, str], set[str]]) -> list[tuple[str, str, int]]:
    """Few texts that notice much: (kind, text, how many mutants more)."""
    picked: list[tuple[str, str, int]] = []
    noticed: set[str] = set()
    while True:
        best = max(options, key=lambda one: (len(options[one] - noticed), -len(one[1]), one[1]), default=None)
        if best is None or not options[best] - noticed:
            return picked
        new = options.pop(best) - noticed
        if sum(one[0] == best[0] for one in picked) < MOST:
            noticed |= new
            picked.append((*best, len(new)))


def write(rule: RuleFile, more: list[tuple[str, str, int]]) -> bool:
    """Appends the examples to the block lists of the rule's file; False where they are written otherwise."""
    path = ROOT / rule.path
    lines = path.read_text(encoding="utf-8").split("\n")
    for kind, text, _ in more:
        try:
            at = next(n for n, line in enumerate(lines) if re.fullmatch(rf"  {kind}:\s*", line))
        except StopIteration:
            return False
        end = at + 1
        while end < len(lines) and re.match(r"    ", lines[end]):
            end += 1
        lines.insert(end, f"    - {json.dumps(text, ensure_ascii=False)}")
    path.write_text("\n".join(lines), encoding="utf-8")
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rules", nargs="*")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    found = read(shipped())
    survivors = surviving(found, asked.rules)
    before = sum(map(len, survivors.values()))
    noticed = added = 0
    rules = {rule.id: rule for rule in found.rules}
    for rule, options in candidates(found, survivors).items():
        more = chosen(options)
        for kind, text, new in more:
            print(f"{rule}\t{kind}\t{new}\t{text}")
        if more and (not asked.write or write(rules[rule], more)):
            noticed += sum(new for _, _, new in more)
            added += len(more)
    print(f"{before} survivors; {added} examples notice {noticed} of them", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
