"""Calendar dates, relative days and lengths of time stated in a text."""

from __future__ import annotations

import re
from typing import NamedTuple

from collectlint.text.days import is_day
from collectlint.text.numerals import Numeral, find_numerals, narrow, parse_numeral

_DIGIT = "〇零一二三四五六七八九"
_ONES = "[一二三四五六七八九]"
_DAY_WORD = rf"(?:[0-3]?[0-9]|三十一?|[一二]?十{_ONES}?|廿{_ONES}?|卅一?|{_ONES})"
_MONTH_WORD = r"(?:[01]?[0-9]|十[一二]?|[一二三四五六七八九]|元|正)"
_FULL = re.compile(
    rf"(?<![0-9{_DIGIT}])(?P<era>民国|民國)?\s?(?P<year>[0-9]{{2,4}}|[{_DIGIT}]{{4}}|(?<=民国)[一百零{_DIGIT}十]{{1,5}}|(?<=民國)[一百零{_DIGIT}十]{{1,5}})\s?年"
    rf"(?:\s?(?P<month>{_MONTH_WORD})\s?月(?:份?\s?(?P<day>{_DAY_WORD})\s?[日号號])?)?"
)
_MONTH_DAY = re.compile(
    rf"(?<![0-9{_DIGIT}十个個.])(?<![0-9{_DIGIT}]年)(?P<month>{_MONTH_WORD})\s?月\s?(?P<day>{_DAY_WORD})\s?[日号號](?![楼樓店线線院院厅廳])"
)
_WRITTEN = re.compile(
    r"(?<![0-9./-])(?P<year>[12][0-9]{3}|1[0-4][0-9])(?P<sep>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=sep)(?P<day>[0-2]?[0-9]|3[01])(?![0-9./-]*[0-9])"
)
# A day alone needs a word beside it: 5号 is also a house number.
_DAY_ONLY = re.compile(
    rf"(?P<cue>(?:本|这个|這個|这|這|下个|下個|下|上个|上個|上|每个|每個|每|次|当|當)月(?:的)?\s?)(?P<day>{_DAY_WORD})\s?[日号號]"
    rf"|(?<![0-9{_DIGIT}十.第a-zA-Z])(?P<day2>{_DAY_WORD})\s?[号號日](?=\s?(?:之?前|以前|还款|還款|前|到期|截止|扣款|出账|出帳|发工资|發薪))"
)
_RELATIVE = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "寻日": -1, "尋日": -1, "琴日": -1,
    "今天": 0, "今日": 0, "今晚": 0, "今早": 0, "当天": 0, "當天": 0, "当日": 0, "當日": 0,
    "明天": 1, "明日": 1, "明晚": 1, "明早": 1, "听日": 1, "聽日": 1, "翌日": 1, "次日": 1,
    "后天": 2, "後天": 2, "后日": 2, "後日": 2, "大后天": 3, "大後天": 3,
}  # fmt: skip
_RELATIVE_WORD = re.compile("|".join(sorted(_RELATIVE, key=len, reverse=True)))
_WEEKDAY = re.compile(
    r"(?P<which>上上|下下|上|下|本|这|這)?(?:个|個)?(?:周|週|星期|礼拜|禮拜)(?P<day>[一二三四五六日天末])"
)
_WEEKS = {"上上": -2, "上": -1, None: None, "本": 0, "这": 0, "這": 0, "下": 1, "下下": 2}
_WEEKDAYS = {char: number for number, char in enumerate("一二三四五六日", 1)} | {"天": 7, "末": 6}


class Date(NamedTuple):
    """A day, or a part of one, at `text[start:end]`; what is not said is None.

    `year` is of the common era (ROC years are converted), `shift` counts days from the day of the
    text (明天 = 1), `weekday` is 1 (Monday) to 7 and `week` the shift in weeks (下周 = 1).
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    shift: int | None = None
    weekday: int | None = None
    week: int | None = None


class Duration(NamedTuple):
    """A length of time at `text[start:end]`, in seconds (a month is 30 days, a year 365).

    `unit` is second, minute, hour, day, workday, week, month or year; `kind` is "within" (三天内),
    "every" (每小时, 每隔十分钟) or "span" (三天).
    """

    start: int
    end: int
    seconds: float
    number: int | float
    unit: str
    kind: str


def _number(words: str | None) -> int | None:
    if not words:
        return None
    value = 1 if words in ("元", "正") else parse_numeral(words)
    return None if value is None else int(value)


def _year(words: str, era: bool) -> int | None:
    """The common-era year of 2026, 26, 二〇二六, 113 (ROC) or 民国113."""
    value = _number(words)
    if value is None:
        return None
    if era or 100 <= value < 200:
        return value + 1911 if value < 200 else None
    if value < 100:
        return 2000 + value if words.isdigit() and len(words) == 2 else None
    return value if 1900 <= value <= 2100 else None


def _full_date(match: re.Match[str]) -> Date | None:
    year = _year(match["year"], match["era"] is not None)
    month, day = _number(match["month"]), _number(match["day"])
    if year is None or (month is not None and not is_day(year, month, day or 1)):
        return None
    if month is None and match["era"] is None and len(match["year"]) < 4:  # 26年, 100年: a length of time
        return None
    return Date(match.start(), match.end(), year, month, day)


def _written_date(match: re.Match[str]) -> Date | None:
    year, month, day = _year(match["year"], False), int(match["month"]), int(match["day"])
    return Date(*match.span(), year, month, day) if year is not None and is_day(year, month, day) else None


def _month_day(match: re.Match[str]) -> Date | None:
    month, day = _number(match["month"]), _number(match["day"])
    return Date(*match.span(), None, month, day) if month and day and is_day(None, month, day) else None


def _day_only(match: re.Match[str]) -> Date | None:
    day = _number(match["day"] or match["day2"])
    return Date(*match.span(), day=day) if day and day <= 31 else None


def _relative(match: re.Match[str]) -> Date:
    return Date(*match.span(), shift=_RELATIVE[match.group()])


def _weekday(match: re.Match[str]) -> Date:
    return Date(*match.span(), weekday=_WEEKDAYS[match["day"]], week=_WEEKS[match["which"]])


_READERS = (
    (_FULL, _full_date),
    (_WRITTEN, _written_date),
    (_MONTH_DAY, _month_day),
    (_DAY_ONLY, _day_only),
    (_RELATIVE_WORD, _relative),
    (_WEEKDAY, _weekday),
)


def find_dates(text: str) -> list[Date]:
    """Every date, sorted, not overlapping: 2026年3月2日, 3月5号, 113/05/03, 本月15号, 明天, 下周一.

    Days that no calendar has (2月30日) are not reported.
    """
    plain = narrow(text)
    seen: list[tuple[int, int, Date]] = []
    for rank, (pattern, read) in enumerate(_READERS):
        for match in pattern.finditer(plain):
            date = read(match)
            if date is not None:
                seen.append((date.start, rank, date))
    found: list[Date] = []
    for _, _, date in sorted(seen):
        if not found or date.start >= found[-1].end:
            found.append(date)
    return found


_UNITS = (
    ("second", 1, "秒钟|秒鐘|秒"),
    ("minute", 60, "分钟|分鐘"),
    ("hour", 3600, "个半小时|個半小時|个小时|個小時|小时|小時|个钟头|個鐘頭|个钟|個鐘|钟头|鐘頭|鐘"),
    ("workday", 86400, "个工作日|個工作日|工作日|个工作天|個工作天|工作天|个营业日|個營業日|營業日|营业日"),
    ("day", 86400, "个自然日|個自然日|自然日|天|日"),
    ("week", 604800, "个星期|個星期|个礼拜|個禮拜|星期|礼拜|禮拜|周|週"),
    ("month", 2592000, "个多月|個多月|个月|個月|月"),
    ("year", 31536000, "周年|週年|年"),
)
_UNIT = re.compile(
    r"\s?(?P<half>半)?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, _, words in _UNITS)
    + r")(?P<and_half>半)?"
)
_SECONDS = {name: seconds for name, seconds, _ in _UNITS}
_WITHIN = re.compile(r"\s?(?:之内|之內|以内|以內|内(?![容部心])|內(?![容部心]))")
_EVERY_BEFORE = re.compile(r"(?:每隔|每|隔)(?:个|個)?\s?$")
_EVERY = re.compile(
    r"(?:每隔|每)(?P<half>半)?(?:个|個)?(?P<unit>秒|分钟|分鐘|小时|小時|钟头|鐘頭|钟|鐘|天|日|晚|周|週|星期|礼拜|禮拜|月|年)(?![一二三四五六七八九十0-9]+[日号號])"
)
_HALF = re.compile(
    r"(?<![0-9一二两三四五六七八九十点點])半(?P<unit>个小时|個小時|小时|小時|个钟|個鐘|个钟头|天|日|个月|個月|年)(?P<in>之?内|之?內|以内|以內)?"
)
_EVERY_UNIT = {
    "秒": "second", "分": "minute", "小": "hour", "钟": "hour", "鐘": "hour",
    "天": "day", "日": "day", "晚": "day", "月": "month", "年": "year",
    "周": "week", "週": "week", "星": "week", "礼": "week", "禮": "week",
}  # fmt: skip


_NOT_YEARS = re.compile(r"[级級代度份班]|[0-9一二三四五六七八九十]{1,2}月")  # 五年级, 九零年代


def _is_year_name(text: str, numeral: Numeral) -> bool:
    """九零年 names a year; 九十年 is a length of time."""
    return numeral.unit == 1 and numeral.end - numeral.start > 1 and not text[numeral.start].isascii()


def find_durations(text: str) -> list[Duration]:
    """Every length of time, sorted, not overlapping: 三天内, 24小时内, 每小时, 每隔十分钟, 半小时."""
    plain = narrow(text)
    seen: list[Duration] = []
    for match in _EVERY.finditer(plain):
        unit, count = _EVERY_UNIT[match["unit"][0]], 0.5 if match["half"] else 1
        seen.append(Duration(*match.span(), _SECONDS[unit] * count, count, unit, "every"))
    for match in _HALF.finditer(plain):
        unit = _EVERY_UNIT[match["unit"].lstrip("个個")[0]]
        kind = "within" if match["in"] else "span"
        seen.append(Duration(*match.span(), _SECONDS[unit] * 0.5, 0.5, unit, kind))
    for numeral in find_numerals(plain):
        tail = _UNIT.match(plain, numeral.end)
        if tail is None or plain[max(0, numeral.start - 1) : numeral.start] in ("第", "."):
            continue
        unit = next(name for name, _, _ in _UNITS if tail[name] is not None)
        within = _WITHIN.match(plain, tail.end())
        before = _EVERY_BEFORE.search(plain[max(0, numeral.start - 3) : numeral.start])
        if unit == "year" and (_NOT_YEARS.match(plain, tail.end()) or _is_year_name(plain, numeral)):
            continue
        if (unit == "month" and tail[unit] == "月") or (
            unit == "year" and numeral.value > 100
        ):  # 3月, 2026年
            continue
        if unit == "day" and tail[unit] == "日" and within is None and before is None:  # 3日 is a date
            continue
        count = numeral.value + (0.5 if tail["half"] or tail["and_half"] or "半" in tail[unit] else 0)
        start = numeral.start - (before.end() - before.start()) if before else numeral.start
        end = within.end() if within else tail.end()
        kind = "every" if before else "within" if within else "span"
        seen.append(Duration(start, end, count * _SECONDS[unit], count, unit, kind))
    found: list[Duration] = []
    for duration in sorted(seen):
        if not found or duration.start >= found[-1].end:
            found.append(duration)
    return found
