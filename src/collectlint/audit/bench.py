"""What a worker judges with; built anew in each process, because rules and readers do not travel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from collectlint.document import Document
from collectlint.finding import Failure, Finding, Report, Waived
from collectlint.linter import Options
from collectlint.readers.settings import ReadSettings
from collectlint.rulebook.rulebook import Rulebook

Items: TypeAlias = Iterator[Document | Failure]


def _unanswered(findings: Sequence[Finding]) -> Sequence[Waived | None]:
    return [None] * len(findings)


class Sitting(NamedTuple):
    """How one unit is read and judged: settings of a path (None = left out), what is done to the
    documents before and to the report after (findings that stay in it stay the same objects).

    `answers` tells what waives findings that are not in the report yet: those on counts.
    """

    reading: Callable[[str], ReadSettings | None]
    prepared: Callable[[Items], Items]
    finished: Callable[[Report], Report]
    answers: Callable[[Sequence[Finding]], Sequence[Waived | None]] = _unanswered


def no_line(path: str, fingerprint: str) -> int:
    """Without a baseline."""
    return 0


class Bench(NamedTuple):
    """Rules, options and choice of documents; `sitting` begins a unit.

    Documents of days outside `since`-`until` (`YYYY-MM-DD`, inclusive, empty = open) add to counts only;
    `sample` is the share of documents that are judged. `line_of` gives the line of the baseline that may
    waive a finding, by its path and fingerprint; 0 = none does.
    """

    rulebook: Rulebook
    options: Options
    options_of: Callable[[Document, Options], Options]
    regraded: Callable[[Finding], Finding]
    sitting: Callable[[], Sitting]
    since: str = ""
    until: str = ""
    sample: float = 1.0
    show_personal: bool = False
    line_of: Callable[[str, str], int] = no_line
    secret: bytes = b""  # key under which the groups of counts are stored


def count_rules(bench: Bench, options: Options) -> frozenset[str]:
    """Ids of the rules over many documents that hold under these options."""
    return frozenset(
        rule.id
        for rule in bench.rulebook.rules
        if rule.is_count and (rule.id in options.only if options.only is not None else not rule.off)
    )
