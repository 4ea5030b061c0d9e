"""The scores in the text report: every score with the parts that make it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from collectlint.scores import ScorePart, Scores
from collectlint.words import Words


def score_lines(scores: Scores, words: Words, safe: Callable[[str], str]) -> Iterator[str]:
    """Lines for documents in their order, then for agents, the lowest first."""
    start = words.start.format(f"{scores.start:g}")
    yield words.scores
    for one in scores.documents:
        unknown = f"  {words.undecided_rules.format(one.not_evaluated)}" if one.not_evaluated else ""
        head = f"  {words.document} {safe(one.document)}  {one.points:g}"
        yield f"{head}  = {start}{_told(one.parts, safe)}{unknown}"
    for agent in scores.agents:
        head = f"  {words.agent} {safe(agent.agent)}  {agent.points:g}"
        yield f"{head}  = {words.mean.format(agent.calls)}; {start}{_told(agent.parts, safe)}"


def _told(parts: tuple[ScorePart, ...], safe: Callable[[str], str]) -> str:
    return "".join(
        f"  {part.points:+g} {safe(part.rule)}"
        + (f" ({part.weight:+g} × {part.calls})" if part.calls > 1 else "")
        for part in parts
    )
