"""The original words of a finding as a terminal shows them, with marks beneath what offends."""

from collections.abc import Iterator
from typing import NamedTuple

from collectlint.finding import Finding
from collectlint.lazy import lazily
from collectlint.visible import cells, columns

_LINE_BREAK = lazily(r"\r\n|\n|\r")
_CUT = "..."


class MarkedLine(NamedTuple):
    """One line of the excerpt and, in the same terminal columns, `^` and `~` beneath it."""

    shown: str
    marks: str


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Half-open spans of the lines of `text`, without their breaks."""
    start = 0
    for found in _LINE_BREAK.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _mark_of_each(finding: Finding) -> list[str]:
    """For each code point of the excerpt `^` (the match), `~` (further evidence) or a space."""
    marks = [" "] * len(finding.excerpt)
    spans = [(item.start, item.end, "~") for item in finding.evidence if item.turn == finding.turn]
    for start, end, mark in [*spans, (finding.start, finding.end, "^")]:
        first = max(start - finding.excerpt_start, 0)
        last = min(end - finding.excerpt_start, len(marks))
        if first < last:  # a place outside the excerpt has nothing to mark
            marks[first:last] = mark * (last - first)
    return marks


def _window(widths: list[int], marks: list[str], room: int) -> tuple[int, int]:
    """The part of a line that fits in `room` columns and shows the beginning of its marks."""
    if room <= 0 or sum(widths) <= room:
        return 0, len(widths)
    room = max(room - 2 * len(_CUT), 8)
    focus = next((index for index, mark in enumerate(marks) if mark == "^"), 0)
    first = focus
    left = room // 3
    while first > 0 and widths[first - 1] <= left:
        first -= 1
        left -= widths[first]
    last = first
    while last < len(widths) and widths[last] <= room:
        room -= widths[last]
        last += 1
    return first, max(last, focus + 1)


def _marked(shown: list[str], marks: list[str], room: int) -> MarkedLine:
    widths = [columns(cell) for cell in shown]
    first, last = _window(widths, marks, room)
    before = _CUT if first else ""
    after = _CUT if last < len(shown) else ""
    beneath = "".join(mark * width for mark, width in zip(marks[first:last], widths[first:last], strict=True))
    beneath = " " * len(before) + beneath
    return MarkedLine(before + "".join(shown[first:last]) + after, beneath.rstrip())


def marked_lines(finding: Finding, encoding: str = "utf-8", room: int = 0) -> list[MarkedLine]:
    """The lines of the excerpt that carry a mark, each at most `room` columns wide (0 = any width).

    Wide characters take two columns and combining marks none, so the marks stand exactly beneath.
    A match of no length (something is missing here) is one `^` at its place.
    """
    shown = cells(finding.excerpt, encoding)
    marks = _mark_of_each(finding)
    place = finding.start - finding.excerpt_start
    lines = []
    for start, end in _lines(finding.excerpt):
        line_cells, line_marks = shown[start:end], marks[start:end]
        if finding.start == finding.end and start <= place <= end:
            if place == end:
                line_cells, line_marks = [*line_cells, " "], [*line_marks, " "]
            line_marks[place - start] = "^"
        if any(mark != " " for mark in line_marks):
            lines.append(_marked(line_cells, line_marks, room))
    return lines
