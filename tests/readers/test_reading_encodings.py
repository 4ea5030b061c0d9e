"""Every encoding that Chinese text comes in is told apart, and a broken line is one Failure."""

from __future__ import annotations

import codecs
import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectlint.document import Document
from collectlint.errors import UsageError
from collectlint.finding import Failure
from collectlint.readers import decode
from collectlint.readers.settings import Line, ReadSettings
from collectlint.readers.table import read, read_stdin

HANS = "【示例银行】您尾号1234的信用卡已逾期三天，请尽快还款。\n如有困难，请致电客服协商分期。\n"
HANT = "【示例銀行】您尾號1234的信用卡已逾期三天，請儘快還款。\n如有困難，請致電客服協商分期。\n"
CANTONESE = "你張卡過咗期三日，唔該快啲還返，唔係就要加息㗎喇。\n"
MARKS = {
    "utf-8-sig": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "gb18030": b"\x84\x31\x95\x33",
}


def texts(data: bytes, **options: object) -> list[str]:
    items = list(read_stdin(io.BytesIO(data), ReadSettings(**options)))
    assert all(isinstance(item, Document) for item in items), items
    return [turn.text for item in items for turn in item.turns]


MATRIX = [
    (name, text, encoding)
    for name, text in (("hans", HANS), ("hant", HANT), ("cantonese", CANTONESE))
    for encoding in ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
    if not (name == "hans" and encoding == "big5hkscs")  # Big5 has no simplified characters
]


@pytest.mark.parametrize(
    ("name", "text", "encoding"), MATRIX, ids=lambda value: value if len(value) < 10 else ""
)
def test_an_encoding_without_a_mark_is_recognised(name: str, text: str, encoding: str) -> None:
    assert texts(text.encode(encoding)) == text.split("\n")[:-1]


@pytest.mark.parametrize("text", [HANS, HANT])
@pytest.mark.parametrize("encoding", MARKS)
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(text: str, encoding: str) -> None:
    data = MARKS[encoding] + text.encode(encoding)
    assert texts(data) == text.split("\n")[:-1]


@pytest.mark.parametrize(
    ("word", "encoding"),
    [
        ("催收電話", "big5"),
        ("催收电话", "gb18030"),
        ("逾期還款", "big5"),
        ("请还款", "gbk"),
        ("法院訴訟", "big5"),
    ],
)
def test_four_characters_are_enough_for_big5_and_gb18030(word: str, encoding: str) -> None:
    assert texts(word.encode(encoding)) == [word]


@pytest.mark.parametrize("encoding", ["gbk", "GB2312", "big5", "cp950", "utf-16", "UTF-8", "utf_8_sig"])
def test_a_named_encoding_overrides_the_guess(encoding: str) -> None:
    text = "请还款" if encoding.lower() not in ("big5", "cp950") else "請還款"
    assert texts(text.encode(encoding), encoding=encoding) == [text]


@pytest.mark.parametrize("encoding", ["utf-9", "base64", "rot13", "latin-1", ""])
def test_an_encoding_that_is_not_supported_is_a_usage_error(encoding: str) -> None:
    if not encoding:
        assert texts("请还款".encode()) == ["请还款"]
        return
    with pytest.raises(UsageError, match="不支持编码"):
        read_stdin(io.BytesIO(b""), ReadSettings(encoding=encoding))


def test_one_line_of_another_encoding_is_one_failure_and_the_rest_is_read() -> None:
    good = "\n".join(f'{{"text": "第{n}条，请按时还款"}}' for n in range(20)).encode().split(b"\n")
    good[7] = '{"text": "请还款"}'.encode("gbk")
    items = list(read_stdin(io.BytesIO(b"\n".join(good)), ReadSettings()))
    bad = [item for item in items if isinstance(item, Failure)]
    assert [(item.line, "utf-8" in item.reason) for item in bad] == [(8, True)]
    assert len(items) == 20
    assert items[8].id == "stdin:9"


def test_a_lone_surrogate_in_utf_16_fails_its_line_only() -> None:
    data = (
        '{"text": "甲"}\n{"text": "'.encode("utf-16")
        + b"\x00\xd8"
        + '"}\n{"text": "乙"}\n'.encode("utf-16-le")
    )
    items = list(read_stdin(io.BytesIO(data), ReadSettings()))
    assert [type(item) for item in items] == [Document, Failure, Document]
    assert items[1].line == 2


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04" + b"x" * 50, b"%PDF-1.7\n", b"\x1f\x8b\x08", bytes(range(256)) * 4, b"\0" * 100],
    ids=["zip", "pdf", "gzip", "bytes", "nul"],
)
def test_a_named_binary_file_is_a_failure_and_in_a_folder_it_is_left_out(tmp_path, data: bytes) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    (failure,) = read(path, ReadSettings())
    assert isinstance(failure, Failure)
    assert "不是文本文件" in failure.reason
    assert failure.remedy
    assert list(read(tmp_path, ReadSettings())) == []


def test_one_stray_nul_does_not_make_a_text_binary() -> None:
    text = "您好，请按时还款。" * 30 + "\0" + "谢谢"
    assert texts(text.encode()) == [text]


def lines_of(data: bytes, block: int = 1 << 16, **options: object) -> list[Line | Failure]:
    pieces = (data[at : at + block] for at in range(0, len(data), block))
    return list(decode.lines(pieces, decode.Encoding("utf-8"), "x", ReadSettings(**options)))


def test_lines_end_at_cr_lf_only() -> None:
    text = "a\r\nb\rc\nd\u2028e\x0bf\x0cg\x85h\r\r\n\ni"
    assert [line.text for line in lines_of(text.encode())] == [
        "a", "b", "c", "d\u2028e\x0bf\x0cg\x85h", "", "", "i",
    ]  # fmt: skip


@given(st.text(alphabet="ab\r\n还", max_size=60), st.integers(1, 7))
def test_blocks_never_change_the_lines(text: str, block: int) -> None:
    whole = lines_of(text.encode())
    assert lines_of(text.encode(), block) == whole
    assert "".join(line.text + line.ending for line in whole) == text
    assert [line.number for line in whole] == list(range(1, len(whole) + 1))


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(1, 11))
def test_a_line_that_is_too_long_is_one_failure(lengths: list[int], block: int) -> None:
    data = "\n".join("x" * length for length in lengths).encode() + b"\n"
    result = lines_of(data, block, max_line_chars=20)
    assert [isinstance(line, Failure) for line in result] == [length > 20 for length in lengths]
    assert [line.line if isinstance(line, Failure) else line.number for line in result] == list(
        range(1, len(lengths) + 1)
    )


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_at_all_make_the_readers_raise(data: bytes) -> None:
    for item in read_stdin(io.BytesIO(data), ReadSettings()):
        assert isinstance(item, (Document, Failure))


def test_mutated_files_never_raise_and_never_lose_the_good_lines() -> None:
    random_bytes = random.Random(7)
    base = ("\n".join(f'{{"id": "d{n}", "text": "您好，请还款"}}' for n in range(10)) + "\n").encode()
    for _ in range(300):
        data = bytearray(base)
        at = random_bytes.randrange(len(data))
        data[at] = random_bytes.randrange(256)
        items = list(read_stdin(io.BytesIO(bytes(data)), ReadSettings()))
        # One changed byte can hurt one line, or two when a line end is made or unmade.
        assert sum(isinstance(item, Document) for item in items) >= 8, bytes(data)


def test_a_stream_beyond_the_limit_is_a_failure_after_what_was_read() -> None:
    data = '{"text": "请还款"}\n'.encode() * 20000
    items = list(read_stdin(io.BytesIO(data), ReadSettings(max_bytes_per_file=100_000)))
    assert isinstance(items[-1], Failure)
    assert "上限" in items[-1].reason
    assert isinstance(items[0], Document)
