"""What a text must hold for a lowered condition to hold: which sets of words have to meet, and how closely.

Finer than `table.required`: that names one set of each clause, which ordinary texts hold by the dozen. Here a
clause lists terms; a term is made of meetings (sets that must occur within so many characters of each other,
since they are parts of one phrase) and tests. All is derived from the condition alone, never written by an
author; whatever is too much to keep is left out, so that no text is ruled out by mistake.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeGuard

from collectlint.text.literals import LiteralSets, commonness

# A meeting by its number, or a test of the document by its name: `speakers:agent unknown`, `field:{…}`,
# `number`, `personal`, `reader:0.5`.
Atom = int | str
Term = frozenset[Atom]
Clause = tuple[Term, ...]
Need = tuple[Clause, ...]

_MOST_TERMS = 400  # of one clause
_MOST_FORMS = 40  # ways to spell one part
_MOST_SINGLES = 20  # one-character words of a set; one of more is in almost every text
_ALWAYS: Need = ()
BLOCK = 8  # code points; how closely words meet is told in these
_WIDEST = 5  # blocks; meetings of wider phrases may be anywhere in a text


class Meeting(NamedTuple):
    """Sets of plain words that all occur in a text, no two begin more than `reach` blocks apart (0 = any)."""

    sets: frozenset[int]
    reach: int


class _Form(NamedTuple):
    """One way to spell a set: the sets of plain words in it, and how long it is at the most."""

    sets: frozenset[int]
    length: int


READER, SPEAKERS, FIELD, NUMBER, PERSONAL = "reader:", "speakers:", "field:", "number", "personal"
# Of these few kinds of documents come; whether such a field fits is found once for each.
FIELDS = ("jurisdiction", "channel", "kind", "party", "direction", "creditor_type", "product", "speaker_role")
_SINGLE = 0.04  # share of short texts that hold a given character, roughly
_TEST = 0.95


class Gating:
    """Derives needs from lowered conditions over the literal sets of one rulebook."""

    def __init__(self, sets: LiteralSets) -> None:
        self._sets = sets
        self.meetings: list[Meeting] = []
        self._numbers: dict[Meeting, int] = {}
        self._forms: dict[int, tuple[_Form, ...]] = {}
        self._lengths: dict[int, int] = {}
        self._shares: dict[int, float] = {}
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
            product *= self.share_of(atom)
        return product

    def share_of(self, atom: Atom) -> float:
        """The same of one atom."""
        if isinstance(atom, str):
            return _TEST
        product = 1.0
        for set_id in self.meetings[atom].sets:
            product *= self.share_of_set(set_id)
        return product

    def share_of_set(self, set_id: int) -> float:
        found = self._shares.get(set_id)
        if found is None:
            words = self._sets.words(set_id)
            found = min(0.9, sum(_SINGLE if len(word) == 1 else commonness(word) for word in words))
            self._shares[set_id] = found
        return found

    def rarest(self, term: Iterable[Atom]) -> Atom:
        return min(term, key=lambda atom: (self.share_of(atom), str(atom)))

    def rarest_set(self, set_ids: Iterable[int]) -> int:
        return min(set_ids, key=lambda set_id: (self.share_of_set(set_id), set_id))

    def occurring(self, set_id: int) -> Clause:
        """Terms of which one occurs where the set does; () = nothing can be said."""
        return tuple(frozenset({self._meeting(*form)}) for form in self._spelt(set_id))

    def plainly(self, set_id: int) -> Clause:
        """The term of the set's plain words, if there are any."""
        return (frozenset({self._meeting(frozenset({set_id}), 0)}),) if self._sets.words(set_id) else ()

    def _meeting(self, sets: frozenset[int], length: int) -> int:
        reach = -(-(length - 1) // BLOCK) if len(sets) > 1 else 0
        meeting = Meeting(sets, reach if reach <= _WIDEST else 0)
        number = self._numbers.get(meeting)
        if number is None:
            number = self._numbers[meeting] = len(self.meetings)
            self.meetings.append(meeting)
        return number

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
            spelt = [
                forms
                for which, (_, set_id, optional) in enumerate(parts)
                if (not optional or which == anchor) and (forms := self._spelt(set_id))
            ]
            if not spelt:
                return ()
            if len(parts) == 1:
                forms = spelt[0]
            else:
                length = sum(gap + self._longest(set_id) for gap, set_id, _ in parts)
                forms = tuple(_Form(sets, length) for sets in self._joined(spelt))
            terms.update(dict.fromkeys(frozenset({self._meeting(*form)}) for form in forms))
        return _minimal(terms)

    def _joined(self, spelt: Sequence[Sequence[_Form]]) -> list[frozenset[int]]:
        """The sets of all forms with one of each, the rarest first, as far as that is not too much."""
        ordered = sorted(spelt, key=lambda forms: sum(self._share_of_form(form) for form in forms))
        joined = {form.sets: None for form in ordered[0]}
        for forms in ordered[1:]:
            if len(joined) * len(forms) <= _MOST_FORMS:
                joined = {one | form.sets: None for one in joined for form in forms}
        return list(joined)

    def _share_of_form(self, form: _Form) -> float:
        product = 1.0
        for set_id in form.sets:
            product *= self.share_of_set(set_id)
        return product

    def _longest(self, set_id: int) -> int:
        """Length of the longest word or chain of a set."""
        found = self._lengths.get(set_id)
        if found is None:
            chains = (sum(self._longest(link) for link, _ in links) for links, _ in self._sets.chains(set_id))
            found = self._lengths[set_id] = max((*map(len, self._sets.words(set_id)), *chains), default=0)
        return found

    def _spelt(self, set_id: int) -> tuple[_Form, ...]:
        """How a set can occur: by its plain words, or by all links of one of its chains; () = too widely."""
        known = self._forms.get(set_id)
        if known is None:
            known = self._forms[set_id] = tuple(self._find_forms(set_id))
        return known

    def _find_forms(self, set_id: int) -> list[_Form]:
        words = self._sets.words(set_id)
        if sum(len(word) == 1 for word in words) > _MOST_SINGLES:
            return []
        found = [_Form(frozenset({set_id}), max(map(len, words)))] if words else []
        for links, _ in self._sets.chains(set_id):
            spelt = [forms for link, optional in links if not optional and (forms := self._spelt(link))]
            if not spelt:
                return []
            length = sum(self._longest(link) for link, _ in links)
            found += [_Form(sets, length) for sets in self._joined(spelt)]
        return list(dict.fromkeys(found))

    def _pattern(self, node: Mapping[str, Any]) -> Need:
        clauses = [
            tuple(term for set_id in set_ids for term in self.plainly(set_id))
            for set_ids in node["needs"]
            if all(self._spelt(set_id) for set_id in set_ids)
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


def rests_on_reader(need: Need) -> bool:
    """Is there a clause of which every term asks for a score of the second reader?"""
    return any(all(any(map(_is_reader, term)) for term in clause) for clause in need)


def scores_asked(need: Need) -> frozenset[float]:
    """The scores of the second reader that terms ask for."""
    return frozenset(
        float(atom[len(READER) :]) for clause in need for term in clause for atom in term if _is_reader(atom)
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
    """The terms without those that hold one that stands alone: where they occur, that one does."""
    terms = dict.fromkeys(terms)
    if frozenset() in terms:
        return (frozenset(),)
    alone = frozenset(atom for term in terms if len(term) == 1 for atom in term)
    return tuple(term for term in terms if len(term) == 1 or alone.isdisjoint(term))
