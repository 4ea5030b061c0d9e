"""Bytes -> numbered lines of text: which encoding, where lines end, and what cannot be decoded."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from collectlint.errors import InputError, Place, UsageError
from collectlint.finding import Failure
from collectlint.readers.common_characters import COMMON
from collectlint.readers.settings import Line, Lines, ReadSettings

HEAD_BYTES = 1 << 16
_BLOCK_BYTES = 1 << 18

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Supersets stand in for the names that vendors use loosely.
_CODECS = {
    "ascii": "utf-8",
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-32": "utf-32-le",
    "utf-32-le": "utf-32-le",
    "utf-32-be": "utf-32-be",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "big5hkscs": "big5hkscs",
}
_SHOWN = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "gbk", "big5", "big5hkscs")
_KNOWN_BINARIES = (
    (b"PK\x03\x04", "xlsx、docx 或 zip"),
    (b"\xd0\xcf\x11\xe0", "旧版 Excel 或 Word"),
    (b"%PDF-", "PDF"),
    (b"\x1f\x8b", "gzip"),
    (b"RIFF", "音频"),
    (b"ID3", "音频"),
    (b"SQLite format 3\x00", "SQLite"),
)
_LEAST_PLAUSIBLE = 0.2
_CUT_SHORT = ("unexpected end of data", "incomplete multibyte sequence")


class Encoding(NamedTuple):
    """A Python codec and the length in bytes of the byte order mark to skip."""

    codec: str
    mark: int = 0


class BinaryInputError(InputError):
    """The file is no text."""


def choose(head: bytes, path: str, settings: ReadSettings) -> Encoding:
    """The encoding of a file that begins with `head`.

    Raises UsageError for an unknown `settings.encoding`, BinaryInputError for a file that is no text,
    InputError when no encoding gives plausible Chinese.
    """
    if settings.encoding:
        codec = codec_of(settings.encoding)
        mark = next((len(bom) for bom, name in _BOMS if name == codec and head.startswith(bom)), 0)
        if settings.encoding.lower().replace("_", "-") in ("utf-16", "utf-32"):
            marked = next((pair for pair in _BOMS if head.startswith(pair[0]) and pair[1] != "utf-8"), None)
            if marked and marked[1][:6] == codec[:6]:
                return Encoding(marked[1], len(marked[0]))
        return Encoding(codec, mark)
    for bom, codec in _BOMS:
        if head.startswith(bom):
            return Encoding(codec, len(bom))
    for signature, what in _KNOWN_BINARIES:
        if head.startswith(signature):
            raise BinaryInputError(
                f"不是文本文件（看来是 {what}）", Place(path), "请先导出为 UTF-8 的 CSV 或 JSONL"
            )
    return _guess(head, path)


def codec_of(name: str) -> str:
    """The codec for an encoding as a user names it; raises UsageError when it is not supported."""
    try:
        canonical = codecs.lookup(name).name.replace("_", "-")
    except (LookupError, ValueError):
        canonical = ""
    codec = _CODECS.get(canonical) or _CODECS.get(name.lower())
    if codec is None:
        raise UsageError(f"不支持编码「{name}」", remedy="可用：" + "、".join(_SHOWN))
    return codec


def _guess(head: bytes, path: str) -> Encoding:
    nul = head.count(0)
    if not nul:
        text = head.decode("utf-8", "replace")
        wide = sum(char > "\x7f" for char in text)
        # A few broken lines do not make a UTF-8 file GB18030; +1 for a character cut by the head's end.
        if text.count("\ufffd") <= wide // 10 + (1 if wide > 1 else 0):
            if _looks_binary(head):
                raise BinaryInputError("不是文本文件（控制字符过多）", Place(path), "请确认文件是否选对")
            return Encoding("utf-8")
    scores = {
        codec: _plausibility(head.decode(codec, "replace"), wide=True) for codec in ("utf-16-le", "utf-16-be")
    }
    best_wide = max(scores, key=lambda codec: scores[codec])
    narrow = {codec: _plausibility(head.decode(codec, "replace")) for codec in ("gb18030", "big5hkscs")}
    best_narrow = max(narrow, key=lambda codec: narrow[codec])
    if scores[best_wide] >= 0.5 and scores[best_wide] > narrow[best_narrow]:
        return Encoding(best_wide)
    if nul * 200 > len(head) or _looks_binary(head):
        raise BinaryInputError("不是文本文件（含有大量 NUL 或控制字符）", Place(path), "请确认文件是否选对")
    if narrow[best_narrow] >= _LEAST_PLAUSIBLE:
        return Encoding(best_narrow)
    if "\ufffd" not in head.decode("utf-8", "replace"):
        return Encoding("utf-8")  # a stray NUL in good UTF-8
    raise InputError("无法判断文字编码", Place(path), "请用 --encoding 指明，如 gb18030 或 big5")


def _looks_binary(head: bytes) -> bool:
    controls = len(head) - len(
        head.translate(None, bytes(range(9)) + bytes(range(14, 27)) + b"\x1c\x1d\x1e\x1f\x7f")
    )
    return controls * 20 > len(head)


def _plausibility(text: str, wide: bool = False) -> float:
    """Share of frequent characters among those that are not ASCII, minus what real text never has."""
    points = 0.0
    judged = 0
    for char in text:
        if char < "\x80":
            if wide:
                judged += 1
                points += 1 if char >= " " or char in "\t\r\n" else -2
            continue
        judged += 1
        if char in COMMON:
            points += 1
        elif "\u3000" <= char <= "\u301f" or "\uff01" <= char <= "\uff5e" or "\u2010" <= char <= "\u2026":
            points += 0.5
        elif char == "\ufffd" or "\ue000" <= char <= "\uf8ff":
            points -= 2
        elif not "\u4e00" <= char <= "\u9fff":
            points -= 1
    return points / judged if judged else 0.0


def blocks(stream: BinaryIO, head: bytes, skip: int, most: int, path: str) -> Iterator[bytes]:
    """`head` without its first `skip` bytes, then the rest of the stream; InputError beyond `most` bytes."""
    yield head[skip:]
    total = len(head)
    take = getattr(stream, "read1", stream.read)
    while block := take(_BLOCK_BYTES):
        total += len(block)
        if total > most:
            raise too_big(path, most)
        yield block


def too_big(path: str, most: int) -> InputError:
    """The error for a file of more than `most` bytes."""
    # Not all digits: the report masks long runs of them.
    limit = f"{most >> 20} MiB " if most >> 20 else f"{most} 字节"
    return InputError(f"文件超过 {limit}的上限", Place(path), "请拆分文件，或调高 max_bytes_per_file")


def lines(pieces: Iterator[bytes], encoding: Encoding, path: str, settings: ReadSettings) -> Lines:
    """Lines ended by CR LF, LF or CR; a line that cannot be decoded or is too long is one Failure.

    Memory stays at one block and one line.
    """
    codec = encoding.codec
    if codec.startswith(("utf-16", "utf-32")):
        pieces, codec = _as_utf8(pieces, codec), "utf-8"
    most = settings.max_line_chars
    for number, raw in enumerate(_split(pieces, most * 4 + 2), 1):
        if raw is None:
            yield _too_long(path, number, most)
            continue
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError as error:
            if error.reason in _CUT_SHORT and error.end == len(raw):  # so the line has no ending
                yield Failure(path, number, "最后一行不完整，文件可能被截断", "请重新导出或传输该文件")
                continue
            reason = f"这一行第 {error.start + 1} 个字节起无法按 {encoding.codec} 解码，未检查"
            yield Failure(path, number, reason, "请以正确编码重新导出，或用 --encoding 指明编码")
            continue
        ending = ""
        if text.endswith(("\n", "\r")):
            ending = "\r\n" if text.endswith("\r\n") else text[-1]
            text = text[: -len(ending)]
        if len(text) > most:
            yield _too_long(path, number, most)
        else:
            yield Line(number, text, ending)


def _too_long(path: str, number: int, most: int) -> Failure:
    limit = f"{most // 10_000} 万字" if most >= 10_000 else f"{most} 字"
    return Failure(path, number, f"这一行超过 {limit}的上限，未检查", "请拆分，或调高 max_line_chars")


def _split(pieces: Iterator[bytes], most: int) -> Iterator[bytes | None]:
    """Physical lines with their endings; None stands for a line of more than `most` bytes."""
    parts: list[bytes] = []
    held = 0
    dropping = False
    for block in pieces:
        if b"\n" not in block and b"\r" not in block and not (parts and parts[-1].endswith(b"\r")):
            parts.append(block)
            held += len(block)
        else:
            parts.append(block)
            # bytes.splitlines knows CR LF, LF and CR only, unlike that of str.
            whole = b"".join(parts).splitlines(True)
            # A final CR may be half of CR LF: it waits for the next block.
            parts = [whole.pop()] if whole and not whole[-1].endswith(b"\n") else []
            held = len(parts[0]) if parts else 0
            for raw in whole:
                yield None if dropping or len(raw) > most else raw
                dropping = False
        if held > most:
            dropping = True
            parts = [b"\r"] if parts[-1].endswith(b"\r") else []
            held = len(parts)
    if dropping:
        yield None
    elif held:
        yield b"".join(parts)


def _as_utf8(pieces: Iterator[bytes], codec: str) -> Iterator[bytes]:
    """UTF-16/32 rewritten as UTF-8; a lone surrogate becomes bytes that strict UTF-8 refuses."""
    decoder = codecs.getincrementaldecoder(codec)("surrogatepass")
    try:
        for block in pieces:
            yield decoder.decode(block).encode("utf-8", "surrogatepass")
        tail = decoder.decode(b"", True)
    except UnicodeDecodeError:
        yield b"\xff"  # the line that the fault stands in fails; what follows it cannot be aligned again
        return
    yield tail.encode("utf-8", "surrogatepass")
