"""Profiles: who collects what for whom, and so which rules are in and why the others are out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from collectlint.document import Document
from collectlint.errors import Place, RuleError, RuleErrors, UsageError
from collectlint.finding import FAMILIES, Severity
from collectlint.rulebook.folder import Folder
from collectlint.rulebook.reading import HOUSE_HOURS, Changes
from collectlint.rulebook.rule import HOUSE, Bound, Rule
from collectlint.rulebook.rulebook import Rulebook
from collectlint.rulebook.selection import fitting
from collectlint.rulebook.shapes import PROFILE
from collectlint.rulebook.strict import compose
from collectlint.rulebook.walk import walk
from collectlint.score import START, WEIGHTS, Weights
from collectlint.words.commands import CommandWords, command_words

FOLDER = "profiles"
_FACTS = ("jurisdiction", "creditor_type", "product", "speaker_role")
_PATTERNS = ("select", "enable", "ignore")


class Profile(NamedTuple):
    """A profile with everything it extends already in it; `chain` names them, itself last."""

    name: str
    title: Mapping[str, str]
    chain: tuple[str, ...]
    jurisdiction: str | None = None
    creditor_type: str | None = None
    product: str | None = None
    speaker_role: str | None = None
    channels: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = {}
    lists: Mapping[str, tuple[str, ...]] = {}
    hours: str = ""
    score: Mapping[str, Any] = {}

    @property
    def changes(self) -> Changes | None:
        """What must be compiled into the rules; None = nothing."""
        return Changes(self.lists, self.hours) if self.lists or self.hours else None


class Standing(NamedTuple):
    """Is a rule in a profile, why, and at what severity?"""

    rule: Rule
    used: bool
    why: str
    severity: Severity


def profile_names(folder: Folder) -> list[str]:
    """The profiles that a rule folder holds."""
    inner = folder / FOLDER
    if not inner.is_dir():
        return []
    return sorted(one.name.rsplit(".", 1)[0] for one in inner.iterdir() if one.name.endswith(".yaml"))


def read_profile(name: str, folder: Folder) -> Profile:
    """The profile of that name in a rule folder, or in the YAML file at that path.

    A file may extend its neighbours and the folder's profiles. Raises UsageError for an unknown name,
    RuleErrors with line and column for what is wrong in a file.
    """
    return _read(name, folder, None, ())


def _read(name: str, folder: Folder, beside: Path | None, above: tuple[str, ...]) -> Profile:
    file, shown = _found(name, folder, beside)
    if shown in above:
        way = " → ".join((*above, shown))
        raise RuleErrors([RuleError(f"配置互相承接：{way}", Place(shown, 1, 1), "去掉其中一处 extends")])
    values = _values(file, shown)
    inner = file.parent if isinstance(file, Path) else None
    bases = [_read(base, folder, inner, (*above, shown)) for base in values["extends"]]
    merged: dict[str, Any] = {"channels": (), "severity": {}, "lists": {}, "hours": "", "chain": ()}
    merged["score"] = {"start": None, "weights": {}}
    merged |= dict.fromkeys(_FACTS) | dict.fromkeys(_PATTERNS, ())
    for one in (*(base._asdict() for base in bases), values):
        for key in (*_FACTS, "channels", "hours"):
            merged[key] = one[key] or merged[key]
        for key in _PATTERNS:
            merged[key] = tuple(dict.fromkeys((*merged[key], *one[key])))
        merged["severity"] = {**merged["severity"], **one["severity"]}
        own_score = one["score"]
        merged["score"] = {
            "start": merged["score"]["start"] if own_score["start"] is None else own_score["start"],
            "weights": {**merged["score"]["weights"], **own_score["weights"]},
        }
        for key, words in one["lists"].items():
            merged["lists"] = {**merged["lists"], key: (*merged["lists"].get(key, ()), *words)}
        merged["chain"] = (*merged["chain"], *one.get("chain", ()))
    own = os.path.basename(shown).rsplit(".", 1)[0]
    merged["chain"] = (*merged["chain"], own)
    return Profile(name=own, title=values["title"], **merged)


def _found(name: str, folder: Folder, beside: Path | None) -> tuple[Any, str]:
    """The file of a profile and how it is shown."""
    if name.endswith((".yaml", ".yml")):
        path = Path(name) if beside is None or os.path.isabs(name) else beside / name
        if path.is_file():
            return path, str(path)
        raise UsageError(f"没有配置文件 {name}", remedy="检查路径")
    if beside is not None and (beside / f"{name}.yaml").is_file():
        return beside / f"{name}.yaml", str(beside / f"{name}.yaml")
    file = folder / FOLDER / f"{name}.yaml"
    if file.is_file():
        return file, f"{getattr(folder, 'name', 'rules')}/{FOLDER}/{name}.yaml"
    names = profile_names(folder)
    near = get_close_matches(name, names, 2)
    remedy = f"是否指 {'、'.join(near)}？" if near else f"可用：{'、'.join(names)}"
    raise UsageError(f"没有配置「{name}」", remedy=remedy)


def _values(file: Any, shown: str) -> Mapping[str, Any]:
    try:
        node = compose(file.read_bytes().decode("utf-8-sig"), shown)
    except UnicodeDecodeError:
        raise RuleErrors([RuleError("不是 UTF-8 文本", Place(shown), "请存为 UTF-8")]) from None
    values, _, faults = walk(node, PROFILE, {})
    if faults:
        raise RuleErrors(faults)
    return values


def weights(profile: Profile | None, rules: Sequence[Rule]) -> Weights:
    """The points that a profile gives; raises UsageError for a key that is no rule, family or severity."""
    by_rule: dict[str, float] = {}
    by_family: dict[str, float] = {}
    by_severity = dict(WEIGHTS)
    given = profile.score if profile else {"start": None, "weights": {}}
    for key, points in given["weights"].items():
        if key in by_severity:
            by_severity[key] = points
        elif key in FAMILIES:
            by_family[key] = points
        else:
            by_rule.update((rule.id, points) for rule in fitting(rules, key))
    start = START if given["start"] is None else given["start"]
    return Weights(start, by_rule, by_family, by_severity)


def standings(profile: Profile, rulebook: Rulebook, day: str, lang: str = "zh") -> list[Standing]:
    """Every rule in rule order: in or out, and why, in `lang`.

    Raises UsageError for a pattern that fits no rule.
    """
    rules = rulebook.rules
    ids = {key: _ids(rules, getattr(profile, key)) for key in _PATTERNS}
    if profile.hours:
        ids["enable"][HOUSE_HOURS] = "hours"
    given: dict[str, Severity] = {}
    for pattern, level in profile.severity.items():
        given.update((rule.id, Severity[level.upper()]) for rule in fitting(rules, pattern))
    facts = {key: getattr(profile, key) for key in _FACTS if getattr(profile, key)}
    someone = Document("", (), **facts)
    words = command_words(lang)
    out = []
    for rule in rules:
        used, why = _standing(rule, rulebook, profile, someone, ids, day, words)
        out.append(Standing(rule, used, why, given.get(rule.id, rule.severity)))
    return out


def _ids(rules: tuple[Rule, ...], patterns: tuple[str, ...]) -> dict[str, str]:
    return {rule.id: pattern for pattern in patterns for rule in fitting(rules, pattern)}


def _standing(
    rule: Rule,
    rulebook: Rulebook,
    profile: Profile,
    someone: Document,
    ids: Mapping[str, Mapping[str, str]],
    day: str,
    words: CommandWords,
) -> tuple[bool, str]:
    if rule.id in ids["ignore"]:
        return False, words.left_out.format(ids["ignore"][rule.id])
    if profile.select and rule.id not in ids["select"] and rule.id not in ids["enable"]:
        return False, words.not_selected
    if someone.jurisdiction not in rule.data["jurisdictions"]:
        return False, words.only.format(words.listing.join(rule.data["jurisdictions"]))
    if not rule.in_force(day):
        since, until = rule.data["in_force"]["from"], rule.data["in_force"]["to"]
        return False, words.not_in_force.format(day, words.period.format(since or "…", until or words.now))
    narrow = words.semicolon.join(_narrow(rule, profile, someone, words))
    if narrow:
        return False, narrow
    if rule.id in ids["enable"]:
        return True, words.enabled.format(ids["enable"][rule.id])
    if rule.off:
        return False, words.off
    basis, binding = rule.basis(Bound.of(someone), day)
    if not basis:
        return False, words.no_basis.format(day)
    names = words.listing.join(dict.fromkeys(one.source for one in basis))
    if binding:
        return True, words.resting.format(names)
    if all(rulebook.sources[one.source].kind == HOUSE for one in basis):
        return False, words.only_house.format(names)
    whom = (profile.creditor_type, profile.product, profile.speaker_role)
    return False, words.not_binding.format(names, "·".join(one for one in whom if one))


def _narrow(rule: Rule, profile: Profile, someone: Document, words: CommandWords) -> Iterator[str]:
    """The scopes of a rule that the profile lies outside of."""
    applies = rule.data["applies"]
    for plural, single in (
        ("creditor_types", "creditor_type"),
        ("products", "product"),
        ("speaker_roles", "speaker_role"),
    ):
        value = getattr(someone, single)
        if applies[plural] and value is not None and value not in applies[plural]:
            yield words.only_scope.format(words.scopes[plural], words.listing.join(applies[plural]))
    if applies["channels"] and profile.channels and not set(applies["channels"]) & set(profile.channels):
        yield words.only_scope.format(words.scopes["channels"], words.listing.join(applies["channels"]))
