"""Chinese word segmentation: the tokens of jieba 0.42.1 (with HMM), without its start-up and its cache."""

from __future__ import annotations

from collections.abc import Iterable

from collectlint.cache import StrPath
from collectlint.text import segment_added, segment_dict, segment_fast
from collectlint.text.segment_path import WordPath

_FAST_AFTER = 100_000  # code points; loading rjieba costs as much as segmenting about so many without it


class Segmenter:
    """Cuts text into words; `words` are added in their order as by jieba's `add_word` without a frequency.

    Nothing is read before the first text. `cache_dir` is a private folder (see `collectlint.cache`) or
    None; without it the dictionary is parsed anew in each process, with the same result. `fast` asks for
    rjieba: None = from 100,000 code points on, True = at once, False = never. It never changes the
    result, and has no effect where rjieba is not installed. Empty words are left out.
    """

    def __init__(self, words: Iterable[str], cache_dir: StrPath | None, *, fast: bool | None = None) -> None:
        self._added = tuple(word for word in words if word)
        self._cache_dir = cache_dir
        self._until_fast: float = _FAST_AFTER if fast is None else 0 if fast else float("inf")
        self._path: WordPath | None = None
        self._fast: segment_fast.RjiebaPath | None = None
        self._proven = False  # is the dictionary the one that rjieba has?

    def words(self, text: str) -> list[tuple[int, int]]:
        """Return the spans (code points, half-open) of the words; together they cover the text.

        Raises CollectlintError at the first text when jieba's dictionary is not installed.
        """
        path = self._path or self._open()
        if self._fast is not None:
            return self._fast.words(text)
        self._until_fast -= len(text)
        return path.words(text) if self._until_fast > 0 else self._speed_up(path).words(text)

    def boundaries(self, text: str) -> frozenset[int]:
        """Return every offset (code points) at which a word begins or ends, so always 0 and `len(text)`."""
        return frozenset((0, *(end for _, end in self.words(text))))

    def _open(self) -> WordPath:
        source = segment_dict.find_source()
        dictionary = segment_dict.load(source, self._cache_dir)
        total, added = segment_added.frequencies(self._added, source, dictionary, self._cache_dir)
        self._path = WordPath(dictionary, total, added)
        self._proven = source.sha256 == segment_fast.DICTIONARY
        return self._path

    def _speed_up(self, path: WordPath) -> WordPath | segment_fast.RjiebaPath:
        self._fast = segment_fast.open_rjieba(path) if self._proven else None
        self._until_fast = float("inf")
        return self._fast or path
