"""The words of reports in traditional Chinese, as in Taiwan."""

from __future__ import annotations

from collectlint.words import Words

WORDS = Words(
    severities={"error": "錯誤", "warning": "警告", "info": "提示"},
    marks={
        "primary": "已核對原文",
        "press": "據公開報導",
        "secondary": "多處弱來源互證",
        "weak": "來源較弱",
        "memory": "未核對",
    },
    speakers={
        "agent": "坐席",
        "debtor": "客戶",
        "third_party": "第三方",
        "system": "系統",
        "unknown": "說話人未知",
    },
    families={
        "threat": "威脅恐嚇",
        "abuse": "辱罵侮辱",
        "deception": "欺騙誤導",
        "privacy": "洩露隱私",
        "third_party": "騷擾第三人",
        "harassment": "過度催擾",
        "payment": "收款不當",
        "process": "程序不當",
        "staff_abuse": "辱罵坐席",
        "waiver": "豁免",
    },
    confidences={"high": "高", "medium": "中", "low": "低"},
    kinds={"finding": "問題", "not_evaluated": "未判定", "waived": "已豁免", "failure": "未能讀取"},
    colon="：",
    quoted="「{}」",
    aside="（{}）",
    document="文件",
    turn="第 {} 句",
    cell="儲存格",
    matched="原文",
    confidence="可信度",
    message="說明",
    basis="依據",
    remedy="建議",
    via="識別方式",
    see="另見",
    not_evaluated="未判定",
    failures="未能讀取",
    waived="已豁免",
    until="至 {}",
    clean="未發現問題。",
    title="{findings} 處問題（錯誤 {error}，警告 {warning}，提示 {info}）",
    totals="共 {documents} 份文件，{findings} 處問題（錯誤 {error}，警告 {warning}，提示 {info}），"
    "未判定 {not_evaluated} 項，已豁免 {suppressed} 處，未能讀取 {failures} 項。",
    counts="共 {documents} 份文件，未判定 {not_evaluated} 項，"
    "已豁免 {suppressed} 處，未能讀取 {failures} 項。",
    more_rules="等 {} 條規則",
    more_findings="另有 {} 處未列出，見完整報告。",
    reasons="{} 項（涉及 {} 份文件）",
    rules_without="{} 項規則未能判定，原因：",
    not_evaluated_rule="{} 未判定（{} 份文件）：{}",
    not_evaluated_count="未判定 {} 項",
    waived_count="已豁免 {} 處",
    columns=("程度", "位置", "規則", "原文", "說明與建議"),
    header=(
        *("類型", "文件", "路徑", "行", "欄", "儲存格", "輪次", "秒", "說話人", "嚴重程度", "規則"),
        *("名稱", "類別", "可信度", "命中", "原文", "說明", "建議", "依據", "識別方式", "指紋"),
    ),
    unreadable=("未能讀取的輸入", "該輸入或其中一部分未能讀取，因此未作檢查。"),
    undecided=("未能判定的規則", "文件缺少規則所需的資訊，未作判定，不等於合規。"),
)
