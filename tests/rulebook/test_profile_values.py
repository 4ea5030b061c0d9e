"""Profiles: what one inherits and adds, what its points are, and why each rule is in or out."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectlint.errors import UsageError
from collectlint.finding import Severity
from collectlint.rulebook.folder import read
from collectlint.rulebook.profile import Profile, profile_names, read_profile, standings, weights
from collectlint.rulebook.reading import HOUSE_HOURS, Changes
from collectlint.rulebook.rulebook import Rulebook
from collectlint.score import START, WEIGHTS

RULE = """\
id: {id}
title: 例
family: threat
severity: warning
basis: [{{source: {source}, clause: "1", verified: primary}}]
message: 例
remedy: 删
when: {{phrase: 上门}}
tests: {{hit: [x], miss: [x]}}
{more}
"""
SOURCES = """\
sources:
  law: {title: 法, kind: law, jurisdiction: any, verified: primary}
  cards: {title: 卡, kind: law, jurisdiction: any, verified: primary, scope: {products: [credit_card]}}
  later: {title: 后, kind: law, jurisdiction: any, verified: primary, in_force: {from: 2030-01-01}}
  ours: {title: 内, kind: house, jurisdiction: any, verified: primary}
  theirs: {title: 外, kind: house, jurisdiction: any, verified: primary, scope: {products: [credit_card]}}
"""
RULES = {
    "common/threat/plain": ("law", ""),
    "common/threat/off": ("law", "off: true"),
    "common/threat/past": ("law", "in_force: {to: 2020-01-01}"),
    "common/threat/cards": ("cards", ""),
    "common/threat/later": ("later", ""),
    "common/threat/ours": ("ours", ""),
    "common/threat/theirs": ("theirs", ""),
    "common/threat/banks": ("law", "applies: {creditor_types: [bank], products: [credit_card]}"),
    "common/threat/sms": ("law", "applies: {channels: [sms]}"),
    "tw/threat/taiwan": ("law", ""),
}
PROFILES = {
    "base": (
        "title: 底\njurisdiction: cn\ncreditor_type: bank\nproduct: credit_card\nchannels: [call]\n"
        "select: [common]\nignore: common/threat/off\nseverity: {common: info}\nlists: {words: [甲]}\n"
        "hours: 21:00-09:00\nscore: {start: 80, weights: {threat: -5, error: -9}}\n"
    ),
    "other": "title: 旁\nproduct: consumer_loan\nlists: {words: [乙], more: [丙]}\nenable: common/threat/off\n",
    "own": (
        "title: 我\nextends: [base, other]\nspeaker_role: agency\nselect: [common, tw]\nignore: common/threat/sms\n"
        "severity: {common/threat/plain: error}\nlists: {words: [丁]}\nscore: {weights: {threat: -7}}\n"
    ),
}


@pytest.fixture(name="folder")
def make_folder(tmp_path: Path) -> Path:
    root = tmp_path / "rules"
    for name, (source, more) in RULES.items():
        path = root / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RULE.format(id=name, source=source, more=more), encoding="utf-8")
    (root / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (root / "profiles").mkdir()
    for name, content in PROFILES.items():
        (root / "profiles" / f"{name}.yaml").write_text(content, encoding="utf-8")
    return root


def rulebook(folder: Path) -> Rulebook:
    found = read(folder)
    assert [str(error) for error in found.errors] == []
    return Rulebook.of(found.data)


def test_a_profile_adds_to_what_it_extends(folder: Path) -> None:
    profile = read_profile("own", folder)
    assert profile._replace(title={}) == Profile(
        name="own",
        title={},
        chain=("base", "other", "own"),
        jurisdiction="cn",
        creditor_type="bank",
        product="consumer_loan",
        speaker_role="agency",
        channels=("call",),
        select=("common", "tw"),
        enable=("common/threat/off",),
        ignore=("common/threat/off", "common/threat/sms"),
        severity={"common": "info", "common/threat/plain": "error"},
        lists={"words": ("甲", "乙", "丁"), "more": ("丙",)},
        hours="21:00-09:00",
        score={"start": 80.0, "weights": {"threat": -7.0, "error": -9.0}},
    )
    assert profile.title["zh"] == "我"
    assert profile.changes == Changes(profile.lists, "21:00-09:00")


def test_what_a_profile_changes_in_the_rules(folder: Path) -> None:
    other = read_profile("other", folder)
    assert other.changes == Changes({"words": ("乙",), "more": ("丙",)}, "")
    assert other._replace(lists={}).changes is None
    assert other._replace(lists={}, hours="21:00-09:00").changes == Changes({}, "21:00-09:00")


def test_a_file_extends_its_neighbours_first(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("title: 邻\nproduct: other\n", encoding="utf-8")
    (tmp_path / "mine.yml").write_text("title: 我\nextends: [base, other, ./base.yaml]\n", encoding="utf-8")
    profile = read_profile(str(tmp_path / "mine.yml"), folder)
    assert profile.chain == ("base", "other", "base", "mine")
    assert (profile.jurisdiction, profile.product) == (None, "other")


def test_only_yaml_files_are_profiles(folder: Path) -> None:
    (folder / "profiles" / "notes.txt").write_text("x", encoding="utf-8")
    assert profile_names(folder) == ["base", "other", "own"]
    assert profile_names(folder / "common") == []


def test_points_by_rule_family_and_severity(folder: Path) -> None:
    rules = rulebook(folder).rules
    assert weights(None, rules) == (START, {}, {}, dict(WEIGHTS))
    given = {"start": 80.0, "weights": {"threat": -7.0, "error": -9.0, "common/threat/o*": -1.0}}
    found = weights(Profile("p", {}, ("p",), score=given), rules)
    assert found.start == 80.0
    assert found.rules == {"common/threat/off": -1.0, "common/threat/ours": -1.0}
    assert found.families == {"threat": -7.0}
    assert found.severities == {**WEIGHTS, "error": -9.0}
    with pytest.raises(UsageError):
        weights(Profile("p", {}, ("p",), score={"start": None, "weights": {"zzz": 1.0}}), rules)


def told(folder: Path, day: str = "2026-11-22", lang: str = "zh", **fields: object) -> dict[str, str]:
    profile = Profile("p", {}, ("p",), jurisdiction="cn")._replace(**fields)  # type: ignore[arg-type]
    found = standings(profile, rulebook(folder), day, lang)
    assert [one.rule.id for one in found] == [one.id for one in rulebook(folder).rules]
    return {one.rule.id.split("/")[-1]: ("+ " if one.used else "- ") + one.why for one in found}


def test_why_each_rule_is_in_or_out(folder: Path) -> None:
    facts = {"creditor_type": "finance_company", "product": "consumer_loan", "channels": ("call",)}
    assert told(folder, **facts) == {
        "banks": "- 只管债权人 bank；只管产品 credit_card",
        "cards": "- 依据 cards 不约束 finance_company·consumer_loan",
        "later": "- 2026-11-22 没有依据在施行",
        "off": "- 默认关闭",
        "ours": "+ 依据 ours",
        "past": "- 2026-11-22 不在规则的施行期间（… 至 2020-01-01）",
        "plain": "+ 依据 law",
        "sms": "- 只管渠道 sms",
        "taiwan": "- 只管 tw",
        "theirs": "- 该法域当日只有内部口径 theirs，不是法律；要采用则写进 enable",
    }


def test_what_a_profile_chooses_itself(folder: Path) -> None:
    chosen = told(folder, select=("common/threat/plain", "tw"), enable=("common/threat/o*",), ignore=("tw",))
    assert chosen["plain"] == "+ 依据 law"
    assert chosen["banks"] == "- 不在 select 之列"
    assert chosen["off"] == chosen["ours"] == "+ 由配置启用（common/threat/o*）"
    assert chosen["taiwan"] == "- 配置停用（tw）"


def test_house_hours_are_enabled_by_hours(folder: Path) -> None:
    path = folder / f"{HOUSE_HOURS}.yaml"
    path.parent.mkdir()
    more = "off: true"
    written = RULE.format(id=HOUSE_HOURS, source="ours", more=more)
    path.write_text(written.replace("{phrase: 上门}", "{hours: 22:00-08:00}"), encoding="utf-8")
    assert told(folder)["house-hours"].startswith("- ")
    assert told(folder, hours="21:00-09:00")["house-hours"] == "+ 由配置启用（hours）"


def test_severities_of_a_profile(folder: Path) -> None:
    severity = {"common": "info", "common/threat/plain": "error"}
    profile = Profile("p", {}, ("p",), jurisdiction="cn", severity=severity)
    found = {one.rule.id: one.severity for one in standings(profile, rulebook(folder), "2026-11-22")}
    assert found["common/threat/plain"] == Severity.ERROR
    assert found["common/threat/off"] == Severity.INFO
    assert found["tw/threat/taiwan"] == Severity.WARNING
