"""Remembered judgements: equal reports, nothing personal kept, nothing forged believed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectlint import results as results_module
from collectlint.document import Document, Origin, Turn
from collectlint.finding import NotEvaluated, Report, Severity
from collectlint.linter import Judgement, Options
from collectlint.operators.pattern import TIMED_OUT
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table import read
from collectlint.results import Results
from collectlint.rulebook.folder import load
from collectlint.rulebook.rulebook import Rulebook
from collectlint.run import run, word_edges

CORPUS = Path(__file__).parents[1] / "corpora" / "labelled"
COUNTED = "cn/harassment/effective-calls"
PHONE = "13800138000"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load()


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """Some of the labelled documents: calls, messages and scripts of three regions."""
    items = [item for path in sorted(CORPUS.glob("*.jsonl")) for item in read(path, ReadSettings())]
    assert all(isinstance(item, Document) for item in items)
    return [item for item in items if isinstance(item, Document)][::24]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "cache"
    made.mkdir(mode=0o700)
    return made


def options(rulebook: Rulebook, **changes: object) -> Options:
    return Options("2026-11-22", boundaries=word_edges(rulebook))._replace(**changes)  # type: ignore[arg-type]


def call(number: int, text: str = "您好，请今天还款") -> Document:
    return Document(
        f"c{number}",
        (Turn("agent", text),),
        channel="call",
        kind="transcript",
        started_at=f"2026-03-02T{9 + number:02}:00:00+08:00",
        outcome="effective",
        mode="interactive",
        debtor_id="d-1",
        lender="某行",
    )


class Counting(Results):
    """Counts what was remembered."""

    hits = 0

    def recall(self, document: Document, options: Options):  # type: ignore[no-untyped-def]
        found = super().recall(document, options)
        self.hits += found is not None
        return found


def test_reports_are_equal_and_the_second_run_judges_little(
    rulebook: Rulebook, documents: list[Document], folder: Path
) -> None:
    how = options(rulebook)
    plain = run(documents, rulebook, how)
    assert len(plain.findings) > 50
    first = Counting(rulebook, folder)
    assert run(documents, rulebook, how, known=first) == plain
    first.save()
    second = Counting(rulebook, folder)
    assert run(documents, rulebook, how, known=second) == plain
    assert second.hits > len(documents) * 0.7  # the others hold names or numbers


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_equal_under_any_options_order_and_place(
    rulebook: Rulebook, documents: list[Document], tmp_path: Path, data: st.DataObject
) -> None:
    some = data.draw(st.lists(st.sampled_from(documents), min_size=1, max_size=6))
    ids = [one.id for one in rulebook.rules]
    changes = {
        "lang": data.draw(st.sampled_from(("zh", "hant", "en"))),
        "second_reader": data.draw(st.booleans()),
        "by_event": data.draw(st.booleans()),
        "as_of": data.draw(st.sampled_from(("2020-01-01", "2025-12-31", "2026-01-01", "2026-11-22"))),
        "only": data.draw(st.none() | st.frozensets(st.sampled_from(ids), min_size=200)),
        "severities": data.draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(Severity), max_size=3)),
    }
    how = options(rulebook, **changes)
    folder = tmp_path / "shared"  # across examples: what one leaves must not mislead the next
    folder.mkdir(mode=0o700, exist_ok=True)
    known = Results(rulebook, folder)
    run(some, rulebook, how, known=known)
    known.save()
    moved = [
        one._replace(
            id=f"moved-{number}",
            origin=Origin("other.jsonl", number + 3, 1),
            turns=tuple(turn._replace(origin=Origin("other.jsonl", number + 3, 7)) for turn in one.turns),
        )
        for number, one in enumerate(reversed(some))
    ]
    assert run(moved, rulebook, how, known=Results(rulebook, folder)) == run(moved, rulebook, how)


def test_counts_over_many_are_made_anew(rulebook: Rulebook, folder: Path) -> None:
    calls = [call(number) for number in range(6)]
    how = options(rulebook)
    known = Results(rulebook, folder)
    assert not [one for one in run(calls[:1], rulebook, how, known=known).findings if one.rule == COUNTED]
    again = run([*calls, call(1)], rulebook, how, known=known)
    assert again == run([*calls, call(1)], rulebook, how)
    assert [one for one in again.findings if one.rule == COUNTED]


def found(report: Report) -> list[str]:
    return [one.rule for one in report.findings]


def test_nothing_personal_is_kept(rulebook: Rulebook, folder: Path) -> None:
    threat = f"再不还钱就爆你通讯录，回电{PHONE}"
    personal = [
        Document("a", (Turn("agent", threat),)),
        Document("b", (Turn("agent", "请今天还款"),), callee=PHONE),
        Document("c", (Turn("agent", "请今天还款"),), fields={"phones": [{"home": int(PHONE)}]}),
        Document("d", (Turn("agent", "姓名：王小明，请今天还款"),)),
    ]
    known = Counting(rulebook, folder)
    run([*personal, *personal], rulebook, options(rulebook), known=known)
    known.save()
    assert known.hits == 0
    assert list(folder.iterdir()) == []
    run([Document("e", (Turn("agent", "再不还钱就爆你通讯录"),))], rulebook, options(rulebook), known=known)
    known.save()
    (kept,) = folder.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert "通讯录".encode() not in kept.read_bytes()


def test_a_forged_or_damaged_entry_is_a_miss(rulebook: Rulebook, folder: Path) -> None:
    document = Document("a", (Turn("agent", "再不还钱就爆你通讯录"),))
    how = options(rulebook)
    known = Results(rulebook, folder, b"secret")
    plain = run([document], rulebook, how, known=known)
    known.save()
    (path,) = folder.iterdir()
    for other in (b"", b"guessed"):
        stranger = Counting(rulebook, folder, other)
        assert found(run([document], rulebook, how, known=stranger)) == found(plain)
        assert stranger.hits == 0
    owner = Counting(rulebook, folder, b"secret")
    digest, entry = next(iter(owner._kept.items()))
    mark, _, _ = entry.partition(b" ")
    for forged in (mark + b" [[],[]]", b"[[],[]]", mark + b" ", b""):
        owner._kept[digest] = forged
        assert owner.recall(document, how) is None
    owner._kept[digest] = owner._mark(digest, b'[[["no/such/rule",0,0,1,3,"high",[],[],""]],[]]') + (
        b' [[["no/such/rule",0,0,1,3,"high",[],[],""]],[]]'
    )
    assert owner.recall(document, how) is None
    path.write_bytes(path.read_bytes()[:-3])
    assert Results(rulebook, folder, b"secret")._kept == {}


def test_other_rules_never_share_results(rulebook: Rulebook, folder: Path) -> None:
    document = Document("a", (Turn("agent", "再不还钱就爆你通讯录"),))
    known = Results(rulebook, folder)
    run([document], rulebook, options(rulebook), known=known)
    known.save()
    assert rulebook.model is not None
    without = Rulebook(rulebook._packed)  # without the second reader
    other = Counting(without, folder)
    run([document], without, options(without), known=other)
    assert other.hits == 0


def test_files_are_bounded(rulebook: Rulebook, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results_module, "_LARGEST", 2_000)
    how = options(rulebook)
    texts = [f"请今天还款{'，谢谢' * number}" for number in range(40)]
    for text in texts:
        known = Results(rulebook, folder)
        run([Document("a", (Turn("agent", text),))], rulebook, how, known=known)
        known.save()
    (path,) = folder.iterdir()
    assert path.stat().st_size < 2_500
    recent, oldest = Counting(rulebook, folder), Counting(rulebook, folder)
    run([Document("a", (Turn("agent", texts[-1]),))], rulebook, how, known=recent)
    run([Document("a", (Turn("agent", texts[0]),))], rulebook, how, known=oldest)
    assert (recent.hits, oldest.hits) == (1, 0)
    many = Results(rulebook, None)
    run([Document("a", (Turn("agent", text),)) for text in texts], rulebook, how, known=many)
    assert sum(map(len, many._used.values())) < 2_500
    for number in range(12):
        other = folder / f"results-{number:016x}"
        other.write_bytes(b"")
        os.utime(other, (number, number))
    known.keep(Document("b", (Turn("agent", "又一句"),)), how, Judgement((), ()))
    known.save()
    left = {one.name for one in folder.iterdir()}
    assert path.name in left
    assert len(left) == 8
    assert "results-0000000000000000" not in left


def test_calls_with_metadata_are_kept_but_not_what_a_time_limit_left_open(
    rulebook: Rulebook, folder: Path
) -> None:
    how = options(rulebook)
    known = Counting(rulebook, folder)
    run([call(1), call(1)], rulebook, how, known=known)
    assert known.hits == 1
    document = Document("a", (Turn("agent", "请今天还款"),))
    known.keep(document, how, Judgement((), (NotEvaluated("a", rulebook.rule_ids[0], TIMED_OUT),)))
    assert known.recall(document, how) is None
    known.keep(document, how, Judgement((), (NotEvaluated("a", rulebook.rule_ids[0], "缺少 x"),)))
    assert known.recall(document, how) is not None
