"""The contract of a reporter; `table.py` lists them."""

import os
from typing import IO, Any, Literal, NamedTuple, Protocol

from collectlint.finding import Report

Media = Literal["text", "bytes"]


class ReportOptions(NamedTuple):
    """How a report is to look; the caller decides, reporters do not ask the environment.

    `width` is in terminal columns, 0 = unlimited. `encoding` is that of a text output; formats with
    an encoding of their own ignore it. `base` is the folder that paths are shown relative to; `docs` the
    URL of a rule's page, `{rule}` standing for its id.
    """

    color: bool = False
    lang: str = "zh"
    width: int = 0
    show_not_evaluated: bool = True
    encoding: str = "utf-8"
    base: str = ""
    docs: str = ""

    def relative(self, path: str) -> str:
        """`path` with forward slashes, relative to `base` if it lies under it."""
        if not path:
            return ""
        if self.base and os.path.isabs(path):
            inside = os.path.relpath(path, self.base)
            if inside != os.pardir and not inside.startswith(os.pardir + os.sep):
                path = inside
        else:
            path = os.path.normpath(path)
        return path.replace(os.sep, "/")


class Reporter(Protocol):
    """A module that writes a Report in one format.

    `MEDIA` says what `out` takes: "text" is meant for a terminal and follows its encoding, "bytes"
    has its own encoding and line ends. `out` stays open.
    """

    @property
    def MEDIA(self) -> Media: ...  # noqa: N802 -- a constant of the module

    def write(self, report: Report, out: IO[Any], options: ReportOptions) -> None: ...
