"""`contacts` as it is written in a rule: its options, and they as plain data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from collectlint.errors import Place
from collectlint.operators.field import KNOWN
from collectlint.operators.lowering import Lowering
from collectlint.shape import Field, ListOf, MapOf, Shape, Text, Whole

SHAPE = Shape(
    {
        "per": Field(
            ListOf(Text(), single=True, least=1),
            required=True,
            zh="按哪些字段合计;字段后加 ? 为可缺(缺者自成一组)",
            en="fields of one count; `lender?` may be unknown",
        ),
        "window": Field(
            Text(example="1 day"),
            default="1 day",
            zh="时段:1 day 为自然日,7 days 为含当日的七个自然日,24 hours、60 minutes 为滚动时段",
            en="`1 day` calendar day, `7 days` rolling calendar days, `24 hours` exact",
        ),
        "most": Field(Whole(0, 10_000), zh="时段内至多几次", en="how many are allowed"),
        "which": Field(
            MapOf(ListOf(Text(), single=True)), default={}, zh="算哪些联系(字段: 值)", en="which contacts"
        ),
        "after": Field(
            MapOf(ListOf(Text(), single=True)),
            zh="改为:时段内先有过这样的联系,便不得再联系",
            en="instead of `most`: none within the window after such a contact",
        ),
    },
    zh="联系次数(跨文档)",
    en="contacts over many documents",
)
_WINDOW = re.compile(r"(?:(\d{1,4})\s*)?(day|hour|minute)s?")


def lower(options: Mapping[str, Any], place: Place, lowering: Lowering) -> dict[str, Any]:
    """The options as plain data; faults are recorded."""
    window = _WINDOW.fullmatch(options["window"].strip())
    number = int(window[1] or 1) if window else 0
    if window is None or not number:
        lowering.fault(
            f"时段「{options['window']}」写法不对", place, "写作 1 day、7 days、24 hours 或 30 minutes"
        )
    unit = window[2] if window else "day"
    if (options["most"] is None) == (options["after"] is None):
        lowering.fault(
            "most 与 after 须写一个，且只写一个", place, "限次数用 most，某次联系之后不得再联系用 after"
        )
    if options["after"] is not None and not options["after"]:
        lowering.fault("after 没有写哪些联系", place, "如 after: {outcome: [effective]}")
    per = [field.removesuffix("?") for field in options["per"]]
    filters = {
        name: [[field, list(words)] for field, words in (options[name] or {}).items()]
        for name in ("which", "after")
    }
    for field in [*per, *(field for pairs in filters.values() for field, _ in pairs)]:
        if field not in KNOWN and not field.startswith("fields."):
            near = get_close_matches(field, sorted(KNOWN), 1)
            lowering.fault(
                f"没有字段「{field}」", place, f"是否指 {near[0]}？" if near else "自定字段写作 fields.名称"
            )
    return {
        "op": "contacts",
        "per": per,
        "optional": [field.removesuffix("?") for field in options["per"] if field.endswith("?")],
        "days": number if unit == "day" else 0,
        "microseconds": number * {"day": 0, "hour": 3_600_000_000, "minute": 60_000_000}[unit],
        "most": options["most"] if options["most"] is not None else 0,
        **filters,
    }
