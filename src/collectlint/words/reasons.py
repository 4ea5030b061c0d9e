"""What could not be read or judged, and why, in the reader's language."""

from __future__ import annotations

import re
from functools import cache

from collectlint.words.traditional import shown

_JOINED = re.compile("[;；]")  # several reasons in one


def told(text: str, lang: str) -> str:
    """A reason or remedy that our own code wrote in Chinese; as it is where the table lacks it."""
    if lang == "en":
        return _english(text)
    return shown(text, lang)


@cache
def _english(text: str) -> str:
    if text.isascii():
        return text
    parts = _JOINED.split(text)
    if len(parts) > 1:
        known = [_looked_up(part) for part in parts]
        if None not in known:
            return "; ".join(one for one in known if one is not None)
    return _looked_up(text) or text


def _looked_up(text: str) -> str | None:
    from collectlint.words.reasons_en import REASONS

    if text in REASONS:
        return REASONS[text]
    for form, english in _forms():
        match = form.fullmatch(text)
        if match:
            return english.format(*(_english(part).replace("、", ", ") for part in match.groups()))
    return None


@cache
def _forms() -> list[tuple[re.Pattern[str], str]]:
    """The texts with slots, those with the most words first."""
    from collectlint.words.reasons_en import REASONS

    slotted = sorted((key for key in REASONS if "{}" in key), key=lambda key: -len(key.replace("{}", "")))
    forms = []
    for key in slotted:
        pattern = "(.*?)".join(re.escape(part) for part in key.split("{}"))
        forms.append((re.compile(pattern, re.DOTALL), REASONS[key]))
    return forms
