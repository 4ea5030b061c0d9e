"""Traditional to simplified, one character for one character.

Equal to `OpenCC("t2s").convert` of opencc-python-reimplemented (held by test), from that package's
own tables, but 15 times faster: its phrase dictionary is tried only where one of its phrases can
begin, everything else is a character map. None of the tables changes the length of a text.
"""

import os
from collections.abc import Iterator
from functools import cache
from importlib.machinery import PathFinder
from typing import NamedTuple

from collectlint import cache as stored
from collectlint.errors import CollectlintError

_FORM = "1"  # of the kept tables; raise it when they change


class Tables(NamedTuple):
    """What t2s changes: code point -> code point, phrase -> phrase of the same length, how phrases begin."""

    characters: dict[int, int]
    phrases: dict[str, str]
    heads: frozenset[str]
    lengths: tuple[int, ...]


@cache
def tables() -> Tables:
    """The tables of the installed opencc package, kept in the private cache in the form used here."""
    paths = [_path(name) for name in ("TSCharacters", "TSPhrases")]
    key = " ".join([_FORM, *(f"{path}:{_stamp(path)}" for path in paths)]).replace("\n", " ")
    kept = stored.read("script", key)
    if kept is None:
        kept = "\n".join(map("\t".join, _compiled(*map(_lines, paths)))).encode()
        stored.write("script", key, kept)
    written, plain, *phrases = (line.split("\t") for line in kept.decode().split("\n"))
    table = {key: value for key, value in phrases}  # noqa: C416  (pairs of a list each)
    return Tables(
        str.maketrans(written[0], plain[0]),
        table,
        frozenset([key[0] for key in table]),
        tuple(sorted({len(key) for key in table}, reverse=True)),
    )


def _compiled(characters: list[str], phrases: list[str]) -> Iterator[tuple[str, ...]]:
    """Lines of the cache: all characters, what each becomes, then a phrase and what it becomes each."""
    single = [line for line in characters if line[1] == "\t" and line[3:4] in ("", " ")]
    yield ("".join(line[0] for line in single),)
    yield ("".join(line[2] for line in single),)
    for line in phrases:
        written, values = line.split("\t")
        plain = values.split(" ")[0]
        if len(written) == len(plain):
            yield written, plain


def _path(name: str) -> str:
    spec = PathFinder.find_spec("opencc")
    for folder in (spec and spec.submodule_search_locations) or ():
        path = os.path.join(folder, "dictionary", f"{name}.txt")
        if os.path.exists(path):
            return path
    raise CollectlintError(
        f"找不到繁简字典 {name}.txt",
        remedy="请重装 opencc-python-reimplemented;它与 opencc 包会互相覆盖,不能并存",
    )


def _stamp(path: str) -> str:
    status = os.stat(path)
    return f"{status.st_size}:{status.st_mtime_ns}"


def _lines(path: str) -> list[str]:
    """The entries of one of opencc's tables: what is written, a tab, what to write, a space, others."""
    with open(path, encoding="utf-8") as file:
        return [line for line in file.read().split("\n") if "\t" in line]


def _phrase_hits(text: str) -> list[tuple[int, str]]:
    """Phrases to replace, as (start, simplified): longer ones first, then from the left."""
    _, phrases, heads, lengths = tables()
    if heads.isdisjoint(text):
        return []
    found = []
    for start, char in enumerate(text):
        if char not in heads:
            continue
        for length in lengths:
            value = phrases.get(text[start : start + length])  # a cut slice at the end is a shorter key
            if value is not None:
                found.append((-len(value), start, value))
    taken: list[tuple[int, str]] = []
    used: set[int] = set()
    for negative, start, value in sorted(found):
        span = range(start, start - negative)
        if used.isdisjoint(span):
            used.update(span)
            taken.append((start, value))
    return taken


def to_simplified(text: str) -> str:
    """`text` in simplified characters; same number of code points, same positions."""
    plain = text.translate(tables().characters)
    hits = _phrase_hits(text)
    if not hits:
        return plain
    out = list(plain)
    for start, value in hits:
        out[start : start + len(value)] = value
    return "".join(out)
