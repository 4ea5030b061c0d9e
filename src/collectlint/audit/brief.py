"""The summary as Markdown, for a message or a ticket."""

from __future__ import annotations

from typing import Any

from collectlint.audit.findings import waived
from collectlint.audit.store import Store
from collectlint.audit.words import words_of
from collectlint.visible import visible
from collectlint.words import words
from collectlint.words.reasons import told as in_language

_MOST = 15  # rules, agents, reasons that are listed
_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_[]()#|~$<>"})


def brief(store: Store, told: dict[str, Any], lang: str) -> str:
    """Headline figures, rules by hits, what was left out, what is waived."""
    said = words_of(lang)
    lines = [
        f"# {said['title']}", "",
        headline(told, lang), "",
        f"| {said['rule']} | {said['hits']} |", "|---|---:|",
        *(f"| {safe(rule)} | {count} |" for rule, count in list(told["by_rule"].items())[:_MOST]),
    ]  # fmt: skip
    if len(told["by_rule"]) > _MOST:
        lines += ["", said["more"].format(len(told["by_rule"]) - _MOST)]
    notes = remarks(told, lang)
    if notes:
        lines += ["", f"## {said['notes']}", "", *(f"- {safe(note)}" for note in notes)]
    if told["not_evaluated_because"]:
        lines += ["", f"## {said['not_evaluated']}", ""]
        lines += [
            f"- {safe(in_language(one['reason'], lang))}: {one['judgements']}"
            for one in told["not_evaluated_because"][:_MOST]
        ]
    if told["suppressed"]:
        lines += ["", f"## {said['waived']}", ""]
        lines += [f"- {safe(_pardon(one, lang))}" for one in waived(store, _MOST)]
        if told["suppressed"] > _MOST:
            lines += ["", said["more"].format(told["suppressed"] - _MOST)]
    return "\n".join(lines) + "\n"


def _pardon(one: dict[str, Any], lang: str) -> str:
    """A waived finding with the reason, and where that is written."""
    waiver = one["waiver"]
    until = f" {words(lang).until.format(waiver['until'])}" if waiver["until"] else ""
    place = f"{one['path']}:{one['line']}" if one["line"] else one["path"]
    return f"{place} {one['rule']}: {waiver['reason']}{until} ({waiver['path']}:{waiver['line']})"


def headline(told: dict[str, Any], lang: str) -> str:
    """The figures in one sentence."""
    said = words_of(lang)
    least = told["manifest"]["settings"].get("severity")
    violating = said["from_error" if least == "error" else "from_warning"]
    return said["headline"].format(**told, **told["by_severity"], violating=violating)


def remarks(told: dict[str, Any], lang: str) -> list[str]:
    """What a reader of the figures must know: what is missing, left out or cut."""
    said = words_of(lang)
    notes = []
    if not told["complete"]:
        notes.append(said["unfinished"])
    names = ("failures", "timed_out", "sampled_out", "other_days", "undated", "suppressed", "below_severity")
    notes += [said[name].format(told[name]) for name in names if told[name]]
    if told["sampled_out"]:
        notes.append(said["no_counts"])
    if told["manifest"]["settings"].get("show_personal"):
        notes.append(said["personal"])
    return notes


def safe(text: str) -> str:
    """Text that Markdown shows as it is."""
    return visible(text).translate(_SPECIAL).replace("www.", r"www\.").replace("@", "@<!-- -->")
