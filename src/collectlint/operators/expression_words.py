"""Which words a regular expression cannot match without: a text that holds none of them need not be searched.

The parse tree is walked once when rules are compiled. Every piece gives the exact strings that it
can stand for, as long as these are few, and the best requirement seen in it: strings one of which is
in every match. (The idea is that of trigram indexes for code search: Cox, Regular Expression
Matching with a Trigram Index, 2012.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from collectlint.text.literals import commonness

_MOST = 400  # strings of one requirement
_WIDEST = 12  # characters of a class that are written out
_MOST_GROUPS = 4
_RARE = 0.1  # share of texts; words found more often rule out too little to be looked for besides


class _Piece(NamedTuple):
    """What is known of a piece: all strings it stands for (None: too many), one of `needed` in each match."""

    exact: frozenset[str] | None
    needed: frozenset[str] | None


_EMPTY = _Piece(frozenset({""}), None)
_UNKNOWN = _Piece(None, None)


def needed_words(expression: str) -> frozenset[str]:
    """Words one of which is in every match of an expression of `re`; empty when nothing can be said."""
    try:
        tree = _parser.parse(expression)
    except (re.error, OverflowError, RecursionError):  # perhaps one of the module `regex`
        return frozenset()
    if tree.state.flags & ~re.UNICODE:
        return frozenset()
    piece = _sequence(tree)
    return _better(piece.needed, piece.exact) or frozenset()


def needed_besides(expression: str) -> tuple[frozenset[str], ...]:
    """Further sets of words of each of which one is in every match, the rarest first."""
    best = needed_words(expression)
    if not best:
        return ()
    _, groups = _gathered(_parser.parse(expression))
    rare = {
        words
        for words in groups
        if words != best
        and all(map(_is_scannable, words))
        and not any(word in one for word in words for one in best)  # there already
        and sum(map(commonness, words)) < _RARE
    }
    ordered = sorted(rare, key=lambda words: (sum(map(commonness, words)), sorted(words)))
    return tuple(ordered[:_MOST_GROUPS])


def _sequence(items: Iterable[tuple[Any, Any]]) -> _Piece:
    """Pieces one after the other: strings grow as long as they are few, the best requirement stays."""
    exact, groups = _gathered(items)
    needed: frozenset[str] | None = None
    for words in groups:
        needed = _better(needed, words)
    return _Piece(exact, needed)


def _gathered(items: Iterable[tuple[Any, Any]]) -> tuple[frozenset[str] | None, list[frozenset[str]]]:
    """All strings that the pieces stand for (None: too many), and sets of words they hold one of each of."""
    so_far: frozenset[str] = frozenset({""})
    is_whole = True
    groups: list[frozenset[str]] = []
    for operation, argument in items:
        piece = _piece(str(operation), argument)
        if piece.needed is not None:
            groups.append(piece.needed)
        joined = _joined(so_far, piece.exact)
        if joined is None:
            groups.append(so_far)
            is_whole = False
            so_far = piece.exact or frozenset({""})
        else:
            so_far = joined
    groups.append(so_far)
    return (so_far if is_whole else None), groups


def _piece(operation: str, argument: Any) -> _Piece:
    if operation == "LITERAL":
        return _Piece(frozenset({chr(argument)}), None)
    if operation == "IN":
        return _Piece(_characters(argument), None)
    if operation == "BRANCH":
        return _either([_sequence(branch) for branch in argument[1]])
    if operation == "SUBPATTERN":
        return _sequence(argument[3]) if not argument[1] and not argument[2] else _UNKNOWN
    if operation == "ATOMIC_GROUP":
        return _sequence(argument)
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _repeated(*argument)
    if operation in ("AT", "ASSERT", "ASSERT_NOT"):
        return _EMPTY
    return _UNKNOWN


def _repeated(least: int, most: int, body: Any) -> _Piece:
    piece = _sequence(body)
    if least == 0:
        if most == 1 and piece.exact is not None:
            return _Piece(piece.exact | {""}, None)
        return _UNKNOWN
    if least == most == 1:
        return piece
    if least == most and piece.exact is not None:
        exact: frozenset[str] | None = frozenset({""})
        for _ in range(least):
            exact = _joined(exact, piece.exact) if exact is not None else None
        if exact is not None:
            return _Piece(exact, piece.needed)
    return _Piece(None, _better(piece.needed, piece.exact))


def _either(pieces: Sequence[_Piece]) -> _Piece:
    exact: frozenset[str] | None = frozenset()
    needed: frozenset[str] | None = frozenset()
    for piece in pieces:
        exact = _few(exact | piece.exact) if exact is not None and piece.exact is not None else None
        own = _better(piece.needed, piece.exact)
        needed = _few(needed | own) if needed is not None and own is not None else None
    return _Piece(exact, needed)


def _characters(items: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    found: set[str] = set()
    for operation, argument in items:
        if str(operation) == "LITERAL":
            found.add(chr(argument))
        elif str(operation) == "RANGE" and argument[1] - argument[0] < _WIDEST:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return frozenset(found) if len(found) <= 3 * _WIDEST else None


def _joined(left: frozenset[str], right: frozenset[str] | None) -> frozenset[str] | None:
    if right is None or len(left) * len(right) > _MOST:
        return None
    return frozenset(one + other for one in left for other in right)


def _few(words: frozenset[str]) -> frozenset[str] | None:
    return words if len(words) <= _MOST else None


def _is_scannable(word: str) -> bool:
    """Could it stand in the list of scanned words, one a line?"""
    return bool(word) and "\n" not in word and "\t" not in word


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The requirement that rules out more texts."""
    usable = [words for words in (one, other) if words and all(map(_is_scannable, words))]
    return min(usable, key=lambda words: sum(map(commonness, words)), default=None)
