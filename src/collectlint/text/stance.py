"""Whether words are meant: asserted, negated, forbidden, reported or only supposed.

Cues open scopes; a phrase inside a scope takes its stance. What looks like a negation but carries
a threat (不会放过你, 别以为我们不敢, 不是吓唬你, 不能保证他们做什么) opens no scope. All patterns work on
folded, compact text. Recall of the whole tool rests on the *exceptions* here, precision on the cues.
"""

from enum import StrEnum
from typing import NamedTuple

from collectlint.text import stance_cues as cues


class Stance(StrEnum):
    """How a phrase is meant."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    FORBIDDEN = "forbidden"
    REPORTED = "reported"
    SUPPOSED = "supposed"


class Scope(NamedTuple):
    """Half-open stretch of text in which `stance` holds; `cue` is where its cue stands."""

    start: int
    end: int
    stance: Stance
    cue: tuple[int, int]


def sentence_scopes(text: str, low: int, high: int) -> list[Scope]:
    """The scopes that cues inside the sentence `text[low:high]` open (positions in `text`)."""
    scopes: list[Scope] = []
    whole = text[low:high]
    if cues.DENIED_NEXT.match(text, high):
        scopes.append(Scope(low, high, Stance.NEGATED, (high, high)))
    for pattern, stance in (
        (cues.DISCIPLINE, Stance.FORBIDDEN),
        (cues.DISOWNED, Stance.NEGATED),
        (cues.WARNING, Stance.SUPPOSED),
        (cues.APOLOGY, Stance.REPORTED),
        (cues.ABOUT, Stance.REPORTED),
    ):
        match = pattern.search(whole)
        if match:
            scopes.append(Scope(low, high, stance, (low + match.start(), low + match.start())))
    match = cues.COMPLAINT.search(whole)
    if match and not cues.COMPLAINT_NEGATED.search(match.group()):
        scopes.append(Scope(low, high, Stance.REPORTED, (low + match.start(), low + match.start())))
    for match in cues.REPORT.finditer(text, low, high):
        stop = cues.REPORT_STOP.search(text, match.end(), high)
        scopes.append(Scope(match.start(), stop.start() if stop else high, Stance.REPORTED, match.span()))
    for match in cues.PROHIBITION.finditer(text, low, high):
        stop = cues.PROHIBITION_STOP.search(text, match.end(), high)
        scopes.append(Scope(match.end(), stop.start() if stop else high, Stance.FORBIDDEN, match.span()))
    scopes.extend(
        Scope(low, match.start(), Stance.FORBIDDEN, match.span())
        for match in cues.PROHIBITED_ABOVE.finditer(text, low, high)
    )
    for match in cues.REFUSED.finditer(text, low, high):
        start = max(low, text.rfind(",", low, match.start()) + 1)
        scopes.append(Scope(start, match.start(), Stance.NEGATED, match.span()))
    for match in cues.NEGATION.finditer(text, low, high):
        before, after = (
            text[max(low, match.start() - 12) : match.start()],
            text[match.end() : match.end() + 2],
        )
        comforts = match.group().endswith(("怕", "惊", "担心", "忧心"))  # 您不用担心有人上门
        if cues.RHETORIC.search(before) or cues.DOUBLE.match(after):
            continue
        spares = cues.SPARED.match(text, match.start())  # 您不需要向雇主说明
        if cues.INSINUATION.search(before) and not comforts and not spares:
            continue
        cue = (match.start(), match.start() + 1)
        scopes.append(Scope(cue[1], _negation_end(text, match.end(), high), Stance.NEGATED, cue))
    for match in cues.NOT_BE.finditer(text, low, high):
        if cues.RHETORIC.search(text[max(low, match.start() - 12) : match.start()]):
            continue
        stop = cues.NEGATION_STOP.search(text, match.end(), high)
        end = min(stop.start() if stop else high, match.end() + cues.NOT_BE_LENGTH)
        scopes.append(Scope(match.end(), end, Stance.NEGATED, match.span()))
    return scopes


def _negation_end(text: str, start: int, high: int) -> int:
    """Where a negation that begins at `start` ends: at its clause, but on through a list."""
    position = start
    while True:
        stop = cues.NEGATION_STOP.search(text, position, high)
        if stop and stop.start() == start and stop.group() == "马上":  # 不会马上起诉
            stop = cues.NEGATION_STOP.search(text, stop.end(), high)
        end = stop.start() if stop else high
        if stop and stop.group() == "," and cues.LIST_MARK.match(text, end):
            position = end + 1
            continue
        if end - start > 24 and "、" not in text[start:end]:
            end = start + 24
        return end


def listed_under_prohibition(lines: list[str]) -> list[bool]:
    """For each line of a script: does it stand in a list under a heading that forbids?

    A list ends at a blank line, at a new heading (a short line ending in a colon, or a line
    that is no list item after list items).
    """
    flags: list[bool] = []
    inside = False
    items = False
    for line in lines:
        stripped = line.strip()
        if cues.HEADING.match(stripped):
            inside, items = True, False
            flags.append(True)
            continue
        is_item = inside and bool(cues.ITEM.match(stripped))
        if inside and (not stripped or (stripped.endswith(":") and not is_item) or (items and not is_item)):
            inside = False
        items = items or is_item
        flags.append(inside)
    return flags


def quotation_scopes(text: str, low: int, high: int) -> list[Scope]:
    """Quoted words in `text[low:high]` whose surroundings forbid or report them."""
    scopes = []
    for match in cues.QUOTES.finditer(text, low, high):
        line = text.rfind("\n", low, match.start()) + 1
        heading = _heading(text, low, line)
        if heading and '"' not in heading and len(heading) <= 40:  # a list of quotations under its heading
            before = heading + text[line : match.start()]
        else:
            before = text[line : match.start()]
        before = before[-60:]
        after = text[match.end() : match.end() + 24].split("\n")[0]
        answer = cues.ANSWER.search(before)
        # 客户说不是本人,答:"..." - the words to say, whatever was denied before
        told = cues.QUOTE_CUE.search(before + after if not answer else after[:8])
        if told or cues.QUOTED_MATTER.match(after):
            scopes.append(Scope(match.start(1), match.end(1), Stance.REPORTED, match.span()))
    return scopes


def _heading(text: str, low: int, line: int) -> str:
    """What stands above the line that begins at `line`, over other quotations of the same list."""
    while line > low:
        above = max(text.rfind("\n", low, line - 1) + 1, low)
        if text[above] != '"':
            return text[above:line]
        line = above
    return ""
