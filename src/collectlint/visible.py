"""Text from outside, made safe to show on a terminal or in a log.

A message can hold terminal escapes, characters that reverse or hide what follows, lone surrogates
that no encoding takes, and commands to the machine that runs the build; here they become visible.
"""

from __future__ import annotations

import re
import unicodedata

from collectlint.lazy import lazily

# Invisible, but letters or marks to Unicode: fillers, blank Braille, grapheme joiner.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_HIDING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Commands of build machines that work in the middle of a line too: ##[error], ##vso[task...].
_COMMAND = lazily(r"##(?=[a-z]*\[)", re.IGNORECASE)
_SURROGATE = lazily("[\ud800-\udfff]")


def escaped(char: str) -> str:
    """The character by its number: `\\x1b`, `\\u202e`, `\\U000e0041`."""
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _shown(char: str, encoding: str) -> str:
    if char in _NAMED:
        return _NAMED[char]
    if char in _BLANK or unicodedata.category(char) in _HIDING:
        return escaped(char)
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return escaped(char)
    return char


def _is_plain(text: str, encoding: str) -> bool:
    if not text.isprintable() or "##" in text or not _BLANK.isdisjoint(text):
        return False
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def cells(text: str, encoding: str = "utf-8") -> list[str]:
    """How each code point of `text` is shown, one string for each, in order."""
    if _is_plain(text, encoding):
        return list(text)
    shown = [_shown(char, encoding) for char in text]
    for found in _COMMAND.finditer(text):
        shown[found.start() + 1] = escaped("#")
    return shown


def visible(text: str, encoding: str = "utf-8") -> str:
    """`text` on one line, with everything that acts, hides or cannot be encoded as an escape."""
    return text if _is_plain(text, encoding) else "".join(cells(text, encoding))


def speakable(text: str, encoding: str) -> bool:
    """Whether the output can print `text` at all."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def columns(shown: str) -> int:
    """Terminal columns that already visible text takes: two for wide characters, none for marks."""
    if shown.isascii():
        return len(shown)
    return sum(
        0
        if unicodedata.category(char) in ("Mn", "Me")
        else 1 + (unicodedata.east_asian_width(char) in ("W", "F"))
        for char in shown
    )


def without_surrogates(text: str) -> str:
    """`text` that UTF-8 can encode: a lone surrogate becomes U+FFFD, so the length is kept."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text
