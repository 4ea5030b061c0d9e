"""What `check` would say of a file that an editor holds, with the configuration that holds for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import click

from collectlint.cli.check import check, settled_check
from collectlint.cli.checking import Checking
from collectlint.cli.per_path import PerPath
from collectlint.document import Document
from collectlint.errors import UsageError
from collectlint.finding import Failure, Finding, Report
from collectlint.mending import Fix
from collectlint.readers import table
from collectlint.readers.settings import ReadSettings
from collectlint.redact import redact
from collectlint.results import Results
from collectlint.rulebook.syntax import split_lines
from collectlint.waiver.trouble import is_trouble

_USELESS = ("text", "fix", "fix_diff", "watch", "write_baseline", "diff_base", "changed_since", "output")


class Looked(NamedTuple):
    """A text as it was looked at: its lines, and each finding of the file as it is and masked.

    `is_record` says that it holds what was really said, which nobody may change.
    """

    text: str
    lines: tuple[str, ...]
    findings: tuple[tuple[Finding, Finding], ...]
    failures: tuple[Failure, ...]
    is_record: bool


class Session:
    """Files of an editor under the options of one call; `forget` when a file was saved: it may be a rule."""

    def __init__(self, arguments: Sequence[str]) -> None:
        """Raises what `check` fails with when it is called so."""
        self._arguments = list(arguments)
        self._settled: dict[str, Checking] = {}
        given = self._context("").params
        for name in _USELESS:
            if given[name]:
                raise UsageError(f"lsp 不能带 --{name.replace('_', '-')}", remedy="去掉它")

    def forget(self) -> None:
        """Look for configuration, rules and baseline anew."""
        self._settled.clear()

    def looked_at(self, path: str, text: str) -> Looked:
        """The findings in the text of a file; raises CollectlintError for faults of rules and settings."""
        kinds: set[str] = set()

        def seen(document: Document) -> None:
            kinds.add(document.kind)

        report = self._judged(path, text, seen)
        here = [one for one in report.findings if one.path == path and one.line]
        masked = redact(report._replace(findings=tuple(here)))
        failures = tuple(one for one in masked.failures if one.path == path or not one.path)
        pairs = tuple(zip(here, masked.findings, strict=True))
        return Looked(text, tuple(split_lines(text)), pairs, failures, "transcript" in kinds)

    def waived(self, path: str, text: str, rule: str) -> tuple[int, int]:
        """How many findings of a rule are waived in a text, and how many waivers of it are at fault."""
        report = self._judged(path, text)
        faults = sum(is_trouble(one) and one.path == path for one in report.findings)
        return sum(one.finding.rule == rule for one in report.waived), faults

    def comment_marks(self, path: str, text: str) -> tuple[str, ...]:
        """The marks that comments of the file may begin with."""
        return table.comment_marks(path, text, self._of(path).reading_of(path))

    def fix(self, path: str, rule: str) -> Fix:
        """The safe replacements of a rule."""
        rulebook = self._of(path).rulebook
        if rule not in rulebook.rule_ids:  # a finding about a waiver
            return {}
        return rulebook.rule(rulebook.rule_ids.index(rule)).fix

    def lang(self, path: str) -> str:
        return self._of(path).ways.lang

    def docs(self, path: str) -> str:
        return self._of(path).ways.docs

    def _judged(self, path: str, text: str, seen: Callable[[Document], object] | None = None) -> Report:
        def opened(reading: ReadSettings, per_path: PerPath) -> Iterator[Document | Failure]:
            own = per_path.reading(path)
            return iter(()) if own is None else table.read_held(path, text, own)

        checking = self._of(path)
        report = checking.judged(opened, seen)
        shown = tuple(one for one in report.findings if one.severity >= checking.ways.shown)
        return report._replace(findings=shown)

    def _of(self, path: str) -> Checking:
        found = self._settled.get(path)
        if found is None:
            context = self._context(path)
            given = context.params
            config_file, isolated = given.pop("config_file"), given.pop("isolated")
            given["no_cache"] = True  # a file on each key stroke would be too much
            found = settled_check(context, (path,), None, config_file, isolated, given)
            found = found._replace(results=Results(found.rulebook, None))
            self._settled[path] = found
        return found

    def _context(self, path: str) -> click.Context:
        return check.make_context("check", [*self._arguments, *([path] if path else [])])
