"""The fixed words of the text report in traditional Chinese; apart, so that no other report loads them."""

from __future__ import annotations

from collectlint.reporters.text import Words

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
        "waived": "已豁免",
        "until": "至 {}",
    },
    colon="：",
    clean="未發現問題。",
    more="等 {} 條規則",
    reasons="{} 項（涉及 {} 份文件）",
    totals="共 {documents} 份文件，{findings} 處問題（錯誤 {error}，警告 {warning}，提示 {info}），"
    "未判定 {not_evaluated} 項，已豁免 {suppressed} 處，未能讀取 {failures} 項。",
)
