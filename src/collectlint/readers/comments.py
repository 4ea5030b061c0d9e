"""Waivers in the comments of a file: taken out of the lines, and told to whoever wants to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from collectlint.finding import Failure
from collectlint.readers.settings import Line, Lines, Source
from collectlint.waiver.directive import Comment, finder

Note = Callable[[Comment], None]


def without_waivers(lines: Lines, syntax: Sequence[str], source: Source, note: Note | None) -> Lines:
    """The same lines with each waiver blanked out, so that it is not taken for speech.

    A comment behind text is about its own line, one on a line of its own about the next line with
    words. `syntax` are the marks that comments of the format begin with.
    """
    find = finder(syntax)
    waiting: list[Comment] = []
    for line in lines:
        if isinstance(line, Failure):
            yield line
            continue
        found = find(line.text)
        if found is not None:
            rest = line.text[: found.start] + " " * (found.end - found.start) + line.text[found.end :]
            rest = rest if line.text[found.end :].strip() else line.text[: found.start].rstrip()
            waiting.append(Comment(source.path, line.number, found.start + 1, found.said))
            line = Line(line.number, rest, line.ending)
        if waiting and line.text.strip():
            _tell(waiting, line.number, note)
        yield line
    _tell(waiting, 0, note)


def _tell(waiting: list[Comment], target: int, note: Note | None) -> None:
    if note is not None:
        for comment in waiting:
            note(comment._replace(target=target))
    waiting.clear()
