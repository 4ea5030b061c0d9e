"""Golden readings: what the readers of values see in sentences of all kinds.

A file of `golden/readings/` holds sentences, each with what is found in it (indented). `UPDATE_GOLDEN=1`
writes the findings anew; read the difference before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collectlint.text.amounts import find_amounts, find_rates
from collectlint.text.answers import answer_scopes, asked_questions
from collectlint.text.clauses import clauses, sentences
from collectlint.text.dates import find_dates, find_durations
from collectlint.text.expansion import expansion
from collectlint.text.identifiers import find_personal
from collectlint.text.numerals import find_numerals
from collectlint.text.placeholders import broken, kind_of, length_of, placeholders
from collectlint.text.reading import read
from collectlint.text.slots import pieces
from collectlint.text.spoken import fold_spoken, spoken_runs
from collectlint.text.stance import Scope, quotation_scopes, sentence_scopes
from collectlint.text.teaching import is_plainly_said, teaching_scopes
from collectlint.text.times import find_clock

FOLDER = Path(__file__).parents[1] / "golden" / "readings"


def numbers(text: str) -> list[Any]:
    runs: list[Any] = spoken_runs(text)
    return [*find_numerals(text), *runs, *([fold_spoken(text)] if runs else [])]


def bare_numbers(text: str) -> list[Any]:
    return list(find_numerals(text, bare=True))


WORDS = (
    "起诉", "法院", "催收", "通讯录", "爆通讯录", "征信", "逾期", "还钱", "派出所", "紧急联系人", "上门",
    "打断腿", "坐牢", "骗子", "老赖", "曝光", "单位", "天天上门", "死全家", "去死",
)  # fmt: skip


def misspelt(text: str) -> list[str]:
    found = read(text, lambda head: [word for word in WORDS if word.startswith(head)])
    if found.starts is None or found.ends is None:
        return [found.text]
    return [found.text, f"{list(found.starts)} {list(found.ends)}", str(list(found.marks))]


def of_templates(text: str) -> list[str]:
    """Placeholders with their kinds, what is broken, phrases with slots, and the sizes."""
    found = []
    for one in placeholders(text):
        kind = kind_of(one.name)
        found.append(f"{one.name}@{one.start}-{one.end} {one.form} {tuple(kind)} {length_of(kind)}")
    found += [f"broken: {text[start:end]}@{start}" for start, end in broken(text)]
    sizes = expansion(text, None, "青田")
    parts = [tuple(one) for one in pieces(text) or ()]
    return [*found, f"{sizes.told} {sizes.guessed} {sizes.longest.encoding}", str(parts)]


def scoped(scopes: list[Scope], text: str) -> list[str]:
    return [f"{one.stance}「{text[one.start : one.end]}」@{one.start} {one.cue}" for one in scopes]


def meant(text: str) -> list[str]:
    """Scopes within a sentence and around quotations; where it is cut."""
    found = [*sentence_scopes(text, 0, len(text)), *quotation_scopes(text, 0, len(text))]
    return [*scoped(found, text), f"{sentences(text).starts} {clauses(text).starts}"]


def taught(text: str) -> list[str]:
    """Scopes in texts of several lines (`⏎`): what teaches, what asks and answers."""
    whole = text.replace("⏎", "\n")
    found = scoped([*teaching_scopes(whole), *asked_questions(whole)], whole)
    return [*(one.replace("\n", "⏎") for one in found), str(is_plainly_said(whole, False))]


def answered(text: str) -> list[str]:
    """`what the other side said ‖ what is answered`, the earlier turns apart by `／`."""
    theirs, said = text.split(" ‖ ")
    return scoped(answer_scopes(theirs.split("／"), said, 100), " " * 100 + said)


READERS: dict[str, Callable[[str], list[Any]]] = {
    "numbers": numbers,
    "bare-numbers": bare_numbers,
    "amounts": lambda text: [*find_amounts(text), *find_rates(text)],
    "dates": lambda text: [*find_dates(text), *find_durations(text)],
    "clock": find_clock,  # type: ignore[dict-item]
    "personal": find_personal,  # type: ignore[dict-item]
    "misspelt": misspelt,
    "templates": of_templates,
    "stance": meant,
    "teaching": taught,
    "answers": answered,
}


def shown(one: Any, text: str) -> str:
    if isinstance(one, str):
        return f"  = {one}"
    rest = " ".join(
        f"{name}={value}" for name, value in one._asdict().items() if name not in ("start", "end")
    )
    return f"  「{text[one.start : one.end]}」@{one.start} {rest}"


def sections(path: Path) -> list[tuple[str, str]]:
    """(sentence, what is found in it as written)."""
    found: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        if line.startswith("  "):
            sentence, told = found[-1]
            found[-1] = (sentence, told + line + "\n")
        else:
            found.append((line, ""))
    return found


@pytest.mark.parametrize("kind", READERS)
def test_readings_are_the_golden_ones(kind: str) -> None:
    path = FOLDER / f"{kind}.txt"
    golden = sections(path)
    told = [(text, "".join(shown(one, text) + "\n" for one in READERS[kind](text))) for text, _ in golden]
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text("".join(f"{text}\n{found}" for text, found in told), encoding="utf-8")
    assert len({text for text, _ in golden}) == len(golden) >= 20
    for (text, found), (_, expected) in zip(told, golden, strict=True):
        assert found == expected, text
