"""Recognisers' results, subtitles, call-centre exports: examples read to their record; damage is said."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.document import Document, place_of
from collectlint.finding import Failure
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table import read, read_stdin

ROOT = Path(__file__).parents[2]
FORMATS = ROOT / "corpora" / "formats"
GOLDEN = ROOT / "tests" / "golden" / "readers"
EXAMPLES = sorted(path for path in FORMATS.glob("*/*") if path.parent.name not in ("demo", "templates"))
JSON_EXAMPLES = [path for path in EXAMPLES if path.suffix == ".json"]


def items(text: str, **options: object) -> list[Document | Failure]:
    return list(read_stdin(io.BytesIO(text.encode()), ReadSettings(**options)))


def one(value: object, **options: object) -> Document:
    (item,) = items(json.dumps(value, ensure_ascii=False) + "\n", **options)
    assert isinstance(item, Document), item
    return item


def ids(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def doubts(document: Document) -> set[str]:
    return {doubt.about for doubt in document.doubts}


def recorded(path: Path) -> str:
    raw = [] if path.suffix == ".xlsx" else path.read_text(encoding="utf-8-sig").splitlines()
    record = []
    for document in read(path, ReadSettings()):
        assert isinstance(document, Document), document
        fields = document._asdict() | {"origin": document.origin.line, "turns": []}
        for turn in document.turns:
            place: object = turn.origin.cell
            if not place:
                for offset in (0, len(turn.text) - 1):
                    line, column = place_of(turn, offset)
                    assert raw[line - 1][column - 1] == turn.text[offset]
                place = list(place_of(turn, 0))
            fields["turns"].append([turn.speaker, turn.start, turn.end, place, turn.text])
        fields["doubts"] = [list(doubt) for doubt in document.doubts]
        defaults = Document._field_defaults | {"doubts": []}
        record.append({key: value for key, value in fields.items() if value != defaults.get(key, ...)})
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("path", EXAMPLES, ids=ids)
def test_every_example_reads_as_recorded(path: Path) -> None:
    """Set COLLECTLINT_GOLDEN=1 to write the record anew, then read its diff."""
    if path.suffix == ".xlsx":
        pytest.importorskip("python_calamine")
    golden = GOLDEN / f"{path.parent.name}.{path.name}.json"
    text = recorded(path)
    if os.environ.get("COLLECTLINT_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("path", JSON_EXAMPLES, ids=ids)
@pytest.mark.parametrize("name", ["x", "x.txt", "x.csv", "x.jsonl"])
def test_the_content_tells_the_shape_not_the_name(tmp_path: Path, path: Path, name: str) -> None:
    copy = tmp_path / name
    copy.write_bytes(path.read_bytes())
    want = [item.turns for item in read(path, ReadSettings())]
    got = [item.turns for item in read(copy, ReadSettings())]
    assert [[turn[:4] for turn in turns] for turns in got] == [[turn[:4] for turn in turns] for turns in want]


@pytest.mark.parametrize("path", JSON_EXAMPLES, ids=ids)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_file_cut_in_the_middle_is_a_failure(tmp_path: Path, path: Path, share: float) -> None:
    data = path.read_bytes().rstrip()
    copy = tmp_path / path.name
    copy.write_bytes(data[: int(len(data) * share)])
    got = list(read(copy, ReadSettings()))
    failures = [item for item in got if isinstance(item, Failure)]
    assert failures, got
    assert any("截断" in item.reason or "JSON" in item.reason for item in failures)
    assert all(item.remedy for item in failures)


@pytest.mark.parametrize("path", JSON_EXAMPLES, ids=ids)
def test_a_cut_file_in_a_folder_is_not_passed_over(tmp_path: Path, path: Path) -> None:
    data = path.read_bytes().rstrip()
    (tmp_path / path.name).write_bytes(data[: int(len(data) * 0.8)])
    assert any(isinstance(item, Failure) for item in read(tmp_path, ReadSettings()))


def test_all_examples_in_one_folder_are_read(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    for path in EXAMPLES:
        (tmp_path / f"{path.parent.name}-{path.name}").write_bytes(path.read_bytes())
    got = list(read(tmp_path, ReadSettings()))
    assert not [item for item in got if isinstance(item, Failure)]
    want = sum(len(list(read(path, ReadSettings()))) for path in EXAMPLES)
    assert len(got) == want


def test_shapes_may_change_from_line_to_line() -> None:
    lines = [
        json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False) for path in JSON_EXAMPLES
    ]
    objects = [line for line in lines if line.startswith("{")]
    got = items("\n".join(['{"text": "请还款"}', *objects, '{"turns": [{"text": "您好"}]}']) + "\n")
    assert not [item for item in got if isinstance(item, Failure)]
    assert len(got) == len(objects) + 2


def test_speech_of_an_unknown_shape_in_a_folder_is_a_failure_and_other_json_is_not(tmp_path: Path) -> None:
    odd = {"calls": [{"says": "请今天还款", "startOffset": 12, "by": 1}]}
    (tmp_path / "odd.json").write_text(json.dumps(odd, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "package.json").write_text('{"name": "模板", "version": "1.0.0"}', encoding="utf-8")
    (failure,) = read(tmp_path, ReadSettings())
    assert isinstance(failure, Failure)
    assert failure.path.endswith("odd.json")
    assert "不是认得的" in failure.reason


def nls(*sentences: tuple[str, int, int, int], status: str = "SUCCESS") -> dict[str, object]:
    keys = ("Text", "ChannelId", "BeginTime", "EndTime")
    return {
        "StatusText": status,
        "Result": {"Sentences": [dict(zip(keys, sentence, strict=True)) for sentence in sentences]},
    }


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ({"StatusText": "TASK_FAILED"}, "TASK_FAILED"),
        (nls(status="SUCCESS"), "没有识别出"),
        ({"Data": {"Status": 3, "ErrorMsg": "audio too long", "ResultDetail": None}}, "audio too long"),
        ({"status": "RUNNING", "segments": []}, "RUNNING"),
        ({"JobStatus": "FAILED"}, "FAILED"),
        ({"content": {"orderResult": '{"lattice": [{"json_1best": "{\\"st\\": '}}, "JSON"),
        ({"content": {"orderResult": "{}"}}, "lattice"),
        ({"data": '[{"bg": "0", "onebest": "您好"'}, "JSON"),
        ({"dialogues": [{"words": 3, "identity": "1", "begin": 0}]}, "字符串"),
        ({"dialogues": [{"words": "您好", "identity": "1", "begin": "x"}]}, "begin"),
        ({"dialogues": [{"words": "您好", "identity": "1", "begin": 0}, 5]}, "对象"),
        ({"segments": [], "word_segments": [], "language": "zh"}, "没有识别出"),
    ],
)
def test_a_result_that_is_no_call_is_a_failure_that_says_why(value: object, part: str) -> None:
    (item,) = items(json.dumps(value, ensure_ascii=False) + "\n")
    assert isinstance(item, Failure), item
    assert part in item.reason
    assert item.remedy


def test_entries_without_words_are_counted() -> None:
    document = one(nls(("您好", 0, 0, 900), ("", 0, 900, 1000), ("在吗", 0, 1000, 1900)))
    assert [turn.text for turn in document.turns] == ["您好", "在吗"]
    assert any(doubt.about == "turns" and "1 段" in doubt.reason for doubt in document.doubts)


def dialogue(begin: object, end: object) -> dict[str, object]:
    said = "您好请问是王先生本人吗"
    return {"dialogues": [{"role": "客服", "words": said, "begin": begin, "end": end, "identity": "1"}]}


@pytest.mark.parametrize(
    ("begin", "end", "seconds", "doubtful"),
    [
        (1500, 4000, (1.5, 4.0), False),  # milliseconds, as documented
        ("1500", "4000", (1.5, 4.0), False),  # as strings
        (1.5, 4.0, (1.5, 4.0), True),  # seconds
        (1_500_000, 4_000_000, (1.5, 4.0), True),  # microseconds
        (0, 0, (0.0, 0.0), False),
        (4000, 1500, (4.0, None), True),  # ends before it begins
        (None, None, (None, None), True),
        ("", None, (None, None), True),
        (-5, 1000, (None, None), True),
    ],
)
def test_units_of_time_are_told_apart(
    begin: object, end: object, seconds: tuple[float | None, float | None], doubtful: bool
) -> None:
    document = one(dialogue(begin, end))
    assert (document.turns[0].start, document.turns[0].end) == seconds
    assert ("times" in doubts(document)) == doubtful


def test_absolute_microseconds_become_seconds_and_a_beginning() -> None:
    document = one(json.loads((FORMATS / "google_insights/conversation.json").read_text(encoding="utf-8")))
    assert [turn.start for turn in document.turns] == [0.0, 4.5]
    assert document.started_at == "2026-03-02T09:30:00+08:00"


AGENT, DEBTOR = "您好，这里是江城公司，您的贷款逾期了", "我没钱，你是谁"


@pytest.mark.parametrize(
    ("words", "speakers"),
    [
        ((AGENT, DEBTOR), ["agent", "debtor"]),
        ((DEBTOR, AGENT), ["debtor", "agent"]),
        (("嗯", "好"), ["unknown", "unknown"]),
        ((AGENT, AGENT), ["unknown", "unknown"]),  # no clear lead
        ((AGENT, DEBTOR, "他在开会"), ["agent", "unknown", "unknown"]),  # a third voice may be anybody
    ],
)
def test_a_guess_needs_a_clear_lead_and_is_told(words: tuple[str, ...], speakers: list[str]) -> None:
    document = one(nls(*((text, at, at * 4000, at * 4000 + 3000) for at, text in enumerate(words))))
    assert [turn.speaker for turn in document.turns] == speakers
    assert "speakers" in doubts(document)
    told = document.fields.get("guessed_speakers", {})
    assert told == {str(at): who for at, who in enumerate(speakers) if who != "unknown"}


def test_configuration_goes_before_names_and_guesses() -> None:
    value = nls((DEBTOR, 0, 0, 2000), (AGENT, 1, 3000, 6000))
    document = one(value, speakers={"0": "agent", "1": "third_party"})
    assert [turn.speaker for turn in document.turns] == ["agent", "third_party"]
    assert not document.doubts
    assert "guessed_speakers" not in document.fields


def test_the_one_counterpart_of_a_named_voice_is_a_guess_too() -> None:
    value = nls(("喂", 0, 0, 900), ("您好", 1, 1000, 1900))
    document = one(value, speakers={"1": "agent"})
    assert [turn.speaker for turn in document.turns] == ["debtor", "agent"]
    assert document.fields["guessed_speakers"] == {"0": "debtor"}


KEYS = (
    "dialogues words begin end role identity Result Sentences Text BeginTime transcripts sentences text Data "
    "ResultDetail FinalSentence StartMs content orderResult lattice json_1best st rt ws cw data onebest bg "
    "result utterances start_time segments start sentence_info timestamp key spk Transcript Content "
    "BeginOffsetMillis entries start_timestamp_usec asr_text StatusText stamp_sents text_seg word_segments"
)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.floats(allow_nan=False)
        | st.integers()
        | st.text('您0[{"', max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(KEYS.split()),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_no_json_makes_a_shape_raise(value: object) -> None:
    for item in items(json.dumps(value, ensure_ascii=False), format="json"):
        assert isinstance(item, (Document, Failure))


SRT = "1\n00:00:01,000 --> 00:00:02,000\n坐席：您好\n\n2\n00:00:03,000 --> 00:00:04,000\n客户：谁\n"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (SRT + "\n3\n", "只有序号"),
        (SRT + "\n3\n00:00:05,0", "没有时间"),
        (SRT + "\n3\n00:00:05,000 --> 00:0", "时间有误"),
        (SRT + "\n3\n00:00:05,000 --> 00:00:06,000", "没有文字"),
    ],
)
def test_subtitles_cut_in_the_middle(text: str, part: str) -> None:
    got = items(text)
    (document,) = [item for item in got if isinstance(item, Document)]
    (failure,) = [item for item in got if isinstance(item, Failure)]
    assert [turn.speaker for turn in document.turns] == ["agent", "debtor"]
    assert part in failure.reason
    assert failure.line >= 9


def test_tags_and_entities_do_not_move_places() -> None:
    (document,) = items("WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud 客服><i>您</i>好&amp;<b>还款</b></v>\n")
    (turn,) = document.turns
    assert (turn.speaker, turn.text) == ("agent", "您好&还款")
    assert [place_of(turn, at)[1] for at in range(5)] == [15, 20, 21, 29, 30]


def test_the_heading_tells_the_unit_and_else_the_speed_of_speech() -> None:
    said = "您好请问是王先生本人吗"
    for heading, value in [
        ("开始时间(ms)", "1500"),
        ("开始秒", "1.5"),
        ("start", "00:01.5"),
        ("start", "1.5"),
    ]:
        (document,) = items(f"通话ID,角色,{heading},内容\nc,坐席,{value},{said}\n")
        assert document.turns[0].start == 1.5, heading
    (document,) = items(f"start,end,text\n1500,4000,{said}\n")
    assert (document.turns[0].start, document.turns[0].end) == (1.5, 4.0)


def test_numbers_that_a_spreadsheet_spoilt_are_not_used() -> None:
    (document,) = items("编号,被叫,内容\n1,1.38001E+10,请还款\n")
    assert document.callee is None
    assert doubts(document) == {"fields"}
    (failure,) = items("通话ID,角色,内容\n1.2E+17,坐席,您好\n")
    assert "科学计数法" in failure.reason


def test_records_of_contacts_without_words_are_documents() -> None:
    attempt, talked = items(
        "通话ID,被叫,开始时间,通话结果\n1,h-1,2026-03-02 10:00:00,未接通\n2,h-1,2026-03-02 11:00:00,接通\n"
    )
    assert (attempt.outcome, attempt.turns, attempt.doubts) == ("attempt", (), ())
    assert doubts(talked) == {"turns"}


def test_a_broken_workbook_and_a_bomb_are_failures(tmp_path: Path) -> None:
    data = (FORMATS / "call_export/turns.xlsx").read_bytes()
    path = tmp_path / "a.xlsx"
    path.write_bytes(data[: len(data) // 2])
    (failure,) = read(path, ReadSettings())
    assert "截断" in failure.reason
    path.write_bytes(data)
    (failure,) = read(path, ReadSettings(max_whole_bytes=1000))
    assert "过大" in failure.reason


def test_a_missing_library_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "python_calamine", None)
    (failure,) = read(FORMATS / "call_export/turns.xlsx", ReadSettings())
    assert "collectlint[xlsx]" in failure.remedy
