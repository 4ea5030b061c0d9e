"""How large a workbook really is, before a library that unpacks it whole gets to see it.

A few hundred bytes can name cells of the last row and column (17 billion of them, which end the
process), or write one long text into each of many cells. The XML parts are read as a stream, never
more than a block at a time.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from collectlint.errors import InputError, Place
from collectlint.readers.decode import BinaryInputError
from collectlint.readers.settings import ReadSettings

_BLOCK = 1 << 20
_MOST_RATIO = 200  # unpacked to packed; real sheets stay below 60
_MOST_PARTS = 5_000
_TAG = 1 << 16  # bytes; no tag of a sheet is longer
_PLACE = re.compile(rb"<(?:\w+:)?(?:c|row)\s(?:[^<>]*?\s)?r\s*=\s*[\"']([^\"']*)")
_ADDRESS = re.compile(rb"\$?([A-Z]{0,3})\$?([0-9]{1,7})")
_SHARED = re.compile(rb"<(?:\w+:)?v[^<>]*>\s*([0-9]{1,9})\s*<")
_TEXTS = re.compile(rb"<(?:\w+:)?si[\s/>]")
_LETTER_A = ord("A")


def check_size(stream: BinaryIO, path: str, settings: ReadSettings) -> None:
    """Raises InputError for a workbook beyond the limits, BinaryInputError for a zip that is none."""
    try:
        with zipfile.ZipFile(stream) as archive:
            _check(archive, path, settings)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise InputError("xlsx 文件已损坏，可能被截断", Place(path), "请重新导出或传输该文件") from None
    except Exception as error:
        if type(error).__module__ not in ("zlib", "_lzma", "lzma"):
            raise
        raise InputError("xlsx 文件已损坏，可能被截断", Place(path), "请重新导出或传输该文件") from None
    stream.seek(0)


def _check(archive: zipfile.ZipFile, path: str, settings: ReadSettings) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise BinaryInputError("是 zip，不是 xlsx", Place(path), "请先解压，或导出为 CSV、JSONL")
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    swells = unpacked > 1 << 24 and unpacked > packed * _MOST_RATIO
    if unpacked > settings.max_unpacked_bytes or swells or len(parts) > _MOST_PARTS:
        raise InputError("xlsx 解压后过大", Place(path), "请拆分文件，或导出为 CSV")
    if len(names) != len(parts):
        raise InputError("xlsx 里有同名的部件", Place(path), "请用表格软件打开后另存")
    lengths: list[int] = []
    for part in parts:
        if part.filename.lower().endswith("sharedstrings.xml"):
            lengths.extend(_text_lengths(archive, part))
    cells = text = 0
    for part in parts:
        if part.filename.lower().endswith((".xml", ".bin")):
            area, shared = _extent(archive, part, path, lengths)
            cells += area
            text += shared
        if cells > settings.max_cells:
            raise InputError(
                f"xlsx 的单元格过多（超过 {settings.max_cells // 10_000} 万个）",
                Place(path),
                "请删去空白的行列，或导出为 CSV",
            )
        if text > settings.max_unpacked_bytes:
            raise InputError("xlsx 的文字过多", Place(path), "请拆分文件，或导出为 CSV")


def _blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as file:
        while block := file.read(_BLOCK):
            yield block


def _extent(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: str, lengths: list[int]
) -> tuple[int, int]:
    """Cells of the rectangle that a part spans, and bytes of the shared texts that its cells repeat."""
    columns: set[bytes] = set()
    last = text = 0
    rest = b""
    for block in _blocks(archive, part):
        data = rest + block
        cut = data.rfind(b"<")
        cut = len(data) if cut < 0 or len(data) - cut > _TAG else cut
        whole, rest = data[:cut], data[cut:]
        for place in set(_PLACE.findall(whole)):
            address = _ADDRESS.fullmatch(place)
            if address is None:
                raise InputError("xlsx 里有看不懂的单元格地址", Place(path), "请用表格软件打开后另存")
            columns.add(address[1])
            last = max(last, int(address[2]))
        if lengths:
            text += sum(lengths[int(which)] for which in _SHARED.findall(whole) if int(which) < len(lengths))
    return last * max(map(_column, columns), default=0), text


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - _LETTER_A + 1
    return number


def _text_lengths(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> list[int]:
    """Bytes of each shared text, marks included."""
    lengths: list[int] = []
    held = 0
    rest = b""
    for block in _blocks(archive, part):
        data = rest + block
        rest = data[-8:]
        first, *others = _TEXTS.split(data[:-8])
        held += len(first)
        for other in others:
            lengths.append(held)
            held = len(other)
    lengths.append(held + len(rest))
    return lengths[1:] or lengths
