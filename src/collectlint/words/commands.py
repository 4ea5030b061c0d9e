"""What the commands about rules and law say, beside the words of reports."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from collectlint.words import in_hong_kong


class CommandWords(NamedTuple):
    """`{}` stands for what a field is filled with; keys are the words that machines read."""

    statuses: dict[str, str]
    scopes: dict[str, str]  # of rules, and of the facts of a profile
    instruments: dict[str, str]  # kinds of law
    letters: dict[str, str]  # what a requirement is judged by
    states: dict[str, str]  # of a requirement
    state_reasons: dict[str, str]
    cases: dict[str, str]  # kinds of examples
    near: dict[str, str]  # why a rule nearly hit
    stances: dict[str, str]
    places: dict[str, str]
    listing: str  # what stands between the members of a list
    semicolon: str
    comma: str
    period: str
    now: str
    undated: str
    # a rule
    families: str
    severity: str
    off: str
    applies: str
    jurisdictions: str
    in_force: str
    false_positives: str
    note: str
    fix: str
    taken_out: str
    example: str
    rules_total: str
    rules_used: str
    # a rule in a profile
    left_out: str
    not_selected: str
    only: str
    only_scope: str
    not_in_force: str
    enabled: str
    no_basis: str
    resting: str
    not_binding: str
    only_house: str
    # why a text hit
    hits: str
    nearly: str
    undecided: str
    excused: str
    other_speaker: str
    cue: str
    heading: str
    read_as: str
    not_plain: str
    must_be: str
    out_of_scope: str
    have: str
    lack: str
    lack_between: str
    disordered: str
    and_more: str
    # law
    other_title: str
    number: str
    force: str
    issued: str
    superseded: str
    binds: str
    checked: str
    judged_by: str
    inferred: str
    state: str
    serves: str
    rules: str
    no_rules: str
    clauses: str
    second_reader: str
    broken: str
    examples: str
    instruments_total: str
    requirements_total: str
    counted_twice: str
    share: str
    # the page of the coverage
    page_title: str
    page_as_of: str
    page_proven: str
    page_columns: tuple[str, ...]
    page_rows: tuple[str, ...]
    reached: str


@cache
def command_words(lang: str) -> CommandWords:
    """The words of commands; those of simplified Chinese for a language that is not there."""
    if lang == "en":
        from collectlint.words import commands_en

        return commands_en.WORDS
    if lang in ("hant", "hk"):
        from collectlint.words import commands_hant

        words = commands_hant.WORDS
        return CommandWords(*in_hong_kong(words)) if lang == "hk" else words
    from collectlint.words import commands_zh

    return commands_zh.WORDS
