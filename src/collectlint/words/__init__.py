"""The fixed words of reports and commands, one home for each language.

`zh` is simplified Chinese, `hant` traditional as in Taiwan, `hk` as in Hong Kong, `en` English.
"""

from functools import cache
from typing import Any, NamedTuple

LANGUAGES = ("zh", "hant", "hk", "en")
# What HTML and SARIF call them.
TAGS = {"zh": "zh-CN", "hant": "zh-TW", "hk": "zh-HK", "en": "en-US"}


class Words(NamedTuple):
    """What every report says; `{}` stands for what a field is filled with.

    Keys of the dictionaries are the words that machines read, which are the same in every language.
    """

    severities: dict[str, str]
    marks: dict[str, str]  # how well a clause was checked
    speakers: dict[str, str]
    families: dict[str, str]
    confidences: dict[str, str]
    kinds: dict[str, str]  # rows of the CSV table
    colon: str
    quoted: str
    aside: str
    document: str
    turn: str
    cell: str
    matched: str
    confidence: str
    message: str
    basis: str
    remedy: str
    via: str
    see: str
    not_evaluated: str
    failures: str
    waived: str
    until: str
    clean: str
    title: str
    totals: str
    counts: str
    more_rules: str
    more_findings: str
    reasons: str
    rules_without: str
    not_evaluated_rule: str
    not_evaluated_count: str
    waived_count: str
    columns: tuple[str, ...]  # of the table in Markdown
    header: tuple[str, ...]  # of the CSV table
    unreadable: tuple[str, str]  # what an unreadable input means: in short, in full
    undecided: tuple[str, str]  # what a rule not evaluated means
    that_day: str  # of counts: which contact of how many, in which time
    within_days: str
    within_hours: str
    within_minutes: str
    soon_after: str
    nth_or_later: str
    nth_contact: str
    scores: str
    agent: str
    start: str
    mean: str
    undecided_rules: str


@cache
def words(lang: str) -> Words:
    """The words of reports; those of simplified Chinese for a language that is not there."""
    if lang == "en":
        from collectlint.words import en

        return en.WORDS
    if lang in ("hant", "hk"):
        from collectlint.words import hant

        return Words(*in_hong_kong(hant.WORDS)) if lang == "hk" else hant.WORDS
    from collectlint.words import zh

    return zh.WORDS


def in_hong_kong(value: Any) -> Any:
    """The same texts inside tuples and dictionaries in the wording of Hong Kong."""
    from collectlint.words.hong_kong import hong_kong

    if isinstance(value, str):
        return hong_kong(value)
    if isinstance(value, dict):
        return {key: in_hong_kong(one) for key, one in value.items()}
    return tuple(in_hong_kong(one) for one in value)
