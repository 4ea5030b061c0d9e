"""Which strings of a catalogue are messages: by the configuration's patterns, else by their keys."""

from __future__ import annotations

import os
from typing import Any

from collectlint.lazy import lazily
from collectlint.readers.catalogue.tree import HAN, Found, Leaf, PerRecord, Record
from collectlint.readers.csv_header import field_of
from collectlint.readers.settings import ReadSettings
from collectlint.waiver.directive import FIELD

_WORDS = {
    # Keys that hold a message, besides the headings of tables that mean `text`.
    "usual": (
        "templatecontent msg wording smscontent smstext smsbody msgcontent messagecontent messagebody "
        "pushcontent pushbody pushtext tts speech utterance templatetext templatebody texttemplate "
        "模板正文 推送内容 信函内容 播报内容 播報內容 範本正文 簡訊正文 短信正文"
    ),
    # Keys that speak about a message.
    "about": (
        "id code no key name type status state remark remarks note notes desc description comment comments "
        "label title subject author owner reason tag tags category scene version sign signature signname "
        "templatename templatecode templateid 备注 備註 名称 名稱 说明 說明 标题 標題 编号 編號 签名 簽名 "
        "类型 類型 状态 狀態 场景 場景 审核 作者"
    ),
    "titles": "title subject 标题 標題 主题 主題",
    # Words in a key, or in the name of the file, that say what a map of texts is for.
    "purposes": (
        "template templates notification notifications notify notice notices reminder reminders remind "
        "overdue collection dunning 模板 模版 範本 通知 提醒 催收 逾期 文案"
    ),
}
_USUAL, _ABOUT, _TITLES, _PURPOSES = (frozenset(words.split()) for words in _WORDS.values())
_CHANNEL_WORDS = {
    "sms": "sms 短信 简讯 簡訊 短訊",
    "app_push": "push 推送 推播",
    "email": "email mail 邮件 郵件 電郵",
    "letter": "letter 信函 函件 信件",
    "ai_call": "ivr tts robot 智能外呼",
    "call": "call script scripts 话术 話術 外呼",
    "social": "wechat whatsapp 微信 企微",
    "visit": "visit 外访 外訪 上门 上門",
}
_CHANNELS = {word: channel for channel, words in _CHANNEL_WORDS.items() for word in words.split()}
_WORD = lazily(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[\u3400-\u9fff]+")
_LOCALE = lazily(
    r"(?:zh|en|yue|cn|tw|hk)(?:[-_](?:[A-Za-z]{4}|[A-Za-z]{2}))*|default", 2
)  # 2 = re.IGNORECASE


class Chooser:
    """Decides on one file's texts after another and counts the Chinese ones that it leaves alone."""

    def __init__(self, name: str, settings: ReadSettings) -> None:
        self._wanted: Any = None
        if settings.texts:
            from pathspec import GitIgnoreSpec

            self._wanted = GitIgnoreSpec.from_lines(settings.texts)
        self._mapped = frozenset(settings.columns.values())
        self._key = settings.columns.get("text", "")
        self._of_file = _words(os.path.splitext(os.path.basename(name))[0])
        self._holds_usual = PerRecord(lambda record: any(is_usual(key) for key, _ in record.entries))
        self.describes = PerRecord(_is_about)
        self.left_alone = 0

    def takes(self, found: Found) -> bool:
        """Is this leaf a message?"""
        taken = self._takes(found)
        if not taken and found.leaf.is_text and HAN.search(found.leaf.value) and not self._is_fact(found):
            self.left_alone += 1
        return taken

    def _takes(self, found: Found) -> bool:
        if not found.leaf.is_text or not found.leaf.value.strip():
            return False
        names = named(found.path)
        if self._wanted is not None:
            paths = ("/".join(found.path), ".".join(found.path))
            return any(self._wanted.match_file(path) for path in paths if path)
        if self._key:
            return bool(names) and names[-1] == self._key
        if not HAN.search(found.leaf.value):
            return False
        last = names[-1] if names else ""
        if is_usual(last):
            return True
        words = [word for name in reversed(names) for word in _words(name)] + self._of_file
        beside = self._holds_usual(own_record(found))
        if _plain(last) in _TITLES and beside:
            return next((_CHANNELS[word] for word in words if word in _CHANNELS), "") in ("app_push", "email")
        if _plain(last) in _ABOUT or beside:
            return False
        return any(word in _CHANNELS or word in _PURPOSES for word in words)

    def _is_fact(self, found: Found) -> bool:
        """Does the leaf say something about a message, such as its channel?"""
        name = next(iter(named(found.path)[-1:]), "")
        return name in self._mapped or name == FIELD or field_of(name) not in ("", "text")

    def channel(self, path: tuple[str, ...]) -> str:
        """The channel that the keys, innermost first, or the name of the file speak of; "" = none."""
        words = [word for name in reversed(named(path)) for word in _words(name)] + self._of_file
        return next((_CHANNELS[word] for word in words if word in _CHANNELS), "")


def named(path: tuple[str, ...]) -> list[str]:
    """The keys of a path without indices and locales (`zh-CN`)."""
    return [name for name in path if name and not name.isdigit() and not _LOCALE.fullmatch(name)]


def is_usual(key: str) -> bool:
    """Does a message usually stand under this key?"""
    return field_of(key) == "text" or _plain(key) in _USUAL


def own_record(found: Found) -> Record:
    """The innermost record that a leaf belongs to; a map of locales is part of what it translates."""
    for record in reversed(found.records):
        if not all(_LOCALE.fullmatch(key) for key, _ in record.entries):
            return record
    return Record(())


def _is_about(record: Record) -> bool:
    """Does a record describe a message, rather than hold many?"""
    return any(is_usual(key) and not isinstance(child, Record) for key, child in record.entries) or any(
        isinstance(child, Leaf) and field_of(key) in ("id", "channel", "party", "send_window", "schedule")
        for key, child in record.entries
    )


def _plain(key: str) -> str:
    return key.strip().lower().replace("_", "").replace("-", "").replace(" ", "")


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]
