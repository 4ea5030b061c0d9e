"""The examples inside each rule, run: what must hit does, at the marked words; what must not does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from collectlint.document import Document, Origin, Turn
from collectlint.errors import InputError
from collectlint.finding import Finding
from collectlint.linter import Options, lint
from collectlint.mending import applied, edits, settled
from collectlint.readers.record import check_fields, make_document
from collectlint.rulebook.reading import RuleFile
from collectlint.rulebook.rule import Rule
from collectlint.rulebook.rulebook import Rulebook
from collectlint.run import run as judge_all

_MARK = re.compile(r"<<(.+?)>>", re.S)


class Example(NamedTuple):
    """One example: `marked` are (turn, start, end) of the words between << >>, in code points.

    `more` are the further documents of an example of contacts; `after` is the text once it is fixed.
    """

    rule: str
    kind: str  # hit, miss, todo_hit, todo_miss, fixed
    document: Document
    marked: tuple[tuple[int, int, int], ...]
    more: tuple[Document, ...] = ()
    after: str = ""


class Verdict(NamedTuple):
    """Whether an example does what its kind says; `reason` is empty when it does."""

    example: Example
    reason: str


def examples(rule: RuleFile, jurisdiction: str) -> Iterator[Example]:
    """The examples of a rule as documents; raises InputError when one is no document."""
    for kind in ("hit", "miss", "todo_hit", "todo_miss"):
        for number, case in enumerate(rule.values["tests"][kind], 1):
            yield _example(rule.id, kind, f"{rule.id}#{kind}{number}", case, jurisdiction)
    for number, case in enumerate(rule.values["tests"]["fixed"], 1):
        example = _example(rule.id, "fixed", f"{rule.id}#fixed{number}", case["before"], jurisdiction)
        yield example._replace(after=case["after"])


def _example(rule: str, kind: str, name: str, case: Any, jurisdiction: str) -> Example:
    record: dict[str, Any] = {"text": case} if isinstance(case, str) else dict(case)
    if "contacts" in record:
        contacts = record.pop("contacts")
        first, *more = (
            _example(rule, kind, f"{name}.{number}", {**record, **contact}, jurisdiction)
            for number, contact in enumerate(contacts, 1)
        )
        return first._replace(more=tuple(one.document for one in more))
    marked: list[tuple[int, int, int]] = []
    if "turns" in record:
        turns = tuple(
            Turn(turn.get("speaker", "agent"), _unmark(turn.get("text", ""), which, marked))
            for which, turn in enumerate(record.pop("turns"))
        )
        record.setdefault("kind", "transcript")
        record.setdefault("channel", "call")
    else:
        turns = (Turn("agent", _unmark(record.pop("text", ""), 0, marked)),)
    for field in ("send_window", "consent_hours"):
        if isinstance(record.get(field), str):
            record[field] = [record[field]]
    for field in ("lost_contact", "authorised_by_debtor"):
        if field in record:
            record[field] = record[field] == "true"
    known, others = check_fields(record)
    defaults = {"jurisdiction": jurisdiction, "channel": "sms", "kind": "message", "party": "debtor"}
    return Example(rule, kind, make_document(defaults | known, others, turns, Origin(), name), tuple(marked))


def _unmark(text: str, turn: int, marked: list[tuple[int, int, int]]) -> str:
    plain = ""
    position = 0
    for match in _MARK.finditer(text):
        plain += text[position : match.start()]
        marked.append((turn, len(plain), len(plain) + len(match.group(1))))
        plain += match.group(1)
        position = match.end()
    return plain + text[position:]


def run(rules: tuple[RuleFile, ...], rulebook: Rulebook, options: Options) -> Iterator[Verdict]:
    """All examples of all rules, each against its own rule."""
    by_id = {rule.id: rule for rule in rulebook.rules}
    for rule_file in rules:
        rule = by_id[rule_file.id]
        home = rule.data["jurisdictions"][0]
        try:
            cases = list(examples(rule_file, home))
        except (InputError, KeyError, TypeError, AttributeError) as error:
            broken = Example(rule_file.id, "hit", Document(rule_file.id, ()), ())
            yield Verdict(broken, f"例句不成文档:{error}")
            continue
        yield from judged(rule_file, cases, rulebook, options)


def judged(
    rule_file: RuleFile, cases: Iterable[Example], rulebook: Rulebook, options: Options
) -> Iterator[Verdict]:
    """Examples of one rule against that rule."""
    day = day_within(rule_file.values["in_force"], options.as_of)
    own = options._replace(as_of=day, only=frozenset({rule_file.id}))
    rule = next(one for one in rulebook.rules if one.id == rule_file.id)
    for example in cases:
        if example.kind == "fixed":
            yield Verdict(example, _judge_fix(example, rule, rulebook, own))
            continue
        found = [(one.turn, one.start, one.end) for one in findings(example, rulebook, own)]
        yield Verdict(example, _judge(example, found))


def _judge_fix(example: Example, rule: Rule, rulebook: Rulebook, options: Options) -> str:
    """What is wrong with what `fix` makes of a text; the result must have no finding of the rule."""
    document = example.document
    text = document.turns[0].text
    found = lint(document, rulebook, options).findings
    if not found:
        return "改正前应命中而未命中"
    changes = [change for one in found for change in edits(rule.fix, text, one.start, one.end)]
    after = applied(text, settled(text, changes))
    if after != example.after:
        return f"改正后应为「{example.after}」，却是「{after}」"
    turn = document.turns[0]._replace(text=after)
    if lint(document._replace(turns=(turn,)), rulebook, options).findings:
        return "改正后仍命中"
    return ""


def findings(example: Example, rulebook: Rulebook, options: Options) -> tuple[Finding, ...]:
    """What the rules find in an example, over all its documents."""
    rule = next((one for one in rulebook.rules if one.id == example.rule), None)
    if rule is None or not rule.is_count:
        return lint(example.document, rulebook, options).findings
    return judge_all((example.document, *example.more), rulebook, options).findings


def day_within(period: Mapping[str, str | None] | None, day: str) -> str:
    """The day of a rule's period in force that is nearest to `day`: examples hold whatever today is."""
    if period is None:
        return day
    return min(max(day, period["from"] or day), period["to"] or day)


def _judge(example: Example, found: list[tuple[int, int, int]]) -> str:
    if example.kind == "hit":
        if not found:
            return "应命中而未命中"
        for mark in example.marked:
            if not any(turn == mark[0] and start < mark[2] and mark[1] < end for turn, start, end in found):
                return "命中的不是标出的词"
        return ""
    if example.kind == "miss" and found:
        return "不应命中而命中"
    if example.kind == "todo_hit" and found:
        return "已能命中,请移入 hit"
    if example.kind == "todo_miss" and not found:
        return "已不误报,请移入 miss"
    return ""
