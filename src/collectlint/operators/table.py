"""The operators of the rule language by their YAML key, written by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from collectlint.document import SPEAKERS, Document
from collectlint.errors import Place
from collectlint.finding import FAMILIES
from collectlint.operators import (
    contacts_lowering,
    dialogue,
    hours,
    message,
    number,
    personal,
    phrase_lowering,
    resembles,
    together,
    variable,
)
from collectlint.operators.expression import lower_expression
from collectlint.operators.lowering import Lowering, either
from collectlint.operators.outcome import Required
from collectlint.shape import Choice, Condition, Decimal, Field, Flag, ListOf, Shape, Text, Tree, Whole

_Lower = Callable[[Mapping[str, Any], Place, Lowering], dict[str, Any]]
_Requires = Callable[[Mapping[str, Any], Lowering], Required]


class Entry(NamedTuple):
    """One operator: its options, how they become plain data, what must occur for it to hold.

    Keys of the plain data are the fields of the operator; one that begins with `_` is for here only.
    """

    shape: Shape
    lower: _Lower
    required: _Requires


_CONDITIONS = ListOf(Condition(), least=1)
_STANCE = Field(
    ListOf(Choice(("asserted", "negated", "forbidden", "reported", "supposed", "any")), single=True),
    default=("asserted",),
    zh="语态",
    en="stances accepted",
)
_SPEAKERS = Field(ListOf(Choice(SPEAKERS), single=True), zh="说话人,默认随规则", en="speakers")


def _children(op: str, key: str) -> _Lower:
    def lower(options: Mapping[str, Any], place: Place, lowering: Lowering) -> dict[str, Any]:
        return {"op": op, key: [lowering.lower(child) for child in options[key]]} | {
            name: value for name, value in options.items() if name != key
        }

    return lower


def _together(ordered: bool) -> Entry:
    def lower(options: Mapping[str, Any], place: Place, lowering: Lowering) -> dict[str, Any]:
        name = "order" if ordered else "near"
        of = [lowering.lower(child) for child in options["of"]]
        if len(of) < 2:
            lowering.fault(f"{name} 至少要两个条件", place, "再写一个条件,或去掉这一层")
        mark = options["mark"] if options["mark"] is not None else -1
        return {
            "op": name,
            "of": of,
            "within": options["within"],
            "unit": options["unit"],
            "ordered": ordered,
            "mark": mark,
        }

    shape = Shape(
        {
            "of": Field(_CONDITIONS, required=True, zh="条件", en="conditions"),
            "within": Field(Whole(0, 2000), default=12, zh="相距至多", en="largest distance"),
            "unit": Field(Choice(together.UNITS), default="chars", zh="距离单位", en="unit of distance"),
            "mark": Field(Whole(0, 9), zh="以第几个条件为违规处(从 0 数)", en="which condition is the place"),
        },
        zh="几个条件依次出现" if ordered else "几个条件相距不远",
        en="conditions in this order" if ordered else "conditions close together",
    )
    return Entry(shape, lower, _all_required("of"))


# How much work an operator is, roughly; what is not here is cheap.
_COSTS = {
    "order": 2,
    "near": 2,
    "missing": 2,
    "window": 2,
    "reply": 2,
    "repeat": 2,
    "state": 3,
    "count": 2,
    "number": 4,
    "personal": 4,
    "pattern": 5,
    "resembles": 9,
}


def _cost(node: Mapping[str, Any]) -> int:
    children = [child for value in node.values() for child in (value if isinstance(value, list) else [value])]
    own = _COSTS.get(node["op"], 1 if node["op"] == "phrase" else 0)
    return max([own, *(_cost(child) for child in children if isinstance(child, dict) and "op" in child)])


def _lower_all(options: Mapping[str, Any], place: Place, lowering: Lowering) -> dict[str, Any]:
    node = _children("all", "conditions")(options, place, lowering)
    costs = [_cost(child) for child in node["conditions"]]
    return node | {"order": sorted(range(len(costs)), key=costs.__getitem__)}


def _all_required(key: str) -> _Requires:
    def required(node: Mapping[str, Any], lowering: Lowering) -> Required:
        clauses: dict[frozenset[int], None] = {}
        for child in node[key]:
            clauses.update(dict.fromkeys(lowering.required(child)))
        return tuple(clauses)

    return required


def _nothing(node: Mapping[str, Any], lowering: Lowering) -> Required:
    return ()


def _any_required(node: Mapping[str, Any], lowering: Lowering) -> Required:
    return either([lowering.required(child) for child in node["conditions"]])


def _listing(op: str, required: _Requires, zh: str, en: str) -> Entry:
    shape = Shape(
        {"conditions": Field(_CONDITIONS, required=True, zh="条件", en="conditions")}, "conditions", zh, en
    )
    return Entry(shape, _children(op, "conditions"), required)


def _lowered(op: str, child: str = "") -> _Lower:
    """Options as plain data; `child` names the option that is a condition."""

    def lower(options: Mapping[str, Any], place: Place, lowering: Lowering) -> dict[str, Any]:
        node = {name: list(value) if isinstance(value, tuple) else value for name, value in options.items()}
        if child and options[child] is not None:
            node[child] = lowering.lower(options[child])
        if "speakers" in node and node["speakers"] is None:
            node["speakers"] = list(lowering.speakers)
        if "stance" in node and "any" in node["stance"]:
            node["stance"] = []
        return {"op": op} | node

    return lower


def _count_required(node: Mapping[str, Any], lowering: Lowering) -> Required:
    return lowering.required(node["of"]) if node["least"] > 0 else ()


def _at_least_required(node: Mapping[str, Any], lowering: Lowering) -> Required:
    return either([lowering.required(child) for child in node["of"]]) if node["number"] > 0 else ()


def _number_required(node: Mapping[str, Any], lowering: Lowering) -> Required:
    return lowering.required(node["near"]) if node["near"] is not None else ()


def _lower_field(options: Mapping[str, Any], place: Place, lowering: Lowering) -> dict[str, Any]:
    name = options["name"]
    if name not in Document._fields and not name.startswith("fields."):
        lowering.fault(f"没有字段 `{name}`", place, "自定字段写作 fields.名称")
    return _lowered("field")(options, place, lowering)


def _lower_hours(options: Mapping[str, Any], place: Place, lowering: Lowering) -> dict[str, Any]:
    window_ = hours.seconds_window(options["quiet"])
    if window_ is None:
        lowering.fault(f"时段「{options['quiet']}」写法不对", place, "写作 22:00-08:00")
        window_ = (0, 0)
    return {
        "op": "hours",
        "quiet_from": window_[0],
        "quiet_to": window_[1],
        "runs_into": options["runs_into"],
        "holidays": options["holidays"],
    }


TABLE: dict[str, Entry] = {
    "all": _listing("all", _all_required("conditions"), "全部成立", "all hold")._replace(lower=_lower_all),
    "any": _listing("any", _any_required, "任一成立", "any holds"),
    "none": _listing("none", _nothing, "都不成立", "none holds"),
    "at_least": Entry(
        Shape(
            {
                "number": Field(Whole(1, 99), required=True, zh="至少几个", en="how many"),
                "of": Field(_CONDITIONS, required=True, zh="条件", en="conditions"),
            },
            zh="至少若干个成立",
            en="at least so many hold",
        ),
        _children("at_least", "of"),
        _at_least_required,
    ),
    "phrase": Entry(phrase_lowering.SHAPE, phrase_lowering.lower, phrase_lowering.required),
    "pattern": Entry(
        Shape(
            {
                "expression": Field(
                    Text(),
                    required=True,
                    zh="正则表达式(在归一后的简体小写文本上);{词表} 可用",
                    en="regular expression on folded text",
                ),
                "needs": Field(
                    ListOf(Text(), single=True),
                    default=(),
                    zh="必然出现的词(预筛)",
                    en="literals that must occur",
                ),
                "stance": _STANCE,
                "speakers": _SPEAKERS,
            },
            "expression",
            "正则表达式",
            "a regular expression",
        ),
        lower_expression,
        lambda node, lowering: tuple(map(frozenset, node["_required"])),
    ),
    "near": _together(ordered=False),
    "order": _together(ordered=True),
    **{name: Entry(*parts) for name, parts in dialogue.PARTS.items()},
    "count": Entry(
        Shape(
            {
                "of": Field(Condition(), required=True, zh="条件", en="condition"),
                "least": Field(Whole(0, 9999), default=1, zh="至少几处", en="at least"),
                "most": Field(Whole(0, 9999), default=0, zh="至多几处,0 为不限", en="at most, 0 = no bound"),
            },
            zh="出现的次数",
            en="number of places",
        ),
        _lowered("count", "of"),
        _count_required,
    ),
    "number": Entry(
        Shape(
            {
                "value": Field(Choice(number.VALUES), required=True, zh="读什么数", en="what to read"),
                "least": Field(Decimal(), zh="下限(含)", en="least"),
                "most": Field(Decimal(), zh="上限(含)", en="most"),
                "near": Field(Condition(), zh="在什么附近", en="close to"),
                "within": Field(Whole(0, 500), default=20, zh="附近几个字", en="within characters"),
                "differs_from": Field(
                    Text(), default="", zh="与文档字段不一致", en="differs from this field"
                ),
                "speakers": _SPEAKERS,
                "stance": _STANCE,
            },
            zh="文中的数值",
            en="a stated value",
        ),
        _lowered("number", "near"),
        _number_required,
    ),
    "field": Entry(
        Shape(
            {
                "name": Field(Text(), required=True, zh="字段名", en="field name"),
                "any_of": Field(ListOf(Text(), single=True), default=(), zh="取值之一", en="one of"),
                "none_of": Field(ListOf(Text(), single=True), default=(), zh="不取这些值", en="none of"),
                "present": Field(Flag(), zh="有无此字段", en="is it there"),
                "least": Field(Decimal(), zh="下限", en="least"),
                "most": Field(Decimal(), zh="上限", en="most"),
            },
            zh="文档的元数据",
            en="metadata of the document",
        ),
        _lower_field,
        _nothing,
    ),
    "personal": Entry(
        Shape(
            {
                "kinds": Field(
                    ListOf(Choice(personal.KINDS), single=True), default=(), zh="哪些个人信息", en="kinds"
                ),
                "strength": Field(
                    Whole(1, 3), default=2, zh="把握:1 宽松 2 多半 3 确定", en="1 loose, 2 likely, 3 sure"
                ),
                "speakers": _SPEAKERS,
                "stance": _STANCE,
            },
            "kinds",
            "未脱敏的个人信息",
            "unmasked personal data",
        ),
        _lowered("personal"),
        _nothing,
    ),
    "message": Entry(
        Shape(
            {
                "least_length": Field(Whole(0), zh="长度至少", en="least length"),
                "most_length": Field(Whole(0), zh="长度至多", en="most length"),
                "least_segments": Field(Whole(1), zh="短信条数至少", en="least SMS parts"),
                "filled": Field(
                    Flag(), default=False, zh="条数按变量最长、连签名算", en="parts with placeholders filled"
                ),
                "has": Field(ListOf(Choice(message.FEATURES), single=True), default=(), zh="含有", en="has"),
                "lacks": Field(
                    ListOf(Choice(message.FEATURES), single=True), default=(), zh="缺少", en="lacks"
                ),
            },
            zh="短信的外在形式",
            en="outer form of a message",
        ),
        _lowered("message"),
        _nothing,
    ),
    "variable": Entry(
        Shape(
            {
                "kinds": Field(
                    ListOf(Choice(variable.KINDS), single=True),
                    default=(),
                    zh="会印出什么",
                    en="what it carries",
                ),
                "faults": Field(
                    ListOf(Choice(variable.FAULTS), single=True),
                    default=(),
                    zh="写法的毛病:broken 不成对,vendor 不合平台(fields.vendor)",
                    en="faults: broken, or not the vendor's form",
                ),
                "loose": Field(
                    Flag(), default=False, zh="看不出是谁的号码也算", en="also numbers of unclear owners"
                ),
            },
            "kinds",
            "模板的变量",
            "placeholders of a template",
        ),
        _lowered("variable"),
        _nothing,
    ),
    "resembles": Entry(
        Shape(
            {
                "family": Field(
                    Choice((resembles.ANY, *FAMILIES)), required=True, zh="哪一类违规", en="family"
                ),
                "least": Field(Decimal(), default=0.5, zh="整体把握至少", en="least score of the document"),
            },
            "family",
            "读来像已标注的违规(第二读者)",
            "reads like labelled violations (second reader)",
        ),
        _lowered("resembles"),
        _nothing,
    ),
    "hours": Entry(
        Shape(
            {
                "quiet": Field(
                    Text(example="22:00-08:00"), required=True, zh="禁止时段,含始不含终", en="quiet time"
                ),
                "runs_into": Field(
                    Flag(), default=False, zh="改查:此前开始、延续到禁止时段", en="began before, ran into it"
                ),
                "holidays": Field(
                    Flag(), default=False, zh="只在公共假日(内部口径用)", en="on public holidays only"
                ),
            },
            "quiet",
            "联系发生在禁止时段",
            "contact in quiet hours",
        ),
        _lower_hours,
        _nothing,
    ),
    "after": Entry(
        Shape(
            {"field": Field(Text(), required=True, zh="时刻字段", en="field with the moment")},
            "field",
            "联系发生在某时刻之后",
            "contact after a moment",
        ),
        _lowered("after"),
        _nothing,
    ),
    "contacts": Entry(contacts_lowering.SHAPE, contacts_lowering.lower, _nothing),
}

SHAPES: dict[str, Shape] = {name: entry.shape for name, entry in TABLE.items()}


def lower(tree: Tree, lowering: Lowering) -> dict[str, Any]:
    """A condition as plain data (JSON types only); faults are recorded in `lowering`."""
    return TABLE[tree.operator].lower(tree.options, tree.place, lowering)


def required(node: Mapping[str, Any], lowering: Lowering) -> Required:
    """What must occur in a text for a lowered condition to hold; () = no such thing."""
    return TABLE[node["op"]].required(node, lowering)
