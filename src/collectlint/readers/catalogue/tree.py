"""What a catalogue holds, whatever its format: texts, records of keys, lists; each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from collectlint.lazy import lazily
from collectlint.readers.catalogue.spelling import Spelled

_T = TypeVar("_T")
HAN = lazily(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HAN_ESCAPED = lazily(r"\\u(?:[34-9a-dA-D][0-9a-fA-F]{3}|[fF][9aA][0-9a-fA-F]{2}|\{2)|\\U000[23]")


class Leaf(NamedTuple):
    """A scalar; `is_text` is False for numbers and the like, which can be metadata but no message."""

    spelled: Spelled
    is_text: bool = True

    @property
    def value(self) -> str:
        return self.spelled.value


class Record(NamedTuple):
    """Keys with what they hold, in file order; a key may come twice."""

    entries: tuple[tuple[str, Node], ...]


class Listing(NamedTuple):
    """Items in order."""

    items: tuple[Node, ...]


Node: TypeAlias = Leaf | Record | Listing


class Fault(NamedTuple):
    """What is wrong at the code point `at` of a file; `stops` when nothing behind it could be read."""

    at: int
    reason: str
    remedy: str
    stops: bool = False


class Catalogue(NamedTuple):
    """The documents of a file (YAML may hold several) and its faults."""

    roots: tuple[Node, ...]
    faults: tuple[Fault, ...] = ()


class Found(NamedTuple):
    """A leaf with the keys and indices that lead to it, and the records it stands in, outermost first."""

    path: tuple[str, ...]
    leaf: Leaf
    records: tuple[Record, ...]


def leaves(node: Node, path: tuple[str, ...] = (), records: tuple[Record, ...] = ()) -> Iterator[Found]:
    """All leaves in file order. Depth is bounded by whoever built the tree."""
    if isinstance(node, Leaf):
        yield Found(path, node, records)
    elif isinstance(node, Record):
        for key, child in node.entries:
            yield from leaves(child, (*path, key), (*records, node))
    else:
        for index, child in enumerate(node.items):
            yield from leaves(child, (*path, str(index)), records)


class PerRecord(Generic[_T]):
    """What `make` says of a record, worked out once for each: many leaves ask about the same one."""

    def __init__(self, make: Callable[[Record], _T]) -> None:
        self._make = make
        self._known: dict[int, tuple[Record, _T]] = {}

    def __call__(self, record: Record) -> _T:
        known = self._known.get(id(record))
        if known is None:
            known = self._known[id(record)] = (record, self._make(record))
        return known[1]


def may_hold_han(raw: str) -> bool:
    """Is there a Chinese character in the file, written or escaped?"""
    return bool(HAN.search(raw) or _HAN_ESCAPED.search(raw))
