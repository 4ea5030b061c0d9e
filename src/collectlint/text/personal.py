"""What every reader of personal data shares: the record, the working copy of a text, cue words."""

from __future__ import annotations

from typing import NamedTuple

from collectlint.lazy import lazily
from collectlint.text.kinds import KINDS as KINDS
from collectlint.text.spoken import fold_spoken

PHONES = ("mobile", "tw_mobile", "hk_phone")

_UPPER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)} | {ord(c): "-" for c in "‐‑‒–—−"}
_ORDER = lazily(
    r"(?:订单|訂單|单号|單號|编号|編號|流水|案号|案號|案件号|案件編號|合同号|合約|保单|保單|工号|工號|运单|運單|快递|快遞|凭证|憑證|发票|發票|参考号|參考編號|交易号|序号|序號|借据|借據|"
    r"ORDER|REF|NO\.)(?:[号號码碼为為是:#\s]|编号|編號)*$"
)


class Personal(NamedTuple):
    """Personal data at `text[start:end]`.

    `kind` is one of `KINDS`. `masked` = it is hidden in part (138****5678) and harmless by itself.
    `strength` is 3 where a check digit, an unmistakable shape or a cue word proves it, 2 where the
    shape speaks for it, 1 for a weak sign (an address without a house number).
    """

    kind: str
    start: int
    end: int
    masked: bool = False
    strength: int = 2


def working_copy(text: str) -> str:
    """`text` half width, upper case, with spoken digits as 0-9 and one kind of dash; length kept."""
    return fold_spoken(text).translate(_UPPER)


def before(text: str, at: int, length: int) -> str:
    """The up to `length` code points before `at`."""
    return text[max(0, at - length) : at]


def is_order_number(text: str, start: int) -> bool:
    """Whether a word before `start` makes the number an order, contract or reference number."""
    return _ORDER.search(before(text, start, 12)) is not None


def without_overlaps(found: list[Personal]) -> list[Personal]:
    """Sorted by place; of two that overlap the first, then the longer, stays."""
    kept: list[Personal] = []
    for personal in sorted(found, key=lambda p: (p.start, -p.end, -p.strength)):
        if not kept or personal.start >= kept[-1].end:
            kept.append(personal)
    return kept
