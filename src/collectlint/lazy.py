"""Regular expressions that are compiled when first needed: most commands need few of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _Lazy:
    """Stands in for a compiled pattern; its methods become the pattern's own at first use."""

    def __init__(self, pattern: str, flags: int, cues: Sequence[str]) -> None:
        self._source = (pattern, flags)
        self.cues = tuple(cues)

    def search(self, text: str, *bounds: int) -> Any:
        return None if self._is_idle(text, *bounds) else self._compiled().search(text, *bounds)

    def match(self, text: str, *bounds: int) -> Any:
        return None if self._is_idle(text, *bounds) else self._compiled().match(text, *bounds)

    def finditer(self, text: str, *bounds: int) -> Any:
        return iter(()) if self._is_idle(text, *bounds) else self._compiled().finditer(text, *bounds)

    def sub(self, new: Any, text: str, count: int = 0) -> str:
        return text if self._is_idle(text) else str(self._compiled().sub(new, text, count))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiled(), name)

    def _is_idle(self, text: str, *bounds: int) -> bool:
        # Within the bounds only: clause by clause through a long text this would be quadratic.
        return bool(self.cues) and all(text.find(cue, *bounds) < 0 for cue in self.cues)

    def _compiled(self) -> re.Pattern[str]:
        compiled = re.compile(*self._source)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return compiled


def lazily(pattern: str, flags: int = 0, cues: Sequence[str] = ()) -> re.Pattern[str]:
    """`re.compile(pattern, flags)`, put off to the first use; a wrong pattern raises then.

    Every match of it holds one of the words `cues`, if there are any: a text without them is searched
    without compiling. (A test compares them with the patterns.)
    """
    return cast("re.Pattern[str]", _Lazy(pattern, flags, cues))
