"""The readers, and how one is chosen: by what a file holds, its name only when that leaves it open."""

from __future__ import annotations

import os
from collections.abc import Callable
from difflib import get_close_matches
from io import BytesIO
from typing import BinaryIO, TypeAlias

from collectlint.errors import InputError, Place, UsageError
from collectlint.finding import Failure
from collectlint.readers import csv_table, decode, files, jsonl, marked_lines, parquet, subtitles, text
from collectlint.readers.bounds import bounded
from collectlint.readers.catalogue import json_file, properties_file, source_file, yaml_file
from collectlint.readers.given import read_text
from collectlint.readers.settings import NAMED, Items, Reader, ReadSettings, Source

__all__ = ["FORMATS", "ReadSettings", "read", "read_stdin", "read_text"]

# Names for --format; the first of each reader is the one that messages show. Order breaks ties.
READERS: tuple[tuple[tuple[str, ...], Reader], ...] = (
    (("jsonl", "json", "ndjson"), jsonl),
    (("csv", "tsv"), csv_table),
    (("srt", "vtt", "subtitles"), subtitles),
    (("marked-lines",), marked_lines),
    (("yaml", "yml"), yaml_file),
    (("json-catalogue",), json_file),
    (("properties",), properties_file),
    (("java", "kotlin", "python", "typescript", "javascript"), source_file),
    (("text", "txt", "markdown", "md"), text),
)
FORMATS = (*(name for names, _ in READERS for name in names), "xlsx", "parquet")
_ZIP = b"PK\x03\x04"
OfPath: TypeAlias = Callable[[str], ReadSettings | None]


def read(path: str | os.PathLike[str], settings: ReadSettings, of_path: OfPath | None = None) -> Items:
    """Documents and failures of a file, or of all files below a folder in sorted order.

    In a folder hidden files, binary files and files of no known format are left out; a file that
    is named and cannot be read is a Failure. `of_path` gives the settings of one file, None to leave
    it out. Raises UsageError for an unknown format or encoding,
    at once rather than at the first document.
    """
    check(settings)
    return _read(os.fspath(path), of_path or (lambda _: settings))


def _read(path: str, of_path: OfPath) -> Items:
    try:
        if not files.is_folder(path):
            own = of_path(files.shown(path))
            if own is not None:
                yield from read_file(path, os.path.basename(path), own, named=True)
            return
    except InputError as error:
        yield files.failure_of(error, files.shown(path))
        return
    for found in files.walk(path):
        if isinstance(found, Failure):
            yield found
        elif (own := of_path(files.shown(found.path))) is not None:
            yield from read_file(found.path, found.name, own, named=False)


def read_stdin(stream: BinaryIO, settings: ReadSettings) -> Items:
    """Documents and failures of a stream, shown as `<stdin>`; raises as `read` does."""
    check(settings)
    return _guarded(stream, Source("<stdin>", "stdin"), settings, named=True)


def read_held(path: str, text: str, settings: ReadSettings) -> Items:
    """Documents and failures of a file whose text somebody holds; raises as `read` does.

    None where a file of a folder would be left out.
    """
    check(settings)
    source = Source(files.shown(path), files.shown(os.path.basename(path)))
    stream = BytesIO(text.encode("utf-8", "surrogatepass"))
    return _guarded(stream, source, settings._replace(encoding="utf-8"), named=False)


def comment_marks(path: str, text: str, settings: ReadSettings) -> tuple[str, ...]:
    """The marks that comments with waivers may begin with in such a file; none where it has no comments."""
    head = text[: decode.HEAD_BYTES]
    reader = reader_of(head, files.shown(os.path.basename(path)), settings, named=False)
    marks: tuple[str, ...] = getattr(reader, "COMMENTS", ())
    return marks


def check(settings: ReadSettings) -> None:
    """Raises UsageError for a format or encoding that does not exist."""
    if settings.format and settings.format not in FORMATS:
        near = get_close_matches(settings.format, FORMATS, 1)
        hint = f"是否为 {near[0]}？" if near else ""
        raise UsageError(f"没有输入格式「{settings.format}」", remedy=f"{hint}可用：{'、'.join(FORMATS)}")
    if settings.encoding:
        decode.codec_of(settings.encoding)


def read_file(path: str, name: str, settings: ReadSettings, named: bool) -> Items:
    """Documents and failures of one file; `name` is its path below the folder that was named, if any was."""
    try:
        stream, size = files.open_file(path)
    except InputError as error:
        yield files.failure_of(error, files.shown(path))
        return
    source = Source(files.shown(path), files.shown(name))
    with stream:
        if size > settings.max_bytes_per_file:
            yield files.failure_of(decode.too_big(source.path, settings.max_bytes_per_file), source.path)
        else:
            yield from _guarded(stream, source, settings, named)


def _guarded(stream: BinaryIO, source: Source, settings: ReadSettings, named: bool) -> Items:
    try:
        yield from bounded(_read_stream(stream, source, settings, named), source.path, settings)
    except decode.BinaryInputError as error:
        if named:
            yield files.failure_of(error, source.path)
    except InputError as error:
        yield files.failure_of(error, source.path)
    except OSError as error:
        yield Failure(source.path, 0, f"读取中断：{error.strerror or error}", "请检查文件与磁盘后重试")


def _read_stream(stream: BinaryIO, source: Source, settings: ReadSettings, named: bool) -> Items:
    head = stream.read(decode.HEAD_BYTES)
    if not head:
        return
    if head.startswith(_ZIP) and not settings.encoding:
        yield from _read_workbook(stream, head, source, settings, named)
        return
    if head.startswith(parquet.SIGNATURE):
        yield from parquet.read(stream, source, settings)
        return
    if settings.format in ("xlsx", "parquet"):
        raise InputError(f"不是 {settings.format} 文件", Place(source.path), "请确认文件是否选对")
    encoding = _encoding(head, source, settings)
    reader = reader_of(head[encoding.mark :].decode(encoding.codec, "replace"), source.name, settings, named)
    if reader is None:
        return
    pieces = decode.blocks(stream, head, encoding.mark, settings.max_bytes_per_file, source.path)
    lines = decode.lines(pieces, encoding, source.path, settings)
    syntax = getattr(reader, "COMMENTS", ())
    if syntax:
        from collectlint.readers.comments import without_waivers

        lines = without_waivers(lines, syntax, source, settings.note)
    yield from reader.read(lines, source, settings)


def _encoding(head: bytes, source: Source, settings: ReadSettings) -> decode.Encoding:
    """The encoding; a properties file that is nothing else is ISO-8859-1, as its old standard has it."""
    try:
        return decode.choose(head, source.path, settings)
    except decode.BinaryInputError:
        raise
    except InputError:
        if not properties_file.sniff("", source.name):
            raise
        return decode.Encoding("latin-1")


def _read_workbook(
    stream: BinaryIO, head: bytes, source: Source, settings: ReadSettings, named: bool
) -> Items:
    from collectlint.readers import xlsx_table

    if not xlsx_table.is_workbook(head) or settings.format not in ("", "xlsx"):
        decode.choose(head, source.path, settings)  # raises what there is to say about a zip
    if stream.seekable():
        stream.seek(0)
    else:
        rest = stream.read(settings.max_whole_bytes + 1)
        if len(rest) > settings.max_whole_bytes:
            raise decode.too_big(source.path, settings.max_whole_bytes)
        stream = BytesIO(head + rest)
    yield from xlsx_table.read(stream, source, settings, named)


def reader_of(head: str, name: str, settings: ReadSettings, named: bool) -> Reader | None:
    """The surest reader; None for a file of a folder that no reader claims."""
    if settings.format:
        return next(reader for names, reader in READERS if settings.format in names)
    chosen = bool(settings.texts or settings.expression)  # else no source code is input
    scored = [
        (reader.sniff(head, name), reader) for _, reader in READERS if chosen or reader is not source_file
    ]
    best, reader = max(scored, key=lambda each: each[0])
    if best >= NAMED or (named and best):
        return reader
    return None
