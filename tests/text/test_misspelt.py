"""Disguised words are read as what they stand for, ordinary ones are left alone, places stay exact."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.text.reading import Reading, is_worth_a_guess, read, strangers
from collectlint.text.sounds import looking_like, sounding_like, sounds_of, spoken, syllables

WORDS = ("起诉", "法院", "催收", "通讯录", "爆通讯录", "征信", "逾期", "还钱", "派出所", "紧急联系人")


def known(head: str) -> Sequence[str]:
    return [word for word in WORDS if word.startswith(head)]


def reading(text: str) -> Reading:
    return read(text, known)


@pytest.mark.parametrize(
    ("text", "meant", "via"),
    [
        ("再不还就爆tong讯录", "再不还就爆通讯录", "pinyin"),
        ("再不还就爆通xunlu", "再不还就爆通讯录", "pinyin"),
        ("我去fayuan告你", "我去法院告你", "pinyin"),
        ("我去f院告你", "我去法院告你", "initial"),
        ("已经逾ㄑ三天", "已经逾期三天", "initial"),
        ("你的zx要黑了", "你的征信要黑了", "initial"),
        ("马上起粟你", "马上起诉你", "homophone"),
        ("派初所的人", "派出所的人", "homophone"),
        ("崔收人员", "催收人员", "homophone"),
        ("法阮的传票", "法院的传票", "look-alike"),
        ("氵去院的传票", "法院的传票", "split"),
        ("爆爆爆通讯录", "爆通讯录", "repeat"),
        ("现xiàn在还钱", "现在还钱", "ruby"),
        ("通[tōng]讯录", "通讯录", "ruby"),
        ("起嗯诉你", "起诉你", "filler"),
    ],
)
def test_disguises(text: str, meant: str, via: str) -> None:
    found = reading(text)
    assert found.text == meant
    assert via in {mark for _, _, mark in found.marks}


@pytest.mark.parametrize(
    "text",
    [
        "因为是内部优惠,请转到我个人的line pay",
        "我加您line,大date那天也在line上说",
        "开发园区的张先生,您的快递到了",
        "请下载app登录",
        "维生素b族和x光",
        "地铁站d口",
        "谢谢您,天天开心",
        "我已起诉,法院受理",
        "${name}您好",
        "处罚[name]先生",
        "嗯,好的",
        "身份证h227145080",
    ],
)
def test_left_as_written(text: str) -> None:
    assert reading(text) == Reading(text, None, None)


def test_parts_that_are_an_ordinary_pair_stand_for_themselves() -> None:
    words = ("忘记还款", "胡说八道", "林家人")

    def read_as(text: str) -> tuple[str, set[str]]:
        found = read(text, lambda head: [word for word in words if word.startswith(head)])
        return found.text, {mark for _, _, mark in found.marks or ()}

    assert read_as("您亡心记还款") == ("您忘记还款", {"split"})
    assert read_as("古月说八道") == ("古月说八道", set())
    assert read_as("木木家人") == ("木木家人", set())


def test_without_words_of_rules_nothing_is_guessed() -> None:
    assert read("马上起粟你", None).text == "马上起粟你"


def test_where_it_stood() -> None:
    found = reading("爆 tong讯录,f院")
    assert found.text == "爆通讯录,法院"
    assert found.starts is not None
    assert found.ends is not None
    assert (found.starts[1], found.ends[1]) == (2, 6)
    assert (found.starts[5], found.ends[6]) == (9, 11)


NOISY = st.lists(
    st.sampled_from(
        [*"还钱爆通讯录起粟诉催手收派初所嗯法去氵院ㄑfxz -*·.,。\u200b()[]", "tong", "su", "zx", "xiàn"]
    ),
    max_size=40,
).map("".join)


@given(NOISY)
def test_places_are_in_order_and_inside(text: str) -> None:
    found = reading(text)
    if found.starts is None or found.ends is None:
        assert found.text == text
        return
    assert len(found.starts) == len(found.text) + 1
    assert len(found.ends) == len(found.text)
    assert list(found.starts) == sorted(found.starts)
    assert list(found.ends) == sorted(found.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=False))
    marked = {place for low, high, _ in found.marks for place in range(low, high)}
    for place, char in enumerate(found.text):
        assert char == text[found.starts[place]] or place in marked


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    reading(text)


def test_strangers_are_characters_without_an_ordinary_neighbour() -> None:
    text = "马上起粟你"
    assert [text[place] for place in strangers(text)] == ["粟"]
    assert strangers("a") == strangers("还") == []


def test_what_is_worth_a_guess() -> None:
    assert is_worth_a_guess(["晴", "你好"])
    assert not is_worth_a_guess(["今日天气晴"])


def test_sounds() -> None:
    assert "诉" in spoken("su")
    assert spoken("xyz") == ""
    assert set(sounds_of("还")) == {"hai", "huan"}
    assert "起" not in sounding_like("起")
    assert "未" in looking_like("末")
    assert syllables("tongxunlu") == ("tong", "xun", "lu")
    assert syllables("app") is None
