"""Rules over many documents, judged once all contacts are in the store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from collectlint.audit.bench import Bench
from collectlint.audit.judging import finding_row
from collectlint.audit.schema import COUNTED_FROM
from collectlint.audit.store import Store
from collectlint.finding import Finding, Report
from collectlint.history import History
from collectlint.linter import Counted
from collectlint.operators.contacts import Contact
from collectlint.redact import redact
from collectlint.rulebook.rule import Bound


def counted(store: Store, bench: Bench, wordings: dict[str, tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Rows of the findings on counts; fills `wordings`."""
    order = {rule: which for which, rule in enumerate(bench.rulebook.rule_ids)}
    query = "SELECT contact, fingerprint, unit, nr, waived FROM contact ORDER BY unit, seq"
    contacts = (
        (contact, {"fingerprint": print_, "unit": unit, "nr": nr, "waived": answer})
        for contact, print_, unit, nr, answer in store.rows(query)
    )
    for finding, kept in findings_of(contacts, bench):
        seq = COUNTED_FROM + order[finding.rule]
        yield (kept["unit"], *finding_row(kept["nr"], seq, finding, wordings, kept["waived"]))


def findings_of(
    contacts: Iterable[tuple[str, dict[str, Any]]], bench: Bench
) -> Iterator[tuple[Finding, dict[str, Any]]]:
    """Findings on counts with what was kept beside the contact (its `fingerprint` at least).

    A contact is what `judging` wrote of it. What is kept waits in a temporary database, as the
    contacts themselves do.
    """
    history = History(bench.rulebook, bench.options.lang)
    with closing(sqlite3.connect("", isolation_level=None)) as beside:
        beside.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE kept (number INTEGER PRIMARY KEY, kept TEXT); BEGIN"
        )
        for number, (contact, kept) in enumerate(contacts, 1):
            history.add([restored(contact)], number)
            kept = {name: value for name, value in kept.items() if name != "contact"}
            beside.execute("INSERT INTO kept VALUES (?, ?)", (number, json.dumps(kept)))
        for number, finding in history.findings():
            (text,) = beside.execute("SELECT kept FROM kept WHERE number = ?", (number,)).fetchone()
            kept = json.loads(text)
            finding = _settled(finding, bench)._replace(fingerprint=kept["fingerprint"])
            if not bench.show_personal:
                finding = redact(Report((finding,), (), (), 1)).findings[0]
            yield finding, kept


def _settled(finding: Finding, bench: Bench) -> Finding:
    """The finding at the severity that a profile or the configuration gives its rule."""
    given = bench.options.severities.get(finding.rule)
    return bench.regraded(finding if given is None else finding._replace(severity=given))


def restored(contact: str) -> Counted:
    """A contact as the linter gave it, but for its group, which is only a key now."""
    one = Counted._make(json.loads(contact))
    return one._replace(contact=Contact._make(one.contact), bound=Bound._make(one.bound))
