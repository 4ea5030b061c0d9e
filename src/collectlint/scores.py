"""Scores of calls and agents, as reports show them; `score` works them out."""

from typing import NamedTuple


class ScorePart(NamedTuple):
    """What one rule adds to a score: its weight, in how many calls, and the points that makes (signed)."""

    rule: str
    title: str
    weight: float
    calls: int
    points: float


class CallScore(NamedTuple):
    """One document: the points it starts with plus those of its parts; `agent` is empty when unknown."""

    document: str
    path: str
    agent: str
    points: float
    parts: tuple[ScorePart, ...]
    not_evaluated: int


class AgentScore(NamedTuple):
    """One agent: the mean over the calls; the parts are those of all of them together."""

    agent: str
    calls: int
    points: float
    parts: tuple[ScorePart, ...]


class Scores(NamedTuple):
    """Scores by document in their order, and by agent; `start` is what each document begins with."""

    start: float
    documents: tuple[CallScore, ...]
    agents: tuple[AgentScore, ...]
