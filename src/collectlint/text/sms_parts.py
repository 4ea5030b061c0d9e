"""SMS parts: how many a text is sent and charged as (3GPP TS 23.038 and 23.040)."""

from __future__ import annotations

from typing import NamedTuple

# GSM 7-bit default alphabet, and what takes two units through its extension table.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
_LIMITS = {"GSM-7": (160, 153), "UCS-2": (70, 67)}


class Size(NamedTuple):
    """`units` are septets (GSM-7) or UTF-16 code units (UCS-2), as they are charged."""

    encoding: str
    units: int
    parts: int


def size(text: str) -> Size:
    """The size of a text as it is sent, signature included."""
    if all(char in _BASIC or char in _EXTENDED for char in text):
        units = len(text) + sum(char in _EXTENDED for char in text)
        return Size("GSM-7", units, parts(units, "GSM-7"))
    units = len(text) + sum(char > "\uffff" for char in text)
    return Size("UCS-2", units, parts(units, "UCS-2"))


def parts(units: int, encoding: str = "UCS-2") -> int:
    """One up to 70 (160) units, else one for every 67 (153)."""
    single, several = _LIMITS[encoding]
    return 1 if units <= single else -(-units // several)
