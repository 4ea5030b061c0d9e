"""CSV and TSV: columns found, rows that break alone, exact places, calls put together."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.document import Document, Turn, place_of
from collectlint.finding import Failure
from collectlint.readers.csv_cells import Row, origin_of, rows, split
from collectlint.readers.settings import Line, ReadSettings
from collectlint.readers.table import read, read_stdin


def items(text: str, **options: object) -> list[Document | Failure]:
    return list(read_stdin(io.BytesIO(text.encode()), ReadSettings(**options)))


def texts(text: str, **options: object) -> list[str]:
    got = items(text, **options)
    assert all(isinstance(item, Document) for item in got), got
    return [item.turns[0].text for item in got]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize(
    "header",
    [
        "文本",
        "内容",
        "內容",
        "话术",
        "短信内容",
        "模板内容",
        "text",
        "Content",
        '"文本"',
        " 内容 ",
        "message",
    ],
)
def test_the_text_column_and_the_delimiter_are_found(delimiter: str, header: str) -> None:
    table = f"编号{delimiter}{header}\nT1{delimiter}请还款\n"
    (document,) = items(table)
    assert (document.id, document.turns[0].text) == ("T1", "请还款")
    assert place_of(document.turns[0], 1) == (2, 5)


def test_chinese_columns_and_words_become_fields() -> None:
    table = (
        "编号,渠道,地区,对象,内容,发送时间,债务人编号,是否可联系,lost_contact,发送时段,备注\n"
        "1,电话,臺灣,家属,您好,2026/03/02 10:00:00,007,是,否,21:00-22:00、06:00-07:00,甲\n"
        "2,,,,再见,,,,,,\n"
    )
    first, second = items(table)
    assert first[3:7] == ("tw", "call", "message", "family")
    assert (first.started_at, first.debtor_id, first.lost_contact) == ("2026-03-02T10:00:00", "007", False)
    assert first.send_window == ("21:00-22:00", "06:00-07:00")
    assert first.fields == {"是否可联系": "是", "备注": "甲"}
    assert second[3:7] == ("cn", "sms", "message", "debtor")
    assert (second.started_at, second.lost_contact, second.fields) == (None, None, {})


def test_a_column_called_template_makes_templates() -> None:
    (document,) = items("id,模板内容\n1,${name}您好\n")
    assert document.kind == "template"
    assert items("id,模板内容\n1,您好\n", kind="message")[0].kind == "message"


def test_a_column_map_wins_over_the_header() -> None:
    table = "no,标题,正文甲,内容\n1,还款提醒,请还款,旧\n"
    (document,) = items(table, columns={"text": "正文甲", "id": "标题"})
    assert (document.id, document.turns[0].text) == ("还款提醒", "请还款")
    assert document.fields == {"no": "1", "内容": "旧"}


@pytest.mark.parametrize(
    ("table", "columns", "parts"),
    [
        ("编号,内容\n1,a\n", {"text": "內容"}, ("內容", "现有列：编号、内容", "是否为「内容」")),
        ("编号,内容\n1,a\n", {"txet": "内容"}, ("txet", "是否为 text")),
        ("编号,甲\n1,a\n", {}, ("找不到文本列", "现有列：编号、甲")),
        ("内容,文本\n1,a\n", {}, ("有多列可作 text", "内容、文本")),
        ('内容,"文\n', {}, ("引号",)),
    ],
)
def test_a_header_that_cannot_be_used_is_one_failure_for_the_file(table, columns, parts) -> None:
    (failure,) = items(table, columns=columns, format="csv")
    assert isinstance(failure, Failure)
    for part in parts:
        assert part in failure.reason + failure.remedy


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("1,甲,乙,丙", "4 格"),
        ("1", "1 格"),
        ('1,"甲"乙,', "引号"),
        ('1,"甲,', "引号"),
        ("1,甲,短讯息", "短讯息"),
    ],
)
def test_a_broken_row_leaves_the_others(row: str, part: str) -> None:
    got = items(f"编号,内容,渠道\n0,前,短信\n{row}\n2,后一,短信\n3,后二,短信\n")
    assert [type(item) for item in got] == [Document, Failure, Document, Document]
    assert got[1].line == 3
    assert part in got[1].reason
    assert [item.turns[0].text for item in got if isinstance(item, Document)] == ["前", "后一", "后二"]


def test_an_open_quote_far_from_the_end_costs_one_row() -> None:
    table = '编号,内容\n0,"没有结束\n' + "".join(f"{n},第{n}条\n" for n in range(1, 3001))
    got = items(table)
    assert isinstance(got[0], Failure)
    assert len(got) == 3001


def test_quoted_line_breaks_and_doubled_quotes_keep_their_places() -> None:
    table = '编号,内容\r\n1,"第一行\r\n他说""好""\n第三行"\r\n2,"简单"\r\n3,甲\r\n'
    first, second, third = items(table)
    text = first.turns[0].text
    assert text == '第一行\r\n他说"好"\n第三行'
    assert place_of(first.turns[0], 0) == (2, 4)
    assert place_of(first.turns[0], text.index("他")) == (3, 1)
    assert place_of(first.turns[0], text.index("好")) == (3, 5)
    assert place_of(first.turns[0], text.index("三")) == (4, 2)
    assert (second.origin.line, place_of(second.turns[0], 1)) == (5, (5, 5))
    assert place_of(third.turns[0], 0) == (6, 3)
    assert second.id == "2"


CELLS = st.text(alphabet='还"\n\r,;\t a', max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_rows_are_those_of_the_csv_module_and_each_character_is_found(table, delimiter) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(table)
    raw = out.getvalue()
    physical = list(io.StringIO(raw, newline=""))
    pieces = [
        Line(number, part.rstrip("\r\n"), part[len(part.rstrip("\r\n")) :])
        for number, part in enumerate(physical, 1)
    ]
    read_rows = list(rows(iter(pieces), delimiter, "x"))
    assert [[cell.value for cell in row.cells] for row in read_rows if isinstance(row, Row)] == table
    for row in read_rows:
        for cell in row.cells:
            turn = Turn("agent", cell.value, None, None, origin_of(row, cell, "x"))
            for offset, character in enumerate(cell.value):
                if character in "\r\n":
                    continue
                line, column = place_of(turn, offset)
                assert physical[line - 1][column - 1] == character


@given(st.text(alphabet='a",\t', max_size=20))
def test_a_row_is_split_as_the_csv_module_does_or_refused(raw: str) -> None:
    cells = split(raw, ",")
    if isinstance(cells, list) and raw:
        assert [[cell.value for cell in cells]] == list(csv.reader([raw]))


def test_rows_of_a_call_are_joined_even_when_they_stand_apart() -> None:
    table = (
        "通话编号,说话人,内容,开始秒,坐席编号\n"
        "c1,坐席,您好,0.0,a-7\nc2,agent,喂,1,\nc1,坐席,请还款,9,\nc1,客户,谁啊,2.5,a-7\nc2,家属,他不在,3,\n"
    )
    first, second = items(table)
    assert [(turn.speaker, turn.text, turn.start) for turn in first.turns] == [
        ("agent", "您好", 0.0), ("debtor", "谁啊", 2.5), ("agent", "请还款", 9.0),
    ]  # fmt: skip
    assert (first.id, first.kind, first.channel, first.agent_id) == ("c1", "transcript", "call", "a-7")
    assert [turn.origin.line for turn in first.turns] == [2, 5, 4]
    assert [turn.speaker for turn in second.turns] == ["agent", "third_party"]


@pytest.mark.parametrize(
    ("row", "line", "part"),
    [
        ("c1,坐席,滚,x", 3, "秒数"),
        ("c1,坐席,滚,1,2", 3, "5 格"),
        (",坐席,滚,1", 3, "通话编号"),
    ],
)
def test_a_broken_row_of_a_call_is_never_left_out_in_silence(row: str, line: int, part: str) -> None:
    got = items(f"call_id,speaker,text,start\nc1,坐席,您好,0\n{row}\nc2,坐席,您好,0\n")
    (failure,) = [item for item in got if isinstance(item, Failure)]
    assert failure.line == line
    assert part in failure.reason
    documents = [item.id for item in got if isinstance(item, Document)]
    assert documents == (["c1", "c2"] if row.startswith(",") else ["c2"])


def test_a_tsv_and_a_format_by_name(tmp_path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("编号\t甲,乙\n1\t请还款\n", encoding="utf-8")
    (document,) = read(path, ReadSettings(columns={"text": "甲,乙"}))
    assert document.turns[0].text == "请还款"
    assert texts("a\t内容,渠道\n1\t请还款\n", format="tsv", columns={"text": "内容,渠道"}) == ["请还款"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_table_of_excel_is_read_in_its_encoding(encoding: str) -> None:
    data = "编号,短信内容\r\n1,您的贷款已逾期，请还款\r\n".encode(encoding)
    (document,) = read_stdin(io.BytesIO(data), ReadSettings())
    assert document.turns[0].text == "您的贷款已逾期，请还款"


def test_a_cell_with_a_conversation_is_split_when_it_is_a_transcript() -> None:
    (document,) = items('编号,类别,通话内容\n1,通话,"坐席：您好\n客户：""谁""啊"\n')
    assert [(turn.speaker, turn.text) for turn in document.turns] == [("agent", "您好"), ("debtor", '"谁"啊')]
    assert place_of(document.turns[1], 3) == (3, 9)


@given(st.text(alphabet='内容,"\n\t;|1编号', max_size=40))
def test_no_text_makes_the_table_reader_raise(text: str) -> None:
    for item in items(text, format="csv"):
        assert isinstance(item, (Document, Failure))


def test_a_column_can_be_mapped_to_a_field_of_ones_own() -> None:
    (document,) = items("内容,逾期\n您好,31\n", columns={"fields.overdue_days": "逾期"})
    assert document.fields == {"overdue_days": "31"}
