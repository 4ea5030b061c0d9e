"""Messages of a catalogue -> Documents, with what the keys around each say of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectlint.document import Document, Doubt, Origin, Turn
from collectlint.finding import Failure
from collectlint.readers import record as fields
from collectlint.readers.catalogue.choosing import Chooser, own_record
from collectlint.readers.catalogue.facts import Facts, facts_of
from collectlint.readers.catalogue.tree import Found, Node, PerRecord, leaves
from collectlint.readers.catalogue.variables import understood
from collectlint.readers.settings import Items, ReadSettings, Source
from collectlint.waiver.directive import FIELD

_SPOKEN = ("call", "ai_call", "visit")


def documents(root: Node, chooser: Chooser, source: Source, settings: ReadSettings) -> Items:
    """A Document for each message below `root`, in file order; a value that cannot be used is one Failure."""
    facts: PerRecord[Facts] = PerRecord(lambda record: facts_of(record, settings))
    told: set[int] = set()
    variables = understood(settings.variables)
    for found in leaves(root):
        if chooser.takes(found):
            for record in found.records:
                if id(record) not in told:
                    told.add(id(record))
                    yield from _failures(facts(record), source)
            yield _document(found, facts, variables, chooser, source, settings)


def _failures(facts: Facts, source: Source) -> Iterator[Failure]:
    for fault in facts.faults:
        if not fault.is_doubt:
            line, column = fault.leaf.spelled(0)
            reason = f"键「{fault.name}」（第 {column} 列）：{fault.error.message}，未采用"
            yield Failure(source.path, line, reason, fault.error.remedy)


def _document(
    found: Found,
    facts: PerRecord[Facts],
    variables: dict[str, dict[str, Any]],
    chooser: Chooser,
    source: Source,
    settings: ReadSettings,
) -> Document:
    own = own_record(found)
    describes = chooser.describes(own)
    known: dict[str, Any] = {}
    others: dict[str, Any] = {}
    doubts: list[Doubt] = []
    for record in found.records:
        said = facts(record)
        whole = record is own and describes
        known |= said.known if whole else said.inherited
        others |= said.own
        if whole:
            others |= {name: leaf.value for name, leaf in said.others.items() if leaf is not found.leaf}
            if said.waivers:
                others[FIELD] = said.waivers
            doubts.extend(
                Doubt("fields", f"键「{fault.name}」：{fault.error.message}，未采用")
                for fault in said.faults
                if fault.is_doubt
            )
    if variables:
        others["variables"] = {**others.get("variables", {}), **variables}
    known.setdefault("jurisdiction", settings.jurisdiction)
    known.setdefault("party", settings.party)
    if "channel" not in known:
        known["channel"] = chooser.channel(found.path) or settings.channel or "sms"
    usual = "script" if known["channel"] in _SPOKEN else "template"
    known.setdefault("kind", settings.kind or usual)
    if known["kind"] == "transcript":
        known["kind"] = usual
    line, column = found.leaf.spelled(0)
    origin = Origin(source.path, line, column, "", found.leaf.spelled)
    turn = Turn("agent", found.leaf.value, None, None, origin)
    default = f"{source.name}:{'.'.join(found.path)}" if found.path else f"{source.name}:{line}"
    return fields.make_document(
        known, others, (turn,), Origin(source.path, line, column), default, tuple(doubts)
    )
