"""`variable`: the placeholders of a template, by what they would carry or by how they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from collectlint.document import Document
from collectlint.lazy import lazily
from collectlint.operators.outcome import NO, Hit, Outcome, found
from collectlint.text.placeholders import KINDS as KINDS
from collectlint.text.placeholders import Placeholder, broken, kind_of, placeholders
from collectlint.view import View

FAULTS = ("broken", "vendor")

_SIGNS = "{}｛｝#%$"
_NUMBERED = lazily(r"[1-9]\d?")
_ALIBABA = lazily(r"[A-Za-z][A-Za-z0-9_]{0,49}")
_HUAWEI = lazily(r"[1-9]|1\d|20|[A-Za-z][A-Za-z0-9_]{0,49}")
_HOTLINE = lazily(
    r"(?:致电|致電|拨打|撥打|来电|來電|回电|回電|热线|熱線|客服|咨询|諮詢|联系我|聯絡我|电询)[^,。;，；\n]{0,8}$"
)
_PLACE = lazily(r"(?:地点|地點|请到|請到|前往|莅临|蒞臨|网点|網點|分行|法院)[为為是:：]?\s*$")
_TAIL = lazily(r"(?:尾号|尾號|后四位|後四位|末四码|末四碼|末四位|末[四4]|尾数|尾數)[为為是:：]?\s*[（(]?\s*$")


class Variable(NamedTuple):
    """Yes where a placeholder would carry one of `kinds` in full, or has one of `faults`.

    A masked value (`card_tail`, 尾号${cardNo}) and the sender's own (hot line, branch) do not count;
    `loose` also takes a number of which it is not clear whose it is.
    """

    kinds: tuple[str, ...]
    faults: tuple[str, ...]
    loose: bool

    def check(self, view: View) -> Outcome:
        hits = []
        for which, turn in enumerate(view.document.turns):
            if not any(sign in turn.text for sign in _SIGNS):
                continue
            for start, end in self._spans(turn.text, view.document):
                hits.append(Hit(*view.inward(which, start, end)))
        return found(hits) if hits else NO

    def _spans(self, text: str, document: Document) -> Iterator[tuple[int, int]]:
        if "broken" in self.faults:
            yield from broken(text)
        if "vendor" in self.faults:
            yield from _wrong(text, str(document.fields.get("vendor") or "").lower())
        if self.kinds:
            variables = document.fields.get("variables")
            for one in placeholders(text):
                if self._counts(one, text, variables):
                    yield one.start, one.end

    def _counts(self, one: Placeholder, text: str, variables: object) -> bool:
        declared = variables.get(one.name) if isinstance(variables, Mapping) else None
        parts: Mapping[str, Any] = declared if isinstance(declared, Mapping) else {"type": declared or ""}
        kind = kind_of(one.name, parts)
        if kind.name not in self.kinds or kind.masked or kind.firm:
            return False
        before = text[max(0, one.start - 16) : one.start]
        if _TAIL.search(before):
            return False
        if not kind.ambiguous:
            return True
        if kind.name == "address":
            return not _PLACE.search(before)
        return self.loose and not _HOTLINE.search(before)


def _wrong(text: str, vendor: str) -> Iterator[tuple[int, int]]:
    """Placeholders that the platform does not fill: another form, a name it refuses, a number left out."""
    ones = list(placeholders(text))
    if vendor in ("tencent", "腾讯", "腾讯云"):
        for place, one in enumerate(ones, 1):
            if one.form != "brace" or not _NUMBERED.fullmatch(one.name) or int(one.name) != place:
                yield one.start, one.end
    elif vendor in ("alibaba", "aliyun", "阿里", "阿里云", "huawei", "华为", "华为云"):
        names = _HUAWEI if vendor in ("huawei", "华为", "华为云") else _ALIBABA
        for one in ones:
            if one.form != "dollar" or not names.fullmatch(one.name):
                yield one.start, one.end
        if names is _HUAWEI:
            yield from ((one.start, one.end) for one in ones[20:])
