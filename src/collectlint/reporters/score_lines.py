"""The scores in the text report: every score with the parts that make it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from collectlint.finding import ScorePart, Scores


class ScoreWords(NamedTuple):
    """The fixed words in one language."""

    heading: str
    document: str
    agent: str
    start: str
    calls: str
    unknown: str


WORDS = {
    "zh": ScoreWords("评分", "文档", "坐席", "起始 {}", "{} 通平均", "{} 项未判定"),
    "hant": ScoreWords("評分", "文件", "坐席", "起始 {}", "{} 通平均", "{} 項未判定"),
    "hk": ScoreWords("評分", "文件", "職員", "起始 {}", "{} 通平均", "{} 項未判定"),
    "en": ScoreWords("scores", "document", "agent", "start {}", "mean of {} calls", "{} not evaluated"),
}


def score_lines(scores: Scores, lang: str, safe: Callable[[str], str]) -> Iterator[str]:
    """Lines for documents in their order, then for agents, the lowest first."""
    words = WORDS[lang]
    yield words.heading
    for one in scores.documents:
        unknown = f"  {words.unknown.format(one.not_evaluated)}" if one.not_evaluated else ""
        head = f"  {words.document} {safe(one.document)}  {number(one.points)}"
        yield f"{head}  = {words.start.format(number(scores.start))}{_told(one.parts, safe)}{unknown}"
    for agent in scores.agents:
        head = f"  {words.agent} {safe(agent.agent)}  {number(agent.points)}"
        mean = words.calls.format(agent.calls)
        yield f"{head}  = {mean}; {words.start.format(number(scores.start))}{_told(agent.parts, safe)}"


def _told(parts: tuple[ScorePart, ...], safe: Callable[[str], str]) -> str:
    return "".join(
        f"  {part.points:+g} {safe(part.rule)}"
        + (f" ({part.weight:+g} × {part.calls})" if part.calls > 1 else "")
        for part in parts
    )


def number(value: float) -> str:
    """Without a useless `.0`."""
    return f"{value:g}"
