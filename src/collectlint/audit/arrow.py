"""The engine on Arrow batches, for Spark, Ray or a plain loop: documents in, findings out.

Two steps: `judged` on every batch of documents, then `counted` on the contacts that came out of it,
brought together by `rule` and `grp`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from collectlint.audit.bench import Bench, Items, Sitting
from collectlint.audit.counts import findings_of, restored
from collectlint.audit.judging import DOCUMENT, FINDING, Placed, judged_documents
from collectlint.document import Document
from collectlint.errors import InputError
from collectlint.finding import Failure, Finding, Report, Severity, Waived
from collectlint.linter import Options
from collectlint.readers import jsonl, parquet
from collectlint.readers.settings import ReadSettings, Source
from collectlint.rulebook.rulebook import Rulebook
from collectlint.waiver.inline import Gathered, answers, applied

COLUMNS = (  # of what comes out; numbers are whole but for `at`
    "kind", "document", "path", "rule", "severity", "family", "turn", "start", "end", "at", "speaker",
    "matched", "excerpt", "message", "remedy", "reason", "fingerprint", "channel", "started_at", "agent",
    "team", "record", "grp", "contact", "waived",
)  # fmt: skip
_FACTS = ("channel", "started_at", "agent", "team")
_WHOLE = ("turn", "start", "end")
_BATCH = 4_096  # rows of an outgoing batch
_OWN_ID = "row"  # names of documents without an id


class Settings(NamedTuple):
    """How to judge; plain data, so that it travels to every worker.

    `rules` is a folder that every worker can read (None: the shipped rules); without `as_of` each
    document's own day holds, else `today`. `secret` is the key under which the groups of counts leave
    a worker; all workers need the same.
    """

    today: str
    secret: bytes
    rules: str | None = None
    as_of: str | None = None
    lang: str = "zh"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    second_reader: bool = True
    jurisdiction: str = "cn"
    channel: str = ""
    show_personal: bool = False


def schema() -> Any:
    """The Arrow schema of what comes out."""
    import pyarrow as pa

    kinds = {**dict.fromkeys(_WHOLE, pa.int64()), "at": pa.float64()}
    return pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])


def judged(settings: Settings, batches: Iterable[Any]) -> Iterator[Any]:
    """Record batches of native documents (columns as in docs/input.md) -> findings and the rest.

    `kind` tells a row: `finding`, `waived` (a finding with a waiver in the field `collectlint` of its
    document: `waived` has it as JSON), `not_evaluated`, `failure`, `document` (one for each that was judged),
    `contact` (for `counted`).
    """
    bench = bench_of(settings)
    for batch in batches:
        yield from _written(_judged(batch, bench, settings))


def counted(settings: Settings, batches: Iterable[Any]) -> Iterator[Any]:
    """Contacts (rows of `kind` contact) -> findings on counts, waived or not.

    All contacts of one `rule` and `grp` must be there.
    """
    bench = bench_of(settings)
    rows = (row for batch in batches for row in batch.to_pylist())
    contacts = ((row["contact"], row) for row in rows)
    found = (
        _row_of(finding, row["waived"], *(row[name] for name in _FACTS))
        for finding, row in findings_of(contacts, bench)
    )
    yield from _written(found)


@lru_cache(maxsize=4)
def bench_of(settings: Settings) -> Bench:
    """The rules and options, read once in each process."""
    from collectlint.rulebook.folder import OnDisk, load
    from collectlint.rulebook.selection import chosen
    from collectlint.run import word_edges

    book = load(OnDisk(settings.rules)) if settings.rules else load()
    options = Options(
        as_of=settings.as_of or settings.today,
        by_event=settings.as_of is None,
        batch=True,
        lang=settings.lang,
        second_reader=settings.second_reader,
        boundaries=word_edges(book),
        only=chosen(book.rules, settings.select, settings.ignore),
    )
    return Bench(
        book,
        options,
        lambda _, own: own,
        lambda finding: finding,
        lambda: _sitting(book, options),
        show_personal=settings.show_personal,
        secret=settings.secret,
    )


def _judged(batch: Any, bench: Bench, settings: Settings) -> Iterator[dict[str, Any]]:
    sitting = bench.sitting()
    documents = sitting.prepared(_documents(batch, settings))
    items = (Placed(0, one) if isinstance(one, Document) else one for one in documents)
    done = judged_documents(items, bench, sitting)
    names: dict[int, tuple[Any, ...]] = {0: ("", *(None for _ in _FACTS))}
    for row in done.documents:
        one = dict(zip(DOCUMENT, row, strict=True))
        number, gaps = one["nr"], one["gaps"]
        names[number] = (one["id"], *(one[name] for name in _FACTS))
        told = {"document": one["id"], **{name: one[name] for name in _FACTS}}
        yield {"kind": "document", **told}
        for rule, reason in done.gaps.get(gaps, ()):
            yield {"kind": "not_evaluated", "rule": rule, "reason": reason, **told}
    for row in done.findings:
        record = dict(zip(FINDING, row, strict=True))
        title, families, remedy, basis = done.wordings[record["wording"]]
        id_, *facts = names[record["nr"]]
        record.update(title=title, families=json.loads(families), remedy=remedy, basis=json.loads(basis))
        for name in ("via", "evidence", "related"):
            record[name] = json.loads(record[name]) if record[name] else []
        yield _row({**record, "document": id_, "path": record["path"] or ""}, *facts)
    for failure in done.failures:
        yield {"kind": "failure", "path": failure.path, "reason": failure.reason, "remedy": failure.remedy}
    for number, rule, print_, contact, waived, _ in done.contacts:
        id_, *facts = names[number]
        yield {
            "kind": "contact", "document": id_, "rule": rule, "fingerprint": print_,
            **dict(zip(_FACTS, facts, strict=True)), "grp": restored(contact).contact.group,
            "contact": contact, "waived": waived,
        }  # fmt: skip


def _sitting(book: Rulebook, options: Options) -> Sitting:
    """Waivers beside the texts hold; what does not hold of them is a finding."""
    gathered = Gathered()

    def judged(rule_id: str, path: str) -> bool:
        if rule_id not in book.rule_ids:
            return False
        rule = book.rule(book.rule_ids.index(rule_id))
        if rule.is_count or (rule.is_second_reader and not options.second_reader):
            return False
        return not rule.off if options.only is None else rule_id in options.only

    def finished(report: Report) -> Report:
        return applied(report, gathered, book.rule_ids, judged, options.as_of, options.lang)

    def pardons(findings: Sequence[Finding]) -> Sequence[Waived | None]:
        return answers(findings, gathered, book.rule_ids, options.as_of)

    return Sitting(lambda _: None, gathered.watched, finished, pardons)


def _documents(batch: Any, settings: Settings) -> Items:
    reading = ReadSettings(jurisdiction=settings.jurisdiction, channel=settings.channel)
    source = Source("", _OWN_ID)
    for number, row in enumerate(batch.to_pylist(), 1):
        raw = json.dumps(_without_nothing(row), default=parquet.text_of)
        name = str(row.get("id") or f"{_OWN_ID}:{number}")
        try:
            yield parquet.placed(jsonl.parse(raw, number, 1, source, reading, name), "", name)
        except InputError as error:
            yield Failure(name, 0, error.message, error.remedy)


def _without_nothing(value: Any) -> Any:
    """A row without its empty fields: in a table every document has all columns."""
    if isinstance(value, dict):
        return {key: _without_nothing(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_without_nothing(one) for one in value]
    return value


def _row_of(finding: Finding, waived: str | None, *facts: Any) -> dict[str, Any]:
    from collectlint.record import finding_record

    record = {**finding_record(finding), "severity": int(finding.severity), "waived": waived}
    return _row(record, *facts)


def _row(record: dict[str, Any], *facts: Any) -> dict[str, Any]:
    label = Severity(record["severity"]).label
    whole = {**record, "severity": label}
    for name in ("nr", "seq", "wording", "waived"):
        whole.pop(name, None)
    return {
        **{name: record[name] for name in COLUMNS if name in record},
        **dict(zip(_FACTS, facts, strict=True)), "severity": label,
        "kind": "waived" if record["waived"] else "finding",
        "record": json.dumps(whole, ensure_ascii=False, sort_keys=True),
    }  # fmt: skip


def _written(rows: Iterable[dict[str, Any]]) -> Iterator[Any]:
    import pyarrow as pa

    out = schema()
    waiting: list[dict[str, Any]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) >= _BATCH:
            yield pa.RecordBatch.from_pylist(waiting, out)
            waiting = []
    if waiting:
        yield pa.RecordBatch.from_pylist(waiting, out)
