"""The report for people at a terminal: grouped by document, with the words underlined."""

from collections.abc import Iterator
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from collectlint.excerpt import marked_lines
from collectlint.finding import Evidence, Failure, Finding, NotEvaluated, Report, Waived
from collectlint.record import summary_record
from collectlint.reporters import Media, ReportOptions
from collectlint.reporters.citing import cited
from collectlint.visible import speakable, visible
from collectlint.words import Words
from collectlint.words import words as words_in

if TYPE_CHECKING:
    from collectlint.scores import Scores

MEDIA: Media = "text"


_COLORS = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "document": "1",
    "rule": "1",
    "dim": "2",
}
_RULES_NAMED = 3


def clock(seconds: float) -> str:
    """Seconds into a call as mm:ss, or h:mm:ss from one hour on."""
    whole = int(seconds) if 0 <= seconds < 1e9 else 0
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes:02d}:{rest:02d}"
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


class _Page(NamedTuple):
    """What every line needs to know: where it goes, how it looks, in which words."""

    options: ReportOptions
    words: Words

    def safe(self, text: str) -> str:
        return visible(text, self.options.encoding)

    def paint(self, text: str, color: str) -> str:
        return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if self.options.color else text

    def labelled(self, label: str, text: str) -> str:
        # The label also keeps a text such as `::error` away from the beginning of a line, where a
        # build machine would obey it.
        return f"    {self.paint(label, 'dim')}{self.words.colon}{self.safe(text)}"

    def place(self, path: str, line: int, column: int, cell: str) -> str:
        shown = self.safe(self.options.relative(path))
        if cell:
            return f"{shown}:{self.safe(cell)}" if shown else self.safe(cell)
        if shown and line:
            return f"{shown}:{line}:{column}" if column else f"{shown}:{line}"
        return shown


def _words(options: ReportOptions) -> Words:
    """In the language asked for; English where the output cannot print Chinese."""
    words = words_in(options.lang)
    return words if speakable(words.totals, options.encoding) else words_in("en")


def _excerpt_lines(finding: Finding, page: _Page) -> Iterator[str]:
    color = finding.severity.label
    for line in marked_lines(finding, page.options.encoding, page.options.width - 6):
        yield f"    | {line.shown}"
        if line.marks:
            yield f"    | {page.paint(line.marks, color)}"


def _is_marked(evidence: Evidence, finding: Finding) -> bool:
    last = finding.excerpt_start + len(finding.excerpt)
    return evidence.turn == finding.turn and finding.excerpt_start <= evidence.start < last


def _finding_lines(finding: Finding, page: _Page) -> Iterator[str]:
    words = page.words
    severity = finding.severity.label
    head = f"{page.paint(words.severities[severity], severity)} {page.paint(page.safe(finding.rule), 'rule')}"
    yield f"  {head}" + (f"  {page.safe(finding.title)}" if finding.title else "")
    told = [page.place(finding.path, finding.line, finding.column, finding.cell)]
    if finding.at is not None or finding.turn:
        told.append(words.turn.format(finding.turn + 1))
    if finding.speaker:
        told.append(words.speakers.get(finding.speaker, page.safe(finding.speaker)))
    if finding.at is not None:
        told.append(clock(finding.at))
    confidence = words.confidences.get(finding.confidence, page.safe(finding.confidence))
    told.append(f"{words.confidence} {confidence}" if confidence else "")
    yield "    --> " + "  ".join(part for part in told if part)
    yield from _excerpt_lines(finding, page)
    if finding.message:
        yield page.labelled(words.message, finding.message)
    for basis in finding.basis:
        yield page.labelled(words.basis, cited(basis, words))
    if finding.remedy:
        yield page.labelled(words.remedy, finding.remedy)
    if finding.via:
        yield page.labelled(words.via, ", ".join(finding.via))
    for related in finding.related:
        there = page.place(related.path, related.line, 0, related.cell)
        shown = f"{related.started_at[:19].replace('T', ' ')}  {words.document} {related.document}"
        yield page.labelled(words.see, shown + (f"  {there}" if there else ""))
    for evidence in finding.evidence:
        if not _is_marked(evidence, finding):
            turn = words.turn.format(evidence.turn + 1)
            yield page.labelled(words.see, f"{turn}  {evidence.text}")


def _not_evaluated_lines(items: tuple[NotEvaluated, ...], page: _Page) -> Iterator[str]:
    """Grouped by reason, the most frequent first; a few rules are named for each."""
    reasons: dict[str, list[NotEvaluated]] = {}
    for item in items:
        reasons.setdefault(item.reason, []).append(item)
    yield page.paint(page.words.not_evaluated, "document")
    for reason, group in sorted(reasons.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        documents = len({item.document for item in group})
        counts = page.words.reasons.format(len(group), documents)
        yield f"  - {page.safe(reason)}{page.words.colon}{counts}"
        rules = list(dict.fromkeys(item.rule for item in group))
        named = ", ".join(page.safe(rule) for rule in rules[:_RULES_NAMED])
        yield f"    {named}" + (
            f" {page.words.more_rules.format(len(rules))}" if len(rules) > _RULES_NAMED else ""
        )


def _waived_lines(items: tuple[Waived, ...], page: _Page) -> Iterator[str]:
    yield page.paint(page.words.waived, "document")
    for item in items:
        one = item.finding
        place = page.place(one.path, one.line, one.column, one.cell)
        until = f"  {page.words.until.format(item.until)}" if item.until else ""
        yield f"  - {place}  {page.safe(one.rule)}{page.words.colon}{page.safe(item.reason + until)}"


def _failure_lines(failures: tuple[Failure, ...], page: _Page) -> Iterator[str]:
    yield page.paint(page.words.failures, "document")
    for failure in failures:
        place = page.place(failure.path, failure.line, 0, "")
        yield f"  - {place}{page.words.colon}{page.safe(failure.reason)}"
        if failure.remedy:
            yield page.labelled(page.words.remedy, failure.remedy)


def _score_lines(scores: "Scores", page: _Page) -> Iterator[str]:
    from collectlint.reporters.score_lines import score_lines

    yield from score_lines(scores, page.words, page.safe)


def _totals(report: Report, words: Words) -> str:
    counts = summary_record(report)
    return words.totals.format(**counts, **counts["by_severity"])


def _lines(report: Report, page: _Page) -> Iterator[str]:
    for (document, path), findings in groupby(report.findings, key=lambda item: (item.document, item.path)):
        name = f"{page.words.document} {page.safe(document)}"
        shown = page.place(path, 0, 0, "")
        yield page.paint(name, "document") + (f"  {shown}" if shown and path != document else "")
        for finding in findings:
            yield from _finding_lines(finding, page)
        yield ""
    if report.not_evaluated and page.options.show_not_evaluated:
        yield from _not_evaluated_lines(report.not_evaluated, page)
        yield ""
    if report.waived:
        yield from _waived_lines(report.waived, page)
        yield ""
    if report.failures:
        yield from _failure_lines(report.failures, page)
        yield ""
    if report.scores is not None:
        yield from _score_lines(report.scores, page)
        yield ""
    if not report.findings:
        yield page.words.clean
    yield _totals(report, page.words)


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """Everything a person needs to act, then what could not be judged, then one line of totals."""
    page = _Page(options, _words(options))
    for line in _lines(report, page):
        out.write(f"{line}\n")
