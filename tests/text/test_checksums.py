"""Check digits against independent oracles, 10,000 made-up numbers each way."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from stdnum import luhn
from stdnum.cn import ric, uscc

from collectlint.text.checksums import (
    is_cn_id,
    is_cn_old_id,
    is_cn_permanent_residence,
    is_hkid,
    is_luhn,
    is_tw_id,
    is_uscc,
    mod_11_2,
)

NUMBERS = 10_000
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _cn_stem(dice: random.Random) -> str:
    born = date(1930, 1, 1) + timedelta(days=dice.randrange(28_000))
    region = dice.choice(["110101", "310104", "440305", "510107", "330106"])
    return f"{region}{born:%Y%m%d}{dice.randrange(1000):03}"


def test_cn_id_agrees_with_stdnum() -> None:
    dice = random.Random(1)
    for _ in range(NUMBERS):
        stem = _cn_stem(dice)
        right = stem + mod_11_2(stem)
        assert ric.calc_check_digit(right) == right[-1]
        assert ric.is_valid(right) or stem[:6] != "110101"  # stdnum knows since when a county has its code
        assert is_cn_id(right)
        wrong = stem + dice.choice([c for c in "0123456789X" if c != right[-1]])
        assert not is_cn_id(wrong)
    for wrong in (right[:-1] + "A", right[:-1], right + "0"):
        assert not is_cn_id(wrong)


def _with_check(stem: str) -> str:
    return stem + mod_11_2(stem)


def test_cn_id_residence_permits_regions_and_days() -> None:
    for region in ("710000", "810000", "820000", "830000"):
        assert is_cn_id(_with_check(region + "19900307123"))
    for stem in ("99010119900307123", "11010119900230123", "11010121010307123", "11010117990307123"):
        assert not is_cn_id(_with_check(stem))
    assert is_cn_permanent_residence(_with_check("91184019900307123"))
    assert not is_cn_permanent_residence(_with_check("11010119900307123"))
    assert is_cn_old_id("110101900307123")
    assert not is_cn_old_id("110101901307123")


def _tw_sum(number: str) -> int:
    # The other way to write it: tens of the letter, nine times its units, then 8 … 1 and the check digit.
    order = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
    code = order.index(number[0]) + 10
    second = order.index(number[1]) % 10 if number[1].isalpha() else int(number[1])
    total = code // 10 + 9 * (code % 10) + 8 * second
    return total + sum(int(d) * w for d, w in zip(number[2:9], range(7, 0, -1), strict=True))


def test_tw_id() -> None:
    dice = random.Random(2)
    for _ in range(NUMBERS):
        stem = dice.choice(LETTERS) + dice.choice("1289ABCD") + f"{dice.randrange(10**7):07}"
        check = -_tw_sum(stem + "0") % 10
        assert is_tw_id(f"{stem}{check}")
        assert not is_tw_id(f"{stem}{(check + dice.randrange(1, 10)) % 10}")
    assert all(is_tw_id(number) for number in ("A123456789", "A800000014", "AA00000009"))
    assert not is_tw_id("A323456789")


def test_hkid() -> None:
    dice = random.Random(3)
    for _ in range(NUMBERS):
        letters = "".join(dice.choices(LETTERS, k=dice.choice([1, 2])))
        digits = f"{dice.randrange(10**6):06}"
        first, second = (36, ord(letters[0]) - 55) if len(letters) == 1 else (ord(c) - 55 for c in letters)
        total = 9 * first + 8 * second + sum(int(d) * w for d, w in zip(digits, range(7, 1, -1), strict=True))
        check = "0123456789A"[(11 - total % 11) % 11]
        assert is_hkid(letters + digits + check)
        assert not is_hkid(letters + digits + dice.choice("0123456789A".replace(check, "")))
    for number in ("A1234563", "E3649125", "AB9876543", "D2887542"):
        assert is_hkid(number)


def test_luhn_agrees_with_stdnum() -> None:
    dice = random.Random(4)
    for _ in range(NUMBERS):
        stem = f"62{dice.randrange(10**15):015}"
        check = luhn.calc_check_digit(stem)
        assert is_luhn(stem + check)
        assert not is_luhn(stem + str((int(check) + dice.randrange(1, 10)) % 10))
    assert not is_luhn("")


def test_uscc_agrees_with_stdnum() -> None:
    dice = random.Random(5)
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    for _ in range(NUMBERS):
        stem = "91" + f"{dice.randrange(10**6):06}" + "".join(dice.choices(alphabet, k=9))
        right = stem + uscc.calc_check_digit(stem)
        assert is_uscc(right)
        assert not is_uscc(stem + dice.choice([c for c in alphabet if c != right[-1]]))


@pytest.mark.parametrize("check", [is_cn_id, is_tw_id, is_hkid, is_luhn, is_uscc, is_cn_old_id])
def test_other_scripts_digits_are_no_digits(check: object) -> None:
    assert callable(check)
    if check is not is_luhn:
        assert not check("١١٠١٠١١٩٩٠٠٣٠٧٧٧١٥")
