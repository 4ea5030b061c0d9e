"""A report whose reasons stand in its reader's language; rules and clauses do so from the start."""

from __future__ import annotations

from collectlint.finding import Report


def in_language(report: Report, lang: str) -> Report:
    """The report with why things were not evaluated or read, and what to do about it, in `lang`."""
    if lang == "zh" or not (report.not_evaluated or report.failures):
        return report
    from collectlint.words.reasons import told

    return report._replace(
        not_evaluated=tuple(one._replace(reason=told(one.reason, lang)) for one in report.not_evaluated),
        failures=tuple(
            one._replace(reason=told(one.reason, lang), remedy=told(one.remedy, lang))
            for one in report.failures
        ),
    )
