"""Conditions about conditions: truth, places and reasons, with the inner conditions' answers given."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from collectlint.document import Document, Turn
from collectlint.operators.after import After
from collectlint.operators.combine import All, AnyOf, AtLeast, NoneOf
from collectlint.operators.field import FieldTest, value_of, word_of
from collectlint.operators.hours import Hours
from collectlint.operators.message import Message
from collectlint.operators.number import Number
from collectlint.operators.outcome import NO, YES, Hit, Outcome, found
from collectlint.operators.pattern import Pattern
from collectlint.operators.personal import PersonalData
from collectlint.operators.repeat import Repeat
from collectlint.operators.reply import Reply
from collectlint.operators.state import Lasting, State
from collectlint.operators.table import SHAPES
from collectlint.operators.together import Together
from collectlint.operators.variable import Variable
from collectlint.operators.window import Bounds, Count, Missing, Window
from collectlint.text.literals import LiteralSets
from collectlint.view import View


class Says(NamedTuple):
    """A condition whose answer is known; `asked` counts."""

    outcome: Outcome
    asked: list[int] = []

    def check(self, view: View) -> Outcome:
        self.asked.append(1)
        return self.outcome


def view(*said: tuple[str, str] | Turn, **fields: Any) -> View:
    turns = tuple(one if isinstance(one, Turn) else Turn(*one) for one in said)
    kind = fields.pop("kind", "transcript" if len(turns) > 1 else "message")
    return View(Document("d", turns, kind=kind, **fields), LiteralSets(lambda which: (), dict))


def at(*spans: tuple[int, int], **more: Any) -> Says:
    return Says(Outcome(True, tuple(Hit(*span, **more) for span in spans)))


def unknown(reason: str) -> Says:
    return Says(Outcome(None, (), reason))


EMPTY = view(("agent", "零一二三四五六七八九"))
YEA, NAY = Says(YES), Says(NO)


def test_found_sorts_and_drops_what_lies_inside_another() -> None:
    hits = [Hit(4, 6), Hit(0, 3), Hit(1, 3), Hit(0, 2), Hit(2, 5)]
    assert found(hits) == Outcome(True, (Hit(0, 3), Hit(2, 5), Hit(4, 6)))
    assert found([]) == NO


@pytest.mark.parametrize(
    ("conditions", "outcome"),
    [
        ((YEA, YEA), YES),
        ((YEA, NAY), NO),
        ((unknown("甲"), NAY), NO),
        ((YEA, unknown("甲")), Outcome(None, (), "甲")),
        ((unknown("甲"), at((0, 1)), unknown("乙"), unknown("甲")), Outcome(None, (), "甲;乙")),
        ((YEA, at((0, 1), (2, 3)), at((4, 5), (6, 7)), at((8, 9))), None),
    ],
)
def test_all(conditions: tuple[Says, ...], outcome: Outcome | None) -> None:
    also = ((4, 5), (8, 9))
    expected = outcome or Outcome(True, (Hit(0, 1, also), Hit(2, 3, also)))
    for order in (tuple(range(len(conditions))), tuple(reversed(range(len(conditions))))):
        assert All(conditions, order).check(EMPTY) == expected


def test_all_asks_in_its_order_and_stops_at_no() -> None:
    first, last = Says(YES, []), Says(NO, [])
    All((first, last), (1, 0)).check(EMPTY)
    assert (first.asked, last.asked) == ([], [1])


@pytest.mark.parametrize(
    ("conditions", "outcome"),
    [
        ((NAY, NAY), NO),
        ((NAY, YEA), YES),
        ((unknown("甲"), YEA), YES),
        ((unknown("甲"), NAY, unknown("乙"), unknown("甲")), Outcome(None, (), "甲;乙")),
        ((at((4, 5)), unknown("甲"), at((0, 2))), Outcome(True, (Hit(0, 2), Hit(4, 5)))),
    ],
)
def test_any(conditions: tuple[Says, ...], outcome: Outcome) -> None:
    assert AnyOf(conditions).check(EMPTY) == outcome


@pytest.mark.parametrize(
    ("conditions", "outcome"),
    [
        ((NAY, NAY), YES),
        ((NAY, YEA), NO),
        ((unknown("甲"), YEA), NO),
        ((unknown("甲"), NAY, unknown("乙"), unknown("甲")), Outcome(None, (), "甲;乙")),
    ],
)
def test_none(conditions: tuple[Says, ...], outcome: Outcome) -> None:
    assert NoneOf(conditions).check(EMPTY) == outcome


@pytest.mark.parametrize(
    ("number", "conditions", "outcome"),
    [
        (2, (YEA, NAY, YEA), YES),
        (2, (YEA, NAY, NAY), NO),
        (2, (YEA, unknown("甲"), NAY), Outcome(None, (), "甲")),
        (2, (NAY, unknown("乙"), unknown("甲"), unknown("乙")), Outcome(None, (), "乙;甲")),
        (3, (YEA, unknown("甲"), NAY), NO),
        (1, (unknown("甲"), at((3, 4), (0, 1))), Outcome(True, (Hit(0, 1), Hit(3, 4)))),
    ],
)
def test_at_least(number: int, conditions: tuple[Says, ...], outcome: Outcome) -> None:
    assert AtLeast(number, conditions).check(EMPTY) == outcome


# 0 agent 甲甲  1 debtor 乙乙  2 agent (empty)  3 agent 丙丙  4 debtor 丁丁
CALL = view(
    Turn("agent", "甲甲", 0.0, 2.0),
    Turn("debtor", "乙乙", 3.0, 5.0),
    Turn("agent", " ", 6.0, 6.5),
    Turn("agent", "丙丙", 7.0, 9.0),
    Turn("debtor", "丁丁", 10.0, 20.0),
)
NOTHING = Bounds((), 0, 0, 0, 0, 0, 0)


def spans(*turns: int) -> list[tuple[int, int]]:
    return [CALL.turn_region(turn) for turn in turns]


@pytest.mark.parametrize(
    ("bounds", "turns"),
    [
        ({}, [0, 1, 3, 4]),
        ({"speakers": ("agent",)}, [0, 3]),
        ({"first_turns": 1}, [0]),
        ({"first_turns": 3}, [0, 1, 3]),
        ({"last_turns": 1}, [4]),
        ({"last_turns": 2, "speakers": ("agent",)}, [0, 3]),
        ({"first_turns": 3, "last_turns": 3}, [1, 3]),
        ({"first_percent": 25}, [0]),
        ({"first_percent": 26}, [0, 1]),
        ({"last_percent": 50}, [3, 4]),
        ({"last_percent": 51}, [1, 3, 4]),
        ({"first_percent": 1, "last_percent": 100}, [0]),
        ({"first_seconds": 3.0}, [0]),
        ({"first_seconds": 3.1}, [0, 1]),
        ({"last_seconds": 10.0}, [4]),
        ({"last_seconds": 13.0}, [3, 4]),
        ({"first_seconds": 8.0, "last_seconds": 17.0}, [1, 3]),
    ],
)
def test_bounds(bounds: dict[str, Any], turns: list[int]) -> None:
    assert NOTHING._replace(**bounds).turns(CALL) == (turns, "")


def test_seconds_need_the_times_of_the_turns_that_count() -> None:
    some = view(Turn("agent", "甲甲", 0.0), Turn("debtor", "乙乙"), Turn("agent", "丙丙", 7.0))
    assert NOTHING._replace(first_seconds=3.0).turns(some) == ((), "缺少各句的时间")
    assert NOTHING._replace(first_seconds=3.0, speakers=("agent",)).turns(some) == ([0], "")
    assert NOTHING._replace(last_seconds=1.0, speakers=("agent",)).turns(some) == ([2], "")
    lacking = NOTHING._replace(last_seconds=1.0)
    assert Window(YEA, lacking).check(some) == Outcome(None, (), "缺少各句的时间")
    assert Missing(YEA, lacking).check(some) == Outcome(None, (), "缺少各句的时间")


def test_window() -> None:
    first = NOTHING._replace(first_turns=2)
    assert Window(at(*spans(0, 1, 3)), first).check(CALL) == Outcome(
        True, tuple(Hit(*s) for s in spans(0, 1))
    )
    assert Window(at(*spans(3)), first).check(CALL) == NO
    assert Window(NAY, first).check(CALL) == NO
    assert Window(unknown("甲"), first).check(CALL) == Outcome(None, (), "甲")


def test_missing_shows_the_part() -> None:
    first = NOTHING._replace(first_turns=2)
    shown = Outcome(True, (Hit(*spans(0)[0], also=tuple(spans(1))),))
    assert Missing(NAY, first).check(CALL) == shown
    assert Missing(at(*spans(3)), first).check(CALL) == shown
    assert Missing(at(*spans(1)), first).check(CALL) == NO
    assert Missing(YEA, first).check(CALL) == NO
    assert Missing(unknown("甲"), first).check(CALL) == Outcome(None, (), "甲")
    assert Missing(NAY, first._replace(speakers=("system",))).check(CALL) == NO


def test_missing_shows_at_most_24_characters() -> None:
    long = view(("agent", "甲" * 30), ("debtor", "乙"))
    (hit,) = Missing(NAY, NOTHING._replace(first_turns=1)).check(long).hits
    assert (hit.start, hit.end) == (0, 24)


def test_count() -> None:
    three = at((0, 1), (2, 3), (4, 5), also=((7, 8),))
    shown = Outcome(True, (Hit(0, 1, ((7, 8), (2, 3), (4, 5))),))
    assert Count(three, 3, 0).check(EMPTY) == shown
    assert Count(three, 1, 3).check(EMPTY) == shown
    assert Count(three, 4, 0).check(EMPTY) == NO
    assert Count(three, 1, 2).check(EMPTY) == NO
    assert Count(NAY, 0, 2).check(EMPTY) == YES
    assert Count(unknown("甲"), 0, 2).check(EMPTY) == Outcome(None, (), "甲")


TALK = view(("agent", "零一二三四五六七八九,十一。十二?十三"), ("debtor", "十四"), ("agent", "十五"))


def near(*of: Says, **changes: Any) -> Outcome:
    return Together(of, 3, "chars", False, -1)._replace(**changes).check(TALK)


def test_near_is_within_so_many_characters() -> None:
    assert near(at((0, 2)), at((5, 6))) == Outcome(True, (Hit(0, 6),))
    assert near(at((0, 2)), at((6, 7))) == NO
    assert near(at((5, 6)), at((0, 2))) == Outcome(True, (Hit(0, 6),))
    assert near(at((0, 2)), at((1, 3))) == NO  # the same words twice
    assert near(at((0, 2)), at((2, 3))) == Outcome(True, (Hit(0, 3),))


def test_order_is_the_given_one() -> None:
    assert near(at((0, 2)), at((5, 6)), ordered=True) == Outcome(True, (Hit(0, 6),))
    assert near(at((5, 6)), at((0, 2)), ordered=True) == NO
    assert near(at((0, 1)), at((2, 3)), at((4, 5)), ordered=True) == Outcome(True, (Hit(0, 5),))
    assert near(at((2, 3)), at((0, 1)), at((4, 5)), ordered=True) == NO


def test_the_nearest_is_taken_and_all_must_be_close_to_each_other() -> None:
    marked = near(at((4, 5)), at((0, 1), (2, 3), (6, 7)), mark=0)
    assert marked == Outcome(True, (Hit(4, 5, ((2, 3),)),))
    assert near(at((4, 5)), at((1, 2)), at((8, 9))) == NO
    assert near(at((4, 5)), at((1, 2)), at((8, 9)), within=6) == Outcome(True, (Hit(1, 9),))


def test_the_mark_is_the_place_and_the_others_are_named_in_their_order() -> None:
    of = (at((0, 1), also=((9, 10),)), at((2, 3)), at((4, 5), via=("形近",)))
    assert near(*of, mark=1) == Outcome(True, (Hit(2, 3, ((0, 1), (4, 5)), ("形近",)),))
    assert near(*of) == Outcome(True, (Hit(0, 5, ((9, 10),), ("形近",)),))


def test_units_of_distance() -> None:
    one, two, three = (0, 2), (11, 13), (14, 16)  # clauses 0, 1, and the next sentence
    assert near(at(one), at(two), unit="clauses", within=1)
    assert near(at(one), at(two), unit="clauses", within=0) == NO
    assert near(at(one), at(three), unit="clauses", within=1) == NO
    assert near(at(one), at(two), unit="sentences", within=0).truth
    assert near(at(one), at(three), unit="sentences", within=0) == NO
    assert near(at(one), at(three), unit="sentences", within=1).truth
    first, second, last = (TALK.turn_region(turn) for turn in range(3))
    assert near(at(first), at(second), unit="turns", within=1) == Outcome(True, (Hit(*first, (second,)),))
    assert near(at(last), at(first), unit="turns", within=1) == NO
    assert near(at(last), at(first), unit="turns", within=2) == Outcome(True, (Hit(*last, (first,)),))


def test_a_wide_pair_is_two_places() -> None:
    wide = view(("agent", "字" * 80))
    pair = (at((0, 1)), at((59, 60)))
    assert Together(pair, 90, "chars", False, -1).check(wide) == Outcome(True, (Hit(0, 60),))
    pair = (at((0, 1)), at((60, 61)))
    assert Together(pair, 90, "chars", False, -1).check(wide) == Outcome(True, (Hit(0, 1, ((60, 61),)),))


def test_together_with_what_is_not_known() -> None:
    assert near(at((0, 1)), unknown("甲"), NAY) == NO
    assert near(unknown("甲"), at((0, 1)), unknown("乙"), unknown("甲")) == Outcome(None, (), "甲;乙")


# speeches: 0 agent (turns 0, 1), 1 debtor (turn 2), 2 agent (turn 3), 3 debtor (turn 4)
TURNS = view(
    ("agent", "问一"), ("agent", "问二"), ("debtor", "零一二答三"), ("agent", "问四"), ("debtor", "答五")
)
ASK0, ASK1, WHOLE2, ASK3, ANSWER4 = (TURNS.turn_region(turn) for turn in range(5))
ANSWER2 = (WHOLE2[0] + 3, WHOLE2[1])


def reply(to: Says, answer: Says, within: int = 1, opening: int = -1) -> Outcome:
    return Reply(to, answer, within, opening).check(TURNS)


def test_reply_is_to_the_last_question_of_the_other_side() -> None:
    assert reply(at(ASK0, ASK1), at(ANSWER2)) == Outcome(True, (Hit(*ANSWER2, (ASK1,)),))
    assert reply(at(ASK0), at(ANSWER4)) == NO
    assert reply(at(ASK0), at(ANSWER4), within=3) == Outcome(True, (Hit(*ANSWER4, (ASK0,)),))
    assert reply(at(ASK0), at(ANSWER4), within=2) == NO
    assert reply(at(ASK0, ASK3), at(ANSWER4), within=3) == Outcome(True, (Hit(*ANSWER4, (ASK3,)),))
    assert reply(at(ASK0), at(ASK3), within=2) == NO  # one does not answer oneself
    assert reply(at(ASK3), at(ANSWER2)) == NO


def test_reply_may_have_to_open_the_speech() -> None:
    assert reply(at(ASK1), at(ANSWER2), opening=3).truth
    assert reply(at(ASK1), at(ANSWER2), opening=2) == NO
    assert reply(at(ASK1), at(WHOLE2), opening=0).truth
    assert reply(at(ASK1), at(ANSWER2), opening=0) == NO


def test_reply_needs_both() -> None:
    assert reply(NAY, at(ANSWER2)) == NO
    assert reply(unknown("甲"), at(ANSWER2)) == Outcome(None, (), "甲")
    assert reply(at(ASK1), NAY) == NO
    assert reply(at(ASK1), unknown("乙")) == Outcome(None, (), "乙")


def test_an_unknown_voice_may_answer_an_unknown_voice() -> None:
    voices = view(("unknown", "问"), ("unknown", "答"))
    question, answer = voices.turn_region(0), voices.turn_region(1)
    assert Reply(at(question), at(answer), 1, -1).check(voices) == Outcome(True, (Hit(*answer, (question,)),))
    assert Reply(at(answer), at(question), 1, -1).check(voices) == NO


def test_repeat_counts_speeches() -> None:
    assert Repeat(at(ASK0, ASK1, ASK3), 3).check(TURNS) == NO
    both = Outcome(True, (Hit(*ASK3, (ASK0,)),))
    assert Repeat(at(ASK0, ASK1, ASK3), 2).check(TURNS) == both
    three = Repeat(at(ASK0, WHOLE2, ASK3, ANSWER4), 3).check(TURNS)
    assert three == Outcome(True, (Hit(*ASK3, (ASK0, WHOLE2, ANSWER4)),))
    assert Repeat(NAY, 2).check(TURNS) == NO
    assert Repeat(unknown("甲"), 2).check(TURNS) == Outcome(None, (), "甲")


def lasting(begins: Says, ends: Says | None = None, name: str = "x") -> Lasting:
    return Lasting(name, begins, ends)


def state(of: Says | None, *is_: Lasting, is_not: tuple[Lasting, ...] = (), within: int = 0) -> Outcome:
    TURNS.memory.clear()
    return State(is_, is_not, of, within).check(TURNS)


def test_a_state_holds_from_its_cause_to_its_end() -> None:
    said = at(ASK0, ASK3, ANSWER4)
    assert state(said, lasting(at(ASK1))) == Outcome(True, (Hit(*ASK3, (ASK1,)), Hit(*ANSWER4, (ASK1,))))
    assert state(said, lasting(at(ASK1), at(ANSWER4))) == Outcome(True, (Hit(*ASK3, (ASK1,)),))
    assert state(said, lasting(at(ASK1), at(WHOLE2))) == NO
    assert state(said, lasting(at(ASK1), NAY)).hits == state(said, lasting(at(ASK1))).hits
    assert state(said, lasting(NAY)) == NO


def test_a_state_alone_is_what_brings_it_about() -> None:
    assert state(None, lasting(at(ASK0, ASK3))) == Outcome(True, (Hit(*ASK0), Hit(*ASK3)))
    assert state(None, lasting(NAY)) == NO


def test_turns_since_the_last_cause() -> None:
    began = lasting(at(ASK0, WHOLE2))
    assert state(at(ANSWER4), began, within=2) == Outcome(True, (Hit(*ANSWER4, (WHOLE2,)),))
    assert state(at(ANSWER4), began, within=1) == NO


def test_what_bars_a_state() -> None:
    barred = lasting(at(WHOLE2), name="y")
    assert state(at(ASK0, ASK3), is_not=(barred,)) == Outcome(True, (Hit(*ASK0),))
    assert state(at(ASK3), lasting(at(ASK0)), is_not=(barred,)) == NO
    assert state(None, lasting(at(ASK0, ASK3)), is_not=(barred,)) == Outcome(True, (Hit(*ASK0),))


def test_states_that_cannot_be_told() -> None:
    said, lost = at(ASK3), lasting(unknown("甲"))
    assert state(said, lost) == Outcome(None, (), "甲")
    assert state(NAY, lost) == NO
    assert state(unknown("乙"), lasting(at(ASK0))) == Outcome(None, (), "乙")
    assert state(said, lasting(at(ASK0), unknown("丙"))) == Outcome(None, (), "丙")
    assert state(said, is_not=(lost,)) == Outcome(None, (), "甲")
    assert state(said, lost, lasting(at(ASK0), name="y"), is_not=(lasting(unknown("丙"), name="z"),)) == (
        Outcome(None, (), "甲;丙")
    )


@pytest.mark.parametrize(
    ("field", "fields", "outcome"),
    [
        ({"any_of": ("a", "b")}, {"x": "a"}, YES),
        ({"any_of": ("a", "b")}, {"x": "c"}, NO),
        ({"none_of": ("a",)}, {"x": "a"}, NO),
        ({"none_of": ("a",)}, {"x": "c"}, YES),
        ({"any_of": ("c",), "none_of": ("a",)}, {"x": "c"}, YES),
        ({"any_of": ("true",)}, {"x": True}, YES),
        ({"any_of": ("false",)}, {"x": False}, YES),
        ({"any_of": ("7",)}, {"x": 7}, YES),
        ({"any_of": ("a",)}, {}, Outcome(None, (), "缺少 fields.x")),
        ({"any_of": ("a",)}, {"x": ""}, Outcome(None, (), "缺少 fields.x")),
        ({"any_of": ("a",)}, {"x": ()}, Outcome(None, (), "缺少 fields.x")),
        ({"present": True}, {"x": "a"}, YES),
        ({"present": True}, {}, NO),
        ({"present": False}, {}, YES),
        ({"present": False}, {"x": "a"}, NO),
        ({"least": 3.0}, {"x": 3}, YES),
        ({"least": 3.0}, {"x": "2.9"}, NO),
        ({"most": 3.0}, {"x": "3"}, YES),
        ({"most": 3.0}, {"x": 3.1}, NO),
        ({"least": 1.0, "most": 3.0}, {"x": 2}, YES),
        ({"least": 3.0}, {"x": "many"}, Outcome(None, (), "fields.x 不是数字")),
        ({"least": 3.0}, {"x": ["1"]}, Outcome(None, (), "fields.x 不是数字")),
    ],
)
def test_field(field: dict[str, Any], fields: dict[str, Any], outcome: Outcome) -> None:
    test = FieldTest("fields.x", (), (), None, None, None)._replace(**field)
    assert test.check(view(("agent", "甲"), fields=fields)) == outcome


def test_values_of_fields() -> None:
    document = Document("d", (), channel="sms", fields={"a": {"b": {"c": 1}}, "channel": "x", "label": 5})
    assert value_of(document, "channel") == "sms"
    assert value_of(document, "fields.a.b.c") == 1
    assert value_of(document, "fields.a.b.c.d") is None
    assert value_of(document, "fields.channel") == "x"
    assert value_of(document, "label") == 5  # not a field of the document that rules may ask for
    assert [word_of(value) for value in (True, False, 1, "a")] == ["true", "false", "1", "a"]


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"objected_at": "2026-03-02T10:00:00", "started_at": "2026-03-02T10:00:01"}, YES),
        ({"objected_at": "2026-03-02T10:00:00", "started_at": "2026-03-02T10:00:00"}, NO),
        ({"started_at": "2026-03-02T10:00:00"}, NO),
        ({"objected_at": "2026-03-02T10:00:00"}, Outcome(None, (), "缺少 started_at")),
        ({"objected_at": "x", "started_at": "2026-03-02"}, None),
        ({"objected_at": "2026-03-02", "started_at": "x"}, None),
    ],
)
def test_after(fields: dict[str, Any], outcome: Outcome | None) -> None:
    expected = outcome or Outcome(None, (), "objected_at 或 started_at 不是 ISO 8601 时间")
    assert After("objected_at").check(view(("agent", "甲"), **fields)) == expected


def test_after_a_moment_of_ones_own() -> None:
    own = view(("agent", "甲"), fields={"asked": "2026-03-01"}, started_at="2026-03-02T10:00:00")
    assert After("asked").check(own) == YES


def number(value: str, text: str, fields: dict[str, Any] | None = None, **changes: Any) -> Outcome:
    asked = Number(value, None, None, None, 3, "", (), ())._replace(**changes)
    return asked.check(view(("agent", text), fields=fields or {}))


@pytest.mark.parametrize(
    ("value", "text", "bounds", "spans_"),
    [
        ("amount", "欠5000元和300元", {}, [(1, 6), (7, 11)]),
        ("amount", "欠5000元和300元", {"least": 5000}, [(1, 6)]),
        ("amount", "欠5000元和300元", {"most": 300}, [(7, 11)]),
        ("amount", "欠5000元和300元", {"least": 301, "most": 4999}, []),
        ("percent", "年化24%和36%", {"least": 24, "most": 24}, [(2, 5)]),
        ("days", "三天内或五天", {"least": 3, "most": 3}, [(0, 3)]),
        ("minutes_of_day", "晚上11点或早上8点", {"least": 1320, "most": 1439}, [(0, 5)]),
        ("minutes_of_day", "早上8点", {"least": 400, "most": 480}, [(0, 4)]),
        ("minutes_of_day", "早上8点", {"most": 479}, []),
        ("minutes_of_day", "凌晨1点", {"least": 1320, "most": 1500}, [(0, 4)]),
        ("minutes_of_day", "凌晨1点", {"least": 1320, "most": 1499}, []),
        ("minutes_of_day", "晚上9点到11点", {"least": 1320, "most": 1439}, [(0, 8)]),
        ("minutes_of_day", "八点半打,晚上11点打", {}, [(5, 10)]),
    ],
)
def test_number(value: str, text: str, bounds: dict[str, float], spans_: list[tuple[int, int]]) -> None:
    assert [(hit.start, hit.end) for hit in number(value, text, **bounds).hits] == spans_


def test_number_close_to_something() -> None:
    text = "欠5000元,零一二手续费200元"
    assert [hit.start for hit in number("amount", text, near=at((10, 13))).hits] == [13]
    assert [hit.start for hit in number("amount", text, near=at((10, 13)), within=4).hits] == [1, 13]
    assert number("amount", text, near=NAY) == NO
    assert number("amount", text, near=unknown("甲")) == Outcome(None, (), "甲")


def test_number_that_differs_from_a_field() -> None:
    differs = {"differs_from": "due"}
    assert number("amount", "欠5000元", {"due": 5000}, **differs) == NO
    assert number("amount", "欠5000元", {"due": "5000.004"}, **differs) == NO
    assert number("amount", "欠5000元", {"due": 5000.01}, **differs).truth
    for fields in ({}, {"due": "much"}, {"due": None}):
        assert number("amount", "欠5000元", fields, **differs) == Outcome(None, (), "缺少 due")


def test_numbers_of_speakers_and_stances() -> None:
    assert number("amount", "欠5000元", speakers=("debtor",)) == NO
    assert number("amount", "欠5000元", speakers=("agent",)).truth
    assert number("amount", "我们不会收5000元", stance=("asserted",)) == NO
    assert number("amount", "我们不会收5000元", stance=("negated",)).truth


def message(text: str, fields: dict[str, Any] | None = None, **changes: Any) -> Outcome:
    asked = Message(None, None, None, (), ())._replace(**changes)
    return asked.check(view(("agent", text), fields=fields or {}))


def test_length_of_a_message() -> None:
    assert message("甲" * 30, least_length=30) == Outcome(True, (Hit(0, 24),))
    assert message("甲" * 29, least_length=30) == NO
    assert message("甲" * 30, most_length=30).truth
    assert message("甲" * 31, most_length=30) == NO
    assert message("甲") == Outcome(True, (Hit(0, 1),))


def test_parts_of_a_message() -> None:
    assert message("甲" * 70, least_segments=2) == NO
    assert message("甲" * 71, least_segments=2).truth
    text = "甲" * 58 + "${name}"
    assert message(text, least_segments=2) == NO
    (hit,) = message(text, least_segments=1, filled=True).hits
    assert hit.note == "60(1)–68(1)"
    (hit,) = message(text, {"signature": "青田"}, least_segments=2, filled=True).hits
    assert hit.note == "64(1)–72(2)"
    declared = {"name": {"length": 40}}
    (hit,) = message(text, {"variables": declared}, least_segments=2, filled=True).hits
    assert hit.note == "60(1)–98(2)"


def test_features_of_a_message() -> None:
    text = "【青田】请点 http://a.cn/x 还款,拒收请回复r"
    assert message(text, has=("signature",)) == Outcome(True, (Hit(0, 4),))
    assert message(text, has=("link", "opt_out")).hits == (Hit(6, 19), Hit(23, 29))
    assert message(text, has=("link", "mobile_number")) == NO
    assert message(text, lacks=("mobile_number", "placeholder")).truth
    assert message(text, lacks=("placeholder", "link")) == NO


def test_personal_data_of_kind_strength_speaker_and_stance() -> None:
    def personal(text: str, **changes: Any) -> list[tuple[int, int]]:
        asked = PersonalData((), 2, (), ())._replace(**changes)
        return [(hit.start, hit.end) for hit in asked.check(view(("agent", text))).hits]

    assert personal("打13800138000吧") == [(1, 12)]
    assert personal("打13800138000吧", kinds=("id_card",)) == []
    assert personal("打13800138000吧", kinds=("mobile", "id_card")) == [(1, 12)]
    assert personal("打138****8000吧") == []
    assert personal("service@example.com") == []
    assert personal("service@example.com", strength=1) == [(0, 19)]
    assert personal("打13800138000吧", strength=3) == [(1, 12)]
    assert personal("打010-62345678吧", strength=3) == []
    assert personal("打13800138000吧", speakers=("debtor",)) == []
    assert personal("打13800138000吧", speakers=("agent",)) == [(1, 12)]
    assert personal("打13800138000吧", stance=("negated",)) == []
    assert personal("您好") == []


def variable(text: str, fields: dict[str, Any] | None = None, **changes: Any) -> list[str]:
    asked = Variable((), (), False)._replace(**changes)
    seen = view(("agent", text), fields=fields or {})
    return [seen.text[hit.start : hit.end] for hit in asked.check(seen).hits]


def test_what_placeholders_carry() -> None:
    cards = {"kinds": ("card",)}
    assert variable("卡号${cardno}", **cards) == ["${cardno}"]
    assert variable("尾号${cardno}", **cards) == []
    assert variable("卡号${card_tail}", **cards) == []
    assert variable("卡号${x}", **cards) == []
    assert variable("卡号${x}", {"variables": {"x": "bank_card"}}, **cards) == ["${x}"]
    assert variable("卡号${x}", {"variables": {"x": {"type": "bank_card"}}}, **cards) == ["${x}"]
    assert variable("卡号${x}", {"variables": {"x": {"type": "bank_card"}, "y": 1}}, kinds=("phone",)) == []
    assert variable("卡号一二三", **cards) == []


def test_numbers_and_places_of_unclear_owners() -> None:
    phones, places = {"kinds": ("phone",)}, {"kinds": ("address",)}
    assert variable("您的手机${mobile}", **phones) == ["${mobile}"]
    assert variable("请回${tel}", **phones) == []
    assert variable("请回${tel}", loose=True, **phones) == ["${tel}"]
    assert variable("客服热线${tel}", loose=True, **phones) == []
    assert variable("您住${address}", **places) == ["${address}"]
    assert variable("请到${address}", **places) == []


def test_faults_of_placeholders() -> None:
    assert variable("您好${name", faults=("broken",)) == ["${name"]
    assert variable("您好${name}", faults=("broken",)) == []
    of = {"faults": ("vendor",)}
    assert variable("{1}和{2}", {"vendor": "tencent"}, **of) == []
    for vendor in ("tencent", "腾讯", "腾讯云"):
        assert variable("{1}和{3}", {"vendor": vendor}, **of) == ["{3}"]
    for vendor in ("alibaba", "aliyun", "阿里", "阿里云", "huawei", "华为", "华为云"):
        assert variable("{1}和${name}", {"vendor": vendor}, **of) == ["{1}"]
    assert variable("${name}和{2}", {"vendor": "Tencent"}, **of) == ["${name}"]
    assert variable("${name}和{2}", {"vendor": "aliyun"}, **of) == ["{2}"]
    assert variable("${1}", {"vendor": "阿里云"}, **of) == ["${1}"]
    assert variable("${1}和${name}和${21}", {"vendor": "huawei"}, **of) == ["${21}"]
    many = "".join(f"${{a{number}}}" for number in range(22))
    assert variable(many, {"vendor": "华为"}, **of) == ["${a20}", "${a21}"]
    assert variable(many, {"vendor": "alibaba"}, **of) == []
    assert variable("{x}", {}, **of) == []


def test_hours_say_what_is_missing() -> None:
    night = Hours(79_200, 28_800)
    assert night.check(view(("agent", "甲"))) == Outcome(None, (), "缺少 started_at")
    bad = view(("agent", "甲"), started_at="gestern")
    assert night.check(bad) == Outcome(None, (), "started_at 不是 ISO 8601 时间")
    begun = view(("agent", "甲"), started_at="2026-03-02T21:00:00")
    lacking = Outcome(None, (), "缺少 ended_at，也没有各句的时间")
    assert night._replace(runs_into=True).check(begun) == lacking


def test_an_expression_is_searched_in_each_turn_of_its_speakers_alone() -> None:
    call = view(("agent", "上门吧"), ("debtor", "上门吧"), ("agent", "上"), ("agent", "门吧"))
    for tame in (True, False):
        asked = Pattern("上.吧?", (), ("agent",), tame=tame)
        assert [(hit.start, hit.end) for hit in asked.check(call).hits] == [(0, 3)]


def test_every_operator_and_option_is_named_in_both_languages() -> None:
    for shape in SHAPES.values():
        for told in (shape, *shape.fields.values()):
            assert any("\u4e00" <= char <= "\u9fff" for char in told.zh)
            assert told.en.isascii()
            assert told.en
