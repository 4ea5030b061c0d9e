"""Check digits of personal and organisation numbers; every function takes the bare number, upper case."""

from __future__ import annotations

from collectlint.lazy import lazily
from collectlint.text.days import is_day

# First two digits of GB/T 2260; 71 Taiwan, 81 and 82 Hong Kong and Macau, 83 Taiwan residence permits.
REGIONS = frozenset(
    map(
        str,
        (
            *range(11, 16),
            *range(21, 24),
            *range(31, 38),
            *range(41, 47),
            *range(50, 55),
            *range(61, 66),
            71,
            81,
            82,
            83,
        ),
    )
)
_CN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CN_CHECK = "10X98765432"
_CN_ID = lazily(r"[1-9][0-9]{16}[0-9X]")
_CN_OLD = lazily(r"[1-9][0-9]{14}")
_TW_ID = lazily(r"[A-Z][1289A-D][0-9]{8}")
# A is 10, B 11 … in this order; I, O, W and Z came late.
_TW_LETTERS = {letter: code for code, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO", 10)}
_TW_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
_HKID = lazily(r"[A-Z]{1,2}[0-9]{6}[0-9A]")
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC = lazily(f"[{_USCC_ALPHABET}]{{18}}")


def mod_11_2(digits: str) -> str:
    """The check character of ISO 7064 MOD 11-2 for the 17 digits of GB 11643-1999."""
    return _CN_CHECK[sum(w * int(d) for w, d in zip(_CN_WEIGHTS, digits, strict=True)) % 11]


def is_cn_id(number: str) -> bool:
    """18 characters of GB 11643-1999: region, a birthday from 1850 to 2100, check character."""
    return (
        _CN_ID.fullmatch(number) is not None
        and number[:2] in REGIONS
        and _is_birthday(number[6:14])
        and mod_11_2(number[:17]) == number[17]
    )


def is_cn_permanent_residence(number: str) -> bool:
    """A foreigner's permanent residence card of 2023: 9, region, country, birthday, check character."""
    return (
        _CN_ID.fullmatch(number) is not None
        and number[0] == "9"
        and number[1:3] in REGIONS
        and _is_birthday(number[6:14])
        and mod_11_2(number[:17]) == number[17]
        and not is_uscc(number)
    )


def is_cn_old_id(number: str) -> bool:
    """15 digits of the first generation (before 1999): region and a birthday in 19xx, no check digit."""
    return (
        _CN_OLD.fullmatch(number) is not None and number[:2] in REGIONS and _is_birthday("19" + number[6:12])
    )


def _is_birthday(digits: str) -> bool:
    year = int(digits[:4])
    return 1850 <= year <= 2100 and is_day(year, int(digits[4:6]), int(digits[6:8]))


def is_tw_id(number: str) -> bool:
    """A Taiwan national id (second character 1, 2) or resident certificate (8, 9; old form A to D)."""
    if _TW_ID.fullmatch(number) is None:
        return False
    second = number[1] if number[1].isdigit() else str(_TW_LETTERS[number[1]] % 10)
    digits = f"{_TW_LETTERS[number[0]]}{second}{number[2:]}"
    return sum(w * int(d) for w, d in zip(_TW_WEIGHTS, digits, strict=True)) % 10 == 0


def is_hkid(number: str) -> bool:
    """A Hong Kong identity card without brackets: one or two letters, six digits, check digit 0-9 or A."""
    if _HKID.fullmatch(number) is None:
        return False
    padded = number.rjust(9)
    total = 0
    for weight, char in zip((9, 8, 7, 6, 5, 4, 3, 2, 1), padded, strict=True):
        total += weight * (36 if char == " " else int(char, 36))
    return total % 11 == 0


def is_luhn(number: str) -> bool:
    """The Luhn check (ISO/IEC 7812-1) of a string of digits."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return bool(number) and total % 10 == 0


def is_uscc(number: str) -> bool:
    """A unified social credit code (GB 32100-2015); it names an organisation, not a person."""
    if _USCC.fullmatch(number) is None:
        return False
    total = sum(_USCC_ALPHABET.index(char) * pow(3, i, 31) for i, char in enumerate(number[:17]))
    return _USCC_ALPHABET[-total % 31] == number[17]
