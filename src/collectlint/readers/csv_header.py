"""What the columns of a table mean: header names in Chinese and English, and the user's column map."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import NamedTuple

from collectlint.errors import InputError, Place
from collectlint.lazy import lazily
from collectlint.readers import record
from collectlint.readers.settings import ReadSettings

_HEADERS = {
    "text": (
        "text content message body sms template 文本 内容 內容 话术 話術 短信 短信内容 短信文本 简讯内容 "
        "簡訊內容 短訊內容 模板 模板内容 模版内容 範本內容 话术内容 話術內容 消息内容 訊息內容 正文 文案 "
        "文案内容 通话内容 通話內容 对话内容 對話內容 发送内容 识别文本 转写文本 轉寫文本 "
        "识别结果 转写内容 對話文本 对话文本 录音文本 錄音文本 asr_text 原文 utterance"
    ),
    "id": (
        "id no 编号 編號 序号 序號 模板编号 模板id 模板code 短信编号 范本编号 範本編號 流水号 "
        "template_id templateid templatecode"
    ),
    "call_id": (
        "call_id callid session_id conversation_id dialogue_id 通话编号 通話編號 通话id 会话编号 "
        "會話編號 会话id 录音编号 錄音編號 录音id 呼叫编号 通话流水号 "
        "录音流水号 錄音流水號 通话流水 contact_id contactid"
    ),
    "speaker": (
        "speaker role 说话人 說話人 角色 发言人 發言人 讲话人 身份 声道 聲道 "
        "channel_id channelid speaker_id spk"
    ),
    "start": (
        "start start_time start_ms begin begin_time begin_ms stime "
        "开始秒 開始秒 起始秒 开始 起始时间(秒) 开始时间(秒) "
        "开始时间(毫秒) 开始时间(ms) 起始时间(毫秒) 起始时间(ms) 开始毫秒"
    ),
    "end": (
        "end end_time end_ms etime "
        "结束秒 結束秒 终止秒 结束 结束时间(秒) 结束时间(毫秒) 结束时间(ms) 终止时间(秒) "
        "终止时间(毫秒) 终止时间(ms) 结束毫秒"
    ),
    "jurisdiction": "地区 地區 法域 辖区",
    "channel": "渠道 通道 发送渠道 管道 触达方式",
    "kind": "类别 類別 文档类型",
    "party": "对象 對象 发送对象 联系对象 聯絡對象",
    "started_at": "通话开始时间 开始时间 開始時間 发送时间 發送時間 呼叫时间 通话时间 sent_at",
    "ended_at": "结束时间 結束時間 通话结束时间 挂断时间",
    "send_window": "发送时段 發送時段",
    "direction": "方向 呼叫方向",
    "outcome": "接通情况 接通状态 通话结果",
    "debtor_id": "债务人编号 債務人編號 客户编号 客戶編號 客户号 客户id 借款人编号",
    "agent_id": "坐席编号 座席编号 座席編號 催收员编号 工号 坐席工号",
    "case_id": "案件编号 案件編號 案件号 委案编号",
    "lender": "债权人 債權人 贷款机构",
    "agency": "委外机构 委外公司 催收机构 催收公司",
    "callee": "被叫号码 被叫號碼 被叫 客户号码 客戶號碼",
    "product": "产品 產品",
}
_FIELD_OF = {header: field for field, headers in _HEADERS.items() for header in headers.split()}
_HALF_WIDTH = str.maketrans("（）　", "() ")
OWN_FIELDS = ("text", "call_id", "speaker", "start", "end")  # not checked by `record`
# A text column that holds a whole call.
_CALLS = lazily(r"通话|通話|对话|對話|识别|轉寫|转写|录音|錄音|asr_text|dialogue", re.IGNORECASE)
_MILLISECONDS = lazily(r"毫秒|(?:\b|_)ms\b", re.IGNORECASE)
_SECONDS = lazily(r"秒|\(s\)", re.IGNORECASE)
_OPTIONAL = frozenset(record.field_names()) - {"turns", "label"}


class Header(NamedTuple):
    """Field of each column ("" = kept under its own name), and the columns' names as written."""

    fields: tuple[str, ...]
    names: tuple[str, ...]
    templates: bool  # the text column is called a template
    calls: bool = False  # each row holds a whole call
    unit: str = ""  # of `start` and `end`: s, ms, or "" when the heading does not say

    def at(self, field: str) -> int:
        return self.fields.index(field) if field in self.fields else -1

    @property
    def is_one_call(self) -> bool:
        """Is the table nothing but what was said, with times?"""
        return {field for field in self.fields if field} in (
            {"start", "text"},
            {"start", "end", "text"},
            {"start", "text", "speaker"},
            {"start", "end", "text", "speaker"},
        )


def _plain(header: str) -> str:
    return header.strip().strip('"').strip().lower().translate(_HALF_WIDTH).replace(" ", "_")


def field_of(name: str) -> str:
    """The field that a column header stands for; "" when it is none."""
    plain = _plain(name)
    return _FIELD_OF.get(plain) or (plain if plain in _OPTIONAL else "")


def is_record(fields: set[str]) -> bool:
    """Do the columns make a record of contacts, for hours and counts, without what was said?"""
    return {"started_at", "outcome"} <= fields and bool({"callee", "debtor_id"} & fields)


def table_header(names: list[str]) -> Header:
    """The header of a table without texts: fields by the columns' names, each field once."""
    fields: list[str] = []
    for name in names:
        field = field_of(name)
        fields.append("" if field in fields else field)
    return Header(tuple(fields), tuple(name.strip() for name in names), False)


def header_of(names: list[str], settings: ReadSettings, place: Place) -> Header:
    """The header of a table; InputError when there is no text column or a mapped one is missing."""
    names = [name.strip() for name in names]
    shown = "、".join(name or "（空）" for name in names)
    fields = [field_of(name) for name in names]
    for field, column in settings.columns.items():
        if field not in OWN_FIELDS and not record.is_field(field) and not field.startswith("fields."):
            near = get_close_matches(field, record.field_names(), 1)
            hint = f"是否为 {near[0]}？" if near else ""
            raise InputError(
                f"列映射中的字段「{field}」不存在", place, f"{hint}可用：{'、'.join(record.field_names())}"
            )
        if column.strip() not in names:
            near = get_close_matches(column.strip(), names, 1, 0.5)
            hint = f"是否为「{near[0]}」？" if near else ""
            raise InputError(
                f"列映射 {field}={column}：表中没有列「{column}」", place, f"{hint}现有列：{shown}"
            )
        fields = [("" if each == field else each) for each in fields]
        fields[names.index(column.strip())] = field
    for at, field in enumerate(fields):
        if field and field not in OWN_FIELDS and field in fields[:at]:
            fields[at] = ""  # 序号 and 编号: the first is the id, the other is kept as it is
        elif field in OWN_FIELDS and fields.count(field) > 1:
            double = "、".join(name for name, each in zip(names, fields, strict=True) if each == field)
            raise InputError(
                f"有多列可作 {field}：{double}", place, f"请用列映射指明，如 {field}={double.split('、')[0]}"
            )
    if "text" not in fields:
        if is_record(set(fields)):
            return Header(tuple(fields), tuple(names), False)
        raise InputError("找不到文本列", place, f"请用列映射指明，如 text=列名；现有列：{shown}")
    text_name = names[fields.index("text")].lower()
    return Header(
        tuple(fields),
        tuple(names),
        any(word in text_name for word in ("模板", "模版", "範本", "template")),
        "call_id" in fields or bool(_CALLS.search(text_name)),
        _unit(names[fields.index("start")] if "start" in fields else ""),
    )


def _unit(name: str) -> str:
    if _MILLISECONDS.search(name):
        return "ms"
    return "s" if _SECONDS.search(name) else ""
