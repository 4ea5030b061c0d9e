"""What a text must hold for a lowered condition to hold: which sets of words have to meet, and with what.

Finer than `table.required`: that names one set of each clause, which ordinary texts hold by the dozen. Here a
clause lists terms, and of a term every set must occur. Both are derived from the condition alone, never
written by an author; whatever is too much to keep is left out, so that no text is ruled out by mistake.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeGuard

from collectlint.text.literals import LiteralSets, commonness

# A set of plain words by its number, or a test of the document by its name: `speakers:agent unknown`,
# `field:{…}`, `number`, `personal`, `reader:0.5`.
Atom = int | str
Term = frozenset[Atom]
Clause = tuple[Term, ...]
Need = tuple[Clause, ...]

_MOST_TERMS = 400  # of one clause
_MOST_FORMS = 40  # ways to spell one part
_MOST_SINGLES = 20  # one-character words of a set; one of more is in almost every text
_ALWAYS: Need = ()
READER, SPEAKERS, FIELD, NUMBER, PERSONAL = "reader:", "speakers:", "field:", "number", "personal"
# Of these few kinds of documents come; whether such a field fits is found once for each.
FIELDS = ("jurisdiction", "channel", "kind", "party", "direction", "creditor_type", "product", "speaker_role")
_SINGLE = 0.04  # share of short texts that hold a given character, roughly
_TEST = 0.95


class Gating:
    """Derives needs from lowered conditions over the literal sets of one rulebook."""

    def __init__(self, sets: LiteralSets) -> None:
        self._sets = sets
        self._forms: dict[int, Clause] = {}
        self._shares: dict[Atom, float] = {}
        self._by_operator: Mapping[str, Callable[[Mapping[str, Any]], Need]] = {
            "all": lambda node: self._every(node["conditions"]),
            "any": lambda node: self._either(map(self.need, node["conditions"])),
            "near": lambda node: self._every(node["of"]),
            "order": lambda node: self._every(node["of"]),
            "at_least": lambda node: self._either(map(self.need, node["of"])) if node["number"] else _ALWAYS,
            "phrase": self._phrase,
            "pattern": self._pattern,
            "window": lambda node: self.need(node["of"]),
            "repeat": lambda node: self.need(node["of"]),
            "reply": lambda node: (*self.need(node["to"]), *self.need(node["answer"])),
            "count": lambda node: self.need(node["of"]) if node["least"] else _ALWAYS,
            "state": self._state,
            "number": self._number,
            "field": _field,
            "personal": lambda node: (_test(PERSONAL), *_speakers(node)),
            "resembles": lambda node: (_test(f"{READER}{node['least']}"),),
        }

    def need(self, node: Mapping[str, Any]) -> Need:
        """Clauses, of each of which one term must occur; () = nothing can be said."""
        derive = self._by_operator.get(node["op"])
        return derive(node) if derive else _ALWAYS

    def share(self, term: Iterable[Atom]) -> float:
        """In how many short texts a term occurs, roughly."""
        product = 1.0
        for atom in term:
            product *= self._share(atom)
        return product

    def rarest(self, term: Term) -> Atom:
        return min(term, key=lambda atom: (self._share(atom), str(atom)))

    def _share(self, atom: Atom) -> float:
        found = self._shares.get(atom)
        if found is None:
            if isinstance(atom, str):
                found = _TEST
            else:
                words = self._sets.words(atom)
                found = min(0.9, sum(_SINGLE if len(word) == 1 else commonness(word) for word in words))
            self._shares[atom] = found
        return found

    def _weight(self, clause: Clause) -> float:
        return sum(map(self.share, clause))

    def _every(self, nodes: Sequence[Mapping[str, Any]]) -> Need:
        clauses: dict[Clause, None] = {}
        for node in nodes:
            clauses.update(dict.fromkeys(self.need(node)))
        return tuple(clauses)

    def _either(self, options: Iterable[Need]) -> Need:
        """One clause with the terms of all options; () as soon as one option needs nothing."""
        terms: dict[Term, None] = {}
        for option in options:
            if not option:
                return _ALWAYS
            terms.update(dict.fromkeys(self._multiplied(option, _MOST_TERMS)))
        return (_minimal(terms),) if terms else _ALWAYS

    def _multiplied(self, need: Iterable[Clause], most: int) -> Clause:
        """The clauses made one whose terms hold a term of each, the rarest first, as far as `most` allows."""
        ordered = sorted(need, key=self._weight)
        terms: Clause = ordered[0]
        for clause in ordered[1:]:
            if len(terms) * len(clause) <= most:
                terms = _minimal({one | other: None for one in terms for other in clause})
        return terms

    def _phrase(self, node: Mapping[str, Any]) -> Need:
        clauses = [self._templates(node["templates"])]
        if node["with_"]:
            clauses.append(self._templates(node["with_"]))
        return (*(clause for clause in clauses if clause), *_speakers(node))

    def _templates(self, templates: Iterable[Any]) -> Clause:
        terms: dict[Term, None] = {}
        for parts, anchor in templates:
            forms = []
            for which, (_, set_id, optional) in enumerate(parts):
                if not optional or which == anchor:
                    spelt = self.spelt(set_id)
                    if spelt:
                        forms.append(spelt)
            if not forms:
                return ()
            terms.update(dict.fromkeys(self._multiplied(forms, _MOST_FORMS)))
        return _minimal(terms)

    def spelt(self, set_id: int) -> Clause:
        """How a set can occur: by its plain words, or by all links of one of its chains; () = too widely."""
        known = self._forms.get(set_id)
        if known is None:
            terms: dict[Term, None] = {}
            words = self._sets.words(set_id)
            if sum(len(word) == 1 for word in words) > _MOST_SINGLES:
                self._forms[set_id] = ()
                return ()
            if words:
                terms[frozenset({set_id})] = None
            for links, _ in self._sets.chains(set_id):
                forms = [spelt for link, optional in links if not optional and (spelt := self.spelt(link))]
                if not forms:
                    self._forms[set_id] = ()
                    return ()
                terms.update(dict.fromkeys(self._multiplied(forms, _MOST_FORMS)))
            known = self._forms[set_id] = _minimal(terms)
        return known

    def _pattern(self, node: Mapping[str, Any]) -> Need:
        clauses = [
            tuple(frozenset({one}) for one in set_ids)
            for set_ids in node["needs"]
            if all(self.spelt(one) for one in set_ids)
        ]
        return (*(clause for clause in clauses if clause), *_speakers(node))

    def _number(self, node: Mapping[str, Any]) -> Need:
        own = self.need(node["near"]) if node["near"] is not None else _ALWAYS
        if node["differs_from"]:  # that field is asked for before any number is read, and may be missing
            return own
        figures: Need = (_test(NUMBER),) if node["value"] in ("amount", "percent") else _ALWAYS
        return (*own, *figures, *_speakers(node))

    def _state(self, node: Mapping[str, Any]) -> Need:
        own = self._either([self.need(state["begins"]) for state in node["is_"]]) if node["is_"] else _ALWAYS
        return (*own, *(self.need(node["of"]) if node["of"] is not None else ()))


def scores_asked(need: Need) -> frozenset[float]:
    """The scores of the second reader that terms ask for."""
    return frozenset(
        float(atom[len(READER) :])
        for clause in need
        for term in clause
        for atom in term
        if _is_reader(atom)
    )


def with_score(need: Need, least: float) -> Need:
    """What must occur besides where the second reader gives `least` and no more."""
    return tuple(
        _minimal(
            {
                frozenset(atom for atom in term if not _is_reader(atom)): None
                for term in clause
                if all(float(atom[len(READER) :]) <= least for atom in term if _is_reader(atom))
            }
        )
        for clause in need
    )


def _is_reader(atom: Atom) -> TypeGuard[str]:
    return isinstance(atom, str) and atom.startswith(READER)


def _test(name: str) -> Clause:
    return (frozenset({name}),)


def _field(node: Mapping[str, Any]) -> Need:
    return (_test(FIELD + json.dumps(node, sort_keys=True)),) if node["name"] in FIELDS else _ALWAYS


def _speakers(node: Mapping[str, Any]) -> Need:
    return (_test(SPEAKERS + " ".join(node["speakers"])),) if node["speakers"] else _ALWAYS


def _minimal(terms: Iterable[Term]) -> Clause:
    """The terms without those that another one is part of: where these occur, that one does."""
    kept: list[Term] = []
    for term in sorted(terms, key=len):
        if len(term) > 6 or not any(one <= term for one in kept):
            kept.append(term)
    return tuple(kept)
