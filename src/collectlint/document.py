"""What comes in: one message, template, script or call as a Document."""

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from collectlint.lazy import lazily

if TYPE_CHECKING:
    from typing import Protocol

    class Locate(Protocol):
        """Places a code-point offset of a text where plain counting would be wrong."""

        def __call__(self, offset: int, closing: bool = False) -> tuple[int, int]:
            """(line, column) of the character at `offset`; `closing`: just behind the one before it."""


_LINE_BREAK = lazily(r"\r\n|\n|\r")
JURISDICTIONS = ("cn", "tw", "hk")
CHANNELS = ("sms", "call", "ai_call", "visit", "app_push", "email", "social", "letter")
KINDS = ("message", "template", "script", "transcript")
PARTIES = ("debtor", "guarantor", "family", "contact", "employer", "stranger")
SPEAKERS = ("agent", "debtor", "third_party", "system", "unknown")
DIRECTIONS = ("outbound", "inbound")
OUTCOMES = ("attempt", "connected", "effective")
MODES = ("informative", "interactive")
CREDITOR_TYPES = (
    "bank",
    "consumer_finance",
    "micro_loan",
    "platform",
    "leasing",
    "money_lender",
    "assignee",
    "private",
)
PRODUCTS = ("credit_card", "consumer_loan", "other")
SPEAKER_ROLES = ("lender", "agency", "lawyer", "bot")
MODE_BY_CHANNEL = {
    "sms": "informative",
    "app_push": "informative",
    "email": "informative",
    "letter": "informative",
    "call": "interactive",
    "visit": "interactive",
    "social": "interactive",
}
INSTALMENT_PLANS = ("active", "breached", "none")


class Origin(NamedTuple):
    """Where a text begins in its file.

    `line` and `column` count from 1 in code points; 0 means that the format has no lines
    (a spreadsheet cell is named by `cell` instead, e.g. `Sheet1!C7`). `locate` maps a code-point
    offset in the text to (line, column) where plain counting would be wrong, because the file
    writes the text with escapes or folds its lines; it is called only for findings.
    """

    path: str = ""
    line: int = 0
    column: int = 0
    cell: str = ""
    locate: "Locate | None" = None


class Turn(NamedTuple):
    """One uninterrupted piece of speech or writing.

    `start` and `end` are seconds from the beginning of the call, None when unknown.
    """

    speaker: str
    text: str
    start: float | None = None
    end: float | None = None
    origin: Origin = Origin()


class Doubt(NamedTuple):
    """What a reader had to guess or leave open, e.g. `speakers` or `times`; told as not evaluated."""

    about: str
    reason: str


class Document(NamedTuple):
    """One unit that is judged: a message, template, script or transcript.

    A message has exactly one turn, spoken by `agent`. Field meanings and defaults are those of
    `docs/input.md`; None always means "unknown", never "no".
    """

    id: str
    turns: tuple[Turn, ...]
    origin: Origin = Origin()
    jurisdiction: str = "cn"
    channel: str = "sms"
    kind: str = "message"
    party: str = "debtor"
    started_at: str | None = None
    ended_at: str | None = None
    send_window: tuple[str, ...] = ()
    direction: str = "outbound"
    outcome: str | None = None
    mode: str | None = None
    debtor_id: str | None = None
    agent_id: str | None = None
    case_id: str | None = None
    lender: str | None = None
    agency: str | None = None
    callee: str | None = None
    creditor_type: str | None = None
    product: str | None = None
    speaker_role: str | None = None
    consent_hours: tuple[str, ...] = ()
    lost_contact: bool | None = None
    objected_at: str | None = None
    instalment_plan: str | None = None
    authorised_by_debtor: bool = False
    label: dict[str, Any] | None = None
    fields: dict[str, Any] = {}
    doubts: tuple[Doubt, ...] = ()


def place_of(turn: Turn, offset: int, closing: bool = False) -> tuple[int, int]:
    """(line, column) in the file of the code point at `offset` of the turn's text; 0 = unknown.

    `closing` asks for the place just behind the code point before: where a text is written in several
    pieces, the next one stands elsewhere. Lines end at CR LF, LF or CR only, as editors count them.
    """
    origin = turn.origin
    if origin.locate is not None:
        return origin.locate(offset, closing)
    if not origin.line or not origin.column:
        return origin.line, 0
    starts = _line_starts(turn.text)
    which = bisect_right(starts, offset) - 1
    if not which:
        return origin.line, origin.column + offset
    return origin.line + which, offset - starts[which] + 1


@lru_cache(maxsize=8)
def _line_starts(text: str) -> list[int]:
    """Offsets at which lines begin; kept, for each finding of a long text asks twice."""
    return [0, *(found.end() for found in _LINE_BREAK.finditer(text))]
