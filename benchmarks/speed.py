"""How fast is a batch, against jieba alone, against brute force, and in traditional characters?

One process, all variants alternated; least processor time of each over the rounds. The reference converts
every text with OpenCC, cuts every text with jieba, looks for every word of every rule in it and then tries
every rule; its findings must be the engine's. It shares the operators with the engine, but neither the
gate, nor the automaton, nor what is remembered between texts. It is slow, so it sees the first
`--reference N` documents of each corpus (default 60) and is compared with the engine on these.

`--rounds N` (default 5), `--documents N` messages of each corpus (default 2,000; a tenth as many calls),
`--file PATH` adds the documents of a file.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections.abc import Callable
from pathlib import Path

from made_up import calls, megabytes, notices, templates, traditional

from collectlint.document import Document
from collectlint.linter import Judgement, Options, lint
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table import read
from collectlint.rulebook.folder import load
from collectlint.rulebook.rulebook import Rulebook
from collectlint.run import word_edges

Job = Callable[[], object]


class BruteForce:
    """Every text converted and cut, every word looked for, every rule tried."""

    def __init__(self, book: Rulebook) -> None:
        import jieba
        from opencc import OpenCC

        jieba.setLogLevel(logging.ERROR)
        jieba.initialize()
        self.cut, self.convert = jieba.lcut, OpenCC("t2s").convert
        self._book = load_again(book)
        self._words = self._book._packed.all_literals()
        self._book.occurrences = self._occurrences  # type: ignore[method-assign]
        self._options = Options("2026-11-22", prefilter=False, boundaries=word_edges(self._book))

    def __call__(self, document: Document) -> Judgement:
        for turn in document.turns:
            self.cut(self.convert(turn.text))
        return lint(document, self._book, self._options)

    def _occurrences(self, text: str, batch: bool = False) -> dict[int, list[tuple[int, int]]]:
        found: dict[int, list[tuple[int, int]]] = {}
        for word, set_ids in self._words.items():
            start = text.find(word)
            while start >= 0:
                for set_id in set_ids:
                    found.setdefault(set_id, []).append((start, start + len(word)))
                start = text.find(word, start + 1)
        for spans in found.values():
            spans.sort()
        return found


def load_again(book: Rulebook) -> Rulebook:
    """The same rules in an object of their own."""
    return Rulebook(book._packed, lambda: book.model)


def least(jobs: dict[str, Job], rounds: int) -> dict[str, float]:
    """Least processor seconds of each job; they take turns."""
    taken: dict[str, float] = {}
    for turn in range(rounds + 1):
        for name, job in jobs.items():
            start = time.process_time()
            job()
            seconds = time.process_time() - start
            if turn:  # the first round warms up
                taken[name] = min(taken.get(name, seconds), seconds)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--reference", type=int, default=60)
    parser.add_argument("--file", type=Path, action="append", default=[])
    given = parser.parse_args()
    book = load()
    options = Options("2026-11-22", batch=True, boundaries=word_edges(book))
    brute = BruteForce(book)
    number = given.documents
    corpora = {
        "SMS, 0 % violating": notices(number),
        "SMS, 2 %": notices(number, bad=0.02),
        "SMS, 20 %": notices(number, bad=0.2),
        "SMS between people": notices(number, ordinary=1.0),
        "calls, 0 %": calls(number // 10),
        "calls, 2 %": calls(number // 10, bad=0.02),
        "calls, 20 %": calls(number // 10, bad=0.2),
        "templates": templates(number),
    }
    for path in given.file:
        corpora[path.stem] = [one for one in read(path, ReadSettings()) if isinstance(one, Document)]
    print(f"{len(book.rule_ids)} rules")
    print(
        f"{'':22}{'documents/s':>12}{'MB/s':>7}{'x jieba':>9}"
        f"{'x reference':>13}{'traditional':>13}{'findings':>10}"
    )
    for name, documents in corpora.items():
        twins = traditional(documents)
        some = documents[: max(1, given.reference // (10 if documents[0].kind == "transcript" else 1))]
        for one in some:
            engine = lint(one, book, options)
            assert engine.findings == brute(one).findings, f"{name}: {one.id} is judged differently"
        texts = [turn.text for one in documents for turn in one.turns]
        jobs: dict[str, Job] = {
            "engine": lambda documents=documents: [len(lint(one, book, options)) for one in documents],  # type: ignore[misc]
            "jieba": lambda texts=texts: [len(brute.cut(text)) for text in texts],  # type: ignore[misc]
            "twins": lambda twins=twins: [len(lint(one, book, options)) for one in twins],  # type: ignore[misc]
            "engine, some": lambda some=some: [len(lint(one, book, options)) for one in some],  # type: ignore[misc]
            "reference, some": lambda some=some: [len(brute(one)) for one in some],  # type: ignore[misc]
        }
        seconds = least(jobs, given.rounds)
        findings = sum(len(lint(one, book, options).findings) for one in documents)
        print(
            f"{name:22}{len(documents) / seconds['engine']:12,.0f}"
            f"{megabytes(documents) / seconds['engine']:7.2f}"
            f"{seconds['jieba'] / seconds['engine']:9.2f}"
            f"{seconds['reference, some'] / seconds['engine, some']:13.1f}"
            f"{seconds['twins'] / seconds['engine']:13.2f}{findings:10}"
        )


if __name__ == "__main__":
    main()
