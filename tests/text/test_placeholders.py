"""Placeholders: found in every form, told when broken, known by name and declared type; SMS parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.text.expansion import expansion
from collectlint.text.placeholders import FORMS, KINDS, LENGTHS, broken, kind_of, length_of, placeholders
from collectlint.text.sms_parts import parts, size

WRITTEN = {
    "mustache": "{{x}}", "dollar": "${x}", "hash_brace": "#{x}", "percent_brace": "%{x}",
    "named_percent": "%(x)s", "brace": "{1}", "hash": "#x#", "percent": "%s",
}  # fmt: skip


def test_every_form_is_found_with_its_name() -> None:
    text = "，".join(WRITTEN.values())
    found = list(placeholders(text))
    assert [text[one.start : one.end] for one in found] == list(WRITTEN.values())
    assert [one.form for one in found] == list(WRITTEN)
    assert [one.name for one in found] == ["x"] * 5 + ["1", "x", ""]
    assert {name for name, _ in FORMS} == set(WRITTEN)


@given(st.lists(st.sampled_from([*WRITTEN.values(), "您好", "，", "100%", "元"]), max_size=8))
def test_well_formed_ones_are_never_broken(pieces: list[str]) -> None:
    assert list(broken("，".join(pieces))) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("您好${name，欠款", ["${name"]),
        ("您好name}，", ["}"]),
        ("${}您好", ["${}"]),
        ("{{name}您好", ["{"]),
        ("｛姓名｝您好", ["｛姓名｝"]),
        ("#name#欠#amount元", ["#amount"]),
        ("#账单提醒 您好", []),
        ("折扣100%，NT$500", []),
    ],
)
def test_broken_ones_are_shown(text: str, wrong: list[str]) -> None:
    assert [text[low:high] for low, high in broken(text)] == wrong


@pytest.mark.parametrize(
    ("name", "declared", "kind"),
    [
        ("idCardNo", {}, "identity"),
        ("ID_NO", {}, "identity"),
        ("身份证号", {}, "identity"),
        ("1", {"type": "CHARDIGIT", "description": "证件号码"}, "identity"),
        ("bankCardNo", {}, "card"),
        ("homeAddress", {}, "address"),
        ("custMobile", {}, "phone"),
        ("1", {"type": "PHONE"}, "phone"),
        ("amount", {"type": "TEXT"}, "amount"),
        ("2", {"type": "money"}, "amount"),
        ("overdue_days", {}, "overdue"),
        ("userName", {}, "name"),
        ("remark", {}, "free"),
        ("x", {}, "other"),
    ],
)
def test_a_name_a_type_or_a_description_tells_what_is_carried(name: str, declared: dict, kind: str) -> None:
    assert kind_of(name, declared).name == kind


def test_cut_values_and_the_senders_own_are_told_apart() -> None:
    assert kind_of("cardTail").masked
    assert kind_of("bankCardLast4").masked
    assert kind_of("身份证后四位").masked
    assert kind_of("branch_address").firm
    assert kind_of("客服电话").firm
    assert kind_of("phone").ambiguous
    assert not kind_of("mobile").ambiguous
    assert set(LENGTHS) == set(KINDS)


def test_a_declared_length_bounds_the_longest_value() -> None:
    assert length_of(kind_of("amount"), {"length": 8}) == (1, 8)
    assert length_of(kind_of("amount"), {"length": "8"}) == (1, 8)
    assert length_of(kind_of("amount"), {"length": "很长"}) == LENGTHS["amount"]


@pytest.mark.parametrize(
    ("text", "encoding", "units", "number"),
    [
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        ("催" * 70, "UCS-2", 70, 1),
        ("催" * 71, "UCS-2", 71, 2),
        ("催" * 134, "UCS-2", 134, 2),
        ("催" * 160, "UCS-2", 160, 3),
        ("😀" * 35, "UCS-2", 70, 1),
        ("", "GSM-7", 0, 1),
    ],
)
def test_parts_are_counted_as_they_are_charged(text: str, encoding: str, units: int, number: int) -> None:
    assert size(text) == (encoding, units, number)
    assert parts(units, encoding) == number


def test_a_template_is_counted_at_both_ends_with_its_signature() -> None:
    text = "尊敬的${name}，" + "您的账单已出" * 9
    alone = expansion(text, {"name": {"type": "name", "length": 8}})
    assert (alone.shortest[1:], alone.longest[1:]) == ((60, 1), (66, 1))
    signed = expansion(text, {"name": {"type": "name", "length": 8}}, "示例银行")
    assert (signed.told, signed.factor, signed.guessed) == ("66(1)–72(2)", 2.0, ())
    assert expansion("【甲】" + text, None, "示例银行").guessed == ("name",)
    assert expansion("Dear %s", {}).longest.encoding == "UCS-2"  # who knows what it is filled with
