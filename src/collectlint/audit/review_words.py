"""What stands in the reviewers' workbook in each language, and what of it an import understands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from collectlint.words import LANGUAGES
from collectlint.words.traditional import shown

COLUMNS = (
    "verdict", "comment", "severity", "rule", "title", "family", "matched", "excerpt", "message", "remedy",
    "basis", "channel", "time", "agent", "team", "document", "path", "line", "cell", "turn", "second",
    "speaker", "confidence", "fingerprint",
)  # fmt: skip
RIGHT, WRONG, OPEN = "right", "wrong", "open"


class ReviewWords(NamedTuple):
    """Headings in the order of `COLUMNS`, verdicts (right, wrong, open), names of sheets, and the rest."""

    headings: tuple[str, ...]
    verdicts: tuple[str, str, str]
    findings: str
    rules: str
    agents: str
    teams: str
    waived: str
    notes: str
    rule_columns: tuple[str, ...]
    group_columns: tuple[str, ...]  # after the name of the agent or team
    waived_columns: tuple[str, ...]
    agent: str
    team: str
    choose: str
    how: str


_ZH = ReviewWords(
    headings=(
        "复核结论", "复核备注", "程度", "规则", "名称", "类别", "命中", "原文", "说明", "建议", "依据",
        "渠道", "时间", "坐席", "团队", "文档", "文件路径", "行", "单元格", "轮次", "秒", "说话人", "可信度",
        "指纹",
    ),
    verdicts=("成立", "不成立", "存疑"),
    findings="问题",
    rules="规则",
    agents="坐席",
    teams="团队",
    waived="已豁免",
    notes="须知",
    rule_columns=("规则", "名称", "类别", "处数", "文档数"),
    group_columns=("文档数", "有问题的文档", "问题率", "95% 置信区间", "处数", "说明"),
    waived_columns=(
        "规则", "名称", "程度", "命中", "原文", "理由", "到期日", "豁免所在", "文档", "文件路径", "行",
    ),
    agent="坐席",
    team="团队",
    choose="请从列表中选",
    how="复核结论请填：{}；填好后 collectlint review import 本文件。",
)  # fmt: skip
_EN = ReviewWords(
    headings=(
        "verdict", "comment", "severity", "rule", "title", "family", "words", "text", "what is wrong",
        "instead", "basis", "channel", "time", "agent", "team", "document", "file", "line", "cell", "turn",
        "second", "speaker", "confidence", "fingerprint",
    ),
    verdicts=("upheld", "not upheld", "unclear"),
    findings="findings",
    rules="rules",
    agents="agents",
    teams="teams",
    waived="waived",
    notes="notes",
    rule_columns=("rule", "title", "family", "findings", "documents"),
    group_columns=("documents", "violating", "share", "95 % interval", "findings", "note"),
    waived_columns=(
        "rule", "title", "severity", "words", "text", "why", "until", "written in", "document", "file",
        "line",
    ),
    agent="agent",
    team="team",
    choose="Please choose from the list",
    how="Verdicts are {}; then `collectlint review import` this file.",
)  # fmt: skip
_INSTEAD = {  # what reviewers write for a verdict
    RIGHT: ("是", "对", "對", "√", "✓", "yes", "y", "1", "true", "valid"),
    WRONG: ("否", "误报", "誤報", "×", "✗", "x", "no", "n", "0", "false", "invalid"),
    OPEN: ("?", "？", "不确定", "不確定", "unsure"),
}


@lru_cache
def review_words(lang: str) -> ReviewWords:
    """The words in `zh`, `hant`, `hk` or `en`."""
    if lang == "en":
        return _EN
    return ReviewWords._make(_in_script(one, lang) for one in _ZH)


def _in_script(words: str | tuple[str, ...], lang: str) -> str | tuple[str, ...]:
    return shown(words, lang) if isinstance(words, str) else tuple(shown(one, lang) for one in words)


def columns_meant(head: Sequence[str]) -> list[str]:
    """Names of the columns of a sheet by its headings, "" for those of others.

    The headings are read in the language that knows most of them: 文件 is a path in one and a document in
    another.
    """
    known = [
        {heading.lower(): name for name, heading in zip(COLUMNS, review_words(lang).headings, strict=True)}
        for lang in LANGUAGES
    ]
    return max(
        ([names.get(heading.lower(), "") for heading in head] for names in known),
        key=lambda read: sum(map(bool, read)),
    )


@lru_cache
def verdicts_meant() -> dict[str, str]:
    """Verdict in any language, small letters, and what is written instead -> right, wrong, open."""
    meant = {
        word.lower(): one
        for lang in LANGUAGES
        for one, word in zip((RIGHT, WRONG, OPEN), review_words(lang).verdicts, strict=True)
    }
    return meant | {word: one for one, words in _INSTEAD.items() for word in words}
