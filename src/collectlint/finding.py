"""What goes out: findings, what could not be judged, and what could not be read."""

from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from collectlint.document import Origin

if TYPE_CHECKING:
    from collectlint.scores import Scores

FAMILIES = (
    "threat",
    "abuse",
    "deception",
    "privacy",
    "third_party",
    "harassment",
    "payment",
    "process",
    "staff_abuse",
)

VIOLATING = tuple(family for family in FAMILIES if family not in ("process", "staff_abuse"))


class Severity(IntEnum):
    """How grave a finding is; comparable, so `severity >= Severity.WARNING` works."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


class Basis(NamedTuple):
    """The clause a rule rests on; `verified` is how well its text was checked, `checked` on which day."""

    source: str
    title: str
    clause: str
    verified: str
    checked: str = ""


class Evidence(NamedTuple):
    """A further place that belongs to a finding: turn index and half-open code-point span."""

    turn: int
    start: int
    end: int
    text: str


class Related(NamedTuple):
    """Another document that a finding rests on; `line` 0 = unknown, `started_at` in ISO 8601."""

    document: str
    path: str
    line: int
    cell: str
    started_at: str


class Finding(NamedTuple):
    """One violation at one place.

    `start` and `end` are code points in the original text of turn `turn`, half-open;
    `excerpt_start` is where `excerpt` begins in that same text; `line` and `column` are the
    place of `start` in the file (0 = the format has none); `at` is seconds into the call. `around`
    is what stands before and behind the excerpt: `redact` needs it (微信号 may be cut off its number) and
    takes it away; no report shows it.
    """

    document: str
    rule: str
    family: str
    families: tuple[str, ...]
    severity: Severity
    confidence: str
    turn: int
    start: int
    end: int
    matched: str
    excerpt: str
    excerpt_start: int
    message: str
    remedy: str
    basis: tuple[Basis, ...]
    path: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    cell: str = ""
    via: tuple[str, ...] = ()
    speaker: str = ""
    at: float | None = None
    evidence: tuple[Evidence, ...] = ()
    fingerprint: str = ""
    title: str = ""
    related: tuple[Related, ...] = ()
    around: tuple[str, str] = ("", "")


class NotEvaluated(NamedTuple):
    """A rule that could not be judged on a document, and why."""

    document: str
    rule: str
    reason: str


class Failure(NamedTuple):
    """An input, or a part of one, that could not be read; `line` 0 = the whole file."""

    path: str
    line: int
    reason: str
    remedy: str = ""


class Waived(NamedTuple):
    """A finding that somebody answers for: why, the last day (`YYYY-MM-DD`, empty = without end), and
    where that is written."""

    finding: Finding
    reason: str
    until: str
    path: str
    line: int


class Report(NamedTuple):
    """Everything one run has to say, in document order; `suppressed` counts what is `waived`."""

    findings: tuple[Finding, ...]
    not_evaluated: tuple[NotEvaluated, ...]
    failures: tuple[Failure, ...]
    documents: int
    suppressed: int = 0
    manifest: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    waived: tuple[Waived, ...] = ()
    scores: "Scores | None" = None
