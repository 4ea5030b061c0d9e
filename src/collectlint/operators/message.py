"""`message`: the outer form of a text message: length, parts, signature, links, opt-out, placeholders."""

import re
from typing import NamedTuple

from collectlint.lazy import lazily
from collectlint.operators.outcome import NO, Hit, Outcome
from collectlint.view import View

FEATURES = ("signature", "link", "opt_out", "mobile_number", "placeholder")

_SIGNATURE = lazily(
    r"^\s*(?:【[^【】\n]{1,30}】|〔[^〔〕\n]{1,30}〕|\[[^\[\]\n]{1,30}\])|(?:【[^【】\n]{1,30}】)\s*$"
)
_LINK = lazily(
    r"https?://[^\s，。]+|(?<![a-z0-9@.])(?:[a-z0-9-]+\.)+(?:com|cn|net|top|vip|cc|xyz|tw|hk|io|me|ly|link)(?:/[^\s，。]*)?",
    re.I,
)
_OPT_OUT = lazily(
    r"拒收请回复\s*[a-z]{1,2}|回复?\s*(?:td|t|n|r|0000)\s*(?:退订|拒收)|退订回\s*[a-z0-9]{1,4}|unsub", re.I
)
_MOBILE = lazily(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_PLACEHOLDER = lazily(
    r"\$\{[^{}\n]{1,40}\}|\{\{[^{}\n]{1,40}\}\}|(?<!\$)\{[^{}\n]{1,40}\}|%\{[^{}\n]{1,40}\}|#[a-z_\u4e00-\u9fff]{1,20}#|%[sd]",
    re.I,
)
_PATTERNS = {
    "signature": _SIGNATURE,
    "link": _LINK,
    "opt_out": _OPT_OUT,
    "mobile_number": _MOBILE,
    "placeholder": _PLACEHOLDER,
}


class Message(NamedTuple):
    """All given tests hold for the message.

    `length` counts code points of the text as sent, signature included; `segments` are SMS parts.
    `filled` counts them with the placeholders at their longest and a signature kept apart
    (`fields.signature`), and notes the sizes at both ends: `58(1)–83(2)`.
    """

    least_length: int | None
    most_length: int | None
    least_segments: int | None
    has: tuple[str, ...]
    lacks: tuple[str, ...]
    filled: bool = False

    def check(self, view: View) -> Outcome:
        text = view.text
        length = sum(len(turn.text) for turn in view.document.turns)
        if self.least_length is not None and length < self.least_length:
            return NO
        if self.most_length is not None and length > self.most_length:
            return NO
        note = ""
        if self.least_segments is not None:
            number, note = self._segments(view)
            if number < self.least_segments:
                return NO
        if any(_PATTERNS[feature].search(text) for feature in self.lacks):
            return NO
        hits = []
        for feature in self.has:
            match = _PATTERNS[feature].search(text)
            if match is None:
                return NO
            hits.append(Hit(*match.span()))
        hits = hits or [Hit(0, min(len(text), 24))]
        return Outcome(True, tuple(hit._replace(note=note) for hit in hits))

    def _segments(self, view: View) -> tuple[int, str]:
        from collectlint.text.expansion import expansion  # few rules count
        from collectlint.text.sms_parts import size

        whole = "".join(turn.text for turn in view.document.turns)
        if not self.filled:
            return size(whole).parts, ""
        fields = view.document.fields
        made = expansion(whole, fields.get("variables"), str(fields.get("signature") or ""))
        return made.longest.parts, made.told
