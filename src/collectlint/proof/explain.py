"""Why rules hit a document, and which nearly did: kept away by stance, an excuse, the speaker or the scope.

A rule nearly hits when the same condition, with one restraint taken off, holds. Failing that, when a
good part of the words it needs occurs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from collectlint.document import Document
from collectlint.finding import Finding, NotEvaluated
from collectlint.linter import Options, lint, looked_at
from collectlint.operators.hours import event_day
from collectlint.operators.loading import load
from collectlint.operators.outcome import Hit
from collectlint.rulebook.rule import Rule
from collectlint.rulebook.rulebook import Rulebook
from collectlint.text.stance import Stance
from collectlint.view import Span, View

STANCES = {
    Stance.NEGATED: "否定",
    Stance.FORBIDDEN: "禁止",
    Stance.REPORTED: "转述",
    Stance.SUPPOSED: "假设或警示",
}
_UPSIDE_DOWN = ("none", "missing")  # taking a restraint off inside these adds one
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
    """Findings of a document and the rules that came near."""
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
        found = _nearly(rule, view, day) if all(present) else None
        if found is not None:
            near.append(found)
        elif sum(present) / len(present) >= _LEAST_SHARE:
            parts.append(_part(rule, view, present))
    parts.sort(key=lambda one: (-one[0], one[1], one[2].rule))
    return Explanation(judged.findings, (*near, *(one for _, _, one in parts[:_PARTS])), judged.not_evaluated)


def _eligible(rule: Rule, document: Document, options: Options) -> bool:
    chosen = not rule.off if options.only is None else rule.id in options.only
    return chosen and document.jurisdiction in rule.data["jurisdictions"]


def _nearly(rule: Rule, view: View, day: str) -> Near | None:
    """The first restraint that, taken off with those before it, makes the condition hold."""
    outcome = rule.when.check(view)
    if outcome.truth:
        return _told(rule, view, outcome.hits, "scope", _scope(rule, view.document, day))
    node = rule.data["when"]
    for kind, reason, changes in (
        ("stance", "", {"stance": []}),
        ("excuse", "属于规则列出的例外", _EXCUSES),
        ("speaker", "", {"speakers": []}),
    ):
        node = _without(node, changes)
        outcome = load(node).check(view)
        if outcome.truth and outcome.hits:
            if kind == "stance":
                cues = _cues(rule.data["when"], view, outcome.hits)
                return _told(rule, view, outcome.hits, kind, _meant(cues))._replace(cues=cues)
            if kind == "speaker":
                reason = f"说话人是 {view.speaker_at(outcome.hits[0].start)}，不在规则所管之列"
            return _told(rule, view, outcome.hits, kind, reason)
    return None


def _told(rule: Rule, view: View, hits: tuple[Hit, ...], kind: str, reason: str) -> Near:
    if not hits:
        return Near(rule.id, rule.words("title"), kind, reason)
    turn, start, end = view.original(hits[0].start, hits[0].end)
    words = view.document.turns[turn].text[start:end]
    return Near(rule.id, rule.words("title"), kind, reason, words, turn, start, end)


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


def _meant(cues: tuple[Cue, ...]) -> str:
    told = []
    for cue in cues[:3]:
        by = f"由「{cue.cue}」看出" if cue.cue else "列在禁止事项之下"
        told.append(f"「{cue.words}」读作{STANCES.get(cue.stance, str(cue.stance))}（{by}）")
    return "；".join(told) or "不是直陈"


def _scope(rule: Rule, document: Document, day: str) -> str:
    if not rule.in_force(day):
        period = rule.data["in_force"]
        return f"{day} 不在规则的施行期间（{period['from'] or '…'} 至 {period['to'] or '…'}）"
    told = []
    for name, wanted in rule.data["applies"].items():
        if wanted:
            field = "party" if name == "parties" else name.removesuffix("s")
            value = getattr(document, field)
            if value is not None and value not in wanted:
                told.append(f"{field} 须为 {'、'.join(wanted)}，此处为 {value}")
    return "规则不适用于此文档：" + "；".join(told)


def _part(rule: Rule, view: View, present: list[bool]) -> tuple[float, int, Near]:
    """Share of the needed words that occur, how common those are, and the words."""
    have: dict[str, None] = {}
    lack = []
    common = 0
    for clause, here in zip(rule.required, present, strict=True):
        if here:
            common += sum(len(view.sets.words(one)) for one in clause)
            spans = (span for one in sorted(clause) for span in view.occurrences.plain.get(one, ()))
            have.update((_written(view, span), None) for span in spans)
        else:
            words = [entry for one in sorted(clause) for entry in view.sets.words(one)]
            more = "等" if len(words) > _WORDS_SHOWN else ""
            lack.append("、".join(words[:_WORDS_SHOWN]) + more)
    said = "、".join(list(have)[:_WORDS_SHOWN])
    reason = f"已有「{said}」，" + (
        f"还缺「{'」与「'.join(lack)}」之一" if lack else "但次序、距离或其他条件不合"
    )
    share = sum(present) / len(present)
    return share, common, Near(rule.id, rule.words("title"), "parts", reason)
