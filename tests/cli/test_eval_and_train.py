"""`eval` and `train` on a small labelled corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collectlint.likeness import Model

DOCUMENTS = [
    ("a", "再不还钱就爆你通讯录", ["threat", "third_party"]),
    ("b", "你这个老赖", ["abuse"]),
    ("c", "我要你好看,身份证11010519491231002X", ["threat"]),
    ("d", "您好,请按时还款", []),
    ("e", "這位是老賴", []),
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    path.write_text(
        "".join(
            json.dumps(
                {"id": id_, "text": text, "label": {"violating": bool(families), "families": families}},
                ensure_ascii=False,
            )
            + "\n"
            for id_, text, families in DOCUMENTS
        ),
        encoding="utf-8",
    )
    return path


def test_figures(call, corpus, rules):
    told = json.loads(call("eval", corpus, "--rules", rules, "--format", "json", "--show", "9").stdout)
    assert told["documents"] == 5
    assert (told["overall"]["tp"], told["overall"]["fp"], told["overall"]["fn"]) == (3, 1, 0)
    assert told["by"]["family"]["third_party"]["recall"] == 1.0
    low, high = told["overall"]["precision_95"]
    assert low < 0.75 < high
    assert [one["id"] for one in told["false_alarms"]] == ["e"]
    assert set(told["by"]) == {"family", "jurisdiction", "script", "channel", "kind", "tag"}


def test_table_masks_and_shows(call, corpus, rules):
    result = call(
        "eval", corpus, "--rules", rules, "--show", "3", "--select", "common/abuse", "--by", "script"
    )
    assert result.exit_code == 0
    assert "漏报 c" in result.stdout
    assert "11010519491231002X" not in result.stdout
    assert "hant" in result.stdout
    assert "—" in result.stdout  # no violating document in traditional script


@pytest.mark.parametrize(("bound", "code"), [("precision=0.7", 0), ("precision=0.8", 1), ("recall=1", 0)])
def test_fail_under(call, corpus, rules, bound, code):
    assert call("eval", corpus, "--rules", rules, "--fail-under", bound).exit_code == code


@pytest.mark.parametrize("bound", ["precison=0.9", "precision=high", "precision"])
def test_bad_bound(call, corpus, rules, bound):
    assert call("eval", corpus, "--rules", rules, "--fail-under", bound).exit_code == 2


def test_documents_without_label_are_told(call, corpus, rules):
    corpus.write_text(corpus.read_text(encoding="utf-8") + '{"id": "x", "text": "好"}\n', encoding="utf-8")
    result = call("eval", corpus, "--rules", rules)
    assert result.exit_code == 3
    assert "文档 x 没有 label" in result.stderr


def test_nothing_labelled(call, tmp_path, rules):
    empty = tmp_path / "none.jsonl"
    empty.write_text('{"text": "好"}\n', encoding="utf-8")
    assert call("eval", empty, "--rules", rules).exit_code == 2


def test_train_writes_the_same_file_twice(call, corpus, tmp_path, rules):
    pytest.importorskip("sklearn")
    first, second = tmp_path / "1.model", tmp_path / "2.model"
    for out in (first, second):
        result = call("train", corpus, "-o", out, "--rules", rules)
        assert result.exit_code == 0, result.output
    assert first.read_bytes() == second.read_bytes()
    assert Model(first.read_bytes()).documents == 5


def test_a_miss_names_the_nearest_rule(call, tmp_path, rules):
    path = tmp_path / "one.jsonl"
    path.write_text(
        json.dumps(
            {"id": "m", "text": "我们不会爆你通讯录", "label": {"violating": True, "families": ["threat"]}}
        ),
        encoding="utf-8",
    )
    told = json.loads(call("eval", path, "--rules", rules, "--show", "1", "--format", "json").stdout)
    assert "否定" in told["misses"][0]["nearest_rules"][0]
    assert "差一点" in call("eval", path, "--rules", rules, "--show", "1").stdout


def test_hold_out_trains_without_the_group(call, tmp_path, rules):
    pytest.importorskip("sklearn")
    for name in ("a", "b", "c"):
        lines = [
            json.dumps(
                {
                    "id": f"{name}{number}",
                    "text": text,
                    "label": {"violating": bad, "families": ["abuse"] * bad},
                }
            )
            for number, (text, bad) in enumerate(((f"你这个{name}混蛋", True), (f"您好{name}先生", False)))
        ]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    files = sorted(tmp_path.glob("*.jsonl"))
    result = call("eval", *files, "--rules", rules, "--hold-out", "file", "--format", "json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["documents"] == 6
    assert call("eval", files[0], "--rules", rules, "--hold-out", "file").exit_code == 2
