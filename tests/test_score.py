"""Scores: signed points by rule, family and severity, once a call; means by agent; all parts shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.document import Document, Origin, Turn
from collectlint.errors import UsageError
from collectlint.finding import Finding, NotEvaluated, Report, Severity
from collectlint.redact import redact
from collectlint.rulebook import folder
from collectlint.rulebook.profile import read_profile, weights
from collectlint.score import Scoring, Weights


def finding(document: str, rule: str, severity: Severity = Severity.ERROR) -> Finding:
    family = rule.split("/")[1]
    return Finding(
        document, rule, family, (family,), severity, "high", 0, 0, 1, "x", "x", 0, "", "", (), "a.jsonl"
    )


def document(name: str, agent: str | None = None) -> Document:
    return Document(name, (Turn("agent", "您好"),), Origin("a.jsonl", 1, 1), agent_id=agent)


def scored(documents: list[Document], findings: list[Finding], given: Weights, unknown=()) -> Report:
    scoring = Scoring(given)
    assert list(scoring.watched(documents)) == documents
    return scoring.scored(Report(tuple(findings), tuple(unknown), (), len(documents)))


GIVEN = Weights(
    100.0,
    {"common/threat/x": -30.0, "house/process/polite": 5.0},
    {"process": -1.0},
    {"error": -10.0, "warning": -3.0, "info": 0.0},
)


def test_the_more_specific_weight_counts_and_points_are_signed() -> None:
    found = [
        finding("c", "common/threat/x"),
        finding("c", "common/threat/y", Severity.WARNING),
        finding("c", "common/process/z", Severity.ERROR),
        finding("c", "house/process/polite", Severity.INFO),
        finding("c", "common/abuse/q", Severity.INFO),
    ]
    scores = scored([document("c")], found, GIVEN).scores
    assert scores is not None
    (call,) = scores.documents
    assert call.points == 100 - 30 - 3 - 1 + 5
    assert [(part.rule, part.points) for part in call.parts] == [
        ("common/threat/x", -30.0),
        ("common/threat/y", -3.0),
        ("common/process/z", -1.0),
        ("common/abuse/q", 0.0),
        ("house/process/polite", 5.0),
    ]
    assert scores.agents == ()


def test_a_rule_counts_once_a_call_at_its_gravest() -> None:
    found = [
        finding("c", "common/abuse/q", Severity.WARNING),
        finding("c", "common/abuse/q", Severity.ERROR),
        finding("c", "common/abuse/q", Severity.INFO),
    ]
    scores = scored([document("c")], found, GIVEN).scores
    assert scores is not None
    assert scores.documents[0].points == 90


def test_agents_have_the_mean_of_their_calls_clean_ones_too() -> None:
    documents = [
        document("a", "7"),
        document("b", "7"),
        document("c", "8"),
        document("d"),
        document("e", "7"),
    ]
    found = [finding("a", "common/abuse/q"), finding("b", "common/abuse/q"), finding("d", "common/abuse/q")]
    unknown = [NotEvaluated("a", "cn/harassment/quiet-hours", "缺少 started_at")]
    scores = scored(documents, found, GIVEN, unknown).scores
    assert scores is not None
    assert [call.points for call in scores.documents] == [90, 90, 100, 90, 100]
    assert scores.documents[0].not_evaluated == 1
    assert [(one.agent, one.calls, one.points) for one in scores.agents] == [("7", 3, 93.33), ("8", 1, 100)]
    (part,) = scores.agents[0].parts
    assert (part.weight, part.calls, part.points) == (-10, 2, -20)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("pqr"), st.sampled_from(list(Severity)))))
def test_the_parts_make_the_score(hits: list[tuple[str, str, Severity]]) -> None:
    found = [finding(name, f"common/abuse/{rule}", severity) for name, rule, severity in hits]
    scores = scored([document(name, "7") for name in "abc"], found, GIVEN).scores
    assert scores is not None
    for call in scores.documents:
        assert call.points == scores.start + sum(part.points for part in call.parts)
    (agent,) = scores.agents
    total = sum(part.points for part in agent.parts)
    assert agent.points == pytest.approx(scores.start + total / 3, abs=0.01)


def test_names_in_scores_are_masked() -> None:
    report = scored(
        [document("13812345678", "13912345678")], [finding("13812345678", "common/abuse/q")], GIVEN
    )
    told = str(redact(report).scores)
    assert "13812345678" not in told
    assert "13912345678" not in told


def test_weights_come_from_the_profile() -> None:
    rules = folder.load().rules
    strict = weights(read_profile("house-strict", folder.shipped()), rules)
    assert strict.start == 100
    assert strict.severities == {"error": -10, "warning": -3, "info": -0.5}
    assert strict.families == {"threat": -25, "process": -2}
    assert strict.rules == {"common/harassment/complaint-passed-over": -8}
    assert weights(None, rules) == Weights()
    inherited = read_profile("house-strict", folder.shipped())._replace(
        score={"start": 0.0, "weights": {"common/harassment/complaint-*": 1.5}}
    )
    assert weights(inherited, rules).rules == {
        "common/harassment/complaint-by-standing": 1.5,
        "common/harassment/complaint-loops": 1.5,
        "common/harassment/complaint-passed-over": 1.5,
    }
    wrong = inherited._replace(score={"start": None, "weights": {"common/harrassment": -1.0}})
    with pytest.raises(UsageError, match="common/harrassment"):
        weights(wrong, rules)
