"""Rules on trial before they ship: what is wrong with a rule folder beyond what keeps it from loading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from collectlint.errors import InputError, Place
from collectlint.linter import Options
from collectlint.proof.examples import day_within, examples, findings
from collectlint.rulebook.folder import Folder, model_reader, read, shipped
from collectlint.rulebook.reading import Read, RuleFile
from collectlint.rulebook.requirements import Requirement, read_requirements
from collectlint.rulebook.rulebook import Rulebook
from collectlint.rulebook.shapes import MARKS
from collectlint.run import word_edges
from collectlint.text.fold import fold
from collectlint.text.script import tables

LEAST_HITS, LEAST_MISSES = 3, 4
_FOREVER = "9999-12-31"
_UNSAFE = re.compile(r"[^\u3400-\u9fffA-Za-z0-9，。、；：！？（）《》「」【】]")


class Fault(NamedTuple):
    """One thing that is wrong; `level` is error or warning, `code` names the check."""

    level: str
    code: str
    message: str
    place: Place
    remedy: str = ""


def vet(folder: Folder | None, options: Options) -> list[Fault]:
    """All faults of a rule folder, errors that keep rules from loading first, then by file.

    `options.as_of` is the day on which every rule must rest on a source in force.
    """
    root = folder or shipped()
    name = getattr(root, "name", "rules")
    found = read(root)
    requirements = read_requirements(root, found.sources)
    faults = [
        Fault("error", "load", error.message, error.place or Place(name), error.remedy)
        for error in (*found.errors, *requirements.errors)
    ]
    rulebook = Rulebook.of(found.data, model_reader(root))
    options = options._replace(boundaries=word_edges(rulebook))
    for rule in found.rules:
        faults.extend(_of_rule(rule, found, rulebook, options))
    faults.extend(_across(found))
    faults.extend(_served(found.rules, requirements.rows))
    faults.extend(
        Fault(
            "warning",
            "unused-list",
            f"词表 `{unused}` 没有规则用到",
            Place(f"{name}/lexicon"),
            "删去，或在规则里引用",
        )
        for unused in found.unused_lists
    )
    faults.extend(
        Fault(
            "warning",
            "unused-state",
            f"状态 `{idle}` 没有规则用到",
            Place(f"{name}/states"),
            "删去，或在规则里引用",
        )
        for idle in found.unused_states
    )
    return faults


def _of_rule(rule: RuleFile, found: Read, rulebook: Rulebook, options: Options) -> Iterator[Fault]:
    compiled = next(one for one in rulebook.rules if one.id == rule.id)
    yield from _basis(rule, compiled.data["jurisdictions"], found.sources, options.as_of)
    yield from _examples(rule, compiled.data["jurisdictions"][0], rulebook, options)
    yield from _fix(rule)
    if rule.values["status"] == "deprecated" and not rule.values["replaced_by"]:
        yield Fault(
            "error",
            "no-replacement",
            "已弃用的规则没有写 replaced_by",
            _at(rule, "status"),
            "写上取代它的规则",
        )


def _at(rule: RuleFile, key: str) -> Place:
    return rule.places.get(key) or Place(rule.path, 1, 1)


def _basis(
    rule: RuleFile, jurisdictions: list[str], sources: Mapping[str, Any], as_of: str
) -> Iterator[Fault]:
    place = _at(rule, "basis")
    span = rule.values["in_force"] or {"from": None, "to": None}
    first, last = span["from"] or "", span["to"] or _FOREVER
    covered: set[str] = set()
    spans: dict[str, list[tuple[str, str]]] = {}
    marks: list[str] = []
    for entry in rule.values["basis"]:
        source = sources.get(entry["source"])
        if source is None:  # told when the folder was read
            continue
        name = f"`{entry['source']}`"
        period = source["in_force"] or {"from": None, "to": None}
        since, until = period["from"] or "", period["to"] or _FOREVER
        if since > last or until < first:
            message = f"{name} 在规则的适用期间不施行（{since or '…'} 至 {until}）"
            yield Fault("error", "not-in-force", message, place, "改 in_force，或换一项依据")
        if source["jurisdiction"] not in (*jurisdictions, "any"):
            message = f"{name} 属 {source['jurisdiction']}，规则管的是 {'、'.join(jurisdictions)}"
            yield Fault(
                "error", "other-jurisdiction", message, place, "换一项依据，或改 applies.jurisdictions"
            )
        else:
            held = jurisdictions if source["jurisdiction"] == "any" else [source["jurisdiction"]]
            for one in held:
                spans.setdefault(one, []).append((since, until))
            if since <= max(first, as_of) <= until:
                covered.update(held)
        yield from _mark(entry, source, name, place)
        if source["kind"] != "house":
            marks.append(entry["verified"])
    bare = [one for one in jurisdictions if one not in covered]
    if bare and first <= as_of <= last:
        level = "warning" if covered else "error"
        yield Fault(
            level, "no-basis", f"{as_of} 在 {'、'.join(bare)} 没有一项依据在施行", place, "补一项现行依据"
        )
    if marks and not rule.values["off"] and all(mark in ("weak", "memory") for mark in marks):
        yield Fault(
            "error",
            "weak-basis",
            "依据都只是弱来源或凭记忆，规则却默认启用",
            place,
            "写上 off: true，或补一项较好的依据",
        )
    if rule.values["in_force"]:
        for one in jurisdictions:
            if one in bare and first <= as_of <= last:
                continue
            gap = first_bare_day(spans.get(one, []), first, last)
            if gap is not None:
                message = (
                    f"规则自称 {first or '…'} 至 {last} 适用，但 {gap or '起初'} 在 {one} 没有依据在施行"
                )
                yield Fault(
                    "error", "not-in-force", message, _at(rule, "in_force"), "缩短 in_force，或补上当时的依据"
                )


def first_bare_day(spans: list[tuple[str, str]], first: str, last: str) -> str | None:
    """The first day from `first` to `last` that no span holds, ends included; "" = the beginning."""
    from datetime import date, timedelta

    day = first
    for since, until in sorted(spans):
        if since > day:
            return day
        if until >= day:
            if until >= last:
                return None
            day = (date.fromisoformat(until) + timedelta(days=1)).isoformat()
    return day


def _mark(entry: Mapping[str, str], source: Mapping[str, Any], name: str, place: Place) -> Iterator[Fault]:
    clauses = source["clauses"]
    best = source["verified"]
    if clauses and entry["clause"] not in clauses:
        from difflib import get_close_matches

        near = get_close_matches(entry["clause"], list(clauses), 1)
        remedy = f"是否指 `{near[0]}`？" if near else f"已登记：{'、'.join(clauses)}"
        yield Fault("error", "unknown-clause", f"{name} 没有登记条款 `{entry['clause']}`", place, remedy)
    elif clauses:
        best = clauses[entry["clause"]]["verified"]
    if MARKS.index(entry["verified"]) < MARKS.index(best):
        message = f"{name} {entry['clause']} 只核验到 {best}，规则却写 {entry['verified']}"
        yield Fault("error", "mark-too-good", message, place, f"写作 verified: {best}")


def _examples(rule: RuleFile, home: str, rulebook: Rulebook, options: Options) -> Iterator[Fault]:
    place = _at(rule, "tests")
    tests = rule.values["tests"]
    for kind, least in (("hit", LEAST_HITS), ("miss", LEAST_MISSES)):
        if len(tests[kind]) < least:
            yield Fault(
                "error", "few-examples", f"{kind} 例句只有 {len(tests[kind])} 条", place, f"至少 {least} 条"
            )
    try:
        hits = [one for one in examples(rule, home) if one.kind == "hit"]
    except (InputError, KeyError, TypeError, AttributeError) as error:
        yield Fault("error", "bad-example", f"例句不成文档：{error}", place)
        return
    day = day_within(rule.values["in_force"], options.as_of)
    only = options._replace(as_of=day, only=frozenset((rule.id,)))
    if not any(findings(one, rulebook, only) for one in hits):
        yield Fault(
            "error",
            "never",
            "规则命中不了自己的任何例句",
            _at(rule, "when"),
            "用 collectlint rules test 查看",
        )
    traditional = tables().characters
    scripts = {
        any(ord(char) in traditional for turn in one.document.turns for char in turn.text)
        for one in hits
        if any(turn.text for turn in one.document.turns)
    }
    if scripts and len(scripts) == 1:
        missing = "简体" if True in scripts else "繁体"
        yield Fault("warning", "one-script", f"hit 例句里没有{missing}", place, f"补一条{missing}例句")


def _fix(rule: RuleFile) -> Iterator[Fault]:
    """Replacements go into files of any format: nothing in them may mean something to one."""
    fix, shown = rule.values["fix"], rule.values["tests"]["fixed"]
    place = _at(rule, "fix" if fix else "tests")
    for word, replacement in fix.items():
        for text in replacement.values():
            strange = "".join(dict.fromkeys(_UNSAFE.findall(text)))
            if strange:
                message = f"fix 的替换文字含有「{strange}」"
                yield Fault(
                    "error", "unsafe-fix", message, _at(rule, "fix"), "只用汉字、字母、数字、中文标点"
                )
        if not any(fold(word) in fold(case["before"]) for case in shown):
            message = f"fix 的「{word}」没有例句"
            yield Fault("error", "untested-fix", message, place, "在 tests 的 fixed 里各写一句")
    if shown and not fix:
        yield Fault(
            "error", "untested-fix", "有 fixed 例句却没有 fix", _at(rule, "tests"), "写 fix,或删去例句"
        )


def _served(rules: tuple[RuleFile, ...], rows: Mapping[str, Requirement]) -> Iterator[Fault]:
    """Rules and requirements against each other; a folder without requirements has nothing to check."""
    served: set[str] = set()
    for rule in rules:
        for id_ in rule.values["requirements"] if rows else ():
            served.add(id_)
            if id_ not in rows:
                from difflib import get_close_matches

                near = get_close_matches(id_, list(rows), 1)
                remedy = f"是否指 `{near[0]}`？" if near else "先写进 requirements/"
                yield Fault(
                    "error", "unknown-requirement", f"没有要求 `{id_}`", _at(rule, "requirements"), remedy
                )
    for row in rows.values():
        if row.gap and row.id in served:
            yield Fault(
                "error",
                "stale-gap",
                f"`{row.id}` 写着没有规则，却有规则服务于它",
                row.place,
                "删去 gap，或改写为 partly",
            )
        if row.partly and row.id not in served:
            yield Fault("error", "stale-gap", f"`{row.id}` 写着部分覆盖，却没有规则", row.place, "改写为 gap")


def _across(found: Read) -> Iterator[Fault]:
    """What shows only when rules are seen side by side."""
    titles: dict[str, RuleFile] = {}
    ids = {rule.id for rule in found.rules}
    for rule in found.rules:
        title = rule.values["title"]["zh"]
        if title in titles:
            yield Fault(
                "error",
                "same-title",
                f"标题「{title}」与 {titles[title].id} 相同",
                _at(rule, "title"),
                "写出区别",
            )
        titles.setdefault(title, rule)
        replaced = rule.values["replaced_by"]
        if replaced and replaced not in ids:
            yield Fault(
                "error", "unknown-rule", f"replaced_by 的规则 `{replaced}` 不存在", _at(rule, "replaced_by")
            )
        for former in rule.values["was"]:
            if former in ids:
                yield Fault(
                    "error", "id-in-use", f"旧名 `{former}` 现为另一条规则", _at(rule, "was"), "编号不可再用"
                )
