"""The form of rule, lexicon, source and profile files."""

from __future__ import annotations

from collectlint.document import (
    CHANNELS,
    CREDITOR_TYPES,
    DIRECTIONS,
    JURISDICTIONS,
    KINDS,
    PARTIES,
    PRODUCTS,
    SPEAKER_ROLES,
    SPEAKERS,
)
from collectlint.finding import FAMILIES
from collectlint.shape import Choice, Condition, Day, Decimal, Either, Field, Flag, ListOf, MapOf, Shape, Text

STATUSES = ("experimental", "test", "stable", "deprecated")
SEVERITIES = ("error", "warning", "info")
CONFIDENCES = ("high", "medium", "low")
MARKS = ("primary", "press", "secondary", "weak", "memory")
SOURCE_KINDS = (
    "law",
    "regulation",
    "departmental_rule",
    "normative_document",
    "judicial_interpretation",
    "recommended_standard",
    "self_regulation",
    "code_of_practice",
    "platform_contract",
    "house",
)

_WORDS = Shape(
    {
        "zh": Field(Text(), required=True, zh="简体中文", en="simplified Chinese"),
        "hant": Field(Text(), default="", zh="繁体中文", en="traditional Chinese"),
        "en": Field(Text(), default="", zh="英文", en="English"),
    },
    shorthand="zh",
)
_APPLIES = Shape(
    {
        "jurisdictions": Field(
            ListOf(Choice(JURISDICTIONS), single=True), zh="法域,默认随文件夹", en="jurisdictions"
        ),
        "channels": Field(
            ListOf(Choice((*CHANNELS, "any")), single=True), default=(), zh="渠道", en="channels"
        ),
        "kinds": Field(ListOf(Choice((*KINDS, "any")), single=True), default=(), zh="文档种类", en="kinds"),
        "speakers": Field(
            ListOf(Choice((*SPEAKERS, "any")), single=True), default=("agent",), zh="谁说的", en="speakers"
        ),
        "parties": Field(
            ListOf(Choice((*PARTIES, "any")), single=True), default=(), zh="对谁说", en="parties"
        ),
        "directions": Field(
            ListOf(Choice((*DIRECTIONS, "any")), single=True), default=(), zh="呼入呼出", en="directions"
        ),
        "creditor_types": Field(
            ListOf(Choice((*CREDITOR_TYPES, "any")), single=True), default=(), zh="债权人", en="creditors"
        ),
        "products": Field(
            ListOf(Choice((*PRODUCTS, "any")), single=True), default=(), zh="产品", en="products"
        ),
        "speaker_roles": Field(
            ListOf(Choice((*SPEAKER_ROLES, "any")), single=True),
            default=(),
            zh="坐席身份",
            en="speaker roles",
        ),
    },
    zh="适用范围;不写为不限",
    en="scope",
)
NO_SCOPE = {name: field.default for name, field in _APPLIES.fields.items()}
_BASIS = Shape(
    {
        "source": Field(Text(), required=True, zh="rules/sources.yaml 中的法规代号", en="source id"),
        "clause": Field(Text(), required=True, zh="条款号", en="clause"),
        "verified": Field(Choice(MARKS), required=True, zh="核验程度", en="verification mark"),
    }
)
_BOUND = Shape(
    {name: _APPLIES.fields[name] for name in ("creditor_types", "products", "speaker_roles")},
)
_CITED = Shape({name: _BASIS.fields[name] for name in ("source", "clause")})
_PERIOD = Shape({"from": Field(Day(), zh="起(含)", en="from"), "to": Field(Day(), zh="止(含)", en="to")})
_CASE = Either(
    (
        Text(),
        MapOf(
            Either((Text(), ListOf(Either((Text(), MapOf(Text())))), MapOf(Either((Text(), MapOf(Text()))))))
        ),
    )
)
_FIXED = Shape(
    {
        "before": Field(Text(), required=True, zh="改正前", en="before"),
        "after": Field(Text(), required=True, zh="改正后", en="after"),
    }
)
_REPLACEMENT = Shape(
    {
        "zh": Field(Text(empty=True), required=True, zh="简体,空为删去", en="simplified; empty: drop"),
        "hant": Field(Text(empty=True), default="", zh="繁体中文", en="traditional Chinese"),
    },
    shorthand="zh",
)
_TESTS = Shape(
    {
        "hit": Field(ListOf(_CASE, least=1), required=True, zh="应命中;《《》》标出违规处", en="must hit"),
        "miss": Field(ListOf(_CASE, least=1), required=True, zh="不应命中", en="must not hit"),
        "todo_hit": Field(ListOf(_CASE), default=(), zh="已知漏报", en="known misses"),
        "todo_miss": Field(ListOf(_CASE), default=(), zh="已知误报", en="known false alarms"),
        "fixed": Field(ListOf(_FIXED), default=(), zh="fix 改正的结果", en="what fix makes of a text"),
    }
)

RULE = Shape(
    {
        "id": Field(Text(pattern=r"[a-z0-9_/-]+"), required=True, zh="与路径相同", en="equals the path"),
        "was": Field(ListOf(Text(), single=True), default=(), zh="旧名", en="former ids"),
        "title": Field(_WORDS, required=True, zh="标题", en="title"),
        "family": Field(Choice(FAMILIES), required=True, zh="违规类别", en="family"),
        "also": Field(
            ListOf(Choice(FAMILIES), single=True), default=(), zh="兼属类别", en="further families"
        ),
        "severity": Field(Choice(SEVERITIES), required=True, zh="严重程度", en="severity"),
        "second_reader": Field(
            Choice(("heard", "ignored")),
            default="heard",
            zh="第二读者的意见是否升降此规则的程度;由元数据、号码或几种暗示凑齐才判定的写 ignored",
            en="may the second reader raise or lower the severity",
        ),
        "confidence": Field(Choice(CONFIDENCES), default="high", zh="把握", en="confidence"),
        "status": Field(Choice(STATUSES), default="test", zh="成熟度", en="maturity"),
        "replaced_by": Field(Text(), default="", zh="取而代之的规则", en="replacement"),
        "off": Field(Flag(), default=False, zh="默认关闭", en="off by default"),
        "requirements": Field(
            ListOf(Text(), single=True), default=(), zh="要求编号 CN-T01 等", en="requirement rows"
        ),
        "basis": Field(ListOf(_BASIS, least=1), required=True, zh="法律依据", en="legal basis"),
        "in_force": Field(_PERIOD, zh="适用期间", en="in force"),
        "applies": Field(_APPLIES, default=NO_SCOPE, zh="适用范围", en="scope"),
        "message": Field(_WORDS, required=True, zh="提示;{matched} 为命中的话", en="message"),
        "remedy": Field(_WORDS, required=True, zh="应当怎么说", en="what to say instead"),
        "fix": Field(
            MapOf(_REPLACEMENT),
            default={},
            zh="可放心替换的词:原词 -> 改成什么,由 check --fix 和编辑器使用",
            en="safe replacements of matched words, for check --fix and editors",
        ),
        "falsepositives": Field(
            ListOf(Text(), single=True), default=(), zh="可能的误报", en="false positives"
        ),
        "references": Field(ListOf(Text(), single=True), default=(), zh="参考", en="references"),
        "note": Field(Text(), default="", zh="备注", en="note"),
        "when": Field(Condition(), required=True, zh="条件", en="condition"),
        "tests": Field(_TESTS, required=True, zh="例句", en="examples"),
    },
    zh="一条规则",
    en="one rule",
)

_LIST = Shape(
    {
        "zh": Field(Text(), default="", zh="说明", en="meaning"),
        "entries": Field(ListOf(Text()), default=(), zh="词;[甲|乙] 展开,{词表} 代入", en="words"),
        "include": Field(ListOf(Text(), single=True), default=(), zh="并入的词表", en="included lists"),
    },
    shorthand="entries",
)
LEXICON = Shape(
    {
        "about": Field(Text(), default="", zh="说明", en="about"),
        "lists": Field(MapOf(_LIST), required=True, zh="词表", en="lists"),
    }
)

_STATE = Shape(
    {
        "zh": Field(Text(), required=True, zh="说明", en="meaning"),
        "speakers": Field(
            ListOf(Choice((*SPEAKERS, "any")), single=True),
            default=("debtor", "third_party", "unknown"),
            zh="谁的话使它成立,条件里可另写",
            en="whose words, unless a condition says otherwise",
        ),
        "begins": Field(Condition(), required=True, zh="从何时起成立", en="from when it holds"),
        "ends": Field(
            Condition(), zh="到何时为止,不写为通话结束", en="until when; default the end of the call"
        ),
    },
    zh="通话中的一种状态",
    en="a state of a call",
)
STATES = Shape(
    {
        "about": Field(Text(), default="", zh="说明", en="about"),
        "states": Field(MapOf(_STATE), required=True, zh="状态", en="states"),
    }
)

_SOURCE = Shape(
    {
        "title": Field(_WORDS, required=True, zh="名称", en="title"),
        "number": Field(Text(), default="", zh="文号", en="number"),
        "issuer": Field(Text(), default="", zh="发布机关", en="issuer"),
        "kind": Field(Choice(SOURCE_KINDS), required=True, zh="效力种类", en="kind"),
        "jurisdiction": Field(Choice((*JURISDICTIONS, "any")), required=True, zh="法域", en="jurisdiction"),
        "issued": Field(Day(), zh="发布日", en="issued"),
        "in_force": Field(_PERIOD, zh="施行期间", en="in force"),
        "superseded_by": Field(Text(), default="", zh="被何取代", en="superseded by"),
        "binds": Field(Text(), default="", zh="约束谁", en="whom it binds"),
        "scope": Field(
            _BOUND, default={}, zh="约束谁,供机器用;不写的不限", en="whom it binds, for the engine"
        ),
        "verified": Field(Choice(MARKS), required=True, zh="核验程度(最好的条款)", en="best mark"),
        "checked": Field(Day(), zh="核验日", en="checked on"),
        "clauses": Field(
            MapOf(
                Shape(
                    {
                        "zh": Field(Text(), required=True, zh="一句话转述", en="paraphrase"),
                        "verified": Field(Choice(MARKS), required=True, zh="核验程度", en="mark"),
                    }
                )
            ),
            default={},
            zh="条款",
            en="clauses",
        ),
    }
)
SOURCES = Shape({"sources": Field(MapOf(_SOURCE), required=True, zh="法规", en="sources")})

REQUIREMENT_KINDS = ("T", "M", "P", "D")  # text, metadata, process, data handed over
GAP_STATES = ("needs_metadata", "needs_person", "not_covered")
_REQUIREMENT = Shape(
    {
        "kind": Field(
            ListOf(Choice(REQUIREMENT_KINDS), single=True),
            default=(),
            zh="凭什么判定:T 文字 M 元数据 P 机构制度 D 移交的资料",
            en="what it is judged by: T text, M metadata, P process, D data handed over",
        ),
        "zh": Field(Text(), required=True, zh="一句话转述", en="paraphrase"),
        "en": Field(Text(), default="", zh="英文转述", en="English paraphrase"),
        "basis": Field(ListOf(_CITED, least=1), required=True, zh="条款", en="clauses"),
        "verified": Field(
            Choice(MARKS), zh="核验程度,默认取条款中最好的", en="mark, default: best of the clauses"
        ),
        "inferred": Field(Flag(), default=False, zh="适用出自推断", en="its application is inferred"),
        "partly": Field(
            Text(), default="", zh="有规则但只及一部分:还差什么", en="what its rules do not reach"
        ),
        "gap": Field(
            Shape(
                {
                    "state": Field(Choice(GAP_STATES), required=True, zh="状态", en="state"),
                    "why": Field(Text(), required=True, zh="原因", en="reason"),
                }
            ),
            zh="没有规则的原因",
            en="why no rule serves it",
        ),
    }
)
REQUIREMENTS = Shape(
    {
        "jurisdiction": Field(Choice(JURISDICTIONS), required=True, zh="法域", en="jurisdiction"),
        "requirements": Field(MapOf(_REQUIREMENT), required=True, zh="要求", en="requirements"),
    }
)

_SCORE = Shape(
    {
        "start": Field(Decimal(), zh="起始分,默认 100", en="points to begin with, default 100"),
        "weights": Field(
            MapOf(Decimal()),
            default={},
            zh="带正负号的分值;键为规则(可用通配)、类别或严重程度,越具体越优先",
            en="signed points by rule or glob, family, severity; the more specific wins",
        ),
    },
    zh="评分",
    en="scores",
)
PROFILE = Shape(
    {
        "title": Field(_WORDS, required=True, zh="名称", en="title"),
        "extends": Field(ListOf(Text(), single=True), default=(), zh="承接的配置", en="profiles it extends"),
        "jurisdiction": Field(Choice(JURISDICTIONS), zh="法域", en="jurisdiction"),
        "creditor_type": Field(Choice(CREDITOR_TYPES), zh="债权人", en="creditor type"),
        "product": Field(Choice(PRODUCTS), zh="产品", en="product"),
        "channels": Field(ListOf(Choice(CHANNELS), single=True), default=(), zh="渠道", en="channels"),
        "speaker_role": Field(Choice(SPEAKER_ROLES), zh="坐席身份", en="speaker role"),
        "select": Field(
            ListOf(Text(), single=True),
            default=(),
            zh="只用这些规则(编号、文件夹、通配)",
            en="only these rules",
        ),
        "enable": Field(
            ListOf(Text(), single=True),
            default=(),
            zh="另外启用:默认关闭的,或依据不约束本机构的",
            en="rules to use although off by default or binding others",
        ),
        "ignore": Field(ListOf(Text(), single=True), default=(), zh="停用", en="rules off"),
        "severity": Field(
            MapOf(Choice(SEVERITIES)), default={}, zh="改严重程度,键可用通配", en="severity changes"
        ),
        "lists": Field(MapOf(ListOf(Text())), default={}, zh="给词表加词", en="words added to lists"),
        "score": Field(_SCORE, default={"start": None, "weights": {}}, zh="评分", en="scores"),
        "hours": Field(
            Text(pattern=r"[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}", example="21:00-09:00"),
            default="",
            zh="内部的禁止时段,启用 common/harassment/house-hours",
            en="quiet hours of the house",
        ),
    },
    zh="一份配置",
    en="one profile",
)
