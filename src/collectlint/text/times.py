"""Clock times and windows stated in a text, as minutes of the day."""

from __future__ import annotations

import re
from typing import NamedTuple

from collectlint.text.numerals import narrow, parse_numeral

DAY = 24 * 60

# Word -> (from, to) in minutes, used when the word stands alone; `to` may pass midnight.
_VAGUE = {
    "大半夜": (0, 300),
    "三更半夜": (0, 300),
    "半夜三更": (0, 300),
    "后半夜": (0, 300),
    "後半夜": (0, 300),
    "下半夜": (0, 300),
    "半夜": (0, 300),
    "深更半夜": (0, 300),
    "凌晨": (0, 360),
    "深夜": (22 * 60, DAY + 300),
    "午夜": (23 * 60, DAY + 60),
    "子夜": (23 * 60, DAY + 60),
    "通宵": (22 * 60, DAY + 360),
    "夜间": (22 * 60, DAY + 360),
    "夜間": (22 * 60, DAY + 360),
    "夜里": (22 * 60, DAY + 360),
    "夜裡": (22 * 60, DAY + 360),
    "夜裏": (22 * 60, DAY + 360),
    "大清早": (300, 480),
    "一大早": (300, 480),
    "大早上": (300, 480),
    "清早": (300, 480),
    "清晨": (300, 420),
    "早晨": (360, 540),
    "早上": (360, 540),
    "朝早": (360, 540),
    "上午": (480, 720),
    "上昼": (480, 720),
    "上晝": (480, 720),
    "中午": (660, 780),
    "午休": (720, 840),
    "下午": (780, 1080),
    "下昼": (780, 1080),
    "下晝": (780, 1080),
    "晏昼": (780, 1080),
    "晏晝": (780, 1080),
    "傍晚": (1020, 1140),
    "晚间": (1080, DAY),
    "晚間": (1080, DAY),
    "晚上": (1080, DAY),
    "夜晚": (1080, DAY),
    "夜晚黑": (1080, DAY),
    "今晚": (1080, DAY),
    "明晚": (1080, DAY),
    "昨晚": (1080, DAY),
    "当晚": (1080, DAY),
    "當晚": (1080, DAY),
    "每晚": (1080, DAY),
}
# Only beside an hour: 晚8点, 早9点, 夜10点, 午12点.
_SHORT = {
    "晚": (1080, DAY),
    "早": (360, 540),
    "朝": (360, 540),
    "夜": (1080, DAY),
    "今早": (360, 540),
    "明早": (360, 540),
    "am": (0, 720),
    "pm": (720, DAY),
}
_PERIODS = _VAGUE | _SHORT

_PERIOD = "|".join(sorted(_PERIODS, key=len, reverse=True))
_HOUR = r"(?:[0-2]?[0-9]|二十[一二三四]?|廿[一二三四]?|十[一二三四五六七八九]?|[零〇一二两兩三四五六七八九])"
_ONES = "[一二三四五六七八九]"
_MINUTE = rf"(?:[0-5]?[0-9]|[零〇]{_ONES}|[二三四五]?十{_ONES}?|廿{_ONES}?|(?:{_ONES}|两)(?=分))"
_CLOCK = re.compile(
    rf"(?P<period>{_PERIOD})?(?:的|[,\s])?"
    rf"(?:(?<![0-9:./])(?P<h>[01]?[0-9]|2[0-4]):(?P<m>[0-5][0-9])(?::[0-5][0-9])?(?![0-9:])(?:\s?(?P<ampm>[ap]m)(?![a-z]))?"
    rf"|(?<![0-9零〇一二三四五六七八九十廿第.])(?P<hour>{_HOUR})\s?(?P<mark>[点點时時])(?:(?P<clock>[钟鐘]|正(?![在常好式是确確]))|(?P<half>半)|(?P<quarter>[一三]刻)"
    rf"|整(?![个個合理])|(?P<minute>{_MINUTE})(?:分(?![之期钟鐘])|(?![0-9个個点點十天次元块])))?"
    rf"|(?<![0-9a-z.])(?P<eh>1[0-2]|0?[1-9])\s?(?P<eampm>[ap]\.?m\.?)(?![a-z]))",
    re.I,
)
_RANGE_HEAD = re.compile(rf"(?P<period>{_PERIOD})?(?<![0-9:./-])(?P<hour>{_HOUR})\s?(?:到|至|-|~)\s?$", re.I)
_JOIN = re.compile(
    r"\s?(?:起)?\s?(?:直到|一直到|到|至|-{1,2}|~|—{1,2}|–)\s?(?P<next>次日|翌日|隔日|隔天|第二天|次晨|翌晨|明天|明早)?\s?(?:的)?\s?",
)
_VAGUE_WORD = re.compile("|".join(sorted(_VAGUE, key=len, reverse=True)))
_GREETING = re.compile(r"好|安(?![排全])|(?<=早上)[班学學]|(?<=晚上)[班学學]")
# What must stand beside 三点 or 8时 when nothing else says that it is a clock time: 三点要求 is not.
_AFTER = re.compile(
    r"\s?(?:之?前|以前|之?后|以后|之?後|以後|左右|多(?![个個])|到|至|-|~|—|过来|過來|过去|准时|準時|见面|見面|上门|上門|打电话|打電話|截止)"
)
_BEFORE = re.compile(
    r"(?:今天|今日|明天|明日|后天|後天|昨天|前天|听日|聽日|当天|當天|次日|翌日|每天|天天|日|号|號|(?:周|週|星期|礼拜|禮拜)[一二三四五六日天1-7]|现在|現在|准时|準時|已经|已經|到了|\))\s?(?:的|,|在|到)?\s?$"
)
_ONE_MORE = re.compile(r"[一两兩二]|几|幾")


class Clock(NamedTuple):
    """A time of day at `text[start:end]`.

    `first` and `last` are minutes since midnight, equal for a point; `last` passes 1440 when the
    window runs over midnight (22:00-次日8:00 is 1320..1920). `vague` = only a word such as 半夜
    was said. `certain` is False when 1 to 12 o'clock stands without 上午, 晚上 or a 24-hour form.
    """

    start: int
    end: int
    first: int
    last: int
    vague: bool = False
    certain: bool = True


class _Point(NamedTuple):
    start: int
    end: int
    minute: int
    period: str
    certain: bool


def _by_period(hour: int, period: str) -> int:
    """The 24-hour clock's hour for `hour` said after `period`."""
    if hour == 24:
        return 0
    if not period or hour > 12:
        return hour
    first, last = _PERIODS[period]
    if period == "am" or period == "pm":
        return hour % 12 + (12 if period == "pm" else 0)
    if last > DAY - 1 or first == 0:  # evening and night
        if hour == 12:
            return 0
        earliest = 5 if first == 18 * 60 else 13 if period == "凌晨" else 7
        return hour + 12 if hour >= earliest else hour
    if first >= 660 and hour < 12:  # noon and afternoon
        return hour + 12 if first != 660 or hour < 10 else hour
    return hour


def _period_of(match: re.Match[str]) -> str:
    spoken = (match["period"] or "").lower()
    written = (match["ampm"] or match["eampm"] or "").lower().replace(".", "")
    return written or spoken


def _point(text: str, match: re.Match[str], inherited: str = "", linked: bool = False) -> _Point | None:
    """The clock time of a regular expression match, or None when it is something else."""
    period = _period_of(match) or inherited
    start, end = match.span()
    if match["period"] is None:
        start = next(match.start(g) for g in ("h", "hour", "eh") if match[g] is not None)
    if match["h"] is not None:
        hour, minute = int(match["h"]), int(match["m"])
        if hour == 24 and minute:
            return None
        return _Point(start, end, _by_period(hour, period) * 60 + minute, period, True)
    if match["eh"] is not None:
        return _Point(start, end, _by_period(int(match["eh"]), period) * 60, period, True)
    value = parse_numeral(match["hour"])
    if value is None or value > 24:
        return None
    hour, minute = int(value), 0
    if match["half"]:
        minute = 30
    elif match["quarter"]:
        minute = 15 if match["quarter"][0] == "一" else 45
    elif match["minute"]:
        minute = int(parse_numeral(match["minute"]) or 0)
    exact = match.end() > match.end("mark")
    digits = match["hour"][0].isascii()
    if match["mark"] in "时時":
        # 一时糊涂 is no hour; 3时间 neither.
        if text[end : end + 1] in ("间", "間", "候", "常", "期", "刻") or not (
            digits or match["period"] or exact or linked
        ):
            return None
    else:
        # 晚一点还 and 早两点: "a little later"; 三点要求: "three points".
        if (
            match["period"] in ("晚", "早")
            and _ONE_MORE.match(match["hour"])
            and len(match["hour"]) == 1
            and not exact
        ):
            return None
        if not (match["period"] or exact or linked or hour > 12):
            near = _AFTER.match(text, end) or _BEFORE.search(text[max(0, start - 8) : start])
            if near is None:
                return None
    certain = bool(period) or hour == 0 or hour > 12
    return _Point(start, end, _by_period(hour, period) * 60 + minute, period, certain)


def _head(text: str, start: int) -> re.Match[str] | None:
    """The 8 of 8-22点 and 早上八至十点, which has no 点 of its own, before the time at `start`."""
    return _RANGE_HEAD.search(text[max(0, start - 10) : start])


def find_clock(text: str) -> list[Clock]:
    """Every clock time, window and vague time word, sorted, not overlapping.

    晚上十一点半, 23:30, 22:00-次日8:00, 8-22点, 早上8点到晚上10点, 半夜 (vague). Greetings
    (晚上好), 晚一点 and 三点要求 are none.
    """
    plain, at = narrow(text), 0
    found: list[Clock] = []
    while (match := _CLOCK.search(plain, at)) is not None:
        head = (
            None
            if match["period"] or match["eh"]
            else _head(plain, match.start("h" if match["h"] else "hour"))
        )
        point = _point(plain, match, linked=head is not None and bool(head["period"]))
        if point is None:
            at = max(match.end() - 1, match.start() + 1)
            continue
        at = point.end
        first, last, end, certain = point.minute, point.minute, point.end, point.certain
        join = _JOIN.match(plain, at)
        second_match = _CLOCK.match(plain, join.end()) if join else None
        start = point.start
        if join is not None and second_match is not None:
            second = _point(
                plain, second_match, "" if join["next"] or second_match["h"] else point.period, True
            )
            if second is not None:
                own = second_match["period"] is not None or second_match["h"] is not None
                last, end, at = _window_end(first, second, join["next"], own), second.end, second.end
                certain = certain and (second.certain or bool(join["next"]))
        elif (
            second_match is None
            and head is not None
            and (value := parse_numeral(head["hour"])) is not None
            and value <= 24
        ):
            start = point.start - (head.end() - head.start())
            if not found or found[-1].end <= start:
                period = (head["period"] or "").lower()
                second = _point(plain, match, period, True) or point
                first, last = _by_period(int(value), period) * 60, second.minute
                last = _window_end(first, second, None, False)
                certain = bool(period) or value > 12 or second.minute > 12 * 60
            else:
                start = point.start
        found.append(Clock(start, end, first, last, False, certain))
    return _with_vague(plain, found)


def _window_end(first: int, second: _Point, next_day: str | None, own_period: bool) -> int:
    """Where a window that begins at `first` ends: 上午9点到5点 is 17:00, 22:00-8:00 is 32:00."""
    last = second.minute
    if next_day:
        return last + DAY
    if last <= first and not own_period and first < 12 * 60 and first < last + 12 * 60:
        return last + 12 * 60
    return last if last > first else last + DAY


def _with_vague(text: str, clocks: list[Clock]) -> list[Clock]:
    """`clocks` and the time words that stand outside them, in order."""
    merged, waiting = [], iter(clocks)
    clock = next(waiting, None)
    for match in _VAGUE_WORD.finditer(text):
        while clock is not None and clock.end <= match.start():
            merged.append(clock)
            clock = next(waiting, None)
        # 早晨 at the head of a sentence is Cantonese for good morning.
        if match.group() == "早晨" and not text[max(0, match.start() - 1) : match.start()].isalnum():
            continue
        if (clock is not None and clock.start < match.end()) or _GREETING.match(text, match.end()):
            continue
        first, last = _VAGUE[match.group()]
        merged.append(Clock(match.start(), match.end(), first, last, True))
    if clock is not None:
        merged.append(clock)
    merged.extend(waiting)
    return merged
