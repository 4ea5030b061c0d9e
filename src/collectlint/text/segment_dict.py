"""jieba's dictionary and hidden Markov tables, looked up without loading them whole and without jieba itself.

jieba is never imported: `import jieba` costs 30 ms, warns about its own source on a first run and
configures logging, and its cache in the shared temporary folder can be planted by anybody. Only its
data files are read; what is made of them is kept in our private cache folder.

Layout of the cached data (numbers in native byte order, which is part of the key):
header (4 uint64), start and transition log probabilities (12 double), then
first characters of words (uint32, sorted), byte offsets of their shards (uint32, one more),
characters with emission probabilities (uint32, sorted), these probabilities (4 double each),
and the shards: sorted lines `word frequency` of the words that share a first character.
"""

from __future__ import annotations

import re
import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from collectlint import cache
from collectlint.errors import CollectlintError

Value = TypeVar("Value")

BLOCK = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+")  # what jieba looks up; all else stands alone

_REMEMBERED = 200_000  # entries kept in one look-up table before it starts afresh
_FORMAT = 1
_CACHE_NAME = "jieba-dictionary"
_LINE = re.compile(r"^(\S+) ([0-9]+)(?: |$)", re.MULTILINE)
_HEADER = struct.Struct("=4Q12d")
_MISSING = -3.14e100  # finalseg.MIN_FLOAT
_STATES = "BEMS"
_MOVES = ("BE", "BM", "EB", "ES", "ME", "MM", "SB", "SS")


class Source(NamedTuple):
    """Where jieba's data files are, and what identifies them."""

    folder: Path
    version: str
    sha256: str  # of dict.txt
    dictionary: bytes  # dict.txt itself

    @property
    def key(self) -> str:
        return f"{_FORMAT} {sys.byteorder} jieba {self.version} {self.sha256}"


class Transitions(NamedTuple):
    """Log probabilities of the four states Begin, End, Middle, Single and of the moves between them."""

    start: tuple[float, float, float, float]
    be: float
    bm: float
    eb: float
    es: float
    me: float
    mm: float
    sb: float
    ss: float


class Remembering(dict[str, Value]):
    """A table that asks `make` for what it lacks."""

    def __init__(self, make: Callable[[str], Value]) -> None:
        self._make = make

    def __missing__(self, key: str) -> Value:
        if len(self) >= _REMEMBERED:
            self.clear()
        value = self[key] = self._make(key)
        return value


class JiebaDictionary:
    """Read access to the dictionary: word and prefix frequencies, and emission probabilities."""

    def __init__(self, data: bytes) -> None:
        """Take `data` as made by `_pack`; raise ValueError when its parts do not add up."""
        if len(data) < _HEADER.size:
            raise ValueError("cut short")
        self.total, self.total_distinct, shards, characters, *probabilities = _HEADER.unpack_from(data)
        ends = [_HEADER.size]
        for size in (4 * shards, 4 * (shards + 1), 4 * characters, 32 * characters):
            ends.append(ends[-1] + size)
        if ends[-1] > len(data):
            raise ValueError("cut short")
        view = memoryview(data)
        self._firsts = view[ends[0] : ends[1]].cast("I")
        self._offsets = view[ends[1] : ends[2]].cast("I")
        self._characters = view[ends[2] : ends[3]].cast("I")
        self._emissions = view[ends[3] : ends[4]].cast("d")
        self._text = view[ends[4] :]
        if self._offsets[0] != 0 or self._offsets[shards] != len(self._text):
            raise ValueError("text does not fit its index")
        self._shards: dict[str, str] = {}
        b, e, m, s, *moves = probabilities
        self.transitions = Transitions((b, e, m, s), *moves)

    def single(self, character: str) -> int | None:
        """Frequency of a one-character word: 0 when it only begins longer words, None when not even that."""
        if not self._shard(character):
            return None
        return self._beginning(character + " ").get(character, 0)

    def longer(self, pair: str) -> dict[str, int]:
        """Frequencies of all words that begin with these two characters, 0 for what is only a prefix."""
        group = self._beginning(pair) if len(pair) == 2 else {}
        for word in list(group):
            for end in range(2, len(word)):
                group.setdefault(word[:end], 0)
        return group

    def frequency(self, word: str) -> int | None:
        """Frequency of a word, 0 for what only begins one, None for what does not even that."""
        return self.single(word) if len(word) == 1 else self.longer(word[:2]).get(word)

    def latin_words(self) -> set[str]:
        """Return the words of two or more ASCII letters and digits."""
        firsts = [chr(point) for point in self._firsts if point < 128]
        words = (word for first in firsts for word in self._beginning(first))
        return {word for word in words if len(word) > 1 and word.isascii() and word.isalnum()}

    def emission(self, character: str) -> tuple[float, float, float, float]:
        """Log probabilities that the states B, E, M, S show this character."""
        wanted = ord(character)
        place = bisect_left(self._characters, wanted)
        if place == len(self._characters) or self._characters[place] != wanted:
            return (_MISSING, _MISSING, _MISSING, _MISSING)
        b, e, m, s = self._emissions[4 * place : 4 * place + 4]
        return (b, e, m, s)

    def _shard(self, first: str) -> str:
        # Each line stands between line feeds; empty when no word begins so.
        shard = self._shards.get(first)
        if shard is None:
            place = bisect_left(self._firsts, ord(first))
            shard = ""
            if place < len(self._firsts) and self._firsts[place] == ord(first):
                lines = self._text[self._offsets[place] : self._offsets[place + 1]]
                shard = "\n" + bytes(lines).decode()
            self._shards[first] = shard
        return shard

    def _beginning(self, start: str) -> dict[str, int]:
        # The lines that begin with `start` follow one another, because a shard is sorted.
        shard = self._shard(start[0])
        first = end = shard.find("\n" + start)
        if first < 0:
            return {}
        while shard.startswith(start, end + 1):
            end = shard.index("\n", end + 1)
        lines = (line.split(" ") for line in shard[first + 1 : end].split("\n"))
        return {word: int(count) for word, count in lines}


def find_source() -> Source:
    """Find jieba's data files without importing jieba; raise CollectlintError when it is not installed."""
    import hashlib
    from importlib.util import find_spec

    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise CollectlintError("没有安装 jieba, 无法分词", remedy="pip install jieba")
    folder = Path(next(iter(spec.submodule_search_locations)))
    try:
        code = (folder / "__init__.py").read_text("utf-8")
        dictionary = (folder / "dict.txt").read_bytes()
    except OSError as error:
        raise CollectlintError(f"读不到 jieba 的词典: {error}", remedy="重新安装 jieba") from error
    version = re.search(r"^__version__ = '([\w.]+)'", code, re.MULTILINE)
    return Source(
        folder, version[1] if version else "unknown", hashlib.sha256(dictionary).hexdigest(), dictionary
    )


def load(source: Source, folder: cache.StrPath | None) -> JiebaDictionary:
    """Open the dictionary from the cache in `folder`; make it anew (and store it) when that fails."""
    stored = cache.read_from(folder, _CACHE_NAME, source.key)
    if stored is not None:
        try:
            return JiebaDictionary(stored)
        except ValueError:
            pass
    data = _pack(source)
    cache.write_to(folder, _CACHE_NAME, source.key, data)
    return JiebaDictionary(data)


def _pack(source: Source) -> bytes:
    listed = _LINE.findall(source.dictionary.decode("utf-8"))
    if len(listed) != source.dictionary.rstrip(b"\n").count(b"\n") + 1:
        raise CollectlintError("jieba 的词典格式与预期不同", remedy="安装 jieba 0.42.1")
    frequencies = dict(listed)  # of a word listed twice jieba keeps the later line, but counts both
    lines = sorted(f"{word} {count}\n" for word, count in frequencies.items())
    firsts = array("I")
    offsets = array("I", [0])
    shards: list[bytes] = []
    for first, shard in groupby(lines, itemgetter(0)):
        firsts.append(ord(first))
        shards.append("".join(shard).encode())
        offsets.append(offsets[-1] + len(shards[-1]))

    emit = _table(source.folder, "prob_emit")
    start = _table(source.folder, "prob_start")
    move = _table(source.folder, "prob_trans")
    characters = sorted(set().union(*emit.values()))
    emissions = array("d", (emit[s].get(c, _MISSING) for c in characters for s in _STATES))
    header = _HEADER.pack(
        sum(int(count) for _, count in listed),
        sum(map(int, frequencies.values())),
        len(firsts),
        len(characters),
        *(start[state] for state in _STATES),
        *(move[step[0]][step[1]] for step in _MOVES),
    )
    points = array("I", map(ord, characters))
    numbers = (part.tobytes() for part in (firsts, offsets, points, emissions))
    return b"".join((header, *numbers, *shards))


def _table(folder: Path, name: str) -> Any:
    # Executes one data module of jieba by its path, so that jieba/__init__.py does not run.
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location(f"_jieba_{name}", folder / "finalseg" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise CollectlintError(f"读不到 jieba 的 {name}", remedy="重新安装 jieba")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.P
