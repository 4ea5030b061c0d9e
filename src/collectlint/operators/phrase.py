"""`phrase`: words, lists and phrases with slots, in the stance and surroundings asked for."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from collectlint.operators.outcome import NO, Hit, Outcome, found
from collectlint.text.literals import LiteralSets
from collectlint.text.template_phrase import Part, find
from collectlint.view import View

_REACH = 16  # code points that an excusing word may stand out on either side


class Template(NamedTuple):
    """A phrase ready to match: its parts and the index of the part that is scanned for."""

    parts: tuple[Part, ...]
    anchor: int


class Phrase(NamedTuple):
    """Options of `phrase`, lowered: set numbers in place of words."""

    templates: tuple[Template, ...]
    across: str
    stance: tuple[str, ...]
    unless_in: int
    unless_with: tuple[Template, ...]
    with_: tuple[Template, ...]
    near: str
    words: bool
    speakers: tuple[str, ...]

    def check(self, view: View) -> Outcome:
        hits = []
        for start, end in _spans(self.templates, view, self.across):
            if self._accepted(view, start, end):
                hits.append(Hit(start, end, via=view.via(start, end)))
        return found(hits) if hits else NO

    def _accepted(self, view: View, start: int, end: int) -> bool:
        if self.speakers and view.speaker_at(start) not in self.speakers:
            return False
        if self.words and not (view.is_word_edge(start) and view.is_word_edge(end)):
            return False
        if self.unless_in >= 0 and _covered(view, self.unless_in, start, end):
            return False
        if self.stance and view.stance(start, end) not in self.stance:
            return False
        if self.with_ or self.unless_with:
            low, high = view.region(start, self.near)
            if not all(view.is_courteous(*span) for span in _within(self.unless_with, view, low, high)):
                return False
            if self.with_ and not any(
                span[1] <= start or end <= span[0] for span in _within(self.with_, view, low, high)
            ):
                return False
        return True


def _spans(templates: tuple[Template, ...], view: View, across: str) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for parts, anchor in _possible(templates, view):
        spans = view.occurrences.of(parts[anchor].set_id)
        if len(parts) == 1:
            out.extend(spans)
            continue
        for start, end in spans:
            span = find(parts, anchor, start, end, view.text, view.region(start, across), view.sets)
            if span is not None:
                out.append(span)
    return sorted(set(out))


def _possible(templates: tuple[Template, ...], view: View) -> Sequence[Template]:
    """The templates with a word in the text that can belong to the part that is scanned for."""
    sets = view.sets
    if not sets.is_thorough:  # a table for one text would not pay
        plain = view.occurrences.plain
        return [one for one in templates if _can_occur(one.parts[one.anchor].set_id, plain, sets)]
    by_key: dict[int, tuple[int, ...]] | None = sets.memory.get(id(templates))
    if by_key is None:
        numbers: dict[int, list[int]] = {}
        for which, (parts, anchor) in enumerate(templates):
            set_id = parts[anchor].set_id
            for key in (set_id, *sets.reached(set_id)):
                numbers.setdefault(key, []).append(which)
        by_key = sets.memory[id(templates)] = {key: tuple(some) for key, some in numbers.items()}
        sets.kept.append(templates)  # so that the number stays its own
    present = by_key.keys() & view.occurrences.plain.keys()
    if not present:
        return ()
    return [templates[which] for which in sorted({which for key in present for which in by_key[key]})]


def _can_occur(set_id: int, plain: Mapping[int, Any], sets: LiteralSets) -> bool:
    return set_id in plain or any(key in plain for key in sets.reached(set_id))


def _covered(view: View, set_id: int, start: int, end: int) -> bool:
    """Do the words lie inside a longer word of the set?"""
    low, high = max(0, start - _REACH), min(len(view.text), end + _REACH)
    return any(
        (view.sets.match_at(set_id, view.text, begin, high) or 0) >= end for begin in range(low, start + 1)
    )


def _within(templates: tuple[Template, ...], view: View, low: int, high: int) -> Sequence[tuple[int, int]]:
    if not templates:
        return ()
    key = ("within", id(templates), low, high)  # many hits may share one region
    spans = view.memory.get(key)
    if spans is None:
        spans = view.memory[key] = [
            span
            for parts, anchor in _possible(templates, view)
            for start, end in view.within(parts[anchor].set_id, low, high)
            if (span := find(parts, anchor, start, end, view.text, (low, high), view.sets)) is not None
        ]
    return cast(Sequence[tuple[int, int]], spans)


def load(**fields: Any) -> Phrase:
    """The operator from its plain data, lists already made tuples."""
    for name in ("templates", "unless_with", "with_"):
        fields[name] = tuple(
            Template(tuple(Part(*part) for part in parts), anchor) for parts, anchor in fields[name]
        )
    return Phrase(**fields)
