"""Template files at the command line: what was left alone, and `collectlint segments`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TEMPLATE = (
    "尊敬的${name}，您尾号${card_tail}的账户应还${amount}元，请于今日内通过官方渠道还款，"
    "如有困难请致电客服协商，谢谢您的支持。"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_was_left_alone_is_said_for_each_file(call, project: Path) -> None:
    (project / "a.json").write_text('{"content": "您好", "备忘": "甲", "x": "乙"}', encoding="utf-8")
    (project / "b.yaml").write_text("页面: {确认: 确定}\n", encoding="utf-8")
    told = json.loads(call("check", ".", "--format", "json").stdout)
    assert told["summary"]["documents"] == 1
    left = [one for one in told["not_evaluated"] if one["rule"] == "input/texts"]
    assert [one["document"] for one in left] == ["a.json", "b.yaml"]
    assert "2 处中文" in left[0]["reason"]
    assert "1 处中文" in call("check", ".").stdout


def test_many_files_share_a_line(call, project: Path) -> None:
    for number in range(12):
        (project / f"{number:02}.yaml").write_text("页面: 确定\n", encoding="utf-8")
    told = json.loads(call("check", ".", "--format", "json").stdout)
    left = [one["reason"] for one in told["not_evaluated"] if one["rule"] == "input/texts"]
    assert len(left) == 11
    assert left[-1].startswith("另有 2 个文件共 2 处")


def test_segments_are_told_at_both_ends(call, project: Path) -> None:
    record = {"TemplateCode": "T1", "TemplateContent": TEMPLATE, "SignName": "示例银行"}
    email = {"id": "T2", "content": "您好", "channel": "email"}
    (project / "t.json").write_text(json.dumps([record, email], ensure_ascii=False), encoding="utf-8")
    (project / "collectlint.yaml").write_text(
        "variables: {name: {type: name, length: 6}, amount: {type: amount, length: 12}}\n", encoding="utf-8"
    )
    result = call("segments", "t.json", "--format", "json")
    assert result.exit_code == 0
    (one,) = json.loads(result.stdout)["templates"]
    assert (one["document"], one["encoding"], one["guessed"]) == ("T1", "UCS-2", ["card_tail"])
    assert one["shortest"] == {"units": 60, "parts": 1}
    assert one["longest"] == {"units": 75, "parts": 2}
    assert one["factor"] == 2
    text = call("segments", "t.json").stdout
    assert "60(1)–75(2)  费用×2  长度未声明：card_tail" in text
    assert "各发一次计 1 至 2 条" in text


def test_segments_name_what_cannot_be_read(call, project: Path) -> None:
    (project / "t.json").write_text('{"sms": "您好', encoding="utf-8")
    result = call("segments", "t.json")
    assert result.exit_code == 3
    assert "t.json:1" in result.stderr


def test_config_show_lists_what_catalogues_are_read_with(call, project: Path) -> None:
    (project / "collectlint.yaml").write_text(
        "texts: [sms/*]\nvalues: {party: {朋友: contact}}\noverrides:\n"
        "  - {paths: '*.kt', expression: 'send\\(', values: {party: {本人: debtor}}}\n",
        encoding="utf-8",
    )
    (project / "a.kt").write_text("", encoding="utf-8")
    shown = json.loads(call("config", "show", "a.kt", "--format", "json").stdout)["settings"]
    assert shown["texts"]["value"] == ["sms/*"]
    assert shown["expression"]["value"] == "send\\("
    assert shown["values.party"]["value"] == {"本人": "debtor"}
