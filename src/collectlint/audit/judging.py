"""Documents of one unit -> what goes into the store, personal data masked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from collectlint.audit.bench import Bench, Sitting, count_rules
from collectlint.document import Document, Origin
from collectlint.finding import Failure, Finding, NotEvaluated, Report, Severity, Waived
from collectlint.fingerprint import fingerprint
from collectlint.linter import Counted, Judgement, Options
from collectlint.operators.hours import local
from collectlint.record import finding_record, waived_record
from collectlint.redact import mask_name, mask_text, redact
from collectlint.run import judge
from collectlint.waiver.trouble import is_trouble

_LONGEST_TURN = 4_000  # code points that a stored dialogue keeps of a turn
_MOST_TURNS = 2_000
_WORDING = ("title", "families", "remedy", "basis")  # the same in most findings of a rule


FINDING = (
    "nr", "seq", "rule", "family", "severity", "confidence", "turn", "start", "end", "line", "column",
    "end_line", "end_column", "cell", "speaker", "at", "matched", "excerpt", "excerpt_start", "message",
    "via", "evidence", "related", "fingerprint", "wording", "waived", "path",
)  # fmt: skip
DOCUMENT = (
    "nr", "id", "file", "line", "cell", "jurisdiction", "channel", "kind", "party", "direction", "outcome",
    "started_at", "day", "hour", "weekday", "agent", "team", "turns", "characters", "worst", "gaps",
)  # fmt: skip


class Placed(NamedTuple):
    """A document with the number of its file."""

    file: int
    document: Document


class Batch(NamedTuple):
    """What judging gave, as rows of the tables in `schema.py` without the number of the unit.

    `DOCUMENT` and `FINDING` name the columns of the first two. `old` are findings that a baseline may
    waive: document, finding, line of the baseline.
    """

    documents: list[tuple[Any, ...]]
    findings: list[tuple[Any, ...]]
    wordings: dict[str, tuple[Any, ...]]
    dialogues: list[tuple[Any, ...]]
    gaps: dict[str, list[tuple[str, str]]]
    failures: list[Failure]
    contacts: list[tuple[Any, ...]]
    left_out: dict[str, int]
    old: list[tuple[int, int, int]] = []


def judged_documents(items: Iterable[Placed | Failure], bench: Bench, sitting: Sitting) -> Batch:
    """Everything that the store keeps of these documents."""
    documents: list[tuple[int, Placed, Judgement]] = []
    failures: list[Failure] = []
    left_out = {"sampled_out": 0, "other_days": 0, "undated": 0}
    contacts: list[tuple[Counted, int]] = []
    counting = Counting(bench)
    for item in items:
        if isinstance(item, Failure):
            failures.append(item)
            continue
        document = item.document
        options = bench.options_of(document, bench.options)
        if bench.sample < 1 and not is_sampled(document, bench.sample):
            left_out["sampled_out"] += 1
            continue
        inside = _is_inside(document, bench)
        left_out["undated"] += inside is None
        if inside is False:
            left_out["other_days"] += 1
            found, broken = counting.of(document, options)
        else:
            found, broken = judge(document, bench.rulebook, options)
            found = found._replace(findings=tuple(map(bench.regraded, found.findings)))
            documents.append((len(documents) + 1, item, found))
        failures.extend(broken)
        number = len(documents) if inside is not False else 0
        for one in found.counted:
            if inside is False:
                one = one._replace(contact=one.contact._replace(judged=False))
            contacts.append((one, number))
    rows = _contacts(contacts, bench, sitting)
    return _rows(documents, failures, rows, left_out, bench, sitting.finished)


class Counting:
    """Asks documents only for what they add to counts over many."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._only: dict[frozenset[str] | None, frozenset[str]] = {}

    def of(self, document: Document, options: Options) -> tuple[Judgement, list[Failure]]:
        if options.only not in self._only:
            self._only[options.only] = count_rules(self._bench, options)
        only = self._only[options.only]
        found, broken = judge(document, self._bench.rulebook, options._replace(only=only))
        return found._replace(findings=(), not_evaluated=()), broken


def is_sampled(document: Document, share: float) -> bool:
    """Does the document belong to a sample of this share? The same ones in every run."""
    origin = document.origin
    key = f"{document.id}\0{origin.line}\0{origin.cell}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest()) < share * 2**64


def _is_inside(document: Document, bench: Bench) -> bool | None:
    """Is the document of the days asked for? None = its day is not known."""
    if not bench.since and not bench.until:
        return True
    moment = local(document.started_at) if document.started_at else None
    if moment is None:
        return None
    day = moment.date().isoformat()
    return (not bench.since or day >= bench.since) and (not bench.until or day <= bench.until)


def _rows(
    documents: list[tuple[int, Placed, Judgement]],
    failures: list[Failure],
    contacts: list[tuple[Any, ...]],
    left_out: dict[str, int],
    bench: Bench,
    finished: Callable[[Report], Report],
) -> Batch:
    of_document = {id(one): number for number, _, found in documents for one in found.findings}
    findings = tuple(one for _, _, found in documents for one in found.findings)
    unknown = {number: _gaps(placed.document, found) for number, placed, found in documents}
    report = finished(
        Report(
            findings,
            tuple(item for items in unknown.values() for item in items),
            tuple(failures),
            len(documents),
            origins={placed.document.id: placed.document.origin for _, placed, _ in documents},
        )
    )
    numbers = {placed.document.id: number for number, placed, _ in documents}
    whose = [
        of_document.get(id(one)) or numbers.get(one.document, 0)
        for one in (*report.findings, *(waived.finding for waived in report.waived))
    ]
    reasons = {(item.rule, item.reason): item for items in unknown.values() for item in items}
    told = report._replace(not_evaluated=tuple(reasons.values()), origins={})
    shown = told if bench.show_personal else redact(told)
    reason_of = dict(zip(reasons, (item.reason for item in shown.not_evaluated), strict=True))
    rows: list[tuple[Any, ...]] = []
    wordings: dict[str, tuple[Any, ...]] = {}
    worst: dict[int, int] = {}
    path_of = {number: placed.document.origin.path for number, placed, _ in documents}
    old = [
        (number, seq, line)
        for seq, (one, number) in enumerate(zip(report.findings, whose, strict=False), 1)
        if not is_trouble(one) and (line := bench.line_of(one.path, one.fingerprint))
    ]
    marks = [*((one, None) for one in shown.findings), *((one.finding, one) for one in shown.waived)]
    for seq, ((finding, waived), number) in enumerate(zip(marks, whose, strict=True), 1):
        answer = _answer(waived) if waived else None
        same_place = mask_name(path_of.get(number, "")) == finding.path
        rows.append(finding_row(number, seq, finding, wordings, answer, not same_place))
        if waived is None:
            worst[number] = max(worst.get(number, 0), int(finding.severity))
    gaps: dict[str, list[tuple[str, str]]] = {}
    document_rows = []
    dialogues = []
    for number, placed, _ in documents:
        pairs = sorted({(item.rule, reason_of[item.rule, item.reason]) for item in unknown[number]})
        key = _digest(pairs) if pairs else ""
        if pairs:
            gaps[key] = pairs
        document_rows.append(_document(number, placed, worst.get(number, 0), key, bench))
        if number in worst:
            dialogues.append((number, _dialogue(placed.document, bench)))
    failed = list(shown.failures)
    return Batch(document_rows, rows, wordings, dialogues, gaps, failed, contacts, left_out, old)


def _answer(waived: Waived) -> str:
    return json.dumps(waived_record(waived)["waiver"], ensure_ascii=False)


def _gaps(document: Document, found: Judgement) -> list[NotEvaluated]:
    doubts = (NotEvaluated(document.id, f"input/{doubt.about}", doubt.reason) for doubt in document.doubts)
    return [*found.not_evaluated, *doubts]


def finding_row(
    number: int,
    seq: int,
    finding: Finding,
    wordings: dict[str, tuple[Any, ...]],
    waived: str | None = None,
    with_path: bool = False,
) -> tuple[Any, ...]:
    """A finding as a row (`FINDING`); what it shares with others of its rule goes into `wordings`."""
    record = finding_record(finding)
    wording = tuple(
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for value in (record[name] for name in _WORDING)
    )
    key = _digest(wording)
    wordings[key] = wording
    return (
        number, seq, finding.rule, finding.family, int(finding.severity), finding.confidence,
        finding.turn, finding.start, finding.end, finding.line, finding.column, finding.end_line,
        finding.end_column, finding.cell, finding.speaker, finding.at, finding.matched, finding.excerpt,
        finding.excerpt_start, finding.message, _listed(record["via"]), _listed(record["evidence"]),
        _listed(record["related"]), finding.fingerprint, key, waived, finding.path if with_path else None,
    )  # fmt: skip


def _listed(value: list[Any]) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value else None


def _digest(value: Any) -> str:
    data = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=8).hexdigest()


@lru_cache(maxsize=65_536)
def _masked_name(name: str) -> str:
    return mask_name(name)


def _document(number: int, placed: Placed, worst: int, gaps: str, bench: Bench) -> tuple[Any, ...]:
    document = placed.document
    origin: Origin = document.origin
    moment = local(document.started_at) if document.started_at else None
    name = (lambda text: text) if bench.show_personal else _masked_name
    # Ids are many and differ: they are not worth a place in the cache.
    known = document.id if bench.show_personal else mask_name(document.id)
    return (
        number, known, placed.file, origin.line, name(origin.cell), document.jurisdiction, document.channel,
        document.kind, document.party, document.direction, document.outcome,
        moment.isoformat() if moment else None,
        moment.date().isoformat() if moment else None,
        moment.hour if moment else None,
        moment.isoweekday() if moment else None,
        name(document.agent_id) if document.agent_id else None,
        name(document.agency) if document.agency else None,
        len(document.turns), sum(len(turn.text) for turn in document.turns), worst, gaps,
    )  # fmt: skip


def _dialogue(document: Document, bench: Bench) -> str:
    """Speaker, text, start and end of each turn as JSON; long ones cut."""
    turns = []
    for turn in document.turns[:_MOST_TURNS]:
        text = turn.text[:_LONGEST_TURN]
        if not bench.show_personal:
            text = mask_text(text, False, len(text) < len(turn.text))
        turns.append([turn.speaker, text, turn.start, turn.end])
    return json.dumps(turns, ensure_ascii=False)


def _contacts(
    contacts: Sequence[tuple[Counted, int]], bench: Bench, sitting: Sitting
) -> list[tuple[Any, ...]]:
    answers = sitting.answers([_as_finding(one) for one, _ in contacts])
    return [
        _contact(one, number, bench, waived) for (one, number), waived in zip(contacts, answers, strict=True)
    ]


def _as_finding(counted: Counted) -> Finding:
    """Where a finding on the count would stand, for the waivers."""
    line, column, text = counted.line, counted.column, counted.text
    return Finding(
        counted.document, counted.rule, "", (), Severity.INFO, "", 0, 0, len(text), text, text, 0, "", "", (),
        path=counted.path, line=line, column=column, end_line=line, end_column=column, cell=counted.cell,
    )  # fmt: skip


def _contact(counted: Counted, number: int, bench: Bench, waived: Waived | None) -> tuple[Any, ...]:
    """What a document adds to a count: its group only under a key, its words masked; what may waive it."""
    contact = counted.contact
    key = hashlib.blake2b(
        contact.group.encode("utf-8", "surrogatepass"), key=bench.secret, digest_size=16
    ).hexdigest()
    print_ = fingerprint(counted.rule, counted.text, counted.text)
    safe = counted._replace(contact=contact._replace(group=key))
    if not bench.show_personal:
        safe = safe._replace(
            document=mask_name(counted.document),
            path=_masked_name(counted.path),
            cell=_masked_name(counted.cell),
            text=mask_text(counted.text, False, True),
        )
    if waived and not bench.show_personal:
        waived = redact(Report((), (), (), 0, waived=(waived,))).waived[0]
    answer, line = _answer(waived) if waived else None, bench.line_of(counted.path, print_)
    return number, counted.rule, print_, json.dumps(safe, ensure_ascii=False), answer, line
