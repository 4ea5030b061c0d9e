"""A compiled rulebook as one block of bytes, of which a check reads only what its text needs.

Layout: a line `collectlint-rulebook FORMAT BYTEORDER`, ten digits with the header's length, the
header (JSON: digest, rule ids, where each section lies), then the sections. Literals lie in buckets
by their first two characters, sets and rules each behind a table of offsets. Plain data only: a
damaged block raises ValueError or gives wrong JSON, never runs anything.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from collectlint.text.literals import Chain, LiteralSets, commonness

FORMAT = 27  # part of the cache key; raise it when the compiled form changes
_BUCKETS = 4096
_MAGIC = f"collectlint-rulebook {FORMAT} {sys.byteorder}\n".encode()
_LENGTH = 10
# What of a rule only a finding shows. It and the condition are kept apart from the rest, which alone
# tells most candidates that they are not about a text.
_TOLD = ("title", "message", "remedy", "fix", "basis", "requirements")
_APART = ("when", "required", *_TOLD)


def pack(data: Mapping[str, Any], sha256: str) -> bytes:
    """The compiled data of `reading.read_files` as one block."""
    owners: dict[str, list[int]] = {}
    for set_id in data["scanned"]:
        for word in data["sets"][set_id]:
            owners.setdefault(word, []).append(set_id)
    buckets: list[list[str]] = [[] for _ in range(_BUCKETS)]
    for word in sorted(owners):
        if len(word) > 1:
            buckets[_bucket(word[:2])].append(f"{word}\t{','.join(map(str, owners[word]))}")
    rules = data["rules"]
    by_key, by_field, always = _keys(rules, data["sets"])
    sections = {
        "buckets": _table(["\n".join(lines) for lines in buckets]),
        "sets": _table(["\n".join(words) for words in data["sets"]]),
        "rules": _table(
            [_json({name: value for name, value in rule.items() if name not in _APART}) for rule in rules]
        ),
        "conditions": _table([_json(rule["when"]) for rule in rules]),
        "told": _table([_json({name: rule[name] for name in _TOLD}) for rule in rules]),
        "required": _table([_clauses(rule["required"]) for rule in rules]),
        "singles": _json({word: ids for word, ids in owners.items() if len(word) == 1}).encode(),
        "keys": _json({"by_set": by_key, "by_field": by_field, "always": always}).encode(),
        "chains": _table([_chains(chains) for chains in data["chains"]]),
        "reached": _table(_reached(data)),
        "concepts": _table([_lines(concepts) for concepts in data["concepts"]]),
        "concept_keys": array("I", [which for which, some in enumerate(data["concepts"]) if some]).tobytes(),
        "words": _json(data["words"]).encode(),
        "sources": _json(data["sources"]).encode(),
    }
    places = {}
    position = 0
    for name, content in sections.items():
        position += -position % 8  # tables of offsets must be aligned
        places[name] = [position, len(content)]
        position += len(content)
    header = _json({"sha256": sha256, "rules": [rule["id"] for rule in rules], "sections": places}).encode()
    header += b" " * (-(len(_MAGIC) + _LENGTH + len(header)) % 8)
    body = bytearray()
    for name, content in sections.items():
        body += bytes(places[name][0] - len(body)) + content
    return b"".join((_MAGIC, b"%010d" % len(header), header, bytes(body)))


def _keys(
    rules: Sequence[Any], sets: Sequence[Sequence[str]]
) -> tuple[dict[str, list[int]], dict[str, list[int]], list[int]]:
    """Set id -> rules that need one of a clause with this set; field -> rules that need it; the others."""
    by_set: dict[str, list[int]] = {}
    by_field: dict[str, list[int]] = {}
    always: list[int] = []
    for which, rule in enumerate(rules):
        if not rule["required"]:
            gate = rule.get("gate")
            (by_field.setdefault(gate, []) if gate else always).append(which)
            continue
        narrow = min(
            rule["required"],
            key=lambda clause: sum(commonness(word) for set_id in clause for word in sets[set_id]),
        )
        for set_id in narrow:
            by_set.setdefault(str(set_id), []).append(which)
    return by_set, by_field, always


def _lines(concepts: Sequence[tuple[str, int]]) -> str:
    return "\n".join(f"{name} {set_id}" for name, set_id in concepts)


def _chains(chains: Sequence[Chain]) -> str:
    """A chain a line: the link that is scanned for, then all links; an optional one ends with `?`."""
    return "\n".join(
        " ".join((str(anchor), *(f"{link}?" if optional else str(link) for link, optional in links)))
        for links, anchor in chains
    )


def _reached(data: Mapping[str, Any]) -> Iterator[str]:
    """Of each set what `LiteralSets.reached` says: a key a line, then the sets scanned for."""
    sets = LiteralSets(data["sets"].__getitem__, data["chains"].__getitem__)
    for set_id in range(len(data["sets"])):
        found = sets.reached(set_id)
        yield "\n".join(" ".join(map(str, (key, *anchors))) for key, anchors in found.items())


def _clauses(required: Sequence[Sequence[int]]) -> str:
    return "|".join(" ".join(map(str, clause)) for clause in required)


def _bucket(head: str) -> int:
    return (ord(head[0]) * 31 + ord(head[1])) % _BUCKETS


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _table(items: Iterable[str]) -> bytes:
    """Number of items, offsets (one more than items), contents."""
    contents = [item.encode() for item in items]
    offsets = array("I", [len(contents), 0])
    position = 0
    for content in contents:
        position += len(content)
        offsets.append(position)
    return offsets.tobytes() + b"".join(contents)


class Packed:
    """Reads such a block. Raises ValueError when it is none, or of another format or machine."""

    def __init__(self, block: bytes | memoryview) -> None:
        if block[: len(_MAGIC)] != _MAGIC:
            raise ValueError("no compiled rulebook of this format")
        start = len(_MAGIC) + _LENGTH
        length = int(block[len(_MAGIC) : start])
        self.block = memoryview(block)
        self._base = start + length
        header = json.loads(bytes(block[start : self._base]))
        self.sha256: str = header["sha256"]
        self.rule_ids: list[str] = header["rules"]
        self._sections: dict[str, list[int]] = header["sections"]
        self._offsets: dict[str, array[int]] = {}

    def rule(self, which: int) -> dict[str, Any]:
        """Whom a rule is about, since when and how severe: all but its condition and what it tells."""
        value: dict[str, Any] = json.loads(self._item("rules", which))
        return value

    def condition(self, which: int) -> dict[str, Any]:
        """The rule's `when`."""
        value: dict[str, Any] = json.loads(self._item("conditions", which))
        return value

    def told(self, which: int) -> dict[str, Any]:
        """Title, message, remedy and clauses of a rule."""
        value: dict[str, Any] = json.loads(self._item("told", which))
        return value

    def required(self, which: int) -> list[list[str]]:
        """What must occur for a rule to hold, without the rest of it: of each clause one set, as written."""
        text = self._item("required", which).decode()
        return [clause.split(" ") for clause in text.split("|")] if text else []

    def words_of(self, set_id: int) -> list[str]:
        """The plain words of a set."""
        text = self._item("sets", set_id).decode()
        return text.split("\n") if text else []

    def chains(self, set_id: int) -> tuple[Chain, ...]:
        """The chains of a set: its links, each (set id, optional), and which of them is scanned for."""
        text = self._item("chains", set_id).decode()
        if not text:
            return ()
        lines = (line.split(" ") for line in text.split("\n"))
        return tuple(
            (tuple((int(link.rstrip("?")), link[-1] == "?") for link in links), int(anchor))
            for anchor, *links in lines
        )

    def reached(self, set_id: int) -> dict[int, list[int]]:
        """What `LiteralSets.reached` says of a set."""
        text = self._item("reached", set_id).decode()
        lines = (map(int, line.split(" ")) for line in text.split("\n")) if text else ()
        return {next(line): list(line) for line in lines}

    def concepts(self, set_id: int) -> list[tuple[str, int]]:
        """The concepts that can occur only where a scanned set does: name, set id."""
        text = self._item("concepts", set_id).decode()
        pairs = (line.split(" ") for line in text.split("\n")) if text else ()
        return [(name, int(one)) for name, one in pairs]

    @cached_property
    def concept_keys(self) -> frozenset[int]:
        """The sets that `concepts` gives any of."""
        keys = array("I")
        keys.frombytes(self._section("concept_keys"))
        return frozenset(keys)

    def starting_with(self, head: str) -> dict[str, tuple[int, ...]]:
        """Scanned literals that begin with two characters -> the sets that hold them."""
        found = {}
        for line in self._item("buckets", _bucket(head)).decode().split("\n"):
            if line.startswith(head):
                word, ids = line.split("\t")
                found[word] = tuple(map(int, ids.split(",")))
        return found

    def all_literals(self) -> dict[str, tuple[int, ...]]:
        """Every scanned literal -> the sets that hold it."""
        owners = {word: tuple(ids) for word, ids in self.singles.items()}
        for which in range(_BUCKETS):
            text = self._item("buckets", which).decode()
            for line in text.split("\n") if text else ():
                word, ids = line.split("\t")
                owners[word] = tuple(map(int, ids.split(",")))
        return owners

    @cached_property
    def singles(self) -> dict[str, list[int]]:
        """Scanned literals of one character -> the sets that hold them."""
        value: dict[str, list[int]] = json.loads(self._section("singles"))
        return value

    @cached_property
    def keys(self) -> tuple[dict[str, list[int]], dict[str, list[int]], list[int]]:
        """Set id, as written -> rules to try when it occurs; field -> when a document has it; the others.

        Numbers of sets stay as they are written here and in `required`: a spot check compares thousands.
        """
        value = json.loads(self._section("keys"))
        return value["by_set"], value["by_field"], value["always"]

    def section(self, name: str) -> Any:
        """The JSON section `words` or `sources`."""
        return json.loads(self._section(name))

    def _section(self, name: str) -> bytes:
        start, length = self._sections[name]
        return bytes(self.block[self._base + start : self._base + start + length])

    def _table_of(self, name: str) -> array[int]:
        offsets = self._offsets.get(name)
        if offsets is None:
            start = self._base + self._sections[name][0]
            width = array("I").itemsize
            number = int.from_bytes(self.block[start : start + width], sys.byteorder)
            offsets = array("I")
            offsets.frombytes(self.block[start + width : start + width * (number + 2)])
            self._offsets[name] = offsets
        return offsets

    def _item(self, name: str, which: int) -> bytes:
        offsets = self._table_of(name)
        contents = self._base + self._sections[name][0] + offsets.itemsize * (len(offsets) + 1)
        return bytes(self.block[contents + offsets[which] : contents + offsets[which + 1]])
