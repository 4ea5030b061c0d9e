"""Texts that attack the terminal, the build machine or the spreadsheet that shows the report."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from collectlint.finding import Failure, Finding, NotEvaluated, Report, Severity, Waived
from collectlint.reporters import ReportOptions
from collectlint.reporters.table import MODULES, reporter

PAYLOADS = [
    "::error::x",
    "  ::stop-commands::x",
    "a\n::add-mask::b",
    "a\r::set-output name=x::y",
    "##[error]x",
    "字##vso[task.setvariable]x",
    "##TeamCity[buildStatus]",
    "%0A::error::x",
    "\x1b[31m\x1b]8;;http://e\x07",
    "\u202e反\u2066\u2069\u200b\u2060\ufeff\u00ad",
    "\u3164\u115f\u2800",
    "\u2028\u2029\x85\x0b\x0c",
    "\ud800\udc00\udfff",
    "\U000e0041",
    "=cmd|'/C calc'!A0",
    "＝1",
    "+1",
    "＋1",
    "-1",
    "－1",
    "@SUM(A1)",
    "＠x",
    "\t=1",
    "\r=1",
    "\0=1",
    " =1",
    "</script><script>alert(1)</script>",
    '","=1',
]
MANY = [
    one
    for some in json.loads(Path(__file__).with_name("payloads.json").read_bytes()).values()
    for one in some
]
COMMAND = re.compile(r"\s*::")


def report_with(text: str) -> Report:
    finding = Finding(
        document=text,
        rule="cn/threat/x",
        family="threat",
        families=("threat",),
        severity=Severity.ERROR,
        confidence="high",
        turn=0,
        start=0,
        end=len(text),
        matched=text,
        excerpt=text,
        excerpt_start=0,
        message=text,
        remedy=text,
        basis=(),
        path=text,
        line=1,
        column=1,
        end_line=1,
        end_column=2,
        cell=text,
        via=(text,),
        title=text,
    )
    # A cell hides the line in some formats, so both are tried.
    plain = finding._replace(cell="", path="")
    return Report(
        (finding, plain),
        (NotEvaluated(text, "cn/a/b", text),),
        (Failure(text, 1, text, text),),
        1,
        manifest={"input": text},
        suppressed=2,
        waived=(Waived(finding, text, text, text, 1), Waived(plain, text, "", text, 1)),
    )


def rendered(name: str, report: Report, encoding: str = "utf-8") -> str:
    module = reporter(name)
    if module.MEDIA == "bytes":
        out = io.BytesIO()
        module.write(report, out, ReportOptions())
        return out.getvalue().decode("utf-8-sig")
    text = io.StringIO()
    module.write(report, text, ReportOptions(encoding=encoding))
    return text.getvalue().encode(encoding).decode(encoding)


def check_harmless(name: str, written: str) -> None:
    lines = re.split(r"\r\n|\n|\r", written)
    for line in lines:
        assert "##[" not in line
        assert not re.search(r"##[a-z]+\[", line, re.IGNORECASE)
        if COMMAND.match(line):
            assert name == "github"
            assert re.match(r"::(error|warning|notice) (file|title)=[^:]*::", line)
    if name in ("text", "concise", "github", "csv", "markdown", "junit", "checkstyle"):
        ends = {"\n", "\r"} if name == "csv" else {"\n"}
        hiding = {char for char in written if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
        assert hiding <= ends


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("name", MODULES)
def test_a_payload_stays_text(name: str, payload: str) -> None:
    check_harmless(name, rendered(name, report_with(payload)))


def test_there_are_many() -> None:
    assert len(set(MANY)) >= 300


@pytest.mark.parametrize("name", MODULES)
def test_many_payloads_stay_text(name: str) -> None:
    for payload in MANY:
        check_harmless(name, rendered(name, report_with(payload)))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None) | st.sampled_from(":#[\n\r\x1b\u202e=% v"), max_size=20))
@example(":")
def test_any_text_stays_text(text: str) -> None:
    for name in MODULES:
        check_harmless(name, rendered(name, report_with(text)))


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "big5", "utf-8"])
@pytest.mark.parametrize("name", [name for name in MODULES if reporter(name).MEDIA == "text"])
def test_an_output_that_cannot_print_a_character_gets_an_escape(name: str, encoding: str) -> None:
    assert r"\U0001f600" in rendered(name, report_with("😀"), encoding) or encoding == "utf-8"


def test_no_cell_of_the_csv_begins_like_a_formula() -> None:
    for payload in PAYLOADS + MANY:
        written = rendered("csv", report_with(payload))
        rows = list(csv.reader(io.StringIO(written, newline="")))
        assert len({len(row) for row in rows}) == 1
        for cell in (cell.lstrip("\u3000\u00a0 ") for row in rows for cell in row):
            assert not cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\0"))
        assert written.endswith("\r\n")


@pytest.mark.parametrize("payload", [*PAYLOADS, *MANY])
def test_json_keeps_the_text(payload: str) -> None:
    kept = re.sub("[\ud800-\udfff]", "\ufffd", payload)
    whole = json.loads(rendered("json", report_with(payload)))
    assert whole["findings"][0]["matched"] == kept
    lines = [json.loads(line) for line in rendered("jsonl", report_with(payload)).split("\n") if line]
    assert [line["type"] for line in lines] == [
        "finding", "finding", "not_evaluated", "failure", "waived", "waived", "summary"
    ]  # fmt: skip
    assert lines[0]["message"] == kept
