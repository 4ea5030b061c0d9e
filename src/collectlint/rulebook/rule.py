"""One rule, ready to be applied."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from collectlint.document import Document
from collectlint.finding import Basis, Severity
from collectlint.operators.loading import load
from collectlint.operators.outcome import Operator

_SCOPES = (
    ("channels", "channel"),
    ("kinds", "kind"),
    ("parties", "party"),
    ("directions", "direction"),
    ("creditor_types", "creditor_type"),
    ("products", "product"),
    ("speaker_roles", "speaker_role"),
)
_asked = attrgetter("jurisdiction", *(single for _, single in _SCOPES))


def scope_of(document: Document) -> tuple[str | None, ...]:
    """All of a document that tells which rules are about it, but for its day."""
    scope: tuple[str | None, ...] = _asked(document)
    return scope


HOUSE = (
    "house"  # the kind of an instrument that is nobody's law: a policy, or a figure where the law has none
)


class Bound(NamedTuple):
    """What tells which instruments of law bind the collecting side; None = unknown."""

    jurisdiction: str
    creditor_type: str | None = None
    product: str | None = None
    speaker_role: str | None = None

    @classmethod
    def of(cls, document: Document) -> "Bound":
        return cls(*(getattr(document, name) for name in cls._fields))


class Source(NamedTuple):
    """One instrument of law, as far as a finding needs it; dates are `YYYY-MM-DD`."""

    id: str
    title: Mapping[str, str]
    kind: str
    jurisdiction: str
    since: str | None
    until: str | None
    checked: str | None
    scope: Mapping[str, Sequence[str]] = {}  # whom it binds; empty: everybody

    def binds(self, whom: Bound) -> bool:
        """Does it bind them? What is unknown of them may be so."""
        for name in Bound._fields[1:]:
            bound = self.scope.get(f"{name}s")
            value = getattr(whom, name)
            if bound and value is not None and value not in bound:
                return False
        return True


def in_language(texts: Mapping[str, str], lang: str) -> str:
    """The text in `zh`, `hant` (Taiwan), `hk` or `en`; made from simplified Chinese where that is missing."""
    if lang == "hk" and texts.get("hant"):
        from collectlint.words.hong_kong import hong_kong

        return hong_kong(texts["hant"])
    return texts.get(lang) or in_characters(texts["zh"], lang)


def in_characters(text: str, lang: str) -> str:
    """A text that exists in simplified Chinese only, in the characters of `lang`."""
    if lang in ("zh", "en"):
        return text
    from collectlint.words.traditional import shown

    return shown(text, lang)


class Law(Protocol):
    """Whoever knows the instruments that rules cite."""

    @property
    def sources(self) -> Mapping[str, Source]: ...


class Rule:
    """A rule of the compiled rulebook; its condition is built when first tried, its words read when told."""

    def __init__(
        self,
        data: Mapping[str, Any],
        condition: Callable[[], Mapping[str, Any]],
        told: Callable[[], Mapping[str, Any]],
        required: Callable[[], Sequence[Sequence[str]]],
        law: Law,
    ) -> None:
        self._data = data
        self._condition = condition
        self._read_told = told
        self._read_required = required
        self._law = law
        self.id: str = data["id"]
        self.family: str = data["family"]
        self.is_count: bool = data["is_count"]  # over many documents
        self.severity = Severity[data["severity"].upper()]

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """Everything of the compiled rule, for what explains and documents it."""
        return {**self._data, "when": self._condition(), **self._told}

    @cached_property
    def _told(self) -> Mapping[str, Any]:
        return self._read_told()

    @cached_property
    def required(self) -> tuple[frozenset[int], ...]:
        """Literal sets: one of each must occur for the condition to hold."""
        return tuple(frozenset(map(int, clause)) for clause in self._read_required())

    @property
    def families(self) -> tuple[str, ...]:
        return (self.family, *self._data["also"])

    @property
    def confidence(self) -> str:
        return str(self._data["confidence"])

    @property
    def is_second_reader(self) -> bool:
        """Does the condition rest on the second reader?"""
        return bool(self._data["rests_on_model"])

    @property
    def hears_second_reader(self) -> bool:
        """May the second reader raise or lower the severity of what this rule finds?"""
        return bool(self._data["second_reader"] == "heard")

    @cached_property
    def is_own(self) -> bool:
        """Does it rest on policies of a house alone, and on no law?"""
        return all(self._law.sources[entry["source"]].kind == HOUSE for entry in self._told["basis"])

    @property
    def is_wordless(self) -> bool:
        """Does the condition look at metadata alone?"""
        return bool(self._data["is_wordless"])

    @property
    def status(self) -> str:
        return str(self._data["status"])

    @property
    def off(self) -> bool:
        return bool(self._data["off"])

    @cached_property
    def when(self) -> Operator:
        return load(self._condition())

    @property
    def period(self) -> Mapping[str, str | None]:
        """The days `from` and `to` between which the rule holds, ends included; empty = always."""
        return self._data["in_force"] or {}

    @property
    def fix(self) -> Mapping[str, Mapping[str, str]]:
        """Words that can be replaced safely -> what by, in `zh` and `hant`."""
        fix: Mapping[str, Mapping[str, str]] = self._told["fix"]
        return fix

    def words(self, name: str, lang: str = "zh") -> str:
        """Title, message or remedy in the language asked for, else in simplified Chinese."""
        return in_language(self._told[name], lang)

    def applies_to(self, document: Document, day: str) -> bool:
        """Is the rule about such a document, and in force on that day?

        A scope over a field that the document leaves unknown holds: `creditor_type` unknown may be a bank.
        """
        return (
            document.jurisdiction in self._data["jurisdictions"]
            and self.in_force(day)
            and self._in_scope(document)
        )

    def _in_scope(self, document: Document) -> bool:
        applies = self._data["applies"]
        for plural, single in _SCOPES:
            chosen = applies.get(plural)
            if chosen:
                value = getattr(document, single)
                if value is not None and value not in chosen:
                    return False
        return True

    def in_force(self, day: str) -> bool:
        period = self._data["in_force"]
        if period is None:
            return True
        return (period["from"] or "") <= day and (period["to"] is None or day <= period["to"])

    def basis(self, whom: Bound, day: str, lang: str = "zh") -> tuple[tuple[Basis, ...], bool]:
        """The clauses that hold for them on that day, and whether any binds whoever speaks.

        When none binds, all that are in force are given: they tell what is proper elsewhere. A policy of
        the house binds by a rule that rests on nothing else; beside law it only tells a figure.
        """
        binding: list[Basis] = []
        others: list[Basis] = []
        for entry in self._told["basis"]:
            source = self._law.sources[entry["source"]]
            if source.jurisdiction not in (whom.jurisdiction, "any"):
                continue
            if (source.since or "") > day or (source.until is not None and day > source.until):
                continue
            title = in_language(source.title, lang)
            clause = in_characters(entry["clause"], lang)
            one = Basis(source.id, title, clause, entry["verified"], source.checked or "")
            holds = source.kind != HOUSE or self.is_own
            (binding if holds and source.binds(whom) else others).append(one)
        return tuple(binding or others), bool(binding)
