"""Sentences and clauses cover the text without gaps, with and without punctuation."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collectlint.text.clauses import Regions, clauses, sentences


def parts(text: str, regions: Regions) -> list[str]:
    return [text[slice(*regions.slice(which))] for which in range(regions.last + 1)]


def test_sentences_end_at_marks_and_lines() -> None:
    text = '你好。再见!"走吧。"好\n行'
    assert parts(text, sentences(text)) == ["你好。", '再见!"', '走吧。"', "好\n", "行"]


def test_cells_of_a_table_are_sentences() -> None:
    text = "|不说|改说|"
    assert parts(text, sentences(text)) == ["|", "不说|", "改说|"]


def test_clauses_end_at_commas_too() -> None:
    text = "还钱,不然上门:明天。3.5万"
    assert parts(text, clauses(text)) == ["还钱,", "不然上门:", "明天。", "3.5万"]


def test_long_speech_without_marks_is_cut_at_breaths() -> None:
    text = "你这个钱拖了这么久我们领导都问了好几次了真的没有办法再拖了如果明天还不处理我们就要走下一步了"
    assert parts(text, clauses(text))[1].startswith("如果")


@given(st.text(alphabet='还钱,。!?\n.a1" ', max_size=60))
def test_regions_cover_the_text(text: str) -> None:
    for regions in (sentences(text), clauses(text)):
        assert "".join(parts(text, regions)) == text
        for position in range(len(text)):
            low, high = regions.at(position)
            assert low <= position < high
            assert regions.slice(regions.which(position)) == (low, high)
