"""Files made to hurt: each is told with its reason, none takes long, and its neighbours are checked."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
WORKBOOK = ROOT / "corpora" / "formats" / "call_export" / "turns.xlsx"
THREAT = "再不还钱就爆你通讯录,让你全村都知道"
GOOD = json.dumps({"id": "good", "text": THREAT}, ensure_ascii=False) + "\n"

Make = Callable[[Path], object]


def text(*parts: str) -> Make:
    return lambda path: path.write_text("".join(parts), encoding="utf-8", errors="surrogatepass", newline="")


def data(*parts: bytes) -> Make:
    return lambda path: path.write_bytes(b"".join(parts))


def record(**fields: object) -> str:
    return json.dumps({"text": "请还款", **fields}, ensure_ascii=False) + "\n"


# -- workbooks ----------------------------------------------------------------------------------------

SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%s</sheetData></worksheet>"
)


def cell(place: str, value: bytes) -> bytes:
    return b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (place.encode(), value)


def workbook(sheet: bytes | None = None, part: str = "xl/worksheets/sheet1.xml", **more: bytes) -> Make:
    """A sound workbook but for one part."""

    def make(path: Path) -> None:
        with zipfile.ZipFile(WORKBOOK) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for one in source.infolist():
                changed = sheet if one.filename == part else None
                target.writestr(one.filename, source.read(one) if changed is None else changed)
            for name, content in more.items():
                target.writestr(name.replace("__", "/") + ".xml", content)

    return make


def lying(path: Path) -> None:
    """The zip says 5,000 bytes where there are 60 million."""
    size = 60_000_000
    workbook(SHEET % (b'<row r="1">' + cell("A1", b"a" * (size - 300)) + b"</row>"))(path)
    with zipfile.ZipFile(path) as archive:
        real = max(part.file_size for part in archive.infolist())
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", real), struct.pack("<L", 5_000)))


def repeated_text(path: Path) -> None:
    """One shared text of a million characters in 40,000 cells."""
    shared = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si></sst>'
    )
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 40_001))
    workbook(SHEET % rows, xl__sharedStrings=shared % (b"a" * 1_000_000))(path)


def twin_parts(path: Path) -> None:
    workbook()(path)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", SHEET % b"")


def nested_zip(path: Path) -> None:
    inner = b"\0" * 10_000_000
    for _ in range(3):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.zip", inner)
        inner = out.getvalue()
    path.write_bytes(inner)


# -- tables of columns ---------------------------------------------------------------------------------


def columns(cells: list[str], **how: Any) -> Make:
    def make(path: Path) -> None:
        from pyarrow import parquet, table

        parquet.write_table(table({"text": cells}), path, compression="zstd", **how)

    return make


def repeated_cell(path: Path) -> None:
    """One cell of 20 MB that 300 rows name; written as a dictionary, for the rows would be 6 GB here too."""
    from pyarrow import DictionaryArray, parquet, table

    cells = DictionaryArray.from_arrays([0] * 300, ["a" * 20_000_000])
    parquet.write_table(table({"text": cells}), path, compression="zstd", store_schema=False)


def varint(number: int) -> bytes:
    made = bytearray()
    number <<= 1
    while number > 127:
        made.append(number & 127 | 128)
        number >>= 7
    return bytes([*made, number])


def swollen_page(path: Path) -> None:
    """A page of a megabyte whose own header says two gigabytes, and the footer one megabyte."""
    columns(["a" * 1_000_000], use_dictionary=False)(path)
    whole = path.read_bytes()
    head = b"\x15\x00\x15"
    real = head + varint(1_000_004)
    at = next(
        at for at in (whole.find(head + varint(size)) for size in range(1_000_000, 1_000_100)) if at > 0
    )
    size = len(real) - len(head)
    path.write_bytes(whole[: at + 3] + varint(2_000_000_000) + whole[at + 3 + size :])


CORNERS = SHEET % (
    b'<row r="1">' + cell("A1", b"text") + b'</row><row r="1048576">' + cell("XFD1048576", b"x") + b"</row>"
)
HIDDEN_CORNER = SHEET % (b'<row r="1">' + cell("A1", b"text") + cell("&#88;FD1048576", b"x") + b"</row>")
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (name, b"&%c;" % (name - 1) * 10) for name in range(98, 110))
    + b"]>"
    + SHEET % (b'<row r="1">' + cell("A1", b"&m;") + b"</row>")
)
EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SHEET % (
    b'<row r="1">' + cell("A1", b"text") + cell("B1", b"&a;") + b"</row>"
)
DEEP = SHEET % (b"<a>" * 100_000)

# -- the files: name, how it is made, part of the reason that is told ------------------------------------

BAD: dict[str, tuple[Make, str]] = {
    # nesting
    "nested.jsonl": (text('{"text": "a", "x": ', "[" * 100_000, "]" * 100_000, "}\n"), "嵌套"),
    "nested-objects.jsonl": (text('{"a":' * 50_000, "1", "}" * 50_000, "\n"), "嵌套"),
    "unclosed.jsonl": (text("[" * 1_000_000, "\n"), "JSON"),
    "unclosed-objects.json": (text('{"a":' * 300_000), "截断"),
    "mixed-nesting.jsonl": (text('[{"a":' * 60_000, "\n"), "JSON"),
    # numbers
    "huge-number.jsonl": (text('{"text": "a", "x": ', "9" * 1_000_000, "}\n"), "数字过长"),
    "huge-exponent.jsonl": (text('{"text": "a", "x": 1e999}\n'), "超出范围"),
    "nan.jsonl": (text('{"text": "a", "x": NaN}\n'), "NaN"),
    "infinity.jsonl": (text('{"text": "a", "x": -Infinity}\n'), "Infinity"),
    "number-for-text.jsonl": (text('{"text": 1e308}\n'), "字符串"),
    "seconds.jsonl": (
        text('{"turns": [{"speaker": "agent", "text": "a", "start": 1e308, "end": 0}]}\n'),
        "start",
    ),
    # keys and shapes
    "double-key.jsonl": (text('{"text": "a", "text": "b"}\n'), "重复"),
    "double-key-escaped.jsonl": (text('{"text": "a", "\\u0074ext": "b"}\n'), "重复"),
    "no-text.jsonl": (text('{"id": "a"}\n'), "text"),
    "list.jsonl": (text("[1]\n"), "对象"),
    "null.jsonl": (text("null\n", GOOD), "对象"),
    "many-values.json": (text('{"text": "a",\n"x": [', "{}," * 1_000_000, "{}]}"), "值过多"),
    "many-failures.jsonl": (text("[]\n" * 20_000), "其后未读"),
    # bytes
    "zeroes.txt": (data(b"\0" * 1_000_000), "不是文本文件"),
    "zero-in-text.jsonl": (data(b'{"text": "a\0b"}\n'), "控制字符"),
    "invalid-utf8.jsonl": (data(GOOD.encode() * 3, b'{"text": "\xc3\x28\xa0\xa1"}\n'), "解码"),
    "overlong-utf8.jsonl": (data(GOOD.encode() * 3, b'{"text": "\xc0\xaf\xe0\x80\xaf"}\n'), "解码"),
    "surrogate-bytes.jsonl": (data(GOOD.encode() * 3, b'{"text": "\xed\xa0\x80"}\n'), "解码"),
    "cut-character.jsonl": (data(GOOD.encode(), GOOD.encode()[:-31]), "截断"),
    "odd-utf16.txt": (data(b"\xff\xfe", "请还款\n".encode("utf-16-le") * 20, b"\x00"), "解码"),
    "lone-utf16.txt": (data(b"\xff\xfe", "请还款\n".encode("utf-16-le"), b"\x00\xd8a\x00\n\x00"), "解码"),
    "random.bin": (data(bytes(range(256)) * 4_000), "不是文本文件"),
    "gzip.jsonl": (lambda path: path.write_bytes(gzip.compress(b"0" * 50_000_000)), "gzip"),
    "pdf.txt": (data(b"%PDF-1.7\n", b"\xe2\xe3\xcf\xd3" * 1000), "PDF"),
    "old-office.xls": (data(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0" * 5_000), "旧版 Excel"),
    "sound.wav": (data(b"RIFF\x24\0\0\0WAVEfmt "), "音频"),
    # length
    "one-line.jsonl": (text('{"text": "', "请还款。" * 1_500_000, '"}\n'), "500 万字"),
    "long-document.txt": (text("请您按时还款。" * 60_000), "30 万字"),
    "many-lines.txt": (text("a\n" * 700_000), "过大"),
    "commas.csv": (text("text,b\n", "," * 4_000_000, "\n"), "列过多"),
    "open-quote.csv": (text("text,b\n", ('"a\n' + "a\n" * 999) * 3), "引号"),
    "quotes.csv": (text("text,b\n", '"' * 999_999, "\n"), "引号"),
    "endless-cue.srt": (text("1\n00:00:01,000 --> 00:00:02,000\n", "请还款\n" * 20_000), "1000 行"),
    "hits.txt": (text("再不还钱就爆你通讯录。" * 2_000), "问题超过"),
    "nothing-but-hits.txt": (text("再不还钱就爆你通讯录，" * 18_000), "问题超过"),
    # xlsx
    "corners.xlsx": (workbook(CORNERS), "单元格过多"),
    "hidden-corner.xlsx": (workbook(HIDDEN_CORNER), "单元格地址"),
    "ratio.xlsx": (
        workbook(SHEET % (b'<row r="1">' + cell("A1", b"a" * 60_000_000) + b"</row>")),
        "解压后过大",
    ),
    "lying.xlsx": (lying, "损坏"),
    "entities.xlsx": (workbook(ENTITIES), "损坏"),
    "external-entity.xlsx": (workbook(EXTERNAL), "损坏"),
    "deep-xml.xlsx": (workbook(DEEP), "文本列"),
    "repeated-text.xlsx": (repeated_text, "文字过多"),
    "twin-parts.xlsx": (twin_parts, "同名"),
    "cut.xlsx": (lambda path: path.write_bytes(WORKBOOK.read_bytes()[:3_000]), "损坏"),
    "not-a-workbook.xlsx": (nested_zip, "zip"),
    "broken-sheet.xlsx": (workbook(b"\xff\xfe<broken"), "损坏"),
    "broken-workbook.xlsx": (workbook(b"<workbook>", "xl/workbook.xml"), "损坏"),
    # catalogues, subtitles, tables of columns
    "deep.yaml": (text("短信: ", "[" * 100_000), "嵌套"),
    "maps.yaml": (text("短信模板: ", "{a: " * 50_000), "嵌套"),
    "nested.json": (text('{"短信": ' * 20_000), "嵌套"),
    "open-string.json": (text('{"短信": "', "请还款"), "没有结束"),
    "deep-call.json": (text('{"payload": {"result": ' * 30_000), "截断"),
    "escapes.properties": (text("a=\\u", "d83d" * 5, "\\uZZZZ 请还款\n"), "转义"),
    "endless-cue.vtt": (text("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n", "请还款\n" * 20_000), "1000 行"),
    "backwards.srt": (text("1\n00:00:05,000 --> 00:00:02,000\n请还款\n\n2\n99:99:99,999 --> x"), "时间有误"),
    "quotes.tsv": (text("text\tb\n", '"' * 999_999), "引号"),
    "swollen-page.parquet": (swollen_page, "解压后过大"),
    "repeated-cell.parquet": (repeated_cell, "解压后过大"),
    "repeated-start.parquet": (
        columns(
            [chr(97 + n) * 3_000_000 + "a" for n in range(9)],
            use_dictionary=False,
            column_encoding={"text": "DELTA_BYTE_ARRAY"},
        ),
        "解压后过大",
    ),
    "long-cells.parquet": (columns(["请还款" * 400_000] * 20 + [THREAT]), "30 万字"),
    "cut.parquet": (data(b"PAR1", b"\0" * 4_000, b"PAR1"), "Parquet 文件已损坏"),
    # what is no file
    "loop": (lambda path: path.symlink_to(path), "成环"),
    "loop-folder": (lambda path: (path.mkdir(), (path / "in").symlink_to(path, True)), "成环"),
    "nowhere": (lambda path: path.symlink_to("no/such/file"), "不存在"),
    "pipe": (os.mkfifo, "命名管道"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "字符设备"),
    "terminal": (lambda path: path.symlink_to("/dev/tty"), "字符设备"),
    "missing": (lambda path: None, "找不到文件"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_hostile_file_is_told_and_its_neighbours_are_checked(bounded, tmp_path: Path, name: str) -> None:
    make, reason = BAD[name]
    make(tmp_path / name)
    (tmp_path / "a.jsonl").write_text(GOOD, encoding="utf-8")
    (tmp_path / "z.jsonl").write_text(GOOD.replace("good", "last"), encoding="utf-8")
    ended = bounded("check", "--format", "json", "a.jsonl", name, "z.jsonl")
    assert ended.code == 1, ended.stderr.decode()
    told = ended.report
    failures = [one for one in told["failures"] if one["path"].startswith(name)]
    assert failures
    assert any(reason in one["reason"] for one in failures), failures[:3]
    assert all(one["remedy"] for one in failures)
    assert not [one for one in failures if "内部错误" in one["reason"]], failures
    assert {"good", "last"} <= {one["document"] for one in told["findings"]}

    alone = bounded("check", name, "--fail-on", "never", "-q")
    assert alone.code == 3, "a file that could not be read in full must not pass"


# Made to take memory or time out of all proportion to their size.
BOMBS = (
    *(
        "nested.jsonl",
        "nested-objects.jsonl",
        "unclosed.jsonl",
        "unclosed-objects.json",
        "mixed-nesting.jsonl",
    ),
    *("huge-number.jsonl", "huge-exponent.jsonl", "many-values.json", "many-failures.jsonl", "zeroes.txt"),
    *("gzip.jsonl", "one-line.jsonl", "commas.csv", "open-quote.csv", "quotes.csv", "endless-cue.srt"),
    *(
        "corners.xlsx",
        "hidden-corner.xlsx",
        "ratio.xlsx",
        "lying.xlsx",
        "entities.xlsx",
        "external-entity.xlsx",
    ),
    *(
        "deep-xml.xlsx",
        "repeated-text.xlsx",
        "twin-parts.xlsx",
        "not-a-workbook.xlsx",
        "deep.yaml",
        "maps.yaml",
    ),
    *("nested.json", "deep-call.json", "endless-cue.vtt", "quotes.tsv", "loop", "device"),
    *("swollen-page.parquet", "repeated-cell.parquet", "repeated-start.parquet"),
)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_little_memory(bounded, tmp_path: Path, name: str) -> None:
    BAD[name][0](tmp_path / name)
    ended = bounded("check", name, "--fail-on", "never", "-q")
    assert ended.code == 3
    assert ended.peak < 200 << 20, f"{ended.peak >> 20} MB"


def test_there_are_enough_of_them() -> None:
    assert len(BAD) >= 60
    assert all(reason for _, reason in BAD.values())
    assert len(set(BOMBS)) >= 25


def test_a_socket(bounded, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(GOOD, encoding="utf-8")
    home = os.getcwd()
    os.chdir(tmp_path)  # the address of a socket is short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("s")
        os.chdir(home)
        ended = bounded("check", "--format", "json", "s", "a.jsonl")
    assert "套接字" in ended.report["failures"][0]["reason"]
    assert ended.report["findings"]


# -- texts that are read, and must neither hide a threat nor reach the terminal ------------------------

FLOOD = 20_000
HARMLESS: dict[str, str] = {
    "bidi": "\u202e\u2066" * FLOOD + THREAT,
    "zero-width": ("\u200b" * 10).join(THREAT) + "\u200b" * FLOOD,
    "combining": "您" + "\u0301" * FLOOD + "\n" + THREAT,
    "variation-selectors": "\ufe0f".join(THREAT) + "\U000e0100" * FLOOD,
    "tags": "\U000e0041" * FLOOD + THREAT,
    "mark-inside": "您好\ufeff请\ufeff还款\n" + THREAT,
    "lone-surrogate": "\\ud83d" + THREAT,
    "escapes": "\x1b[31m\x1b]0;x\x07\x1b]8;;http://e\x07" + THREAT,
    "hangul-fillers": "\u3164" * FLOOD + THREAT,
    "digits": "1" * FLOOD + THREAT,
    "spaces": " " * FLOOD + THREAT,
    "negations": "不" * FLOOD + "\n" + THREAT,
    "quotes": "「" * FLOOD + "\n" + THREAT,
    "brackets": "${" * FLOOD + "\n" + THREAT,
    "formula": "=cmd|'/C calc'!A0\n" + THREAT,
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>" + THREAT,
    "commands": "::error::x\n##vso[task.setvariable]x\n" + THREAT,
}


@pytest.mark.parametrize("name", HARMLESS)
def test_a_hostile_text_hides_nothing(bounded, tmp_path: Path, name: str) -> None:
    words = json.dumps({"id": name, "text": HARMLESS[name].replace("\\ud83d", "\ud83d")}) + "\n"
    (tmp_path / "a.jsonl").write_text(words + GOOD, encoding="utf-8")
    ended = bounded("check", "--format", "json", "a.jsonl")
    assert ended.code == 1, ended.stderr.decode()
    assert {one["document"] for one in ended.report["findings"]} == {name, "good"}
    for form in ("text", "concise", "github"):
        shown = bounded("check", "--format", form, "a.jsonl").stdout.decode()
        assert not set("\x1b\x07\u202e\u2066\u200b\ufeff") & set(shown)
        assert not [line for line in shown.split("\n") if line.startswith("::") and form != "github"]


@pytest.mark.parametrize(
    "name", ["line\nbreak.jsonl", "\x1b[31mred.jsonl", "\u202egpj.jsonl", "=1+1.jsonl", "::error::x.jsonl",
             "<b>.jsonl", "-rf.jsonl", "a" * 240 + ".jsonl", "\udcff\udcfe.jsonl", "a'b\"c.jsonl"],
)  # fmt: skip
def test_a_hostile_file_name_is_shown_harmlessly(bounded, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_text(GOOD + "broken\n", encoding="utf-8")
    for form in ("text", "concise", "github", "csv", "markdown", "junit", "checkstyle"):
        ended = bounded("check", "--format", form, folder)
        assert ended.code == 1
        shown = ended.stdout.decode("utf-8-sig")
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "line\nbreak" not in shown or form == "csv"  # where it stands in quotes
        if form in ("junit", "checkstyle"):
            assert "<b>" not in shown
    assert bounded("check", "--format", "json", folder).report["findings"][0]["document"] == "good"


def test_limits_are_settings(bounded, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.jsonl").write_text(GOOD, encoding="utf-8")
    (tmp_path / "collectlint.yaml").write_text("limits: {max_document_chars: 10}\n", encoding="utf-8")
    ended = bounded("check", "--format", "json", "a.jsonl")
    assert ended.code == 3
    assert "超过 10 字的上限" in ended.report["failures"][0]["reason"]
    assert "max_document_chars" in ended.report["failures"][0]["remedy"]
    (tmp_path / "collectlint.yaml").write_text("limits: {max_documents: 10}\n", encoding="utf-8")
    wrong = bounded("check", "a.jsonl")
    assert wrong.code == 2
    assert "max_document_chars" in wrong.stderr.decode()


def test_an_endless_stream_is_given_up(bounded, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "collectlint.yaml").write_text("limits: {max_bytes_per_file: 100000}\n", encoding="utf-8")
    ended = bounded("check", "--format", "json", "-", stdin=GOOD.encode() * 5_000)
    assert "上限" in ended.report["failures"][-1]["reason"]
    assert ended.report["findings"]
