"""Why rules hit a document, and which nearly did: kept away by stance, an excuse, the speaker or the scope.

A rule nearly hits when the same condition, with one restraint taken off, holds. Failing that, when a
good part of the words it needs occurs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from collectlint.document import Document
from collectlint.finding import Finding, NotEvaluated
from collectlint.linter import Options, lint
from collectlint.operators.hours import event_day
from collectlint.operators.loading import load
from collectlint.operators.outcome import Hit
from collectlint.rulebook.rule import Rule
from collectlint.rulebook.rulebook import Rulebook
from collectlint.sight import looked_at
from collectlint.text.stance import Stance
from collectlint.view import Span, View
from collectlint.words import words as words_in
from collectlint.words.commands import CommandWords, command_words

_UPSIDE_DOWN = ("none", "missing", "lasting")  # taking a restraint off inside these adds one, or a state
_EXCUSES: dict[str, Any] = {"unless_in": -1, "unless_with": []}
_CUE_SHOWN = 6  # code points of a cue that governs a whole sentence
_WORDS_SHOWN = 5
_PARTS = 5  # rules of which only a part occurs
_LEAST_SHARE = 0.5


class Cue(NamedTuple):
    """Words of a rule and what keeps them from being meant; `cue` is empty for a heading that forbids."""

    words: str
    stance: Stance
    cue: str


class Near(NamedTuple):
    """A rule that nearly hit.

    `kind`: stance, excuse, speaker, scope, parts. `turn`, `start`, `end`: the words, in code points of
    the turn's own text; all 0 for `parts`, where `reason` names what occurs and what lacks.
    """

    rule: str
    title: str
    kind: str
    reason: str
    words: str = ""
    turn: int = 0
    start: int = 0
    end: int = 0
    cues: tuple[Cue, ...] = ()


class Explanation(NamedTuple):
    """What one document gave, and what it nearly gave, the closest first."""

    findings: tuple[Finding, ...]
    near: tuple[Near, ...]
    not_evaluated: tuple[NotEvaluated, ...]


def explain(document: Document, rulebook: Rulebook, options: Options) -> Explanation:
    """Findings of a document and the rules that came near, told in `options.lang`."""
    judged = lint(document, rulebook, options)
    settled = {one.rule for one in judged.findings} | {one.rule for one in judged.not_evaluated}
    day = (event_day(document) if options.by_event else None) or options.as_of
    view = looked_at(document, rulebook, boundaries=options.boundaries)
    near: list[Near] = []
    parts: list[tuple[float, int, Near]] = []
    for rule in rulebook.rules:
        if rule.id in settled or not _eligible(rule, document, options) or not rule.required:
            continue
        present = [any(one in view.occurrences.plain for one in clause) for clause in rule.required]
        found = _nearly(rule, view, day, options.lang) if all(present) else None
        if found is not None:
            near.append(found)
        elif sum(present) / len(present) >= _LEAST_SHARE:
            parts.append(_part(rule, view, present, options.lang))
    parts.sort(key=lambda one: (-one[0], one[1], one[2].rule))
    return Explanation(judged.findings, (*near, *(one for _, _, one in parts[:_PARTS])), judged.not_evaluated)


def _eligible(rule: Rule, document: Document, options: Options) -> bool:
    chosen = not rule.off if options.only is None else rule.id in options.only
    return chosen and document.jurisdiction in rule.data["jurisdictions"]


def _nearly(rule: Rule, view: View, day: str, lang: str) -> Near | None:
    """The first restraint that, taken off with those before it, makes the condition hold."""
    words = command_words(lang)
    outcome = rule.when.check(view)
    if outcome.truth:
        return _told(rule, view, outcome.hits, "scope", _scope(rule, view.document, day, words), lang)
    node = rule.data["when"]
    for kind, reason, changes in (
        ("stance", "", {"stance": []}),
        ("excuse", words.excused, _EXCUSES),
        ("speaker", "", {"speakers": []}),
    ):
        node = _without(node, changes)
        outcome = load(node).check(view)
        if outcome.truth and outcome.hits:
            if kind == "stance":
                cues = _cues(rule.data["when"], view, outcome.hits)
                return _told(rule, view, outcome.hits, kind, _meant(cues, words), lang)._replace(cues=cues)
            if kind == "speaker":
                reason = words.other_speaker.format(
                    words_in(lang).speakers[view.speaker_at(outcome.hits[0].start)]
                )
            return _told(rule, view, outcome.hits, kind, reason, lang)
    return None


def _told(rule: Rule, view: View, hits: tuple[Hit, ...], kind: str, reason: str, lang: str) -> Near:
    if not hits:
        return Near(rule.id, rule.words("title", lang), kind, reason)
    turn, start, end = view.original(hits[0].start, hits[0].end)
    words = view.document.turns[turn].text[start:end]
    return Near(rule.id, rule.words("title", lang), kind, reason, words, turn, start, end)


def _without(node: Any, changes: Mapping[str, Any]) -> Any:
    """A lowered condition with these options of its operators changed."""
    if isinstance(node, Mapping):
        if node.get("op") in _UPSIDE_DOWN:
            return node
        return {
            key: changes[key] if key in changes else _without(value, changes) for key, value in node.items()
        }
    if isinstance(node, list):
        return [_without(one, changes) for one in node]
    return node


def _leaves(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        if node.get("op") in _UPSIDE_DOWN:
            return
        if node.get("stance"):
            yield node
        for value in node.values():
            yield from _leaves(value)
    elif isinstance(node, list):
        for one in node:
            yield from _leaves(one)


def _cues(when: Any, view: View, hits: tuple[Hit, ...]) -> tuple[Cue, ...]:
    """The words inside the hits that are not asserted, each with its cue."""
    places = [(hit.start, hit.end) for hit in hits] + [span for hit in hits for span in hit.also]
    cues: dict[Cue, None] = {}
    for leaf in _leaves(when):
        for hit in load({**leaf, "stance": []}).check(view).hits:
            if not any(start < hit.end and hit.start < end for start, end in places):
                continue
            stance, cue = view.reading(hit.start, hit.end)
            if stance not in leaf["stance"]:
                cues[Cue(_written(view, (hit.start, hit.end)), stance, _cue_words(view, cue))] = None
    return tuple(cues)


def _cue_words(view: View, cue: Span | None) -> str:
    if cue is None:
        return ""
    if cue[0] < cue[1]:
        return _written(view, cue)
    end = min(cue[0] + _CUE_SHOWN, len(view.text))
    return _written(view, (cue[0], end)) + ("…" if end < len(view.text) else "")


def _written(view: View, span: Span) -> str:
    turn, start, end = view.original(*span)
    return view.document.turns[turn].text[start:end]


def _meant(cues: tuple[Cue, ...], words: CommandWords) -> str:
    told = []
    for cue in cues[:3]:
        by = words.cue.format(cue.cue) if cue.cue else words.heading
        told.append(words.read_as.format(cue.words, words.stances.get(cue.stance, str(cue.stance)), by))
    return words.semicolon.join(told) or words.not_plain


def _scope(rule: Rule, document: Document, day: str, words: CommandWords) -> str:
    if not rule.in_force(day):
        since, until = rule.data["in_force"]["from"], rule.data["in_force"]["to"]
        return words.not_in_force.format(day, words.period.format(since or "…", until or words.now))
    told = []
    for name, wanted in rule.data["applies"].items():
        if wanted:
            field = "party" if name == "parties" else name.removesuffix("s")
            value = getattr(document, field)
            if value is not None and value not in wanted:
                told.append(words.must_be.format(field, words.listing.join(wanted), value))
    return words.out_of_scope.format(words.semicolon.join(told))


def _part(rule: Rule, view: View, present: list[bool], lang: str) -> tuple[float, int, Near]:
    """Share of the needed words that occur, how common those are, and the words."""
    words = command_words(lang)
    have: dict[str, None] = {}
    lack = []
    common = 0
    for clause, here in zip(rule.required, present, strict=True):
        if here:
            common += sum(len(view.sets.words(one)) for one in clause)
            spans = (span for one in sorted(clause) for span in view.occurrences.plain.get(one, ()))
            have.update((_written(view, span), None) for span in spans)
        else:
            needed = [entry for one in sorted(clause) for entry in view.sets.words(one)]
            more = words.and_more if len(needed) > _WORDS_SHOWN else ""
            lack.append(words.listing.join(needed[:_WORDS_SHOWN]) + more)
    said = words.have.format(words.listing.join(list(have)[:_WORDS_SHOWN]))
    said += words.lack.format(words.lack_between.join(lack)) if lack else words.disordered
    share = sum(present) / len(present)
    return share, common, Near(rule.id, rule.words("title", lang), "parts", said)
