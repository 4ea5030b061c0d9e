"""CSV and TSV: a document a row, or a call from the rows that share its number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from collectlint.document import Document, Origin, Turn
from collectlint.errors import InputError, Place
from collectlint.finding import Failure
from collectlint.lazy import lazily
from collectlint.readers import record
from collectlint.readers.csv_cells import Row, origin_of, rows, split
from collectlint.readers.csv_header import OWN_FIELDS, Header, field_of, header_of
from collectlint.readers.settings import NAMED, SURE, Items, Lines, ReadSettings, Source
from collectlint.readers.speech import speaker_of, turns_of

_DELIMITERS = (",", "\t", ";", "|")
_YES = ("是", "true", "yes", "y", "1", "有")
_NO = ("否", "false", "no", "n", "0", "无", "無")
_LISTS = ("send_window", "consent_hours")
_FLAGS = ("lost_contact", "authorised_by_debtor")
_SEPARATORS = lazily(r"\s*[;；、,，]\s*")


def sniff(head: str, name: str) -> int:
    """Sure of a first row with two cells or more of which one names a text column."""
    first = _first_line(head)
    if not first.lstrip().startswith("|"):
        for delimiter in _DELIMITERS:
            cells = first.split(delimiter)
            if len(cells) > 1 and any(field_of(cell) == "text" for cell in cells):
                return SURE
    return NAMED if name.lower().endswith((".csv", ".tsv")) else 0


def read(lines: Lines, source: Source, settings: ReadSettings) -> Items:
    """Documents of a table; InputError when no column holds text or a mapped column is missing."""
    first = None
    for line in lines:
        if isinstance(line, Failure):
            yield line
            raise InputError("表头无法读取", Place(source.path, line.line), "请以正确编码重新导出")
        if line.text and not line.text.isspace():
            first = line
            break
    if first is None:
        return
    delimiter = "\t" if settings.format == "tsv" else _delimiter(first.text, source.name, settings)
    table = rows(chain([first], lines), delimiter, source.path)
    top = next(table)
    if isinstance(top, Failure):
        raise InputError(top.reason, Place(source.path, top.line), top.remedy)
    header = header_of([cell.value for cell in top.cells], settings, Place(source.path, top.number))
    if header.at("call_id") >= 0 and header.at("speaker") >= 0:
        yield from _calls(table, header, source, settings)
        return
    for row in table:
        if isinstance(row, Failure):
            yield row
            continue
        try:
            yield _document(row, header, source, settings)
        except InputError as error:
            yield Failure(source.path, row.number, error.message, error.remedy)


def _first_line(head: str) -> str:
    return next((line for line in re.split(r"\r\n|\n|\r", head) if line.strip()), "")


def _delimiter(first: str, name: str, settings: ReadSettings) -> str:
    """The delimiter that shows most known columns, then most columns."""
    wanted = {column.strip() for column in settings.columns.values()}

    def worth(delimiter: str) -> tuple[int, int]:
        cells = split(first, delimiter)
        names = [cell.value for cell in cells] if isinstance(cells, list) else first.split(delimiter)
        known = sum(field_of(each) != "" or each.strip() in wanted for each in names)
        return known, len(names)

    preferred = (
        sorted(_DELIMITERS, key=lambda each: each != "\t") if name.lower().endswith(".tsv") else _DELIMITERS
    )
    return max(preferred, key=worth)


def _values(row: Row, header: Header) -> dict[str, Any]:
    """Fields of a row but for text, speaker, times and call number; words and flags in JSON's form."""
    extra = row.cells[len(header.fields) :]
    if any(cell.value.strip() for cell in extra) or len(row.cells) <= header.at("text"):
        reason = f"这一行有 {len(row.cells)} 格，表头有 {len(header.fields)} 列"
        raise InputError(reason, remedy="含分隔符或换行的单元格须用双引号括起")
    values: dict[str, Any] = {}
    for field, name, cell in zip(header.fields, header.names, row.cells, strict=False):
        value = cell.value.strip()
        if field in OWN_FIELDS or not value:
            continue
        if not field:
            values[name if name not in values and not record.is_field(name) else f"{name}_"] = value
        elif field in record.CHOICES:
            words = record.WORDS.get(field, {})
            values[field] = words.get(value) or words.get(value.lower()) or value
        elif field in _LISTS:
            values[field] = [each for each in _SEPARATORS.split(value) if each]
        elif field in _FLAGS:
            if value.lower() not in _YES + _NO:
                raise InputError(
                    f"{field} 的值「{record.shorten(value)}」无效", remedy="请写 是/否 或 true/false"
                )
            values[field] = value.lower() in _YES
        else:
            values[field] = (
                value.replace("/", "-") if field in ("started_at", "ended_at", "objected_at") else value
            )
    return values


def _document(row: Row, header: Header, source: Source, settings: ReadSettings) -> Document:
    known, others = record.check_fields(_values(row, header))
    kind = known.setdefault("kind", settings.kind or ("template" if header.templates else "message"))
    _set_defaults(known, settings, "call" if kind in ("script", "transcript") else "sms")
    cell = row.cells[header.at("text")]
    origin = origin_of(row, cell, source.path)
    turns: tuple[Turn, ...]
    if kind == "transcript":
        turns = tuple(turns_of(cell.value, origin))
    else:
        turns = (Turn("agent", cell.value, None, None, origin),)
    return record.make_document(
        known, others, turns, Origin(source.path, row.number, 1), f"{source.name}:{row.number}"
    )


def _set_defaults(known: dict[str, Any], settings: ReadSettings, channel: str) -> None:
    known.setdefault("jurisdiction", settings.jurisdiction)
    known.setdefault("party", settings.party)
    known.setdefault("channel", settings.channel or channel)


def _calls(table: Iterator[Row | Failure], header: Header, source: Source, settings: ReadSettings) -> Items:
    """One transcript a call number, in order of first appearance; its rows need not stand together."""
    calls: dict[str, list[Row]] = {}
    held = 0
    for row in table:
        if isinstance(row, Failure):
            yield row
            continue
        held += len(row.raw)
        if held > settings.max_whole_bytes:
            raise InputError("通话表过大", remedy="请拆分文件，或改用 JSONL（每行一通电话）")
        number = _cell(row, header, "call_id")
        if number:
            calls.setdefault(number, []).append(row)
        else:
            yield Failure(source.path, row.number, "这一行没有通话编号", "请补上通话编号")
    for number, its_rows in calls.items():
        yield _call(number, its_rows, header, source, settings)


def _cell(row: Row, header: Header, field: str) -> str:
    at = header.at(field)
    return row.cells[at].value.strip() if 0 <= at < len(row.cells) else ""


def _call(
    number: str, its_rows: list[Row], header: Header, source: Source, settings: ReadSettings
) -> Document | Failure:
    turns: list[Turn] = []
    merged: dict[str, Any] = {}
    row = its_rows[0]
    try:
        for row in its_rows:
            for field, value in _values(row, header).items():
                if record.is_field(field) and merged.get(field, value) != value:
                    raise InputError(
                        f"同一通话的 {field} 前后不一：{merged[field]}、{value}", remedy="请改为一致"
                    )
                merged.setdefault(field, value)
            speaker = _cell(row, header, "speaker")
            who = speaker_of(speaker) or record.choice("speaker", speaker)
            start, end = (_seconds(field, _cell(row, header, field)) for field in ("start", "end"))
            cell = row.cells[header.at("text")]
            turns.append(Turn(who, cell.value, start, end, origin_of(row, cell, source.path)))
        # Exports often list one channel after the other.
        starts = [turn.start for turn in turns if turn.start is not None]
        if len(starts) == len(turns):
            turns.sort(key=lambda turn: turn.start or 0.0)
        known, others = record.check_fields(merged)
        known["kind"] = "transcript"
        _set_defaults(known, settings, "call")
        return record.make_document(
            known, others, tuple(turns), Origin(source.path, its_rows[0].number, 1), number
        )
    except InputError as error:
        reason = f"通话 {record.shorten(number)}：{error.message}，整通未检查"
        return Failure(source.path, row.number, reason, error.remedy)


def _seconds(field: str, value: str) -> float | None:
    if not value:
        return None
    try:
        return record.seconds(field, float(value))
    except ValueError:
        remedy = "应为通话开始后的秒数，如 12.5"
        raise InputError(f"{field} 的值「{record.shorten(value)}」不是秒数", remedy=remedy) from None
