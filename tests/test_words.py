"""What reports and commands say: complete in every language, and the same shape in each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from collectlint.finding import FAMILIES, Failure, NotEvaluated, Report, Severity
from collectlint.rulebook.shapes import MARKS, SOURCE_KINDS, STATUSES
from collectlint.text.stance import Stance
from collectlint.worded import in_language
from collectlint.words import LANGUAGES, TAGS, words
from collectlint.words.commands import command_words
from collectlint.words.reasons import told
from collectlint.words.reasons_en import REASONS
from collectlint.words.traditional import shown

SOURCE = Path(__file__).parents[1] / "src" / "collectlint"
_SLOT = re.compile(r"\{(\w*)\}")
_HAN = re.compile("[\u4e00-\u9fff]")
# Characters of one script that the other does not have, among the commonest of such words.
_SIMPLIFIED = re.compile("[错误问题项处规则见称该据议档类确达发现读联络时间这个为话说简语请检查备注释数观]")


def texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from texts(one, f"{path}.{key}")
    elif isinstance(value, tuple):
        names = getattr(value, "_fields", range(len(value)))
        for name, one in zip(names, value, strict=True):
            yield from texts(one, f"{path}.{name}")


@pytest.mark.parametrize("made", [words, command_words])
@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_every_language_says_all_with_the_same_slots(made, lang):
    chinese, other = dict(texts(made("zh"))), dict(texts(made(lang)))
    assert sorted(other) == sorted(chinese)
    for path, text in chinese.items():
        assert other[path], path
        assert sorted(_SLOT.findall(other[path])) == sorted(_SLOT.findall(text)), path


@pytest.mark.parametrize("made", [words, command_words])
def test_no_language_stands_in_another(made):
    for path, text in texts(made("en")):
        assert not _HAN.search(text), (path, text)
    for lang in ("hant", "hk"):
        for path, text in texts(made(lang)):
            assert set(_SIMPLIFIED.findall(text)) <= set("查注"), (path, text)


def test_hong_kong_differs_from_taiwan():
    differing = {
        path for path, text in texts(command_words("hk")) if dict(texts(command_words("hant")))[path] != text
    }
    assert {".letters.M", ".scopes.channels", ".instruments.platform_contract"} <= differing
    assert words("hk").marks["press"] == "據公開報道"


def test_every_word_that_machines_read_has_its_words():
    for lang in LANGUAGES:
        said, more = words(lang), command_words(lang)
        assert list(said.severities) == [one.label for one in sorted(Severity, reverse=True)]
        assert sorted(said.marks) == sorted(MARKS)
        assert set(FAMILIES) <= set(said.families)
        assert sorted(more.instruments) == sorted(SOURCE_KINDS)
        assert sorted(more.statuses) == sorted(STATUSES)
        assert set(more.stances) == {str(one) for one in Stance} - {"asserted"}
        assert TAGS[lang]


def _said(node: ast.expr) -> str | None:
    """The text of a constant or an f-string, `{}` for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return None


def reasons() -> Iterator[tuple[str, str]]:
    """Every Chinese text that goes into a failure, a doubt, or an outcome that is unknown, with its place."""
    for file in sorted((*SOURCE.glob("readers/**/*.py"), *SOURCE.glob("operators/*.py"))):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(getattr(call, "func", None), "id", "")
            if name in ("Failure", "InputError", "Doubt", "Outcome"):
                for part in (*call.args, *(one.value for one in call.keywords)):
                    text = _said(part)
                    if text and _HAN.search(text):
                        yield text, f"{file.relative_to(SOURCE)}:{call.lineno}"


def test_reasons_have_their_english():
    """Nearly all: a reader may arrive before the English of what it complains about."""
    all_ = dict(reasons())
    assert len(all_) > 100
    lacking = {
        text: place for text, place in all_.items() if _HAN.search(told(text.replace("{}", "x7"), "en"))
    }
    assert len(lacking) <= len(all_) * 0.05, lacking


def test_slots_of_reasons_are_kept():
    for chinese, english in REASONS.items():
        assert len(re.findall(r"\{\d?\}", english)) == chinese.count("{}"), chinese
        assert not _HAN.search(english.replace("是/否", "").replace("规则编号", "")), english


@pytest.mark.parametrize(
    ("reason", "lang", "said"),
    [
        ("缺少 a、b，无法计次", "en", "a, b is missing; contacts cannot be counted"),
        ("缺少 started_at;缺少 fields.a", "en", "started_at is missing; fields.a is missing"),
        ("JSON 有误（第 3 列：此处缺少逗号）", "en", "broken JSON (column 3: a comma is missing)"),
        ("有 3 段没有时间，无法定位到秒，也无法按时间排列", "en",
         "3 segments have no time: places have no second, and the order is that of the file"),
        ("缺少 started_at", "hant", "缺少 started_at"),
        ("元数据表里没有这份文档的编号", "hant", "詮釋資料表裡沒有這份文件的編號"),
        ("元数据表里没有这份文档的编号", "hk", "元數據表裏沒有這份文件的編號"),
        ("列「简体字」无效", "hant", "列「简体字」無效"),
        ("没有人知道的话", "en", "没有人知道的话"),
    ],
)  # fmt: skip
def test_a_reason_in_another_language(reason, lang, said):
    assert told(reason, lang) == said


def test_a_report_in_another_language_keeps_everything_else():
    report = Report(
        (),
        (NotEvaluated("d", "cn/a/b", "缺少 started_at"),),
        (Failure("x", 3, "找不到文件", "请检查路径"),),
        1,
    )
    english = in_language(report, "en")
    assert english.not_evaluated == (NotEvaluated("d", "cn/a/b", "started_at is missing"),)
    assert english.failures == (Failure("x", 3, "no such file", "check the path"),)
    assert in_language(report, "zh") is report


def test_traditional_text_has_the_words_of_its_region():
    assert (
        shown("不得于夜间拨打账户所有人的电话，短信亦同", "hant")
        == "不得於夜間撥打帳戶所有人的電話，簡訊亦同"
    )
    assert shown("短信、网络、合同", "hk") == "短訊、網絡、合約"
    assert shown("短信", "zh") == shown("短信", "en") == "短信"
