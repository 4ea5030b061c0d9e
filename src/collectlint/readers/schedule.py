"""`schedule`: when a template goes out, as a cron expression or a clock time -> send windows of the day."""

from __future__ import annotations

from collectlint.errors import InputError
from collectlint.lazy import lazily
from collectlint.readers.record import shorten

_CLOCK = lazily(r"(?:每[天日]\s*|daily\s+)?([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?")
_WINDOW = lazily(r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?\s*[-–~]\s*(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?")
_MACROS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_FIELDS = {"minute": "分", "hour": "时", "day-of-month": "日", "month": "月", "day-of-week": "星期"}
_DAY = 24 * 60
_REMEDY = '应为 cron 表达式（"0 21 * * *"，Quartz、Spring 的六、七段也可）或时刻（"21:00"）'


def send_times(text: str) -> tuple[str, ...]:
    """`HH:MM-HH:MM` for each run of minutes in which the schedule fires, whatever the day.

    Five fields, six and seven as Quartz and Spring write them (seconds first, a year last), macros
    (`@daily`), a clock time or a window. Raises InputError for anything else.
    """
    text = text.strip()
    if _WINDOW.fullmatch(text):
        return (text,)
    clock = _CLOCK.fullmatch(text)
    if clock:
        return _runs([int(clock[1]) * 60 + int(clock[2])])
    fields = _MACROS.get(text.lower(), text).split()
    if not 5 <= len(fields) <= 7:
        raise InputError(f"schedule 的值「{shorten(text)}」不是 cron 表达式", remedy=_REMEDY)
    if len(fields) > 5:
        _check_seconds(fields[0], text)
        # Quartz counts weekdays from Sunday = 1 and has signs of its own for days; none moves the hour.
        fields = [*fields[1:3], "*", fields[4], "*"]
    from datetime import datetime

    from cronsim import CronSim, CronSimError

    try:
        cron = CronSim(" ".join(field.replace("?", "*") for field in fields), datetime(2026, 1, 1))
    except CronSimError as error:
        field = _FIELDS.get(str(error).removeprefix("Bad "), "")
        reason = f"schedule 的值「{shorten(text)}」不是有效的 cron 表达式" + (f"（{field}）" if field else "")
        raise InputError(reason, remedy=_REMEDY) from None
    return _runs(sorted(hour * 60 + minute for hour in cron.hours for minute in cron.minutes))


def _check_seconds(field: str, text: str) -> None:
    if not all(
        part in ("*", "?") or part.isdigit() for part in field.replace("/", ",").replace("-", ",").split(",")
    ):
        raise InputError(f"schedule 的值「{shorten(text)}」不是有效的 cron 表达式（秒）", remedy=_REMEDY)


def _runs(minutes: list[int]) -> tuple[str, ...]:
    """Windows of consecutive minutes, their ends not included."""
    windows: list[list[int]] = []
    for minute in minutes:
        if windows and windows[-1][1] == minute:
            windows[-1][1] = minute + 1
        else:
            windows.append([minute, minute + 1])
    return tuple(f"{_clock(start)}-{_clock(end)}" for start, end in windows)


def _clock(minute: int) -> str:
    return "24:00" if minute == _DAY else f"{minute // 60:02d}:{minute % 60:02d}"
