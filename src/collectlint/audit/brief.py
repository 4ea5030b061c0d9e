"""The summary as Markdown, for a message or a ticket."""

from __future__ import annotations

from typing import Any

from collectlint.audit.store import Store
from collectlint.audit.words import words_of
from collectlint.visible import visible
from collectlint.words.reasons import told as in_language

_MOST = 15  # rules, agents, reasons that are listed
_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_[]()#|~$<>"})


def brief(store: Store, told: dict[str, Any], lang: str) -> str:
    """Headline figures, rules by hits, agents by violating documents, what was left out."""
    words = words_of(lang)
    severities = told["by_severity"]
    lines = [
        f"# {words['title']}", "",
        words["headline"].format(**told, **severities), "",
        f"| {words['rule']} | {words['hits']} |", "|---|---:|",
        *(f"| {safe(rule)} | {count} |" for rule, count in list(told["by_rule"].items())[:_MOST]),
    ]  # fmt: skip
    if len(told["by_rule"]) > _MOST:
        lines += ["", words["more"].format(len(told["by_rule"]) - _MOST)]
    notes = remarks(told, lang)
    if notes:
        lines += ["", f"## {words['notes']}", "", *(f"- {safe(note)}" for note in notes)]
    if told["not_evaluated_because"]:
        lines += ["", f"## {words['not_evaluated']}", ""]
        lines += [
            f"- {safe(in_language(one['reason'], lang))}: {one['judgements']}"
            for one in told["not_evaluated_because"][:_MOST]
        ]
    return "\n".join(lines) + "\n"


def remarks(told: dict[str, Any], lang: str) -> list[str]:
    """What a reader of the figures must know: what is missing, left out or cut."""
    words = words_of(lang)
    notes = []
    if not told["complete"]:
        notes.append(words["unfinished"])
    names = ("failures", "timed_out", "sampled_out", "other_days", "undated", "suppressed")
    notes += [words[name].format(told[name]) for name in names if told[name]]
    if told["sampled_out"]:
        notes.append(words["no_counts"])
    if told["manifest"]["settings"].get("show_personal"):
        notes.append(words["personal"])
    return notes


def safe(text: str) -> str:
    """Text that Markdown shows as it is."""
    return visible(text).translate(_SPECIAL).replace("www.", r"www\.").replace("@", "@<!-- -->")
