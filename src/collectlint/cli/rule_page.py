"""One rule as a person reads it, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from collectlint.errors import RuleErrors, UsageError
from collectlint.operators.table import SHAPES
from collectlint.rulebook.folder import Folder
from collectlint.rulebook.rule import Rule, in_language
from collectlint.rulebook.rulebook import Rulebook
from collectlint.rulebook.wording import SCOPES

FAMILIES = {
    "threat": "威胁恐吓",
    "abuse": "辱骂侮辱",
    "deception": "欺骗误导",
    "privacy": "泄露隐私",
    "third_party": "骚扰第三人",
    "harassment": "过度催扰",
    "payment": "收款不当",
    "process": "程序不当",
    "staff_abuse": "辱骂坐席",
}
SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
MARKS = {
    "primary": "已核对原文",
    "press": "据公开报道",
    "secondary": "多处弱来源互证",
    "weak": "来源较弱",
    "memory": "未核对",
}
STATUSES = {"experimental": "试验", "test": "试用", "stable": "稳定", "deprecated": "已弃用"}


def rule_by_id(rulebook: Rulebook, name: str) -> Rule:
    """The rule of that id or former id; raises UsageError with the nearest ones."""
    for rule in rulebook.rules:
        if rule.id == name or name in rule.data["was"]:
            return rule
    from collectlint.rulebook.selection import near_ids

    raise UsageError(f"没有规则 `{name}`", remedy=near_ids(rulebook.rules, name))


def rule_values(folder: Folder, name: str) -> Mapping[str, Any]:
    """Everything in a rule's own file, its examples included; {} when it cannot be read."""
    from collectlint.rulebook.shapes import RULE
    from collectlint.rulebook.strict import read
    from collectlint.rulebook.walk import walk

    file: Any = folder
    *parents, slug = name.split("/")
    for part in parents:
        file = file / part
    for suffix in (".yaml", ".yml"):
        if (file / f"{slug}{suffix}").is_file():
            try:
                values, _, faults = walk(read(file / f"{slug}{suffix}", name), RULE, SHAPES)
            except RuleErrors:
                return {}
            return {} if faults else values
    return {}


def record(rule: Rule, rulebook: Rulebook, values: Mapping[str, Any]) -> dict[str, Any]:
    """A rule as plain data."""
    data = rule.data
    return {
        "id": rule.id,
        "title": data["title"],
        "family": rule.family,
        "families": list(rule.families),
        "severity": rule.severity.label,
        "confidence": rule.confidence,
        "status": rule.status,
        "off": rule.off,
        "jurisdictions": list(data["jurisdictions"]),
        "applies": {name: list(chosen) for name, chosen in data["applies"].items() if chosen},
        "in_force": data["in_force"],
        "requirements": list(data["requirements"]),
        "basis": [_basis(entry, rulebook) for entry in data["basis"]],
        "message": data["message"],
        "remedy": data["remedy"],
        "fix": data["fix"],
        "falsepositives": list(values.get("falsepositives", ())),
        "references": list(values.get("references", ())),
        "note": values.get("note", ""),
        "tests": {kind: list(cases) for kind, cases in (values.get("tests") or {}).items()},
    }


def _basis(entry: Mapping[str, Any], rulebook: Rulebook) -> dict[str, Any]:
    source = rulebook.sources[entry["source"]]
    return {
        "source": source.id,
        "title": source.title["zh"],
        "clause": entry["clause"],
        "verified": entry["verified"],
        "kind": source.kind,
        "jurisdiction": source.jurisdiction,
        "from": source.since,
        "to": source.until,
    }


def lines(told: Mapping[str, Any], lang: str = "zh") -> Iterator[str]:
    """A rule's record as lines of text."""
    yield f"{told['id']}  {in_language(told['title'], lang)}"
    families = "、".join(f"{FAMILIES[name]}（{name}）" for name in told["families"])
    yield f"  类别：{families}"
    off = "，默认关闭" if told["off"] else ""
    yield f"  程度：{SEVERITIES[told['severity']]}（{told['severity']}），{STATUSES[told['status']]}{off}"
    scope = [f"法域 {'、'.join(told['jurisdictions'])}"]
    scope += [f"{SCOPES[name]} {'、'.join(chosen)}" for name, chosen in told["applies"].items()]
    yield f"  适用：{'；'.join(scope)}"
    if told["in_force"]:
        yield f"  施行：{told['in_force']['from'] or '…'} 至 {told['in_force']['to'] or '今'}"
    for basis in told["basis"]:
        mark = MARKS.get(basis["verified"], basis["verified"])
        yield f"  依据：{basis['title']} {basis['clause']} [{mark}]"
    yield f"  说明：{in_language(told['message'], lang)}"
    yield f"  建议：{in_language(told['remedy'], lang)}"
    for word, texts in told["fix"].items():
        yield f"  自动改正：{word} → {in_language({**texts, 'zh': texts['zh'] or '（删去）'}, lang)}"
    for text in told["falsepositives"]:
        yield f"  可能误报：{text}"
    if told["note"]:
        yield f"  备注：{told['note']}"
    for kind, label in (
        ("hit", "命中"),
        ("miss", "不命中"),
        ("todo_hit", "已知漏报"),
        ("todo_miss", "已知误报"),
    ):
        for case in told["tests"].get(kind, ()):
            yield f"  例（{label}）：{_case(case)}"


def _case(case: Any) -> str:
    if isinstance(case, str):
        return case
    words = case.get("text") or " / ".join(turn.get("text", "") for turn in case.get("turns", ()))
    rest = "，".join(f"{key}={value}" for key, value in case.items() if key not in ("text", "turns"))
    return f"{words}（{rest}）" if rest else words
