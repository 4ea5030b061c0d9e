"""All rules of a folder with what finds the few that a text could break."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from collectlint.likeness import Model
from collectlint.rulebook.packed import Packed, pack
from collectlint.rulebook.rule import Rule, Source
from collectlint.text.literals import LiteralSets
from collectlint.text.scan import Scan, by_heads

if TYPE_CHECKING:
    from collectlint.ceiling import Ceiling
    from collectlint.rulebook.gate import Gate

Span = tuple[int, int]
_MOST_SCOPES = 2_000  # remembered kinds of documents and days
_MANY_HEADS = 5_000  # asked for; from here on a table of all pays

ReadModel = Callable[[], Model | None]


class Rulebook:
    """Rules, literal sets and the scan over a packed rulebook; nothing in it changes."""

    def __init__(self, packed: Packed, read_model: ReadModel | None = None) -> None:
        self._packed = packed
        self._read_model = read_model
        self._rules: dict[int, Rule] = {}
        self._concepts: dict[int, Sequence[tuple[str, int]]] = {}
        self._owners: dict[str, Sequence[int]] = {}
        self._beginning: dict[str, Sequence[str]] = {}
        self._about: dict[Hashable, int] = {}
        self._asked = 0
        self._required: dict[int, Sequence[Sequence[str]]] = {}
        self.sha256 = packed.sha256
        self.sets = LiteralSets(packed.words_of, packed.chains, packed.reached)

    @classmethod
    def of(cls, data: Mapping[str, Any], read_model: ReadModel | None = None) -> Rulebook:
        """A rulebook from freshly compiled data, which has no digest of its files."""
        return cls(Packed(pack(data, "0" * 64)), read_model)

    def with_model(self, model: Model | None) -> Rulebook:
        """The same rules with another second reader, or with none."""
        return Rulebook(self._packed, lambda: model)

    @property
    def block(self) -> memoryview:
        """The packed form, for the cache."""
        return self._packed.block

    @property
    def rule_ids(self) -> Sequence[str]:
        return self._packed.rule_ids

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(self.rule(which) for which in range(len(self._packed.rule_ids)))

    def about(self, scope: Hashable, is_about: Callable[[Rule], bool]) -> int:
        """The rules, as bits, that are about documents of this scope; `is_about` tells it the first time."""
        found = self._about.get(scope)
        if found is None:
            if len(self._about) >= _MOST_SCOPES:
                self._about.clear()
            found = sum(1 << which for which, rule in enumerate(self.rules) if is_about(rule))
            self._about[scope] = found
        return found

    def with_fields(self, fields: Iterable[str]) -> int:
        """The rules, as bits, but for those that need a field of the document's own that it lacks."""
        bits = self._fieldless
        for name in fields:
            for which in self._packed.keys[1].get(name, ()):
                bits |= 1 << which
        return bits

    @cached_property
    def _fieldless(self) -> int:
        _, by_field, _ = self._packed.keys
        gated = {which for rules in by_field.values() for which in rules}
        return sum(1 << which for which in range(len(self._packed.rule_ids)) if which not in gated)

    def numbered(self, bits: int) -> list[Rule]:
        """The rules of these bits, in rule order."""
        rules = []
        while bits:
            lowest = bits & -bits
            rules.append(self.rule(lowest.bit_length() - 1))
            bits ^= lowest
        return rules

    def rule(self, which: int) -> Rule:
        found = self._rules.get(which)
        if found is None:
            packed = self._packed
            found = self._rules[which] = Rule(
                packed.rule(which),
                lambda: packed.condition(which),
                lambda: packed.told(which),
                lambda: packed.required(which),
                self,
            )
        return found

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return {name: Source(name, **source) for name, source in self._packed.section("sources").items()}

    def concepts(self, set_id: int) -> Sequence[tuple[str, int]]:
        """(name, set id) of the lexicon lists that can occur where this scanned set does.

        Lists with one-character words are left out.
        """
        found = self._concepts.get(set_id)
        if found is None:
            found = self._concepts[set_id] = self._packed.concepts(set_id)
        return found

    @property
    def concept_keys(self) -> frozenset[int]:
        """The sets that `concepts` gives any of."""
        return self._packed.concept_keys

    @cached_property
    def words(self) -> Sequence[str]:
        """Words that segmentation must keep whole."""
        words: Sequence[str] = self._packed.section("words")
        return words

    @cached_property
    def model(self) -> Model | None:
        """The second reader, read from its file when a rule first asks for it."""
        return self._read_model() if self._read_model else None

    @cached_property
    def _one_text(self) -> Scan:
        return by_heads(self._starting_with, self._packed.singles)

    def _starting_with(self, head: str) -> Sequence[str]:
        found = self._packed.starting_with(head)
        self._owners.update(found)
        return tuple(found)

    def beginning_with(self, head: str) -> Sequence[str]:
        """The scanned words of two and more characters that begin with a pair of characters."""
        words = self._beginning.get(head)
        if words is None:
            self._asked += 1
            if self._asked > _MANY_HEADS:
                return self.by_head.get(head, ())
            words = self._beginning[head] = tuple(self._packed.starting_with(head))
        return words

    @cached_property
    def by_head(self) -> Mapping[str, Sequence[str]]:
        """All words of `beginning_with`, for those who ask often."""
        found: dict[str, list[str]] = {}
        for word in self._packed.all_literals():
            found.setdefault(word[:2], []).append(word)
        return found

    def occurrences(self, text: str, batch: bool = False) -> Mapping[int, Sequence[Span]]:
        """Set id -> sorted spans of its plain words in a folded, compact text.

        `batch` allows the scanner that takes longer to build.
        """
        if batch:
            return self.gate.by_set(self.gate.found(text))
        owners, singles = self._owners, self._packed.singles
        found: dict[int, list[Span]] = {}
        for start, end, literal in self._one_text(text):
            for set_id in owners.get(literal) or singles[literal]:
                found.setdefault(set_id, []).append((start, end))
        return found

    def candidates(self, present: Iterable[int], fields: Iterable[str] = ()) -> list[Rule]:
        """The rules that could hold for a text in which these sets occur, in rule order.

        `fields` are the names of the document's own fields.
        """
        by_set, by_field, always = self._packed.keys
        chosen = set(always)
        for name in fields:
            chosen.update(by_field.get(name, ()))
        here = frozenset(map(str, present))
        asked = {which for set_id in here & by_set.keys() for which in by_set[set_id]}
        for which in asked:
            if not any(map(here.isdisjoint, self._clauses(which))):
                chosen.add(which)
        return [self.rule(which) for which in sorted(chosen)]

    @cached_property
    def gate(self) -> Gate:
        """What tells the candidates among many texts; it takes longer to build than a few texts to check."""
        from collectlint.rulebook.gate import Gate
        from collectlint.rulebook.gate_tables import Tables

        self.sets.be_thorough()
        lists = {pair for set_id in self.concept_keys for pair in self.concepts(set_id)}
        weight_of = self.ceiling.weight_of if self.ceiling is not None else lambda name: 0
        concepts = [(name, set_id, weight_of(name)) for name, set_id in sorted(lists)]
        conditions = [self._packed.condition(which) for which in range(len(self._packed.rule_ids))]
        return Gate(Tables(conditions, self.sets, self._packed.all_literals(), concepts))

    @cached_property
    def ceiling(self) -> Ceiling | None:
        """What tells how high the second reader could score a text; it takes longer to build than to ask."""
        from collectlint.ceiling import Ceiling

        return Ceiling(self.model) if self.model is not None else None

    def _clauses(self, which: int) -> Sequence[Sequence[str]]:
        """What a rule requires: of each clause one set."""
        found = self._required.get(which)
        if found is None:
            found = self._required[which] = self._packed.required(which)
        return found
