"""The options of `phrase`, and how they become plain data (`phrase.py` matches what comes of it)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from collectlint.document import SPEAKERS
from collectlint.errors import Place
from collectlint.operators.lowering import Lowering, either
from collectlint.operators.outcome import Required
from collectlint.shape import Choice, Field, Flag, ListOf, Shape, Text, Whole
from collectlint.text.slots import Piece, pieces
from collectlint.text.stance import Stance

UNITS = ("clause", "sentence", "turn", "speech", "document")

SHAPE = Shape(
    {
        "any": Field(
            ListOf(Text(), single=True), zh="任一短语;{词表}、[甲|乙]、… 为槽位", en="any of these phrases"
        ),
        "list": Field(ListOf(Text(), single=True), zh="词表名", en="lexicon lists"),
        "gap": Field(Whole(0, 40), default=6, zh="… 至多跨几个字", en="characters a gap may span"),
        "across": Field(
            Choice(UNITS), default="clause", zh="短语不越出的范围", en="unit a phrase stays within"
        ),
        "stance": Field(
            ListOf(Choice((*[str(stance) for stance in Stance], "any")), single=True),
            default=("asserted",),
            zh="语态:默认只认直陈",
            en="stances accepted",
        ),
        "unless_in": Field(
            ListOf(Text(), single=True), default=(), zh="落在这些词里则不算", en="longer words that excuse"
        ),
        "unless_with": Field(
            ListOf(Text(), single=True),
            default=(),
            zh="附近有这些短语则不算",
            en="phrases nearby that excuse",
        ),
        "with": Field(
            ListOf(Text(), single=True), default=(), zh="附近须有这些短语之一", en="phrases needed nearby"
        ),
        "near": Field(
            Choice(UNITS),
            default="sentence",
            zh="with / unless_with 的范围",
            en="unit of with and unless_with",
        ),
        "words": Field(Flag(), default=False, zh="两端须为词界", en="edges must be word edges"),
        "speakers": Field(ListOf(Choice(SPEAKERS), single=True), zh="说话人,默认随规则", en="speakers"),
    },
    shorthand="any",
    zh="出现所列词语",
    en="words occur",
)


def lower(options: Mapping[str, Any], place: Place, lowering: Lowering) -> dict[str, Any]:
    phrases = [*(options["any"] or ()), *("{" + name + "}" for name in options["list"] or ())]
    if not phrases:
        lowering.fault("短语 phrase 里没有词", place, "写上 any 或 list")
    unless_in = list(options["unless_in"])
    excused = [item for word in unless_in for item in lowering.items(word, place)]
    speakers = options["speakers"]
    return {
        "op": "phrase",
        "templates": templates(phrases, options["gap"], place, lowering),
        "across": options["across"],
        "stance": [] if "any" in options["stance"] else list(options["stance"]),
        "unless_in": lowering.intern(excused) if excused else -1,
        "unless_with": templates(options["unless_with"], options["gap"], place, lowering),
        "with_": templates(options["with"], options["gap"], place, lowering),
        "near": options["near"],
        "words": options["words"],
        "speakers": list(lowering.speakers if speakers is None else speakers),
    }


def templates(phrases: Any, gap: int, place: Place, lowering: Lowering) -> list[Any]:
    """Phrases as written -> [[[gap, set id, optional], ...], anchor]; plain words share one set."""
    plain: list[str] = []
    out: list[Any] = []
    for phrase in phrases:
        split = pieces(phrase)
        if split is None:
            lowering.fault(f"短语「{phrase}」的括号不成对", place, "{词表}、[甲|乙] 须成对")
            continue
        if len(split) == 1 and split[0].kind == "text":
            plain.append(phrase)
            continue
        template = _template(split, phrase, gap, place, lowering)
        if template is not None:
            out.append(template)
    if plain:
        out.insert(0, [[[0, lowering.intern(plain), False]], 0])
    return out


def _template(
    split: Sequence[Piece], phrase: str, gap: int, place: Place, lowering: Lowering
) -> list[Any] | None:
    if "gap" in (split[0].kind, split[-1].kind):
        lowering.fault(f"短语「{phrase}」以 … 开头或结尾", place, "去掉首尾的 …")
        return None
    parts: list[list[Any]] = []
    for reach, run in _runs(split, gap):
        alone = run[0].value.split("|") if len(run) == 1 and run[0].kind == "choice" else []
        items = lowering.items("".join(map(_written, run)), place)
        if not items:
            return None
        parts.append([reach, lowering.intern(items), "" in alone])
    anchors = [
        (lowering.size(set_id) if shortest >= 2 else 10_000_000 * (3 - shortest), which)
        for which, (_, set_id, optional) in enumerate(parts)
        if not optional
        for shortest in [lowering.shortest(set_id)]
        if shortest >= 1
    ]
    if not anchors or (len(parts) > 1 and min(anchors)[0] >= 10_000_000):
        lowering.fault(f"短语「{phrase}」太短,没有一个两字以上的必备词", place, "写长一些,或换用词表")
        return None
    return [parts, min(anchors)[1]]


def _runs(split: Sequence[Piece], gap: int) -> Iterator[tuple[int, list[Piece]]]:
    """Pieces that follow each other directly, with the characters that may precede them."""
    reach = 0
    run: list[Piece] = []
    for piece in split:
        if piece.kind != "gap":
            run.append(piece)
            continue
        yield reach, run
        reach, run = gap * len(piece.value), []
    yield reach, run


def _written(piece: Piece) -> str:
    brackets = {"list": "{%s}", "choice": "[%s]"}
    return brackets.get(piece.kind, "%s") % piece.value


def required(node: Mapping[str, Any], lowering: Lowering) -> Required:
    own = either([_template_required(template, lowering) for template in node["templates"]])
    if node["with_"]:
        own = (*own, *either([_template_required(template, lowering) for template in node["with_"]]))
    return own


def _template_required(template: Any, lowering: Lowering) -> Required:
    parts, anchor = template
    return tuple(
        lowering.keys(set_id)
        for which, (_, set_id, optional) in enumerate(parts)
        if which == anchor or (not optional and lowering.shortest(set_id) >= 2)
    )
