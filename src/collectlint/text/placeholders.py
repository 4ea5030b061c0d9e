"""Placeholders of templates: where they stand, how they are written, what they will be filled with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from collectlint.lazy import lazily

# Longest forms first: `{{x}}` is no `{x}`.
FORMS = (
    ("mustache", r"\{\{\{?\s*([^{}\n]{1,60}?)\s*\}?\}\}"),
    ("dollar", r"\$\{\s*([^{}\n]{1,60}?)\s*\}"),
    ("hash_brace", r"#\{\s*([^{}\n]{1,60}?)\s*\}"),
    ("percent_brace", r"%\{\s*([^{}\n]{1,60}?)\s*\}"),
    ("named_percent", r"%\(\s*([^()\n]{1,60}?)\s*\)[sdf]"),
    ("brace", r"\{\s*([^{}\n]{1,60}?)\s*\}"),
    ("hash", r"#([A-Za-z_][A-Za-z0-9_.]{0,30}|[\u4e00-\u9fff]{1,12})#"),
    ("percent", r"%((?:\d{1,2}\$)?[-+0,]{0,3}\d{0,3}(?:\.\d{1,2})?)[sdfi@](?![A-Za-z0-9])"),
)
_ANY = lazily("|".join(pattern for _, pattern in FORMS), cues="{#%")
_STRAY = lazily(
    r"[$#%]?\{{1,3}[A-Za-z0-9_.]{0,20}|\}{1,3}|[$＄#＃]?｛[^｛｝\n]{0,40}｝?|｝|\$[A-Za-z_]\w{0,30}\}?"
)
_HASHES = lazily(r"#[A-Za-z_][A-Za-z0-9_]{0,30}")
_EMPTY = lazily(r"[$#%]?\{\s*\}|\{\{\s*\}\}|##")
_WORDS = lazily(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[\u4e00-\u9fff]+")

# Pieces of names: what says that a value is cut or the sender's own, then kinds of value.
_PIECES = {
    "masked": "tail last mask masked hidden partial suffix hide desensitized ending end 4 6",
    "masked_han": "尾 末 后四 後四 后六 后4 脱敏 遮 掩 去识别 去識別",
    "firm": (
        "court branch url web pay repay repayment store agent our agency firm company center centre service "
        "hotline callback lender office merchant platform shop"
    ),
    "firm_han": (
        "分行 法院 网点 網點 官网 还款 還款 缴款 繳款 超商 专户 專戶 客服 热线 熱線 承办 承辦 机构 機構 "
        "公司电话 我司 我行 门店 門市"
    ),
}
_MASKED, _MASKED_HAN, _FIRM, _FIRM_HAN = (frozenset(pieces.split()) for pieces in _PIECES.values())


class _Words(NamedTuple):
    """Of a kind: English names written together, pieces of Chinese names, types of vendors and projects."""

    names: str
    pieces: str
    types: str


_KINDS = {
    "identity": _Words(
        "idcard idno idnum idnumber id18 identity identityno certno certificateno certificatenumber sfz sfzh "
        "hkid passport passportno idcardno socialid nationalid",
        "身份证 身分证 身分證 证件号 證件號 护照 護照 居留证 居留證",
        "id_card identity idcard",
    ),
    "card": _Words(
        "cardno cardnum cardnumber bankcard bankcardno creditcard creditcardno bankaccount accountno "
        "accountnumber acctno pan",
        "卡号 卡號 银行账号 銀行帳號 银行账户号 信用卡号",
        "card bank_card bankcard",
    ),
    "address": _Words(
        "address addr homeaddr homeaddress residence huji domicile liveaddress",
        "住址 地址 户籍 戶籍 居住地 家庭地址",
        "address",
    ),
    "phone": _Words(
        "mobile mobileno phone phoneno phonenumber tel telephone cellphone msisdn",
        "手机 手機 电话 電話 门号 門號 联系方式 聯絡方式",
        "phone phone_number phonenumber mobile telephone",
    ),
    "whereabouts": _Words(
        "gps geoloc location kidschool childschool schoolclass plateno",
        "定位 病历 病歷 车牌 車牌 子女学校 子女學校 学校班级",
        "location",
    ),
    "amount": _Words(
        "amount amt money balance debt debtamount principal interest owed due dueamount penalty totaldue "
        "arrears fee",
        "金额 金額 欠款 应还 應還 应缴 應繳 余额 餘額 本金 利息 罚息 违约金 違約金 欠费 欠費",
        "money amount currency",
    ),
    "overdue": _Words(
        "overdue overduedays days dpd duedate deadline dueday repaydate overduedate date",
        "逾期 天数 天數 到期日 还款日 還款日 期限",
        "date datetime time days",
    ),
    "name": _Words(
        "name username realname fullname customername clientname debtorname custname borrowername nickname",
        "姓名 称呼 稱呼 客户名 客戶名 用户名",
        "name",
    ),
    "link": _Words("url link h5 shorturl shortlink href", "链接 連結 网址 網址 短链", "url link"),
    "code": _Words("code captcha otp verifycode", "验证码 驗證碼", "numbercaptcha captcha code"),
    "free": _Words(
        "content text message msg remark memo note desc description body detail details reason extra",
        "内容 內容 备注 備註 说明 說明 描述 详情 詳情 事由",
        "text newtext others other string",
    ),
}
KINDS = (*_KINDS, "other")
_TABLE = {kind: tuple(frozenset(words.split()) for words in parts) for kind, parts in _KINDS.items()}
# Fewest and most code points of a value whose length nobody declared; house values.
LENGTHS = {
    "identity": (8, 18), "card": (16, 19), "address": (6, 60), "phone": (8, 13), "whereabouts": (2, 40),
    "amount": (1, 12), "overdue": (1, 11), "name": (2, 10), "link": (10, 40), "code": (4, 8), "free": (1, 35),
    "other": (1, 20),
}  # fmt: skip

_LONGEST = 2000  # code points that a declared length may come to


class Placeholder(NamedTuple):
    """A placeholder at code points `start`-`end`: the name in it ("" for a bare `%s`), and its form."""

    start: int
    end: int
    name: str
    form: str


class Kind(NamedTuple):
    """What fills a placeholder; `masked`: only a part that identifies nobody; `firm`: the sender's own."""

    name: str
    masked: bool = False
    firm: bool = False
    ambiguous: bool = False  # `phone` may be the hot line, `address` that of a branch


def placeholders(text: str) -> Iterator[Placeholder]:
    """All well-formed placeholders from left to right."""
    for found in _ANY.finditer(text):
        which = found.lastindex or 1
        yield Placeholder(*found.span(), found[which].strip(), FORMS[which - 1][0])


def broken(text: str) -> Iterator[tuple[int, int]]:
    """What looks like a placeholder and is none: an open bracket, an empty name, full-width brackets."""
    if not any(sign in text for sign in "{}｛｝$#"):
        return
    rest = list(text)
    hashed = False
    for found in placeholders(text):
        rest[found.start : found.end] = " " * (found.end - found.start)
        hashed = hashed or found.form == "hash"
    left = "".join(rest)
    patterns = (_EMPTY, _STRAY, _HASHES) if hashed else (_EMPTY, _STRAY)
    found_spans = {found.span() for pattern in patterns for found in pattern.finditer(left)}
    spans = sorted(found_spans, key=lambda span: (span[0], -span[1]))
    end = 0
    for low, high in spans:
        if low >= end:
            yield low, high
            end = high


def kind_of(name: str, declared: Mapping[str, Any] | None = None) -> Kind:
    """What a placeholder of this name carries, by its name, declared type and description."""
    declared = declared or {}
    described = str(declared.get("description") or "")
    typed = str(declared.get("type") or "").lower()
    words = [word.lower() for word in _WORDS.findall(f"{name} {described}")]
    joined = "".join(words)
    masked = bool(_MASKED.intersection(words)) or any(piece in joined for piece in _MASKED_HAN)
    firm = bool(_FIRM.intersection(words)) or any(piece in joined for piece in _FIRM_HAN)
    by_name = _by_words([word.lower() for word in _WORDS.findall(name)]) or _by_han(name + described)
    by_type = next((kind for kind, (_, _, types) in _TABLE.items() if typed in types), "") if typed else ""
    # A name says more than a loose type (TEXT), a type more than a name that is a number.
    found = by_name if by_name and by_type in ("", "free", "other", by_name) else by_type or by_name
    whose = {"contact", "spouse", "customer", "user", "client", "debtor", "full", "home", "live", "mobile"}
    stated = bool(whose.intersection(words)) or any(piece in joined for piece in ("手机", "手機", "家", "住"))
    plain = found in ("phone", "address") and not stated
    return Kind(found or "other", masked, firm, plain)


def _by_words(words: list[str]) -> str:
    """The kind whose longest word the name holds as whole words, the last ones first (`card_no`)."""
    for length in (3, 2, 1):
        for start in range(len(words) - length, -1, -1):
            piece = "".join(words[start : start + length])
            for kind, (names, _, _) in _TABLE.items():
                if piece in names:
                    return kind
    return ""


def _by_han(name: str) -> str:
    return next(
        (kind for kind, (_, pieces, _) in _TABLE.items() if any(piece in name for piece in pieces)), ""
    )


def length_of(kind: Kind, declared: Mapping[str, Any] | None = None) -> tuple[int, int]:
    """Fewest and most code points of a value; a declared length bounds it."""
    least, most = (4, 4) if kind.masked else LENGTHS[kind.name]
    length = str((declared or {}).get("length") or "")
    if length.isdigit() and 0 < int(length) <= _LONGEST:
        return min(least, int(length)), int(length)
    return least, most
