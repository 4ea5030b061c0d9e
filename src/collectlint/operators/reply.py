"""`reply`: a question by one side and its answer by the other, in the speech that follows."""

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
        by_speech: dict[int, list[Hit]] = {}
        for question in asked.hits:
            by_speech.setdefault(view.speech_at(view.turn_at(question.start)), []).append(question)
        hits = []
        for hit in answered.hits:
            speech = view.speech_at(view.turn_at(hit.start))
            if self.opening >= 0 and hit.start - view.speech_start(speech) > self.opening:
                continue
            nearest = (
                question
                for earlier in range(speech - 1, speech - 1 - self.within, -1)
                for question in reversed(by_speech.get(earlier, ()))
                if _is_of_another(view, question, hit)
            )
            asked_for = next(nearest, None)
            if asked_for is not None:
                hits.append(hit._replace(also=(*hit.also, (asked_for.start, asked_for.end))))
        return found(hits)


def _is_of_another(view: View, question: Hit, answer: Hit) -> bool:
    asker = view.speaker_at(question.start)
    return question.end <= answer.start and (asker == "unknown" or asker != view.speaker_at(answer.start))
