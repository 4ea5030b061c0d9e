"""The fixed words of the text report, by language."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The fixed words of the report in one language."""

    severities: dict[str, str]
    speakers: dict[str, str]
    confidences: dict[str, str]
    verified: dict[str, str]
    labels: dict[str, str]
    colon: str
    clean: str
    more: str
    reasons: str
    totals: str


ZH = Words(
    severities={"error": "错误", "warning": "警告", "info": "提示"},
    speakers={
        "agent": "坐席",
        "debtor": "客户",
        "third_party": "第三方",
        "system": "系统",
        "unknown": "说话人未知",
    },
    confidences={"high": "高", "medium": "中", "low": "低"},
    verified={
        "primary": "已核对原文",
        "press": "据公开报道",
        "secondary": "多处弱来源互证",
        "weak": "来源较弱",
        "memory": "未核对",
    },
    labels={
        "document": "文档",
        "turn": "第 {} 句",
        "confidence": "可信度",
        "message": "说明",
        "basis": "依据",
        "remedy": "建议",
        "via": "识别方式",
        "evidence": "另见",
        "not_evaluated": "未判定",
        "failures": "未能读取",
    },
    colon="：",
    clean="未发现问题。",
    more="等 {} 条规则",
    reasons="{} 项（涉及 {} 份文档）",
    totals="共 {documents} 份文档，{findings} 处问题（错误 {error}，警告 {warning}，提示 {info}），"
    "未判定 {not_evaluated} 项，已豁免 {suppressed} 处，未能读取 {failures} 项。",
)
HANT = Words(
    severities={"error": "錯誤", "warning": "警告", "info": "提示"},
    speakers={
        "agent": "坐席",
        "debtor": "客戶",
        "third_party": "第三方",
        "system": "系統",
        "unknown": "說話人未知",
    },
    confidences={"high": "高", "medium": "中", "low": "低"},
    verified={
        "primary": "已核對原文",
        "press": "據公開報導",
        "secondary": "多處弱來源互證",
        "weak": "來源較弱",
        "memory": "未核對",
    },
    labels={
        "document": "文件",
        "turn": "第 {} 句",
        "confidence": "可信度",
        "message": "說明",
        "basis": "依據",
        "remedy": "建議",
        "via": "識別方式",
        "evidence": "另見",
        "not_evaluated": "未判定",
        "failures": "未能讀取",
    },
    colon="：",
    clean="未發現問題。",
    more="等 {} 條規則",
    reasons="{} 項（涉及 {} 份文件）",
    totals="共 {documents} 份文件，{findings} 處問題（錯誤 {error}，警告 {warning}，提示 {info}），"
    "未判定 {not_evaluated} 項，已豁免 {suppressed} 處，未能讀取 {failures} 項。",
)
EN = Words(
    severities={"error": "error", "warning": "warning", "info": "info"},
    speakers={
        "agent": "agent",
        "debtor": "debtor",
        "third_party": "third party",
        "system": "system",
        "unknown": "speaker unknown",
    },
    confidences={"high": "high", "medium": "medium", "low": "low"},
    verified={
        "primary": "checked against the text",
        "press": "from the press",
        "secondary": "from several weak sources",
        "weak": "weak source",
        "memory": "not checked",
    },
    labels={
        "document": "document",
        "turn": "turn {}",
        "confidence": "confidence",
        "message": "what",
        "basis": "basis",
        "remedy": "instead",
        "via": "found by",
        "evidence": "see also",
        "not_evaluated": "not evaluated",
        "failures": "could not be read",
    },
    colon=": ",
    clean="Nothing found.",
    more="and others, {} rules",
    reasons="{} (in {} documents)",
    totals="{documents} documents, {findings} findings ({error} errors, {warning} warnings, {info} notes), "
    "{not_evaluated} not evaluated, {suppressed} suppressed, {failures} could not be read.",
)
BY_LANGUAGE = {"zh": ZH, "hant": HANT, "hk": HANT, "en": EN}
