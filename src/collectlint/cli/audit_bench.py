"""The bench of an audit, built from plain data, in the parent and in each worker."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from collectlint.audit.bench import Bench, Items, Sitting, count_rules, no_line
from collectlint.cli.check import limits_of, metadata_of, reading_of
from collectlint.cli.per_path import CATALOGUES, PerPath, with_settings
from collectlint.cli.settling import Given, shown_path
from collectlint.cli.standing import standing
from collectlint.cli.waiving import asking, check_there, judging, name_in
from collectlint.document import Document
from collectlint.finding import Failure, Finding, Report, Waived
from collectlint.linter import Options
from collectlint.redact import mask_name
from collectlint.run import word_edges
from collectlint.waiver.inline import Gathered, answers, applied

if TYPE_CHECKING:
    from collectlint.audit.baseline import Baseline
    from collectlint.waiver.baseline import Entry

_NO_LIMIT = 1 << 60  # bytes of a file: it is read in parts


class Call(NamedTuple):
    """Everything that decides how documents are judged; `given` are the settled options of the command."""

    given: Mapping[str, Any]
    config: str | None
    taken: frozenset[str]
    paths: tuple[str, ...]
    day: str
    by_event: bool
    secret: bytes = b""


class Built(NamedTuple):
    """A bench, its baseline, the rows of the metadata that are broken, and the settings for the manifest."""

    bench: Bench
    baseline: Baseline | None
    failures: tuple[Failure, ...]
    settings: dict[str, Any]


def bench_of(call: Call) -> Bench:
    """The bench alone, for a worker."""
    return build(call).bench


def build(call: Call) -> Built:
    """Raises what `check` raises for the same options."""
    given = dict(call.given)
    config = None
    if call.config:
        from collectlint.config.load import load

        config = load(call.config)
    book, only, severities, given["jurisdiction"], facts, by_path = standing(
        given, Given(config, call.taken), call.day
    )
    limits = {"max_bytes_per_file": _NO_LIMIT, **limits_of(Given(config, call.taken))}
    reading = reading_of(given)._replace(**limits)
    if config is not None:
        reading = with_settings(reading, config.settings, CATALOGUES)
    metadata = metadata_of(given, reading)
    options = Options(
        as_of=call.day,
        by_event=call.by_event,
        batch=True,
        lang=given["lang"],
        second_reader=given["second_reader"],
        boundaries=word_edges(book),
        only=only,
        severities=severities,
    )
    known = given["baseline"] or ""
    check_there(known)
    own = [*(config.files if config else ()), *([known] if known else [])]
    per_path = PerPath(by_path, book, reading, facts, own)

    partial = bool(given["sample"] < 1 or given["since"] or given["until"])
    asked = judging(book, options, per_path)
    folder = os.path.dirname(os.path.abspath(known))
    entries = asking(call.paths, folder, book, options, per_path)
    old = _baseline(known, folder, options, lambda entry: not partial and entries(entry))

    def sitting() -> Sitting:
        gathered = Gathered()
        with_notes = PerPath(by_path, book, reading._replace(note=gathered.note), facts, own)

        def prepared(items: Items) -> Items:
            if metadata is not None:
                from collectlint.readers.metadata import joined

                items = joined(items, metadata._replace(failures=()))
            return gathered.watched(with_notes.documents(items))

        def judged(rule_id: str, path: str) -> bool:
            # Of counts it is known only at the end, of documents left out never.
            return not partial and rule_id not in counts and asked(rule_id, path)

        def finished(report: Report) -> Report:
            return applied(report, gathered, book.rule_ids, judged, options.as_of, options.lang)

        def pardons(findings: Sequence[Finding]) -> Sequence[Waived | None]:
            return answers(findings, gathered, book.rule_ids, options.as_of)

        return Sitting(with_notes.reading, prepared, finished, pardons)

    def regraded(finding: Finding) -> Finding:
        return per_path.report(Report((finding,), (), (), 1)).findings[0] if by_path else finding

    def options_of(document: Document, own: Options) -> Options:
        settled = per_path.options(document, own)
        return settled if given["sample"] >= 1 else settled._replace(only=uncounted(settled))

    def uncounted(settled: Options) -> frozenset[str]:
        on = settled.only
        if on is None:
            on = frozenset(rule.id for rule in book.rules if not rule.off)
        return on - counts

    bench = Bench(
        book,
        options,
        options_of,
        regraded,
        sitting,
        since=given["since"] or "",
        until=given["until"] or "",
        sample=given["sample"],
        show_personal=given["show_personal"],
        line_of=old.line_of if old else no_line,
        secret=call.secret,
    )
    counts = count_rules(bench, options)
    settings = {
        "jurisdiction": reading.jurisdiction, "channel": reading.channel, "kind": reading.kind,
        "party": reading.party, **facts, "profile": given["profile"] or "", "select": list(given["select"]),
        "ignore": list(given["ignore"]), "by_event": call.by_event, "lang": given["lang"],
        "second_reader": options.second_reader, "show_personal": bench.show_personal,
        "input_format": reading.format, "encoding": reading.encoding, "columns": dict(reading.columns),
        "speakers": dict(reading.speakers), "since": bench.since, "until": bench.until,
        "sample": bench.sample,
        "metadata": digest_of(given["metadata"]), "metadata_key": given["metadata_key"],
        "severity": given["severity"], "config": [digest_of(file) for file in config.files] if config else [],
        "baseline": [mask_name(shown_path(known)), digest_of(known)] if known else [],
    }  # fmt: skip
    return Built(bench, old, metadata.failures if metadata else (), settings)


def _baseline(path: str, folder: str, options: Options, expected: Callable[[Entry], bool]) -> Baseline | None:
    if not path:
        return None
    from collectlint.audit.baseline import opened

    return opened(path, lambda one: name_in(one, folder), expected, options.as_of, options.lang)


def digest_of(path: str | None) -> str:
    """SHA-256 of a file's content; "" without a file."""
    if not path:
        return ""
    import hashlib

    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
