"""The words of reports in English."""

from __future__ import annotations

from collectlint.words import Words

WORDS = Words(
    severities={"error": "error", "warning": "warning", "info": "info"},
    marks={
        "primary": "checked against the text",
        "press": "from the press",
        "secondary": "from several weak sources",
        "weak": "weak source",
        "memory": "not checked",
    },
    speakers={
        "agent": "agent",
        "debtor": "debtor",
        "third_party": "third party",
        "system": "system",
        "unknown": "speaker unknown",
    },
    families={
        "threat": "threat",
        "abuse": "abuse",
        "deception": "deception",
        "privacy": "privacy",
        "third_party": "third party",
        "harassment": "harassment",
        "payment": "payment",
        "process": "process",
        "staff_abuse": "abuse of staff",
        "waiver": "waiver",
    },
    confidences={"high": "high", "medium": "medium", "low": "low"},
    kinds={"finding": "finding", "not_evaluated": "not_evaluated", "waived": "waived", "failure": "failure"},
    colon=": ",
    quoted="“{}”",
    aside=" ({})",
    document="document",
    turn="turn {}",
    cell="cell",
    matched="text",
    confidence="confidence",
    message="what",
    basis="basis",
    remedy="instead",
    via="found by",
    see="see also",
    not_evaluated="not evaluated",
    failures="could not be read",
    waived="waived",
    until="until {}",
    clean="Nothing found.",
    title="{findings} findings ({error} errors, {warning} warnings, {info} notes)",
    totals="{documents} documents, {findings} findings ({error} errors, {warning} warnings, {info} notes), "
    "{not_evaluated} not evaluated, {suppressed} suppressed, {failures} could not be read.",
    counts="{documents} documents, {not_evaluated} not evaluated, {suppressed} suppressed, "
    "{failures} could not be read.",
    more_rules="and others, {} rules",
    more_findings="{} more are not listed; see the full report.",
    reasons="{} (in {} documents)",
    rules_without="{} rules could not be evaluated:",
    not_evaluated_rule="{} not evaluated ({} documents): {}",
    not_evaluated_count="{} not evaluated",
    waived_count="{} waived",
    columns=("severity", "place", "rule", "text", "what and instead"),
    header=(
        *("type", "document", "path", "line", "column", "cell", "turn", "seconds", "speaker", "severity"),
        *("rule", "title", "families", "confidence", "matched", "excerpt", "message", "remedy", "basis"),
        *("via", "fingerprint"),
    ),
    unreadable=(
        "input that could not be read",
        "It, or a part of it, could not be read and was not checked.",
    ),
    undecided=(
        "rules that could not be evaluated",
        "The document lacks what the rule needs; that does not mean that it complies.",
    ),
)
