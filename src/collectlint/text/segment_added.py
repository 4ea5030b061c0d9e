"""The frequencies that jieba makes up for words added without one (`Tokenizer.suggest_freq`).

Each depends on the words added before it, so they are worked out once and kept in the private cache.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from math import log

from collectlint import cache
from collectlint.text.segment_dict import BLOCK, JiebaDictionary, Remembering, Source

_ASCII_WORD = re.compile(r"[a-zA-Z0-9]")


def frequencies(
    added: tuple[str, ...],
    source: Source,
    dictionary: JiebaDictionary,
    cache_dir: cache.StrPath | None,
) -> tuple[int, dict[str, int]]:
    """Return the total of all frequencies, and the frequency of each added word, as jieba makes them up."""
    if not added:
        return dictionary.total, {}
    import hashlib

    digest = hashlib.sha256(repr(added).encode()).hexdigest()
    name, key = f"added-words-{digest[:16]}", f"{source.key} {digest}"
    stored = cache.read_from(cache_dir, name, key)
    if stored is not None:
        numbers = stored.split()
        if len(numbers) == len(added) + 1 and all(map(bytes.isdigit, numbers)):
            return int(numbers[0]), dict(zip(added, map(int, numbers[1:]), strict=True))
    total, counts = suggest_frequencies(added, dictionary)
    lines = "\n".join(map(str, (total, *(counts[word] for word in added))))
    cache.write_to(cache_dir, name, key, lines.encode())
    return total, counts


def suggest_frequencies(added: Iterable[str], dictionary: JiebaDictionary) -> tuple[int, dict[str, int]]:
    """Give each word the frequency that `jieba.add_word` would; each one counts for those after it."""
    total = dictionary.total
    new: dict[str, int] = {}  # words and prefixes that are added or changed
    longer = Remembering(dictionary.longer)
    single = Remembering(dictionary.single)

    def frequency(word: str) -> int | None:
        found = new.get(word)
        if found is None:
            found = single[word] if len(word) == 1 else longer[word[:2]].get(word)
        return found

    frequencies: dict[str, int] = {}
    for word in added:
        product: float = 1
        for part in _cut_without_hmm(word, frequency, log(total)):
            known = frequency(part)
            product *= (1 if known is None else known) / float(total)
        present = frequency(word)
        count = max(int(product * total) + 1, 1 if present is None else present)
        new[word] = frequencies[word] = count
        total += count
        for end in range(1, len(word)):
            if frequency(word[:end]) is None:
                new[word[:end]] = 0
    return total, frequencies


def _cut_without_hmm(word: str, frequency: Callable[[str], int | None], log_total: float) -> list[str]:
    parts: list[str] = []
    done = 0
    for match in BLOCK.finditer(word):
        parts.extend(word[done : match.start()].replace("\r\n", "\n"))  # both count as one unknown part
        parts.extend(_cut_block_without_hmm(match[0], frequency, log_total))
        done = match.end()
    parts.extend(word[done:].replace("\r\n", "\n"))
    return parts


def _cut_block_without_hmm(block: str, frequency: Callable[[str], int | None], log_total: float) -> list[str]:
    size = len(block)
    best = [(0.0, 0)] * (size + 1)
    for start in range(size - 1, -1, -1):
        ends = []
        end = start + 1
        while end <= size and (known := frequency(block[start:end])) is not None:
            if known:
                ends.append(end)
            end += 1
        best[start] = max(
            (log(frequency(block[start:end]) or 1) - log_total + best[end][0], end)
            for end in ends or [start + 1]
        )
    parts: list[str] = []
    joined = ""
    at = 0
    while at < size:
        end = best[at][1]
        part = block[at:end]
        if len(part) == 1 and _ASCII_WORD.match(part):
            joined += part
        else:
            if joined:
                parts.append(joined)
                joined = ""
            parts.append(part)
        at = end
    return [*parts, joined] if joined else parts
