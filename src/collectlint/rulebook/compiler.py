"""Rules as read from YAML -> one plain-data rulebook (JSON types only) that loads in milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from collectlint.errors import Place, RuleError
from collectlint.operators import table
from collectlint.operators.outcome import Required
from collectlint.rulebook.lexicon import Lexicon
from collectlint.shape import Tree
from collectlint.text.fold import fold

FORMAT = 1  # part of the cache key; raise it when the compiled form changes


class Compiler:
    """Implements `operators.lowering.Lowering` for one rule folder."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.errors: list[RuleError] = []
        self.speakers: tuple[str, ...] = ()
        self._lexicon = lexicon
        self._ids: dict[tuple[str, ...], int] = {}
        self._sets: list[tuple[str, ...]] = []
        self._folds: dict[str, tuple[str, ...]] = {}

    @property
    def sets(self) -> list[list[str]]:
        return [list(entries) for entries in self._sets]

    def intern(self, entries: Iterable[str]) -> int:
        folded = tuple(sorted({form for entry in entries for form in self._forms(entry) if form}))
        known = self._ids.get(folded)
        if known is None:
            known = self._ids[folded] = len(self._sets)
            self._sets.append(folded)
        return known

    def _forms(self, entry: str) -> tuple[str, ...]:
        """How an entry may look in folded text: folding depends on neighbours (乾, 著), so fold it alone
        and character by character."""
        forms = self._folds.get(entry)
        if forms is None:
            forms = self._folds[entry] = tuple({fold(entry), "".join(map(fold, entry))})
        return forms

    def entries(self, set_id: int) -> Sequence[str]:
        return self._sets[set_id]

    def lexicon(self, name: str, place: Place) -> list[str] | None:
        before = len(self._lexicon.errors)
        entries = self._lexicon.entries(name, place)
        self.errors.extend(self._lexicon.errors[before:])
        return entries

    def lower(self, tree: Tree) -> dict[str, Any]:
        return table.lower(tree, self)

    def required(self, node: dict[str, Any]) -> Required:
        return table.required(node, self)

    def fault(self, message: str, place: Place, remedy: str = "") -> None:
        self.errors.append(RuleError(message, place, remedy))

    def rule(self, values: Mapping[str, Any], tree: Tree, jurisdictions: tuple[str, ...]) -> dict[str, Any]:
        """One rule as plain data; `values` are the walked values of its file."""
        applies = values["applies"]
        self.speakers = () if "any" in applies["speakers"] else tuple(applies["speakers"])
        when = self.lower(tree)
        required = self.required(when)
        compiled = {
            name: value
            for name, value in values.items()
            if name not in ("when", "tests", "note", "references", "falsepositives", "applies")
        }
        compiled["applies"] = {
            name: [] if "any" in chosen else list(chosen)
            for name, chosen in applies.items()
            if name not in ("speakers", "jurisdictions")
        }
        compiled["jurisdictions"] = list(applies["jurisdictions"] or jurisdictions)
        compiled["when"] = when
        compiled["required"] = [sorted(clause) for clause in required]
        return compiled


def scanned_sets(rules: Iterable[Mapping[str, Any]]) -> list[int]:
    """The sets whose occurrences operators ask for: anchors of templates and required clauses."""
    wanted: set[int] = set()

    def visit(node: Any) -> None:
        if isinstance(node, Mapping):
            for name in ("templates", "unless_with", "with_"):
                for parts, anchor in node.get(name, ()):
                    wanted.add(parts[anchor][1])
            for value in node.values():
                visit(value)
        elif isinstance(node, (list, tuple)):
            for value in node:
                visit(value)

    for rule in rules:
        visit(rule["when"])
        wanted.update(set_id for clause in rule["required"] for set_id in clause)
    return sorted(wanted)
