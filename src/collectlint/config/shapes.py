"""The form of a configuration."""

from __future__ import annotations

from collectlint.document import (
    CHANNELS,
    CREDITOR_TYPES,
    JURISDICTIONS,
    KINDS,
    PARTIES,
    PRODUCTS,
    SPEAKER_ROLES,
    SPEAKERS,
)
from collectlint.readers.settings import LIMITS
from collectlint.readers.table import FORMATS
from collectlint.reporters.table import MODULES
from collectlint.shape import Choice, Day, Field, Flag, ListOf, MapOf, Shape, Text, Whole

LANGUAGES = ("zh", "hant", "hk", "en")
SEVERITIES = ("error", "warning", "info")

_PATTERNS = ListOf(Text(), single=True)

VARIABLE = Shape(
    {
        "type": Field(Text(), zh="类型，如 name、amount、id_card", en="type"),
        "length": Field(Whole(1, 500), zh="最长几个字", en="greatest length in characters"),
        "description": Field(Text(), zh="说明", en="description"),
    },
    "type",
    "模板变量",
    "a placeholder",
)

# What a path may settle for itself: how its files are read, and which rules hold for them.
_BY_PATH = {
    "ignore": Field(_PATTERNS, zh="停用的规则", en="rules that are off"),
    "severity": Field(MapOf(Choice(SEVERITIES)), zh="规则的严重程度", en="severity of rules"),
    "jurisdiction": Field(Choice(JURISDICTIONS), zh="默认法域", en="default jurisdiction"),
    "channel": Field(Choice(CHANNELS), zh="默认渠道", en="default channel"),
    "kind": Field(Choice(KINDS), zh="默认种类", en="default kind"),
    "party": Field(Choice(PARTIES), zh="默认对谁说", en="default party"),
    "creditor_type": Field(Choice(CREDITOR_TYPES), zh="默认债权人类型", en="default creditor type"),
    "product": Field(Choice(PRODUCTS), zh="默认产品", en="default product"),
    "speaker_role": Field(Choice(SPEAKER_ROLES), zh="默认坐席身份", en="default speaker role"),
    "input_format": Field(Choice(FORMATS), zh="输入格式", en="input format"),
    "encoding": Field(Text(), zh="输入编码", en="input encoding"),
    "columns": Field(MapOf(Text()), zh="表格的列、模板文件的键", en="columns of tables, keys of catalogues"),
    "values": Field(MapOf(MapOf(Text())), zh="各字段的自有写法", en="own words for the values of fields"),
    "texts": Field(
        _PATTERNS,
        zh="模板文件里哪些键是话术（写法同 .gitignore）",
        en="keys that hold messages, as in .gitignore",
    ),
    "expression": Field(
        Text(), zh="源码里话术常量之前的正则", en="what stands before messages in source code"
    ),
    "variables": Field(MapOf(VARIABLE), zh="模板变量的类型与长度", en="types and lengths of placeholders"),
    "speakers": Field(
        MapOf(Choice(SPEAKERS)), zh="识别结果中的说话人或声道是谁", en="who a recogniser's speaker is"
    ),
}
METADATA = Shape(
    {
        "file": Field(Text(), zh="元数据表", en="the table"),
        "key": Field(Text(), zh="哪一列是编号", en="column with the call's number"),
        "columns": Field(MapOf(Text()), zh="字段在哪一列", en="column of each field"),
    },
    shorthand="file",
    zh="按通话编号并入的元数据表",
    en="facts on calls from a second table",
)
OVERRIDE = Shape(
    {
        "paths": Field(
            ListOf(Text(), single=True, least=1),
            required=True,
            zh="哪些路径（写法同 .gitignore）",
            en="paths, as in .gitignore",
        ),
        **_BY_PATH,
    }
)
_LIMITS = Shape(
    {name: Field(Whole(least=1, most=1 << 40), zh="上限", en="limit") for name in LIMITS},
    zh="输入的上限",
    en="limits of input",
)
CONFIG = Shape(
    {
        "extends": Field(_PATTERNS, zh="承接的配置文件", en="configurations this one rests on"),
        "rules": Field(Text(), zh="规则文件夹", en="folder of rules"),
        "profile": Field(Text(), zh="谁为谁催收什么", en="who collects what for whom"),
        "select": Field(_PATTERNS, zh="只用的规则", en="rules that are on"),
        **_BY_PATH,
        "metadata": Field(METADATA, zh="并入的元数据表", en="a second table with facts on calls"),
        "exclude": Field(_PATTERNS, zh="不检查的路径（写法同 .gitignore）", en="paths left out"),
        "baseline": Field(Text(), zh="基线文件", en="baseline file"),
        "fail_on": Field(Choice((*SEVERITIES, "never")), zh="何种程度使退出码为 1", en="what fails a run"),
        "min_severity": Field(Choice(SEVERITIES), zh="只显示此程度以上", en="least severity shown"),
        "second_reader": Field(Flag(), zh="是否听取第二读者", en="ask the second reader"),
        "as_of": Field(Day(), zh="按这一天的法规", en="day whose law holds"),
        "lang": Field(Choice(LANGUAGES), zh="报告语言", en="language of the report"),
        "format": Field(Choice(tuple(MODULES)), zh="报告格式", en="format of the report"),
        "limits": Field(_LIMITS, zh="输入的上限", en="limits of input"),
        "overrides": Field(ListOf(OVERRIDE), zh="按路径另定", en="settings by path"),
    },
    zh="collectlint 的配置",
    en="configuration of collectlint",
)
BY_PATH = tuple(_BY_PATH)
MERGED = (
    "severity",
    "columns",
    "values",
    "variables",
    "speakers",
    "limits",
)  # joined key by key; every other value replaces that of a file below
