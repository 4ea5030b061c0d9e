"""How good a guess of roles is: our own labelled calls with their speakers hidden."""

from __future__ import annotations

from pathlib import Path

from collectlint.document import Document
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table import read
from collectlint.readers.voices import assign

LABELLED = Path(__file__).parents[2] / "corpora" / "labelled"


def test_a_guess_is_right_or_not_made() -> None:
    right = wrong = left = 0
    for document in read(LABELLED, ReadSettings()):
        assert isinstance(document, Document)
        roles = sorted({turn.speaker for turn in document.turns})
        if document.kind != "transcript" or len(roles) < 2 or "agent" not in roles:
            continue
        voices = {role: str(number) for number, role in enumerate(roles)}
        heard = assign([(voices[turn.speaker], turn.text) for turn in document.turns], {})
        agents = [voice for voice, speaker in heard.guessed.items() if speaker == "agent"]
        if not agents:
            left += 1
        elif agents == [voices["agent"]]:
            right += 1
        else:
            wrong += 1
    assert wrong <= 0.01 * (right + wrong)
    assert right >= 0.5 * (right + wrong + left)
