"""`rules docs`: the pages are those of the rules, their links resolve, and SARIF points to them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from collectlint.proof.pages import pages
from collectlint.rulebook.folder import load, read
from collectlint.rulebook.rule import in_language

HOME = Path(__file__).parents[2]
DOCS = HOME / "docs" / "rules"
_LINK = re.compile(r"\]\(([^()]+)\)")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages(None)


def test_the_pages_in_the_repository_are_those_of_the_rules(made):
    kept = {
        path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")
    }
    assert sorted(kept) == sorted(made), "run: make docs"
    assert [name for name in made if made[name] != kept[name]] == [], "run: make docs"


def test_every_link_resolves(made):
    for name, text in made.items():
        links = _LINK.findall(re.sub(r"(`+).*?\1", "", text))
        assert links
        for link in links:
            assert ((DOCS / name).parent / link).resolve().exists(), (name, link)


def test_a_page_has_basis_examples_and_remedy(made):
    text = made["cn/threat/expose-contacts.md"]
    for words in (
        "# 以爆通讯录相威胁",
        "小额贷款公司监督管理暂行办法",
        "37(4)",
        "- 命中：",
        "我司将依法维护权益",
        "据公开报道 2026-11-22",
    ):
        assert words in text


def test_tables_keep_their_columns(made):
    for name, text in made.items():
        block: list[int] = []
        for line in [*text.split("\n"), ""]:
            if line.startswith("|"):
                block.append(len(re.findall(r"(?<!\\)\|", line)))
            elif block:
                assert len(set(block)) == 1, name
                block = []


def test_check_finds_what_is_stale_and_writing_mends_it(call, rules, tmp_path):
    target = tmp_path / "pages"
    assert call("rules", "docs", target, "--rules", rules).exit_code == 0
    assert call("rules", "docs", target, "--rules", rules, "--check").exit_code == 0
    page = target / "common" / "abuse" / "insults.md"
    page.write_text("old", encoding="utf-8")
    gone = target / "common" / "abuse" / "gone.md"
    gone.write_text((target / "index.md").read_text(encoding="utf-8"), encoding="utf-8")
    theirs = target / "notes.md"
    theirs.write_text("mine", encoding="utf-8")
    result = call("rules", "docs", target, "--rules", rules, "--check")
    assert (result.exit_code, "insults.md" in result.stdout) == (1, True)
    assert call("rules", "docs", target, "--rules", rules).exit_code == 0
    assert page.read_text(encoding="utf-8") != "old"
    assert not gone.exists()
    assert theirs.exists()


def test_sarif_points_to_the_page(call, rules, monkeypatch):
    def rule(*more: str) -> dict[str, object]:
        command = ("check", "-t", "你这个老赖", "--format", "sarif", "--fail-on", "never", *more)
        return json.loads(call(*command).stdout)["runs"][0]["tool"]["driver"]["rules"][0]

    assert "helpUri" not in rule()
    page = "https://example.org/rules/common/abuse/insults.md"
    assert rule("--docs-url", "https://example.org/rules/")["helpUri"] == page
    monkeypatch.setenv("COLLECTLINT_DOCS_URL", "https://example.org/rules")
    assert rule()["helpUri"] == page
    html = "https://example.org/site/common/abuse/insults.html"
    assert rule("--docs-url", "https://example.org/site/{rule}.html")["helpUri"] == html


def test_rules_speak_three_languages():
    """Nearly all of them: a rule may arrive before its translation."""
    lacking = []
    rules = read().rules
    for rule in rules:
        for key in ("title", "message", "remedy"):
            texts = rule.values[key]
            if not all(texts[lang] for lang in ("zh", "hant", "en")):
                lacking.append((rule.id, key))
                continue
            assert not re.search("[\u4e00-\u9fff]", texts["en"].replace("原", "")), (rule.id, key)
            for slot in ("{matched}", "{note}"):
                assert len({slot in text for text in texts.values()}) == 1, (rule.id, key)
    assert len(lacking) <= len(rules) * 3 * 0.05, lacking


def test_hong_kong_has_its_own_words():
    texts = {"zh": "短信里的账户", "hant": "簡訊裡的帳戶", "en": "the account in the SMS"}
    assert in_language(texts, "hant") == "簡訊裡的帳戶"
    assert in_language(texts, "hk") == "短訊裏的賬戶"
    assert in_language({"zh": "甲"}, "hk") == "甲"


@pytest.mark.parametrize(
    ("lang", "words"), [("hant", "錯誤"), ("hk", "錯誤"), ("en", "error"), ("zh", "错误")]
)
def test_a_report_in_each_language(lang, words):
    from click.testing import CliRunner

    from collectlint.cli.root import root

    assert load().rules
    text = CliRunner().invoke(root, ["check", "-t", "再不還錢我就打斷你的腿", "--lang", lang]).stdout
    assert words in text
    title = next(rule for rule in load().rules if rule.id == "common/threat/hurt").words("title", lang)
    assert title in text
