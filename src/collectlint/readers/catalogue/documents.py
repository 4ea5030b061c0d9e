"""Messages of a catalogue -> Documents, with what the keys around each say of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectlint.document import Doubt, Origin, Turn
from collectlint.errors import InputError
from collectlint.finding import Failure
from collectlint.readers import record as fields
from collectlint.readers.catalogue.choosing import Chooser, is_about, own_record
from collectlint.readers.catalogue.tree import Found, Leaf, Listing, Node, Record, leaves
from collectlint.readers.catalogue.variables import declared, understood
from collectlint.readers.csv_header import OWN_FIELDS, field_of
from collectlint.readers.settings import Items, ReadSettings, Source
from collectlint.readers.table_rows import plain_value

# What a key says for everything below it, as `channel: sms` above a list of templates does.
_INHERITED = frozenset(
    (
        "jurisdiction", "channel", "kind", "party", "send_window", "schedule", "creditor_type", "product",
        "speaker_role", "lender", "agency", "mode", "direction", "signature", "vendor",
    )
)  # fmt: skip
_OF_VENDORS = {
    **dict.fromkeys(("templatecode", "templateid", "template_id"), "id"),
    **dict.fromkeys(
        ("signname", "sign_name", "relatedsignname", "signature", "sign", "签名", "簽名"), "signature"
    ),
    **dict.fromkeys(("vendor", "provider", "平台", "服务商"), "vendor"),
}
_VENDORS = (
    ("alibaba", {"TemplateContent", "TemplateCode"}),
    ("huawei", {"template_content"}),
    ("tencent", {"TemplateContent", "TemplateId"}),
    ("tencent", {"TemplateContent", "TemplateName"}),
)
_SPOKEN = ("call", "ai_call", "visit")
_LONGEST = 200  # code points of a neighbour that is kept for rules


def documents(root: Node, chooser: Chooser, source: Source, settings: ReadSettings) -> Items:
    """A Document for each message below `root`, in file order."""
    for found in leaves(root):
        if chooser.takes(found):
            yield from _document(found, chooser, source, settings)


def _document(found: Found, chooser: Chooser, source: Source, settings: ReadSettings) -> Items:
    line, column = found.leaf.spelled(0)
    values, others, faults = _metadata(found, settings)
    for name, leaf, error in faults:
        at, behind = leaf.spelled(0)
        reason = f"键「{name}」（第 {behind} 列）：{error.message}，未采用"
        yield Failure(source.path, at, reason, error.remedy)
    known: dict[str, Any] = {}
    doubts: list[Doubt] = []
    for field, (name, value, is_mapped, leaf) in values.items():
        try:
            known |= fields.check_fields({field: value})[0]
        except InputError as error:
            if is_mapped or field in ("schedule", "send_window"):
                reason = f"键「{name}」（第 {leaf.spelled(0)[1]} 列）：{error.message}，未采用"
                yield Failure(source.path, leaf.spelled(0)[0], reason, error.remedy)
            else:
                doubts.append(Doubt("fields", f"键「{name}」：{error.message}，未采用"))
    known.setdefault("jurisdiction", settings.jurisdiction)
    known.setdefault("party", settings.party)
    if "channel" not in known:
        known["channel"] = chooser.channel(found.path) or settings.channel or "sms"
    usual = "script" if known["channel"] in _SPOKEN else "template"
    known.setdefault("kind", settings.kind or usual)
    if known["kind"] == "transcript":
        known["kind"] = usual
    origin = Origin(source.path, line, column, "", found.leaf.spelled)
    turn = Turn("agent", found.leaf.value, None, None, origin)
    # A list's items are told apart by their places; a key is a better name than a line.
    default = f"{source.name}:{'.'.join(found.path)}" if found.path else f"{source.name}:{line}"
    yield fields.make_document(
        known, others, (turn,), Origin(source.path, line, column), default, tuple(doubts)
    )


_Value = tuple[str, Any, bool, Leaf]
_Faulty = tuple[str, Leaf, InputError]


def _metadata(
    found: Found, settings: ReadSettings
) -> tuple[dict[str, _Value], dict[str, Any], list[_Faulty]]:
    """Fields with the key they come from, further keys, and values that cannot be read."""
    own = own_record(found)
    describes = is_about(own)
    mapped = {name: field for field, name in settings.columns.items() if field != "text"}
    values: dict[str, _Value] = {}
    others: dict[str, Any] = {}
    faults: list[_Faulty] = []
    for record in found.records:
        for name, leaf in _scalars(record):
            field = mapped.get(name) or _OF_VENDORS.get(name.lower(), "") or field_of(name)
            if leaf is found.leaf or field in OWN_FIELDS:
                continue
            if record is not own and field not in _INHERITED and name not in mapped:
                continue
            if record is own and not describes and field not in _INHERITED and name not in mapped:
                continue
            if field.startswith("fields.") or field in ("signature", "vendor"):
                others[field.removeprefix("fields.")] = leaf.value
            elif not field:
                if record is own and len(leaf.value) <= _LONGEST:
                    others[name] = leaf.value
            elif leaf.value.strip():
                try:
                    value = plain_value(field, leaf.value.strip(), settings.values.get(field))
                    before = values.get(field)
                    if field in ("send_window", "schedule") and before and before[3] in _neighbours(record):
                        value = [*before[1], *value]
                    values[field] = (name, value, name in mapped, leaf)
                except InputError as error:
                    faults.append((name, leaf, error))
    variables = {**declared(own), **understood(settings.variables)}
    if variables:
        others["variables"] = variables
    if describes:
        keys = {key for key, _ in own.entries}
        vendor = next((name for name, needed in _VENDORS if needed <= keys), "")
        if vendor:
            others.setdefault("vendor", vendor)
    return values, others, faults


def _scalars(record: Record) -> Iterator[tuple[str, Leaf]]:
    """Keys with a scalar, a list of scalars giving its key several times."""
    for name, node in record.entries:
        if isinstance(node, Leaf):
            yield name, node
        elif isinstance(node, Listing):
            for item in node.items:
                if isinstance(item, Leaf) and field_of(name) != "text":
                    yield name, item


def _neighbours(record: Record) -> list[Leaf]:
    return [leaf for _, leaf in _scalars(record)]
