"""Phrases with slots, taken apart: `让…{relatives}[都|]知道`.

Plain characters stand for themselves, `{name}` for any entry of a lexicon list, `[a|b]` for either
text (an empty alternative makes it optional), `…` for a gap of some characters.
"""

from __future__ import annotations

from typing import NamedTuple

from collectlint.lazy import lazily

_PIECE = lazily(r"\{([^{}]*)\}|\[([^\[\]]*)\]|(…+)|([^{}\[\]…]+)")


class Piece(NamedTuple):
    """One piece of a phrase as written: `kind` is text, list, choice or gap."""

    kind: str
    value: str


def pieces(phrase: str) -> list[Piece] | None:
    """The pieces of a phrase, or None when its brackets do not match."""
    out = []
    position = 0
    while position < len(phrase):
        match = _PIECE.match(phrase, position)
        if match is None:
            return None
        name, choice, gap, text = match.groups()
        if name is not None:
            out.append(Piece("list", name))
        elif choice is not None:
            out.append(Piece("choice", choice))
        elif gap:
            out.append(Piece("gap", gap))
        else:
            out.append(Piece("text", text))
        position = match.end()
    return out
