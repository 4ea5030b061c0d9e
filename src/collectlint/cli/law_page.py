"""A requirement's row as plain data, and what serves it as a line."""

from __future__ import annotations

from typing import Any

from collectlint.proof.coverage import Row, Serving
from collectlint.rulebook.rule import in_language
from collectlint.words import words
from collectlint.words.commands import command_words


def rule_line(rule: Serving, lang: str) -> str:
    said, more = words(lang), command_words(lang)
    marks = [said.severities[rule.severity]]
    marks += [more.off] if rule.off else []
    marks += [more.second_reader] if rule.suspects else []
    examples = more.examples.format(rule.hits, rule.misses)
    examples += f"{more.comma}{more.broken.format(rule.broken)}" if rule.broken else ""
    aside = said.aside.format(f"{more.comma.join(marks)}{more.semicolon}{examples}")
    return f"{rule.rule}  {in_language(rule.title, lang)}{aside}"


def requirement_record(row: Row) -> dict[str, Any]:
    """A row as plain data, the same in `law show` and `law coverage`."""
    one = row.requirement
    return {
        "id": one.id,
        "jurisdiction": one.jurisdiction,
        "kind": list(one.kinds),
        "zh": one.zh,
        "en": one.en,
        "basis": [clause._asdict() for clause in one.clauses],
        "verified": one.verified,
        "inferred": one.inferred,
        "state": row.state,
        "reason": row.reason,
        "rules": [rule._asdict() for rule in row.rules],
    }
