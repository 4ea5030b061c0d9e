"""`contacts`: what a document adds to a count, and what is missing to tell."""

from __future__ import annotations

from typing import Any

import pytest

from collectlint.document import Document, Turn
from collectlint.operators.contacts import Contact, Contacts
from collectlint.operators.outcome import NO, Outcome

STARTED = "2026-03-02T10:00:00.000001+08:00"
INSTANT = 1_772_416_800_000_001
CALLS = (("channel", ("call", "sms")),)


def counting(**changes: Any) -> Contacts:
    return Contacts(("debtor_id",), (), 1, 0, 3, (), ())._replace(**changes)


def contact(
    contacts: Contacts, fields: dict[str, Any] | None = None, **given: Any
) -> tuple[Contact | None, str]:
    document = Document("d", (Turn("agent", "您好"),), fields=fields or {}, **given)
    return contacts.contact(document)


def test_a_contact_belongs_to_its_group_and_moment() -> None:
    found = contact(counting(), debtor_id="d-1", started_at=STARTED)
    assert found == (Contact("d-1", INSTANT, True, True), "")


def test_the_group_is_of_all_fields_in_their_order() -> None:
    contacts = counting(per=("fields.case", "debtor_id", "lost_contact"))
    found, reason = contact(contacts, {"case": 7}, debtor_id="d-1", lost_contact=True, started_at=STARTED)
    assert found is not None
    assert found.group == "7\x1fd-1\x1ftrue"
    assert reason == ""


def test_an_optional_field_may_be_unknown_and_makes_a_group_of_its_own() -> None:
    contacts = counting(per=("debtor_id", "fields.lender"), optional=("fields.lender",))
    found, _ = contact(contacts, debtor_id="d-1", started_at=STARTED)
    assert found is not None
    assert found.group == "d-1\x1f"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"started_at": STARTED}, "缺少 debtor_id，无法计次"),
        ({"debtor_id": "", "started_at": STARTED}, "缺少 debtor_id，无法计次"),
        ({"debtor_id": "d-1"}, "缺少 started_at，无法计次"),
        ({}, "缺少 debtor_id、started_at，无法计次"),
        ({"debtor_id": "d-1", "started_at": "gestern"}, "started_at 不是 ISO 8601 时间"),
    ],
)
def test_what_is_missing_is_named(given: dict[str, Any], reason: str) -> None:
    assert contact(counting(), **given) == (None, reason)


@pytest.mark.parametrize(
    ("given", "judged"),
    [({"channel": "call"}, True), ({"channel": "sms"}, True), ({"channel": "letter"}, None)],
)
def test_only_the_contacts_asked_for_count(given: dict[str, Any], judged: bool | None) -> None:
    found, reason = contact(counting(which=CALLS), debtor_id="d-1", started_at=STARTED, **given)
    assert reason == ""
    assert (found and (found.judged, found.counted)) == (judged and (True, True))


def test_a_contact_that_may_count_says_what_is_missing() -> None:
    found, reason = contact(counting(which=(("fields.kind", ("a",)),)), debtor_id="d-1", started_at=STARTED)
    assert (found, reason) == (None, "缺少 fields.kind，无法计次")


def test_another_value_says_no_whatever_else_is_unknown() -> None:
    which = (("fields.kind", ("a",)), *CALLS)
    assert contact(counting(which=which), debtor_id="d-1", started_at=STARTED, channel="letter") == (None, "")
    which = (*CALLS, ("fields.kind", ("a",)), ("fields.sort", ("b",)))
    found = contact(counting(which=which), debtor_id="d-1", started_at=STARTED, channel="call")
    assert found == (None, "缺少 fields.kind，无法计次")


def test_after_counts_one_kind_and_judges_another() -> None:
    contacts = counting(which=CALLS, after=(("fields.result", ("effective",)),))
    given = {"debtor_id": "d-1", "started_at": STARTED}
    assert contact(contacts, {"result": "effective"}, channel="call", **given) == (
        Contact("d-1", INSTANT, True, True),
        "",
    )
    assert contact(contacts, {"result": "none"}, channel="call", **given) == (
        Contact("d-1", INSTANT, True, False),
        "",
    )
    assert contact(contacts, {"result": "effective"}, channel="letter", **given) == (
        Contact("d-1", INSTANT, False, True),
        "",
    )
    assert contact(contacts, {"result": "none"}, channel="letter", **given) == (None, "")
    assert contact(contacts, {}, channel="call", **given) == (
        Contact("d-1", INSTANT, True, False),
        "缺少 fields.result，无法计次",
    )


class OnlyADocument:
    """As much of a view as `contacts` looks at."""

    def __init__(self, document: Document) -> None:
        self.document = document


def test_alone_a_document_says_only_what_is_missing() -> None:
    complete = Document("d", (), debtor_id="d-1", started_at=STARTED)
    assert counting().check(OnlyADocument(complete)) == NO  # type: ignore[arg-type]
    lacking = OnlyADocument(complete._replace(debtor_id=None))
    assert counting().check(lacking) == Outcome(None, (), "缺少 debtor_id，无法计次")  # type: ignore[arg-type]
