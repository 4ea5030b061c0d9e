"""`contacts`: is a contact one too many among many documents; alone it only says what is to be counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from collectlint.document import Document
from collectlint.errors import Place
from collectlint.lazy import lazily
from collectlint.operators.field import KNOWN, value_of, word_of
from collectlint.operators.hours import local
from collectlint.operators.lowering import Lowering
from collectlint.operators.outcome import NO, Outcome
from collectlint.shape import Field, ListOf, MapOf, Shape, Text, Whole
from collectlint.view import View

Filter = tuple[tuple[str, tuple[str, ...]], ...]

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
_WINDOW = lazily(r"(?:(\d{1,4})\s*)?(day|hour|minute)s?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Contact(NamedTuple):
    """What a document adds to a count; `instant` is in microseconds since 1970 (UTC)."""

    group: str
    instant: int
    judged: bool
    counted: bool


class Contacts(NamedTuple):
    """At most `most` contacts of one group (the values of `per`) in `days` calendar days or `microseconds`.

    With `after`, none within that time after a contact that `after` describes. `optional` fields of
    `per` may be unknown. A contact belongs to the moment at which it began.
    """

    per: tuple[str, ...]
    optional: tuple[str, ...]
    days: int
    microseconds: int
    most: int
    which: Filter
    after: Filter

    def check(self, view: View) -> Outcome:
        """What a document alone allows to say: that something is missing, or nothing."""
        _, reason = self.contact(view.document)
        return Outcome(None, (), reason) if reason else NO

    def contact(self, document: Document) -> tuple[Contact | None, str]:
        """(what to count, None = nothing; what is missing to count it, "" = nothing)."""
        judged, lacking = _matches(document, self.which)
        counted, lacking_too = _matches(document, self.after) if self.after else (judged, "")
        if not judged and not counted:
            return None, lacking or lacking_too
        fields = [value_of(document, field) for field in self.per]
        missing = [
            field
            for field, value in zip(self.per, fields, strict=True)
            if value in (None, "") and field not in self.optional
        ]
        if document.started_at is None:
            missing.append("started_at")
        if missing:
            return None, f"缺少 {'、'.join(missing)}，无法计次"
        moment = local(str(document.started_at))
        if moment is None:
            return None, "started_at 不是 ISO 8601 时间"
        group = "\x1f".join("" if value is None else word_of(value) for value in fields)
        instant = (moment - _EPOCH) // _MICROSECOND
        return Contact(group, instant, bool(judged), bool(counted)), lacking or lacking_too


def _matches(document: Document, wanted: Filter) -> tuple[bool | None, str]:
    """(Kleene truth, what is missing): a field with another value says no, whatever else is unknown."""
    missing = ""
    for field, words in wanted:
        value = value_of(document, field)
        if value in (None, "", ()):
            missing = missing or f"缺少 {field}，无法计次"
        elif word_of(value) not in words:
            return False, ""
    return (None, missing) if missing else (True, "")


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
            from difflib import get_close_matches

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
