"""The options of the operators on calls (`window`, `missing`, `reply`, `repeat`, `state`), as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from collectlint.document import SPEAKERS
from collectlint.errors import Place
from collectlint.operators.lowering import Lowering, either
from collectlint.operators.outcome import Required
from collectlint.shape import Choice, Condition, Field, ListOf, Shape, Text, Whole

_Lower = Callable[[Mapping[str, Any], Place, Lowering], dict[str, Any]]
_Requires = Callable[[Mapping[str, Any], Lowering], Required]

_BOUNDS = {
    "first_turns": Field(Whole(0, 999), default=0, zh="只看前几轮", en="first turns"),
    "last_turns": Field(Whole(0, 999), default=0, zh="只看后几轮", en="last turns"),
    "first_seconds": Field(
        Whole(0, 86_400), default=0, zh="只看前几秒开始的", en="begun in the first seconds"
    ),
    "last_seconds": Field(
        Whole(0, 86_400), default=0, zh="只看最后几秒开始的", en="begun in the last seconds"
    ),
    "first_percent": Field(Whole(0, 100), default=0, zh="只看前百分之几轮", en="first per cent of turns"),
    "last_percent": Field(Whole(0, 100), default=0, zh="只看后百分之几轮", en="last per cent of turns"),
    "speakers": Field(ListOf(Choice(SPEAKERS), single=True), zh="说话人,默认随规则", en="speakers"),
}


def _windowed(op: str) -> _Lower:
    def lower(options: Mapping[str, Any], place: Place, lowering: Lowering) -> dict[str, Any]:
        node = {"op": op, **options, "of": lowering.lower(options["of"])}
        speakers = options["speakers"]
        node["speakers"] = list(lowering.speakers if speakers is None else speakers)
        if op == "window" and not any(node[name] for name in _BOUNDS if name != "speakers"):
            lowering.fault(
                "window 没有写范围", place, "如 first_turns: 3、last_seconds: 30、first_percent: 20"
            )
        return node

    return lower


def _lower_reply(options: Mapping[str, Any], place: Place, lowering: Lowering) -> dict[str, Any]:
    children = {name: lowering.lower(options[name]) for name in ("to", "answer")}
    return {"op": "reply", **options, **children}


def _lower_repeat(options: Mapping[str, Any], place: Place, lowering: Lowering) -> dict[str, Any]:
    return {"op": "repeat", **options, "of": lowering.lower(options["of"])}


def _lower_state(options: Mapping[str, Any], place: Place, lowering: Lowering) -> dict[str, Any]:
    if options["of"] is None and not options["is"]:
        lowering.fault("state 没有写是什么状态", place, "写上 is；或写 is_not 与 of")
    node: dict[str, Any] = {"op": "state", "of": None, "within": options["within"]}
    for key, name in (("is", "is_"), ("is_not", "is_not")):
        states = [lowering.state(each, place) for each in options[key]]
        node[name] = [one for one in states if one is not None]
    if options["of"] is not None:
        node["of"] = lowering.lower(options["of"])
    return node


def _state_required(node: Mapping[str, Any], lowering: Lowering) -> Required:
    own = either([lowering.required(state["begins"]) for state in node["is_"]])
    return own if node["of"] is None else (*own, *lowering.required(node["of"]))


def _required_of(*names: str) -> _Requires:
    return lambda node, lowering: tuple(clause for name in names for clause in lowering.required(node[name]))


# Shape, lowering and required words of each, by its YAML key.
PARTS: dict[str, tuple[Shape, _Lower, _Requires]] = {
    "missing": (
        Shape(
            {
                "of": Field(Condition(), required=True, zh="应当说的话", en="what must be said"),
                **_BOUNDS,
            },
            zh="应说而未说",
            en="what must be said is not",
        ),
        _windowed("missing"),
        lambda node, lowering: (),
    ),
    "window": (
        Shape(
            {"of": Field(Condition(), required=True, zh="条件", en="condition"), **_BOUNDS},
            zh="只在通话的一段里",
            en="in a part of the call only",
        ),
        _windowed("window"),
        _required_of("of"),
    ),
    "reply": (
        Shape(
            {
                "to": Field(Condition(), required=True, zh="一方的问话", en="what one side asks"),
                "answer": Field(Condition(), required=True, zh="另一方的回答", en="what the other answers"),
                "within": Field(Whole(1, 20), default=1, zh="至多隔几次换人", en="speeches later, at most"),
                "opening": Field(
                    Whole(-1, 200),
                    default=-1,
                    zh="回答须在其话的前几个字之内开始,-1 不限",
                    en="characters into the answering speech, -1 = anywhere",
                ),
            },
            zh="一方问、另一方答",
            en="one side asks, the other answers",
        ),
        _lower_reply,
        _required_of("to", "answer"),
    ),
    "repeat": (
        Shape(
            {
                "of": Field(Condition(), required=True, zh="反复说的话", en="what is said again"),
                "least": Field(
                    Whole(2, 99), default=3, zh="至少几次(换人说话后才另算)", en="in so many speeches"
                ),
            },
            zh="一再地说",
            en="said again and again",
        ),
        _lower_repeat,
        _required_of("of"),
    ),
    "state": (
        Shape(
            {
                "is": Field(
                    ListOf(Text(), single=True), default=(), zh="其一成立(states/ 里的名字)", en="one holds"
                ),
                "is_not": Field(ListOf(Text(), single=True), default=(), zh="都不成立", en="none holds"),
                "of": Field(
                    Condition(), zh="此时所说的话;不写则为使状态成立的话", en="what is said meanwhile"
                ),
                "within": Field(
                    Whole(0, 999), default=0, zh="状态成立后几轮之内,0 不限", en="turns since then, 0 = any"
                ),
            },
            "is",
            "通话中已成立的状态",
            "a state that has come to hold in the call",
        ),
        _lower_state,
        _state_required,
    ),
}
