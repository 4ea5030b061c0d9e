"""The native format: one JSON document a line, or a .json file with one document or an array of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from collectlint.document import Document, Origin, Turn
from collectlint.errors import InputError
from collectlint.finding import Failure
from collectlint.lazy import lazily
from collectlint.readers import record
from collectlint.readers.json_place import Literal
from collectlint.readers.settings import NAMED, POSSIBLE, SURE, Items, Line, Lines, ReadSettings, Source
from collectlint.readers.speech import turns_of
from collectlint.readers.strict_json import loads

_OBJECT = lazily(r'\s*\{\s*("|\}|$)')
_ARRAY = lazily(r'\s*\[\s*(\{\s*["}]|\]\s*$|$)')
_NATIVE = lazily(r'"(?:text|turns)"\s*:')
_TOKEN = lazily(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{}]', re.DOTALL)
_PLAIN = frozenset((*record.field_names(), "note", "tags", "spans"))  # of a native document
_LEVELS = 64
_BLANKS = lazily(r"[\s,]*")
_LIKELY_TEXT = (
    "content",
    "message",
    "msg",
    "body",
    "文本",
    "内容",
    "內容",
    "话术",
    "話術",
    "sms",
    "dialogue",
    "messages",
)


def sniff(head: str, name: str) -> int:
    """Sure of JSON with `text` or `turns`; other JSON only when its name or the user says so."""
    shaped = _ARRAY.match(head) or _OBJECT.match(head)
    if not shaped:
        firsts = [line for line in head.split("\n", 20)[:20] if line.strip()]
        shaped_lines = [line for line in firsts if _OBJECT.match(line) and line.rstrip().endswith("}")]
        if len(shaped_lines) * 2 < len(firsts) or not shaped_lines:
            return NAMED if name.lower().endswith((".jsonl", ".ndjson")) else 0
    if _NATIVE.search(head):
        return SURE
    from collectlint.readers.asr.table import is_shaped, is_speechlike

    if is_shaped(head):
        return SURE
    if is_speechlike(head):  # read returns a Failure for it, so that no call goes unseen
        return NAMED
    return NAMED if name.lower().endswith((".jsonl", ".ndjson")) else POSSIBLE + 10


def read(lines: Lines, source: Source, settings: ReadSettings) -> Items:
    """Documents of a JSON Lines or JSON file; a record with a fault is one Failure."""
    whole, every = looked_at(lines)
    yield from (_read_whole if whole else read_lines)(every, source, settings)


def looked_at(lines: Lines) -> tuple[bool, Iterator[Line | Failure]]:
    """(is this one JSON text rather than one a line?, the same lines)."""
    firsts: list[Line | Failure] = []
    filled: list[str] = []
    for line in lines:
        firsts.append(line)
        if isinstance(line, Line) and line.text.strip():
            filled.append(line.text.strip())
            if len(filled) == 2:
                break
    return bool(filled) and _is_whole(filled), chain(firsts, lines)


def _is_whole(filled: list[str]) -> bool:
    """One JSON text over several lines, or an array; judged by its first two lines with text."""
    first = filled[0]
    if first.startswith("["):
        return True
    goes_on = first.startswith("{") and first.endswith(("{", "[", ",", ":"))
    return goes_on and len(filled) > 1 and not _OBJECT.match(filled[1])


def read_lines(lines: Iterator[Line | Failure], source: Source, settings: ReadSettings) -> Items:
    """A document a line, from any line of a JSON Lines file on."""
    for line in lines:
        if isinstance(line, Failure):
            yield line
            continue
        raw = line.text
        if not raw or raw.isspace():
            continue
        try:
            yield parse(raw, line.number, 1, source, settings, f"{source.name}:{line.number}")
        except InputError as error:
            if not line.ending and not raw.rstrip().endswith("}"):
                reason = "最后一行不完整，文件可能被截断"
                yield Failure(source.path, line.number, reason, "请重新导出或传输该文件")
            else:
                yield Failure(source.path, line.number, error.message, error.remedy)


def _read_whole(lines: Iterator[Line | Failure], source: Source, settings: ReadSettings) -> Items:
    parts: list[str] = []
    held = 0
    for line in lines:
        if isinstance(line, Failure):
            yield line._replace(reason=f"{line.reason}；整个 JSON 文件因此未读")
            return
        held += len(line.text) + 1
        if held > settings.max_whole_bytes:
            raise InputError("JSON 文件过大", remedy="请改用 JSONL（每行一个文档），可边读边查")
        parts.append(line.text)
        parts.append(line.ending)
    text = "".join(parts)
    if _is_one_call(text):
        try:
            yield parse(text, 1, 1, source, settings, source.name)
        except InputError as error:
            cut = not text.rstrip().endswith("]")
            reason = "JSON 没有结束，文件可能被截断" if cut else error.message
            yield Failure(source.path, 1, reason, "请重新导出或传输该文件" if cut else error.remedy)
        return
    number, column, counted = 1, 1, 0
    last_number = 0
    for start, end, fault in _items(text):
        passed = text[counted:start].replace("\r\n", "\n").replace("\r", "\n")
        breaks = passed.count("\n")
        column = len(passed) - passed.rfind("\n") if breaks else column + len(passed)
        number += breaks
        counted = start
        if fault:
            yield Failure(source.path, number, fault, "请修正 JSON，或改用 JSONL（每行一个文档）")
            continue
        default_id = f"{source.name}:{number}" + (f":{column}" if number == last_number else "")
        last_number = number
        try:
            yield parse(text[start:end], number, column, source, settings, default_id)
        except InputError as error:
            yield Failure(source.path, number, error.message, error.remedy)


def _is_one_call(text: str) -> bool:
    """A list of what was said rather than of documents, or one that broke off before its end."""
    if not text.lstrip().startswith("["):
        return False
    found = next(_items(text), None)
    if found is None or found[2]:
        return False
    from collectlint.readers.asr.table import shape_of

    try:
        first = loads(text[found[0] : found[1]], _LEVELS)
    except InputError:
        return False
    return shape_of([first]) is not None


def _items(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, fault) of each object at the top or in the top array, without parsing it."""
    lead = _BLANKS.match(text)
    at = lead.end() if lead else 0
    base = 1 if text.startswith("[", at) else 0
    depth = 0
    start = end = at
    for match in _TOKEN.finditer(text, at):
        first = match.group()
        if first == '"':  # no closing quote was found for it
            yield (start if depth > base else match.start()), len(text), "字符串没有结束，文件可能被截断"
            return
        if first[0] in "[{":
            if depth == base:
                if text[end : match.start()].strip(" \t\r\n,"):
                    yield end, match.start(), "此处不是 JSON 对象"
                start = match.start()
            depth += 1
            if not base or depth > 1:
                continue
            end = match.end()
        elif first[0] in "]}":
            depth -= 1
            if depth == base:
                end = match.end()
                yield start, end, ""
            elif depth < base:
                if text[end : match.start()].strip(" \t\r\n,"):
                    yield end, match.start(), "此处不是 JSON 对象"
                end = match.end()
                base = depth = 0
    if depth > base or base:
        yield (start if depth > base else end), len(text), "JSON 没有结束，文件可能被截断"
    elif text[end:].strip(" \t\r\n,"):
        yield end, len(text), "此处不是 JSON 对象"


def parse(
    raw: str, line: int, column: int, source: Source, settings: ReadSettings, default_id: str
) -> Document:
    """The document written in `raw`, which begins at (line, column); InputError says what is wrong."""
    value = loads(raw, settings.max_depth, settings.max_values)
    if not settings.columns and _may_be_speech(value):
        from collectlint.readers.asr.table import shape_of

        shape = shape_of(value)
        if shape is not None:
            from collectlint.readers.asr.reading import document

            return document(shape, value, raw, line, column, source, settings, default_id)
    if not isinstance(value, dict):
        raise record.wrong_type("一条记录", value, "JSON 对象")
    text_key = settings.columns.get("text", "text")
    turns_key = settings.columns.get("turns", "turns")
    text, turns = value.pop(text_key, None), value.pop(turns_key, None)
    for field, column_name in settings.columns.items():
        if column_name in value:
            value[field] = value.pop(column_name)
    if (text is None) == (turns is None):
        raise _text_or_turns(text is None, value)
    known, others = record.check_fields(value)
    kind = known.setdefault("kind", settings.kind or ("message" if turns is None else "transcript"))
    known.setdefault("jurisdiction", settings.jurisdiction)
    known.setdefault("party", settings.party)
    if "channel" not in known:
        known["channel"] = settings.channel or ("call" if kind in ("script", "transcript") else "sms")
    if turns is None:
        if not isinstance(text, str):
            raise record.wrong_type(text_key, text, "字符串")
        origin = _origin(source, Literal(raw, line, column, (text_key,)))
        spoken = (
            tuple(turns_of(text, origin))
            if kind == "transcript"
            else (Turn("agent", text, None, None, origin),)
        )
    elif isinstance(turns, list):
        silent = "unknown" if kind == "transcript" else "agent"
        spoken = tuple(
            _turn(
                turn,
                index,
                silent,
                _origin(source, Literal(raw, line, column, (turns_key, index, "text"))),
            )
            for index, turn in enumerate(turns)
        )
    else:
        raise record.wrong_type(turns_key, turns, "数组")
    return record.make_document(known, others, spoken, Origin(source.path, line, column), default_id)


def _may_be_speech(value: Any) -> bool:
    """Could the value be a recogniser's result? Cheap, for it is asked of every native document too."""
    if not isinstance(value, dict):
        return True
    if "turns" in value:
        return False
    return "text" not in value or any(
        type(item) in (list, dict) and key not in _PLAIN for key, item in value.items()
    )


def _origin(source: Source, literal: Literal) -> Origin:
    return Origin(source.path, literal.line, literal.column, "", literal)


def _text_or_turns(neither: bool, value: dict[str, Any]) -> InputError:
    if not neither:
        return InputError("text 与 turns 不能同时出现", remedy="单条文字用 text，对话用 turns")
    from collectlint.readers.asr.table import SHOWN

    if any(isinstance(each, (list, dict)) for each in value.values()):
        return InputError(
            "不是认得的文档或语音识别结果（既没有 text 也没有 turns）",
            remedy=f"认得的识别结果：{SHOWN}；其余请转成 turns",
        )
    likely = next((key for key in value if key.lower() in _LIKELY_TEXT), "")
    remedy = (
        f"请把键「{likely}」改名为 text，或用列映射 text={likely}"
        if likely
        else "单条文字用 text，对话用 turns"
    )
    return InputError("既没有 text 也没有 turns", remedy=remedy)


def _turn(turn: Any, index: int, silent: str, origin: Origin) -> Turn:
    try:
        if not isinstance(turn, dict):
            raise record.wrong_type("内容", turn, "对象")
        speaker = turn.get("speaker")
        text = turn.get("text")
        if not isinstance(text, str):
            raise record.wrong_type("text", text, "字符串")
        start, end = turn.get("start"), turn.get("end")
        if start is not None or end is not None:
            start, end = record.seconds("start", start), record.seconds("end", end)
            if start is not None and end is not None and end < start:
                raise InputError(f"end（{end}）早于 start（{start}）", remedy="请检查时间")
        return Turn(
            silent if speaker is None else record.choice("speaker", speaker), text, start, end, origin
        )
    except InputError as error:
        raise InputError(f"turns[{index}] 的 {error.message}", remedy=error.remedy) from None
