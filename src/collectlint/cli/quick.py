"""`collectlint check -t TEXT` without the command-line library: half of a spot check's time.

Any other option, or a text that begins with a dash, goes the usual way; a test holds both to the
same words.
"""

from __future__ import annotations

from collectlint.cli.failing import exit_code_of
from collectlint.cli.opening import rulebook_of
from collectlint.cli.outputs import Ways, deliver
from collectlint.finding import Severity
from collectlint.linter import Options
from collectlint.readers.given import read_text
from collectlint.readers.settings import ReadSettings
from collectlint.reporters.table import reporter
from collectlint.run import run, today, word_edges


def check(text: str) -> int:
    """Check one text with the shipped rules and all defaults; returns the exit code."""
    return exit_code_of(lambda: _check(text))


def _check(text: str) -> int:
    rulebook = rulebook_of(None)
    options = Options(as_of=today(), boundaries=word_edges(rulebook))
    report = run([read_text(text, ReadSettings())], rulebook, options)
    ways = Ways(
        writer=reporter("text"),
        files=[],
        lang="zh",
        color=None,
        shown=Severity.INFO,
        show_personal=False,
        quiet=False,
        fail_on=Severity.ERROR,
    )
    return deliver(report, ways)
