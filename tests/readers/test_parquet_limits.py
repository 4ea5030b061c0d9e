"""Pages of every form that writers make are walked through to the end, and measured as they unpack."""

from __future__ import annotations

import io
from typing import Any

import pytest

from collectlint.errors import InputError
from collectlint.readers.parquet_limits import check_pages
from collectlint.readers.settings import ReadSettings

parquet = pytest.importorskip("pyarrow.parquet")

FORMS: dict[str, dict[str, Any]] = {
    "usual": {},
    "second version of pages": {"data_page_version": "2.0"},
    "checksums": {"write_page_checksum": True},
    "checksums in the second version": {"write_page_checksum": True, "data_page_version": "2.0"},
    "no dictionary": {"use_dictionary": False},
    "dictionary given up": {"dictionary_pagesize_limit": 1_000},
    "page index": {"write_page_index": True},
    "no statistics": {"write_statistics": False},
    "beginnings shared": {"use_dictionary": False, "column_encoding": {"text": "DELTA_BYTE_ARRAY"}},
    "lengths apart": {"use_dictionary": False, "column_encoding": {"text": "DELTA_LENGTH_BYTE_ARRAY"}},
    "not packed": {"compression": "none"},
    "gzip": {"compression": "gzip"},
    "zstd": {"compression": "zstd"},
}


def written(**how: Any) -> io.BytesIO:
    from pyarrow import table

    rows = table(
        {
            "text": [f"您好，请按时还款，编号 {number}" for number in range(3_000)],
            "turns": [[{"speaker": "agent", "text": f"{number}"}] * (number % 3) for number in range(3_000)],
            "sent": [number % 2 == 0 for number in range(3_000)],
            "amount": [None if number % 5 else number / 4 for number in range(3_000)],
        }
    )
    out = io.BytesIO()
    parquet.write_table(rows, out, row_group_size=1_000, data_page_size=4_000, **how)
    return out


def check(stream: io.BytesIO, groups: range, most: int = 256 << 20) -> None:
    stream.seek(0)
    metadata = parquet.ParquetFile(stream).metadata
    check_pages(stream, metadata, groups, "a.parquet", ReadSettings(max_unpacked_bytes=most))


@pytest.mark.parametrize("form", FORMS)
def test_sound_files_pass_and_every_page_is_measured(form: str) -> None:
    stream = written(**FORMS[form])
    check(stream, range(3))
    with pytest.raises(InputError, match="Parquet 解压后过大") as told:
        check(stream, range(3), 200)
    assert str(told.value.place) == "a.parquet"
    assert told.value.remedy


def test_only_the_groups_asked_for_are_looked_at() -> None:
    stream = written()
    whole = bytearray(stream.getvalue())
    at = parquet.ParquetFile(stream).metadata.row_group(1).column(0)
    for place in (at.dictionary_page_offset, at.data_page_offset):
        whole[place : place + 8] = b"\xff" * 8
    broken = io.BytesIO(bytes(whole))
    check(broken, range(1))
    check(broken, range(2, 3))
    with pytest.raises(InputError, match="页头有误"):
        check(broken, range(3))


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\x15",
        b"\x00",
        b"\x15\x00\x15\x02\x00",  # no packed size
        b"\x15\x00\x15\x01\x15\x02\x00",  # a size below nothing
        b"\x15" + b"\xff" * 11,  # a number without end
        b"\x1c" * 20,  # structures in structures
        b"\x19\x15\x00",  # a list
        b"\x18\xff\xff\xff\xff\x7f",  # text beyond the end of the file
    ],
)
def test_what_is_no_header_is_said(head: bytes) -> None:
    class Chunk(dict[str, Any]):
        data_page_offset, dictionary_page_offset, has_dictionary_page = 4, None, False
        total_compressed_size, num_values, num_columns = 100, 1, 1
        row_group = column = lambda self, _: self

    with pytest.raises(InputError, match="页头有误"):
        check_pages(io.BytesIO(b"PAR1" + head), Chunk(), range(1), "a.parquet", ReadSettings())
