"""Telephone numbers of the mainland, Taiwan, Hong Kong and Macau; hot lines are not among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectlint.text.personal import Personal, before, is_order_number

_LEFT = r"(?<![0-9A-Z])(?<![0-9]\.)(?<![*×●•])"
_RIGHT = r"(?![0-9A-Z*×●•])(?!\.[0-9])"
_TEL = re.compile(r"(?<![A-Z])(?:TEL|PHONE|MOBILE|MOB|PH)$")
_CN_PREFIX = r"(?:(?:\+|00)?86[ -]?|\(\+?86\) ?)"
_CN_MOBILE = re.compile(rf"(?<![0-9*])(?<![0-9]\.){_CN_PREFIX}?1[3-9][0-9]{{9}}{_RIGHT}")
_CN_SPACED = re.compile(rf"{_LEFT}{_CN_PREFIX}?(?P<body>1[ -]?[3-9](?:[ -]?[0-9]){{9}}){_RIGHT}")
_AREA = "(?:10|2[0-57-9]|[3-9][0-9]{2})"
_CN_LANDLINE = re.compile(
    rf"(?:{_LEFT}(?<![0-9]-)(?:\+?86[ -]?)?\(?0{_AREA}\)?[ -]?[2-8][0-9]{{2,3}}[ -]?[0-9]{{4}}"
    rf"|{_LEFT}\+86[ -]?{_AREA}[ -]?[2-8][0-9]{{6,7}})"
    rf"(?:(?:-|转|轉|分机|分機)[0-9]{{1,6}})?{_RIGHT}"
)
_TW_MOBILE = re.compile(
    rf"{_LEFT}(?<![0-9]-)(?:(?:\+|00)?886[ -]?(?:\(0\))?0?9[0-9]{{2}}|09[0-9]{{2}})"
    rf"[ -]?[0-9]{{3}}[ -]?[0-9]{{3}}{_RIGHT}(?!-[0-9])"
)
_TW_LANDLINE = re.compile(
    rf"{_LEFT}(?<![0-9]-)(?:(?:\+|00)886[ -]?|\(?0)"
    rf"(?:(?:2|4)\)?[ -]?[2-8][0-9]{{3}}[ -]?[0-9]{{4}}|(?:3|4|5|6|7|8)\)?[ -]?[2-9][0-9]{{2}}[ -]?[0-9]{{4}}"
    rf"|(?:37|49|82|89|826|836)\)?[ -]?[0-9]{{2,3}}[ -]?[0-9]{{3,4}}|7\)?[ -]?[2-9][0-9]{{2}}[ -]?[0-9]{{4}})"
    rf"(?:(?:#|-|转|轉|分机|分機)[0-9]{{1,6}})?{_RIGHT}"
)
_HK_ABROAD = re.compile(
    rf"{_LEFT}(?:\+|00)?(?P<code>852|853)[ -]?(?P<body>[2-9][0-9]{{3}}[ -]?[0-9]{{4}}){_RIGHT}(?!-[0-9])"
)
_HK = re.compile(rf"{_LEFT}(?<![0-9-])[4-9][0-9]{{3}}[ -]?[0-9]{{4}}{_RIGHT}(?!-[0-9])")
_HK_CUE = re.compile(
    r"(?:电话|電話|手机|手機|手提|流动|流動|WHATSAPP|WTSAPP|WTS|TEL|PHONE|MOBILE|CALL|[致来來回覆][电電]|打[俾畀给給]?|联络|聯絡|联系|聯繫|号码|號碼)"
    r"[^0-9A-Z]{0,6}$"
)
# 0800, 0809 and 0204 of Taiwan, 800 and 900 of Hong Kong.
_SERVICE = re.compile(r"\(?0(?:800|809|20[34])|[89]00")


def _is_spaced_mobile(text: str, match: re.Match[str]) -> bool:
    """138-0013-8000, 138 0013 8000 and 1 3 8 0 …, but not 13-05-2026 101 or a part of a longer row."""
    body = match["body"]
    separators = {char for char in body if char in " -"}
    if len(separators) != 1:
        return False
    (separator,) = separators
    groups = body.split(separator)
    if [len(group) for group in groups] == [3, 4, 4] and separator == " ":
        return True
    start, end = match.span()
    if text[end : end + 1] == separator and text[end + 1 : end + 2].isdigit():
        return False
    if text[start - 1 : start] == separator and text[start - 2 : start - 1].isdigit():
        return False
    return len(groups) <= 4 or len(groups) == 11


def _left_edge(text: str, start: int) -> bool:
    head = before(text, start, 7)
    return not (head[-1:].isascii() and head[-1:].isalnum()) or _TEL.search(head) is not None


def find_phones(text: str) -> Iterator[Personal]:
    """Every telephone number of a working copy (see `personal.working_copy`), unsorted."""
    for match in _CN_MOBILE.finditer(text):
        if _left_edge(text, match.start()) and not is_order_number(text, match.start()):
            yield Personal("mobile", *match.span(), strength=3)
    for match in _CN_SPACED.finditer(text):
        if _is_spaced_mobile(text, match) and not is_order_number(text, match.start()):
            yield Personal("mobile", *match.span(), strength=3)
    for match in _TW_MOBILE.finditer(text):
        if not is_order_number(text, match.start()):
            yield Personal("tw_mobile", *match.span(), strength=3)
    for pattern in (_CN_LANDLINE, _TW_LANDLINE):
        for match in pattern.finditer(text):
            if not _SERVICE.match(match.group()) and not is_order_number(text, match.start()):
                yield Personal("landline", *match.span())
    for match in _HK_ABROAD.finditer(text):
        fixed = match["body"][0] in "23" or (match["code"] == "853" and match["body"][0] == "8")
        shaped = match.group()[0] in "+0" or " " in match.group() or "-" in match.group()
        if not _SERVICE.match(match["body"]) and (shaped or _cued(text, match)):
            yield Personal("landline" if fixed else "hk_phone", *match.span(), strength=2 if fixed else 3)
    for match in _HK.finditer(text):
        if not _SERVICE.match(match.group()) and _cued(text, match):
            yield Personal("hk_phone", *match.span())


def _cued(text: str, match: re.Match[str]) -> bool:
    return _HK_CUE.search(before(text, match.start(), 16)) is not None
