"""Reviewers' workbook: out, edited with a spreadsheet library, and in again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collectlint.audit.review_words import review_words
from collectlint.words import LANGUAGES

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "\u202e反\u202c",
    "\x1b[31m红",
    "_x0041_",
    "+1",
    "\x00",
)


@pytest.fixture
def out(audit, tmp_path) -> Path:
    rows = [
        {"id": f"12345678901234567{which}", "text": f"{hostile}，你这个老赖要不要脸", "agent_id": hostile,
         "agency": hostile, "started_at": "2026-03-02T10:00:00"}
        for which, hostile in enumerate(HOSTILE)
    ]  # fmt: skip
    rows += [{"id": f"m-{which}", "text": "再不还钱就爆你通讯录，13800138000"} for which in range(3)]
    path = tmp_path / "m.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    folder = tmp_path / "out"
    assert audit(path, "--out", folder, "--jobs", 1).return_value == 0
    return folder


def test_cells_are_typed_text_frozen_filtered_and_validated(out):
    book = openpyxl.load_workbook(out / "review.xlsx")
    sheet = book["问题"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref.startswith("A1:X")
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == '"成立,不成立,存疑"'
    assert f"A2:A{sheet.max_row}" in str(validation.sqref)
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    ids = {row[15].value for row in sheet.iter_rows(min_row=2)}
    assert "123456789012345670" in ids
    texts = "".join(str(cell.value) for cell in cells)
    assert "\x1b" not in texts
    assert "\u202e" not in texts
    assert "13800138000" not in texts
    for name in ("坐席", "团队", "规则"):
        kinds = {
            cell.data_type
            for row in book[name].iter_rows(min_row=2)
            for cell in row
            if cell.value is not None
        }
        assert kinds <= {"s", "n"}, name


def test_verdicts_come_back_as_precision_by_rule(call, out, tmp_path):
    path = out / "review.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["问题"]
    answers: dict[str, list[str]] = {}
    for row in range(2, sheet.max_row + 1):
        rule = sheet.cell(row, 4).value
        own = answers.setdefault(rule, [])
        verdict = ("成立", "成立", "不成立", "存疑", "")[len(own) % 5]
        own.append(verdict)
        sheet.cell(row, 1).value = verdict or None
    sheet.insert_cols(1)  # reviewers add columns of their own
    sheet.cell(1, 1).value = "组长"
    book.save(path)
    result = call("review", "import", path, "--format", "json", "--candidates", tmp_path / "c.jsonl")
    got = {row["rule"]: row for row in json.loads(result.stdout)}
    assert set(got) == set(answers)
    for rule, own in answers.items():
        right, wrong = own.count("成立"), own.count("不成立")
        assert (got[rule]["right"], got[rule]["wrong"]) == (right, wrong)
        assert (got[rule]["open"], got[rule]["unread"]) == (own.count("存疑"), own.count(""))
        assert got[rule]["precision"] == (right / (right + wrong) if right + wrong else None)
        assert got[rule]["low"] <= (got[rule]["precision"] or 0) <= got[rule]["high"]
    kept = [json.loads(line) for line in (tmp_path / "c.jsonl").read_text(encoding="utf-8").splitlines()]
    decided = sum(verdict in ("成立", "不成立") for own in answers.values() for verdict in own)
    assert len(kept) == decided
    assert "13800138000" not in (tmp_path / "c.jsonl").read_text(encoding="utf-8")
    assert {one["label"]["violating"] for one in kept} == {True, False}
    checked = call("check", tmp_path / "c.jsonl", "--isolated", "--format", "json")
    assert json.loads(checked.stdout)["summary"]["failures"] == 0


def test_a_verdict_that_is_none_is_named_with_its_row(call, out):
    path = out / "review.xlsx"
    book = openpyxl.load_workbook(path)
    book["问题"]["A3"] = "大概吧"
    book.save(path)
    result = call("review", "import", path)
    assert result.return_value == 2
    assert "第 3 行的复核结论「大概吧」看不懂" in result.stderr


def test_another_workbook_is_refused(call, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙"])
    book.save(tmp_path / "x.xlsx")
    assert call("review", "import", tmp_path / "x.xlsx").return_value == 2
    (tmp_path / "y.xlsx").write_bytes(b"not a zip")
    assert call("review", "import", tmp_path / "y.xlsx").return_value == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_speaks_the_language_and_is_read_in_it(call, out, lang):
    call("report", out, "--format", "xlsx", "--lang", lang, "-q")
    path = out / "review.xlsx"
    book = openpyxl.load_workbook(path)
    said = review_words(lang)
    assert book.sheetnames == [said.findings, said.rules, said.agents, said.teams, said.notes]
    sheet = book[said.findings]
    assert tuple(cell.value for cell in sheet[1]) == said.headings
    assert len(set(said.headings)) == len(said.headings)
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == f'"{",".join(said.verdicts)}"'
    if lang == "en":
        words = [str(cell.value) for one in book for cell in one[1]] + [sheet.cell(2, 3).value]
        assert not [word for word in words if any("\u4e00" <= char <= "\u9fff" for char in word)]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 1).value = said.verdicts[row % 3]
    book.save(path)
    result = call("review", "import", path, "--format", "json", "--candidates", out / "c.jsonl")
    assert result.return_value == 0, result.stderr
    got = json.loads(result.stdout)
    counts = [sum(row % 3 == which for row in range(2, sheet.max_row + 1)) for which in range(3)]
    assert [sum(row[name] for row in got) for name in ("right", "wrong", "open")] == counts
    assert {row["rule"] for row in got} == {sheet.cell(row, 4).value for row in range(2, sheet.max_row + 1)}
    (first, *_) = (out / "c.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(first)["source"].endswith("m.jsonl:1")


def test_languages_in_one_workbook_are_all_read(call, out):
    """Verdicts of reviewers who write in another language than the sheet."""
    path = out / "review.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["问题"]
    for row, verdict in enumerate(("upheld", "Not upheld", "成立", "誤報", "UNCLEAR"), 2):
        sheet.cell(row, 1).value = verdict
    book.save(path)
    got = json.loads(call("review", "import", path, "--format", "json").stdout)
    assert [sum(row[name] for row in got) for name in ("right", "wrong", "open")] == [2, 2, 1]


def test_what_is_waived_has_a_sheet_of_its_own(audit, call, tmp_path):
    path = tmp_path / "m.jsonl"
    row = {"id": "a", "text": "再不还钱就爆你通讯录", "collectlint": "ignore[cn/threat/expose-contacts] =1+1"}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    audit(path, "--out", tmp_path / "out", "--jobs", 1)
    sheet = openpyxl.load_workbook(tmp_path / "out" / "review.xlsx")["已豁免"]
    cells = [cell for cell in sheet[2] if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [sheet.cell(2, 1).value, sheet.cell(2, 6).value] == ["cn/threat/expose-contacts", "=1+1"]
