"""A template at its shortest and its longest: the text with every placeholder filled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from collectlint.text.placeholders import kind_of, length_of, placeholders
from collectlint.text.sms_parts import Size, size

_ASCII_KINDS = frozenset(("amount", "overdue", "phone", "card", "identity", "link", "code"))
_SIGNED = ("【", "〔", "[")


class Expansion(NamedTuple):
    """Sizes at the shortest and the longest values; `guessed` are placeholders of undeclared length."""

    shortest: Size
    longest: Size
    guessed: tuple[str, ...]

    @property
    def factor(self) -> float:
        """What the longest text costs, the shortest one being 1."""
        return self.longest.parts / self.shortest.parts

    @property
    def told(self) -> str:
        """`58(1)–83(2)`: units and parts at both ends."""
        ends = [f"{one.units}({one.parts})" for one in (self.shortest, self.longest)]
        return "–".join(dict.fromkeys(ends))


def expansion(text: str, variables: object = None, signature: str = "") -> Expansion:
    """The sizes of a template; a signature kept apart from the text is counted with its brackets."""
    known: Mapping[str, Any] = variables if isinstance(variables, Mapping) else {}
    short = long = ""
    guessed: list[str] = []
    at = 0
    for one in placeholders(text):
        declared = known.get(one.name)
        declared = declared if isinstance(declared, Mapping) else {"type": declared} if declared else {}
        kind = kind_of(one.name, declared)
        least, most = length_of(kind, declared)
        filler = "0" if kind.name in _ASCII_KINDS else "字"
        if "length" not in declared:
            guessed.append(one.name or text[one.start : one.end])
        short += text[at : one.start] + filler * least
        long += text[at : one.start] + filler * most
        at = one.end
    sign = f"【{signature.strip('【】')}】" if signature and not text.lstrip().startswith(_SIGNED) else ""
    return Expansion(
        size(sign + short + text[at:]), size(sign + long + text[at:]), tuple(dict.fromkeys(guessed))
    )
