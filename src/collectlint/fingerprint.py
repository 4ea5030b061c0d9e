"""Names a finding so that baselines and code hosts know it again after lines have moved."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from collectlint.lazy import lazily

_LINE_BREAK = lazily(r"\r\n|\n|\r")
_EMAIL = lazily(r"[a-z0-9._%+-]+@[a-z0-9.-]+")
_NAME = lazily(r"[\u3400-\u9fff]{1,3}(?=先生|女士|小姐)")
_TITLES = ("先生", "女士", "小姐")
_TOKEN = lazily(r"[a-z_-]*[0-9_][a-z0-9_-]*")
_NUMERAL = lazily(r"[0幺两兩]+", cues="0幺两兩")
_REACH = 2000  # code points; lines of people are shorter, and each finding pays for its line
_DROPPED = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


class Mark(NamedTuple):
    """What identifies a finding: rule id, matched text and the line (or turn) around it, all raw."""

    rule: str
    matched: str
    line: str


def normalise(text: str) -> str:
    """`text` without width, case and spacing differences, and without personal data.

    A plain hash of a phone number is undone by trying all numbers, so numbers (written and spoken),
    e-mail addresses, account names and names before 先生/女士 are dropped before hashing.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(char for char in plain if unicodedata.category(char) not in _DROPPED)
    plain = _EMAIL.sub("@", plain) if "@" in plain else plain
    if any(title in plain for title in _TITLES):
        plain = _NAME.sub("*", plain)
    plain = "".join("0" if char.isnumeric() else char for char in plain)
    return _NUMERAL.sub("0", _TOKEN.sub("0", plain))


def fingerprint(rule: str, matched: str, line: str, nth: int = 1) -> str:
    """16 hexadecimal digits; `nth` counts from 1 among findings that are otherwise equal."""
    return _digest(rule, normalise(matched), normalise(line), nth)


def _digest(rule: str, matched: str, line: str, nth: int) -> str:
    parts = (rule, matched, line, str(nth))
    return _sha256("\0".join(parts).encode("utf-8", "surrogatepass"))[:16]


def _sha256(data: bytes) -> str:
    digest: str = _hasher()(data).hexdigest()
    return digest


@cache
def _hasher() -> Any:
    """SHA-256; looked for once, because asking for a module that is not there searches all folders."""
    for name in ("_sha2", "_sha256"):  # what hashlib has without OpenSSL, which takes 2 ms to load
        try:
            return import_module(name).sha256
        except ImportError:
            continue
    import hashlib

    return hashlib.sha256


def fingerprints(marks: Iterable[Mark]) -> list[str]:
    """One fingerprint for each mark, in order; equal marks are told apart by their number."""
    normal: dict[str, str] = {}
    seen: dict[tuple[str, str, str], int] = {}
    made = []
    for rule, matched, line in marks:
        for text in (matched, line):
            if text not in normal:
                normal[text] = normalise(text)
        key = (rule, normal[matched], normal[line])
        seen[key] = seen.get(key, 0) + 1
        made.append(_digest(*key, seen[key]))
    return made


def surrounding_line(text: str, start: int, end: int) -> str:
    """The whole line or lines of `text` that hold the half-open code-point span `start`-`end`.

    Of an overlong line, no more than `_REACH` code points before and behind the span.
    """
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    for found in _LINE_BREAK.finditer(text, first, last):
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end:
            return text[first : found.start()]
    return text[first:last]
