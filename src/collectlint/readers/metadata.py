"""Facts about calls from a second table (CSV, XLSX, JSON Lines, Parquet), joined by the call's number."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import chain
from types import MappingProxyType
from typing import Any, BinaryIO, NamedTuple

from collectlint.document import MODE_BY_CHANNEL, Document, Doubt
from collectlint.errors import InputError, Place, UsageError
from collectlint.finding import Failure
from collectlint.readers import decode, files, parquet, record
from collectlint.readers.csv_cells import Cell, Row, rows
from collectlint.readers.csv_header import Header, field_of, table_header
from collectlint.readers.settings import Line, Lines, ReadSettings
from collectlint.readers.table_rows import values_of

_ZIP = b"PK\x03\x04"
_NEVER = ("kind", "id", "label")  # what a document is, it says itself
_NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
_DERIVED = ("channel", "outcome", "mode")  # readers set them by themselves


class Facts(NamedTuple):
    """What the table says of one call: checked fields, further columns, doubts."""

    known: Mapping[str, Any]
    others: Mapping[str, Any]
    doubts: tuple[Doubt, ...]


class Metadata(NamedTuple):
    """The table by call number, None for one with contradicting rows; `failures` are its broken rows."""

    facts: Mapping[str, Facts | None]
    failures: tuple[Failure, ...]


class _Table(NamedTuple):
    header: Header
    rows: Iterable[Row | Failure]


def load(path: str, key: str, settings: ReadSettings, columns: Mapping[str, str] = _NO_COLUMNS) -> Metadata:
    """The table at `path`, held in memory; `key` names the column with the call's number, "" = found by name.

    `columns` maps a field to the name of its column, over what the headings say. Raises UsageError when
    the file cannot be used at all or has no such column.
    """
    try:
        stream, size = files.open_file(path)
        with stream:
            if size > settings.max_bytes_per_file:
                raise decode.too_big(path, settings.max_bytes_per_file)
            table = _table(stream, path, settings)
            table = table._replace(header=_mapped(table.header, columns, path))
            at = _key_column(table.header, key, path)
            return _gathered(table, at, files.shown(path))
    except InputError as error:
        raise UsageError(f"元数据表 {files.shown(path)}：{error.message}", remedy=error.remedy) from None


def joined(items: Iterable[Document | Failure], metadata: Metadata) -> Iterator[Document | Failure]:
    """The items with the table's facts; a document that the table does not know says so."""
    yield from metadata.failures
    for item in items:
        yield item if isinstance(item, Failure) else _with_facts(item, metadata)


def _with_facts(document: Document, metadata: Metadata) -> Document:
    number = next((each for each in _numbers(document) if each in metadata.facts), None)
    if number is None:
        return _doubting(document, Doubt("metadata", "元数据表里没有这份文档的编号"))
    facts = metadata.facts[number]
    if facts is None:
        return _doubting(document, Doubt("metadata", "元数据表里这个编号有多行，内容不一，未采用"))
    changes = {field: value for field, value in facts.known.items() if field not in _NEVER}
    defaults = Document._field_defaults
    against = [
        field
        for field, value in changes.items()
        if field not in _DERIVED and getattr(document, field) not in (None, (), defaults.get(field), value)
    ]
    doubts = list(facts.doubts)
    if against:
        doubts.append(Doubt("metadata", f"元数据表与文档的 {'、'.join(against)} 不一，以元数据表为准"))
    if "mode" not in changes and document.mode == MODE_BY_CHANNEL.get(document.channel):
        changes["mode"] = MODE_BY_CHANNEL.get(changes.get("channel", document.channel))
    return document._replace(
        **changes, fields={**facts.others, **document.fields}, doubts=(*document.doubts, *doubts)
    )


def _doubting(document: Document, doubt: Doubt) -> Document:
    return document._replace(doubts=(*document.doubts, doubt))


def _numbers(document: Document) -> Iterator[str]:
    """What may be the call's number: the id, a field called so, the name of a file that holds one call."""
    yield document.id
    for name, value in document.fields.items():
        if field_of(name) == "call_id":
            yield str(value)
    name = os.path.basename(document.origin.path)
    if document.id.rpartition("/")[2] in (name, f"{name}:1"):
        yield name.partition(".")[0]
        yield os.path.splitext(name)[0]


def _gathered(table: _Table, at: int, path: str) -> Metadata:
    facts: dict[str, Facts | None] = {}
    failures: list[Failure] = []
    header = table.header._replace(
        fields=tuple("call_id" if which == at else field for which, field in enumerate(table.header.fields))
    )
    for row in table.rows:
        if isinstance(row, Failure):
            failures.append(row)
            continue
        if not any(cell.value.strip() for cell in row.cells):
            continue
        number = row.cells[at].value.strip() if at < len(row.cells) else ""
        if not number:
            failures.append(Failure(path, row.number, "元数据表的这一行没有编号", "请补上"))
            continue
        try:
            values, doubts = values_of(row, header)
            known, others = record.check_fields(values)
        except InputError as error:
            failures.append(Failure(path, row.number, f"元数据表：{error.message}", error.remedy))
            continue
        found = Facts(known, others, tuple(doubts))
        facts[number] = None if number in facts and facts[number] != found else found
    return Metadata(facts, tuple(failures))


def _mapped(header: Header, columns: Mapping[str, str], path: str) -> Header:
    """The header with the columns that the user names for fields."""
    fields = list(header.fields)
    for field, column in columns.items():
        name = column.strip()
        if name not in header.names:
            near = get_close_matches(name, header.names, 1, 0.5)
            hint = f"是否为「{near[0]}」？" if near else ""
            raise UsageError(
                f"元数据表 {path} 没有列「{name}」（{field}）",
                remedy=f"{hint}现有列：{'、'.join(header.names)}",
            )
        fields = ["" if each == field else each for each in fields]
        fields[header.names.index(name)] = field
    return header._replace(fields=tuple(fields))


def _key_column(header: Header, key: str, path: str) -> int:
    """Index of the column with the call's number; UsageError when there is none."""
    shown = "、".join(header.names)
    if key:
        if key.strip() in header.names:
            return header.names.index(key.strip())
        raise UsageError(f"元数据表 {path} 没有列「{key}」", remedy=f"现有列：{shown}")
    for field in ("call_id", "id"):
        if header.at(field) >= 0:
            return header.at(field)
    raise UsageError(
        f"元数据表 {path} 里看不出哪一列是编号", remedy=f"请用 --metadata-key 指明；现有列：{shown}"
    )


def _table(stream: BinaryIO, path: str, settings: ReadSettings) -> _Table:
    head = stream.read(decode.HEAD_BYTES)
    stream.seek(0)
    if head.startswith(_ZIP):
        return _sheet(stream, path, settings)
    if head.startswith(parquet.SIGNATURE):
        return _of_records(enumerate(parquet.rows(stream, path, settings), 1), settings)
    encoding = decode.choose(head, path, settings)
    stream.read(len(head))
    lines = decode.lines(
        decode.blocks(stream, head, encoding.mark, settings.max_bytes_per_file, path),
        encoding,
        path,
        settings,
    )
    if head[encoding.mark :].decode(encoding.codec, "replace").lstrip().startswith("{"):
        return _of_records(_json_lines(lines, path, settings), settings)
    return _delimited(lines, path, settings)


def _sheet(stream: BinaryIO, path: str, settings: ReadSettings) -> _Table:
    from collectlint.readers import xlsx_table

    workbook = xlsx_table.open_workbook(stream, path, settings)
    for name in workbook.sheet_names:
        sheet = xlsx_table.sheet_rows(workbook, name, path)
        for row in sheet.rows():
            names = [cell.value for cell in row.cells]
            # Above the headings there may stand a title.
            if sum(bool(each.strip()) for each in names) > 1:
                return _Table(table_header(names), sheet.rows(row.number))
    raise InputError("工作簿是空的", Place(path), "请确认文件是否选对")


def _delimited(lines: Lines, path: str, settings: ReadSettings) -> _Table:
    from collectlint.readers.csv_table import delimiter_of

    for line in lines:
        if isinstance(line, Failure):
            raise InputError(line.reason, Place(path, line.line), line.remedy)
        if line.text.strip():
            break
    else:
        raise InputError("文件是空的", Place(path), "请确认文件是否选对")
    table = rows(chain([line], lines), delimiter_of(line.text, path, settings), path, settings.max_columns)
    top = next(table)
    if isinstance(top, Failure):
        raise InputError(top.reason, Place(path, top.line), top.remedy)
    # Held: the file is closed before the rows are joined.
    return _Table(table_header([cell.value for cell in top.cells]), table)


def _json_lines(
    lines: Iterator[Line | Failure], path: str, settings: ReadSettings
) -> Iterator[tuple[int, Any]]:
    from collectlint.readers.strict_json import loads

    for line in lines:
        if isinstance(line, Failure):
            yield line.line, line
        elif line.text.strip():
            try:
                yield line.number, loads(line.text, settings.max_depth)
            except InputError as error:
                yield line.number, Failure(path, line.number, error.message, error.remedy)


def _of_records(numbered: Iterator[tuple[int, Any]], settings: ReadSettings) -> _Table:
    """Records with keys as rows; the keys of all are the columns."""
    held = list(numbered)
    names = list(dict.fromkeys(name for _, one in held if isinstance(one, dict) for name in one))
    made: list[Row | Failure] = []
    for number, one in held:
        if isinstance(one, Failure):
            made.append(one)
        elif isinstance(one, dict):
            made.append(Row(number, "", [Cell(parquet.text_of(one.get(name)), 0, 0) for name in names]))
        else:
            made.append(Failure("", number, "元数据的这一行不是 JSON 对象", "每行应为一个对象"))
    return _Table(table_header(names), made)
