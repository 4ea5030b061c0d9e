"""Where sentences and clauses end, with punctuation and without."""

import re
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from collectlint.lazy import lazily

# A bar that was not dropped as noise stands between the cells of a table.
_SENTENCE_END = lazily(r"[。!?;\n→⇒➔➜➡|]+[\"')】》]*")
_CLAUSE_END = lazily(r"[,:。!?;\n…~→⇒➔➜➡|]+[\"')】》]*|——+|(?<=[^\d])\.(?=[^\d]|$)")
# Where speech without punctuation takes a new breath.
_BREATH = lazily(r"(?<=.)(?=(?:否则|不然|要不然|如果|要是|但是|可是|不过|所以|然后|因为|我告诉你|我跟你说))")


class Regions(NamedTuple):
    """Consecutive half-open stretches of a text; `starts[n]` to `starts[n + 1]`."""

    starts: list[int]

    def at(self, position: int) -> tuple[int, int]:
        """The region that holds `position`."""
        which = bisect_right(self.starts, position) - 1
        which = min(max(which, 0), len(self.starts) - 2)
        return self.starts[which], self.starts[which + 1]

    def which(self, position: int) -> int:
        """The ordinal of the region that holds `position`."""
        return min(max(bisect_right(self.starts, position) - 1, 0), len(self.starts) - 2)

    def slice(self, which: int) -> tuple[int, int]:
        """The region of that ordinal."""
        return self.starts[which], self.starts[which + 1]

    @property
    def last(self) -> int:
        return len(self.starts) - 2


def _cut(text: str, ends: re.Pattern[str]) -> list[int]:
    inner = [match.end() for match in ends.finditer(text) if match.end() < len(text)]
    return [0, *inner, len(text)]


def sentences(text: str) -> Regions:
    """Stretches between 。！？； and line ends."""
    return Regions(_cut(text, _SENTENCE_END))


def clauses(text: str) -> Regions:
    """Stretches between commas, colons and sentence ends; long unpunctuated speech is cut at breaths."""
    starts = _cut(text, _CLAUSE_END)
    out = [0]
    for begin, end in pairwise(starts):
        if end - begin > 30:
            out.extend(match.start() for match in _BREATH.finditer(text, begin + 4, end))
        out.append(end)
    return Regions(sorted(set(out)))
