"""Scores of calls and agents: a start, and signed points for each rule that hit, all of them shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from collectlint.document import Document
from collectlint.finding import Failure, Finding, Report
from collectlint.scores import AgentScore, CallScore, ScorePart, Scores

START = 100.0
WEIGHTS: Mapping[str, float] = {"error": -10.0, "warning": -3.0, "info": 0.0}


class Weights(NamedTuple):
    """Points of a rule: by its id, else by the family, else by the severity of its gravest finding."""

    start: float = START
    rules: Mapping[str, float] = {}
    families: Mapping[str, float] = {}
    severities: Mapping[str, float] = WEIGHTS

    def of(self, finding: Finding) -> float:
        if finding.rule in self.rules:
            return self.rules[finding.rule]
        if finding.family in self.families:
            return self.families[finding.family]
        return self.severities.get(finding.severity.label, 0.0)


class Scoring:
    """Notes the documents of a run as they pass, and scores them once the report is there."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._seen: list[tuple[str, str, str]] = []  # id, path, agent

    def watched(self, items: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
        for item in items:
            if isinstance(item, Document):
                self._seen.append((item.id, item.origin.path, item.agent_id or ""))
            yield item

    def scored(self, report: Report) -> Report:
        """The report with scores; a rule counts once a document, however often it hit there."""
        gravest: dict[tuple[str, str], dict[str, Finding]] = {}
        for one in report.findings:
            rules = gravest.setdefault((one.document, one.path), {})
            if one.rule not in rules or one.severity > rules[one.rule].severity:
                rules[one.rule] = one
        unknown = Counter(one.document for one in report.not_evaluated)
        calls = []
        for document, path, agent in self._seen:
            found = gravest.get((document, path), {}).values()
            parts = _parts((one, self._weights.of(one)) for one in found)
            points = self._weights.start + sum(part.points for part in parts)
            calls.append(CallScore(document, path, agent, points, parts, unknown[document]))
        return report._replace(scores=Scores(self._weights.start, tuple(calls), _agents(calls)))


def _parts(weighed: Iterable[tuple[Finding, float]]) -> tuple[ScorePart, ...]:
    parts = [ScorePart(one.rule, one.title, weight, 1, weight) for one, weight in weighed]
    return tuple(sorted(parts, key=lambda part: (part.points, part.rule)))


def _agents(calls: Iterable[CallScore]) -> tuple[AgentScore, ...]:
    """Agents by mean, the lowest first; a part is a rule at one weight."""
    by_agent: dict[str, list[CallScore]] = {}
    for call in calls:
        if call.agent:
            by_agent.setdefault(call.agent, []).append(call)
    agents = []
    for agent, own in by_agent.items():
        joined: dict[tuple[str, float], ScorePart] = {}
        for part in (part for call in own for part in call.parts):
            before = joined.get((part.rule, part.weight))
            number = before.calls + 1 if before else 1
            joined[part.rule, part.weight] = part._replace(calls=number, points=part.weight * number)
        parts = tuple(sorted(joined.values(), key=lambda part: (part.points, part.rule)))
        mean = sum(call.points for call in own) / len(own)
        agents.append(AgentScore(agent, len(own), round(mean, 2), parts))
    return tuple(sorted(agents, key=lambda one: (one.points, one.agent)))
