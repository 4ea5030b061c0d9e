"""`resembles`: the second reader: does the document read like labelled violations of a family?

It marks the sentence of the collecting side that weighs most, and names what weighed. By itself it
never judges: `rules vet` refuses a rule above `warning` that rests on it alone.
"""

from collections.abc import Iterable
from typing import NamedTuple

from collectlint.likeness import OTHER_SIDE, Likeness, Model, features
from collectlint.operators.outcome import NO, Hit, Outcome
from collectlint.text.stance import Stance
from collectlint.view import View

ANY = "any"
# From which score a family is meant. Measured on two blind batches beside the rules: what they find
# already leaves the reader the doubtful rest, the more so the commoner the family.
_BOUNDS = {
    "threat": 0.45,
    "third_party": 0.6,
    "privacy": 0.5,
    "deception": 0.45,
    "payment": 0.3,
    "abuse": 0.3,
    "harassment": 0.25,
}


_UNMEANT = (Stance.FORBIDDEN, Stance.REPORTED)
_MOSTLY = 0.5


class Resembles(NamedTuple):
    """Yes when the document as a whole scores `least` and the family its own bound.

    Where no family reaches its bound, the likeliest is meant. `family` "any" asks for the document
    only. Without a model the answer is no.
    """

    family: str
    least: float

    def check(self, view: View) -> Outcome:
        model = view.model
        if model is None:
            return NO
        likeness = _read(view, model)
        score = likeness.any
        if score < self.least or not self._is_family(likeness):
            return NO
        hit = _heaviest(view, model, self.family, score)
        return NO if _is_only_quoted(view, hit) else Outcome(True, (hit,))

    def _is_family(self, likeness: Likeness) -> bool:
        if self.family == ANY:
            return True
        scores = likeness.scores
        meant = [family for family, bound in _BOUNDS.items() if scores.get(family, 0.0) >= bound]
        if meant:
            return self.family in meant
        return scores[self.family] == max(score for family, score in scores.items() if family != ANY)


def likeness_of(view: View) -> Likeness | None:
    """How much the document as a whole reads like a violation, by family; None without a model."""
    return _read(view, view.model) if view.model is not None else None


def view_features(view: View) -> set[str]:
    """The features of the document that a view shows."""
    turns, quoted = [], []
    for which in range(len(view.document.turns)):
        position, high = view.turn_region(which)
        said = []
        for start, end in view.unsaid(which):
            said.append(view.text[position:start])
            quoted.append(view.text[start:end])
            position = end
        turns.append("\n".join((*said, view.text[position:high])))
    plain = view.occurrences.plain
    possible: Iterable[tuple[str, int]] = view.lists or ()
    if view.lists is None:
        keys = view.concept_keys.intersection(plain)
        possible = {concept for key in keys for concept in view.concepts(key)}
    courteous = view.courtesies
    if not quoted and not courteous and all(one.speaker not in OTHER_SIDE for one in view.document.turns):
        concepts = [name for name, set_id in possible if view.occurrences.has(set_id)]
    else:
        concepts = [
            name
            for name, set_id in possible
            if any(
                _is_said(view, start) and not any(low <= start < high for low, high in courteous)
                for start, _ in view.occurrences.of(set_id)
            )
        ]
    return features(view.document, turns, concepts, quoted)


def _is_said(view: View, position: int) -> bool:
    """Does the collecting side say the word at this position, and not quote or forbid it?"""
    turn = view.turn_at(position)
    if view.document.turns[turn].speaker in OTHER_SIDE:
        return False
    return not any(start <= position < end for start, end in view.unsaid(turn))


def _read(view: View, model: Model) -> Likeness:
    kept: Likeness | None = view.memory.get(Resembles)
    if kept is None:
        kept = view.memory[Resembles] = model.read(view_features(view), view.document.channel)
    return kept


def _is_only_quoted(view: View, hit: Hit) -> bool:
    """Is most of the sentence that weighs most forbidden or reported?"""
    unmeant = sum(view.stance(place, place + 1) in _UNMEANT for place in range(hit.start, hit.end))
    return unmeant > (hit.end - hit.start) * _MOSTLY


def _heaviest(view: View, model: Model, family: str, score: float) -> Hit:
    best: tuple[float, int, int, tuple[str, ...]] | None = None
    for which, said in enumerate(view.document.turns):
        if said.speaker in OTHER_SIDE:
            continue
        position, high = view.turn_region(which)
        while position < high:
            _, end = view.sentences.at(position)
            end = min(max(end, position + 1), high)
            if not _is_said(view, position):
                position = end
                continue
            weight, reasons = model.weigh(view.text[position:end], ANY)
            if family != ANY:
                weight += max(model.weigh(view.text[position:end], family)[0], 0.0)
            if best is None or weight > best[0]:
                best = (weight, position, end, reasons)
            position = end
    if best is None:
        return Hit(0, min(1, len(view.text)))
    _, start, end, reasons = best
    while end - start > 1 and view.text[end - 1] in " \n":
        end -= 1
    note = f"{score:.2f}" + "".join(f"「{reason}」" for reason in reasons)
    return Hit(start, end, via=("resembles",), note=note)
