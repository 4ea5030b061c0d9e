"""Which rules of a batch are worth trying on a document, before anybody looks at it closely."""

from collections.abc import Callable, Hashable, Sequence

from collectlint.document import Document
from collectlint.operators.resembles import likeness_of
from collectlint.rulebook.rule import Rule
from collectlint.rulebook.rulebook import Rulebook
from collectlint.sight import Sight, looked_at
from collectlint.text.teaching import is_plainly_said
from collectlint.view import View, readings_of


def looked_over(document: Document, rulebook: Rulebook) -> Sight:
    """The turns as read and one scan over them."""
    readings = readings_of(document, rulebook.by_head.get, batch=True)
    text = readings[0].text if len(readings) == 1 else "\n".join([part.text for part in readings])
    return Sight(readings, text, rulebook.gate.found(text))


def picked(
    document: Document,
    sight: Sight,
    rulebook: Rulebook,
    scope: Hashable,
    is_about: Callable[[Rule], bool],
    boundaries: Callable[[str], frozenset[int]] | None,
) -> tuple[Sequence[Rule], View | None]:
    """The candidates by the gate, of the rules that are about such a document; and a view if it took one.

    `is_about` is asked once for documents of the same `scope`.
    """
    chosen = rulebook.gate.choose(document, sight.text, sight.words)
    rules = chosen.rules & rulebook.about(scope, is_about) & rulebook.with_fields(document.fields)
    view = None
    if rules & chosen.asked and chosen.least is not None and rulebook.ceiling is not None:
        is_low = is_plainly_said(sight.text, document.kind == "transcript") and not rulebook.ceiling.reaches(
            document, [part.text for part in sight.readings], chosen.concepts, chosen.least
        )
        if not is_low:
            view = looked_at(document, rulebook, True, boundaries, sight)
            view.lists = chosen.lists
            likeness = likeness_of(view)
            is_low = likeness is not None and likeness.any < chosen.least
        if is_low:
            rules &= ~chosen.asked
    return rulebook.numbered(rules), view
