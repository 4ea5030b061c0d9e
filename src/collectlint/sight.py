"""A document as the operators of a rulebook see it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from collectlint.document import Document
from collectlint.rulebook.rulebook import Rulebook
from collectlint.text.literals import Occurrences
from collectlint.text.reading import Reading
from collectlint.view import View


class Sight(NamedTuple):
    """What is known of a document before anybody asks for a view: its turns, the words of rules in them."""

    readings: list[Reading]
    text: str
    words: Mapping[int, list[tuple[int, int]]]


def looked_at(
    document: Document,
    rulebook: Rulebook,
    batch: bool = False,
    boundaries: Callable[[str], frozenset[int]] | None = None,
    sight: Sight | None = None,
) -> View:
    """A view of the document with everything of the rulebook that operators ask for."""
    readings = sight.readings if sight else None
    view = View(document, rulebook.sets, boundaries, rulebook.beginning_with, readings)
    view.concepts, view.concept_keys = rulebook.concepts, rulebook.concept_keys
    view.second_reader = lambda: rulebook.model
    plain = rulebook.gate.by_set(sight.words) if sight else rulebook.occurrences(view.text, batch)
    view.occurrences = Occurrences(rulebook.sets, view.text, plain)
    return view
