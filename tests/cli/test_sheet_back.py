"""`check X.xlsx --output xlsx=Y.xlsx` hands the sheet back with answers beside each row."""

from __future__ import annotations

from pathlib import Path

import pytest

openpyxl = pytest.importorskip("openpyxl")
SHIPPED = Path(__file__).parents[2] / "rules"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    from openpyxl.styles import Font, PatternFill

    book = openpyxl.Workbook()
    page = book.active
    page.title = "话术"
    page.append(["催收话术（第三季度）"])
    page.append(["编号", "模板内容", "金额"])
    page.append(["00123", "再不还钱就爆你通讯录", 12.5])
    page.append(["00124", "【青田银行】感谢您的还款，本期已结清，祝您生活愉快。", 3])
    page.append(["00125", "=1+1", 4])
    page["C3"].number_format = "0.00"
    page["B2"].font = Font(bold=True, color="FF112233")
    page["A3"].fill = PatternFill("solid", fgColor="FFABCDEF")
    page.column_dimensions["B"].width = 55
    page.freeze_panes = "A3"
    page.conditional_formatting.add(
        "C3:C9",
        openpyxl.formatting.rule.CellIsRule(operator="greaterThan", formula=["10"], font=Font(bold=True)),
    )
    book.create_sheet("说明").append(["只有一列"])
    path = tmp_path / "话术.xlsx"
    book.save(path)
    return path


def test_answers_stand_beside_each_row_and_the_rest_is_kept(call, sheet, tmp_path):
    out = tmp_path / "审核结果.xlsx"
    result = call("check", sheet, "--rules", SHIPPED, "-o", f"xlsx={out}", "-q")
    assert result.exit_code == 1
    book = openpyxl.load_workbook(out)
    page = book["话术"]
    titles = [cell.value for cell in page[2]]
    assert titles == ["编号", "模板内容", "金额", "审核结果", "命中文字", "规则", "说明", "依据", "修改建议"]
    assert page["D3"].value == "错误"
    assert "爆你通讯录" in page["E3"].value
    assert "cn/threat/expose-contacts" in page["F3"].value
    assert page["H3"].value
    assert page["I3"].value
    assert page["D4"].value == "未发现问题"
    assert page["D2"].font.bold == page["C2"].font.bold
    assert (page["C3"].number_format, page["C3"].value) == ("0.00", 12.5)
    assert page["A3"].value == "00123"
    assert page["A3"].fill.fgColor.rgb == "FFABCDEF"
    assert page["B2"].font.color.rgb == "FF112233"
    assert page.column_dimensions["B"].width == 55
    assert page.freeze_panes == "A3"
    assert len(page.conditional_formatting) == 1
    assert book["说明"].max_column == 1
    assert page["B5"].value == "=1+1"


def test_only_one_workbook_can_be_handed_back(call, sheet, demo, tmp_path):
    result = call("check", sheet, demo, "--rules", SHIPPED, "-o", f"xlsx={tmp_path / 'x.xlsx'}")
    assert result.exit_code == 2
    assert "一份 xlsx" in result.stderr
