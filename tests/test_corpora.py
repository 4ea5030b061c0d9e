"""The engine on every document there is: places are exact, and no short cut changes a finding.

A seeded sample normally, a large one under COLLECTLINT_FULL=1, everything under COLLECTLINT_FULL=all.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectlint.document import Document, Turn
from collectlint.finding import Failure, Finding
from collectlint.linter import Judgement, Options, lint
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table import read
from collectlint.rulebook.folder import load
from collectlint.rulebook.rulebook import Rulebook
from collectlint.run import word_edges

ROOT = Path(__file__).parents[1]
CORPORA = (
    *sorted((ROOT / "corpora" / "labelled").glob("*.jsonl")),
    *sorted((ROOT / "corpora" / "unseen").glob("*.jsonl")),
    *sorted((ROOT / "corpora" / "clean").glob("*.jsonl")),
    *sorted((ROOT / "corpora" / "formats" / "demo").iterdir()),
)
SOAK = ROOT.parent / "shared" / "soak"
FULL = bool(os.environ.get("COLLECTLINT_FULL"))
EVERYTHING = os.environ.get("COLLECTLINT_FULL") == "all"  # by hand: ten minutes of two cores
AS_OF = "2026-11-22"
LINES = re.compile(r"\r\n|\r|\n")
NAME = {"ids": lambda path: path.name}


class Engine(NamedTuple):
    """The shipped rules with their word edges, looked up once a worker."""

    rulebook: Rulebook
    boundaries: Callable[[str], frozenset[int]]

    def lint(self, document: Document, **options: Any) -> Judgement:
        chosen = Options(AS_OF, boundaries=self.boundaries, batch=True)._replace(**options)
        return lint(document, self.rulebook, chosen)


@pytest.fixture(scope="module")
def engine() -> Engine:
    rulebook = load()
    return Engine(rulebook, word_edges(rulebook))


def documents(path: Path) -> list[Document]:
    return [item for item in read(path, ReadSettings()) if isinstance(item, Document)]


def sample(items: Sequence[Document], size: int) -> list[Document]:
    size *= 2 if FULL else 1
    everything = EVERYTHING or len(items) <= size
    return list(items) if everything else random.Random(20261122).sample(list(items), size)


# -- reading ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CORPORA, **NAME)
def test_every_document_reads(path: Path) -> None:
    items = list(read(path, ReadSettings()))
    assert items
    assert [item for item in items if isinstance(item, Failure)] == []


@pytest.mark.parametrize("path", [path for path in CORPORA if path.parent.name == "labelled"], **NAME)
def test_every_label_span_is_verbatim(path: Path) -> None:
    wrong = []
    for document in documents(path):
        assert document.label is not None, document.id
        assert bool(document.label["families"]) == document.label["violating"], document.id
        for span in document.label["spans"]:
            turns = document.turns[span["turn"]] if span["turn"] < len(document.turns) else None
            if turns is None or not span["text"] or span["text"] not in turns.text:
                wrong.append((document.id, span))
            if span["family"] not in document.label["families"]:
                wrong.append((document.id, span["family"]))
    assert not wrong


# -- places -----------------------------------------------------------------------------------------


def raw_between(raw: Sequence[str], one: Finding) -> str:
    """What stands in the file from the finding's place to its end."""
    if one.line == one.end_line:
        return raw[one.line - 1][one.column - 1 : one.end_column - 1]
    first, last = raw[one.line - 1][one.column - 1 :], raw[one.end_line - 1][: one.end_column - 1]
    return "\n".join([first, *raw[one.line : one.end_line - 1], last])


def unescaped(text: str, suffix: str) -> str:
    if suffix in (".jsonl", ".json"):
        return str(json.loads(f'"{text}"'))
    text = LINES.sub("\n", text)
    return text.replace('""', '"') if suffix == ".csv" else text


def check_spans(document: Document, judgement: Judgement) -> None:
    for one in judgement.findings:
        text = document.turns[one.turn].text
        assert 0 <= one.start <= one.end <= len(text), one
        assert text[one.start : one.end] == one.matched, one
        assert text[one.excerpt_start :].startswith(one.excerpt), one
        assert one.excerpt_start <= one.start, one
        assert one.end <= one.excerpt_start + len(one.excerpt), one
        assert "{matched}" not in one.message
        for also in one.evidence:
            assert document.turns[also.turn].text[also.start : also.end] == also.text, one
    assert len({one.fingerprint for one in judgement.findings}) == len(judgement.findings)


def check_places(path: Path, found: Sequence[Document], engine: Engine) -> int:
    """Spans and places of all findings in a file of UTF-8; the number of findings."""
    raw = LINES.split(path.read_bytes().decode("utf-8"))
    count = 0
    for document in found:
        judgement = engine.lint(document)
        check_spans(document, judgement)
        for one in judgement.findings:
            assert one.path == str(path)
            exact = path.suffix in (".jsonl", ".json")
            expected = one.matched if exact else LINES.sub("\n", one.matched)
            assert unescaped(raw_between(raw, one), path.suffix) == expected, one
        count += len(judgement.findings)
    return count


@pytest.mark.parametrize("path", CORPORA, **NAME)
def test_findings_stand_where_they_say(path: Path, engine: Engine) -> None:
    found = documents(path)
    count = check_places(path, found, engine)
    if path.parent.name == "labelled":
        violating = sum(bool(one.label and one.label["violating"]) for one in found)
        assert count >= violating // 2  # the test has something to look at


def written(document: Document) -> dict[str, Any]:
    """A document as a record of the native format."""
    record = {
        name: value
        for name, value in document._asdict().items()
        if name not in ("turns", "origin", "label", "fields") and value != Document._field_defaults.get(name)
    }
    record |= {"jurisdiction": document.jurisdiction, "channel": document.channel, "kind": document.kind}
    if document.kind == "transcript":
        record["turns"] = [{"speaker": turn.speaker, "text": turn.text} for turn in document.turns]
    else:
        record["text"] = "".join(turn.text for turn in document.turns)
    return record


@pytest.fixture(scope="module")
def mixed() -> list[Document]:
    """Labelled documents of all files, with characters that JSON and CSV must escape."""
    rng = random.Random(7)
    out = []
    for path in CORPORA:
        if path.parent.name == "labelled":
            found = documents(path)
            out += rng.sample(found, min(len(found), 40 if FULL else 20))
    marks = ("\n", '"', "\\", "😀", "\r\n", "𠮷", "\t", "\u200b", "", "")

    def strewn(text: str) -> str:
        at = rng.randrange(len(text) + 1)
        return text[:at] + rng.choice(marks) + text[at:]

    return [
        one._replace(id=f"{number}", turns=tuple(turn._replace(text=strewn(turn.text)) for turn in one.turns))
        for number, one in enumerate(out)
    ]


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize(
    ("name", "indent"), [("lines.jsonl", None), ("array.json", None), ("indented.json", 2)]
)
def test_places_in_json_of_any_form(
    mixed: list[Document], engine: Engine, tmp_path: Path, name: str, indent: int | None, ascii_only: bool
) -> None:
    path = tmp_path / name
    records = [written(one) for one in mixed]
    text = (
        "\n".join(json.dumps(record, ensure_ascii=ascii_only) for record in records)
        if name == "lines.jsonl"
        else json.dumps(records, ensure_ascii=ascii_only, indent=indent)
    )
    path.write_text(text, encoding="utf-8", newline="")
    again = documents(path)
    assert [one.turns[0].text for one in again] == [one.turns[0].text for one in mixed]
    assert check_places(path, again, engine) > len(mixed) // 4


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_places_in_a_table(mixed: list[Document], engine: Engine, tmp_path: Path, ending: str) -> None:
    messages = [one for one in mixed if one.kind in ("message", "template")]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=ending)
    writer.writerow(["id", "jurisdiction", "channel", "kind", "text"])
    for one in messages:
        writer.writerow([one.id, one.jurisdiction, one.channel, one.kind, one.turns[0].text])
    path = tmp_path / "table.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    again = documents(path)
    assert [one.turns[0].text for one in again] == [one.turns[0].text for one in messages]
    assert check_places(path, again, engine) > len(messages) // 4


# -- short cuts -------------------------------------------------------------------------------------


def check_equal(document: Document, engine: Engine) -> Judgement:
    """The findings, and what stays unknown, must not depend on how they were come by."""
    fast = engine.lint(document)
    assert engine.lint(document, prefilter=False) == fast
    assert engine.lint(document, batch=False) == fast
    return fast


@pytest.mark.parametrize("path", CORPORA, **NAME)
def test_no_short_cut_changes_a_finding_in_the_corpora(path: Path, engine: Engine) -> None:
    for document in sample(documents(path), 50):
        check_equal(document, engine)


SOAK_FILES = sorted(SOAK.glob("*.jsonl"))
SOAK_SIZE = {"sms.jsonl": 1000, "cantonese.jsonl": 5}  # the latter are long


@pytest.mark.skipif(not SOAK_FILES, reason="the soak documents are not here")
@pytest.mark.parametrize("path", SOAK_FILES, **NAME)
def test_no_short_cut_changes_a_finding_in_the_soak(path: Path, engine: Engine) -> None:
    for document in sample(documents(path), SOAK_SIZE.get(path.name, 100)):
        check_spans(document, check_equal(document, engine))


@pytest.mark.parametrize("batch", [False, True])
def test_the_scanners_find_every_literal(engine: Engine, batch: bool) -> None:
    """Against the plainest search there is."""
    owners = engine.rulebook._packed.all_literals()
    assert len(owners) > 1000
    for path in CORPORA[::3]:
        for document in documents(path)[:4]:
            text = "\n".join(turn.text for turn in document.turns)
            expected: dict[int, set[tuple[int, int]]] = {}
            for literal, sets in owners.items():
                for found in re.finditer(f"(?={re.escape(literal)})", text) if literal in text else ():
                    for set_id in sets:
                        expected.setdefault(set_id, set()).add((found.start(), found.start() + len(literal)))
            occurrences = engine.rulebook.occurrences(text, batch)
            assert {key: set(spans) for key, spans in occurrences.items()} == expected
            assert all(spans == sorted(set(spans)) for spans in occurrences.values())


# -- made-up documents ------------------------------------------------------------------------------

NOISE = (
    *("\u200b", "\u0301", "\u20e3", "\ufe0f", "\u3164", "\u00ad", "\u202e", "\ufeff"),
    *("😀", "𠮷", "👨‍👩‍👧", "\U000e0041", "\u0000", "\ud800", "\udc00"),
    *("\r\n", "\r", "\n", "\n\n", "\u2028", "\x85", "\x0b", "\t", " ", "\u3000"),
    *("*", "-", "·", ",", "，", "。", "……", "「", "」", '"', "{name}", "❤", "①", "㈱", "ﬁ", "İ", "ß"),
    *("不", "别", "严禁说", "他说", "如果", "13812345678", "22:30", "3天", "乾隆", "於是", "xiàn", "(fǎ)"),
)


def pieces() -> list[str]:
    """Clauses of the corpora, both scripts, violating or not."""
    found: dict[str, None] = {}
    for path in CORPORA:
        for document in documents(path)[::7]:
            for turn in document.turns:
                found.update(dict.fromkeys(re.findall(r"[^,。!?，！？\n]{2,24}[,。!?，！？]?", turn.text)))
    return list(found)


PIECES = pieces()


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = draw(
        st.lists(
            st.one_of(
                st.sampled_from(PIECES),
                st.sampled_from(PIECES),
                st.sampled_from(NOISE),
                st.text(max_size=4),
            ),
            max_size=8,
        )
    )
    text = "".join(parts)
    if draw(st.booleans()):  # evasion: something between the characters
        mark, step = draw(st.sampled_from(NOISE)), draw(st.integers(1, 4))
        at = draw(st.integers(0, len(text)))
        tail = text[at : at + 12]
        tail = mark.join(tail[start : start + step] for start in range(0, len(tail), step))
        text = text[:at] + tail + text[at + 12 :]
    return text


@st.composite
def made_up(draw: st.DrawFn) -> Document:
    kind = draw(st.sampled_from(["message", "template", "script", "transcript"]))
    speakers = ["agent", "agent", "debtor", "third_party", "system", "unknown"]
    turns = (
        draw(st.lists(st.tuples(st.sampled_from(speakers), texts()), min_size=1, max_size=5))
        if kind == "transcript"
        else [("agent", draw(texts()))]
    )
    return Document(
        "d",
        tuple(Turn(speaker, text) for speaker, text in turns),
        jurisdiction=draw(st.sampled_from(["cn", "tw", "hk"])),
        channel=draw(st.sampled_from(["sms", "call", "ai_call", "social", "letter"])),
        kind=kind,
        party=draw(st.sampled_from(["debtor", "contact", "family"])),
        started_at=draw(st.sampled_from([None, "2026-03-02T23:30:00+08:00"])),
    )


@settings(
    max_examples=1500 if FULL else 120,
    deadline=None,
    derandomize=not FULL,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(document=made_up())
def test_made_up_documents(engine: Engine, document: Document) -> None:
    check_spans(document, check_equal(document, engine))
