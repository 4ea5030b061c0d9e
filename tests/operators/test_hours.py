"""Quiet hours to the fraction of a second, by the debtor's clock; calls that run into them; windows."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.api import lint
from collectlint.document import Document, Turn
from collectlint.operators.hours import Hours, inside, microseconds, seconds_of_day, seconds_window
from collectlint.operators.public_holidays import is_holiday
from collectlint.rulebook.rulebook import Rulebook
from collectlint.sight import looked_at

QUIET = "harassment/quiet-hours"
RUNS = "harassment/runs-into-quiet-hours"
EMPTY = {"sets": [], "chains": [], "rules": [], "concepts": {}, "scanned": [], "words": [], "sources": {}}


def found(rule: str, **fields: Any) -> bool:
    jurisdiction = fields.get("jurisdiction", "cn")
    document = Document("d", (Turn("agent", "您好"),), **{"channel": "call", "kind": "transcript", **fields})
    report = lint(document, select=[f"{jurisdiction}/{rule}"])
    assert not report.failures
    assert not report.not_evaluated
    return bool(report.findings)


@pytest.mark.parametrize(
    ("jurisdiction", "clock", "quiet"),
    [
        ("cn", "21:59:59", False),
        ("cn", "21:59:59.999999", False),
        ("cn", "22:00:00", True),
        ("cn", "07:59:59", True),
        ("cn", "07:59:59.999999", True),
        ("cn", "08:00:00", False),
        ("cn", "00:00:00", True),
        ("tw", "06:59:59", True),
        ("tw", "06:59:59.999999", True),
        ("tw", "07:00:00", False),
        ("tw", "21:59:59", False),
        ("tw", "22:00:00", True),
    ],
)
@pytest.mark.parametrize(
    "channel", ["call", "ai_call", "sms", "app_push", "visit", "email", "social", "letter"]
)
def test_the_boundaries(jurisdiction: str, clock: str, quiet: bool, channel: str) -> None:
    fields = {"jurisdiction": jurisdiction, "channel": channel, "started_at": f"2026-03-02T{clock}"}
    kind = "transcript" if channel in ("call", "ai_call") else "message"
    assert found(QUIET, kind=kind, **fields) == quiet
    assert not found(QUIET, kind=kind, direction="inbound", **fields)


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        ("2026-03-02T13:59:59Z", False),
        ("2026-03-02T14:00:00Z", True),
        ("2026-03-02T22:00:00+08:00", True),
        ("2026-03-02T22:59:59+09:00", False),  # 21:59:59 of the debtor's clock
        ("2026-03-02T23:00:00+09:00", True),
        ("2026-03-02T23:59:59Z", True),  # 07:59:59 of the next day
        ("2026-03-03T00:00:00Z", False),
        ("2026-03-02T22:00:00", True),
        ("2026-03-02T21:59:59", False),
        ("2026-03-02 22:00", True),
    ],
)
def test_offsets_are_read_and_a_naive_time_is_the_debtors(moment: str, quiet: bool) -> None:
    assert found(QUIET, started_at=moment) == quiet


@pytest.mark.parametrize("jurisdiction", ["cn", "tw"])
@pytest.mark.parametrize(
    ("start", "fields", "runs"),
    [
        ("21:50:00", {"ended_at": "2026-03-02T22:10:00"}, True),
        ("21:50:00", {"ended_at": "2026-03-02T22:00:00"}, False),
        ("21:50:00", {"ended_at": "2026-03-02T22:00:00.1"}, True),
        ("22:00:00", {"ended_at": "2026-03-02T22:10:00"}, False),  # a matter of its start
        ("21:50:00", {"turns": (Turn("agent", "您好", 0.0, 601.0),)}, True),
        ("21:50:00", {"turns": (Turn("agent", "您好", 0.0, 600.0),)}, False),
        ("21:50:00", {"ended_at": "2026-03-02T23:10:00", "consent_hours": ("20:00-23:00",)}, True),
        ("21:50:00", {"ended_at": "2026-03-02T23:00:00", "consent_hours": ("20:00-23:00",)}, False),
    ],
)
def test_a_call_that_runs_past_the_limit_is_a_milder_finding(
    jurisdiction: str, start: str, fields: dict[str, Any], runs: bool
) -> None:
    document = {"jurisdiction": jurisdiction, "started_at": f"2026-03-02T{start}", **fields}
    turns = document.pop("turns", (Turn("agent", "您好"),))
    call = Document("d", turns, channel="call", kind="transcript", **document)
    late, quiet = (lint(call, select=[f"{jurisdiction}/{rule}"]).findings for rule in (RUNS, QUIET))
    assert bool(late) == runs
    if runs:
        assert not quiet
        assert late[0].severity.label == "info"


def test_a_call_of_unknown_length_is_not_evaluated() -> None:
    call = Document(
        "d", (Turn("agent", "您好"),), channel="call", kind="transcript", started_at="2026-03-02T21:50:00"
    )
    report = lint(call, select=[f"cn/{RUNS}"])
    assert [one.rule for one in report.not_evaluated] == [f"cn/{RUNS}"]


def test_hong_kong_has_no_hours_by_law() -> None:
    night = Document("d", (Turn("agent", "还款提示"),), jurisdiction="hk", started_at="2026-03-02T23:00:00")
    assert not [one for one in lint(night).findings if "hours" in one.rule]
    (house,) = lint(night, select=["hk/harassment/quiet-hours-house"]).findings
    assert "不是法律" in house.message


def test_an_attempt_without_words_has_hours_too() -> None:
    attempt = Document(
        "d", (), channel="call", kind="transcript", outcome="attempt", started_at="2026-03-02T23:00:00"
    )
    (finding,) = lint(attempt, select=[f"cn/{QUIET}"]).findings
    assert finding.severity.label == "error"


@pytest.mark.parametrize(
    ("jurisdiction", "moment", "truth"),
    [
        ("cn", "2026-10-01T10:00:00", True),
        ("cn", "2026-09-30T16:30:00Z", True),  # 1 October of the debtor's clock
        ("cn", "2026-10-01T21:00:00", False),  # outside the quiet time of the rule
        ("cn", "2026-03-02T10:00:00", False),
        ("cn", "2027-10-01T10:00:00", None),  # not announced yet
        ("hk", "2026-04-03T10:00:00", True),  # Good Friday
        ("tw", "2026-02-17T10:00:00", True),
    ],
)
def test_public_holidays_for_house_rules(jurisdiction: str, moment: str, truth: bool | None) -> None:
    pytest.importorskip("holidays")
    document = Document("d", (Turn("agent", "您好"),), jurisdiction=jurisdiction, started_at=moment)
    outcome = Hours(0, 20 * 3600, holidays=True).check(looked_at(document, Rulebook.of(EMPTY)))
    assert outcome.truth is truth
    assert (truth is None) == bool(outcome.reason)


def clock(second: int) -> str:
    return f"{second // 3600:02d}:{second % 3600 // 60:02d}:{second % 60:02d}"


windows = st.tuples(st.integers(0, 86_399), st.integers(0, 86_399))


@given(windows, st.lists(windows, max_size=2), windows)
def test_a_send_window_violates_if_any_second_of_it_does(
    window: tuple[int, int], consent: list[tuple[int, int]], quiet: tuple[int, int]
) -> None:
    document = Document(
        "d",
        (Turn("agent", "您好"),),
        send_window=(f"{clock(window[0])}-{clock(window[1])}",),
        consent_hours=tuple(f"{clock(start)}-{clock(end)}" for start, end in consent),
    )
    # Something changes only at these seconds, so looking at each and the one after is looking at all.
    edges = {0, *window, *quiet, *(end for pair in consent for end in pair)}
    want = any(
        inside(second, *window)
        and inside(second, *quiet)
        and not any(inside(second, *one) for one in consent)
        for edge in edges
        for second in (edge, (edge + 1) % 86_400)
    )
    view = looked_at(document, Rulebook.of(EMPTY))
    assert Hours(*quiet).check(view).truth == want


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0:00", 0),
        ("08:30", 30_600),
        ("8:30:15", 30_615),
        (" 23:59:59 ", 86_399),
        ("24:00", 86_400),
        ("24:00:00", 86_400),
        ("24:01", None),
        ("24:00:01", None),
        ("25:00", None),
        ("8:60", None),
        ("8:30:60", None),
        ("8", None),
        ("8:30:15:0", None),
        ("8:x", None),
        ("-8:30", None),
        ("", None),
    ],
)
def test_seconds_of_day(text: str, seconds: int | None) -> None:
    assert seconds_of_day(text) == seconds


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("21:00-23:00", (75_600, 82_800)),
        ("22:00~08:00", (79_200, 28_800)),
        ("22:00–08:00", (79_200, 28_800)),
        ("22:00—24:00", (79_200, 86_400)),
        ("24:00-08:00", (0, 28_800)),
        ("22:00", None),
        ("22:00-08:00-09:00", None),
        ("22:00-x", None),
        ("x-08:00", None),
    ],
)
def test_seconds_window(text: str, window: tuple[int, int] | None) -> None:
    assert seconds_window(text) == window


def test_without_the_package_holidays_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    told = '公共假日需要另装 holidays（pip install "collectlint[calendar]"）'
    assert is_holiday(date(2001, 10, 1), "cn") == (None, told)  # a year that no other test has in memory


@pytest.mark.parametrize(
    ("clock", "lasted", "consent", "runs"),
    [
        # Quiet from 22:00: agreed hours that do not matter hide none that do.
        ("21:50:00", 900.0, ("06:00-07:00",), True),
        ("21:50:00", 900.0, ("21:00-22:30",), False),
        ("21:50:00", 2_500.0, ("06:00-07:00", "21:00-22:30"), True),
        ("21:50:00", 2_500.0, ("21:00-22:30", "06:00-07:00"), True),
        ("21:50:00", 2_400.0, ("21:00-22:30",), False),  # it ends as the agreed hour does
        ("21:50:30", 570.5, (), True),
        ("21:50:30", 570.0, (), False),
        ("08:00:00", 14 * 3600.0, (), False),
        ("08:00:00", 14 * 3600.5, (), True),
    ],
)
def test_running_into_quiet_time_is_told_to_the_second(
    clock: str, lasted: float, consent: tuple[str, ...], runs: bool
) -> None:
    call = Document(
        "d", (Turn("agent", "您好", 0.0, lasted),), started_at=f"2026-03-02T{clock}", consent_hours=consent
    )
    outcome = Hours(22 * 3600, 8 * 3600, runs_into=True).check(looked_at(call, Rulebook.of(EMPTY)))
    assert outcome.truth is runs


def test_what_is_missing_is_said() -> None:
    view = looked_at(Document("d", (Turn("agent", "您好"),), started_at="gestern"), Rulebook.of(EMPTY))
    assert Hours(22 * 3600, 8 * 3600).check(view) == (None, (), "started_at 不是 ISO 8601 时间")
    bare = looked_at(Document("d", (Turn("agent", "您好"),)), Rulebook.of(EMPTY))
    assert Hours(22 * 3600, 8 * 3600).check(bare) == (None, (), "缺少 started_at")
    call = Document("d", (Turn("agent", "您好"),), started_at="2026-03-02T21:50:00")
    unknown = Hours(22 * 3600, 8 * 3600, runs_into=True).check(looked_at(call, Rulebook.of(EMPTY)))
    assert unknown == (None, (), "缺少 ended_at，也没有各句的时间")


def test_microseconds_begin_in_1970() -> None:
    assert microseconds("1970-01-01T00:00:00.000002Z") == 2
    assert microseconds("1970-01-02T08:00:01") == 86_401_000_000
