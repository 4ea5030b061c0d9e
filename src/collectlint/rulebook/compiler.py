"""Rules as read from YAML -> one plain-data rulebook (JSON types only) that loads in milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from collectlint.errors import Place, RuleError
from collectlint.operators import table
from collectlint.operators.outcome import Required
from collectlint.rulebook.interning import Interner
from collectlint.rulebook.lexicon import Item, Lexicon
from collectlint.shape import Tree


class StateFile(NamedTuple):
    """A state as written; `speakers` () = everybody's words."""

    speakers: tuple[str, ...]
    begins: Tree
    ends: Tree | None
    place: Place


class Compiler:
    """Implements `operators.lowering.Lowering` for one rule folder."""

    def __init__(self, lexicon: Lexicon, states: Mapping[str, StateFile] | None = None) -> None:
        self.errors: list[RuleError] = []
        self.used_states: set[str] = set()
        self._states = states or {}
        self._lowered: dict[str, dict[str, Any]] = {}
        self._open: list[str] = []
        self.speakers: tuple[str, ...] = ()
        self.sets = Interner()
        self._lexicon = lexicon

    def intern(self, items: Iterable[Item]) -> int:
        return self.sets.intern(items)

    def shortest(self, set_id: int) -> int:
        return self.sets.shortest(set_id)

    def size(self, set_id: int) -> int:
        return self.sets.size(set_id)

    def keys(self, set_id: int) -> frozenset[int]:
        return self.sets.keys(set_id)

    def items(self, entry: str, place: Place) -> list[Item]:
        before = len(self._lexicon.errors)
        items = self._lexicon.entry(entry, place)
        self.errors.extend(self._lexicon.errors[before:])
        return items

    def words(self, name: str, place: Place) -> list[str] | None:
        before = len(self._lexicon.errors)
        words = self._lexicon.words(name, place)
        self.errors.extend(self._lexicon.errors[before:])
        return words

    def state(self, name: str, place: Place) -> dict[str, Any] | None:
        self.used_states.add(name)
        state = self._states.get(name)
        if state is None:
            near = get_close_matches(name, list(self._states), 1)
            self.fault(
                f"没有状态 `{name}`", place, f"您是否想写 `{near[0]}`?" if near else "状态在 states/ 里定义"
            )
            return None
        if name in self._open:
            way = " → ".join([*self._open, name])
            self.fault(f"状态 `{name}` 绕回了自己", state.place, way)
            return None
        if name not in self._lowered:
            outer, self.speakers = self.speakers, state.speakers
            self._open.append(name)
            self._lowered[name] = {
                "op": "lasting",
                "name": name,
                "begins": self.lower(state.begins),
                "ends": self.lower(state.ends) if state.ends is not None else None,
            }
            self._open.pop()
            self.speakers = outer
        return self._lowered[name]

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
        if when["op"] != "contacts" and "contacts" in _operators(when):
            self.fault("contacts 只能单独作为 when", tree.place, "其余条件写进 applies 或 contacts 的 which")
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
        compiled["is_count"] = when["op"] == "contacts"
        compiled["rests_on_model"] = "resembles" in _operators(when)
        compiled["is_wordless"] = _operators(when) <= _WORDLESS
        compiled["required"] = [sorted(clause) for clause in required]
        if not required:
            compiled["gate"] = _gate(when)
        return compiled


_WORDLESS = frozenset({"field", "hours", "after", "contacts", "all", "any", "none", "at_least"})


def _gate(when: Mapping[str, Any]) -> str:
    """The field of one's own (`fields.x`) without which the condition cannot hold; empty if there is none."""
    for node in when["conditions"] if when["op"] == "all" else [when]:
        if node["op"] == "field" and node["present"] and node["name"].startswith("fields."):
            return str(node["name"]).split(".")[1]
    return ""


def _operators(node: Any) -> set[str]:
    """Names of all operators in a lowered condition."""
    if isinstance(node, Mapping):
        return {node["op"]}.union(*map(_operators, node.values())) if "op" in node else set()
    if isinstance(node, (list, tuple)):
        return set().union(*map(_operators, node))
    return set()


def asked_sets(rules: Iterable[Mapping[str, Any]]) -> set[int]:
    """The sets whose occurrences operators ask for: the anchors of their templates."""
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
    return wanted
