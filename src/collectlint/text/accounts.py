"""E-mail addresses, messenger accounts after a cue word, and number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectlint.text.personal import Personal, before

_EMAIL = re.compile(
    r"(?<![A-Z0-9._%+*@-])[A-Z0-9][A-Z0-9._%+-]{0,63}@(?:[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?\.){1,4}[A-Z]{2,24}(?![A-Z0-9@-])"
)
_DESK = re.compile(
    r"(?:SERVICE|SUPPORT|INFO|KEFU|CS|HELP|ADMIN|NO-?REPLY|TOUSU|COMPLAINTS?|CONTACT|WEBMASTER|HR)[0-9]*@"
)

_FILLER = r"(?:[号號码碼账帐帳户戶为為是:：()【】\[\]「」“”\"'\s]|就是|添加|加我|我的|ID|搜索|搜){0,8}"
# 公众号, 小程序 and 微信支付 belong to companies.
_WECHAT = re.compile(
    rf"(?:微信|威信|薇信|徽信|WECHAT|WEIXIN|(?<![A-Z])[WV]X|V信|(?<=加)V|(?<=加我)V)(?!公众|公眾|小程序|支付|官方|服务|服務|群)(?P<link>{_FILLER})"
    r"(?P<value>[A-Z0-9][A-Z0-9_-]{5,19})(?![A-Z0-9_@./-])"
)
_QQ = re.compile(
    rf"(?:(?<![A-Z])QQ|扣扣|企鹅|企鵝)(?!群|公众|音乐)(?P<link>{_FILLER})(?P<value>[1-9][0-9]{{4,10}})(?![0-9A-Z@])"
)
_LINE = re.compile(
    r"(?:(?<![A-Z0-9])LINE\s?(?:(?:的)?(?:ID|帐号|帳號|账号|賬號)\s?[:：是为為]?|[:：是])|加?(?:我的?)?[赖賴](?:ID|[:：]))\s?"
    r"(?P<value>[A-Z0-9][A-Z0-9._-]{3,19})(?![A-Z0-9@_])"
)
_WHATSAPP = re.compile(
    rf"(?:WHATSAPP|WTSAPP|(?<![A-Z])WHATSAP|(?<![A-Z])WTS|(?<![A-Z])WS)(?P<link>{_FILLER})"
    r"(?P<value>(?:\+?(?:852|853|86|886)[ -]?)?[1-9][0-9]{2,3}[ -]?[0-9]{4}(?:[ -]?[0-9]{3,4})?)(?![0-9A-Z])"
)
_NOT_A_NAME = frozenset(("WECHAT", "WEIXIN", "WHATSAPP", "ALIPAY", "OFFICIAL", "SERVICE"))

_CN_PROVINCE = "京津沪滬渝冀豫云雲辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧琼瓊"
_CN_PLATE = re.compile(
    rf"(?P<head>[{_CN_PROVINCE}])[A-HJ-NP-Z][ ·•.-]?"
    r"(?P<tail>[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK]|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂掛学學警港澳领領])(?![A-Z0-9])"
)
# 更新APP2026: these begin many other words.
_COMMON = "新云雲青宁寧"
_PLATE_CUE = re.compile(r"(?:车牌|車牌|牌照|车号|車號|号牌|號牌|PLATE)[^0-9A-Z]{0,5}$")
_OTHER_PLATE = re.compile(
    r"(?<![A-Z0-9-])(?:[A-Z]{2,3}-?[0-9]{4}|[0-9]{4}-[A-Z0-9]{2}|[A-Z]{2} ?[0-9]{1,4})"
    r"(?![A-Z0-9-])"
)


def find_emails(text: str) -> Iterator[Personal]:
    """E-mail addresses of a working copy; desks such as service@ have strength 1."""
    for match in _EMAIL.finditer(text):
        yield Personal("email", *match.span(), strength=1 if _DESK.match(match.group()) else 3)


def find_accounts(text: str) -> Iterator[Personal]:
    """WeChat, QQ, LINE and WhatsApp accounts that stand after their cue word; the span is the account."""
    for match in _WECHAT.finditer(text):
        value = match["value"]
        if value in _NOT_A_NAME or not (
            match["link"].strip() or any(char.isdigit() or char == "_" for char in value)
        ):
            continue
        if value[0].isdigit() and not (value.isdigit() and len(value) in (8, 10, 11)):
            continue
        yield Personal("wechat", *match.span("value"), strength=3)
    for kind, pattern in (("qq", _QQ), ("line", _LINE), ("whatsapp", _WHATSAPP)):
        for match in pattern.finditer(text):
            if match["value"] not in _NOT_A_NAME:
                yield Personal(kind, *match.span("value"), strength=3)


def find_plates(text: str) -> Iterator[Personal]:
    """Number plates: mainland ones by shape, those of Taiwan and Hong Kong after a cue word."""
    for match in _CN_PLATE.finditer(text):
        digits = sum(char.isdigit() for char in match["tail"])
        least = 2 if _PLATE_CUE.search(before(text, match.start(), 9)) else 3
        if digits >= (4 if match["head"] in _COMMON else least):
            yield Personal("plate", *match.span(), strength=3)
    for match in _OTHER_PLATE.finditer(text):
        if _PLATE_CUE.search(before(text, match.start(), 9)):
            yield Personal("plate", *match.span())
