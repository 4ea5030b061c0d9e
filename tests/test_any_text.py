"""Any text at all is judged without a failure, and every finding quotes the text at its place.

500 texts normally, 3,000 under COLLECTLINT_FULL=1, a million under =all (an hour of one core), or as many as
COLLECTLINT_TEXTS says.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

from collectlint.document import Document, Origin, Turn, place_of
from collectlint.linter import Options
from collectlint.readers.given import read_text
from collectlint.readers.settings import ReadSettings
from collectlint.rulebook.folder import load
from collectlint.run import run, word_edges

FULL = os.environ.get("COLLECTLINT_FULL", "")
TEXTS = int(os.environ.get("COLLECTLINT_TEXTS", 0)) or {"": 500, "all": 1_000_000}.get(FULL, 3_000)
LONG = 1 << 16
TOGETHER = 500  # documents of one run, so that batches are read as batches
PLANES = (
    *(
        (0x20, 0x7F),
        (0x0, 0x20),
        (0x80, 0x250),
        (0x300, 0x370),
        (0x600, 0x700),
        (0xE00, 0xE80),
        (0x2000, 0x2070),
    ),
    *(
        (0x2E80, 0x3000),
        (0x3000, 0x3400),
        (0x3400, 0x4E00),
        (0xAC00, 0xD7B0),
        (0xD800, 0xE000),
        (0xE000, 0xE100),
    ),
    *((0xF900, 0xFB00), (0xFE00, 0x10000), (0x1D100, 0x1D200), (0x1F300, 0x1FA00), (0x20000, 0x2A6E0)),
    *((0x30000, 0x323B0), (0xE0000, 0xE01F0), (0xF0000, 0xF0100), (0x10FF00, 0x110000)),
)
SAID = (
    *("再不还钱就爆你通讯录", "今晚就上门找你家人", "不还款马上抓你坐牢", "把钱转到我私人账户", "我们绝不会"),
    *(
        "严禁",
        "他说",
        "您",
        "你这种老赖",
        "还款",
        "法院",
        "律师函",
        "13800138000",
        "本金1,280.50元",
        "逾期3天",
    ),
    *(
        "明天下午五点前",
        "客服热线95588",
        "，",
        "。",
        "！",
        "「",
        "」",
        "\n",
        "\r\n",
        "：",
        " ",
        "*",
        "-",
        "\u200b",
    ),
    *("\u202e", "\ufeff", "\u0301", "\ufe0f", "${name}", "再不還錢就爆你通訊錄", "爆 你 通 讯 录", "ｂāo nǐ"),
    *("扌艮", "坐席：", "客户："),
)


def piece(chance: random.Random) -> str:
    if chance.random() < 0.6:
        return chance.choice(SAID)
    low, high = chance.choice(PLANES)
    made = "".join(chr(chance.randrange(low, high)) for _ in range(chance.choice((1, 2, 6))))
    return made * chance.choice((1, 1, 1, 3, 30))


def documents(seed: int, count: int) -> Iterator[Document]:
    chance = random.Random(seed)
    settings = ReadSettings()
    for number in range(count):
        text = "".join(piece(chance) for _ in range(chance.choice((0, 1, 3, 8, 15))))
        if number % 10 == 3:
            turns = (
                Turn("agent", text, origin=Origin("a.txt", 1, 1)),
                Turn("debtor", text[::-1]),
                Turn("agent", "好"),
            )
            yield Document(f"d{number}", turns, kind="transcript", channel="call")
        else:
            yield read_text(text, settings)._replace(id=f"d{number}")


@pytest.mark.slow
def test_any_text_is_judged_and_every_finding_quotes_it() -> None:
    book = load()
    options = Options(as_of="2026-11-22", boundaries=word_edges(book))
    found = 0
    for first in range(0, TEXTS, TOGETHER):
        some = list(documents(first, min(TOGETHER, TEXTS - first)))
        by_id = {one.id: one for one in some}
        report = run(some, book, options)
        assert not report.failures, report.failures[:3]
        assert report.documents == len(some)
        for one in report.findings:
            turn = by_id[one.document].turns[one.turn]
            assert turn.text[one.start : one.end] == one.matched
            assert one.excerpt[one.start - one.excerpt_start : one.end - one.excerpt_start] == one.matched
            for more in one.evidence:
                assert by_id[one.document].turns[more.turn].text[more.start : more.end] == more.text
            if one.line and one.start < one.end:
                assert (one.line, one.column) == place_of(turn, one.start)
        found += len(report.findings)
    assert found > TEXTS / 10


@pytest.mark.slow
@pytest.mark.parametrize("said", ["再不还钱就爆你通讯录，", "您好！", "\u200b", "不", "a\n"])
def test_a_long_text_is_judged(said: str) -> None:
    book = load()
    text = (said * LONG)[:LONG]
    document = Document("d", (Turn("agent", text),))
    report = run([document], book, Options(as_of="2026-11-22"))
    # What fails is shown by its reason alone: pytest takes minutes to write such a report.
    reasons = [one.reason for one in report.failures]
    assert all("问题超过" in reason for reason in reasons)
    assert bool(reasons) == ("爆你通讯录" in said)
    assert all(text[one.start : one.end] == one.matched for one in report.findings)
