"""`--lang`: every command about rules and law in each language, against files that a person has read."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from collectlint.words import LANGUAGES

GOLDEN = Path(__file__).parents[1] / "golden" / "cli"
_HAN = re.compile("[\u4e00-\u9fff]")
COMMANDS = (
    ("rules", "list"),
    ("rules", "list", "--profile", "profile.yaml"),
    ("rules", "show", "cn/harassment/quiet-hours"),
    ("explain", "common/threat/expose-contacts"),
    ("explain", "你这个老赖，我们绝不会爆您的通讯录，法院已受理"),
    ("law", "list"),
    ("law", "list", "--requirements"),
    ("law", "show", "demo-rule"),
    ("law", "show", "CN-T02"),
    ("law", "coverage"),
    ("law", "coverage", "--by", "clause"),
)
PROFILE = "title: 甲\njurisdiction: cn\ncreditor_type: bank\nignore: common/abuse/insults\n"


def told(call, rules, lang: str) -> str:
    lines = []
    for command in COMMANDS:
        result = call(*command, "--rules", rules, "--lang", lang)
        assert result.exit_code == 0, result.output
        lines += [f"$ collectlint {' '.join(command)}", result.stdout]
    return "\n".join(lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_commands_in_each_language(call, rules, tmp_path, monkeypatch, lang):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    made = told(call, rules, lang)
    golden = GOLDEN / f"commands.{lang}.txt"
    if os.environ.get("WRITE_GOLDEN"):  # read the difference before it is committed
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_the_coverage_in_each_language(call, rules, lang):
    page = call("law", "coverage", "--rules", rules, "--format", "html", "--lang", lang).stdout
    tag, title = {
        "zh": ("zh-CN", "法规覆盖"),
        "hant": ("zh-TW", "法規涵蓋"),
        "hk": ("zh-HK", "法規涵蓋"),
        "en": ("en-US", "Coverage of the law"),
    }[lang]
    assert f'<html lang="{tag}">' in page
    assert f"<title>collectlint {title}</title>" in page


def test_english_output_of_shipped_rules_has_no_chinese_of_our_own(call, rules, monkeypatch):
    """What is left is quoted: the text, its words, and names of clauses."""
    monkeypatch.chdir(rules.parents[2])
    demo = (
        "check",
        "corpora/formats/demo",
        "--rules",
        "rules",
        "--lang",
        "en",
        "--fail-on",
        "never",
        "--no-second-reader",
    )
    result = call(*demo, "--format", "concise")
    for line in result.stdout.split("\n"):
        bare = re.sub("“[^”]*”", "", line)
        assert not _HAN.search(bare), line
    listed = call("rules", "list", "--profile", "tw-bank-card", "--lang", "en").stdout
    assert len(listed.split("\n")) > 300
    assert not _HAN.search(listed.replace("原", ""))
