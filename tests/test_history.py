"""Counts over many documents: exact at their edges, in any order, equal to a slow checker, bounded."""

from __future__ import annotations

import functools
import hashlib
import operator
import os
import random
import resource
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectlint.api import lint
from collectlint.document import Document, Origin, Turn
from collectlint.finding import Report
from collectlint.history import LISTED, History
from collectlint.linter import Counted, Options
from collectlint.operators.contacts import Contact
from collectlint.rulebook.folder import read
from collectlint.rulebook.rule import Bound
from collectlint.rulebook.rulebook import Rulebook
from collectlint.run import run

EFFECTIVE, INFORMED = "cn/harassment/effective-calls", "cn/harassment/informative-calls"
ATTEMPTS = "cn/harassment/unanswered-attempts"
RULE = """
id: common/harassment/x
title: 次数
family: harassment
severity: error
basis: [{source: house, clause: "1", verified: primary}]
applies: {speakers: any, directions: [outbound]}
message: "{note}"
remedy: 停
when:
  contacts: %s
tests: {hit: [x], miss: [x]}
"""
SOURCES = "sources: {house: {title: 口径, kind: house, jurisdiction: any, verified: primary}}\n"
# US Regulation F, 12 CFR 1006.14(b)(2)(i), as an example of what can be written.
SEVEN_IN_SEVEN = "{per: [debtor_id, case_id], window: 7 days, most: 7}"
NONE_AFTER_TALK = "{per: [debtor_id, case_id], window: 7 days, after: {outcome: [effective]}}"


def book(folder: Path, contacts: str) -> Rulebook:
    (folder / "common/harassment").mkdir(parents=True, exist_ok=True)
    (folder / "common/harassment/x.yaml").write_text(RULE % contacts, encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    result = read(folder)
    assert not result.errors, [str(error) for error in result.errors]
    return Rulebook.of(result.data)


def call(id_: str, at: str | datetime, **fields: Any) -> Document:
    at = at if isinstance(at, str) else at.isoformat()
    usual = {
        "channel": "call", "kind": "transcript", "mode": "interactive", "outcome": "effective",
        "debtor_id": "d-1", "lender": "甲", "case_id": "k",
    }  # fmt: skip
    return Document(
        id_,
        (Turn("agent", "请问何时还款"),),
        Origin("calls.jsonl", 1, 1),
        started_at=at,
        **{**usual, **fields},
    )


def over(documents: Iterable[Document], rule: str = EFFECTIVE) -> list[str]:
    report = lint(documents, select=[rule])
    assert not report.failures
    return [one.document for one in report.findings]


def day(*clocks: str, **fields: Any) -> list[Document]:
    return [call(f"c-{number}", f"2026-03-02T{at}", **fields) for number, at in enumerate(clocks, 1)]


def test_the_third_call_is_allowed_and_the_fourth_is_not() -> None:
    four = day("09:00:00", "10:00:00", "11:00:00", "12:00:00")
    assert over(four[:3]) == []
    assert over(four) == ["c-4"]
    informative = [one._replace(mode="informative", outcome="connected") for one in four]
    assert over(informative[:3], INFORMED) == []
    assert over(informative, INFORMED) == ["c-4"]
    assert over(informative) == over(four, INFORMED) == []


def test_the_finding_sits_on_the_call_that_crosses_and_names_the_others() -> None:
    four = day("09:00:00", "10:00:00", "11:00:00", "12:00:00")
    (finding,) = lint(random.Random(1).sample(four, 4), select=[EFFECTIVE]).findings
    assert [one.document for one in finding.related] == ["c-1", "c-2", "c-3"]
    assert finding.related[0].started_at == "2026-03-02T09:00:00+08:00"
    assert "2026-03-02 12:00:00 为当日第 4 次（限 3 次）" in finding.message
    assert (finding.path, finding.line, finding.family) == ("calls.jsonl", 1, "harassment")
    assert finding.basis


def test_every_order_gives_the_same_report() -> None:
    calls = day("12:00:00", "09:00:00", "23:59:59", "10:00:00", "10:00:00", "11:00:00")

    def told(documents: list[Document]) -> list[Any]:
        return sorted(lint(documents, select=[EFFECTIVE]).findings)

    want = told(calls)
    assert [one.document for one in want] == ["c-1", "c-3", "c-6"]
    for seed in range(10):
        assert told(random.Random(seed).sample(calls, len(calls))) == want


def test_findings_stand_with_their_document() -> None:
    calls = day("12:00:00", "09:00:00", "11:00:00", "10:00:00")
    night = call("n", "2026-03-02T23:00:00", debtor_id="d-9")
    report = lint([calls[0], night, *calls[1:]], select=["cn/harassment"])
    assert [(one.document, one.rule) for one in report.findings] == [
        ("c-1", EFFECTIVE),
        ("n", "cn/harassment/quiet-hours"),
    ]


def test_agencies_cases_and_bots_of_one_lender_are_added_up() -> None:
    calls = day("09:00:00", "10:00:00", "11:00:00", "12:00:00")
    spread = [
        calls[0]._replace(agency="乙"),
        calls[1]._replace(agency="丙", case_id="k-2"),
        calls[2]._replace(channel="ai_call"),
        calls[3]._replace(agent_id="a-7"),
    ]
    assert over(spread) == ["c-4"]
    assert over([*spread[:3], spread[3]._replace(lender="丁")]) == []
    assert over([*spread[:3], spread[3]._replace(debtor_id="d-2")]) == []


def test_the_day_is_that_of_the_debtor_and_of_the_beginning() -> None:
    over_midnight = call("late", "2026-03-02T23:50:00+08:00", ended_at="2026-03-03T00:10:00+08:00")
    first = day("09:00:00", "10:00:00", "11:00:00")
    assert over([*first, over_midnight]) == ["late"]
    next_day = [call(f"n-{hour}", f"2026-03-03T{hour:02d}:00:00") for hour in (9, 10, 11)]
    assert over([over_midnight, *next_day]) == []
    assert over([*first, call("z", "2026-03-02T15:59:59Z")]) == ["z"]  # 23:59:59
    assert over([*first, call("z", "2026-03-02T16:00:00Z")]) == []  # midnight
    assert over([*first, call("z", "2026-03-03T00:59:59+09:00")]) == ["z"]


def test_a_hundred_contacts_in_one_second() -> None:
    calls = [call(f"c-{number:03d}", "2026-03-02T10:00:00") for number in range(100)]
    report = lint(random.Random(3).sample(calls, 100), select=[EFFECTIVE])
    assert sorted(one.document for one in report.findings) == [f"c-{number:03d}" for number in range(3, 100)]
    last = max(report.findings, key=lambda one: one.document)
    assert len(last.related) == LISTED
    assert "以上" in last.message


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"debtor_id": None}, "debtor_id"),
        ({"mode": None}, "mode"),
        ({"outcome": None}, "outcome"),
        ({"started_at": None}, "started_at"),
        ({"started_at": "gestern"}, "ISO 8601"),
    ],
)
def test_what_lacks_for_a_count_is_not_evaluated(changes: dict[str, Any], missing: str) -> None:
    calls = day("09:00:00", "10:00:00", "11:00:00", "12:00:00")
    report = lint([*calls[:3], calls[3]._replace(**changes)], select=[EFFECTIVE])
    assert not report.findings
    (item,) = report.not_evaluated
    assert (item.document, item.rule) == ("c-4", EFFECTIVE)
    assert missing in item.reason


@pytest.mark.parametrize(
    "changes",
    [
        {"direction": "inbound"},
        {"outcome": "attempt"},
        {"channel": "sms"},
        {"jurisdiction": "tw"},
        {"party": "family"},
    ],
)
def test_what_is_not_to_be_counted_is_not(changes: dict[str, Any]) -> None:
    calls = day("09:00:00", "10:00:00", "11:00:00", "12:00:00")
    report = lint([*calls[:3], calls[3]._replace(**changes)], select=[EFFECTIVE])
    assert (report.findings, report.not_evaluated) == ((), ())


def test_the_seventh_unanswered_attempt_is_a_warning() -> None:
    attempts = [
        call(f"a-{n}", f"2026-03-02T{9 + n:02d}:00:00", outcome="attempt", callee="h", debtor_id=None)
        for n in range(7)
    ]
    attempts = [one._replace(turns=()) for one in attempts]
    assert over(attempts[:6], ATTEMPTS) == []
    (finding,) = lint(attempts, select=[ATTEMPTS]).findings
    assert (finding.document, finding.severity.label) == ("a-6", "warning")
    assert over([*attempts[:6], attempts[6]._replace(callee="other")], ATTEMPTS) == []


def found(documents: Iterable[Document], rulebook: Rulebook) -> list[str]:
    report: Report = run(documents, rulebook, Options("2026-11-22"))
    assert not report.failures
    return [one.document for one in report.findings]


START = datetime(2026, 3, 2, 10)


def test_seven_in_seven_days(tmp_path: Path) -> None:
    rulebook = book(tmp_path, SEVEN_IN_SEVEN)
    week = [call(f"c-{n}", START + timedelta(days=n), outcome="attempt") for n in range(7)]
    assert found(week, rulebook) == []
    assert found([*week, call("x", START + timedelta(days=6, hours=1))], rulebook) == ["x"]
    # Day eight no longer counts day one, whatever the hour.
    assert found([*week, call("x", datetime(2026, 3, 9, 0))], rulebook) == []
    assert found([*week, call("x", datetime(2026, 3, 8, 23, 59, 59))], rulebook) == ["x"]
    assert found([*week, call("x", START + timedelta(days=6, hours=1), case_id="other")], rulebook) == []


def test_none_within_seven_days_after_a_conversation(tmp_path: Path) -> None:
    rulebook = book(tmp_path, NONE_AFTER_TALK)
    talk = call("talk", START)
    attempts = [call(f"c-{n}", START + timedelta(days=n), outcome="attempt") for n in (-1, 1, 6, 7)]
    assert found([*attempts, talk], rulebook) == ["c-1", "c-6"]
    report = run([*attempts, talk], rulebook, Options("2026-11-22"))
    assert [one.document for one in report.findings[0].related] == ["talk"]
    assert "7 日内已有联系（2026-03-02 10:00:00）" in report.findings[0].message
    # A second conversation begins the seven days anew, and is itself too early.
    again = call("again", START + timedelta(days=5), outcome="effective")
    assert found([talk, again, attempts[3]], rulebook) == ["again", "c-7"]


def test_rolling_hours_are_exact(tmp_path: Path) -> None:
    rulebook = book(tmp_path, "{per: debtor_id, window: 24 hours, most: 1}")
    first = call("a", START)
    almost, full = (call("b", START + timedelta(days=1, microseconds=late)) for late in (-1, 0))
    assert found([first, almost], rulebook) == ["b"]
    assert found([first, full], rulebook) == []


@pytest.mark.parametrize(
    ("contacts", "part"),
    [
        ("{per: debtor, most: 3}", "debtor_id"),
        ("{per: debtor_id}", "most 与 after"),
        ("{per: debtor_id, most: 1, after: {outcome: effective}}", "most 与 after"),
        ("{per: debtor_id, most: 1, window: 1 week}", "时段"),
        ("{per: debtor_id, most: 1, window: 0 days}", "时段"),
        ("{per: debtor_id, most: 1, which: {outcom: x}}", "outcome"),
        ("{most: 1}", "per"),
    ],
)
def test_a_wrong_count_is_an_error_of_the_rule(tmp_path: Path, contacts: str, part: str) -> None:
    with pytest.raises(AssertionError, match=part):
        book(tmp_path, contacts)


def test_a_count_stands_alone(tmp_path: Path) -> None:
    (tmp_path / "common/harassment").mkdir(parents=True)
    rule = RULE.replace("  contacts: %s", "  all: [{contacts: {per: debtor_id, most: 1}}, {phrase: 还款}]")
    (tmp_path / "common/harassment/x.yaml").write_text(rule, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    assert any("只能单独" in str(error) for error in read(tmp_path).errors)


# -- against a checker that is slow and obviously right ------------------------------------------------
ZONE = timezone(timedelta(hours=8))
MICROSECOND = timedelta(microseconds=1)


def slowly(calls: list[Document], days: int, hours: int, most: int, after: bool) -> set[str]:
    """Each call against all others: how many of its group began before it, in the window?"""
    when = {one.id: datetime.fromisoformat(str(one.started_at)) for one in calls}
    when = {id_: at.replace(tzinfo=ZONE) if at.tzinfo is None else at for id_, at in when.items()}

    def earlier(one: Document, other: Document) -> bool:
        if one.debtor_id != other.debtor_id or (when[other.id], other.id) >= (when[one.id], one.id):
            return False
        if after and other.outcome != "effective":
            return False
        if hours:
            return when[one.id] - when[other.id] < timedelta(hours=hours)
        first, second = (when[id_].astimezone(ZONE).date() for id_ in (other.id, one.id))
        return (second - first).days < days

    return {one.id for one in calls if sum(earlier(one, other) for other in calls) >= (1 if after else most)}


moments = st.builds(
    lambda seconds, fraction, offset: (
        datetime(2026, 3, 1, tzinfo=ZONE) + timedelta(seconds=seconds, microseconds=fraction)
    ).astimezone(timezone(timedelta(hours=offset))),
    st.integers(0, 4 * 86_400).map(lambda second: second // 7200 * 7200 + second % 2),
    st.sampled_from([0, 0, 1, 999_999]),
    st.sampled_from([0, 8, 9, -5]),
)


@pytest.mark.parametrize(
    ("window", "days", "hours"),
    [("1 day", 1, 0), ("2 days", 2, 0), ("3 days", 3, 0), ("24 hours", 0, 24), ("2 hours", 0, 2)],
)
@pytest.mark.parametrize("after", [False, True])
def test_counts_equal_a_slow_checker(tmp_path: Path, window: str, days: int, hours: int, after: bool) -> None:
    limit = "after: {outcome: [effective]}" if after else "most: 2"
    rulebook = book(tmp_path, f"{{per: debtor_id, window: {window}, {limit}}}")

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.tuples(moments, st.sampled_from("ab"), st.sampled_from(["effective", "attempt"])), max_size=14
        ),
        st.randoms(use_true_random=False),
    )
    def check(rows: list[tuple[datetime, str, str]], shuffled: random.Random) -> None:
        calls = [call(f"c-{n:02d}", at, debtor_id=who, outcome=how) for n, (at, who, how) in enumerate(rows)]
        shuffled.shuffle(calls)
        assert set(found(calls, rulebook)) == slowly(calls, days, hours, 2, after)

    check()


def many(rule: str, number: int, seed: int) -> Iterable[tuple[Counted, str, int]]:
    """Contacts of a made-up portfolio in random order, with their debtor and instant."""
    chance = random.Random(seed)
    start = int(datetime(2026, 3, 1, tzinfo=ZONE).timestamp()) * 1_000_000
    for at in range(number):
        debtor, instant = (
            f"d-{chance.randrange(number // 8)}",
            start + chance.randrange(5 * 86_400) * 1_000_000,
        )
        contact = Contact(debtor, instant, True, True)
        yield (
            Counted(rule, contact, f"c-{at}", "x", at, 1, "", "您好", "agent", Bound("cn"), "2026-03-01"),
            debtor,
            instant,
        )


def expected(number: int, seed: int) -> set[str]:
    """The contacts of the portfolio beyond the third of their debtor's day, by grouping and sorting."""
    groups: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for counted, debtor, instant in many("common/harassment/x", number, seed):
        key = debtor, (instant // 1_000_000 + 8 * 3600) // 86_400
        groups.setdefault(key, []).append((instant, counted.document))
    return {document for calls in groups.values() for _, document in sorted(calls)[3:]}


def test_twenty_thousand_contacts_in_random_order(tmp_path: Path) -> None:
    history = History(book(tmp_path, "{per: debtor_id, window: 1 day, most: 3}"))
    for which, (counted, _, _) in enumerate(many("common/harassment/x", 20_000, 5)):
        history.add([counted], which)
    want = expected(20_000, 5)
    assert {finding.document for _, finding in history.findings()} == want
    assert len(want) > 500


NUMBER = 1_000_000 if os.environ.get("COLLECTLINT_FULL") else 150_000
CHILD = """
import hashlib, resource, sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
spec = spec_from_file_location("history_tests", sys.argv[1])
tests = module_from_spec(spec)
spec.loader.exec_module(tests)
rulebook = tests.book(Path(sys.argv[2]), "{per: debtor_id, window: 1 day, most: 3}")
before = tests.peak_kib()
history = tests.History(rulebook)
for which, (counted, _, _) in enumerate(tests.many("common/harassment/x", int(sys.argv[3]), 7)):
    history.add([counted], which)
found = 0
mixed = 0
for _, finding in history.findings():
    found += 1
    mixed ^= tests.mark(finding.document)
print(found, mixed, tests.peak_kib() - before)
"""


def mark(document: str) -> int:
    return int.from_bytes(hashlib.sha256(document.encode()).digest()[:8])


@pytest.mark.slow
def test_a_million_contacts_are_exact_within_the_stated_memory(tmp_path: Path) -> None:
    """Set COLLECTLINT_FULL=1 for the million; without it 150,000."""
    words = [sys.executable, "-c", CHILD, __file__, str(tmp_path), str(NUMBER)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    done = subprocess.run(words, capture_output=True, text=True, env=environment, timeout=600, check=True)
    found, mixed, grown = map(int, done.stdout.split())
    want = expected(NUMBER, 7)
    assert found == len(want)
    assert mixed == functools.reduce(operator.xor, map(mark, want))
    assert grown < 96 * 1024  # KiB: 64 MiB as stated, and what Python needs besides


def peak_kib() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak
