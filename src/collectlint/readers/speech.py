"""Who says a line: speaker labels (`坐席:`, `客户:`, `A:`) and time stamps before the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from collectlint.document import Origin, Turn, place_of
from collectlint.lazy import lazily

if TYPE_CHECKING:
    from collectlint.document import Locate

_LABELS = {
    "agent": (
        "坐席 座席 客服 客服人员 客服人員 客服专员 客服專員 催收 催收员 催收員 催收专员 催收專員 "
        "催收人员 催收人員 催收方 专员 專員 客户经理 客戶經理 业务员 業務員 工作人员 工作人員 机器人 "
        "機器人 智能客服 外访员 外訪員 话务员 話務員 接线员 接線員 法务 法務 律师 律師 agent collector "
        "operator staff bot"
    ),
    "debtor": (
        "客户 客戶 债务人 債務人 用户 用戶 借款人 持卡人 欠款人 被催收人 担保人 擔保人 保证人 保證人 "
        "客人 debtor customer client user borrower"
    ),
    "third_party": (
        "第三人 第三方 家属 家屬 家人 亲属 親屬 联系人 聯絡人 紧急联系人 緊急聯絡人 父亲 父親 母亲 母親 "
        "爸爸 妈妈 媽媽 妻子 丈夫 配偶 同事 邻居 鄰居 third_party third_party"
    ),
    "system": "系统 系統 语音提示 語音提示 旁白 ivr system",
}
_WEAK = {"a": "agent", "b": "debtor", "ａ": "agent", "ｂ": "debtor", "甲": "agent", "乙": "debtor"}
_SPEAKER_OF = {label: speaker for speaker, labels in _LABELS.items() for label in labels.split()}
_ANY = "|".join(re.escape(label) for label in sorted([*_SPEAKER_OF, *_WEAK], key=len, reverse=True))

_CLOCK = r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T])?(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_STAMP = lazily(
    rf"\s*(?:[\[(（【<]\s*({_CLOCK})(?:\s*(?:-->|-|–|—|~|至)\s*({_CLOCK}))?\s*[\])）】>]|({_CLOCK})(?=[\s:：]|$))"
)
_LABEL = lazily(
    rf"\s*\*{{0,2}}(?P<open>[【\[])?\s*(?P<label>{_ANY})"
    r"(?P<number>\s?\d{1,3}(?!\d?[:：]\d\d(?!\d))|(?<![A-Za-z])[A-Za-z](?![A-Za-z])|[(（](?!\s*\d{1,3}:\d)[^()（）\r\n]{1,12}[)）](?=\s*[:：*]))?\s*(?P<close>[】\]])?\*{0,2}",
    re.IGNORECASE,
)
_STRONG = "|".join(re.escape(label) for label in sorted(_SPEAKER_OF, key=len, reverse=True))
_INLINE = lazily(rf"(?:^|[\s。！？!?；;|｜,，])\s*((?:{_STRONG})(?:\s?\d{{1,4}})?\s*[:：])", re.IGNORECASE)
_COLON = lazily(r"\s*[:：]\s*\*{0,2}\s*")
_STRANGER = lazily(r"\s*[\u4e00-\u9fffA-Za-z0-9]{2,6}\s*[:：]")
# A title or `通话编号:17` above the talk: no sentence.
_HEADING = lazily(r"[^，。！？!?\r\n]{1,40}")
_LINE = lazily(r"[^\r\n]+")


class Spoken(NamedTuple):
    """What stands before the words of one line: the speaker ("" = no label) and the words' span."""

    speaker: str
    weak: bool
    start: int
    end: int
    at: float | None = None
    until: float | None = None


class Piece(NamedTuple):
    """A stretch of one line, `line[start:end]`, without marks and outer blanks."""

    line: str
    start: int
    end: int


class Shifted(NamedTuple):
    """Places a part of a text: maps its offsets to those of the whole, which `inner` places."""

    inner: Locate
    shift: int

    def __call__(self, offset: int, closing: bool = False) -> tuple[int, int]:
        return self.inner(self.shift + offset, closing)


def trimmed(line: str, start: int, end: int) -> Piece:
    """The piece without outer blanks, full-width ones included."""
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return Piece(line, start, end)


def speaker_of(label: str) -> str | None:
    """The speaker that a label such as `坐席`, `客戶` or `agent` stands for; None if unknown."""
    return _SPEAKER_OF.get(label.strip().lower())


def listen(piece: Piece) -> Spoken:
    """Label and time stamp of one line; without a label the span is that of the whole piece."""
    line, start, end = piece
    first = _STAMP.match(line, start, end)
    at = first.end() if first else start
    label = _LABEL.match(line, at, end)
    if label and bool(label["open"]) == bool(label["close"]):
        second = _STAMP.match(line, label.end(), end)
        after = second.end() if second else label.end()
        colon = _COLON.match(line, after, end)
        # `坐席 00:12` on a line of its own heads the lines below it.
        heads = (first is not None or second is not None) and not line[after:end].strip()
        if colon or label["open"] or heads:
            name = label["label"].lower()
            words = trimmed(line, colon.end() if colon else after, end)
            begin, until = _seconds(first or second)
            speaker = _SPEAKER_OF.get(name) or _WEAK[name]
            return Spoken(speaker, name in _WEAK, words.start, words.end, begin, until)
    if first and line[first.start() : first.end()].lstrip().startswith("["):
        words = trimmed(line, first.end(), end)
        begin, until = _seconds(first)
        return Spoken("", False, words.start, words.end, begin, until)
    return Spoken("", False, start, end)


def _seconds(stamp: re.Match[str] | None) -> tuple[float | None, float | None]:
    if stamp is None:
        return None, None
    return _clock(stamp[1] or stamp[3]), _clock(stamp[2])


def _clock(text: str | None) -> float | None:
    if not text or "T" in text or " " in text:
        return None  # a time of day, not a time into the call
    total = 0.0
    for part in text.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def attribute(pieces: Sequence[Piece]) -> tuple[bool, list[Spoken]]:
    """(is it a transcript, who says each piece).

    A label counts only where its counterpart shows that labels are meant: `客户:` alone may be a
    salutation, `A:` alone a list. In a transcript a line without label goes on with the speaker
    before it; in a script it is the agent's.
    """
    heard = [listen(piece) for piece in pieces]
    strong = {each.speaker for each in heard if not each.weak}
    weak = {each.speaker for each in heard if each.weak}
    strong_counts = "agent" in strong
    weak_counts = len(weak) == 2
    heard = [
        each
        if not each.speaker or (weak_counts if each.weak else strong_counts)
        else Spoken("", False, piece.start, piece.end)
        for each, piece in zip(heard, pieces, strict=True)
    ]
    labelled = sum(bool(each.speaker) for each in heard)
    voices = {each.speaker for each in heard if each.speaker}
    mostly = labelled * 2 >= len(heard)
    first = next((at for at, each in enumerate(heard) if each.speaker), 0)
    lead = pieces[:first]
    headed = all(_STRANGER.match(*piece) for piece in lead) or (
        first <= 3 and all(_HEADING.fullmatch(*piece) for piece in lead)
    )
    transcript = bool(labelled) and (mostly or (len(voices) > 1 and headed))
    speaker = ""
    said = []
    for each, piece in zip(heard, pieces, strict=True):
        if each.speaker:
            speaker = each.speaker
            said.append(each)
            continue
        stranger = _STRANGER.match(piece.line, each.start, each.end)
        if not transcript:
            now = "agent"
        elif not speaker:
            now = "system" if stranger else "agent"  # `通话编号:…` above the talk
        elif stranger and speaker != "agent":
            now = "unknown"  # `张经理:…` is not what the debtor said
        else:
            now = speaker
        said.append(each._replace(speaker=now))
    return transcript, said


def _split_at_labels(text: str, start: int, end: int) -> Iterator[Piece]:
    """A line in which several speakers are named one after the other, cut before each name."""
    cuts = [match.start(1) for match in _INLINE.finditer(text, start, end) if match.start(1) > start]
    for low, high in zip([start, *cuts], [*cuts, end], strict=True):
        yield trimmed(text, low, high)


def turns_of(text: str, origin: Origin) -> Iterator[Turn]:
    """The turns of a whole conversation kept in one text; a single unknown turn when it has no labels."""
    pieces = [piece for match in _LINE.finditer(text) for piece in _split_at_labels(text, *match.span())]
    pieces = [piece for piece in pieces if piece.start < piece.end]
    transcript, said = attribute(pieces)
    if not transcript:
        yield Turn("unknown", text, None, None, origin)
        return
    whole = Turn("unknown", text, None, None, origin)
    for each in said:
        if each.start == each.end:
            continue
        line, column = place_of(whole, each.start)
        locate = Shifted(origin.locate, each.start) if origin.locate else None
        place = origin._replace(line=line, column=column, locate=locate)
        yield Turn(each.speaker, text[each.start : each.end], each.at, each.until, place)
