"""Cuts text into words as `jieba.Tokenizer.cut` does, from a dictionary that is looked up piece by piece.

Method: the most probable path through the words of the dictionary (unigram, log probabilities), then a
hidden Markov model over runs of single characters that the dictionary does not explain, as in jieba's
`Tokenizer.__cut_DAG` and `finalseg`. Sums are made in jieba's order, because ties and rounding decide
tokens; equality is held by test.
"""

from __future__ import annotations

import re
from math import log

from collectlint.text.segment_dict import BLOCK, JiebaDictionary, Remembering

_RUN_PARTS = re.compile(r"([\u4E00-\u9FD5]+)|[a-zA-Z0-9]+(?:\.[0-9]+)?%?")
_ONLY_PREFIX = 1.0  # marks what begins a word but is none; real values are logarithms below 0
_SHORT_RUN = 8  # code points; longer runs seldom come again


class WordPath:
    """`added` holds the frequencies of added words, `total` that of all words together."""

    def __init__(self, dictionary: JiebaDictionary, total: int, added: dict[str, int]) -> None:
        self.dictionary, self.total, self.added = dictionary, total, added
        self._changed = _by_pair(added, dictionary)
        self._log_total = log(total)
        self._unknown = log(1) - self._log_total
        self._singles = Remembering(self._single)
        self._pairs = Remembering(self._longer)
        self._runs = Remembering(self._recognise)
        self._emissions = Remembering(self.dictionary.emission)

    def words(self, text: str) -> list[tuple[int, int]]:
        """Return the spans (code points, half-open) of the words, which together cover the text."""
        spans: list[tuple[int, int]] = []
        done = 0
        for match in BLOCK.finditer(text):
            start, end = match.span()
            if done < start:
                _one_by_one(text, done, start, spans)
            self._cut_block(match[0], start, spans)
            done = end
        if done < len(text):
            _one_by_one(text, done, len(text), spans)
        return spans

    def _cut_block(self, block: str, offset: int, spans: list[tuple[int, int]]) -> None:
        ends = self._best_ends(block)
        at = run = 0  # block[run:at] are single characters not yet decided
        size = len(block)
        while at < size:
            end = ends[at]
            if end - at > 1:
                if run < at:
                    self.cut_run(block[run:at], offset + run, spans)
                spans.append((offset + at, offset + end))
                run = end
            at = end
        if run < at:
            self.cut_run(block[run:at], offset + run, spans)

    def latin_words(self) -> frozenset[str]:
        """Return the words of two or more ASCII letters and digits."""
        known = {word for word in self.added if len(word) > 1 and word.isascii() and word.isalnum()}
        return frozenset(known | self.dictionary.latin_words())

    def _best_ends(self, block: str) -> list[int]:
        # For each position, where the word that begins there ends on the best path to the end of the block.
        # Equal sums: the longer word, as with jieba's max over (sum, end).
        size = len(block)
        sums = [0.0] * (size + 1)
        ends = [0] * size
        singles, pairs, unknown = self._singles, self._pairs, self._unknown
        for start in range(size - 1, -1, -1):
            end = start + 1
            value = singles[block[start]]
            if value is None:
                best, best_end = 0.0, 0
            else:
                best, best_end = value + sums[end], end
            longer = pairs[block[start : start + 2]]
            if longer:
                end += 1
                value = longer.get(block[start:end])
                while value is not None:
                    if value < 0.0:
                        total = value + sums[end]
                        if total >= best or not best_end:
                            best, best_end = total, end
                    if end == size:
                        break
                    end += 1
                    value = longer.get(block[start:end])
            if not best_end:
                best, best_end = unknown + sums[start + 1], start + 1
            sums[start] = best
            ends[start] = best_end
        return ends

    def cut_run(self, run: str, offset: int, spans: list[tuple[int, int]]) -> None:
        """Append the spans of `run`, successive single characters of a block, moved by `offset`."""
        if len(run) == 1:
            spans.append((offset, offset + 1))
        else:
            cut = self._runs[run] if len(run) <= _SHORT_RUN else self._recognise(run)
            spans.extend([(offset + start, offset + end) for start, end in cut])

    def _recognise(self, run: str) -> list[tuple[int, int]]:
        if (self._pairs[run[:2]].get(run) or _ONLY_PREFIX) < 0.0:  # a word, yet cut apart on the best path
            return [(at, at + 1) for at in range(len(run))]
        spans: list[tuple[int, int]] = []
        done = 0
        for part in _RUN_PARTS.finditer(run):
            start, end = part.span()
            if done < start:
                spans.append((done, start))
            if part[1]:
                spans.extend((start + a, start + b) for a, b in self._viterbi(part[1]))
            else:
                spans.append((start, end))
            done = end
        if done < len(run):
            spans.append((done, len(run)))
        return spans

    def _viterbi(self, run: str) -> list[tuple[int, int]]:
        # States B, E, M, S; on equal sums the letter that sorts later wins, as with jieba's max over tuples.
        move = self.dictionary.transitions
        emissions = self._emissions
        b, e, m, s = (p + q for p, q in zip(move.start, emissions[run[0]], strict=True))
        came_from: list[tuple[str, str, str, str]] = []
        for character in run[1:]:
            to_b, to_e, to_m, to_s = emissions[character]
            eb, sb = e + move.eb + to_b, s + move.sb + to_b
            be, me = b + move.be + to_e, m + move.me + to_e
            bm, mm = b + move.bm + to_m, m + move.mm + to_m
            es, ss = e + move.es + to_s, s + move.ss + to_s
            came_from.append(
                (
                    "E" if eb > sb else "S",
                    "B" if be > me else "M",
                    "B" if bm > mm else "M",
                    "E" if es > ss else "S",
                )
            )
            b, e, m, s = max(eb, sb), max(be, me), max(bm, mm), max(es, ss)
        states = ["E" if e > s else "S"]
        for sources in reversed(came_from):
            states.append(sources["BEMS".index(states[-1])])
        spans: list[tuple[int, int]] = []
        begin = done = 0
        for at, state in enumerate(reversed(states)):
            if state == "B":
                begin = at
            elif state != "M":
                done = at + 1
                spans.append((begin if state == "E" else at, done))
        if done < len(run):
            spans.append((done, len(run)))
        return spans

    def _single(self, character: str) -> float | None:
        changed = self._changed.get(character)
        frequency = self.dictionary.single(character) if changed is None else changed[character]
        return log(frequency) - self._log_total if frequency else None

    def _longer(self, pair: str) -> dict[str, float]:
        frequencies = self.dictionary.longer(pair)
        frequencies.update(self._changed.get(pair, {}) if len(pair) == 2 else {})
        return {word: log(n) - self._log_total if n else _ONLY_PREFIX for word, n in frequencies.items()}


def _one_by_one(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    at = start
    while at < end:
        width = 2 if text.startswith("\r\n", at) else 1
        spans.append((at, at + width))
        at += width


def _by_pair(added: dict[str, int], dictionary: JiebaDictionary) -> dict[str, dict[str, int]]:
    # What the added words change, by their first two characters (or the one they have).
    changed: dict[str, dict[str, int]] = {}
    for word, frequency in added.items():
        changed.setdefault(word[:2], {})[word] = frequency
    for word in added:
        if len(word) > 2:
            known = dictionary.longer(word[:2])
            for end in range(2, len(word)):
                if word[:end] not in known:
                    changed[word[:2]].setdefault(word[:end], 0)
    return changed
