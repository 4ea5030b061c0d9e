"""Documents -> one Report; a fault in one document or one rule never silences the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from time import gmtime, strftime, time
from typing import TYPE_CHECKING, Any, Protocol

from collectlint import __version__, cache
from collectlint.document import Document, Origin
from collectlint.errors import cause_of
from collectlint.finding import Failure, Finding, NotEvaluated, Report, Severity
from collectlint.linter import Counted, Judgement, Options, lint, unreadable
from collectlint.operators.outcome import NO_CALENDAR, NO_HOLIDAYS
from collectlint.operators.pattern import TIMED_OUT, TIRED_AFTER
from collectlint.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from collectlint.history import History

_BATCH_FROM = 80_000  # code points; from here on the scanner that takes longer to build pays
_ZONE = 8 * 3600  # all three jurisdictions
_UNFINISHED = (TIMED_OUT, NO_CALENDAR, NO_HOLIDAYS)  # reasons that are no want of metadata


class Known(Protocol):
    """What remembers judgements; `recall` gives exactly what judging the document would, or None."""

    def recall(self, document: Document, options: Options, /) -> Judgement | None: ...
    def keep(self, document: Document, options: Options, judgement: Judgement, /) -> None: ...


def today() -> str:
    """The day in the three jurisdictions, `YYYY-MM-DD`."""
    return strftime("%Y-%m-%d", gmtime(time() + _ZONE))


def run(
    items: Iterable[Document | Failure],
    rulebook: Rulebook,
    options: Options,
    settings: Mapping[str, Any] | None = None,
    options_of: Callable[[Document, Options], Options] | None = None,
    known: Known | None = None,
) -> Report:
    """The report on all documents, in their order; `settings` go into its manifest.

    `options_of` gives the options of one document when they are not those of the run. `known` remembers
    judgements of documents from one run to the next.
    """
    placed: list[tuple[int, Finding]] = []  # with the number of their document in the run
    history: History | None = None
    unknown: list[NotEvaluated] = []
    failures: list[Failure] = []
    origins: dict[str, Origin] = {}
    timeouts: dict[str, int] = {}  # rule -> documents
    documents = characters = 0
    for item in items:
        if isinstance(item, Failure):
            failures.append(item)
            continue
        documents += 1
        own = options_of(item, options) if options_of else options
        before = known.recall(item, own) if known else None
        if before is None:
            if not options.batch:
                characters += sum(len(turn.text) for turn in item.turns)
                if characters > _BATCH_FROM:
                    options = options._replace(batch=True)
                    own = own._replace(batch=True)
            judged, broken = judge(item, rulebook, own)
            if known and not broken:
                known.keep(item, own, judged)
        else:
            judged, broken = before, []
        for one in judged.not_evaluated:
            if one.reason == TIMED_OUT:
                timeouts[one.rule] = timeouts.get(one.rule, 0) + 1
                if timeouts[one.rule] == TIRED_AFTER:
                    options = options._replace(tired=options.tired | {one.rule})
        if judged.cut:
            reason = f"问题超过 {options.most_findings} 处，其余未列出"
            failures.append(unreadable(item, reason)._replace(remedy="请拆分这份文档"))
        placed.extend((documents, finding) for finding in judged.findings)
        if judged.counted:
            if history is None:
                from collectlint.history import History

                history = History(rulebook, options.lang)
            history.add(judged.counted, documents)
        unknown.extend(judged.not_evaluated)
        unknown.extend(NotEvaluated(item.id, f"input/{doubt.about}", doubt.reason) for doubt in item.doubts)
        failures.extend(broken)
        if judged.not_evaluated or item.doubts:
            origins.setdefault(item.id, item.origin)
    if history is not None:
        placed.extend((number, _regraded(one, options.severities)) for number, one in history.findings())
        placed.sort(key=lambda one: (one[0], one[1].turn, one[1].start, one[1].rule, one[1].end))
    findings = tuple(finding for _, finding in placed)
    manifest = {
        "version": __version__,
        "rules_sha256": rulebook.sha256,
        "as_of": options.as_of,
        "settings": dict(settings or {}),
    }
    return Report(findings, tuple(unknown), tuple(failures), documents, manifest=manifest, origins=origins)


def _regraded(finding: Finding, severities: Mapping[str, Severity]) -> Finding:
    """The finding at the severity that a profile gives its rule."""
    given = severities.get(finding.rule)
    return finding if given is None else finding._replace(severity=given)


def judge(document: Document, rulebook: Rulebook, options: Options) -> tuple[Judgement, list[Failure]]:
    """What one document gave; when the tool itself fails, what the rules that work gave, and the failure."""
    try:
        return lint(document, rulebook, options), []
    except Exception as error:
        cause = cause_of(error)
    findings: list[Finding] = []
    unknown: list[NotEvaluated] = []
    counted: list[Counted] = []
    broken = []
    for rule in rulebook.rules:
        if rule.id in options.only if options.only is not None else not rule.off:
            try:
                judged = lint(document, rulebook, options._replace(only=frozenset((rule.id,))))
            except Exception as error:
                broken.append(rule.id)
                cause = cause_of(error)
            else:
                findings.extend(judged.findings)
                unknown.extend(judged.not_evaluated)
                counted.extend(judged.counted)
    findings.sort(key=lambda one: (one.turn, one.start, one.rule, one.end))
    which = (
        f"，规则 {'、'.join(broken[:3])}" + (f" 等 {len(broken)} 条" if len(broken) > 3 else "")
        if broken
        else ""
    )
    judged = Judgement(tuple(findings), tuple(unknown), tuple(counted))
    return judged, [unreadable(document, f"内部错误 {cause}{which}")]


def steady(items: Iterable[Document | Failure], path: str) -> Iterator[Document | Failure]:
    """The same items; should the reader itself fail, a Failure that names the path comes last."""
    try:
        yield from items
    except Exception as error:
        yield Failure(path, 0, f"读取时发生内部错误 {cause_of(error)}", "其后的内容未检查，请报告给维护者")


def is_incomplete(report: Report) -> bool:
    """Could something not be judged for a reason other than missing metadata?"""
    return bool(report.failures) or any(
        reason in item.reason for item in report.not_evaluated for reason in _UNFINISHED
    )


def exit_code(report: Report, fail_on: Severity | None) -> int:
    """0 nothing at or above `fail_on` (None: never), 1 findings, 3 something could not be judged in full."""
    if fail_on is not None and any(finding.severity >= fail_on for finding in report.findings):
        return 1
    return 3 if is_incomplete(report) else 0


def word_edges(rulebook: Rulebook) -> Callable[[str], frozenset[int]]:
    """Word edges of a clause, with the rulebook's own words; the dictionary is opened at the first call."""
    segmenter: Any = None

    def boundaries(text: str) -> frozenset[int]:
        nonlocal segmenter
        if segmenter is None:
            from collectlint.text.segment import Segmenter

            segmenter = Segmenter(rulebook.words, cache.private_dir())
        edges: frozenset[int] = segmenter.boundaries(text)
        return edges

    return boundaries
