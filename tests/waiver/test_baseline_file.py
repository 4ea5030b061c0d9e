"""The baseline file: strict, sorted, the same bytes for the same entries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.errors import ConfigErrors
from collectlint.waiver.baseline import Entry, read, written

GOOD = (
    '{"path": "a.csv", "rule": "cn/a/b", "fingerprint": "0011223344556677", "reason": "旧",'
    ' "until": "2027-01-31"}'
)
ENTRIES = st.builds(
    Entry,
    path=st.sampled_from(["a.csv", "短信/b.txt", "<stdin>"]),
    rule=st.sampled_from(["cn/a/b", "tw/c/d"]),
    fingerprint=st.text("0123456789abcdef", min_size=16, max_size=16),
    times=st.integers(1, 3),
    reason=st.text("旧模板x#\"\\'", min_size=1, max_size=9),
    until=st.sampled_from(["", "2027-01-31"]),
    line=st.just(0),
)


@given(st.lists(ENTRIES, unique_by=lambda one: one.key, max_size=5))
def test_what_is_written_is_read(tmp_path_factory, entries):
    path = tmp_path_factory.mktemp("b") / "baseline.jsonl"
    path.write_bytes(written(entries))
    assert [one._replace(line=0) for one in read(str(path), "baseline.jsonl")] == entries


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["{"], "b:1:1: 这一行不是合法的 JSON(每行一个 JSON 对象；合并冲突的标记要删掉)"),
        ([GOOD, "<<<<<<< HEAD"], "b:2:1: 这一行不是合法的 JSON(每行一个 JSON 对象；合并冲突的标记要删掉)"),
        (["[]"], 'b:1:1: 这一行应为 JSON 对象(形如 {"path": …, "rule": …})'),
        ([GOOD, "", GOOD], "b:3:1: 与第 1 行重复(只留一行)"),
        ([GOOD.replace("reason", "raeson")], "b:1:1: 未知键 `raeson`(您是否想写 `reason`?)"),
        ([GOOD.replace("旧", " ")], "b:1:1: `reason` 不能为空(请写上内容)"),
        ([GOOD.replace("2027-01-31", "2027-1-31")],
         "b:1:1: `until` 应为日期(YYYY-MM-DD),却是 `2027-1-31`(您是否想写 `2027-01-31`?)"),
        ([GOOD.replace("00112233", "XY112233")],
         "b:1:1: `fingerprint` 写法不对:`XY11223344556677`(应当符合 `[0-9a-f]{16}`)"),
        ([GOOD[:-1] + ', "reason": "x"}'],
         "b:1:1: 键 reason 写了两次(每行一个 JSON 对象；合并冲突的标记要删掉)"),
        ([GOOD[:-1] + ', "count": 1}'], "b:1:1: `count` 太小:1(最小是 2)"),
        (["[" * 100_000], "b:1:1: 这一行不是合法的 JSON(每行一个 JSON 对象；合并冲突的标记要删掉)"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_baseline(tmp_path, lines, message):
    path = tmp_path / "b"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ConfigErrors) as caught:
        read(str(path), "b")
    assert str(caught.value) == message


def test_a_baseline_that_is_not_there(tmp_path):
    with pytest.raises(ConfigErrors, match="基线读不出来"):
        read(str(tmp_path / "none"), "none")
