"""`contacts`: is a contact one too many among many documents; alone it only says what is to be counted."""

from typing import NamedTuple

from collectlint.document import Document
from collectlint.operators.field import value_of, word_of
from collectlint.operators.hours import microseconds
from collectlint.operators.outcome import NO, Outcome
from collectlint.view import View

Filter = tuple[tuple[str, tuple[str, ...]], ...]


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
        instant = microseconds(str(document.started_at))
        if instant is None:
            return None, "started_at 不是 ISO 8601 时间"
        group = "\x1f".join("" if value is None else word_of(value) for value in fields)
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
