"""All rules of a folder with what finds the few that a text could break."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from collectlint.likeness import Model
from collectlint.rulebook.rule import Rule, Source
from collectlint.text.literals import LiteralSets
from collectlint.text.scan import Scan, automaton, pairs

Span = tuple[int, int]


class Rulebook:
    """Rules, literal sets and the scan; built from compiled plain data, never changed."""

    def __init__(
        self, data: Mapping[str, Any], read_model: Callable[[], Mapping[str, Any] | None] | None = None
    ) -> None:
        self._read_model = read_model
        self.sha256: str = data["sha256"]
        self.sources = {name: Source(name, **source) for name, source in data["sources"].items()}
        self.rules: tuple[Rule, ...] = tuple(Rule(rule, self.sources) for rule in data["rules"])
        self.sets = LiteralSets(data["sets"], data["chains"])
        self.words: Sequence[str] = data["words"]
        self.concepts: Mapping[str, int] = data["concepts"]
        self._scanned: Sequence[int] = data["scanned"]

    @cached_property
    def model(self) -> Model | None:
        """The second reader, read from its file when a rule first asks for it."""
        data = self._read_model() if self._read_model else None
        return Model(data) if data else None

    @cached_property
    def _sets_of(self) -> dict[str, list[int]]:
        """Literal -> the sets that hold it."""
        owners: dict[str, list[int]] = {}
        for set_id in self._scanned:
            for entry in self.sets.words[set_id]:
                owners.setdefault(entry, []).append(set_id)
        return owners

    @cached_property
    def _one_text(self) -> Scan:
        return pairs(self._sets_of)

    @cached_property
    def _many_texts(self) -> Scan:
        return automaton(self._sets_of) or self._one_text

    def occurrences(self, text: str, batch: bool = False) -> dict[int, list[Span]]:
        """Set id -> sorted spans of its entries in a folded, compact text.

        `batch` allows the scanner that takes longer to build.
        """
        scan: Callable[[str], list[tuple[int, int, str]]] = self._many_texts if batch else self._one_text
        found: dict[int, list[Span]] = {}
        owners = self._sets_of
        for start, end, literal in scan(text):
            for set_id in owners[literal]:
                found.setdefault(set_id, []).append((start, end))
        return found

    @cached_property
    def _by_key(self) -> tuple[dict[int, list[int]], list[int]]:
        """Set id -> rules that need one of a clause with this set; and the rules that need nothing."""
        by_set: dict[int, list[int]] = {}
        always = []
        for which, rule in enumerate(self.rules):
            if not rule.required:
                always.append(which)
                continue
            key = min(
                rule.required,
                key=lambda clause: (len(clause), sum(len(self.sets.words[one]) for one in clause)),
            )
            for set_id in key:
                by_set.setdefault(set_id, []).append(which)
        return by_set, always

    def candidates(self, present: Mapping[int, Any]) -> list[Rule]:
        """The rules that could hold for a text in which these sets occur, in rule order."""
        by_set, always = self._by_key
        chosen = set(always)
        for set_id in present:
            for which in by_set.get(set_id, ()):
                if which not in chosen and all(
                    any(one in present for one in clause) for clause in self.rules[which].required
                ):
                    chosen.add(which)
        return [self.rules[which] for which in sorted(chosen)]
