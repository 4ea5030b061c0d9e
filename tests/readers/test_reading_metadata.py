"""Facts joined from a second table: every kind of table, the right call, and what does not fit is said."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from collectlint.document import Document, Turn
from collectlint.errors import UsageError
from collectlint.finding import Failure
from collectlint.readers.metadata import joined, load
from collectlint.readers.settings import ReadSettings

CALL = Document(
    "c-1",
    (Turn("agent", "您好"),),
    channel="call",
    kind="transcript",
    outcome="connected",
    mode="interactive",
)
CSV = (
    "录音流水号,客户号,渠道,开始时间,接通状态,本人失联,lost_contact,部门\n"
    "c-1,d-1,智能外呼,2026-03-02 10:00:00,有效,,是,一组\nc-2,d-2,电话,,接通,,否,二组\n"
)


def csv(path: Path) -> Path:
    path.write_text(CSV, encoding="gb18030")
    return path


def jsonl(path: Path) -> Path:
    path.write_text(
        '{"call_id": "c-1", "debtor_id": "d-1", "channel": "ai_call", "started_at": "2026-03-02T10:00:00",'
        ' "outcome": "effective", "lost_contact": true, "部门": "一组"}\n',
        encoding="utf-8",
    )
    return path


ROWS = [("c-1", "d-1", "智能外呼", datetime.datetime(2026, 3, 2, 10), "有效", True, "一组")]
NAMES = ("通话ID", "客户号", "渠道", "开始时间", "通话结果", "lost_contact", "部门")


def xlsx(path: Path) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in [("通话明细",), NAMES, *ROWS]:
        book.active.append(row)
    book.save(path)
    return path


def parquet(path: Path) -> Path:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table

    write_table(pyarrow.table(dict(zip(NAMES, map(list, zip(*ROWS, strict=True)), strict=True))), path)
    return path


@pytest.mark.parametrize("make", [csv, jsonl, xlsx, parquet])
def test_the_facts_of_every_kind_of_table_join_their_call(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    if make is xlsx:
        pytest.importorskip("python_calamine")
    metadata = load(str(make(tmp_path / "m")), "", ReadSettings())
    (document,) = joined([CALL], metadata)
    assert isinstance(document, Document)
    assert (document.debtor_id, document.channel, document.outcome, document.lost_contact) == (
        "d-1", "ai_call", "effective", True,
    )  # fmt: skip
    assert document.started_at is not None
    assert document.started_at.replace(" ", "T") == "2026-03-02T10:00:00"
    assert document.mode is None  # an automatic call may be either
    assert document.fields["部门"] == "一组"
    assert document.turns == CALL.turns
    assert document.doubts == ()


def table(tmp_path: Path, text: str) -> str:
    path = tmp_path / "m.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_name_of_a_file_may_be_the_number(tmp_path: Path) -> None:
    metadata = load(table(tmp_path, CSV), "", ReadSettings())
    recorded = CALL._replace(id="夜间/c-2.json:1", origin=CALL.origin._replace(path="x/夜间/c-2.json"))
    (document,) = joined([recorded], metadata)
    assert isinstance(document, Document)
    assert document.debtor_id == "d-2"


def test_what_does_not_fit_is_said(tmp_path: Path) -> None:
    text = (
        "编号,客户号,地区\nc-1,d-1,大陆\nc-2,d-2,大陆\nc-2,d-3,大陆\n,d-4,大陆\nc-5,d-5,火星\nc-1,d-1,大陆\n"
    )
    metadata = load(table(tmp_path, text), "编号", ReadSettings())
    known = CALL._replace(debtor_id="d-9")
    items = list(joined([known, CALL._replace(id="c-2"), CALL._replace(id="c-7")], metadata))
    assert [item.line for item in items if isinstance(item, Failure)] == [5, 6]
    first, second, third = (item for item in items if isinstance(item, Document))
    assert first.debtor_id == "d-1"
    assert "debtor_id" in first.doubts[0].reason
    assert second.debtor_id is None
    assert "多行" in second.doubts[0].reason
    assert "没有这份文档" in third.doubts[0].reason


@pytest.mark.parametrize(
    ("text", "key", "part"),
    [(CSV, "工号", "工号"), ("部门,组\n1,2\n", "", "编号"), ("", "", "空")],
)
def test_a_table_without_the_key_is_a_wrong_call(tmp_path: Path, text: str, key: str, part: str) -> None:
    with pytest.raises(UsageError, match=part):
        load(table(tmp_path, text), key, ReadSettings())


def test_a_table_that_is_not_there_or_is_broken_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="找不到"):
        load(str(tmp_path / "none.csv"), "", ReadSettings())
    pytest.importorskip("pyarrow")
    data = io.BytesIO(b"PAR1" + b"\x00" * 40)
    (tmp_path / "m.parquet").write_bytes(data.getvalue())
    with pytest.raises(UsageError, match="损坏"):
        load(str(tmp_path / "m.parquet"), "", ReadSettings())


def test_columns_are_mapped_over_their_headings(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text(
        "录音号,开始时间,拨打时刻,逾期\nc-1,2026-03-02 09:00:00,2026-03-02 10:00:00,31\n", encoding="utf-8"
    )
    columns = {"started_at": "拨打时刻", "fields.overdue_days": "逾期"}
    (document,) = joined([CALL], load(str(path), "录音号", ReadSettings(), columns))
    assert isinstance(document, Document)
    assert document.started_at == "2026-03-02T10:00:00"
    assert document.fields == {"overdue_days": "31", "开始时间": "2026-03-02 09:00:00"}
    with pytest.raises(UsageError, match="没有列「拨打」"):
        load(str(path), "录音号", ReadSettings(), {"started_at": "拨打"})
