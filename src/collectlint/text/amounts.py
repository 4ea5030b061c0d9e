"""Money amounts and percentages stated in a text."""

import re
from typing import NamedTuple

from collectlint.lazy import lazily
from collectlint.text.numerals import DIGITS, Numeral, find_numerals, narrow

_NAMES = {
    "CNY": "¥|人民币|人民幣|RMB|CNY|元人民币|元人民幣",
    "TWD": r"NT\$?|NTD|TWD|新台币|新臺币|新台幣|新臺幣|台币|台幣|臺幣|臺币",
    "HKD": r"HK\$|HKD|港币|港幣|港元|港纸|港紙|蚊",
    "USD": r"US\$|USD|美元|美金",
    "MOP": r"MOP\$?|澳门元|澳門元|澳门币|澳門幣|葡币|葡幣",
    "EUR": "€|EUR|欧元|歐元",
    "": r"\$",
}
_PREFIX = {code: lazily(rf"(?:{names})$", re.I) for code, names in _NAMES.items()}
_SUFFIX = {code: lazily(rf"(?:{names})(?![a-z])", re.I) for code, names in _NAMES.items() if code != "CNY"}
_SUFFIX["CNY"] = lazily(r"(?:人民币|人民幣|RMB|CNY)(?![a-z])", re.I)
_YUAN = lazily(r"[元块塊圆圓]")
# 元旦, 元素; 三元里; 一块去, 一块儿, 三块地: not money.
_NOT_YUAN = lazily(
    r"元(?:[旦宵件素首论論里制老]|复始|復始|一次)|[块塊](?:[地砖磚石肉糖布板屏冰木玻儿兒去走来來做聊处處]|电池|電池|牌)"
)
_MONEY_WORD = lazily(r"[钱錢]|[,.;:!?，。；：！？、)）\s0-9]|$")
_TAIL_YUAN = lazily(
    r"\s?(?:整|正(?![在常好式是确確当當规規])|人民币|人民幣|港币|港幣|新台币|新台幣|新臺幣|台币|台幣|美金)"
)
_JIAO = lazily(
    r"([0-9]|[一二两兩三四五六七八九])[角毛](?:([0-9]|[一二两兩三四五六七八九])分?(?!钟|鐘|之))?|([0-9]|[一二三四五六七八九])分(?!钟|鐘|之|[期次成])"
)
_HALF = lazily(r"半|([一二三四五六七八九])(?![十百千万萬亿億点點个個天次年月日号號时時折成分角毛期元块塊])")

# What is counted when it is not money: 三万人, 五百条, 3个月.
_MEASURE = lazily(
    r"\s?[人次个個户戶家名条條只隻台臺部辆輛字件份里公步天年月日号號小时時点點分秒周週期股亩米平方斤吨噸粒页頁本张張种種项項"
    r"位套楼樓层層室栋棟路街火%％‰/:\-]|\.[0-9]|后|後|多[人次个個]"
)
# A word that makes a number beside it an amount even without a currency: 欠款5000, 还了三千.
_OWED = lazily(
    r"(?:欠款|欠费|欠費|欠|借款|借了|贷款|貸款|本金|利息|罚息|罰息|违约金|違約金|滞纳金|滯納金|手续费|手續費|服务费|服務費|费用|費用|金额|金額|总额|總額|"
    r"本息|合计|合計|共计|共計|余额|餘額|还款额|還款額|应还|應還|需还|需還|未还|未還|归还|歸還|偿还|償還|还款|還款|还清|還清|还了|還了|"
    r"还(?![有是没沒在])|還(?![有是沒在])|支付|缴纳|繳納|缴|繳|转账|轉帳|打款|汇款|匯款|尾数|尾數|找数|找數|赔|賠|罚款|罰款|最低)"
    r"(?:[了你我您他她咱们們共有是为為达達:约約剩下还還差人民币的到出\s]|大概|左右|至少|差不多|总共|總共|一共|仲|只){0,4}$"
)
_ORDINAL = lazily(r"[第怕年月\-/:.#a-z]$", re.I)
_NOT_CURRENCY_BEFORE = lazily(r"[a-z]$", re.I)


class Amount(NamedTuple):
    """A sum of money at `text[start:end]`, in units of `currency`.

    `currency` is an ISO 4217 code, or "" for the jurisdiction's own (元, 块, $ or no word at all).
    `about` = the text says a lower end only (三万多, 八万几). `stated` is False when no currency
    word stands beside the number and only its size or a word such as 欠款 makes it money.
    """

    start: int
    end: int
    value: int | float
    currency: str = ""
    about: bool = False
    stated: bool = True


class Rate(NamedTuple):
    """A percentage at `text[start:end]`; `value` is the fraction, 0.24 for 24% and 百分之二十四."""

    start: int
    end: int
    value: float


def _currency_before(text: str, start: int) -> tuple[str, int] | None:
    """(code, where it begins) of the currency sign that ends at `start`."""
    edge = start - 1 if text[start - 1 : start] in (" ", ":") else start
    head = text[max(0, edge - 6) : edge]
    for code, pattern in _PREFIX.items():
        if (match := pattern.search(head)) is not None:
            begin = edge - len(head) + match.start()
            word = match.group()[0]
            if (
                word.isascii()
                and word.isalpha()
                and _NOT_CURRENCY_BEFORE.search(text[max(0, begin - 1) : begin])
            ):
                continue
            return code, begin
    return None


def _small_change(text: str, at: int) -> tuple[int, int]:
    """(cents, end) of the 角 and 分 that follow 元 at `at`: 5元3角2分, 五块五, 五块半."""
    if (match := _JIAO.match(text, at)) is not None:
        jiao, fen, only_fen = (_digit(group) for group in match.groups())
        return jiao * 10 + fen + only_fen, match.end()
    if (match := _HALF.match(text, at)) is not None:
        return (50 if match.group() == "半" else _digit(match.group(1)) * 10), match.end()
    return 0, at


def _digit(char: str | None) -> int:
    return 0 if not char else DIGITS[char] if char in DIGITS else int(char)


def _currency_after(text: str, at: int, numeral: Numeral) -> tuple[str, int, int] | None:
    """(code, cents, end) of the currency word that begins at `at`, one space allowed."""
    at += text[at : at + 1] == " "
    for code, pattern in _SUFFIX.items():
        if (match := pattern.match(text, at)) is not None:
            if code == "" or (
                match.group() == "蚊" and text[match.end() : match.end() + 1] in ("子", "帐", "香", "虫")
            ):
                return None
            return code, 0, match.end()
    if _YUAN.match(text, at) is None or _NOT_YUAN.match(text, at):
        return None
    if text[at] == "元" and 1990 <= numeral.value <= 2100 and text[at + 1 : at + 2] == "月":
        return None
    if numeral.value == 1 and text[at] in "块塊" and not _MONEY_WORD.match(text, at + 1):
        return None
    cents, end = _small_change(text, at + 1)
    tail = _TAIL_YUAN.match(text, end)
    code = ""
    if tail is not None:
        end = tail.end()
        code = next((c for c, p in _SUFFIX.items() if c and p.search(tail.group())), "")
    return code, cents, end


def _is_owed(text: str, numeral: Numeral) -> bool:
    """Whether a number without a currency word is money all the same."""
    start, end = numeral.start, numeral.end
    digits = text[start:end]
    if numeral.bare or _MEASURE.match(text, end) or _ORDINAL.search(text[max(0, start - 1) : start]):
        return False
    if numeral.unit >= 10_000 and text[end - 1] not in "kKwW":
        return True
    if len(digits) == 8 and digits.isdigit() and digits[:2] in ("19", "20"):  # 20260302
        return False
    if numeral.value < 10 or (digits.isdigit() and (len(digits) > 8 or digits[0] == "0")):
        return False
    return _OWED.search(text[max(0, start - 14) : start]) is not None


def find_amounts(text: str) -> list[Amount]:
    """Every money amount, sorted, not overlapping: 5,000.00元, 五千块, NT$3,000, 八万几, 欠款5000."""
    plain, found, done = narrow(text), [], 0
    for numeral in find_numerals(plain, bare=True):
        if numeral.start < done:
            continue
        start, end = numeral.start, numeral.end
        if start and "0" <= plain[start - 1] <= "9":
            continue
        before = None if numeral.bare and plain[start] not in "0123456789" else _currency_before(plain, start)
        after = _currency_after(plain, end, numeral)
        if before is None and after is None:
            if _is_owed(plain, numeral):
                found.append(Amount(start, end, numeral.value, "", numeral.about, False))
            continue
        code, value = "", numeral.value
        if after is not None:
            code, cents, end = after
            value = value if not cents else (value * 100 + cents) / 100
        if before is not None and before[1] >= done:
            code, start = before[0] or code, before[1]
        found.append(Amount(start, end, value, code, numeral.about or numeral.bare))
        done = end
    return found


_PERCENT_AFTER = lazily(r"\s?(%|‰|个百分点|個百分點)")
_PERCENT_BEFORE = lazily(r"([百千万萬])分之$")
_PARTS = {"百": 100, "千": 1000, "万": 10_000, "萬": 10_000}


def find_rates(text: str) -> list[Rate]:
    """Every percentage: 24%, 0.5‰, 百分之二十四, 万分之五."""
    plain, found = narrow(text), []
    for numeral in find_numerals(plain):
        head = _PERCENT_BEFORE.search(plain[max(0, numeral.start - 3) : numeral.start])
        if head is not None:
            found.append(Rate(numeral.start - 3, numeral.end, numeral.value / _PARTS[head.group(1)]))
        elif (tail := _PERCENT_AFTER.match(plain, numeral.end)) is not None:
            found.append(
                Rate(numeral.start, tail.end(), numeral.value / (1000 if tail.group(1) == "‰" else 100))
            )
    return found
