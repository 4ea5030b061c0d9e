"""The words of reports in simplified Chinese."""

from __future__ import annotations

from collectlint.words import Words

WORDS = Words(
    severities={"error": "错误", "warning": "警告", "info": "提示"},
    marks={
        "primary": "已核对原文",
        "press": "据公开报道",
        "secondary": "多处弱来源互证",
        "weak": "来源较弱",
        "memory": "未核对",
    },
    speakers={
        "agent": "坐席",
        "debtor": "客户",
        "third_party": "第三方",
        "system": "系统",
        "unknown": "说话人未知",
    },
    families={
        "threat": "威胁恐吓",
        "abuse": "辱骂侮辱",
        "deception": "欺骗误导",
        "privacy": "泄露隐私",
        "third_party": "骚扰第三人",
        "harassment": "过度催扰",
        "payment": "收款不当",
        "process": "程序不当",
        "staff_abuse": "辱骂坐席",
        "waiver": "豁免",
    },
    confidences={"high": "高", "medium": "中", "low": "低"},
    kinds={"finding": "问题", "not_evaluated": "未判定", "waived": "已豁免", "failure": "未能读取"},
    colon="：",
    quoted="「{}」",
    aside="（{}）",
    document="文档",
    turn="第 {} 句",
    cell="单元格",
    matched="原文",
    confidence="可信度",
    message="说明",
    basis="依据",
    remedy="建议",
    via="识别方式",
    see="另见",
    not_evaluated="未判定",
    failures="未能读取",
    waived="已豁免",
    until="至 {}",
    clean="未发现问题。",
    title="{findings} 处问题（错误 {error}，警告 {warning}，提示 {info}）",
    totals="共 {documents} 份文档，{findings} 处问题（错误 {error}，警告 {warning}，提示 {info}），"
    "未判定 {not_evaluated} 项，已豁免 {suppressed} 处，未能读取 {failures} 项。",
    counts="共 {documents} 份文档，未判定 {not_evaluated} 项，"
    "已豁免 {suppressed} 处，未能读取 {failures} 项。",
    more_rules="等 {} 条规则",
    more_findings="另有 {} 处未列出，见完整报告。",
    reasons="{} 项（涉及 {} 份文档）",
    rules_without="{} 项规则未能判定，原因：",
    not_evaluated_rule="{} 未判定（{} 份文档）：{}",
    not_evaluated_count="未判定 {} 项",
    waived_count="已豁免 {} 处",
    columns=("程度", "位置", "规则", "原文", "说明与建议"),
    header=(
        *("类型", "文档", "路径", "行", "列", "单元格", "轮次", "秒", "说话人", "严重程度", "规则"),
        *("名称", "类别", "可信度", "命中", "原文", "说明", "建议", "依据", "识别方式", "指纹"),
    ),
    unreadable=("未能读取的输入", "该输入或其中一部分未能读取，因此未作检查。"),
    undecided=("未能判定的规则", "文档缺少规则所需的信息，未作判定，不等于合规。"),
)
