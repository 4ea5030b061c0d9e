"""A file read in slices gives what the file read whole gives, place by place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectlint.document import Document, place_of
from collectlint.errors import InputError
from collectlint.readers import slices, table
from collectlint.readers.settings import ReadSettings

READING = ReadSettings()
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
_BREAKS = st.sampled_from(["\n", "\r\n", "\r"])


def _told(items: Any) -> list[Any]:
    return [
        (
            one.id,
            [(turn.speaker, turn.text, place_of(turn, 1)) for turn in one.turns],
            one.origin.line,
            one.doubts,
        )
        if isinstance(one, Document)
        else one
        for one in items
    ]


def _both(path: Path, most: int) -> tuple[list[Any], list[Any], tuple[slices.Slice, ...]]:
    cut = slices.cut(str(path), path.name, True, READING, most)
    parts = [one for part in cut.slices for one in _told(slices.read(part, READING))]
    return parts, _told(table.read(str(path), READING)), cut.slices


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            _TEXT.map(lambda text: json.dumps({"text": text}, ensure_ascii=False)), st.just(""), st.just("{")
        ),
        min_size=2,
        max_size=30,
    ),
    _BREAKS,
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    st.integers(20, 200),
)
def test_json_lines(tmp_path, lines, ending, codec, most):
    path = tmp_path / "x.jsonl"
    whole = ending.join(['{"text": "再不还钱就爆你通讯录，这是第一条消息"}', *lines]) + ending
    path.write_bytes(whole.encode(codec))
    parts, wanted, cut = _both(path, most)
    assert parts == wanted
    assert [one.start for one in cut] == [0, *(one.end for one in cut[:-1])]
    assert cut[-1].end in (0, path.stat().st_size)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(_TEXT, st.sampled_from(["", '"', "\n", ",", "\r\n第二行"])), min_size=2, max_size=30),
    _BREAKS,
    st.integers(20, 200),
)
def test_tables_with_quotes_and_line_breaks(tmp_path, rows, ending, most):
    path = tmp_path / "x.csv"
    quoted = ['"' + (text + more).replace('"', '""') + '"' for text, more in rows]
    body = ending.join(f"{number},{text}" for number, text in enumerate(quoted))
    path.write_bytes(f"编号,模板内容{ending}{body}{ending}".encode())
    parts, wanted, _ = _both(path, most)
    assert parts == wanted


@pytest.mark.parametrize("broken", ['1,"没有结束', '1,"引号后"还有', "1,多,了"])
def test_a_broken_row_does_not_lose_the_others(tmp_path, broken):
    path = tmp_path / "x.csv"
    rows = [f"{number},第{number}条消息请按时还款" for number in range(60)]
    path.write_text("\n".join(["编号,内容", *rows[:20], broken, *rows[20:]]) + "\n", encoding="utf-8")
    parts, wanted, cut = _both(path, 200)
    assert len(cut) > 3
    assert parts == wanted


def test_rows_that_make_one_call_stay_together(tmp_path):
    path = tmp_path / "x.csv"
    rows = [f"c-{number % 3},坐席,第{number}句话" for number in range(60)]
    path.write_text("\n".join(["通话编号,说话人,内容", *rows]) + "\n", encoding="utf-8")
    parts, wanted, cut = _both(path, 200)
    assert [one.how for one in cut] == ["whole"]
    assert parts == wanted
    assert len(parts) == 3


@pytest.mark.parametrize("nested", [False, True])
def test_parquet_by_row_groups(tmp_path, nested):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    if nested:
        rows: list[dict[str, Any]] = [
            {"id": f"c-{number}", "turns": [{"speaker": "agent", "text": f"第{number}句"}]}
            for number in range(50)
        ]
    else:
        rows = [{"编号": number, "短信内容": f"第{number}条"} for number in range(50)]
    path = tmp_path / "x.parquet"
    parquet.write_table(pa.Table.from_pylist(rows), path, row_group_size=20)
    parts, wanted, cut = _both(path, 100)
    assert [(one.how, one.first) for one in cut] == [("groups", 1), ("groups", 21), ("groups", 41)]
    assert parts == wanted
    assert len(parts) == 50
    assert sum(one.weight for one in cut) <= path.stat().st_size


def test_wide_encodings_are_read_whole(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(("".join('{"text": "第一条"}\n' for _ in range(50))).encode("utf-16"))
    parts, wanted, cut = _both(path, 100)
    assert len(cut) == 1
    assert parts == wanted


def test_files_of_a_folder_that_hold_no_documents_are_left_out(tmp_path):
    for name, data in (("a.png", b"\x89PNG\r\n\x1a\n" + bytes(40)), ("b.bin", bytes(50)), ("c.jsonl", b"")):
        (tmp_path / name).write_bytes(data)
        assert slices.cut(str(tmp_path / name), name, False, READING, 100).slices == ()


def test_an_unreadable_file_is_one_slice_that_says_why(tmp_path):
    cut = slices.cut(str(tmp_path / "nothing.jsonl"), "nothing.jsonl", True, READING, 100)
    assert cut.sha256 == ""
    (failure,) = slices.read(cut.slices[0], READING)
    assert "找不到文件" in failure.reason


def test_a_file_that_was_written_to_is_refused(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"text": "一"}\n', encoding="utf-8")
    cut = slices.cut(str(path), path.name, True, READING, 100)
    path.write_text('{"text": "一二"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="途中被改动"):
        list(slices.read(cut.slices[0], READING))
