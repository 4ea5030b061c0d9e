"""A call of `check` with everything settled; it judges as often as it is asked to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from collectlint.cli.changing import narrowed
from collectlint.cli.left_alone import LeftAlone
from collectlint.cli.outputs import Ways
from collectlint.cli.per_path import PerPath
from collectlint.cli.waiving import Waiving, Wish
from collectlint.document import Document
from collectlint.finding import Failure, Report
from collectlint.linter import Options
from collectlint.readers.settings import ReadSettings
from collectlint.rulebook.rulebook import Rulebook
from collectlint.run import run
from collectlint.waiver.inline import Gathered

if TYPE_CHECKING:
    from collectlint.changed import Changes
    from collectlint.config.by_path import ByPath
    from collectlint.readers.metadata import Metadata
    from collectlint.results import Results
    from collectlint.score import Weights

# How documents come, given the settings of the call and those of each path.
Opened = Callable[[ReadSettings, PerPath], Iterator[Document | Failure]]


class Checking(NamedTuple):
    """What one call of `check` came to: rules, settings, waivers, ways out.

    `own` are files of this program, which are no input; `facts` what is said of all documents.
    """

    paths: tuple[str, ...]
    rulebook: Rulebook
    options: Options
    reading: ReadSettings
    facts: dict[str, str | None]
    by_path: ByPath | None
    own: Iterable[str]
    wished: Wish
    changed: Changes | None
    metadata: Metadata | None
    settings: dict[str, Any]
    results: Results | None
    ways: Ways
    weights: Weights | None = None  # of scores, when they are asked for

    def judged(self, opened: Opened, seen: Callable[[Document], object] | None = None) -> Report:
        """The report on what `opened` gives, waivers applied; `seen` is told of each document."""
        gathered = Gathered()
        left_alone = LeftAlone()
        reading = self.reading._replace(note=gathered.note, aside=left_alone.take)
        wanted = self.changed.has if self.changed is not None else None
        per_path = PerPath(self.by_path, self.rulebook, reading, self.facts, self.own, wanted)
        items = opened(reading, per_path)
        if self.metadata is not None:
            from collectlint.readers.metadata import joined

            items = joined(items, self.metadata)
        items = gathered.watched(per_path.documents(items))
        if seen is not None:
            items = _told(items, seen)
        scoring = None
        if self.weights is not None:
            from collectlint.score import Scoring

            scoring = Scoring(self.weights)
            items = scoring.watched(items)
        report = run(items, self.rulebook, self.options, self.settings, per_path.options, self.results)
        if self.results is not None:
            self.results.save()
        waiving = Waiving(self.wished, gathered, self.rulebook, self.options, per_path, self.paths)
        report = waiving.applied(per_path.report(left_alone.told(report)), self.ways.shown)
        if scoring is not None:
            report = scoring.scored(report)
        return report if self.changed is None else narrowed(report, self.changed)

    def reading_of(self, path: str) -> ReadSettings:
        """How a file of this path is read."""
        per_path = PerPath(self.by_path, self.rulebook, self.reading, self.facts)
        return per_path.reading(path) or self.reading


def _told(
    items: Iterator[Document | Failure], seen: Callable[[Document], object]
) -> Iterator[Document | Failure]:
    for item in items:
        if isinstance(item, Document):
            seen(item)
        yield item
