"""What the readers share: their settings, a decoded line, and what a reader has to offer."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from collectlint.document import Document
from collectlint.finding import Failure

if TYPE_CHECKING:
    from collectlint.waiver.directive import Comment

SURE = 90  # the content says so
NAMED = 60  # the file name says so and the content does not contradict
POSSIBLE = 20  # only for a file that was named by the user


class ReadSettings(NamedTuple):
    """How inputs are read; empty strings leave the choice to the reader.

    `columns` maps a document field to the name of a table column or JSON key; `speakers` maps a
    recogniser's speaker or channel (`0`, `SPEAKER_00`) to one of `document.SPEAKERS`. For catalogues of
    templates: `texts` are patterns as in .gitignore for the keys that hold messages, `expression` a
    regular expression for what stands before them in source code, `values` maps what a project writes for
    a field to the words of `document`, `variables` says `type` and `length` (code points) of placeholders.
    Limits: `max_bytes_per_file` and `max_whole_bytes` in bytes (the latter for formats that cannot be
    streamed: text, call tables, indented JSON), `max_unpacked_bytes` of a workbook and of
    a page of Parquet, `max_line_chars`
    and `max_document_chars` in code points, `max_cells` of a workbook, empty ones included,
    `max_columns` of a table, `max_values` of one JSON document, `max_depth` in levels of nested JSON,
    `max_failures_per_file` that are listed one by one.
    """

    encoding: str = ""
    format: str = ""
    jurisdiction: str = "cn"
    channel: str = ""
    kind: str = ""
    party: str = "debtor"
    columns: Mapping[str, str] = MappingProxyType({})
    speakers: Mapping[str, str] = MappingProxyType({})
    note: "Callable[[Comment], None] | None" = None  # takes the waivers in the comments of files
    aside: Callable[[str, int], None] | None = None  # told how many texts of a catalogue were left alone
    texts: tuple[str, ...] = ()
    expression: str = ""
    values: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    variables: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    max_bytes_per_file: int = 2 << 30
    max_whole_bytes: int = 64 << 20
    max_unpacked_bytes: int = 256 << 20
    max_line_chars: int = 5_000_000
    max_document_chars: int = 300_000
    max_cells: int = 4_000_000
    max_columns: int = 16_384
    max_values: int = 1_000_000
    max_depth: int = 64
    max_failures_per_file: int = 1_000


LIMITS = tuple(name for name in ReadSettings._fields if name.startswith("max_"))
LINE_COST = 100  # bytes that holding a line or cell takes beside its text, as far as limits go


class Line(NamedTuple):
    """One physical line: `number` counts from 1, `ending` is CR LF, LF, CR or nothing."""

    number: int
    text: str
    ending: str


class Source(NamedTuple):
    """A file as it is shown (`path`) and as its documents without an id are named (`name`)."""

    path: str
    name: str


Lines: TypeAlias = Iterator[Line | Failure]
Items: TypeAlias = Iterator[Document | Failure]


class Reader(Protocol):
    """A module that reads one family of formats.

    One whose format has comments names their marks in `COMMENTS` (`("#",)`): waivers in them are taken
    out before it reads.
    """

    def sniff(self, head: str, name: str, /) -> int:
        """How surely the beginning of a file (complete lines, if it has any) is this format: 0..100."""

    def read(self, lines: Lines, source: Source, settings: ReadSettings, /) -> Items:
        """Documents and failures in file order; InputError when the whole file cannot be used."""
