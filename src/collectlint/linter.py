"""One document and a rulebook -> findings, and what could not be judged."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from collectlint.document import Document, Turn, place_of
from collectlint.finding import VIOLATING, Basis, Evidence, Failure, Finding, NotEvaluated, Severity
from collectlint.fingerprint import Mark, fingerprints, surrounding_line
from collectlint.operators.hours import event_day
from collectlint.operators.outcome import Hit
from collectlint.operators.pattern import TIRED
from collectlint.rulebook.rule import Bound, Rule, scope_of
from collectlint.rulebook.rulebook import Rulebook
from collectlint.sight import Sight, looked_at
from collectlint.view import View

if TYPE_CHECKING:
    from collectlint.operators.contacts import Contact, Contacts

_COUNTED_SHOWN = 30  # code points of the first turn that a finding on a count shows
_AROUND = 30  # code points of context on each side of a finding
_BEYOND = 64  # further ones that masking looks at; the longest local part of an e-mail address


class Options(NamedTuple):
    """How to lint.

    `as_of` is the day (`YYYY-MM-DD`) whose law holds; with `by_event` a document's own day goes first.
    `batch` builds the faster scanner; `prefilter=False` tries every rule on every document (tests only).
    """

    as_of: str
    by_event: bool = True
    lang: str = "zh"
    batch: bool = False
    prefilter: bool = True
    second_reader: bool = True
    boundaries: Callable[[str], frozenset[int]] | None = None
    only: frozenset[str] | None = None  # rule ids; those switched off by default included
    tired: frozenset[str] = frozenset()  # rule ids that ran out of time on earlier documents
    most_findings: int = 2_000  # of one document
    severities: Mapping[str, Severity] = {}  # rule id -> severity that a profile gives it


class Counted(NamedTuple):
    """What one document adds to a rule's count over many, and all that a finding on it will show."""

    rule: str
    contact: "Contact"
    document: str
    path: str
    line: int
    column: int
    cell: str
    text: str
    speaker: str
    bound: Bound
    day: str


class Judgement(NamedTuple):
    """What one document gave; `counted` becomes findings when all documents are known."""

    findings: tuple[Finding, ...]
    not_evaluated: tuple[NotEvaluated, ...]
    counted: tuple[Counted, ...] = ()
    cut: bool = False  # there were more findings than `Options.most_findings`


def lint(document: Document, rulebook: Rulebook, options: Options) -> Judgement:
    """Findings of one document in order of place, then rule; and the rules that stayed unknown."""
    document = spoken(document)
    day = law_day(document, options)

    def is_about(rule: Rule) -> bool:
        return is_chosen(rule, options) and rule.applies_to(document, day)

    view: View | None = None
    sight: Sight | None = None
    rules: Sequence[Rule]
    if not options.prefilter:
        view = looked_at(document, rulebook, options.batch, options.boundaries)
        view.shortcuts = False
        rules = [rule for rule in rulebook.rules if is_about(rule)]
    elif options.batch:
        from collectlint.picking import looked_over, picked  # a text alone needs none of it

        sight = looked_over(document, rulebook)
        scope = (*scope_of(document), day, options.second_reader, options.only)
        rules, view = picked(document, sight, rulebook, scope, is_about, options.boundaries)
    else:
        view = looked_at(document, rulebook, False, options.boundaries)
        candidates = rulebook.candidates(view.occurrences.plain, document.fields)
        rules = [rule for rule in candidates if is_about(rule)]
    findings: list[Finding] = []
    unknown: list[NotEvaluated] = []
    counted: list[Counted] = []
    elsewhere: set[str] = set()  # rules none of whose clauses binds whoever speaks
    heard = cut = False
    for rule in rules:
        if rule.is_count:
            more = counts(document, (rule,), day)
            unknown.extend(more.not_evaluated)
            counted.extend(more.counted)
            continue
        if cut:
            continue  # nothing more would be told, and a text made of hits would take minutes
        if rule.id in options.tired:
            unknown.append(NotEvaluated(document.id, rule.id, TIRED))
            continue
        if view is None and not rule.is_wordless:
            view = looked_at(document, rulebook, options.batch, options.boundaries, sight)
        outcome = rule.when.check(view or cast(View, Bare(document)))
        if outcome.truth is None:
            unknown.append(NotEvaluated(document.id, rule.id, outcome.reason))
        elif outcome.truth:
            basis, binding = rule.basis(Bound.of(document), day, options.lang)
            if not basis:
                continue  # no clause was in force on that day
            if not binding and rule.id not in options.severities:
                elsewhere.add(rule.id)
            view = view or looked_at(document, rulebook, options.batch, options.boundaries, sight)
            hits = outcome.hits or (Hit(0, min(len(view.text), view.turn_region(0)[1])),)
            room = options.most_findings - len(findings)
            cut = cut or len(hits) > room
            told = [_finding(view, rule, hit, basis, options.lang) for hit in hits[:room]]
            if rule.id in options.severities:
                told = [one._replace(severity=options.severities[rule.id]) for one in told]
            findings.extend(told)
            heard = heard or _hears(rule)
    if not findings:
        return Judgement((), tuple(unknown), tuple(counted))
    assert view is not None  # findings have places
    if heard and options.second_reader:
        from collectlint.opinion import reconsidered  # only findings need it

        findings = reconsidered(view, findings, {rule.id for rule in rules if _hears(rule)})
    if any(one.via for one in findings):
        from collectlint.opinion import guesses_weighed

        findings = guesses_weighed(view, findings, options.second_reader)
    if elsewhere:
        findings = [
            one._replace(severity=min(one.severity, Severity.WARNING)) if one.rule in elsewhere else one
            for one in findings
        ]
    readers = {rule.id for rule in rules if rule.is_second_reader}
    if any(one.rule in readers for one in findings):
        from collectlint.opinion import beside_rules

        findings = beside_rules(view, findings, readers)
    findings.sort(key=lambda one: (one.turn, one.start, one.rule, one.end))
    return Judgement(fingerprinted(document, findings), tuple(unknown), tuple(counted), cut)


class Bare(NamedTuple):
    """What conditions on metadata alone see of a document."""

    document: Document


def spoken(document: Document) -> Document:
    """The document with at least one turn: an attempt that nobody answered has a time and a number."""
    if document.turns:
        return document
    return document._replace(turns=(Turn("system", "", origin=document.origin),))


def law_day(document: Document, options: Options) -> str:
    """The day whose law holds for a document, `YYYY-MM-DD`."""
    return (event_day(document) if options.by_event else None) or options.as_of


def counts(document: Document, rules: Iterable[Rule], day: str) -> Judgement:
    """What a document adds to the rules that count over many, of those that are given and apply to it."""
    unknown = []
    counted = []
    for rule in rules:
        contact, reason = cast("Contacts", rule.when).contact(document)
        if reason:
            unknown.append(NotEvaluated(document.id, rule.id, reason))
        if contact is not None:
            counted.append(_counted(document, rule, contact, day))
    return Judgement((), tuple(unknown), tuple(counted))


def _counted(document: Document, rule: Rule, contact: "Contact", day: str) -> Counted:
    first = document.turns[0]
    place = first.origin if first.origin.cell else document.origin
    return Counted(
        rule.id,
        contact,
        document.id,
        place.path or document.origin.path,
        place.line,
        place.column,
        place.cell,
        first.text[:_COUNTED_SHOWN],
        first.speaker,
        Bound.of(document),
        day,
    )


def _hears(rule: Rule) -> bool:
    return rule.hears_second_reader and rule.family in VIOLATING and not rule.is_second_reader


def is_chosen(rule: Rule, options: Options) -> bool:
    """Is the rule on, as far as the options say?"""
    if rule.is_second_reader and not options.second_reader:
        return False
    return not rule.off if options.only is None else rule.id in options.only


def _finding(view: View, rule: Rule, hit: Hit, basis: tuple[Basis, ...], lang: str) -> Finding:
    document = view.document
    turn, start, end = view.original(hit.start, hit.end)
    evidence = tuple(evidence_at(document, *view.original(*span)) for span in hit.also)
    one = finding_at(document, rule, (turn, start, end), hit.note, basis, lang)
    return one._replace(via=hit.via, evidence=evidence)


def finding_at(
    document: Document,
    rule: Rule,
    place: tuple[int, int, int],
    note: str,
    basis: tuple[Basis, ...],
    lang: str,
) -> Finding:
    """What a rule has to say of a place (turn, start, end in code points), before anything is weighed.

    `note` is what the condition itself has to say, for messages with `{note}`.
    """
    turn, start, end = place
    said = document.turns[turn]
    low, high = max(0, start - _AROUND), min(len(said.text), end + _AROUND)
    matched = said.text[start:end]
    line, column = place_of(said, start)
    end_line, end_column = place_of(said, end, closing=end > start)
    return Finding(
        document=document.id,
        rule=rule.id,
        family=rule.family,
        families=rule.families,
        severity=rule.severity,
        confidence=rule.confidence,
        turn=turn,
        start=start,
        end=end,
        matched=matched,
        excerpt=said.text[low:high],
        excerpt_start=low,
        message=rule.words("message", lang).replace("{matched}", matched).replace("{note}", note),
        remedy=rule.words("remedy", lang),
        basis=basis,
        path=said.origin.path or document.origin.path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        cell=said.origin.cell,
        speaker=said.speaker,
        at=said.start,
        title=rule.words("title", lang),
        around=(said.text[max(0, low - _BEYOND) : low], said.text[high : high + _BEYOND]),
    )


def evidence_at(document: Document, turn: int, start: int, end: int) -> Evidence:
    """A further place, with its words."""
    return Evidence(turn, start, end, document.turns[turn].text[start:end])


def fingerprinted(document: Document, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one document, named by what they say."""
    findings = tuple(findings)
    marks = [
        Mark(one.rule, one.matched, surrounding_line(document.turns[one.turn].text, one.start, one.end))
        for one in findings
    ]
    return tuple(
        one._replace(fingerprint=print_) for one, print_ in zip(findings, fingerprints(marks), strict=True)
    )


def unreadable(document: Document, reason: str) -> Failure:
    """A document that a fault of the tool itself kept from being judged; the run goes on."""
    return Failure(document.origin.path, document.origin.line, f"文档 {document.id} 未能判定:{reason}")
