"""What the second reader has to say of findings that rules made: it agrees, doubts, or names another family.

The bounds come from held-out scores: 1,277 documents of the blind batches m to t, each scored by a model
and rules that had not seen it. `LEAST_OWN` and the bounds of `resembles` were chosen on 970 documents before
them, in the same way: there they take away one wrong family in eight, and one right in a hundred.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from collectlint.finding import Finding, Severity
from collectlint.operators.resembles import ANY, likeness_of
from collectlint.view import View

SURE = 0.7  # the score of the text from which a warning becomes an error
DOUBTFUL = {Severity.ERROR: 0.5, Severity.WARNING: 0.4}  # below it goes down one step
DISMISSED = 0.12  # below it an error, too, becomes info, for a person to look at
# Code points, courtesies apart. Up to SHORT a text says too little to doubt what a rule finds, and hardly any
# score is low enough; from there to ENOUGH the bound rises evenly, so that a few more words change little.
SHORT = 20
ENOUGH = 60
SHORT_DOUBTFUL = 0.03
# The score of its own family below which a finding is of another one, and becomes info. Privacy is not
# told apart: its findings are of things that stand in the text.
LEAST_OWN = {
    "threat": 0.2,
    "third_party": 0.25,
    "deception": 0.2,
    "payment": 0.2,
    "abuse": 0.1,
    "harassment": 0.1,
}
LEAST_OWN_OF_ERROR = 0.1  # what a rule calls an error is told apart only where nothing of it is read
# The score of its family that a finding of the reader's own needs where rules have found something of
# another one: in held-out texts (all batches from g on), of such threats below it fewer than half were right.
BESIDE_RULES = {"threat": 0.65, "harassment": 0.45}
LONG = 1500  # code points; more have a little of everything, and nothing is raised for it
GUESSED = frozenset({"homophone", "look-alike", "initial"})  # readings of single words that may be wrong
SUPPORTED = 0.3  # the score of the text that a finding in such words needs


def reconsidered(view: View, findings: Iterable[Finding], heard: set[str]) -> list[Finding]:
    """The findings, those of the rules in `heard` with the second reader's agreement or doubt.

    It raises or lowers a severity, never adds a finding or takes one away.
    """
    likeness = likeness_of(view)
    if likeness is None:
        return list(findings)
    length = _length(view)
    return [_reconsidered(one, likeness.scores, length) if one.rule in heard else one for one in findings]


def guesses_weighed(view: View, findings: Iterable[Finding], asked: bool) -> list[Finding]:
    """The findings, those in guessed words with lower confidence.

    They are `info` unless the second reader finds something too, and at most `warning` where it is
    not `asked`, or the text is too short for it.
    """
    likeness = likeness_of(view) if asked and _length(view) >= SHORT else None
    out = []
    for one in findings:
        if GUESSED.isdisjoint(one.via):
            out.append(one)
        elif likeness is None:
            out.append(one._replace(severity=min(one.severity, Severity.WARNING), confidence="low"))
        elif likeness.any < SUPPORTED:
            via = tuple(dict.fromkeys((*one.via, "second-reader-doubts")))
            out.append(one._replace(severity=Severity.INFO, confidence="low", via=via))
        else:
            out.append(one._replace(confidence="medium") if one.confidence == "high" else one)
    return out


def beside_rules(view: View, findings: list[Finding], readers: Collection[str]) -> list[Finding]:
    """The findings but for those of the rules in `readers` that other rules leave nothing to say.

    These are of a family that is shown already, or a weak suspicion of another one, or in a text too
    short for more than one opinion.
    """
    shown = {
        family
        for one in findings
        if one.rule not in readers and one.severity >= Severity.WARNING
        for family in one.families
    }
    likeness = likeness_of(view) if shown else None
    if likeness is None:
        return findings
    is_long = _length(view) >= SHORT
    return [
        one
        for one in findings
        if one.rule not in readers
        or (
            is_long
            and one.family not in shown
            and likeness.scores.get(one.family, 1.0) >= BESIDE_RULES.get(one.family, 0.0)
        )
    ]


def _length(view: View) -> int:
    """How many code points a text has to say, courtesies apart."""
    return len(view.text) - sum(end - start for start, end in view.courtesies)


def _reconsidered(finding: Finding, scores: Mapping[str, float], length: int) -> Finding:
    severity = _severity(finding, scores, length)
    if severity == finding.severity:
        return finding
    if severity > finding.severity:
        return finding._replace(severity=severity, confidence="high", via=(*finding.via, "second-reader"))
    return finding._replace(severity=severity, confidence="low", via=(*finding.via, "second-reader-doubts"))


def _severity(finding: Finding, scores: Mapping[str, float], length: int) -> Severity:
    score = scores[ANY]
    if finding.severity is Severity.INFO:
        return finding.severity
    if length >= SHORT and _is_of_another_family(finding, scores):
        return Severity.INFO
    if length >= ENOUGH and score < DISMISSED:
        return Severity.INFO
    if score < _doubtful(finding.severity, length):
        return Severity(finding.severity - 1)
    return finding.severity if length > LONG else _raised(finding, score)


def _doubtful(severity: Severity, length: int) -> float:
    share = min(1.0, max(0.0, (length - SHORT) / (ENOUGH - SHORT)))
    return SHORT_DOUBTFUL + (DOUBTFUL[severity] - SHORT_DOUBTFUL) * share


def _raised(finding: Finding, score: float) -> Severity:
    return Severity.ERROR if score >= SURE else finding.severity


def _is_of_another_family(finding: Finding, scores: Mapping[str, float]) -> bool:
    is_error = finding.severity is Severity.ERROR
    least = {family: LEAST_OWN_OF_ERROR if is_error else bound for family, bound in LEAST_OWN.items()}
    return all(scores.get(family, 1.0) < least.get(family, 0.0) for family in finding.families)
