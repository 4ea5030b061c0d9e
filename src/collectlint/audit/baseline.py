"""What a baseline waives in a run: told from each finding where it is judged, settled once all are there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from functools import lru_cache
from typing import Any, NamedTuple

from collectlint.audit.judging import finding_row
from collectlint.audit.schema import IN_ORDER, OUTSIDE
from collectlint.audit.units import Input
from collectlint.finding import Report
from collectlint.redact import mask_name, mask_text, redact
from collectlint.waiver import baseline
from collectlint.waiver.baseline import Entry, Key


class Baseline(NamedTuple):
    """Entries of a file, which messages call `told`, by their lines and by their keys.

    `name_of` gives a path as the file has it; `expected` says whether the run looks where an entry's
    finding would be. `usable` are those that are not over.
    """

    told: str
    as_of: str
    lang: str
    entries: Mapping[int, Entry]
    usable: Mapping[Key, int]
    name_of: Callable[[str], str]
    expected: Callable[[Entry], bool]

    def line_of(self, path: str, fingerprint: str) -> int:
        """The line that may waive a finding; 0 when there is none."""
        return self.usable.get((self.name_of(path), fingerprint), 0)


def opened(
    path: str, name_of: Callable[[str], str], expected: Callable[[Entry], bool], as_of: str, lang: str
) -> Baseline:
    """The baseline at a path; raises ConfigErrors with every fault of the file."""
    entries = baseline.read(path, path)
    return Baseline(
        path,
        as_of,
        lang,
        {entry.line: entry for entry in entries},
        {entry.key: entry.line for entry in entries if not entry.is_over(as_of)},
        lru_cache(maxsize=4_096)(name_of),
        expected,
    )


def settle(
    base: sqlite3.Connection,
    one: Baseline,
    inputs: Callable[[], Iterable[Input]],
    show_personal: bool,
    wordings: dict[str, tuple[Any, ...]],
) -> None:
    """Waives findings in the order of the report, as often as each entry says; tells what does not hold.

    `old` names the findings that an entry may waive; `inputs` are those of the run with their real paths.
    """
    used: dict[int, int] = {}
    marks: list[tuple[str, int, int, int]] = []
    query = (
        f"SELECT entry, unit, nr, seq FROM old JOIN finding USING (unit, nr, seq) "  # noqa: S608
        f"WHERE waived IS NULL ORDER BY {IN_ORDER}"
    )
    for line, unit, nr, seq in base.execute(query):
        entry = one.entries[line]
        if used.get(line, 0) < entry.times:
            used[line] = used.get(line, 0) + 1
            marks.append((_answer(entry, one.told, show_personal), unit, nr, seq))
    base.executemany("UPDATE finding SET waived = ? WHERE unit = ? AND nr = ? AND seq = ?", marks)
    rows = _troubles(base, one, inputs, used, show_personal, wordings)
    base.executemany(f"INSERT INTO finding VALUES ({','.join('?' * 28)})", list(rows))  # noqa: S608


def _answer(entry: Entry, told: str, show_personal: bool) -> str:
    reason, path = (entry.reason, told) if show_personal else (mask_text(entry.reason), mask_name(told))
    answer = {"reason": reason, "until": entry.until, "path": path, "line": entry.line}
    return json.dumps(answer, ensure_ascii=False)


def _troubles(
    base: sqlite3.Connection,
    one: Baseline,
    inputs: Callable[[], Iterable[Input]],
    used: Mapping[int, int],
    show_personal: bool,
    wordings: dict[str, tuple[Any, ...]],
) -> Iterator[tuple[Any, ...]]:
    doubtful = [
        (entry, found)
        for line, entry in sorted(one.entries.items())
        for found in baseline.troubles(entry, used.get(line, 0), one.told, one.as_of, one.lang)
        if one.expected(entry)
    ]
    unjudged = _unjudged(base, one, inputs, {entry.path for entry, _ in doubtful}) if doubtful else set()
    for seq, (entry, found) in enumerate(doubtful, 1):
        if (entry.path, entry.rule) not in unjudged:
            shown = found if show_personal else redact(Report((found,), (), (), 1)).findings[0]
            yield (OUTSIDE, *finding_row(0, seq, shown, wordings, None, True))


def _unjudged(
    base: sqlite3.Connection, one: Baseline, inputs: Callable[[], Iterable[Input]], wanted: set[str]
) -> set[tuple[str, str]]:
    """(path as the baseline has it, rule) of what could not be judged in the wanted files."""
    names = {each.file: name for each in inputs() if (name := one.name_of(each.path)) in wanted}
    query = (
        "SELECT d.file, g.rule FROM (SELECT DISTINCT file, gaps FROM document WHERE gaps != '') d "
        "JOIN gap g USING (gaps)"
    )
    with closing(base.execute(query)) as rows:
        return {(names[file], rule) for file, rule in rows if file in names}
