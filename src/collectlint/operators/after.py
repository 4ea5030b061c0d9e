"""`after`: did the contact happen after a moment that another field names (an objection)."""

from typing import NamedTuple

from collectlint.operators.hours import instant
from collectlint.operators.outcome import NO, YES, Outcome
from collectlint.view import View


class After(NamedTuple):
    """Yes when `started_at` is later than the time in `field`; no when that field is absent."""

    field: str

    def check(self, view: View) -> Outcome:
        document = view.document
        since = getattr(document, self.field, None) or document.fields.get(self.field)
        if since is None:
            return NO
        if document.started_at is None:
            return Outcome(None, (), "缺少 started_at")
        first, second = instant(str(since)), instant(document.started_at)
        if first is None or second is None:
            return Outcome(None, (), f"{self.field} 或 started_at 不是 ISO 8601 时间")
        return YES if second > first else NO
