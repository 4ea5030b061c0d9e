"""The words of the audit's reports: Chinese and English; traditional script is made from the former."""

from __future__ import annotations

from functools import lru_cache

from collectlint.words import TAGS, words
from collectlint.words.traditional import shown

_ZH = {
    "title": "催收合规审计报告",
    "headline": "共 {documents} 份文档，{violating_documents} 份{violating}；{findings} 处问题"
    "（错误 {error}，警告 {warning}，提示 {info}），未判定 {not_evaluated} 项，未能读取 {failures} 项。",
    "from_warning": "有警告以上的问题", "from_error": "有错误",
    "rule": "规则", "hits": "处数", "more": "另有 {} 条未列出。", "notes": "须知",
    "not_evaluated": "未判定的原因",
    "unfinished": "审计尚未完成，数字会变；用同一条 audit 命令继续。",
    "failures": "有 {} 项未能读取或判定，其中的问题不在本报告内。",
    "timed_out": "有 {} 次判定超过时限，未得结论。",
    "sampled_out": "抽样审计：{} 份文档未抽中，未检查。",
    "no_counts": "抽样审计时不判跨文档计次规则（次数会被低估）。",
    "other_days": "{} 份文档不在所选日期内，只计入次数。",
    "undated": "{} 份文档没有时间，无法按日期取舍，都已检查。",
    "suppressed": "{} 处问题已豁免，不计入上列数字。",
    "below_severity": "{} 处问题低于所选程度，留在结果库里，不在报告与上列数字内。",
    "personal": "本报告未遮盖个人信息，请按敏感资料保管。",
    "documents": "文档", "violating": "有问题的文档", "rate": "问题率", "findings": "问题",
    "chars": "字数", "input": "输入", "files": "文件",
    "by_day": "按日走势", "by_hour": "按时走势", "heat": "星期 × 时段热力图", "families": "类别 × 程度",
    "agents": "坐席排行", "teams": "团队排行", "rules": "规则命中", "list": "问题清单", "dialogue": "对话",
    "day": "日期", "hour": "时", "weekday": "星期", "family": "类别", "severity": "程度", "agent": "坐席",
    "team": "团队", "count": "数量", "interval": "95% 置信区间", "few": "样本少，仅供参考",
    "document": "文档", "place": "位置", "matched": "命中", "message": "说明", "remedy": "建议",
    "basis": "依据",
    "speaker": "说话人", "time": "时间", "channel": "渠道", "confidence": "可信度", "all": "全部",
    "search": "搜索原文、说明", "filter": "筛选", "previous": "上一页", "next": "下一页",
    "page": "第 {} / {} 页，共 {} 处", "open": "查看对话", "close": "关闭", "cut_findings":
    "清单只列出前 {listed} 处（先重后轻），另有 {rest} 处不在此页，全部见 {files}；统计数字不受影响。",
    "cut_dialogues": "只有前 {listed} 份文档可在此查看对话，"
    "另有 {rest} 份见结果库 audit.sqlite 的 dialogue 表。",
    "no_dialogue": "这份文档的对话不在此页。",
    "no_script": "浏览器未启用脚本，只显示前 {} 处问题；全部见 {}。",
    "as_of": "法规日期", "rules_digest": "规则摘要", "version": "版本", "settings": "选项",
    "digest": "核对信息",
    "weekdays": "周一 周二 周三 周四 周五 周六 周日", "skip": "跳到问题清单", "none": "没有。",
    "undated_chart": "{} 份文档没有时间，不在图中。", "table": "数据表", "other": "其余 {} 个合计",
    "judgements": "判定数", "reason": "原因", "related": "相关文档", "second": "秒",
    "rules_of_reason": "涉及规则数",
    "not_from_here": "未能读取", "path": "路径", "line": "行", "waived": "已豁免", "pardon": "理由",
    "until": "到期日", "answer": "豁免所在",
    "result": "筛选结果", "charts": "图表", "headlines": "主要数字",
    "tables": "排行", "verdict": "复核结论", "comment": "复核备注", "severity_of": "最重程度",
}  # fmt: skip
_EN = {
    "title": "Collections compliance audit",
    "headline": "{documents} documents, {violating_documents} {violating}; {findings} findings "
    "({error} errors, {warning} warnings, {info} notes), {not_evaluated} judgements not made, "
    "{failures} failures.",
    "from_warning": "with a warning or worse", "from_error": "with an error",
    "rule": "rule", "hits": "findings", "more": "{} more are not listed.", "notes": "Please note",
    "not_evaluated": "Why judgements were not made",
    "unfinished": "The audit is not finished; the figures will change. Go on with the same command.",
    "failures": "{} things could not be read or judged; what is wrong in them is not in this report.",
    "timed_out": "{} judgements ran into a time limit and came to no result.",
    "sampled_out": "A sample: {} documents were not drawn and not looked at.",
    "no_counts": "In a sample rules over many documents are not judged (counts would be too low).",
    "other_days": "{} documents are of other days; they add to counts only.",
    "undated": "{} documents have no time, so no day could be told; all of them were judged.",
    "suppressed": "{} findings are waived and not in these figures.",
    "below_severity": "{} findings are below the severity asked for: they are in the store, not in reports "
    "and figures.",
    "personal": "Personal data in this report is not masked; keep it as such.",
    "documents": "documents", "violating": "violating documents", "rate": "share", "findings": "findings",
    "chars": "characters", "input": "input", "files": "files",
    "by_day": "By day", "by_hour": "By hour", "heat": "Hour by weekday", "families": "Families by severity",
    "agents": "Agents", "teams": "Teams", "rules": "Rules by findings", "list": "Findings",
    "dialogue": "Dialogue", "day": "day", "hour": "hour", "weekday": "weekday", "family": "family",
    "severity": "severity", "agent": "agent", "team": "team", "count": "count", "interval": "95 % interval",
    "few": "few documents, indicative only", "document": "document", "place": "place", "matched": "words",
    "message": "what is wrong", "remedy": "instead", "basis": "basis", "speaker": "speaker", "time": "time",
    "channel": "channel", "confidence": "confidence", "all": "all", "search": "Search in words and messages",
    "filter": "Filter", "previous": "Previous", "next": "Next", "page": "page {} of {}, {} findings",
    "open": "Show dialogue", "close": "Close",
    "cut_findings": "Only the first {listed} findings (gravest first) are listed here; {rest} more are in "
    "{files}. The figures count all of them.",
    "cut_dialogues": "Only the first {listed} documents can be shown here; {rest} more are in the table "
    "`dialogue` of audit.sqlite.",
    "no_dialogue": "The dialogue of this document is not in this page.",
    "no_script": "Scripts are off: only the first {} findings are shown; all of them are in {}.",
    "as_of": "law as of", "rules_digest": "digest of the rules", "version": "version", "settings": "options",
    "digest": "To check against", "weekdays": "Mon Tue Wed Thu Fri Sat Sun", "skip": "Skip to the findings",
    "none": "None.", "undated_chart": "{} documents have no time and are not in the charts.", "table": "Data",
    "other": "the other {} together", "judgements": "judgements", "reason": "reason",
    "related": "related documents", "second": "s",
    "rules_of_reason": "rules concerned",
    "not_from_here": "Could not be read",
    "path": "path", "line": "line", "waived": "Waived",
    "pardon": "why", "until": "until", "answer": "written in", "result": "Filtered findings",
    "charts": "Charts", "headlines": "Headline figures",
    "tables": "Rankings", "verdict": "verdict",
    "comment": "comment", "severity_of": "gravest",
}  # fmt: skip


@lru_cache
def words_of(lang: str) -> dict[str, str]:
    """The words in `zh`, `hant`, `hk` or `en`, with those that all reports share."""
    shared = words(lang)
    speakers = {**shared.speakers, "agent_speaker": shared.speakers["agent"]}
    del speakers["agent"]  # here the heading of a column
    common = {**shared.severities, **speakers, **shared.confidences, "lang": TAGS[lang]}
    if lang == "en":
        return {**_EN, **common}
    return {**{name: shown(word, lang) for name, word in _ZH.items()}, **common}


def family_name(family: str, lang: str) -> str:
    """A family as a reader knows it."""
    return words(lang).families.get(family, family)
