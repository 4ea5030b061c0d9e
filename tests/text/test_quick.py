"""Many texts are read as one is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collectlint.text.compact import compact
from collectlint.text.fold import fold
from collectlint.text.quick import folded, read_all
from collectlint.text.reading import is_worth_a_guess, read
from collectlint.visible import without_surrogates

# What folding, noise and disguise are about, and ordinary words around them.
PIECES = [
    *"你您还錢债欠不，。！？：；（）“”「」、,.:!?\"'\n\r\u2028 \u3000*-·❤①㈱ﬁßÉA9９Ａ\u200b\ud800𠮷乾著瞭於",
    *("身分證", "身分", "连络", "乾隆", "爆通讯录", "爆-通-讯-录", "還錢", "還款", "f院", "氵去院", "威❤信"),
    *("还还还", "请按时还款", "现(xiàn)在", "还,钱,不", "a.b", "逾期", "起素", "通寻录", "tong讯录"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
KNOWN = {"爆通": ["爆通讯录"], "通讯": ["通讯录"], "起诉": ["起诉"], "还钱": ["还钱"], "法院": ["法院"]}


def test_every_character_is_folded_alike() -> None:
    assert [
        code for code in range(0x110000) if folded(chr(code)) != fold(without_surrogates(chr(code)))
    ] == []


@given(TEXTS)
def test_texts_are_folded_alike(text: str) -> None:
    assert folded(text) == fold(without_surrogates(text))


@given(st.lists(TEXTS, max_size=4))
def test_turns_are_read_alike(texts: list[str]) -> None:
    turns = [fold(without_surrogates(text)) for text in texts]
    known = KNOWN.get if is_worth_a_guess(turns) else None
    expected = [read(turn, known) for turn in turns]
    assert read_all(texts, KNOWN.get) == expected
    assert read_all(texts, KNOWN.get) == expected  # and again, from what it remembers
    plain = [compact(turn).text for turn in turns]
    assert [one.text for one in read_all(texts, None)] == plain
