"""Contacts of many documents, counted once all are known: order does not matter, memory stays bounded.

Sorted by rule, group and time they go through the counts one by one; what does not fit into 64 MiB lies in
nameless files of the private cache folder (`spill.py`), which vanish with the process.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from collectlint.finding import Finding, Related, Severity
from collectlint.fingerprint import fingerprint
from collectlint.linter import Counted
from collectlint.operators.contacts import Contacts
from collectlint.operators.hours import ZONE_HOURS
from collectlint.rulebook.rule import Bound, Rule
from collectlint.rulebook.rulebook import Rulebook
from collectlint.spill import Spill
from collectlint.words import words as words_in

LISTED = 20  # other contacts that a finding names at most
_DAY = 86_400_000_000
_ZONE = timezone(timedelta(hours=ZONE_HOURS))
_EPOCH = datetime(1970, 1, 1, ZONE_HOURS, tzinfo=_ZONE)  # 1970-01-01 00:00 UTC
_SHIFT = ZONE_HOURS * 3_600_000_000


class Seen(NamedTuple):
    """One contact in the order of its group: its instant in microseconds, and where it stands."""

    instant: int
    document: str
    path: str
    line: int
    cell: str

    @property
    def day(self) -> int:
        return (self.instant + _SHIFT) // _DAY


class Excess(NamedTuple):
    """A contact that is one too many: its number in the window, and the earlier ones that make it so.

    `exact` is False when there were more earlier ones than are kept.
    """

    number: int
    exact: bool
    others: tuple[Seen, ...]


class Count:
    """One rule's count over the contacts of one group, which come in order of time."""

    def __init__(self, rule: Contacts) -> None:
        self._rule = rule
        self._limit = 1 if rule.after else rule.most
        self._recent: deque[Seen] = deque(maxlen=max(self._limit, LISTED) + 1)

    def add(self, seen: Seen, judged: bool, counted: bool) -> Excess | None:
        """The next contact; what makes it one too many, None when it is not."""
        recent = self._recent
        while recent and self._is_past(recent[0], seen):
            recent.popleft()
        excess = None
        if judged and len(recent) >= self._limit:
            excess = Excess(len(recent) + 1, len(recent) != recent.maxlen, tuple(recent)[-LISTED:])
        if counted:
            recent.append(seen)
        return excess

    def _is_past(self, earlier: Seen, seen: Seen) -> bool:
        if self._rule.days:
            return earlier.day <= seen.day - self._rule.days
        return earlier.instant <= seen.instant - self._rule.microseconds


class History:
    """Collects what documents add to the counts, and then gives the findings."""

    def __init__(self, rulebook: Rulebook, lang: str = "zh") -> None:
        self._rules = {rule.id: rule for rule in rulebook.rules if rule.is_count}
        self._lang = lang
        self._store = Spill()
        self._added = 0

    def add(self, counted: Iterable[Counted], number: int) -> None:
        """What the document with this number in the run adds."""
        for one in counted:
            contact = one.contact
            self._added += 1
            order = [one.rule, contact.group, contact.instant, one.document, one.path, one.line, one.cell]
            rest = [number, one.column, one.text, one.speaker, list(one.bound), one.day]
            self._store.add([*order, self._added, contact.judged, contact.counted, rest])

    def findings(self) -> Iterator[tuple[int, Finding]]:
        """(number of its document in the run, finding), by rule, group and time; empties the store."""
        last: tuple[str, str] | None = None
        count = None
        for name, group, instant, document, path, line, cell, _, judged, counted, rest in self._store.rows():
            rule = self._rules[name]
            if (name, group) != last or count is None:
                last, count = (name, group), Count(_counting(rule))
            seen = Seen(instant, document, path, line, cell)
            excess = count.add(seen, judged, counted)
            if excess is not None:
                number, *more = rest
                finding = _finding(rule, seen, excess, self._lang, *more)
                if finding is not None:
                    yield number, finding


def _counting(rule: Rule) -> Contacts:
    assert isinstance(rule.when, Contacts)
    return rule.when


def _finding(
    rule: Rule,
    seen: Seen,
    excess: Excess,
    lang: str,
    column: int,
    text: str,
    speaker: str,
    bound: list[str | None],
    day: str,
) -> Finding | None:
    """The finding, None when no clause was in force on that day."""
    basis, binding = rule.basis(Bound._make(bound), day, lang)
    if not basis:
        return None
    note = _note(_counting(rule), seen, excess, lang)
    return Finding(
        document=seen.document,
        rule=rule.id,
        family=rule.family,
        families=rule.families,
        severity=rule.severity if binding else min(rule.severity, Severity.WARNING),
        confidence=rule.confidence,
        turn=0,
        start=0,
        end=len(text),
        matched=text,
        excerpt=text,
        excerpt_start=0,
        message=rule.words("message", lang).replace("{matched}", text).replace("{note}", note),
        remedy=rule.words("remedy", lang),
        basis=basis,
        path=seen.path,
        line=seen.line,
        column=column,
        end_line=seen.line,
        end_column=column,
        cell=seen.cell,
        speaker=speaker,
        related=tuple(
            Related(other.document, other.path, other.line, other.cell, written(other.instant))
            for other in excess.others
        ),
        fingerprint=fingerprint(rule.id, text, text),
        title=rule.words("title", lang),
    )


def written(instant: int) -> str:
    """Microseconds since 1970 as ISO 8601 in the zone of all three jurisdictions."""
    return (_EPOCH + timedelta(microseconds=instant)).isoformat()


def _note(rule: Contacts, seen: Seen, excess: Excess, lang: str) -> str:
    """Which contact of how many in which time; with `after`, how soon after which."""
    words = words_in(lang)
    at = written(seen.instant)[:19].replace("T", " ")
    if rule.days == 1:
        window = words.that_day
    elif rule.days:
        window = words.within_days.format(rule.days)
    else:
        minutes = rule.microseconds // 60_000_000
        whole = minutes % 60 == 0
        window = words.within_hours.format(minutes // 60) if whole else words.within_minutes.format(minutes)
    if rule.after:
        return words.soon_after.format(at, window, written(excess.others[-1].instant)[:19].replace("T", " "))
    said = words.nth_contact if excess.exact else words.nth_or_later
    return said.format(at=at, window=window, number=excess.number, most=rule.most)
