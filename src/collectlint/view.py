"""One document as operators see it: each fact computed once, when first asked for; decides nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from collectlint.document import Document
from collectlint.likeness import Model
from collectlint.text.answers import REMEMBERED, answer_scopes, asked_questions
from collectlint.text.clauses import Regions, clauses, sentences
from collectlint.text.courtesy import courtesies
from collectlint.text.fold import fold
from collectlint.text.literals import LiteralSets, Occurrences
from collectlint.text.reading import Known, Reading, is_worth_a_guess, read
from collectlint.text.registers import register_scopes
from collectlint.text.stance import (
    Scope,
    Stance,
    listed_under_prohibition,
    quotation_scopes,
    sentence_scopes,
)
from collectlint.text.teaching import teaching_scopes
from collectlint.visible import without_surrogates

Span = tuple[int, int]
Boundaries = Callable[[str], frozenset[int]]

_STRENGTH = {Stance.FORBIDDEN: 0, Stance.REPORTED: 1, Stance.NEGATED: 2, Stance.SUPPOSED: 3}


def readings_of(document: Document, known: Known | None, batch: bool = False) -> list[Reading]:
    """Each turn as rules read it; see `View` for `known`. `batch` is worth some preparation."""
    if batch:
        from collectlint.text.quick import read_all

        return read_all([turn.text for turn in document.turns], known)
    folded = [fold(without_surrogates(turn.text)) for turn in document.turns]
    if known is not None and not is_worth_a_guess(folded):
        known = None
    return [read(text, known) for text in folded]


class View:
    """The text of all turns, folded and compact, joined by line ends, with the facts about it.

    Positions are code points in `text`; `original(start, end)` maps them back to a turn and the
    code points of that turn's own text. `known` gives the words of the rules by their first two
    characters, for the reading of disguised words; without it they stay as written. `readings` are the
    turns as read already, if they are.
    """

    def __init__(
        self,
        document: Document,
        sets: LiteralSets,
        boundaries: Boundaries | None = None,
        known: Known | None = None,
        readings: list[Reading] | None = None,
    ) -> None:
        self.document = document
        self.sets = sets
        self.second_reader: Callable[[], Model | None] = lambda: None
        self.shortcuts = True  # may operators answer from the literals they require? False: tests only
        self._boundaries = boundaries
        self._readings = readings_of(document, known) if readings is None else readings
        self.text = "\n".join([part.text for part in self._readings])
        self.turn_starts: list[int] = []
        position = 0
        for part in self._readings:
            self.turn_starts.append(position)
            position += len(part.text) + 1
        self._runs: list[int] | None = None  # first turns of what one speaker says, and the end
        self._sentences: Regions | None = None
        self._clauses: Regions | None = None
        self._scopes: dict[int, list[Scope]] = {}
        self._quotes: dict[int, list[Scope]] = {}
        self._forbidden: list[Span] | None = None
        self._teaching: list[Scope] | None = None
        self._whole: dict[int, list[Scope]] = {}
        self._unsaid: dict[int, list[Span]] = {}
        self._edges: dict[int, frozenset[int]] = {}
        self._speeches: list[int] | None = None
        self.memory: dict[Any, Any] = {}  # results that operators share, keyed by operator
        self.concepts: Callable[[int], Sequence[tuple[str, int]]] = lambda set_id: ()  # see Rulebook.concepts
        self.concept_keys: frozenset[int] = frozenset()
        self.lists: Sequence[tuple[str, int]] | None = None  # all concepts there may be, where that is known
        self.occurrences = Occurrences(sets, self.text, {})  # filled by the linter

    @property
    def model(self) -> Model | None:
        """The second reader, when the rulebook has one; loaded when a rule asks for it."""
        return self.second_reader()

    @cached_property
    def characters(self) -> frozenset[str]:
        """Those that occur in `text`."""
        return frozenset(self.text)

    @cached_property
    def courtesies(self) -> list[Span]:
        """Where `text` is courteous: nothing there is meant, and nothing there excuses the rest."""
        return courtesies(self.text)

    def is_courteous(self, start: int, end: int) -> bool:
        """Are the words nothing but a courtesy?"""
        return any(low <= start and end <= high for low, high in self.courtesies)

    # -- places ---------------------------------------------------------------------------------
    def turn_at(self, position: int) -> int:
        """Index of the turn that holds `position`."""
        return max(bisect_right(self.turn_starts, position) - 1, 0)

    def turn_region(self, turn: int) -> Span:
        """Half-open stretch of `text` that the turn fills."""
        start = self.turn_starts[turn]
        return start, start + len(self._readings[turn].text)

    def original(self, start: int, end: int) -> tuple[int, int, int]:
        """(turn, start, end) in the turn's own text; a span over turns is cut at its first turn."""
        turn = self.turn_at(start)
        base = self.turn_starts[turn]
        part = self._readings[turn]
        left, right = start - base, min(end - base, len(part.text))
        if part.starts is None or part.ends is None:
            return turn, left, right
        return turn, part.starts[left], part.ends[right - 1] if right > left else part.starts[left]

    def inward(self, turn: int, start: int, end: int) -> Span:
        """The stretch of `text` that code points `start`-`end` of a turn's own text are read as."""
        base, part = self.turn_starts[turn], self._readings[turn]
        if part.starts is None:
            return base + start, base + end
        low = bisect_left(part.starts, start)
        high = max(bisect_left(part.starts, end), low + 1)
        high = min(high, len(part.text))
        return base + min(low, max(high - 1, 0)), base + high

    def via(self, start: int, end: int) -> tuple[str, ...]:
        """How the words of the span had to be read; () where they are as written."""
        turn = self.turn_at(start)
        part = self._readings[turn]
        if part.starts is None or part.ends is None:
            return ()
        base = self.turn_starts[turn]
        left, right = start - base, min(end - base, len(part.text))
        found = dict.fromkeys(via for low, high, via in part.marks if low < right and left < high)
        if any(part.ends[place] < part.starts[place + 1] for place in range(left, right - 1)):
            found["separator"] = None
        return tuple(found)

    def speaker_at(self, position: int) -> str:
        return self.document.turns[self.turn_at(position)].speaker

    def speech_at(self, turn: int) -> int:
        """Number of the speech that holds `turn`, from 0.

        A speech is all consecutive turns of one speaker that hold words; each of an unknown voice is one.
        """
        if self._speeches is None:
            self._speeches = []
            number, last = -1, ""
            for said in self.document.turns:
                if said.text.strip() and (number < 0 or said.speaker != last or last == "unknown"):
                    number, last = number + 1, said.speaker
                self._speeches.append(max(number, 0))
        return self._speeches[turn]

    def speech_start(self, speech: int) -> int:
        """Where in `text` the speech with this number begins."""
        self.speech_at(0)
        assert self._speeches is not None
        return self.turn_starts[bisect_left(self._speeches, speech)]

    # -- regions ----------------------------------------------------------------------------------
    @property
    def sentences(self) -> Regions:
        if self._sentences is None:
            self._sentences = sentences(self.text)
        return self._sentences

    @property
    def clauses(self) -> Regions:
        if self._clauses is None:
            self._clauses = clauses(self.text)
        return self._clauses

    def region(self, position: int, unit: str) -> Span:
        """The clause, sentence, turn, speech or document that holds `position`.

        A speech is all consecutive turns of one speaker: recognisers cut sentences into turns.
        """
        if unit == "clause":
            return self.clauses.at(position)
        if unit == "sentence":
            return self.sentences.at(position)
        if unit == "document":
            return 0, len(self.text)
        turn = self.turn_at(position)
        if unit == "turn":
            return self.turn_region(turn)
        first, last = self._run(turn)
        return self.turn_region(first)[0], self.turn_region(last)[1]

    def _run(self, turn: int) -> Span:
        """First and last of the consecutive turns of one speaker around a turn."""
        if self._runs is None:
            turns = self.document.turns
            self._runs = [
                which
                for which, said in enumerate(turns)
                if not which or turns[which - 1].speaker != said.speaker
            ]
            self._runs.append(len(turns))
        which = bisect_right(self._runs, turn)
        return self._runs[which - 1], self._runs[which] - 1

    # -- stance -----------------------------------------------------------------------------------
    def stance(self, start: int, end: int) -> Stance:
        """How the words `text[start:end]` are meant.

        A scope counts when the words begin inside it and its cue is not part of the words.
        """
        return self.reading(start, end)[0]

    def reading(self, start: int, end: int) -> tuple[Stance, Span | None]:
        """The stance of the words and the cue it comes from; a cue without width marks a whole sentence.

        No cue: asserted, or an item of a list under a heading that forbids.
        """
        best: Scope | None = None
        for scope in (
            *self._sentence_scopes(start),
            *self._quotation_scopes(start),
            *self._teaching_scopes(),
            *self._whole_scopes(start),
        ):
            inside = scope.start <= start < scope.end
            cue_in_words = start < scope.cue[1] and scope.cue[0] < end and scope.cue[0] >= start
            if not inside or (cue_in_words and scope.cue[0] < scope.cue[1]):
                continue
            if best is None or _STRENGTH[scope.stance] < _STRENGTH[best.stance]:
                best = scope
        if best is not None:
            return best.stance, best.cue
        return (Stance.FORBIDDEN if self._under_prohibition(start) else Stance.ASSERTED), None

    def unsaid(self, turn: int) -> Sequence[Span]:
        """The stretches of a turn that it quotes or forbids by their form, disjoint and in order.

        Quotations, the wrong halves of texts that teach, lists under headings that forbid; negation and
        report inside a sentence are left to the rules.
        """
        found = self._unsaid.get(turn)
        if found is None:
            low, high = self.turn_region(turn)
            scopes = [*self._quotation_scopes(low), *self._teaching_scopes()]
            spans = [(scope.start, scope.end) for scope in scopes] + self._forbidden_lines()
            found = self._unsaid[turn] = _joined(
                sorted(
                    (max(start, low), min(end, high)) for start, end in spans if start < high and low < end
                )
            )
        return found

    def _sentence_scopes(self, position: int) -> list[Scope]:
        which = self.sentences.which(position)
        scopes = self._scopes.get(which)
        if scopes is None:
            low, high = self.sentences.slice(which)
            scopes = self._scopes[which] = [
                scope for scope in sentence_scopes(self.text, low, high) if not self.is_courteous(*scope.cue)
            ]
        return scopes

    def _quotation_scopes(self, position: int) -> list[Scope]:
        turn = self.turn_at(position)
        scopes = self._quotes.get(turn)
        if scopes is None:
            low, high = self.turn_region(turn)
            scopes = self._quotes[turn] = quotation_scopes(self.text, low, high)
        return scopes

    def _teaching_scopes(self) -> list[Scope]:
        if self._teaching is None:
            self._teaching = [] if self.document.kind == "transcript" else teaching_scopes(self.text)
        return self._teaching

    def _whole_scopes(self, position: int) -> list[Scope]:
        """What the kind of the text, or in a call the turn as an answer, makes of its words."""
        turn = self.turn_at(position) if self.document.kind == "transcript" else -1
        scopes = self._whole.get(turn)
        if scopes is None:
            scopes = self._whole[turn] = (
                [*register_scopes(self.text), *asked_questions(self.text)]
                if turn < 0
                else self._answers(turn)
            )
        return scopes

    def _answers(self, turn: int) -> list[Scope]:
        turns = self.document.turns
        if turns[turn].speaker != "agent":
            return []
        low, high = self.turn_region(turn)
        others = (
            which for which in range(turn - 1, -1, -1) if turns[which].speaker in ("debtor", "third_party")
        )
        theirs = [self.text[slice(*self.turn_region(which))] for which in islice(others, REMEMBERED)]
        return answer_scopes(theirs[::-1], self.text[low:high], low)

    def _forbidden_lines(self) -> list[Span]:
        """Lines of a list under a heading that forbids."""
        if self._forbidden is None:
            self._forbidden = []
            lines = self.text.split("\n")
            flags = listed_under_prohibition(lines) if self.document.kind != "transcript" else []
            offset = 0
            for line, flag in zip(lines, flags, strict=False):
                if flag:
                    self._forbidden.append((offset, offset + len(line)))
                offset += len(line) + 1
        return self._forbidden

    def _under_prohibition(self, position: int) -> bool:
        spans = self._forbidden_lines()
        which = bisect_right(spans, (position, len(self.text) + 1)) - 1
        return which >= 0 and spans[which][0] <= position <= spans[which][1]

    # -- words ------------------------------------------------------------------------------------
    def is_word_edge(self, position: int) -> bool:
        """True when a word begins or ends at `position`; segments the clause around it once."""
        if self._boundaries is None:
            return True
        low, high = self.clauses.at(min(position, max(len(self.text) - 1, 0)))
        if position in (low, high):
            return True
        edges = self._edges.get(low)
        if edges is None:
            edges = self._edges[low] = frozenset(low + edge for edge in self._boundaries(self.text[low:high]))
        return position in edges

    # -- occurrences of a literal set ---------------------------------------------------------------
    def within(self, set_id: int, low: int, high: int) -> Sequence[Span]:
        """Occurrences of the set that lie inside `text[low:high]`."""
        spans = self.occurrences.of(set_id)
        inside = spans[bisect_left(spans, (low, low)) : bisect_left(spans, (high, 0))]
        return [span for span in inside if span[1] <= high]


def _joined(spans: list[Span]) -> list[Span]:
    """Sorted spans with those that overlap or touch made one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        elif start < end:
            joined.append((start, end))
    return joined
