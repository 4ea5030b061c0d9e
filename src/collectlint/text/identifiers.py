"""Personal data in a text: identity numbers, cards, phones, accounts, plates and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from collectlint.text.accounts import find_accounts, find_emails, find_plates
from collectlint.text.addresses import find_addresses
from collectlint.text.checksums import (
    is_cn_id,
    is_cn_old_id,
    is_cn_permanent_residence,
    is_hkid,
    is_luhn,
    is_tw_id,
    is_uscc,
)
from collectlint.text.personal import (
    KINDS,
    PHONES,
    Personal,
    before,
    is_order_number,
    without_overlaps,
    working_copy,
)
from collectlint.text.phones import find_phones

__all__ = ["KINDS", "PHONES", "Personal", "find_personal"]

_LEFT = r"(?<![0-9A-Z*×●•])(?<![0-9]\.)"
_RIGHT = r"(?![0-9A-Z*×●•])(?!\.[0-9])"
_EIGHTEEN = re.compile(
    rf"{_LEFT}[1-9][0-9]{{5}}[ -]?[0-9]{{4}}[ -]?[0-9]{{4}}[ -]?[0-9]{{3}}[0-9X]{_RIGHT}(?!-[0-9])"
)
_FIFTEEN = re.compile(rf"{_LEFT}[1-9][0-9]{{14}}{_RIGHT}")
_ID_CUE = re.compile(r"(?:身份证|身分证|身分證|身份證|证件|證件|证号|證號|ID)[^0-9]{0,6}$")
_TW_ID = re.compile(rf"{_LEFT}[A-Z][1289A-D][0-9]{{8}}{_RIGHT}")
_TW_CUE = re.compile(
    r"(?:身分证|身分證|身份证|身份證|证号|證號|居留证|居留證|统一编号|統一編號|字号|字號|ID)[^0-9A-Z]{0,6}$"
)
_HKID = re.compile(
    rf"{_LEFT}(?P<body>[A-Z]{{1,2}} ?[0-9]{{6}}) ?(?:\((?P<inside>[0-9A])\)|(?P<bare>[0-9A]))(?![0-9A-Z*×●•])"
)
_HK_CUE = re.compile(r"(?:身份证|身份證|身分證|身分证|HKID|ID|证件|證件)[^0-9A-Z]{0,8}$")
_PASSPORT = re.compile(
    rf"(?:护照|護照|PASSPORT)(?:[号號码碼为為是:#()\s]|号码|號碼|NO\.?|NUMBER){{0,8}}(?P<value>[A-Z]{{1,2}}[0-9]{{7,8}}|[A-Z][0-9][A-Z0-9][0-9]{{6}}|[0-9]{{9}}){_RIGHT}"
)
_PERMIT = re.compile(
    rf"(?:通行证|通行證|回乡证|回鄉證|回乡卡|回鄉卡|台胞证|台胞證|臺胞證|旅行证|旅行證|居留证|居留證|居住证|居住證)(?:[号號码碼为為是:#()\s]|NO\.?){{0,8}}"
    rf"(?P<value>[CHMWLT][A-Z0-9][0-9]{{6,9}}|[0-9]{{8}}|[A-Z]{{3}}[0-9]{{12}}){_RIGHT}"
)
_CARD = re.compile(
    rf"{_LEFT}(?P<body>[3-69][0-9]{{15,18}}"
    rf"|[3-69][0-9]{{3}}(?P<sep>[ -])[0-9]{{4}}(?P=sep)[0-9]{{4}}(?P=sep)[0-9]{{4}}"
    rf"(?:(?P=sep)[0-9]{{1,3}})?|[3-69][0-9]{{5}} [0-9]{{10,13}})"
    rf"{_RIGHT}(?![ -][0-9])"
)
_CARD_CUE = re.compile(
    r"(?:卡号|卡號|银行卡|銀行卡|账号|帐号|帳號|賬號|账户|帳戶|信用卡|储蓄卡|借记卡|卡|CARD)[^0-9]{0,8}$"
)
_MASK = r"[*×●•✱]"
_MASKED = re.compile(
    rf"(?<![0-9A-Z*×●•✱@])(?P<head>[A-Z]{{0,2}}[0-9]{{0,8}})[ -]?{_MASK}{{2,14}}"
    rf"(?:[ -]{_MASK}{{1,4}}){{0,4}}[ -]?(?P<tail>[0-9]{{0,6}}X?)(?![0-9A-Z*×●•✱@])"
)
_MASKED_X = re.compile(r"(?<![0-9A-Z])(?P<head>1[3-9][0-9])X{3,5}(?P<tail>[0-9]{3,4})(?![0-9A-Z])")
_MASKED_MAIL = re.compile(
    rf"(?<![A-Z0-9._*])[A-Z0-9._]{{0,10}}{_MASK}{{2,12}}[A-Z0-9._]{{0,10}}@[A-Z0-9.-]{{3,60}}(?![A-Z0-9-])"
)
_TAIL_NUMBER = re.compile(
    r"(?:尾号|尾號|后四位|後四位|末四位|末四码|末四碼|末4位|后4位|後4位)"
    r"[为為是:( ]{0,3}(?P<value>[0-9]{3,4})(?![0-9])"
)


def _find_numbers(text: str) -> Iterator[Personal]:
    """Identity numbers of the mainland, Taiwan and Hong Kong, passports and permits."""
    for match in _EIGHTEEN.finditer(text):
        number = match.group().replace(" ", "").replace("-", "")
        if is_cn_id(number):
            yield Personal("id_card", *match.span(), strength=3)
        elif is_cn_permanent_residence(number):
            yield Personal("permit", *match.span(), strength=3)
    for match in _FIFTEEN.finditer(text):
        if is_cn_old_id(match.group()) and _ID_CUE.search(before(text, match.start(), 14)):
            yield Personal("id_card", *match.span())
    for match in _TW_ID.finditer(text):
        number = match.group()
        if is_tw_id(number) and not is_order_number(text, match.start()):
            cue = _TW_CUE.search(before(text, match.start(), 14))
            yield Personal(
                "tw_id" if number[1] in "12" else "tw_arc", *match.span(), strength=3 if cue else 2
            )
    for match in _HKID.finditer(text):
        number = match["body"].replace(" ", "") + (match["inside"] or match["bare"])
        if is_hkid(number) and not is_order_number(text, match.start()):
            sure = match["inside"] or _HK_CUE.search(before(text, match.start(), 14))
            yield Personal("hkid", *match.span(), strength=3 if sure else 1)
    for kind, pattern in (("passport", _PASSPORT), ("permit", _PERMIT)):
        for match in pattern.finditer(text):
            yield Personal(kind, *match.span("value"))


def _find_cards(text: str) -> Iterator[Personal]:
    """Bank cards: 16 to 19 digits with a valid Luhn digit that are no id card and no order number."""
    for match in _CARD.finditer(text):
        number = match["body"].replace(" ", "").replace("-", "")
        if not is_luhn(number) or is_cn_id(number) or is_uscc(number) or is_order_number(text, match.start()):
            continue
        cue = _CARD_CUE.search(before(text, match.start(), 12))
        if len(set(number)) > 2:
            strength = 3 if cue else 2 if number[:2] == "62" or number[0] in "45" else 1
            yield Personal("bank_card", *match.span(), strength=strength)


def _find_masked(text: str) -> Iterator[Personal]:
    """Personal data hidden in part: 138****5678, 6222 **** **** 1234, A12****789, 尾号1234."""
    for match in _MASKED.finditer(text):
        kind = _masked_kind(
            match["head"], match["tail"], len(match.group().replace(" ", "").replace("-", ""))
        )
        if kind:
            yield Personal(kind, *match.span(), masked=True, strength=2)
    for match in _MASKED_X.finditer(text):
        yield Personal("mobile", *match.span(), masked=True, strength=2)
    for match in _MASKED_MAIL.finditer(text):
        yield Personal("email", *match.span(), masked=True, strength=2)
    for match in _TAIL_NUMBER.finditer(text):
        yield Personal("bank_card", *match.span("value"), masked=True, strength=1)


def _masked_kind(head: str, tail: str, length: int) -> str:
    """The kind that a partly hidden number is most likely of, "" when it is nothing."""
    shown = len(head) + len(tail)
    if shown < 2:
        return ""
    if head[:1].isalpha():
        return "hkid" if (len(head) > 1 and head[1].isalpha()) or length <= 8 else "tw_id"
    if re.match("1[3-9]", head) and len(head) <= 5 and length <= 13:
        return "mobile"
    if head[:2] == "09" and length <= 11:
        return "tw_mobile"
    if (
        head[:2].isdigit()
        and head[0] in "12345678"
        and (tail.endswith("X") or (15 <= length <= 18 and head[0] in "123"))
    ):
        return "id_card"
    return "bank_card" if length >= 8 else ""


_FINDERS: tuple[tuple[Callable[[str], Iterable[Personal]], tuple[str, ...]], ...] = (
    (_find_numbers, ("id_card", "permit", "passport", "tw_id", "tw_arc", "hkid")),
    (_find_cards, ("bank_card",)),
    (find_phones, ("mobile", "tw_mobile", "hk_phone", "landline")),
    (find_emails, ("email",)),
    (find_accounts, ("wechat", "qq", "line", "whatsapp")),
    (find_plates, ("plate",)),
    (find_addresses, ("address",)),
    (_find_masked, ("id_card", "tw_id", "hkid", "bank_card", "mobile", "tw_mobile", "email")),
)


def find_personal(text: str, kinds: Collection[str] | None = None) -> list[Personal]:
    """Personal data of the given `kinds` (all by default), sorted; within one kind nothing overlaps.

    Takes raw or folded text. Partly hidden data comes with `masked` set. Hot lines (95xxx, 400,
    800, 110), organisation codes and order numbers are not reported. Raises ValueError for an
    unknown kind.
    """
    wanted = frozenset(KINDS if kinds is None else kinds)
    if not wanted <= frozenset(KINDS):
        raise ValueError(f"未知的个人信息种类: {', '.join(sorted(wanted - frozenset(KINDS)))}")
    copy = working_copy(text)
    by_kind: dict[str, list[Personal]] = {}
    for find, offered in _FINDERS:
        if wanted.isdisjoint(offered):
            continue
        for personal in find(copy):
            if personal.kind in wanted:
                by_kind.setdefault(personal.kind, []).append(personal)
    found = [personal for same in by_kind.values() for personal in without_overlaps(same)]
    return sorted(found, key=lambda p: (p.start, p.end, p.kind))
