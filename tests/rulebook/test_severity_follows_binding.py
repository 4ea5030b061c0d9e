"""Severity follows binding force and mark, for every shipped rule: the table of rules/README.md."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collectlint.document import Document, Turn
from collectlint.finding import Severity
from collectlint.linter import Options, lint
from collectlint.proof.examples import examples
from collectlint.rulebook.folder import load, read
from collectlint.rulebook.reading import Read
from collectlint.rulebook.rule import Bound, Rule
from collectlint.rulebook.rulebook import Rulebook

DAY = "2026-11-22"
LAW = {"law", "regulation", "departmental_rule", "normative_document", "judicial_interpretation"}
SOFT = {"recommended_standard", "self_regulation", "code_of_practice"}
OUTSIDE = {"creditor_type": "private", "product": "other"}


@pytest.fixture(scope="module")
def files() -> Read:
    return read()


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load()


def kinds(book: Rulebook, rule: Rule, jurisdiction: str) -> set[str]:
    """The kinds of what the rule rests on in a jurisdiction on the day."""
    found = (book.sources[entry["source"]] for entry in rule.data["basis"])
    return {
        one.kind
        for one in found
        if one.jurisdiction in (jurisdiction, "any") and (one.since or "") <= DAY <= (one.until or "9999")
    }


def test_what_rests_on_weak_sources_or_memory_is_off(files, book):
    house = {name for name, source in files.sources.items() if source["kind"] == "house"}
    checked = 0
    for rule in book.rules:
        marks = {entry["verified"] for entry in rule.data["basis"] if entry["source"] not in house}
        if marks and marks <= {"weak", "memory"}:
            assert rule.off, rule.id
        checked += 1
    assert checked > 300


def test_house_figures_are_never_errors(book):
    """Where a jurisdiction has nothing but our own figure, a finding is a warning at most."""
    own = 0
    for rule in book.rules:
        if rule.is_own:
            own += 1
            assert rule.severity <= Severity.WARNING, rule.id
            continue
        for jurisdiction in rule.data["jurisdictions"]:
            if kinds(book, rule, jurisdiction) == {"house"}:
                assert not rule.basis(Bound(jurisdiction), DAY)[1], rule.id
    assert own


def test_platform_terms_are_no_law(book):
    """A rule on nothing but a platform's terms is off until a profile asks for it."""
    for rule in book.rules:
        if {book.sources[entry["source"]].kind for entry in rule.data["basis"]} == {"platform_contract"}:
            assert rule.off, rule.id
        if rule.id.startswith("platform/"):
            assert rule.off, rule.id


def test_every_soft_instrument_says_whom_it_binds(book):
    for source in book.sources.values():
        if source.kind in SOFT:
            assert source.scope.get("creditor_types"), source.id


def test_errors_rest_on_law_or_on_what_binds_within_its_scope(book):
    """Recommended standards, self-regulation and codes: an error inside their scope, a warning outside."""
    soft = 0
    for rule in book.rules:
        if rule.severity is not Severity.ERROR or rule.off:
            continue
        for jurisdiction in rule.data["jurisdictions"]:
            found = kinds(book, rule, jurisdiction)
            if not found or found & LAW or found == {"house"}:
                continue
            assert found <= SOFT | {"platform_contract", "house"}, rule.id
            assert rule.basis(Bound(jurisdiction), DAY)[1], rule.id
            if "platform_contract" not in found:
                soft += 1
                assert not rule.basis(Bound(jurisdiction, **OUTSIDE), DAY)[1], (rule.id, jurisdiction)
    assert soft >= 10


def test_outside_the_scope_findings_are_warnings(files, book):
    """The same by the rules' own examples, said by a private lender."""
    seen = set()
    for file in files.rules:
        rule = next(one for one in book.rules if one.id == file.id)
        if rule.severity is not Severity.ERROR or rule.is_count or rule.data["applies"]["creditor_types"]:
            continue
        for example in examples(file, rule.data["jurisdictions"][0]):
            document: Document = example.document
            if example.kind != "hit" or kinds(book, rule, document.jurisdiction) & (
                LAW | {"platform_contract"}
            ):
                continue
            found = lint(
                document._replace(**OUTSIDE),
                book,
                Options(as_of=DAY, by_event=False, only=frozenset([rule.id]), second_reader=False),
            ).findings
            for one in found:
                seen.add(rule.id)
                assert one.severity <= Severity.WARNING, (rule.id, one.matched)
    assert len(seen) >= 5


def test_better_not_is_a_warning(book):
    """「不宜」 of the guideline: unanswered attempts."""
    rule = next(one for one in book.rules if one.id == "cn/harassment/unanswered-attempts")
    assert rule.severity is Severity.WARNING


HOUSE_SOURCES = """\
sources:
  ours: {title: {zh: 本机构办法}, kind: house, jurisdiction: any, verified: primary, clauses: {"1": {zh: 不得骂人, verified: primary}}}
  theirs: {title: {zh: 某行守则}, kind: code_of_practice, jurisdiction: cn, verified: primary, scope: {creditor_types: [bank]}, clauses: {"1": {zh: 不得骂人, verified: primary}}}
"""  # noqa: E501
HOUSE_RULE = """\
id: house/abuse/names
title: 骂人
family: abuse
severity: error
status: test
basis: [BASIS]
message: 不得骂人
remedy: 改称您
when: {phrase: [死老赖]}
tests: {hit: [你个死老赖], miss: [您好]}
"""


@pytest.mark.parametrize(
    ("sources", "severity"),
    [(("ours",), Severity.ERROR), (("theirs", "ours"), Severity.WARNING)],
)
def test_a_house_binds_itself_by_rules_of_its_own(
    tmp_path: Path, sources: tuple[str, ...], severity: Severity
):
    """An error that a house wrote stays one; beside a code that does not bind, its figure binds nobody."""
    (tmp_path / "house" / "abuse").mkdir(parents=True)
    (tmp_path / "sources.yaml").write_text(HOUSE_SOURCES, encoding="utf-8")
    basis = ", ".join(f'{{source: {one}, clause: "1", verified: primary}}' for one in sources)
    text = HOUSE_RULE.replace("BASIS", basis)
    (tmp_path / "house" / "abuse" / "names.yaml").write_text(text, encoding="utf-8")
    document = Document("d", (Turn("agent", "你个死老赖"),), creditor_type="private")
    found = lint(document, load(tmp_path), Options(as_of=DAY, second_reader=False)).findings
    assert [one.severity for one in found] == [severity]


def test_a_house_rule_is_in_every_profile_of_the_house(tmp_path: Path):
    from click.testing import CliRunner

    from collectlint.cli.root import root

    (tmp_path / "house" / "abuse").mkdir(parents=True)
    (tmp_path / "sources.yaml").write_text(HOUSE_SOURCES, encoding="utf-8")
    for name, basis in (("own", "ours"), ("code", "theirs")):
        text = HOUSE_RULE.replace("BASIS", f'{{source: {basis}, clause: "1", verified: primary}}')
        text = text.replace("house/abuse/names", f"house/abuse/{name}").replace("骂人\n", f"骂人{name}\n", 1)
        (tmp_path / "house" / "abuse" / f"{name}.yaml").write_text(text, encoding="utf-8")
    profile = tmp_path / "profiles" / "ours.yaml"
    profile.parent.mkdir()
    profile.write_text("title: 我司\njurisdiction: cn\ncreditor_type: private\n", encoding="utf-8")
    command = ["rules", "list", "--rules", str(tmp_path), "--profile", str(profile), "--format", "json"]
    result = CliRunner().invoke(root, command)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert {one["id"]: one["used"] for one in told} == {"house/abuse/own": True, "house/abuse/code": False}
