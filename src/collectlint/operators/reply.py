"""`reply`: a question by one side and its answer by the other, in the speech that follows."""

from __future__ import annotations

from typing import NamedTuple

from collectlint.operators.outcome import Hit, Operator, Outcome, found
from collectlint.view import View


class Reply(NamedTuple):
    """Places of `answer` in what another speaker says next after a place of `to`.

    A speech is all consecutive turns of one speaker; the answer may stand up to `within` speeches later.
    `opening` bounds how many code points into its speech the answer begins, -1 = anywhere. Pieces of an
    unknown voice may be of two people, so each of its turns counts as a speech that may answer the last.
    """

    to: Operator
    answer: Operator
    within: int
    opening: int

    def check(self, view: View) -> Outcome:
        asked = self.to.check(view)
        if not asked.truth:
            return asked
        answered = self.answer.check(view)
        if not answered.truth:
            return answered
        hits = []
        for hit in answered.hits:
            speech = view.speech_at(view.turn_at(hit.start))
            if self.opening >= 0 and hit.start - view.speech_start(speech) > self.opening:
                continue
            before = [one for one in asked.hits if self._precedes(view, one, hit, speech)]
            if before:
                question = before[-1]
                hits.append(hit._replace(also=(*hit.also, (question.start, question.end))))
        return found(hits)

    def _precedes(self, view: View, question: Hit, answer: Hit, speech: int) -> bool:
        if question.end > answer.start:
            return False
        asker, answerer = view.speaker_at(question.start), view.speaker_at(answer.start)
        if asker == answerer and asker != "unknown":
            return False
        return 1 <= speech - view.speech_at(view.turn_at(question.start)) <= self.within
