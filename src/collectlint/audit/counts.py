"""Rules over many documents, judged once all contacts are in the store."""

from __future__ import annotations

import json
from collections.abc import Iterator
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

_UNIT = 1 << 32  # contact `seq` of a unit has the number unit * _UNIT + seq


def counted(store: Store, bench: Bench, wordings: dict[str, tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Rows of the findings on counts; fills `wordings`."""
    history = History(bench.rulebook, bench.options.lang)
    for unit, seq, contact in store.rows("SELECT unit, seq, contact FROM contact ORDER BY unit, seq"):
        history.add([_counted(json.loads(contact))], unit * _UNIT + seq)
    order = {rule: which for which, rule in enumerate(bench.rulebook.rule_ids)}
    for number, finding in history.findings():
        unit, seq = divmod(number, _UNIT)
        ((nr, print_),) = store.rows(
            "SELECT nr, fingerprint FROM contact WHERE unit = ? AND seq = ?", (unit, seq)
        )
        finding = _settled(finding, bench)._replace(fingerprint=print_)
        if not bench.show_personal:
            finding = redact(Report((finding,), (), (), 1)).findings[0]
        yield (unit, *finding_row(nr, COUNTED_FROM + order[finding.rule], finding, wordings))


def _settled(finding: Finding, bench: Bench) -> Finding:
    """The finding at the severity that a profile or the configuration gives its rule."""
    given = bench.options.severities.get(finding.rule)
    return bench.regraded(finding if given is None else finding._replace(severity=given))


def _counted(values: list[Any]) -> Counted:
    one = Counted._make(values)
    return one._replace(contact=Contact._make(one.contact), bound=Bound._make(one.bound))
