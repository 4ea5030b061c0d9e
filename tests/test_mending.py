"""Safe replacements: in either script, never in a title, never beside themselves."""

from __future__ import annotations

import pytest

from collectlint.mending import Edit, applied, edits, settled

FIX = {
    "银监会": {"zh": "总局", "hant": "總局"},
    "中国银监会": {"zh": "总局", "hant": ""},
    "★": {"zh": "", "hant": ""},
}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("向银监会投诉", "向总局投诉"),
        ("向銀監會投訴", "向總局投訴"),
        ("向中国银监会投诉", "向总局投诉"),  # the longest word
        ("向中國銀監會投訴", "向总局投訴"),  # without a traditional form the simplified one
        ("★向银监会★投诉", "向总局投诉"),
        ("《银监会令》", "《银监会令》"),
        ("《办法》由银监会印发《通知》", "《办法》由总局印发《通知》"),
        ("银 监 会", "银 监 会"),
        ("银监会、银监会", "银监会、银监会"),
        ("银监会和总局", "银监会和总局"),
        ("银监会；总局", "总局；总局"),
        ("没有", "没有"),
    ],
)
def test_words_are_replaced(text: str, after: str) -> None:
    assert applied(text, settled(text, edits(FIX, text, 0, len(text)))) == after


def test_only_within_the_finding() -> None:
    text = "银监会说，银监会说"
    assert edits(FIX, text, 5, 8) == (Edit(5, 8, "总局"),)
    assert edits(FIX, text, 5, 7) == ()


def test_of_overlapping_edits_the_first_is_made() -> None:
    wanted = [Edit(2, 4, "乙"), Edit(0, 3, "甲"), Edit(0, 3, "甲"), Edit(4, 5, "丙")]
    assert settled("一二三四五", wanted) == (Edit(0, 3, "甲"), Edit(4, 5, "丙"))
