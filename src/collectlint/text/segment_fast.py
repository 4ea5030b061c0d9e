"""The same words with the help of rjieba, an optional Rust port of jieba.

Only its path through the dictionary is used. Its hidden Markov model is not: it breaks ties otherwise
than jieba on repeated characters (兵兵兵兵兵) and joins `2024-06-01` and `a.com` into one token.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate, pairwise
from typing import Any

from collectlint.text.segment_dict import BLOCK
from collectlint.text.segment_path import WordPath

DICTIONARY = "7197c3211ddd98962b036cdf40324d1ea2bfaa12bd028e68faa70111a88e12a8"  # built into rjieba 0.2.2

_COUNTED_AS_CHINESE = re.compile(
    # More characters than jieba looks up; and what cannot be passed to Rust.
    r"[\u3400-\u4DBF\u9FD6-\u9FFF\uD800-\uDFFF\uF900-\uFAFF]|[\U00020000-\U0003FFFF]"
)
_LATIN = re.compile("[a-zA-Z0-9]")
_SINGLES = re.compile(rb"\x01{2,}")
_FILLER = "\ue000"  # private use: stands alone in any text, so it is a word that cannot be chosen


class RjiebaPath:
    """Cuts text with rjieba's `cut`, and lets `path` decide what that leaves in single characters."""

    def __init__(self, path: WordPath, cut: Callable[[str, bool], list[str]]) -> None:
        self._path = path
        self._cut = cut
        self._latin_words = path.latin_words()

    def words(self, text: str) -> list[tuple[int, int]]:
        """Return the same spans as `path.words(text)`."""
        if _COUNTED_AS_CHINESE.search(text):
            return self._path.words(text)
        words = self._cut(text, False)
        if _LATIN.search(text):
            return self._spans_with_latin(text, words)
        widths = list(map(len, words))
        spans = list(pairwise(accumulate(widths, initial=0)))
        if max(widths, default=0) > 255:
            return self._spans_with_latin(text, words)
        decided: list[tuple[int, int]] = []
        done = 0  # how many of `spans` are in `decided`
        for singles in _SINGLES.finditer(bytes(widths)):
            first, last = singles.span()
            start = spans[first][0]
            for run in BLOCK.finditer(text, start, spans[last - 1][1]):
                if run.end() - run.start() > 1:
                    decided += spans[done : first + run.start() - start]
                    self._path.cut_run(run[0], run.start(), decided)
                    done = first + run.end() - start
        return decided + spans[done:] if done else spans

    def _spans_with_latin(self, text: str, words: list[str]) -> list[tuple[int, int]]:
        # rjieba has joined single letters and digits, which are to be decided with their neighbours.
        spans: list[tuple[int, int]] = []
        run = -1  # where the present run of single characters begins, -1 = there is none
        at = 0
        for word in words:
            end = at + len(word)
            if end - at == 1:
                single = BLOCK.match(word) is not None
            elif word.isascii() and word.isalnum():
                if word in self._latin_words:  # a word, or letters that were joined?
                    return self._path.words(text)
                single = True
            else:
                single = False
            if not single:
                if run >= 0:
                    self._path.cut_run(text[run:at], run, spans)
                    run = -1
                spans.append((at, end))
            elif run < 0:
                run = at
            at = end
        if run >= 0:
            self._path.cut_run(text[run:at], run, spans)
        return spans


def open_rjieba(path: WordPath) -> RjiebaPath | None:
    """Load rjieba with the added words and the total of `path`, or return None where it is not usable."""
    try:
        from importlib import import_module

        engine: Any = import_module("rjieba").Jieba()
        total = path.dictionary.total_distinct
        for word, frequency in path.added.items():
            if _COUNTED_AS_CHINESE.search(word):
                continue  # no text that holds it is given to rjieba
            engine.add_word(word, frequency, None)
            total += frequency - (path.dictionary.frequency(word) or 0)
        # jieba's total also counts double lines and replaced frequencies, and near-ties depend on it.
        engine.add_word(_FILLER, path.total - total, None)
        cut: Callable[[str, bool], list[str]] = engine.cut
    except (ImportError, AttributeError, TypeError, ValueError, OverflowError):
        return None
    return RjiebaPath(path, cut)
