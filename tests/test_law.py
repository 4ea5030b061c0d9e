"""The shipped rules and the law: how far they reach, and which clause holds on which day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from collectlint.document import Document, Turn
from collectlint.finding import Severity
from collectlint.linter import Options, lint
from collectlint.proof.coverage import Coverage, coverage, shares
from collectlint.rulebook.folder import load
from collectlint.rulebook.rulebook import Rulebook


@pytest.fixture(scope="module")
def reached() -> Coverage:
    return coverage(None, Options(as_of="2026-11-22"))


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load()


@pytest.mark.parametrize("kind", ["T", "M"])
def test_nine_of_ten_rows_are_covered_or_partly(reached, kind):
    share = next(one for one in shares(reached.rows) if one.kind == kind and not one.jurisdiction)
    assert share.total >= 100
    assert share.reached >= 0.9


def test_every_row_of_the_tables_is_there(reached):
    ids = [row.requirement.id for row in reached.rows]
    for prefix, number in (("CN-", 103), ("TW-", 80), ("HK-", 56)):
        assert sum(id_.startswith(prefix) for id_ in ids) == number
    assert not reached.errors


def test_what_is_not_covered_says_why(reached):
    for row in reached.rows:
        assert row.state == "covered" or row.reason not in ("", "没有规则"), row.requirement.id
        if row.state == "needs_person":
            assert not {"T", "M"}.intersection(row.requirement.kinds), row.requirement.id


def test_no_clause_has_a_mark_better_than_its_instrument(reached):
    marks = ("primary", "press", "secondary", "weak", "memory")
    for id_, source in reached.sources.items():
        for label, clause in source["clauses"].items():
            assert marks.index(clause["verified"]) >= marks.index(source["verified"]), (id_, label)


def cited(book: Rulebook, rule: str, text: str, day: str, **fields: object) -> list[tuple[str, str]] | None:
    """The clauses that a rule cites for a text of that day; None when it finds nothing."""
    fields = {"started_at": f"{day}T10:00:00+08:00", **fields}
    document = Document("d", (Turn("agent", text),), **fields)  # type: ignore[arg-type]
    options = Options(as_of="2026-11-22", only=frozenset([rule]))
    found = lint(document, book, options).findings
    return [(one.source, one.clause) for one in found[0].basis] if found else None


THREAT = "再不还钱我就打断你的腿"
# rule, text, fields, a day, a clause only up to then, the next day, a clause only from then on
BOUNDARIES = {
    "public-security law": (
        "common/threat/hurt",
        THREAT,
        {},
        "2025-12-31",
        ("zhian-2012", "42(1)"),
        "2026-01-01",
        ("zhian-2025", "50(1)(1)"),
    ),
    "CBA guideline": (
        "cn/harassment/quiet-hours",
        "账单提醒",
        {},
        "2026-01-29",
        None,
        "2026-01-30",
        ("cba-2026", "催收时间"),
    ),
    "NIFA to the standard": (
        "common/payment/borrow-elsewhere",
        "你先去借网贷把这笔还上",
        {},
        "2025-02-27",
        ("nifa-2024", "额外费用与筹款"),
        "2025-02-28",
        None,
    ),
    "the standard": (
        "common/third_party/tell-debt",
        "您儿子在我行的贷款已经逾期两个月",
        {"party": "family"},
        "2025-02-27",
        None,
        "2025-02-28",
        ("gbt-45251", "5.3 联系人内容"),
    ),
    "cost disclosure": (
        "common/payment/extra-fees",
        "你先交五百块撤案费,我才能把单子撤下来",
        {},
        "2026-07-31",
        None,
        "2026-08-01",
        ("zhrz-2026", "未明示不得收"),
    ),
    "Taiwan leasing firms": (
        "common/threat/hurt",
        "再不還錢我就打斷你的腿",
        {"jurisdiction": "tw", "creditor_type": "leasing"},
        "2025-09-14",
        None,
        "2025-09-15",
        ("tw-leasing-2025", "不当催收"),
    ),
    "Taiwan outsourcing regulations": (
        "common/abuse/swearing",
        "幹你娘欠錢不還",
        {"jurisdiction": "tw"},
        "2023-08-24",
        None,
        "2023-08-25",
        ("tw-weiwai-2023", "14(1)(1)"),
    ),
}


@pytest.mark.parametrize("case", BOUNDARIES)
def test_the_clause_follows_the_day(book, case):
    rule, text, fields, before, old, after, new = BOUNDARIES[case]
    fields = dict(fields)
    if rule.endswith("quiet-hours"):
        then = cited(book, rule, text, before, **fields, started_at=f"{before}T23:00:00+08:00")
        now = cited(book, rule, text, after, **fields, started_at=f"{after}T23:00:00+08:00")
    else:
        then, now = cited(book, rule, text, before, **fields), cited(book, rule, text, after, **fields)
    assert now is not None
    assert old is None or (old in (then or []) and old not in now)
    assert new is None or (new in now and new not in (then or []))


RULE_DAYS = {
    "one-off credit repair closes": (
        "cn/deception/credit-repair-closed",
        "今天还清就能享受一次性信用修复",
        {},
        "2026-03-31",
        "2026-04-01",
    ),
    "Hong Kong referee ban (planned, off)": (
        "hk/process/requires-referee",
        "申請要提供兩個諮詢人",
        {"jurisdiction": "hk", "creditor_type": "money_lender"},
        "2026-07-31",
        "2026-08-01",
    ),
    "old article numbers": (
        "cn/process/repealed-article",
        "根据《治安管理处罚法》第四十二条处理",
        {},
        "2025-12-31",
        "2026-01-01",
    ),
    "Taiwan SMS sender": (
        "tw/process/sms-sender",
        "您的帳款已逾期,請儘速繳款",
        {"jurisdiction": "tw"},
        "2025-10-31",
        "2025-11-01",
    ),
}


@pytest.mark.parametrize("case", RULE_DAYS)
def test_a_rule_begins_on_its_day(book, case):
    rule, text, fields, before, after = RULE_DAYS[case]
    assert cited(book, rule, text, before, **fields) is None
    assert cited(book, rule, text, after, **fields)


def test_the_same_transcript_cites_two_articles_by_as_of_too(book):
    document = Document("d", (Turn("agent", THREAT),), started_at="2026-06-01T10:00:00+08:00")
    only = frozenset(["common/threat/hurt"])

    def articles(options: Options) -> set[str]:
        return {
            one.clause for one in lint(document, book, options).findings[0].basis if one.source[:5] == "zhian"
        }

    assert articles(Options(as_of="2025-12-31", only=only)) == {"50(1)(1)"}  # the document's own day
    assert articles(Options(as_of="2025-12-31", by_event=False, only=only)) == {"42(1)"}


def test_the_referee_rule_is_off_by_default(book):
    assert next(rule for rule in book.rules if rule.id == "hk/process/requires-referee").off


@pytest.mark.parametrize(
    ("creditor", "severity"),
    [("bank", Severity.ERROR), (None, Severity.ERROR), ("private", Severity.WARNING)],
)
def test_a_code_of_others_is_only_a_warning(book, creditor, severity):
    """The Code of Banking Practice and its like do not bind a private lender."""
    document = Document(
        "d", (Turn("agent", "收數公司嘅手法同本行無關"),), jurisdiction="hk", creditor_type=creditor
    )
    found = lint(document, book, Options(as_of="2026-11-22", second_reader=False)).findings
    assert [one.severity for one in found if one.rule == "hk/deception/disclaims-agency"] == [severity]


def test_the_fields_that_rules_read_are_documented(book):
    text = (Path(__file__).parents[1] / "docs" / "input.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`([a-z_]+)`", text.split("## Fields of your own")[1]))

    def names(node: object) -> Iterator[str]:
        if isinstance(node, dict):
            if str(node.get("name", "")).startswith("fields."):
                yield node["name"].split(".")[1]
            for value in node.values():
                yield from names(value)
        elif isinstance(node, list):
            for value in node:
                yield from names(value)

    assert {name for rule in book.rules for name in names(rule.data["when"])} <= told
