"""Rows of a table -> Documents: a message or a call a row, or a call from all rows with its number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from collectlint.document import Document, Doubt, Origin, Turn
from collectlint.errors import InputError
from collectlint.finding import Failure
from collectlint.lazy import lazily
from collectlint.readers import record
from collectlint.readers.csv_cells import Row, origin_of
from collectlint.readers.csv_header import OWN_FIELDS, Header
from collectlint.readers.settings import LINE_COST, Items, ReadSettings, Source
from collectlint.readers.speech import turns_of
from collectlint.readers.spoken_call import Piece, transcript
from collectlint.readers.timing import clock, moment

_YES = ("是", "true", "yes", "y", "1", "有")
_NO = ("否", "false", "no", "n", "0", "无", "無")
_LISTS = ("send_window", "consent_hours")
_FLAGS = ("lost_contact", "authorised_by_debtor")
_TIMES = ("started_at", "ended_at", "objected_at")
_NUMBERS = ("id", "call_id", "debtor_id", "agent_id", "case_id", "callee")
_SEPARATORS = lazily(r"\s*[;；、,，]\s*")
_SCIENTIFIC = lazily(r"[1-9](?:\.\d+)?[eE]\+?\d{2}")


def is_grouped(header: Header) -> bool:
    """Do several rows of the table make one document, so that it can be read only as a whole?"""
    if header.at("text") < 0:
        return False
    return (header.at("call_id") >= 0 and header.at("speaker") >= 0) or header.is_one_call


def documents(
    table: Iterator[Row | Failure], header: Header, source: Source, settings: ReadSettings
) -> Items:
    """The documents of a table's rows, its header left out; a row with a fault is one Failure."""
    if header.at("text") < 0:
        yield from _records(table, header, source, settings)
    elif header.at("call_id") >= 0 and header.at("speaker") >= 0:
        yield from _calls(table, header, source, settings)
    elif header.is_one_call:
        yield from _one_call(table, header, source, settings)
    else:
        for row in table:
            if isinstance(row, Failure):
                yield row
                continue
            try:
                yield _document(row, header, source, settings)
            except InputError as error:
                yield _failure(row, header, source, error.message, error.remedy)


def _records(table: Iterator[Row | Failure], header: Header, source: Source, settings: ReadSettings) -> Items:
    """Records of contacts without what was said: hours and counts can be judged, words cannot."""
    for row in table:
        if isinstance(row, Failure):
            yield row
            continue
        try:
            values, doubts = values_of(row, header)
            number = _cell(row, header, "call_id")
            if number and not _SCIENTIFIC.fullmatch(number):
                values.setdefault("id", number)
            known, others = record.check_fields(values)
            known.setdefault("jurisdiction", settings.jurisdiction)
            known.setdefault("party", settings.party)
            known.setdefault("channel", settings.channel or "call")
            known["kind"] = "transcript"
            if known.get("outcome") != "attempt":
                doubts.append(Doubt("turns", "只有联系记录，没有文字，用语未检查"))
            yield record.make_document(
                known, others, (), _place(row, source), _name(row, source), tuple(doubts)
            )
        except InputError as error:
            yield _failure(row, header, source, error.message, error.remedy)


def values_of(row: Row, header: Header) -> tuple[dict[str, Any], list[Doubt]]:
    """Fields of a row but for text, speaker and times; words and flags in JSON's form."""
    extra = row.cells[len(header.fields) :]
    if any(cell.value.strip() for cell in extra) or len(row.cells) <= header.at("text"):
        reason = f"这一行有 {len(row.cells)} 格，表头有 {len(header.fields)} 列"
        raise InputError(reason, remedy="含分隔符或换行的单元格须用双引号括起")
    values: dict[str, Any] = {}
    doubts = []
    for field, name, cell in zip(header.fields, header.names, row.cells, strict=False):
        value = cell.value.strip()
        if field in OWN_FIELDS or not value:
            continue
        if field in _NUMBERS and _SCIENTIFIC.fullmatch(value):
            doubts.append(
                Doubt(
                    "fields",
                    f"列「{name}」被表格软件写成科学计数法，号码已不完整，未采用；请以文本格式重新导出",
                )
            )
        elif not field:
            values[name if name not in values and not record.is_field(name) else f"{name}_"] = value
        elif field.startswith("fields."):
            values[field.removeprefix("fields.")] = value
        else:
            values[field] = plain_value(field, value, header.values.get(field))
    return values, doubts


def plain_value(field: str, value: str, own: Mapping[str, str] | None = None) -> Any:
    """What a table writes for a field, in JSON's form; `own` are the words of a project.

    Raises InputError for a flag that is neither yes nor no.
    """
    if own and value in own:
        return plain_value(field, own[value])
    if field in record.CHOICES:
        words = record.WORDS.get(field, {})
        return words.get(value) or words.get(value.lower()) or value
    if field in _LISTS:
        return [each for each in _SEPARATORS.split(value) if each]
    if field == "schedule":
        return [value]
    if field in _FLAGS:
        if value.lower() not in _YES + _NO:
            raise InputError(
                f"{field} 的值「{record.shorten(value)}」无效", remedy="请写 是/否 或 true/false"
            )
        return value.lower() in _YES
    return moment(value) or value.replace("/", "-") if field in _TIMES else value


def _place(row: Row, source: Source) -> Origin:
    """Where a row begins."""
    name = row.cells[0].name if row.cells else ""
    return Origin(source.path, 0 if name else row.number, 0 if name else 1, name)


def _failure(row: Row, header: Header, source: Source, reason: str, remedy: str) -> Failure:
    """A row's fault; a spreadsheet's row is named by its sheet."""
    sheet = row.cells[0].name.rpartition("!")[0] if row.cells else ""
    return Failure(source.path, row.number, f"工作表 {sheet}：{reason}" if sheet else reason, remedy)


def _name(row: Row, source: Source) -> str:
    sheet = row.cells[0].name.rpartition("!")[0] if row.cells else ""
    return f"{source.name}:{sheet}:{row.number}" if sheet else f"{source.name}:{row.number}"


def _document(row: Row, header: Header, source: Source, settings: ReadSettings) -> Document:
    values, doubts = values_of(row, header)
    number = _cell(row, header, "call_id")
    if number and not _SCIENTIFIC.fullmatch(number):
        values.setdefault("id", number)
    known, others = record.check_fields(values)
    usual = "transcript" if header.calls else "template" if header.templates else "message"
    kind = known.setdefault("kind", settings.kind or usual)
    cell = row.cells[header.at("text")]
    origin = origin_of(row, cell, source.path)
    if kind != "transcript":
        known.setdefault("jurisdiction", settings.jurisdiction)
        known.setdefault("party", settings.party)
        known.setdefault("channel", settings.channel or ("call" if kind == "script" else "sms"))
        turns = (Turn("agent", cell.value, None, None, origin),)
        return record.make_document(
            known, others, turns, _place(row, source), _name(row, source), tuple(doubts)
        )
    pieces = [
        Piece(turn.text, "" if turn.speaker == "unknown" else turn.speaker, turn.start, turn.end, turn.origin)
        for turn in turns_of(cell.value, origin)
    ]
    return transcript(pieces, "s", known, others, settings, _place(row, source), _name(row, source), doubts)


def _calls(table: Iterator[Row | Failure], header: Header, source: Source, settings: ReadSettings) -> Items:
    """One transcript a call number, in order of first appearance; its rows need not stand together."""
    calls: dict[str, list[Row]] = {}
    held = 0
    for row in table:
        if isinstance(row, Failure):
            yield row
            continue
        held += sum(len(cell.value) + LINE_COST for cell in row.cells)
        if held > settings.max_whole_bytes:
            raise InputError("通话表过大", remedy="请拆分文件，或改用 JSONL（每行一通电话）")
        number = _cell(row, header, "call_id")
        if not number:
            yield _failure(row, header, source, "这一行没有通话编号", "请补上通话编号")
        elif _SCIENTIFIC.fullmatch(number):
            reason = f"通话编号 {number} 被表格软件写成科学计数法，分不清是哪一通，未检查"
            yield _failure(row, header, source, reason, "请以文本格式重新导出")
        else:
            calls.setdefault(number, []).append(row)
    for number, its_rows in calls.items():
        yield _call(number, its_rows, header, source, settings)


def _one_call(
    table: Iterator[Row | Failure], header: Header, source: Source, settings: ReadSettings
) -> Items:
    """The rows of a file that is one call: beginning, end and text, no number of a call."""
    its_rows = []
    for row in table:
        if isinstance(row, Failure):
            yield row
        else:
            its_rows.append(row)
    if its_rows:
        yield _call("", its_rows, header, source, settings)


def _cell(row: Row, header: Header, field: str) -> str:
    at = header.at(field)
    return row.cells[at].value.strip() if 0 <= at < len(row.cells) else ""


def _call(
    number: str, its_rows: list[Row], header: Header, source: Source, settings: ReadSettings
) -> Document | Failure:
    pieces: list[Piece] = []
    merged: dict[str, Any] = {}
    doubts: list[Doubt] = []
    row = its_rows[0]
    # A column `开始时间` with another time in each row tells when each turn began.
    of_turns = (
        header.at("start") < 0 and len({_cell(row, header, "started_at") for row in its_rows} - {""}) > 1
    )
    try:
        for row in its_rows:
            values, more = values_of(row, header)
            doubts.extend(doubt for doubt in more if doubt not in doubts)
            started, ended = (
                _moment_of_turn(values, field) if of_turns else None for field in ("started_at", "ended_at")
            )
            for field, value in values.items():
                if record.is_field(field) and merged.get(field, value) != value:
                    raise InputError(
                        f"同一通话的 {field} 前后不一：{merged[field]}、{value}", remedy="请改为一致"
                    )
                merged.setdefault(field, value)
            start, end = (_time(field, _cell(row, header, field)) for field in ("start", "end"))
            if header.at("text") >= len(row.cells):
                raise InputError("这一行没有文本", remedy="请补上")
            cell = row.cells[header.at("text")]
            pieces.append(
                Piece(
                    cell.value,
                    _cell(row, header, "speaker"),
                    start if start is not None else started,
                    end if end is not None else ended,
                    origin_of(row, cell, source.path),
                )
            )
        known, others = record.check_fields(merged)
        unit = "s" if of_turns or _is_clock(its_rows[0], header) else header.unit
        return transcript(
            pieces, unit, known, others, settings, _place(its_rows[0], source), number or source.name, doubts
        )
    except InputError as error:
        which = f"通话 {record.shorten(number)}：" if number else ""
        return _failure(row, header, source, f"{which}{error.message}，整通未检查", error.remedy)


def _moment_of_turn(values: dict[str, Any], field: str) -> float | None:
    """The field taken out of a row's values, as seconds since 1970 in the zone of all three jurisdictions."""
    from datetime import datetime

    from collectlint.readers.timing import ZONE

    written = moment(str(values.pop(field, "")))
    if written is None:
        return None
    parsed = datetime.fromisoformat(written)
    return (parsed.replace(tzinfo=ZONE) if parsed.tzinfo is None else parsed).timestamp()


def _is_clock(row: Row, header: Header) -> bool:
    return clock(_cell(row, header, "start")) is not None


def _time(field: str, value: str) -> float | None:
    """A time into the call, as a number or a clock; InputError otherwise."""
    if not value:
        return None
    at = clock(value)
    if at is not None:
        return at
    try:
        return record.seconds(field, float(value))
    except ValueError:
        remedy = "应为通话开始后的秒数，如 12.5，或 00:12.5"
        raise InputError(f"{field} 的值「{record.shorten(value)}」不是秒数", remedy=remedy) from None
