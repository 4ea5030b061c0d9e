"""Profiles: the same folder for different creditors, and what is in and out and why."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from collectlint.cli.root import root
from collectlint.rulebook.folder import shipped
from collectlint.rulebook.profile import profile_names, read_profile

HOME = Path(__file__).parents[2]
EXAMPLE = HOME / "tests" / "fixtures" / "profiles"
GOLDEN = HOME / "tests" / "golden" / "profiles"
FOUR = ("hk-money-lender", "tw-bank-card", "cn-consumer-finance-agency", "cn-private")
TOLD = (  # rules whose standing differs; all of them would make a golden file of every new rule
    "cn/harassment/quiet-hours",
    "cn/harassment/effective-calls",
    "cn/payment/private-rate",
    "cn/process/recording-kept-five-years",
    "common/deception/agency-poses-as-lender",
    "common/deception/jail-or-arrest",
    "common/threat/hurt",
    "hk/deception/disclaims-agency",
    "hk/threat/relief-rate",
    "tw/harassment/quiet-hours",
    "tw/process/bank-sms-link",
    "platform/process/refused-words",
)


def call(*words: object) -> Result:
    return CliRunner().invoke(root, [str(word) for word in words])


def listed(profile: object, *more: str) -> dict[str, dict[str, object]]:
    result = call("rules", "list", "--profile", profile, "--as-of", "2026-11-22", "--format", "json", *more)
    assert result.exit_code == 0, result.output
    return {one["id"]: one for one in json.loads(result.stdout)}


def checked(profile: object, *more: object) -> list[dict[str, object]]:
    command = ("check", *(more or (EXAMPLE,)), "--profile", profile, "--format", "json")
    result = call(*command, "--no-second-reader", "--fail-on", "never")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["findings"]


@pytest.mark.parametrize("profile", FOUR)
def test_one_folder_for_four_creditors(profile):
    lines = [profile, ""]
    for one in checked(profile):
        if one["rule"] not in TOLD and str(one["rule"]).startswith("common/"):
            continue  # new wordings of common rules are not this test's business
        sources = ", ".join(f"{basis['source']} {basis['clause']}" for basis in one["basis"])
        lines.append(f"{one['document']}  {one['severity']}  {one['rule']}  {sources}")
    stands = listed(profile)
    lines += ["", *(f"{'+' if stands[rule]['used'] else '-'} {rule}  {stands[rule]['why']}" for rule in TOLD)]
    told = "\n".join(lines) + "\n"
    golden = GOLDEN / f"{profile}.txt"
    if os.environ.get("WRITE_GOLDEN"):  # read the difference before it is committed
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")


def test_the_four_rule_sets_differ_and_every_rule_is_explained():
    sets = []
    for profile in FOUR:
        stands = listed(profile)
        assert all(one["why"] for one in stands.values())
        sets.append(frozenset(id_ for id_, one in stands.items() if one["used"]))
    assert len(set(sets)) == len(FOUR)


@pytest.mark.parametrize("name", profile_names(shipped()))
def test_every_shipped_profile_opens(name):
    stands = listed(name)
    assert sum(bool(one["used"]) for one in stands.values()) > 80


def test_platform_rules_only_where_a_profile_asks():
    assert not any(one["used"] for id_, one in listed("cn-bank-card").items() if id_.startswith("platform/"))
    text = "【青田金融】您的【账单】已出"
    assert not checked("cn-bank-card", "-t", text)
    assert {one["rule"] for one in checked("sms-alibaba", "-t", text)} == {"platform/process/signature-form"}


def test_a_house_extends_without_copying(tmp_path):
    house = tmp_path / "ours.yaml"
    house.write_text(
        "title: 我司\nextends: [cn-consumer-finance-agency, sms-tencent]\nhours: 20:00-10:00\n"
        "ignore: cn/process/vague-unit\nseverity: {cn/harassment/unanswered-attempts: error}\n"
        "lists: {contact-list: [小灵通名单]}\n",
        encoding="utf-8",
    )
    stands = listed(house)
    assert stands["common/harassment/house-hours"]["used"]
    assert not stands["cn/process/vague-unit"]["used"]
    assert stands["cn/harassment/unanswered-attempts"]["severity"] == "error"
    assert stands["platform/process/refused-words"]["used"]
    rules = {one["rule"] for one in checked(house, "-t", "再不还就爆你小灵通名单")}
    assert "cn/threat/expose-contacts" in rules
    night = tmp_path / "call.jsonl"
    night.write_text(
        '{"id": "a", "text": "【青田】账单提醒", "started_at": "2026-03-11T20:30:00+08:00"}\n',
        encoding="utf-8",
    )
    assert "common/harassment/house-hours" in {one["rule"] for one in checked(house, night)}
    assert "common/harassment/house-hours" not in {one["rule"] for one in checked("house-strict", night)}


def test_profile_facts_yield_to_the_document_and_the_command_line(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "a", "jurisdiction": "tw", "text": "再不還錢我就打斷你的腿"}\n', encoding="utf-8")
    assert {one["basis"][0]["source"] for one in checked("hk-money-lender", file)} == {"tw-xingfa"}
    assert checked("hk-money-lender", "-t", "再不還錢我就打斷你的腿")[0]["basis"][0]["source"].startswith(
        "hk-"
    )


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("title: 甲\nextends: cn-bank-crad\n", 2, "cn-bank-card"),
        ("title: 甲\nextends: ours\n", 2, "互相承接"),
        ("title: 甲\nselect: cn/nothing\n", 2, "cn/nothing"),
        ("title: 甲\nlists: {no-such-list: [乙]}\n", 2, "no-such-list"),
        ("title: 甲\nhours: 晚上\n", 2, ":2:8"),
        ("title: 甲\ncreditor: bank\n", 2, "creditor_type"),
    ],
)
def test_what_is_wrong_with_a_profile_is_said(tmp_path, content, code, words):
    house = tmp_path / "ours.yaml"
    house.write_text(content, encoding="utf-8")
    result = call("rules", "list", "--profile", house)
    assert result.exit_code == code
    assert words in result.stderr


def test_an_unknown_profile_names_the_nearest():
    result = call("check", "-t", "甲", "--profile", "hk-money-lendr")
    assert result.exit_code == 2
    assert "hk-money-lender" in result.stderr


def test_a_profile_read_through_a_chain_keeps_its_parts():
    profile = read_profile("house-strict", shipped())
    assert profile.chain == ("cn-consumer-finance", "cn-consumer-finance-agency", "house-strict")
    assert (profile.creditor_type, profile.speaker_role, profile.hours) == (
        "consumer_finance", "agency", "21:00-09:00",
    )  # fmt: skip


def test_a_broken_rule_is_told_with_its_path_once(tmp_path):
    (tmp_path / "house").mkdir()
    broken = tmp_path / "house" / "broken.yaml"
    broken.write_text("id: house/broken\n", encoding="utf-8")
    profile = tmp_path / "profiles" / "ours.yaml"
    profile.parent.mkdir()
    profile.write_text("title: 甲\n", encoding="utf-8")
    result = call("rules", "list", "--rules", tmp_path, "--profile", profile)
    assert result.exit_code == 2
    assert f"{broken}:1:1" in result.stderr
    assert f"{tmp_path}{tmp_path}" not in result.stderr
