"""The formats of code hosts against what their readers publish, and read back by real readers.

GitLab: the table of docs.gitlab.com/ci/testing/code_quality. rdjson: reviewdog's proto/rdf. Checkstyle: the
elements and attributes that Checkstyle's own XMLLogger writes. JUnit has no official schema: those of
Jenkins' junit-10.xsd and GitLab's table of what it reads.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import jsonschema
import junitparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectlint.finding import Failure, Finding, Report, Severity, Waived
from collectlint.reporters import ReportOptions
from collectlint.reporters.table import reporter

VALIDATOR = Path(__file__).parent / "node_modules" / "@umbrelladocs" / "rdformat-validator" / "bin"

GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1, "pattern": "^(?!\\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
POSITION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
}
DIAGNOSTIC = {
    "type": "object",
    "additionalProperties": False,  # reviewdog's parser refuses unknown keys
    "required": ["message", "location"],
    "properties": {
        "message": {"type": "string", "minLength": 1},
        "location": {
            "type": "object",
            "additionalProperties": False,
            "required": ["path"],
            "properties": {
                "path": {"type": "string", "minLength": 1},
                "range": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["start"],
                    "properties": {"start": POSITION, "end": POSITION},
                },
            },
        },
        "severity": {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]},
        "source": {"type": "object", "required": ["name"]},
        "code": {"type": "object", "required": ["value"]},
    },
}
RDJSON = {
    "type": "object",
    "additionalProperties": False,
    "required": ["source", "diagnostics"],
    "properties": {"source": {"type": "object"}, "diagnostics": {"type": "array", "items": DIAGNOSTIC}},
}
# Element -> (attributes it must have, further ones it may have, elements in it).
CHECKSTYLE = {
    "checkstyle": ({"version"}, set(), {"file"}),
    "file": ({"name"}, set(), {"error"}),
    "error": ({"line", "severity", "message", "source"}, {"column"}, set()),
}
COUNTS = {"tests", "failures", "errors"}
JUNIT = {
    "testsuites": ({"name", "time", *COUNTS}, {"disabled"}, {"testsuite"}),
    "testsuite": (
        {"name", "time", "skipped", *COUNTS},
        {"disabled", "hostname", "id", "package", "timestamp"},
        {"properties", "testcase", "system-out", "system-err"},
    ),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, set(), set()),
    "testcase": (
        {"name", "classname", "time"},
        {"assertions", "status", "class", "file", "line", "url"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": ({"message", "type"}, set(), set()),
    "error": ({"message", "type"}, set(), set()),
    "skipped": ({"message"}, {"type"}, set()),
}


def written(name: str, report: Report, **options: Any) -> bytes:
    module = reporter(name)
    if module.MEDIA == "bytes":
        out = io.BytesIO()
        module.write(report, out, ReportOptions(**options))
        return out.getvalue()
    text = io.StringIO()
    module.write(report, text, ReportOptions(**options))
    return text.getvalue().encode()


def faults(element: ET.Element, known: dict[str, tuple[set[str], set[str], set[str]]]) -> list[str]:
    must, may, inside = known[element.tag]
    found = [f"{element.tag} lacks {name}" for name in must - set(element.attrib)]
    found += [f"{element.tag} has {name}" for name in set(element.attrib) - must - may]
    for child in element:
        if child.tag not in inside:
            found.append(f"{element.tag} holds {child.tag}")
        else:
            found += faults(child, known)
    return found


def finding(text: str, line: int = 3, path: str = "a.txt", severity: Severity = Severity.ERROR) -> Finding:
    return Finding(
        document=text, rule="cn/threat/x", family="threat", families=("threat",), severity=severity,
        confidence="high", turn=0, start=0, end=len(text), matched=text, excerpt=text, excerpt_start=0,
        message=text, remedy=text, basis=(), path=path, line=line, column=min(line, 1), end_line=line,
        end_column=2, cell=text[:3], title=text, fingerprint="00" * 8,
    )  # fmt: skip


WILD = st.text(st.characters(codec=None) | st.sampled_from("|\\`<>@#[]():\n\r\ufffe\uffff\x00"), max_size=12)
FINDINGS = st.builds(
    finding, WILD, st.integers(0, 9), WILD | st.sampled_from(["a.txt", ""]), st.sampled_from(Severity)
)
REPORTS = st.builds(
    Report,
    findings=st.lists(FINDINGS, max_size=3).map(tuple),
    not_evaluated=st.just(()),
    failures=st.lists(st.builds(Failure, WILD, st.integers(0, 9), WILD, WILD), max_size=2).map(tuple),
    documents=st.integers(0, 9),
    waived=st.lists(st.builds(Waived, FINDINGS, WILD, WILD, WILD, st.just(1)), max_size=2).map(tuple),
    origins=st.just({}),
    manifest=st.just({}),
)


@settings(max_examples=60, deadline=None)
@given(REPORTS)
def test_any_report_is_valid(report: Report) -> None:
    check_valid(report)


def test_a_report_on_every_payload_is_valid() -> None:
    check_valid(payloads())


def payloads() -> Report:
    """A finding, a failure and a waiver on each."""
    told = json.loads(Path(__file__).with_name("payloads.json").read_bytes())
    many = [one for some in told.values() for one in some]
    found = tuple(finding(one, path=one) for one in many)
    failures = tuple(Failure(one, 1, one, one) for one in many)
    return Report(found, (), failures, len(many), waived=tuple(Waived(one, "x", "", "y", 1) for one in found))


def check_valid(report: Report) -> None:
    entries = json.loads(written("gitlab", report))
    jsonschema.validate(entries, GITLAB)
    prints = [entry["fingerprint"] for entry in entries[: len(report.findings)]]
    assert len(set(prints)) == len(prints)
    jsonschema.validate(json.loads(written("rdjson", report)), RDJSON)
    for line in written("rdjsonl", report).decode().split("\n")[:-1]:
        jsonschema.validate(json.loads(line), DIAGNOSTIC)
    assert faults(ET.fromstring(written("checkstyle", report)), CHECKSTYLE) == []
    root = ET.fromstring(written("junit", report))
    assert faults(root, JUNIT) == []
    cases = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(cases)) == len(cases)


def test_the_checks_can_fail(rich_report: Report) -> None:
    entries = json.loads(written("gitlab", rich_report))
    entries[0]["location"]["lines"]["begin"] = 0
    assert not jsonschema.Draft202012Validator(GITLAB).is_valid(entries)
    told = json.loads(written("rdjson", rich_report))
    told["suppressed"] = 1
    assert not jsonschema.Draft202012Validator(RDJSON).is_valid(told)
    root = ET.fromstring(written("checkstyle", rich_report))
    del root[0][0].attrib["line"]
    assert faults(root, CHECKSTYLE) == ["error lacks line"]


def test_reviewdogs_own_format_checker_takes_both_forms(rich_report: Report, tmp_path: Path) -> None:
    program = VALIDATOR / "rdformat-validator.js"
    if not program.exists() or shutil.which("node") is None:
        pytest.skip("npm ci --prefix tests/reporters")

    def complaint(told: Any) -> str:
        path = tmp_path / "report.json"
        path.write_text(json.dumps(told), encoding="utf-8")
        command = ["node", str(program), "--strict", "--no-extra-fields", "--format", "json", str(path)]
        ended = subprocess.run(command, capture_output=True, check=False)
        return f"{ended.returncode}: {ended.stdout!r} {ended.stderr!r}" if ended.returncode else ""

    assert complaint(json.loads(written("rdjson", payloads()))) == ""
    whole = json.loads(written("rdjson", rich_report))
    lines = written("rdjsonl", rich_report).decode().split("\n")[:-1]
    assert complaint(whole) == ""
    assert complaint({"diagnostics": [json.loads(line) for line in lines]}) == ""  # it knows no lines
    whole["diagnostics"][0]["severity"] = "error"
    assert "severity" in complaint(whole)


def test_gitlab_tells_equal_sentences_in_two_files_apart() -> None:
    report = Report((finding("x"), finding("x", path="b.txt"), finding("x", line=9)), (), (), 2)
    entries = json.loads(written("gitlab", report))
    assert len({entry["fingerprint"] for entry in entries}) == 3
    moved = Report((finding("x", line=8),), (), (), 1)
    assert json.loads(written("gitlab", moved))[0]["fingerprint"] == entries[0]["fingerprint"]
    assert not written("gitlab", report).startswith(b"\xef\xbb\xbf")


def test_a_junit_reader_sees_the_counts(rich_report: Report) -> None:
    suites = junitparser.JUnitXml.fromstring(written("junit", rich_report))
    assert (suites.tests, suites.failures, suites.errors) == (10, 5, 2)
    results = [type(one).__name__ for suite in suites for case in suite for one in case.result]
    assert sorted(results) == ["Error"] * 2 + ["Failure"] * 5 + ["Skipped"] * 2
    own = next(iter(suites))
    assert {one.name: one.value for one in own.properties()}["suppressed"] == "2"


def test_checkstyle_counts_in_a_comment(rich_report: Report) -> None:
    assert b"<!-- documents=4 findings=5 not_evaluated=6 suppressed=2 failures=2 -->" in written(
        "checkstyle", rich_report
    )


@settings(max_examples=60, deadline=None)
@given(REPORTS)
def test_a_markdown_table_keeps_its_form_and_its_text_acts_nowhere(report: Report) -> None:
    check_table(report)


def test_no_payload_acts_in_markdown() -> None:
    report = payloads()
    for one in report.findings:
        check_table(Report((one,), (), (), 1))


def check_table(report: Report) -> None:
    lines = written("markdown", report).decode("utf-8", "surrogatepass").split("\n")
    rows = [line for line in lines if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 6 for row in rows)
    assert len(rows) == (len(report.findings) + 2 if report.findings else 0)
    whole = "\n".join(lines)
    assert re.findall(r"<(?!br>|!-- -->|!-- collectlint-report -->|/?details>|/?summary>)", whole) == []
    assert not re.search(r"@(?!<!-- -->)", whole)
    assert not re.search(r"(?<!\\)(?:\\\\)*\]\(", whole)


def test_a_markdown_comment_stays_within_what_hosts_take() -> None:
    report = Report(tuple(finding("很长" * 200) for _ in range(500)), (), (), 1)
    told = written("markdown", report).decode()
    assert len(told) < 65_000
    shown = told.count("\n| 错误 |")
    assert f"另有 {500 - shown} 处未列出" in told
