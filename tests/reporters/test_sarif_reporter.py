"""SARIF against the official schema and the Microsoft validator (`npm ci --prefix tests/reporters`)."""

from __future__ import annotations

import io
import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectlint.finding import Evidence, Failure, Finding, NotEvaluated, Report, Severity
from collectlint.reporters import ReportOptions, sarif

MODULES = Path(__file__).parent / "node_modules" / "@microsoft"
MULTITOOL = MODULES / "sarif-multitool-linux"
SCHEMAS = {
    "rtm5": MODULES / "jest-sarif" / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json",
    "multitool": MULTITOOL / "sarif-2.1.0.json",
}


DEFAULT = ReportOptions()


def installed(path: Path) -> Path:
    if not path.exists():
        told = f"{path.name} is missing: npm ci --prefix tests/reporters"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    return path


@cache
def validator(name: str) -> Any:
    schema = json.loads(installed(SCHEMAS[name]).read_text("utf-8-sig"))
    return jsonschema.validators.validator_for(schema)(schema)


def log_bytes(report: Report, options: ReportOptions = DEFAULT) -> bytes:
    out = io.BytesIO()
    sarif.write(report, out, options)
    return out.getvalue()


def log_of(report: Report, options: ReportOptions = DEFAULT) -> dict[str, Any]:
    return json.loads(log_bytes(report, options))


WILD = st.text(st.characters(codec=None), max_size=12) | st.sampled_from(
    ["{0}", "[a](b)", " ", "\x00", "\ud800"]
)
NUMBER = st.integers(min_value=0, max_value=30)
FINDINGS = st.builds(
    Finding,
    document=WILD,
    rule=st.sampled_from(["cn/a/b", "cn/a/c"]),
    family=st.just("threat"),
    families=st.lists(st.sampled_from(["threat", "abuse"]), max_size=3).map(tuple),
    severity=st.sampled_from(Severity),
    confidence=st.sampled_from(["high", "medium", "low", ""]),
    turn=NUMBER,
    start=NUMBER,
    end=NUMBER,
    matched=WILD,
    excerpt=WILD,
    excerpt_start=NUMBER,
    message=WILD,
    remedy=WILD,
    basis=st.just(()),
    path=WILD,
    line=NUMBER,
    column=NUMBER,
    end_line=NUMBER,
    end_column=NUMBER,
    cell=WILD,
    at=st.none() | st.floats(),
    evidence=st.lists(st.builds(Evidence, NUMBER, NUMBER, NUMBER, WILD), max_size=2).map(tuple),
    title=WILD,
)
REPORTS = st.builds(
    Report,
    findings=st.lists(FINDINGS, max_size=3).map(tuple),
    not_evaluated=st.lists(st.builds(NotEvaluated, WILD, st.just("cn/x/y"), WILD), max_size=2).map(tuple),
    failures=st.lists(st.builds(Failure, WILD, NUMBER, WILD, WILD), max_size=2).map(tuple),
    documents=NUMBER,
    manifest=st.dictionaries(WILD, WILD | st.floats(), max_size=2),
    origins=st.just({}),
)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_rich_report_is_valid(name: str, rich_report: Report) -> None:
    validator(name).validate(log_of(rich_report))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_check_can_fail(name: str, rich_report: Report) -> None:
    log = log_of(rich_report)
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"] = 0
    assert not validator(name).is_valid(log)


@settings(max_examples=40, deadline=None)
@given(REPORTS)
def test_any_report_is_valid(report: Report) -> None:
    log = log_of(report)
    for name in SCHEMAS:
        validator(name).validate(log)
    for result in log["runs"][0]["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        start = region["startLine"], region["startColumn"]
        assert (1, 1) <= start <= (region["endLine"], region["endColumn"])
        assert result["message"]["text"].strip()


@pytest.fixture
def hostile_report(rich_report: Report) -> Report:
    """A finding and a failure on each of the payloads."""
    told = json.loads(Path(__file__).with_name("payloads.json").read_bytes())
    many = [one for some in told.values() for one in some]
    usual = rich_report.findings[0]
    found = tuple(
        usual._replace(
            document=one, path=one, cell=one, start=0, end=len(one), matched=one, excerpt=one, message=one,
            remedy=one, title=one, via=(one,), evidence=(Evidence(0, 0, len(one), one),),
        )
        for one in many
    )  # fmt: skip
    return rich_report._replace(findings=found, failures=tuple(Failure(one, 1, one, one) for one in many))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_report_on_every_payload_is_valid(name: str, hostile_report: Report) -> None:
    validator(name).validate(log_of(hostile_report))


def multitool_errors(log: bytes, folder: Path) -> list[str]:
    program = installed(MULTITOOL / "Sarif.Multitool")
    program.chmod(0o755)  # install scripts are switched off, and this is all that it would do
    path = folder / "report.sarif"
    path.write_bytes(log)
    command = [program, "validate", path, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"]
    run = subprocess.run(
        [*map(str, command), "--json-schema", str(MULTITOOL / "sarif-2.1.0.json")],
        capture_output=True,
        text=True,
        env=os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        check=True,
    )
    assert "Analysis completed successfully" in run.stdout
    return [line for line in run.stdout.splitlines() if ": error " in line]  # its exit code says nothing


def test_the_microsoft_validator_finds_no_error(rich_report: Report, tmp_path: Path) -> None:
    assert multitool_errors(log_bytes(rich_report), tmp_path) == []


def test_the_microsoft_validator_takes_every_payload(hostile_report: Report, tmp_path: Path) -> None:
    assert multitool_errors(log_bytes(hostile_report), tmp_path) == []


def test_the_microsoft_validator_can_fail(rich_report: Report, tmp_path: Path) -> None:
    log = log_of(rich_report)
    log["runs"][0]["results"][0]["ruleIndex"] = 99
    assert multitool_errors(json.dumps(log).encode(), tmp_path)


def test_columns_are_declared_as_code_points(rich_report: Report) -> None:
    run = log_of(rich_report)["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (7, 12)


def test_a_cell_has_a_place_and_says_which_cell(rich_report: Report) -> None:
    result = log_of(rich_report)["runs"][0]["results"][2]
    location = result["locations"][0]
    assert location["logicalLocations"][0]["name"] == "催收!C7"
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "%E8%A1%A8%20%E6%A0%BC.xlsx"
    assert "催收!C7" in result["message"]["text"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("/base/里/a b.txt", "%E9%87%8C/a%20b.txt"),
        ("a:b#c?d%.txt", "a%3Ab%23c%3Fd%25.txt"),
        ("./x/../y.txt", "y.txt"),
        ("/elsewhere/y.txt", "file:///elsewhere/y.txt"),
        ("", "stdin"),
        ("\ud800.txt", "%3F.txt"),
    ],
)
def test_uris_are_relative_and_encoded(path: str, uri: str, rich_report: Report) -> None:
    report = rich_report._replace(findings=(rich_report.findings[0]._replace(path=path),))
    result = log_of(report, ReportOptions(base="/base"))["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_equal_lines_get_different_hashes_that_do_not_depend_on_the_line_number(rich_report: Report) -> None:
    finding = rich_report.findings[1]
    moved = finding._replace(line=99, end_line=99)

    def hashes(*findings: Finding) -> list[str]:
        results = log_of(rich_report._replace(findings=findings))["runs"][0]["results"]
        return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]

    assert hashes(finding) == hashes(moved)
    first, second = hashes(finding, moved)
    assert first != second
    assert all(value.endswith(":1") for value in (first, second))


def test_message_syntax_of_sarif_is_escaped(rich_report: Report) -> None:
    text = log_of(rich_report)["runs"][0]["results"][2]["message"]["text"]
    assert r"\[点我\](http://evil.invalid) {{0}} {name}" in text


def test_what_was_not_judged_is_told(rich_report: Report) -> None:
    invocation = log_of(rich_report)["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert len(invocation["toolExecutionNotifications"]) == 2
    counts = [item["properties"]["count"] for item in invocation["toolConfigurationNotifications"]]
    assert sum(counts) == len(rich_report.not_evaluated)
