"""One rule as a person reads it, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from collectlint.errors import RuleErrors, UsageError
from collectlint.operators.table import SHAPES
from collectlint.rulebook.folder import Folder
from collectlint.rulebook.rule import Rule, in_language
from collectlint.rulebook.rulebook import Rulebook
from collectlint.words import words
from collectlint.words.commands import command_words
from collectlint.words.traditional import shown


def rule_by_id(rulebook: Rulebook, name: str) -> Rule:
    """The rule of that id or former id; raises UsageError with the nearest ones."""
    for rule in rulebook.rules:
        if rule.id == name or name in rule.data["was"]:
            return rule
    from collectlint.rulebook.selection import near_ids

    raise UsageError(f"没有规则 `{name}`", remedy=near_ids(rulebook.rules, name))


def rule_values(folder: Folder, name: str) -> Mapping[str, Any]:
    """Everything in a rule's own file, its examples included; {} when it cannot be read."""
    from collectlint.rulebook.shapes import RULE
    from collectlint.rulebook.strict import read
    from collectlint.rulebook.walk import walk

    file: Any = folder
    *parents, slug = name.split("/")
    for part in parents:
        file = file / part
    for suffix in (".yaml", ".yml"):
        if (file / f"{slug}{suffix}").is_file():
            try:
                values, _, faults = walk(read(file / f"{slug}{suffix}", name), RULE, SHAPES)
            except RuleErrors:
                return {}
            return {} if faults else values
    return {}


def record(rule: Rule, rulebook: Rulebook, values: Mapping[str, Any]) -> dict[str, Any]:
    """A rule as plain data."""
    data = rule.data
    return {
        "id": rule.id,
        "title": data["title"],
        "family": rule.family,
        "families": list(rule.families),
        "severity": rule.severity.label,
        "confidence": rule.confidence,
        "status": rule.status,
        "off": rule.off,
        "jurisdictions": list(data["jurisdictions"]),
        "applies": {name: list(chosen) for name, chosen in data["applies"].items() if chosen},
        "in_force": data["in_force"],
        "requirements": list(data["requirements"]),
        "basis": [_basis(entry, rulebook) for entry in data["basis"]],
        "message": data["message"],
        "remedy": data["remedy"],
        "fix": data["fix"],
        "falsepositives": list(values.get("falsepositives", ())),
        "references": list(values.get("references", ())),
        "note": values.get("note", ""),
        "tests": {kind: list(cases) for kind, cases in (values.get("tests") or {}).items()},
    }


def _basis(entry: Mapping[str, Any], rulebook: Rulebook) -> dict[str, Any]:
    source = rulebook.sources[entry["source"]]
    return {
        "source": source.id,
        "title": source.title["zh"],
        "titles": dict(source.title),
        "clause": entry["clause"],
        "verified": entry["verified"],
        "kind": source.kind,
        "jurisdiction": source.jurisdiction,
        "from": source.since,
        "to": source.until,
    }


def lines(told: Mapping[str, Any], lang: str) -> Iterator[str]:
    """A rule's record as lines of text."""
    said, more = words(lang), command_words(lang)

    def line(label: str, text: str) -> str:
        return f"  {label}{said.colon}{text}"

    yield f"{told['id']}  {in_language(told['title'], lang)}"
    yield line(more.families, more.listing.join(said.families[name] for name in told["families"]))
    off = f"{more.comma}{more.off}" if told["off"] else ""
    level = said.severities[told["severity"]]
    yield line(more.severity, f"{level}{more.comma}{more.statuses[told['status']]}{off}")
    scope = [f"{more.jurisdictions} {more.listing.join(told['jurisdictions'])}"]
    scope += [f"{more.scopes[name]} {more.listing.join(chosen)}" for name, chosen in told["applies"].items()]
    yield line(more.applies, more.semicolon.join(scope))
    if told["in_force"]:
        yield line(more.in_force, period(told["in_force"], lang))
    for basis in told["basis"]:
        mark = said.marks.get(basis["verified"], basis["verified"])
        yield line(said.basis, f"{in_language(basis['titles'], lang)} {basis['clause']} [{mark}]")
    yield line(said.message, in_language(told["message"], lang))
    yield line(said.remedy, in_language(told["remedy"], lang))
    for word, texts in told["fix"].items():
        yield line(more.fix, f"{word} → {in_language(texts, lang) or more.taken_out}")
    for text in told["falsepositives"]:
        yield line(more.false_positives, shown(text, lang))
    if told["note"]:
        yield line(more.note, shown(told["note"], lang))
    for kind, name in more.cases.items():
        for case in told["tests"].get(kind, ()):
            yield line(more.example.format(name), _case(case, said.aside))


def period(in_force: Mapping[str, str | None] | None, lang: str) -> str:
    """When a rule or an instrument is in force, in words; both days count."""
    words = command_words(lang)
    since, until = (in_force or {}).get("from"), (in_force or {}).get("to")
    if since is None and until is None:
        return words.undated
    return words.period.format(since or "…", until or words.now)


def _case(case: Any, aside: str) -> str:
    if isinstance(case, str):
        return case
    words = case.get("text") or " / ".join(turn.get("text", "") for turn in case.get("turns", ()))
    rest = ", ".join(f"{key}={value}" for key, value in case.items() if key not in ("text", "turns"))
    return words + (aside.format(rest) if rest else "")
