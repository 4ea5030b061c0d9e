"""Files and folders: chosen by content, sorted, and nothing that could hang is opened."""

from __future__ import annotations

import io
import json
import os
import socket
from pathlib import Path

import pytest

from collectlint.document import Document, place_of
from collectlint.errors import UsageError
from collectlint.finding import Failure
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table import read, read_stdin

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "corpora" / "formats" / "demo"
GOLDEN = ROOT / "tests" / "golden" / "readers"
SMS = '{"id": "a", "text": "请还款"}\n'


def only_failure(path: object, part: str, **options: object) -> None:
    (item,) = read(path, ReadSettings(**options))
    assert isinstance(item, Failure), item
    assert part in item.reason
    assert item.remedy
    assert item.path == str(path)


@pytest.mark.parametrize("name", ["x.jsonl", "x.json", "x.txt", "x.csv", "x.md", "x", "x.log"])
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (SMS, "message"),
        ("编号,内容\na,请还款\n", "message"),
        (json.dumps([json.loads(SMS)], indent=1), "message"),
    ],
    ids=["jsonl", "csv", "json"],
)
def test_the_content_decides_not_the_name(tmp_path, name: str, content: str, kind: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    (document,) = read(path, ReadSettings())
    assert (document.id, document.kind, document.turns[0].text) == ("a", kind, "请还款")


@pytest.mark.parametrize(
    "text",
    ["[00:12] 坐席：您好\n", "{name}您好\n", "{{name}}您好，请还款\n", "[提醒] 请还款\n", "内容，请还款\n"],
)
def test_text_with_brackets_is_text(tmp_path, text: str) -> None:
    path = tmp_path / "x"
    path.write_text(text, encoding="utf-8")
    (document,) = read(path, ReadSettings())
    assert isinstance(document, Document)
    assert document.kind in ("script", "transcript")


def test_a_folder_is_read_in_order_without_what_is_hidden_binary_or_unknown(tmp_path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/2.jsonl", "b/1.jsonl", "a.jsonl", ".hidden.jsonl", ".git/x.jsonl", "c.txt"):
        (tmp_path / name).write_text('{"text": "请还款"}\n', encoding="utf-8")
    (tmp_path / "z.py").write_text("print(1)\n")
    (tmp_path / "package.json").write_text('{"name": "x"}\n')
    (tmp_path / "x.bin").write_bytes(b"\0" * 10)
    items = list(read(tmp_path, ReadSettings()))
    assert [item.id for item in items] == ["a.jsonl:1", "b/1.jsonl:1", "b/2.jsonl:1", "c.txt:1"]
    assert items[1].origin.path == str(tmp_path / "b" / "1.jsonl")


def test_a_json_file_of_another_kind_is_a_failure_when_named(tmp_path) -> None:
    path = tmp_path / "package.json"
    path.write_text('{"name": "x"}\n')
    only_failure(path, "text")


def test_what_is_no_regular_file_is_a_failure_at_once(tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe")
    only_failure(tmp_path / "pipe", "命名管道")
    only_failure("/dev/zero", "字符设备")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        only_failure(tmp_path / "s", "套接字")
    os.symlink("loop", tmp_path / "loop")
    only_failure(tmp_path / "loop", "成环")
    os.symlink("gone", tmp_path / "broken")
    only_failure(tmp_path / "broken", "不存在")
    only_failure(tmp_path / "missing", "找不到文件")
    (failure,) = read("a\0b", ReadSettings())
    assert "无效" in failure.reason
    (tmp_path / "a.jsonl").write_text(SMS, encoding="utf-8")
    items = list(read(tmp_path, ReadSettings()))
    assert sum(isinstance(item, Failure) for item in items) == 4
    assert sum(isinstance(item, Document) for item in items) == 1


def test_a_link_to_a_folder_above_is_a_failure_and_another_is_read_once(tmp_path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text(SMS, encoding="utf-8")
    os.symlink(tmp_path, tmp_path / "in" / "up")
    os.symlink(tmp_path / "in", tmp_path / "twice")
    items = list(read(tmp_path, ReadSettings()))
    assert [type(item) for item in items] == [Document, Failure]
    assert "成环" in items[1].reason


def test_a_file_without_permission_is_a_failure(tmp_path, monkeypatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(SMS, encoding="utf-8")

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    only_failure(path, "权限")


def test_a_disk_error_while_reading_is_a_failure_after_what_was_read() -> None:
    class Failing(io.RawIOBase):
        calls = 0

        def read(self, size: int = -1) -> bytes:
            self.calls += 1
            if self.calls > 1:
                raise OSError(5, "Input/output error")
            return SMS.encode() * 3

    items = list(read_stdin(Failing(), ReadSettings()))
    assert [type(item) for item in items] == [Document, Document, Document, Failure]
    assert "读取中断" in items[-1].reason


def test_a_file_beyond_the_limit_is_a_failure(tmp_path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(SMS * 10, encoding="utf-8")
    only_failure(path, "上限", max_bytes_per_file=50)


def test_an_unknown_format_is_a_usage_error_with_the_nearest(tmp_path) -> None:
    with pytest.raises(UsageError, match="是否为 jsonl") as caught:
        read(tmp_path, ReadSettings(format="jsnl"))
    assert "csv" in caught.value.remedy


def test_a_file_name_that_is_no_utf_8_can_be_shown(tmp_path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"\xb4\xdf.jsonl")
    with open(path, "wb") as stream:
        stream.write(b'{"text": "x"}\n')
    (document,) = read(os.fsdecode(path), ReadSettings())
    document.id.encode("utf-8")
    document.origin.path.encode("utf-8")


def test_memory_stays_flat_while_lines_stream() -> None:
    import tracemalloc

    class Endless(io.RawIOBase):
        left = 40

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            return SMS.encode() * 2000 if self.left >= 0 else b""

    tracemalloc.start()
    count = sum(isinstance(item, Document) for item in read_stdin(Endless(), ReadSettings()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 80_000
    assert peak < 8_000_000


@pytest.mark.parametrize("path", sorted(DEMO.iterdir()), ids=lambda path: path.name)
def test_the_demo_files_read_as_recorded(path: Path) -> None:
    """Set COLLECTLINT_GOLDEN=1 to write the record anew, then read its diff."""
    raw = path.read_text(encoding="utf-8").split("\n")
    record = []
    for document in read(path, ReadSettings()):
        assert isinstance(document, Document)
        fields = document._asdict() | {"origin": document.origin.line, "turns": []}
        defaults = Document._field_defaults
        for turn in document.turns:
            line, column = place_of(turn, 0)
            # The words stand in the file where the place says, but for escapes.
            assert raw[line - 1][column - 1] == turn.text[0]
            fields["turns"].append([turn.speaker, turn.start, turn.end, line, column, turn.text])
        record.append({key: value for key, value in fields.items() if value != defaults.get(key, ...)})
    golden = GOLDEN / f"{path.name}.json"
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("COLLECTLINT_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == text
