"""Words for the law commands, and a requirement's row as plain data and as a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from collectlint.cli.rule_page import MARKS, SEVERITIES
from collectlint.proof.coverage import Row, Serving

__all__ = ["KINDS", "LETTERS", "MARKS", "STATES", "period", "requirement_record", "rule_line"]

KINDS = {
    "law": "法律",
    "regulation": "行政法规",
    "departmental_rule": "部门规章",
    "normative_document": "规范性文件",
    "judicial_interpretation": "司法解释或文件",
    "recommended_standard": "推荐性标准",
    "self_regulation": "自律规范",
    "code_of_practice": "业界守则",
    "platform_contract": "平台合同",
    "house": "内部口径",
}
LETTERS = {"T": "文字", "M": "元数据", "P": "机构制度", "D": "移交资料"}
STATES = {
    "covered": "已覆盖",
    "partly": "部分覆盖",
    "needs_metadata": "缺元数据",
    "needs_person": "须由人核查",
    "not_covered": "未覆盖",
}


def period(in_force: Mapping[str, str | None] | None) -> str:
    """When an instrument is in force, in words; both days count."""
    since, until = (in_force or {}).get("from"), (in_force or {}).get("to")
    if since is None and until is None:
        return "日期未记"
    return f"{since or '…'} 至 {until or '今'}"


def rule_line(rule: Serving) -> str:
    off = "，默认关闭" if rule.off else ""
    suspects = "，第二读者" if rule.suspects else ""
    broken = f"，{rule.broken} 条例句不符" if rule.broken else ""
    examples = f"命中例 {rule.hits}、不命中例 {rule.misses}{broken}"
    return f"{rule.rule}  {rule.title['zh']}（{SEVERITIES[rule.severity]}{off}{suspects}；{examples}）"


def requirement_record(row: Row) -> dict[str, Any]:
    """A row as plain data, the same in `law show` and `law coverage`."""
    one = row.requirement
    return {
        "id": one.id,
        "jurisdiction": one.jurisdiction,
        "kind": list(one.kinds),
        "zh": one.zh,
        "en": one.en,
        "basis": [clause._asdict() for clause in one.clauses],
        "verified": one.verified,
        "inferred": one.inferred,
        "state": row.state,
        "reason": row.reason,
        "rules": [rule._asdict() for rule in row.rules],
    }
