"""What the keys of a record say of the messages in it and below it, worked out once for each record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from collectlint.errors import InputError
from collectlint.readers import record as fields
from collectlint.readers.catalogue.tree import Leaf, Listing, Record
from collectlint.readers.catalogue.variables import declared, plain
from collectlint.readers.csv_header import OWN_FIELDS, field_of
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table_rows import plain_value
from collectlint.waiver.directive import FIELD

# What a key says for everything below it, as `channel: sms` above a list of templates does.
INHERITED = frozenset(
    (
        "jurisdiction", "channel", "kind", "party", "send_window", "schedule", "creditor_type", "product",
        "speaker_role", "lender", "agency", "mode", "direction", "signature", "vendor",
    )
)  # fmt: skip
_OTHER_KEYS = {
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
_SEVERAL = ("send_window", "schedule", "consent_hours")
_FIELDS_OF_OURS = ("signature", "vendor")  # stand in `Document.fields`
_LONGEST = 200  # code points of a neighbour that is kept for rules


class Fault(NamedTuple):
    """A value that cannot be used, at its key; `is_doubt`: the key may mean something else altogether."""

    name: str
    leaf: Leaf
    error: InputError
    is_doubt: bool


class Facts(NamedTuple):
    """Checked fields; those that hold below too; further keys with their leaves; what is wrong; the
    waivers beside a message (a text, a list of texts, or nothing)."""

    known: dict[str, Any]
    inherited: dict[str, Any]
    own: dict[str, Any]
    others: dict[str, Leaf]
    faults: tuple[Fault, ...]
    waivers: Any


def facts_of(record: Record, settings: ReadSettings) -> Facts:
    """The facts in a record's own keys, by the configuration's map, else by the headings of tables."""
    mapped = {name: field for field, name in settings.columns.items() if field != "text"}
    found: dict[str, tuple[str, Leaf, Any]] = {}
    own: dict[str, Any] = {}
    others: dict[str, Leaf] = {}
    faults: list[Fault] = []
    for name, leaf in _scalars(record):
        if name == FIELD:
            continue
        field = mapped.get(name) or _OTHER_KEYS.get(name.lower(), "") or field_of(name)
        if field.startswith("fields.") or field in _FIELDS_OF_OURS:
            own[field.removeprefix("fields.")] = leaf.value
        elif not field:
            if len(leaf.value) <= _LONGEST:
                others[name] = leaf
        elif field not in OWN_FIELDS and leaf.value.strip():
            try:
                value = plain_value(field, leaf.value.strip(), settings.values.get(field))
            except InputError as error:
                faults.append(Fault(name, leaf, error, False))
                continue
            if field in _SEVERAL and field in found:
                value = [*found[field][2], *value]
            found[field] = (name, leaf, value)
    known: dict[str, Any] = {}
    for field, (name, leaf, value) in found.items():
        try:
            known |= fields.check_fields({field: value})[0]
        except InputError as error:
            faults.append(Fault(name, leaf, error, name not in mapped and field not in _SEVERAL))
    variables = declared(record)
    if variables:
        own["variables"] = variables
    vendor = next((vendor for vendor, keys in _VENDORS if keys <= {key for key, _ in record.entries}), "")
    if vendor:
        own.setdefault("vendor", vendor)
    inherited = {field: value for field, value in known.items() if field in INHERITED}
    inherited |= {field: known[field] for name, field in mapped.items() if field in known}
    waivers = next((plain(node) for name, node in record.entries if name == FIELD), None)
    return Facts(known, inherited, own, others, tuple(faults), waivers)


def _scalars(record: Record) -> Iterator[tuple[str, Leaf]]:
    """Keys with a scalar; a list of scalars gives its key several times."""
    for name, node in record.entries:
        if isinstance(node, Leaf):
            yield name, node
        elif isinstance(node, Listing) and field_of(name) != "text":
            yield from ((name, item) for item in node.items if isinstance(item, Leaf))
