"""Markdown for a comment on a pull or merge request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from collectlint.finding import Finding, Report
from collectlint.lazy import lazily
from collectlint.record import summary_record
from collectlint.reporters import Media, ReportOptions
from collectlint.visible import speakable, visible
from collectlint.words import Words
from collectlint.words import words as words_in

MEDIA: Media = "text"

MARK = "<!-- collectlint-report -->"  # lets a script find and replace its earlier comment
_LONGEST = 60_000  # code points; GitHub refuses a comment over 65,536
_SPECIAL = lazily(r"([\\`*_\[\]()#|~$:])")
_LINE_BREAK = lazily(r"\r\n|\n|\r")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def _words(options: ReportOptions) -> Words:
    """In the language asked for; English where the output cannot print Chinese."""
    words = words_in(options.lang)
    return words if speakable(words.totals, options.encoding) else words_in("en")


def _safe(text: str, options: ReportOptions) -> str:
    """Text that stays text: no markup, no HTML, no link, nobody is mentioned."""
    lines = (visible(line, options.encoding) for line in _LINE_BREAK.split(text))
    plain = " ".join(lines).translate(_HTML)
    plain = _SPECIAL.sub(r"\\\1", plain).replace("www.", r"www\.")
    return plain.replace("@", "@<!-- -->")


def _place(path: str, line: int, column: int, cell: str, options: ReportOptions) -> str:
    shown = options.relative(path) or "stdin"
    if cell:
        shown += f":{cell}"
    elif line:
        shown += f":{line}:{column}" if column else f":{line}"
    return _safe(shown, options)


def _row(finding: Finding, words: Words, options: ReportOptions) -> str:
    said = _safe(finding.message or finding.title, options)
    if finding.remedy:
        said += f"<br>{words.remedy}{words.colon}{_safe(finding.remedy, options)}"
    cells = (
        words.severities[finding.severity.label],
        _place(finding.path, finding.line, finding.column, finding.cell, options),
        _safe(finding.rule, options),
        _safe(finding.matched, options),
        said,
    )
    return f"| {' | '.join(cells)} |"


def _folded(title: str, lines: list[str]) -> Iterator[str]:
    yield ""
    yield f"<details><summary>{title}</summary>"
    yield ""
    yield from lines
    yield ""
    yield "</details>"


def _notes(report: Report, words: Words, options: ReportOptions) -> Iterator[str]:
    if report.failures:
        yield ""
        yield f"**{words.failures}**"
        yield ""
        for failure in report.failures:
            place = _place(failure.path, failure.line, 0, "", options)
            yield f"- {place} {_safe(f'{failure.reason} {failure.remedy}'.rstrip(), options)}"
    if report.waived:
        rows = [
            f"- {_place(one.finding.path, one.finding.line, one.finding.column, one.finding.cell, options)} "
            f"{_safe(one.finding.rule, options)} {_safe(one.reason, options)}"
            + (f" {words.until.format(_safe(one.until, options))}" if one.until else "")
            for one in report.waived
        ]
        yield from _folded(words.waived_count.format(len(rows)), rows)
    if report.not_evaluated and options.show_not_evaluated:
        reasons: dict[str, int] = {}
        for item in report.not_evaluated:
            reasons[item.reason] = reasons.get(item.reason, 0) + 1
        rows = [f"- {_safe(reason, options)}{words.colon}{count}" for reason, count in reasons.items()]
        yield from _folded(words.not_evaluated_count.format(len(report.not_evaluated)), rows)


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """Gravest findings first; what does not fit in one comment is counted, not shown."""
    words = _words(options)
    counts = summary_record(report)
    out.write(f"{MARK}\n")
    title = f"collectlint{words.colon}{words.title.format(**counts, **counts['by_severity'])}"
    out.write(f"### {title if report.findings else words.clean}\n\n{words.counts.format(**counts)}\n")
    left = _LONGEST
    if report.findings:
        out.write(f"\n| {' | '.join(words.columns)} |\n|---|---|---|---|---|\n")
    for number, finding in enumerate(sorted(report.findings, key=lambda one: -one.severity)):
        row = _row(finding, words, options)
        left -= len(row) + 1
        if left < 0:
            out.write(f"\n{words.more_findings.format(len(report.findings) - number)}\n")
            break
        out.write(f"{row}\n")
    for line in _notes(report, words, options):
        left -= len(line) + 1
        if left < 0:
            break
        out.write(f"{line}\n")
