"""What differs from path to path in one run: how files are read, which rules hold, how grave they are."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from collectlint.document import Document
from collectlint.finding import Failure, Report
from collectlint.linter import Options
from collectlint.readers.settings import ReadSettings
from collectlint.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from collectlint.config.by_path import ByPath
    from collectlint.config.load import Setting

_READING = {
    "jurisdiction": "jurisdiction",
    "channel": "channel",
    "kind": "kind",
    "party": "party",
    "encoding": "encoding",
    "input_format": "format",
    "texts": "texts",
    "expression": "expression",
}
CATALOGUES = ("texts", "expression", "values", "variables")  # keys without an option of the command line
_MERGED = ("columns", "values", "variables", "speakers")
_DEFAULTS = ("creditor_type", "product", "speaker_role")


def with_settings(
    reading: ReadSettings, settings: Mapping[str, Setting], keys: Collection[str] | None = None
) -> ReadSettings:
    """How files are read, by what a configuration says for `keys` (None: all); maps are joined key by key."""
    wanted = {key: one.value for key, one in settings.items() if keys is None or key in keys}
    changes: dict[str, Any] = {field: wanted[key] for key, field in _READING.items() if key in wanted}
    for key in _MERGED:
        if key in wanted:
            changes[key] = {**getattr(reading, key), **wanted[key]}
    return reading._replace(**changes)


class PerPath:
    """Settings of each path on top of those of the run; without a configuration all paths are alike.

    `own` are files of this program (configuration, baseline), which are no input. `wanted` says which
    files are looked at, by their path (--diff); `left_out` counts the others.
    """

    def __init__(
        self,
        by_path: ByPath | None,
        rulebook: Rulebook,
        reading: ReadSettings,
        defaults: dict[str, str | None],
        own: Iterable[str] = (),
        wanted: Callable[[str], bool] | None = None,
    ) -> None:
        self._by_path = by_path
        self._rulebook = rulebook
        self._reading = reading
        self._defaults = defaults
        self._own = frozenset(os.path.abspath(path) for path in own)
        self._wanted = wanted
        self.left_out = 0

    def reading(self, path: str) -> ReadSettings | None:
        """How a file is read; None = not at all."""
        if not self.reads(path):
            self.left_out += 1
            return None
        settled = self._by_path.of(path) if self._by_path else None
        if settled is None or not settled.settings:
            return self._reading
        return with_settings(self._reading, settled.settings)

    def documents(self, items: Iterator[Document | Failure]) -> Iterator[Document | Failure]:
        """The same items; a document that does not say who collects gets what is settled for its path."""
        for item in items:
            yield self._with_defaults(item) if isinstance(item, Document) else item

    def _with_defaults(self, document: Document) -> Document:
        settled = self._by_path.of(document.origin.path) if self._by_path else None
        changes: dict[str, Any] = {}
        for key in _DEFAULTS:
            value = self._defaults[key]
            if settled and key in settled.settings:
                value = settled.settings[key].value
            if value is not None and getattr(document, key) is None:
                changes[key] = value
        return document._replace(**changes) if changes else document

    def options(self, document: Document, options: Options) -> Options:
        """The options of the run without the rules that are off for the document's path."""
        return options._replace(only=self.only(document.origin.path, options))

    def only(self, path: str, options: Options) -> frozenset[str] | None:
        """Ids of the rules that hold for a path; None = all but those that are off by default."""
        settled = self._by_path.of(path) if self._by_path else None
        only: frozenset[str] | None = options.only
        if not settled or not settled.off:
            return only
        if only is None:
            only = frozenset(rule.id for rule in self._rulebook.rules if not rule.off)
        return only.difference(settled.off)

    def reads(self, path: str) -> bool:
        """Is a file of this path among those that are looked at?"""
        if self._own and os.path.abspath(path) in self._own:
            return False
        excluded = self._by_path is not None and self._by_path.of(path) is None
        return not excluded and (self._wanted is None or self._wanted(path))

    def report(self, report: Report) -> Report:
        """The report with the severities that the configuration gives to rules; they are the last word."""
        if not self._by_path:
            return report
        findings = []
        for one in report.findings:
            settled = self._by_path.of(one.path)
            severity = settled.severity.get(one.rule) if settled else None
            findings.append(one if severity is None else one._replace(severity=severity))
        return report._replace(findings=tuple(findings))
