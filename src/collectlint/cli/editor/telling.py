"""Findings as diagnostics and as hover texts; personal data is masked in both."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types
from pygls.workspace import PositionCodec

from collectlint.cli.editor.places import overlap, position, range_of
from collectlint.cli.editor.session import Looked
from collectlint.finding import Failure, Finding, Severity
from collectlint.lazy import lazily
from collectlint.reporters.citing import cited
from collectlint.reporters.saying import UNREADABLE, unread
from collectlint.words import Words, words

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_SPECIAL = lazily(r"([\\`*_\[\]()#|~<>&!])")


def diagnostics(looked: Looked, codec: PositionCodec, lang: str, docs: str) -> list[types.Diagnostic]:
    """All there is to say of a text, in the order of the report."""
    told = [_diagnostic(masked, looked, codec, lang, docs) for _, masked in looked.findings]
    return told + [_failure(one, looked, codec, lang) for one in looked.failures]


def _diagnostic(
    finding: Finding, looked: Looked, codec: PositionCodec, lang: str, docs: str
) -> types.Diagnostic:
    said = finding.message or finding.title or finding.rule
    remedy = f"\n{_labelled(words(lang), finding.remedy)}" if finding.remedy else ""
    page = types.CodeDescription(docs.replace("{rule}", finding.rule)) if docs else None
    return types.Diagnostic(
        range=range_of(finding, looked.lines, codec),
        message=said + remedy,
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=page,
        source="collectlint",
        data=finding.fingerprint,
    )


def _failure(failure: Failure, looked: Looked, codec: PositionCodec, lang: str) -> types.Diagnostic:
    line = min(max(failure.line, 1), len(looked.lines))
    start = position(looked.lines, line, 1, codec)
    end = position(looked.lines, line, len(looked.lines[line - 1]) + 1, codec)
    remedy = words(lang).aside.format(failure.remedy) if failure.remedy else ""
    return types.Diagnostic(
        range=types.Range(start, end),
        message=f"{unread(failure, lang)}{remedy}",
        severity=types.DiagnosticSeverity.Warning,
        code=UNREADABLE,
        source="collectlint",
    )


def hover(looked: Looked, place: types.Position, codec: PositionCodec, lang: str) -> types.Hover | None:
    """Title, message, clauses and remedy of what stands at a place; None where nothing does."""
    here = types.Range(place, place)
    found = [
        (masked, where)
        for _, masked in looked.findings
        if overlap(where := range_of(masked, looked.lines, codec), here)
    ]
    if not found:
        return None
    text = "\n\n---\n\n".join("\n\n".join(_paragraphs(one, lang)) for one, _ in found)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), found[0][1])


def _paragraphs(finding: Finding, lang: str) -> Iterator[str]:
    said = words(lang)
    yield f"**{_plain(finding.title or finding.rule)}** `{finding.rule}`"
    yield _plain(finding.message)
    if finding.basis:
        yield "\n".join(f"- {said.basis}{said.colon}{_plain(cited(one, said))}" for one in finding.basis)
    if finding.remedy:
        yield _plain(_labelled(said, finding.remedy))


def _labelled(said: Words, remedy: str) -> str:
    return f"{said.remedy}{said.colon}{remedy}"


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", text).replace("\n", " ")
