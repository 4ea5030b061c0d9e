"""Who a recogniser's speaker or channel is: by configuration, by its name, else guessed and said so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from collectlint.document import Doubt
from collectlint.lazy import lazily
from collectlint.readers.speech import speaker_of

_NUMBERED = lazily(r"[\s_\-]*\d{1,6}$")
_NAMES = {
    "automated_agent": "agent",
    "human_agent": "agent",
    "staff": "agent",
    "end_user": "debtor",
    "callee": "debtor",
}
_SHOWN = {"agent": "坐席", "debtor": "客户", "third_party": "第三人", "system": "系统", "unknown": "未知"}

# What opens a call, in both scripts.
_OPENING = lazily(
    r"(?:这里是|這裡是|這邊是|这边是|我是|呢度係|我係).{0,16}?(?:银行|銀行|公司|中心|客服|催收|法务|法務|部|金融|财务|財務|委托|委託|资产|資產)"
    r"|请问.{0,4}(?:是|您).{0,6}(?:先生|女士|小姐|本人|吗|嗎)|請問.{0,4}(?:是|您|係).{0,6}(?:先生|女士|小姐|本人|嗎)"
    r"|(?:是|係)\S{0,3}(?:先生|女士|小姐)(?:本人)?(?:吗|嗎|吧|吖)|工号|工號|本次通话|本次通話|(?:全程|正在|会|會)(?:录音|錄音)|(?:受|接受).{0,10}(?:委托|委託)"
)
_WORDS = (
    "逾期 欠款 还款 還款 账单 帳單 贷款 貸款 催收 征信 徵信 信用卡 最低还款 結清 结清 缴清 繳清 处理一下 "
    "尽快 儘快 起诉 起訴 法院 法务 法務 您的 "
    "减免 減免 分期方案 本金 利息 违约金 違約金 滞纳金 滯納金 联系人 聯絡人 "
    "通讯录 通訊錄 上门 上門 贵宅 找數 還錢 还钱 今天下午 必须 必須 后果 後果 家人 配合 承诺 承諾"
)
_COLLECTOR = tuple(_WORDS.split())
_DEBTOR = lazily(
    r"我(?:真的|现在|現在|暂时|暫時|手头|手頭|最近)?(?:没|沒|冇)(?:有)?(?:钱|錢|办法|辦法|工作|收入)|打错|打錯|搞错|搞錯|(?:你|您)(?:是|係)(?:谁|誰|哪位|边位|邊位|哪里|哪裡)"
    r"|哪位|不认识|不認識|别打|別打|不要再打|发工资|發薪|發工資|出粮|出糧|失业|失業|下岗|生病|住院|宽限|寬限|(?:我|俺)(?:明天|后天|後天|下周|下個?月|月底|月初|听日|聽日|会|會|一定).{0,4}(?:还|還|缴|繳)"
    r"|你们(?:怎么|不要|别|凭什么)|你們(?:怎麼|不要|別|憑什麼)|投诉你|投訴你|什么事|什麼事|咩事|我要投诉|我要投訴"
)
# How the debtor is called, and how one answers a call.
_VOCATIVE = lazily(
    r"[\u4e00-\u9fff](?:先生|女士|小姐|太太|老师|老師|师傅|師傅|生|太)(?=[,，。!！?？、\s您你]|$)"
)
_ANSWER = lazily(
    r"[\s，,]*(?:喂|係|系|嗯|哦|是我|我是|对|對|什么|什麼|咩|边位|邊位|谁|誰|怎么|怎麼|干嘛|幹嘛|又是你|你是)"
)
_OPENING_TURNS = 3
_LEAST, _LEAD = 2, 2  # points of the agent, and points ahead of everybody else


class Heard(NamedTuple):
    """The speaker of each piece in order, what was guessed (voice -> speaker), and what must be said."""

    speakers: list[str]
    guessed: Mapping[str, str]
    doubts: tuple[Doubt, ...]


def named(voice: str) -> str | None:
    """The speaker that a voice's own name tells: `坐席1`, `AGENT`, `客户`; None for `0` or `SPEAKER_00`."""
    plain = voice.strip().lower()
    bare = _NUMBERED.sub("", plain)
    return speaker_of(plain) or speaker_of(bare) or _NAMES.get(plain) or _NAMES.get(bare)


def assign(pieces: Sequence[tuple[str, str]], configured: Mapping[str, str]) -> Heard:
    """Speakers of (voice, words) pieces in order of time; `configured` maps a voice to its speaker.

    A guess needs a clear lead in opening words and collector's vocabulary; without it a voice stays
    `unknown`, which rules treat as somebody who may be the agent.
    """
    voices = list(dict.fromkeys(voice for voice, _ in pieces))
    wanted = {voice.strip().lower(): speaker for voice, speaker in configured.items()}
    known: dict[str, str] = {}
    for voice in voices:
        speaker = wanted.get(voice.strip().lower()) or (named(voice) if voice else None)
        if speaker:
            known[voice] = speaker
    nameless = [voice for voice in voices if voice not in known]
    guessed = _guess(pieces, [voice for voice in nameless if voice], known)
    unknown = [voice for voice in nameless if guessed.get(voice, "unknown") == "unknown"]
    doubts = []
    told = {voice: speaker for voice, speaker in guessed.items() if speaker != "unknown"}
    if told:
        which = "、".join(f"{voice}={_SHOWN[speaker]}" for voice, speaker in told.items())
        example = next(iter(told))
        doubts.append(
            Doubt(
                "speakers",
                f"说话人的身份是按开场白和用语推测的：{which}；可用 --speaker {example}={told[example]} 指明",
            )
        )
    if unknown:
        which = "、".join(voice for voice in unknown if voice)
        shown = f"说话人 {which} 的身份无法判断" if which else "没有区分说话人"
        doubts.append(Doubt("speakers", f"{shown}，其话语按可能出自坐席检查"))
    speakers = [known.get(voice) or guessed.get(voice, "unknown") for voice, _ in pieces]
    return Heard(speakers, told, tuple(doubts))


def _guess(pieces: Sequence[tuple[str, str]], voices: list[str], known: Mapping[str, str]) -> dict[str, str]:
    """The voices that no one has named; one agent is guessed, and a debtor only as the one counterpart."""
    if not voices:
        return {}
    present = set(known.values())
    if len(voices) == 1 and present & {"agent", "debtor"}:
        # The other side of a call of two is known.
        if "agent" not in present:
            return {voices[0]: "agent"}
        if not present & {"debtor", "third_party"}:
            return {voices[0]: "debtor"}
        return {voices[0]: "unknown"}
    points = {voice: _points([words for each, words in pieces if each == voice]) for voice in voices}
    ranked = sorted(voices, key=lambda voice: -points[voice])
    best = ranked[0]
    second = points[ranked[1]] if len(ranked) > 1 else 0
    if "agent" in present or points[best] < _LEAST or points[best] - second < _LEAD:
        return dict.fromkeys(voices, "unknown")
    others = [voice for voice in voices if voice != best]
    alone = len(others) == 1 and "debtor" not in present
    return {best: "agent"} | dict.fromkeys(others, "debtor" if alone else "unknown")


def _points(said: Sequence[str]) -> int:
    opening = any(_OPENING.search(words) for words in said[:_OPENING_TURNS])
    whole = "\n".join(said)
    vocabulary = sum(word in whole for word in _COLLECTOR)
    called = any(_VOCATIVE.search(words) for words in said[:_OPENING_TURNS])
    ours = (
        3 * opening + 2 * called + ("您" in whole or "閣下" in whole or "阁下" in whole) + min(vocabulary, 6)
    )
    return ours - 2 * sum(1 for _ in _DEBTOR.finditer(whole)) - 2 * bool(said and _ANSWER.match(said[0]))
