"""Masks personal data in a Report, once, before any reporter sees it."""

from typing import TYPE_CHECKING, Any

from collectlint.finding import Evidence, Finding, Report, Waived
from collectlint.masks import mask_name, mask_text

if TYPE_CHECKING:
    from collectlint.scores import Scores

__all__ = ["mask_name", "mask_text", "redact"]

_OWN = frozenset({"version", "rules_sha256", "as_of"})  # of the manifest; nothing of the input is in them


def _mask_values(value: Any) -> Any:
    if isinstance(value, str):
        return mask_name(value)
    if isinstance(value, dict):
        return {key: _mask_values(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_mask_values(item) for item in value]
    return value


class _Names:
    """Masked record ids; two that became equal are told apart by `~2`."""

    def __init__(self) -> None:
        self._masked: dict[str, str] = {}
        self._given: set[str] = set()

    def __call__(self, name: str) -> str:
        if name not in self._masked:
            masked = candidate = mask_name(name)
            number = 1
            while candidate in self._given:
                number += 1
                candidate = f"{masked}~{number}"
            self._given.add(candidate)
            self._masked[name] = candidate
        return self._masked[name]


def _redact_evidence(evidence: Evidence, finding: Finding, excerpt: str) -> Evidence:
    first = evidence.start - finding.excerpt_start
    last = evidence.end - finding.excerpt_start
    inside = evidence.turn == finding.turn and first >= 0
    if inside and finding.excerpt[first:last] == evidence.text:
        return evidence._replace(text=excerpt[first:last])
    return evidence._replace(text=mask_text(evidence.text, True, True))


def _mask_excerpt(finding: Finding) -> str:
    """The excerpt, masked as the part of a longer text that it is: what it is may stand before it."""
    before, after = finding.around
    whole = mask_text(before + finding.excerpt + after, finding.excerpt_start > len(before), True)
    return mask_text(whole[len(before) : len(before) + len(finding.excerpt)], finding.excerpt_start > 0, True)


def _redact_finding(finding: Finding, names: _Names) -> Finding:
    excerpt = _mask_excerpt(finding)
    first = finding.start - finding.excerpt_start
    last = finding.end - finding.excerpt_start
    if first >= 0 and finding.excerpt[first:last] == finding.matched:
        matched = excerpt[first:last]
    else:
        matched = mask_text(finding.matched, True, True)

    def told(sentence: str) -> str:
        """A sentence that may quote the match; only the excerpt tells whether the match is cut."""
        if matched != finding.matched and len(matched) > 1:
            sentence = sentence.replace(finding.matched, matched)
        return mask_text(sentence)

    return finding._replace(
        document=names(finding.document),
        matched=matched,
        excerpt=excerpt,
        around=("", ""),
        message=told(finding.message),
        remedy=told(finding.remedy),
        title=told(finding.title),
        path=mask_name(finding.path),
        cell=mask_name(finding.cell),
        via=tuple(mask_text(item) for item in finding.via),
        evidence=tuple(_redact_evidence(item, finding, excerpt) for item in finding.evidence),
        related=tuple(
            item._replace(document=names(item.document), path=mask_name(item.path), cell=mask_name(item.cell))
            for item in finding.related
        ),
    )


def _redact_waived(waived: Waived, names: _Names) -> Waived:
    return waived._replace(
        finding=_redact_finding(waived.finding, names),
        reason=mask_text(waived.reason),
        path=mask_name(waived.path),
    )


def _redact_scores(scores: "Scores", names: _Names) -> "Scores":
    return scores._replace(
        documents=tuple(
            one._replace(document=names(one.document), path=mask_name(one.path), agent=mask_name(one.agent))
            for one in scores.documents
        ),
        agents=tuple(one._replace(agent=mask_name(one.agent)) for one in scores.agents),
    )


def redact(report: Report) -> Report:
    """The same report with personal data masked in every string that comes from the input.

    Rule ids, legal bases and fingerprints come from the rules and stay. Applying it twice changes
    nothing more. `excerpt[start - excerpt_start:end - excerpt_start] == matched` holds afterwards
    wherever it held before.
    """
    names = _Names()
    origins = {
        names(document): origin._replace(path=mask_name(origin.path), cell=mask_name(origin.cell))
        for document, origin in report.origins.items()
    }
    return report._replace(
        findings=tuple(_redact_finding(finding, names) for finding in report.findings),
        not_evaluated=tuple(
            item._replace(document=names(item.document), reason=mask_text(item.reason))
            for item in report.not_evaluated
        ),
        failures=tuple(
            failure._replace(
                path=mask_name(failure.path),
                reason=mask_text(failure.reason),
                remedy=mask_text(failure.remedy),
            )
            for failure in report.failures
        ),
        manifest={
            name: value if name in _OWN else _mask_values(value) for name, value in report.manifest.items()
        },
        origins=origins,
        waived=tuple(_redact_waived(item, names) for item in report.waived),
        scores=_redact_scores(report.scores, names) if report.scores else None,
    )
