"""The example repository of templates: each CI format as a person has read it, each region in its file.

After a wanted change: COLLECTLINT_UPDATE_GOLDEN=1 pytest tests/test_template_repository.py; read the diff.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from collectlint.cli.root import root

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "corpora" / "formats" / "templates"
GOLDEN = ROOT / "tests" / "golden" / "templates"
FORMATS = {
    "sarif": "report.sarif",
    "github": "report.github.txt",
    "gitlab": "report.gitlab.json",
    "junit": "report.junit.xml",
    "checkstyle": "report.checkstyle.xml",
    "rdjson": "report.rdjson",
    "rdjsonl": "report.rdjsonl",
    "markdown": "report.md",
}
ENCODINGS = {"big5.csv": "big5", "messages_old.properties": "latin-1"}
# What changes with every rule and every release.
VARYING = re.compile(rb'("(?:rules_sha256|semanticVersion|version)": ")(?!2\.1\.0")[^"]*')
LINES = re.compile(r"\r\n|\r|\n")


def run(*args: object, **given: Any) -> Result:
    return CliRunner().invoke(root, [*map(str, args)], **given)


def check(*args: object) -> dict[str, Any]:
    result = run("check", *args, "--as-of", "2026-11-22", "--format", "json", "--show-personal")
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture(autouse=True)
def _private(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLLECTLINT_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "templates-cache"))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.chdir(ROOT)


def test_the_repository_is_read_in_full() -> None:
    told = check(TEMPLATES)
    assert told["summary"]["documents"] >= 150
    assert told["failures"] == []
    assert {Path(one["path"]).suffix for one in told["findings"]} == {
        ".csv", ".java", ".json", ".kt", ".properties", ".py", ".ts", ".xlsx", ".yaml", ".yml",
    }  # fmt: skip
    assert told["summary"]["suppressed"] >= 4
    assert not [one for one in told["findings"] if one["family"] == "waiver"]
    clean = told["summary"]["documents"] - len({(one["path"], one["document"]) for one in told["findings"]})
    assert clean >= 50


def test_every_ci_format_is_written_as_in_its_golden_file(tmp_path: Path) -> None:
    if os.environ.get("COLLECTLINT_UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
    outputs = [part for name in FORMATS for part in ("-o", f"{name}={tmp_path / FORMATS[name]}")]
    where = TEMPLATES.relative_to(ROOT)
    result = run("check", where, "--as-of", "2026-11-22", "-q", *outputs)
    assert result.exit_code == 1, result.output
    for name in FORMATS.values():
        made = VARYING.sub(rb"\1-", (tmp_path / name).read_bytes())
        if os.environ.get("COLLECTLINT_UPDATE_GOLDEN"):
            (GOLDEN / name).write_bytes(made)
        assert made == (GOLDEN / name).read_bytes(), name


# -- places -----------------------------------------------------------------------------------------


def plain(written: str) -> str:
    """What stands in a file without escapes, joins, quotes and blanks."""
    written = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)
    written = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda found: chr(int(found[1], 16)), written)
    units = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
    written = units.sub(
        lambda found: bytes.fromhex(found[0].replace("\\u", "")).decode("utf-16-be", "replace"), written
    )
    written = written.replace("\\n", "")
    return re.sub(r"[\s\\\"'+]", "", written)


def region(finding: dict[str, Any]) -> str:
    path = Path(finding["path"])
    raw = LINES.split(path.read_bytes().decode(ENCODINGS.get(path.name, "utf-8")))
    first, last = finding["line"] - 1, finding["end_line"] - 1
    if first == last:
        return raw[first][finding["column"] - 1 : finding["end_column"] - 1]
    between = raw[first + 1 : last]
    return "\n".join([raw[first][finding["column"] - 1 :], *between, raw[last][: finding["end_column"] - 1]])


def test_every_region_shows_the_offending_words() -> None:
    told = check(TEMPLATES)
    looked = 0
    for finding in told["findings"]:
        if finding["path"].endswith(".xlsx"):
            assert re.fullmatch(r"(推送|信函)!C\d", finding["cell"])
            continue
        assert finding["line"], finding
        assert plain(region(finding)) == plain(finding["matched"]), finding
        looked += 1
    assert looked > 200
    folded = [one for one in told["findings"] if one["line"] != one["end_line"]]
    assert len(folded) >= 10  # words that go over line ends, escapes and joins


# -- what a fingerprint survives --------------------------------------------------------------------


def moved(text: str, name: str) -> str:
    """The same catalogue in another order and indent, with a template more."""
    if name == "push.yaml":
        head, *entries = re.split(r"(?m)^(?=  - )", text)
        random.Random(7).shuffle(entries)
        added = "  - id: push-99\n    body: 您的资料已更新，请查看。\n"
        body = "".join(entry if entry.endswith("\n") else entry + "\n" for entry in [added, *entries])
        return head + re.sub(r"(?m)^(?=.)", "    ", body)
    if name == "alibaba.json":
        value = json.loads(text)
        value["SmsTemplateList"].reverse()
        value["SmsTemplateList"].insert(3, {"TemplateCode": "SMS_9", "TemplateContent": "您好，资料已更新。"})
        return json.dumps(value, ensure_ascii=True, indent="\t")
    lines = text.split("\n")
    at = next(which for which, line in enumerate(lines) if line.startswith("ui."))
    return "\n".join(["# 新增", "sms.added=您好，资料已更新。", "", *lines[at:], *lines[:at]])


@pytest.mark.parametrize("name", ["yaml/push.yaml", "sms/alibaba.json", "spring/messages_zh_CN.properties"])
def test_moved_and_indented_templates_keep_their_fingerprints(name: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    copy = tmp_path / Path(name).name
    shutil.copyfile(TEMPLATES / name, copy)
    before = check(copy)["findings"]
    assert before
    baseline = tmp_path / "baseline.jsonl"
    made = run(
        "check",
        copy,
        "--baseline",
        baseline,
        "--write-baseline",
        "--reason",
        "旧模板",
        "--as-of",
        "2026-11-22",
    )
    assert baseline.exists(), made.output
    copy.write_text(moved(copy.read_text(encoding="utf-8"), copy.name), encoding="utf-8")
    after = check(copy)
    marks = sorted(one["fingerprint"] for one in before)
    assert sorted(one["fingerprint"] for one in after["findings"]) == marks
    assert [one["line"] for one in after["findings"]] != [one["line"] for one in before]
    held = check(copy, "--baseline", baseline)
    assert held["findings"] == []
    assert held["summary"]["suppressed"] == len(marks) + after["summary"]["suppressed"]
