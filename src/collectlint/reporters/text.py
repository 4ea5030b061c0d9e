"""The report for people at a terminal: grouped by document, with the words underlined."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import IO, Any, NamedTuple

from collectlint.excerpt import marked_lines
from collectlint.finding import Basis, Evidence, Failure, Finding, NotEvaluated, Report, Waived
from collectlint.record import summary_record
from collectlint.reporters import Media, ReportOptions
from collectlint.visible import speakable, visible

MEDIA: Media = "text"


class Words(NamedTuple):
    """The fixed words of the report in one language."""

    severities: dict[str, str]
    speakers: dict[str, str]
    confidences: dict[str, str]
    verified: dict[str, str]
    labels: dict[str, str]
    colon: str
    clean: str
    more: str
    reasons: str
    totals: str


_ZH = Words(
    severities={"error": "错误", "warning": "警告", "info": "提示"},
    speakers={
        "agent": "坐席",
        "debtor": "客户",
        "third_party": "第三方",
        "system": "系统",
        "unknown": "说话人未知",
    },
    confidences={"high": "高", "medium": "中", "low": "低"},
    verified={
        "primary": "已核对原文",
        "press": "据公开报道",
        "secondary": "多处弱来源互证",
        "weak": "来源较弱",
        "memory": "未核对",
    },
    labels={
        "document": "文档",
        "turn": "第 {} 句",
        "confidence": "可信度",
        "message": "说明",
        "basis": "依据",
        "remedy": "建议",
        "via": "识别方式",
        "evidence": "另见",
        "not_evaluated": "未判定",
        "failures": "未能读取",
        "waived": "已豁免",
        "until": "至 {}",
    },
    colon="：",
    clean="未发现问题。",
    more="等 {} 条规则",
    reasons="{} 项（涉及 {} 份文档）",
    totals="共 {documents} 份文档，{findings} 处问题（错误 {error}，警告 {warning}，提示 {info}），"
    "未判定 {not_evaluated} 项，已豁免 {suppressed} 处，未能读取 {failures} 项。",
)
_EN = Words(
    severities={"error": "error", "warning": "warning", "info": "info"},
    speakers={
        "agent": "agent",
        "debtor": "debtor",
        "third_party": "third party",
        "system": "system",
        "unknown": "speaker unknown",
    },
    confidences={"high": "high", "medium": "medium", "low": "low"},
    verified={
        "primary": "checked against the text",
        "press": "from the press",
        "secondary": "from several weak sources",
        "weak": "weak source",
        "memory": "not checked",
    },
    labels={
        "document": "document",
        "turn": "turn {}",
        "confidence": "confidence",
        "message": "what",
        "basis": "basis",
        "remedy": "instead",
        "via": "found by",
        "evidence": "see also",
        "not_evaluated": "not evaluated",
        "failures": "could not be read",
        "waived": "waived",
        "until": "until {}",
    },
    colon=": ",
    clean="Nothing found.",
    more="and others, {} rules",
    reasons="{} (in {} documents)",
    totals="{documents} documents, {findings} findings ({error} errors, {warning} warnings, {info} notes), "
    "{not_evaluated} not evaluated, {suppressed} suppressed, {failures} could not be read.",
)
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
        return f"    {self.paint(self.words.labels[label], 'dim')}{self.words.colon}{self.safe(text)}"

    def place(self, path: str, line: int, column: int, cell: str) -> str:
        shown = self.safe(self.options.relative(path))
        if cell:
            return f"{shown}:{self.safe(cell)}" if shown else self.safe(cell)
        if shown and line:
            return f"{shown}:{line}:{column}" if column else f"{shown}:{line}"
        return shown


def _words(options: ReportOptions) -> Words:
    """In the language asked for; English where the output cannot print Chinese."""
    if not speakable("".join(_ZH.labels.values()), options.encoding) or options.lang == "en":
        return _EN
    if options.lang in ("hant", "hk"):
        from collectlint.reporters.words_hant import HANT

        return HANT
    return _ZH


def _excerpt_lines(finding: Finding, page: _Page) -> Iterator[str]:
    color = finding.severity.label
    for line in marked_lines(finding, page.options.encoding, page.options.width - 6):
        yield f"    | {line.shown}"
        if line.marks:
            yield f"    | {page.paint(line.marks, color)}"


def _basis(basis: Basis, words: Words) -> str:
    mark = words.verified.get(basis.verified, basis.verified)
    if mark and basis.checked:
        mark = f"{mark} {basis.checked}"
    clause = f" {basis.clause}" if basis.clause else ""
    return f"{basis.title or basis.source}{clause}" + (f" [{mark}]" if mark else "")


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
        told.append(words.labels["turn"].format(finding.turn + 1))
    if finding.speaker:
        told.append(words.speakers.get(finding.speaker, page.safe(finding.speaker)))
    if finding.at is not None:
        told.append(clock(finding.at))
    confidence = words.confidences.get(finding.confidence, page.safe(finding.confidence))
    told.append(f"{words.labels['confidence']} {confidence}" if confidence else "")
    yield "    --> " + "  ".join(part for part in told if part)
    yield from _excerpt_lines(finding, page)
    if finding.message:
        yield page.labelled("message", finding.message)
    for basis in finding.basis:
        yield page.labelled("basis", _basis(basis, words))
    if finding.remedy:
        yield page.labelled("remedy", finding.remedy)
    if finding.via:
        yield page.labelled("via", ", ".join(finding.via))
    for related in finding.related:
        there = page.place(related.path, related.line, 0, related.cell)
        shown = f"{related.started_at[:19].replace('T', ' ')}  {words.labels['document']} {related.document}"
        yield page.labelled("evidence", shown + (f"  {there}" if there else ""))
    for evidence in finding.evidence:
        if not _is_marked(evidence, finding):
            turn = words.labels["turn"].format(evidence.turn + 1)
            yield page.labelled("evidence", f"{turn}  {evidence.text}")


def _not_evaluated_lines(items: tuple[NotEvaluated, ...], page: _Page) -> Iterator[str]:
    """Grouped by reason, the most frequent first; a few rules are named for each."""
    reasons: dict[str, list[NotEvaluated]] = {}
    for item in items:
        reasons.setdefault(item.reason, []).append(item)
    yield page.paint(page.words.labels["not_evaluated"], "document")
    for reason, group in sorted(reasons.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        documents = len({item.document for item in group})
        counts = page.words.reasons.format(len(group), documents)
        yield f"  - {page.safe(reason)}{page.words.colon}{counts}"
        rules = list(dict.fromkeys(item.rule for item in group))
        named = ", ".join(page.safe(rule) for rule in rules[:_RULES_NAMED])
        yield f"    {named}" + (f" {page.words.more.format(len(rules))}" if len(rules) > _RULES_NAMED else "")


def _waived_lines(items: tuple[Waived, ...], page: _Page) -> Iterator[str]:
    labels = page.words.labels
    yield page.paint(labels["waived"], "document")
    for item in items:
        one = item.finding
        place = page.place(one.path, one.line, one.column, one.cell)
        until = f"  {labels['until'].format(item.until)}" if item.until else ""
        yield f"  - {place}  {page.safe(one.rule)}{page.words.colon}{page.safe(item.reason + until)}"


def _failure_lines(failures: tuple[Failure, ...], page: _Page) -> Iterator[str]:
    yield page.paint(page.words.labels["failures"], "document")
    for failure in failures:
        place = page.place(failure.path, failure.line, 0, "")
        yield f"  - {place}{page.words.colon}{page.safe(failure.reason)}"
        if failure.remedy:
            yield page.labelled("remedy", failure.remedy)


def _totals(report: Report, words: Words) -> str:
    counts = summary_record(report)
    return words.totals.format(**counts, **counts["by_severity"])


def _lines(report: Report, page: _Page) -> Iterator[str]:
    for (document, path), findings in groupby(report.findings, key=lambda item: (item.document, item.path)):
        name = f"{page.words.labels['document']} {page.safe(document)}"
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
    if not report.findings:
        yield page.words.clean
    yield _totals(report, page.words)


def write(report: Report, out: IO[Any], options: ReportOptions) -> None:
    """Everything a person needs to act, then what could not be judged, then one line of totals."""
    page = _Page(options, _words(options))
    for line in _lines(report, page):
        out.write(f"{line}\n")
