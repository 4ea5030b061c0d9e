"""The bench of an audit, built from plain data, in the parent and in each worker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from collectlint.audit.bench import Bench, Items, Sitting, count_rules
from collectlint.cli.check import metadata_of, reading_of
from collectlint.cli.per_path import CATALOGUES, PerPath, with_settings
from collectlint.cli.settling import Given
from collectlint.cli.standing import standing
from collectlint.document import Document
from collectlint.finding import Failure, Finding, Report
from collectlint.linter import Options
from collectlint.run import word_edges
from collectlint.waiver.inline import Gathered, applied

_NO_LIMIT = 1 << 60  # bytes of a file: it is read in parts


class Call(NamedTuple):
    """Everything that decides how documents are judged; `given` are the settled options of the command."""

    given: Mapping[str, Any]
    config: str | None
    taken: frozenset[str]
    day: str
    by_event: bool
    secret: bytes = b""


class Built(NamedTuple):
    """A bench, the rows of the metadata that are broken, and the settings for the manifest."""

    bench: Bench
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
    reading = reading_of(given)._replace(max_bytes_per_file=_NO_LIMIT)
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
    own = config.files if config else ()
    per_path = PerPath(by_path, book, reading, facts, own)

    def sitting() -> Sitting:
        gathered = Gathered()
        with_notes = PerPath(by_path, book, reading._replace(note=gathered.note), facts, own)

        def prepared(items: Items) -> Items:
            if metadata is not None:
                from collectlint.readers.metadata import joined

                items = joined(items, metadata._replace(failures=()))
            return gathered.watched(with_notes.documents(items))

        def judged(rule_id: str, path: str) -> bool:
            if rule_id not in book.rule_ids or rule_id in counts:
                return False
            on = with_notes.only(path, options)
            return not book.rule(book.rule_ids.index(rule_id)).off if on is None else rule_id in on

        def finished(report: Report) -> Report:
            return applied(report, gathered, book.rule_ids, judged, options.as_of, options.lang)

        return Sitting(with_notes.reading, prepared, finished)

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
        "config": [digest_of(file) for file in own],
    }  # fmt: skip
    return Built(bench, metadata.failures if metadata else (), settings)


def digest_of(path: str | None) -> str:
    """SHA-256 of a file's content; "" without a file."""
    if not path:
        return ""
    import hashlib

    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
