"""Is a day a public holiday of its jurisdiction: asked of the `holidays` library, for house rules only."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from functools import lru_cache
from typing import cast

from collectlint.operators.outcome import NO_CALENDAR, NO_HOLIDAYS

_COUNTRIES = {"cn": "CN", "tw": "TW", "hk": "HK"}
_HONG_KONG = ("public", "optional")  # the default leaves out the days that only banks and offices keep
_LAST = {"cn": 2026}  # the State Council announces a year's days late in the year before


def is_holiday(day: date, jurisdiction: str) -> tuple[bool | None, str]:
    """(yes or no, ""), or (None, why not) without the library or a final calendar of that year."""
    last = _LAST.get(jurisdiction)
    if last is not None and day.year > last:
        return None, f"{day.year} 年{NO_CALENDAR}"
    days = _days(jurisdiction, day.year)
    if days is None:
        return None, NO_HOLIDAYS
    return day in days, ""


@lru_cache(maxsize=12)
def _days(jurisdiction: str, year: int) -> Container[date] | None:
    try:
        from holidays import country_holidays
    except ImportError:
        return None
    country = _COUNTRIES[jurisdiction]
    if jurisdiction == "hk":
        found = country_holidays(country, years=year, categories=_HONG_KONG)
    else:
        found = country_holidays(country, years=year)
    return cast("Container[date]", frozenset(found))
