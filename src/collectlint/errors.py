"""The exceptions collectlint raises; each one says where and what to do.

CollectlintError
├── UsageError      a call that cannot be carried out (missing file, unknown format)
├── ConfigError     a configuration that cannot be read
├── RuleError       a rule, lexicon or profile with a fault: file, line, column, remedy
└── InputError      one input that cannot be read; the rest of the run goes on
"""

import os
from typing import NamedTuple


class Place(NamedTuple):
    """A position in a file; `line` and `column` count from 1, in code points, 0 = unknown."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.path
        if not self.column:
            return f"{self.path}:{self.line}"
        return f"{self.path}:{self.line}:{self.column}"


class CollectlintError(Exception):
    """Base of all errors that collectlint raises on purpose."""

    exit_code = 2

    def __init__(self, message: str, place: Place | None = None, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.message}" + (f"({self.remedy})" if self.remedy else "")


class UsageError(CollectlintError):
    """The command line or a function call cannot be carried out as it stands."""


class ConfigError(CollectlintError):
    """A configuration or baseline file is wrong."""


class ConfigErrors(ConfigError):
    """All faults of a configuration at once."""

    def __init__(self, errors: list[ConfigError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


class RuleError(CollectlintError):
    """A rule, lexicon or profile is wrong."""


class RuleErrors(RuleError):
    """All faults of a rule folder at once, so that an author mends them in one go."""

    def __init__(self, errors: list[RuleError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


class InputError(CollectlintError):
    """One file or record cannot be read; it becomes a `Failure` and the run goes on."""

    exit_code = 3


def cause_of(error: BaseException) -> str:
    """Kind of an error and the line of the program that raised it; its message may quote a checked text."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    return (
        f"{type(error).__name__}（{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}）"
    )
