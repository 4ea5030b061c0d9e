"""Regular expressions that take time out of proportion to the text, known by their form.

A repeat backtracks exponentially when its body can be read in two ways, and as a power of the length
when neighbours compete for the same characters. What is judged is the parsed expression, over a small
alphabet: its own literals and one character of each common kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from math import prod
from typing import Any, NamedTuple

MANY = 10  # a repeat up to so many times is bounded
MOST_WAYS = 1_000_000  # of cutting a text between bounded repeats that may match the same characters
MOST_COPIES = 10_000  # nested repeats written out
_KINDS = "7q字 \n!_\u3000"
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")
_CHARACTER = ("LITERAL", "NOT_LITERAL", "ANY", "IN", "RANGE", "CATEGORY")

NESTED = "正则里有嵌套或重叠的重复,会在某些文本上耗尽时间"
COMPETING = "正则里有几个不限次数的重复争用同样的字,会在长文本上耗尽时间"
TOO_MANY = "正则的重复次数相乘过大"
BACK = "正则把反向引用与不限次数的重复合用,会在某些文本上耗尽时间"

Chars = frozenset[str]
Node = tuple[Any, Any]
_LONG = 500  # from here on a repeat counts as without end
_FEW = 3
_NARROW = 3  # characters of the alphabet; a repeat of fewer cannot run through a text


class _Piece(NamedTuple):
    """A part of a sequence: characters it can begin with, whether it can be empty, how often it repeats."""

    first: Chars
    empty: bool
    least: int
    most: int
    copies: int  # of single characters, written out
    ways: float = 1  # of cutting a text among the repeats in it


class HazardError(Exception):
    """What is wrong with an expression."""


def hazard(expression: str) -> str:
    """Why the expression is dangerous, or an empty text; also empty for what `re` cannot read."""
    import re

    parser: Any = import_module("re._parser")
    try:
        parsed = parser.parse(expression)
    except (re.error, RecursionError, OverflowError):
        return ""
    judge = _Judge(frozenset(_KINDS) | frozenset(_literals(parsed)), parser.MAXREPEAT)
    try:
        if judge.whole(list(parsed)) > MOST_COPIES:
            return TOO_MANY
    except HazardError as error:
        return str(error)
    except RecursionError:
        return NESTED
    if judge.refers_back and judge.unbounded:
        return BACK
    return ""


def _literals(parsed: Iterable[tuple[Any, Any]]) -> Iterable[str]:
    for kind, value in parsed:
        if str(kind) in ("LITERAL", "NOT_LITERAL"):
            yield chr(value)
        elif str(kind) == "RANGE":
            yield from (chr(value[0]), chr(value[1]))
        elif str(kind) == "IN":
            yield from _literals(value)
        else:
            for part in _parts(str(kind), value):
                yield from _literals(part)


def _parts(kind: str, value: Any) -> Sequence[Any]:
    """The sequences inside a node."""
    if kind == "BRANCH":
        return tuple(value[1])
    if kind in (*_REPEATS, "POSSESSIVE_REPEAT"):
        return (value[2],)
    if kind == "SUBPATTERN":
        return (value[3],)
    if kind in ("ASSERT", "ASSERT_NOT"):
        return (value[1],)
    if kind == "ATOMIC_GROUP":
        return (value,)
    if kind == "GROUPREF_EXISTS":
        return tuple(part for part in value[1:] if part is not None)
    return ()


class _Judge:
    def __init__(self, alphabet: Chars, unlimited: Any) -> None:
        self._alphabet = alphabet
        self._unlimited = unlimited
        self.refers_back = False
        self.unbounded = False

    def whole(self, nodes: list[Node]) -> int:
        """Characters of the expression with bounded repeats written out; raises HazardError."""
        nodes = _flat(nodes)
        if nodes and str(nodes[-1][0]) in _REPEATS and nodes[-1][1][0] <= _FEW:
            # Nothing comes after it that could fail, so it is never read in another way.
            *nodes, (_, (least, most, body)) = nodes
            nodes += [("MAX_REPEAT", (least, min(most, 2), body))]
        pieces = self._pieces(nodes)
        self._check(nodes, pieces, frozenset(), False)
        return sum(piece.copies for piece in pieces)

    def _pieces(self, nodes: list[Node]) -> list[_Piece]:
        return [self._piece(str(kind), value) for kind, value in nodes]

    def _sequence(self, parsed: Iterable[Node]) -> _Piece:
        pieces = self._pieces(_flat(parsed))
        copies = sum(piece.copies for piece in pieces)
        ways = prod(piece.ways for piece in pieces)
        return _Piece(_first(pieces), all(piece.empty for piece in pieces), 1, 1, copies, ways)

    def _piece(self, kind: str, value: Any) -> _Piece:
        if kind in _CHARACTER:
            return _Piece(self._chars(kind, value), False, 1, 1, 1)
        if kind in (*_REPEATS, "POSSESSIVE_REPEAT"):
            least, most, inner = value
            most = 1 << 20 if most is self._unlimited or most > 1 << 20 else int(most)
            self.unbounded = self.unbounded or most > _LONG
            body = self._sequence(inner)
            copies = body.copies * max(least if most == 1 << 20 else most, 1)
            empty = body.empty or not least
            if kind == "POSSESSIVE_REPEAT":  # read in one way only
                return _Piece(body.first, empty, 1, 1, copies)
            counts = most - least > _FEW and len(body.first) > _NARROW
            own = min(most - least, _LONG) + 1 if counts else 1
            return _Piece(
                body.first, empty, int(least), most, copies, own * body.ways ** (most if most <= MANY else 1)
            )
        if kind == "BRANCH":
            options = [self._sequence(part) for part in value[1]]
            first: Chars = frozenset().union(*(option.first for option in options))
            empty = any(option.empty for option in options)
            copies, ways = (
                max(column) for column in zip(*((one.copies, one.ways) for one in options), strict=True)
            )
            return _Piece(first, empty, 1, 1, int(copies), ways)
        if kind == "ATOMIC_GROUP":
            return self._sequence(value)
        if kind in ("GROUPREF", "GROUPREF_EXISTS"):
            self.refers_back = True
            return _Piece(self._alphabet, True, 1, 1, 1)
        return _Piece(frozenset(), True, 1, 1, 0)

    def _check(self, nodes: list[Node], pieces: list[_Piece], around: Chars, repeated: bool) -> None:
        """Raises HazardError where a repeat and what may follow it can take the same characters.

        `around` is what may follow the sequence; in a repeat that is its own beginning too.
        """
        wide = [piece for piece in pieces if piece.least < piece.most and len(piece.first) > _NARROW]
        endless = sum(piece.most > _LONG for piece in wide)
        if endless > 2 or prod(piece.ways for piece in pieces) > MOST_WAYS:
            raise HazardError(COMPETING)
        for at, (node, piece) in enumerate(zip(nodes, pieces, strict=True)):
            rest = pieces[at + 1 :]
            follows = _first(rest)
            if all(other.empty for other in rest):
                follows |= around
            if piece.least < piece.most:
                if repeated and follows & piece.first:
                    raise HazardError(NESTED)
                if piece.most > _LONG and _meets_another(piece, rest):
                    raise HazardError(COMPETING)
            self._check_inside(str(node[0]), node[1], piece, follows, repeated)

    def _check_inside(self, kind: str, value: Any, piece: _Piece, follows: Chars, repeated: bool) -> None:
        if kind in _REPEATS and piece.most > MANY:
            inner = _flat(value[2])
            pieces = self._pieces(inner)
            if all(one.empty for one in pieces):
                raise HazardError(NESTED)
            self._check(inner, pieces, follows | piece.first, True)
            return
        if kind == "BRANCH" and repeated:
            seen: Chars = frozenset()
            for option in value[1]:
                first = self._sequence(option).first
                if seen & first:
                    raise HazardError(NESTED)
                seen |= first
        for part in _parts(kind, value):
            inner = _flat(part)
            self._check(inner, self._pieces(inner), follows, repeated)

    def _chars(self, kind: str, value: Any) -> Chars:
        if kind == "LITERAL":
            return frozenset(chr(value))
        if kind == "NOT_LITERAL":
            return self._alphabet - {chr(value)}
        if kind == "ANY":
            return self._alphabet - {"\n"}
        if kind == "RANGE":
            return frozenset(char for char in self._alphabet if value[0] <= ord(char) <= value[1])
        if kind == "CATEGORY":
            return frozenset(char for char in self._alphabet if _is_of(str(value), char))
        negated = bool(value) and str(value[0][0]) == "NEGATE"
        parts = [self._chars(str(one), inner) for one, inner in value if str(one) != "NEGATE"]
        chars: Chars = frozenset().union(*parts)
        return self._alphabet - chars if negated else chars


def _flat(parsed: Iterable[Node]) -> list[Node]:
    """The nodes with groups opened."""
    out: list[Node] = []
    for kind, value in parsed:
        if str(kind) == "SUBPATTERN":
            out.extend(_flat(value[3]))
        else:
            out.append((kind, value))
    return out


def _first(pieces: Sequence[_Piece]) -> Chars:
    """What a sequence can begin with."""
    first: set[str] = set()
    for piece in pieces:
        first |= piece.first
        if not piece.empty:
            break
    return frozenset(first)


def _meets_another(piece: _Piece, rest: Sequence[_Piece]) -> bool:
    """Does a repeat follow, with nothing between that must occur, that takes the same characters?"""
    for other in rest:
        if other.most > MANY and other.least < other.most and piece.first & other.first:
            return True
        if not other.empty:
            return False
    return False


def _is_of(category: str, char: str) -> bool:
    if "DIGIT" in category:
        found = char.isdigit()
    elif "SPACE" in category:
        found = char.isspace()
    else:
        found = char.isalnum() or char == "_"
    return found != ("_NOT_" in category)
