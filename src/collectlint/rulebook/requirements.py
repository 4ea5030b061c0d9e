"""The requirements of law that rules serve: one row each, from `requirements/*.yaml` of a rule folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from collectlint.errors import Place, RuleError, RuleErrors
from collectlint.rulebook.folder import Folder, yaml_files
from collectlint.rulebook.shapes import MARKS, REQUIREMENTS
from collectlint.rulebook.strict import compose
from collectlint.rulebook.walk import walk
from collectlint.words.traditional import shown

FOLDER = "requirements"
_ID = re.compile(r"(?P<jurisdiction>CN|TW|HK)-[A-Z]?[0-9]{2}")


class Clause(NamedTuple):
    """A clause of an instrument; `paraphrase` and `verified` are those of `sources.yaml`."""

    source: str
    clause: str
    title: str = ""
    paraphrase: str = ""
    verified: str = ""


class Requirement(NamedTuple):
    """One thing the law asks; `kinds` are letters of T, M, P, D. `gap` and `gap_reason` go together."""

    id: str
    jurisdiction: str
    kinds: tuple[str, ...]
    zh: str
    en: str
    clauses: tuple[Clause, ...]
    verified: str
    inferred: bool
    partly: str
    gap: str
    gap_reason: str
    place: Place


class RequirementsRead(NamedTuple):
    """All requirements by id in the order of their files, and all faults."""

    rows: Mapping[str, Requirement]
    errors: tuple[RuleError, ...]


def wanted_of(requirement: Requirement, lang: str) -> str:
    """What it asks, in `lang`."""
    if lang == "en" and requirement.en:
        return requirement.en
    return shown(requirement.zh, lang)


def read_requirements(root: Folder, sources: Mapping[str, Any]) -> RequirementsRead:
    """The requirements of a rule folder; `sources` are the values of its `sources.yaml`."""
    rows: dict[str, Requirement] = {}
    errors: list[RuleError] = []
    folder = root / FOLDER
    name = getattr(root, "name", "rules")
    for path, content in yaml_files(folder, FOLDER) if folder.is_dir() else ():
        place = Place(f"{name}/{path}", 1, 1)
        try:
            node = compose(content.decode("utf-8-sig"), place.path)
        except UnicodeDecodeError:
            errors.append(RuleError("不是 UTF-8 文本", place, "请存为 UTF-8"))
            continue
        except RuleErrors as error:
            errors.extend(error.errors)
            continue
        values, _, faults = walk(node, REQUIREMENTS, {})
        errors.extend(faults)
        if faults:
            continue
        places = _places(node)
        for id_, row in values["requirements"].items():
            where = places[id_]
            _check(id_, values["jurisdiction"], row, rows, sources, where, errors)
            rows.setdefault(id_, _requirement(id_, values["jurisdiction"], row, sources, where))
    return RequirementsRead(rows, tuple(errors))


def _places(node: Any) -> dict[str, Place]:
    rows = next(child for key, child in node.entries if key.text == "requirements")
    return {key.text: key.place for key, _ in rows.entries}


def _check(
    id_: str,
    jurisdiction: str,
    row: Mapping[str, Any],
    rows: Mapping[str, Requirement],
    sources: Mapping[str, Any],
    place: Place,
    errors: list[RuleError],
) -> None:
    form = _ID.fullmatch(id_)
    if form is None or form["jurisdiction"].lower() != jurisdiction:
        example = f"{jurisdiction.upper()}-T01 或 {jurisdiction.upper()}-01"
        errors.append(RuleError(f"要求编号 `{id_}` 写法不对", place, f"应形如 {example}"))
    if id_ in rows:
        errors.append(RuleError(f"要求 `{id_}` 重复", place, f"另一处在 {rows[id_].place}"))
    if row["gap"] and row["partly"]:
        errors.append(RuleError(f"`{id_}` 既写 gap 又写 partly", place, "有规则写 partly,没有规则写 gap"))
    best = len(MARKS)
    for cited in row["basis"]:
        found, message, remedy = cited_clause(sources, cited["source"], cited["clause"])
        if message:
            errors.append(RuleError(f"`{id_}` {message}", place, remedy))
        elif found:
            best = min(best, MARKS.index(found["verified"]))
    if row["verified"] and best < len(MARKS) and MARKS.index(row["verified"]) < best:
        errors.append(RuleError(f"`{id_}` 的核验程度高于所引条款", place, f"写作 verified: {MARKS[best]}"))


def cited_clause(
    sources: Mapping[str, Any], source: str, clause: str
) -> tuple[Mapping[str, str] | None, str, str]:
    """The registered clause; or what is wrong and what to do about it. None without both: none is listed."""
    from difflib import get_close_matches

    if source not in sources:
        near = get_close_matches(source, list(sources), 1)
        return None, f"引用了没有登记的法规 `{source}`", f"您是否想写 `{near[0]}`?" if near else "先登记"
    clauses = sources[source]["clauses"]
    if clauses and clause not in clauses:
        near = get_close_matches(clause, list(clauses), 1)
        remedy = f"是否指 `{near[0]}`?" if near else f"已登记:{'、'.join(clauses)}"
        return None, f"`{source}` 没有登记条款 `{clause}`", remedy
    return clauses.get(clause), "", ""


def _requirement(
    id_: str, jurisdiction: str, row: Mapping[str, Any], sources: Mapping[str, Any], place: Place
) -> Requirement:
    clauses = []
    for cited in row["basis"]:
        found, _, _ = cited_clause(sources, cited["source"], cited["clause"])
        title = sources[cited["source"]]["title"]["zh"] if cited["source"] in sources else cited["source"]
        said = found or {"zh": "", "verified": ""}
        clauses.append(Clause(cited["source"], cited["clause"], title, said["zh"], said["verified"]))
    marks = [MARKS.index(one.verified) for one in clauses if one.verified]
    gap = row["gap"] or {"state": "", "why": ""}
    return Requirement(
        id=id_,
        jurisdiction=jurisdiction,
        kinds=tuple(row["kind"]),
        zh=row["zh"],
        en=row["en"],
        clauses=tuple(clauses),
        verified=row["verified"] or (MARKS[min(marks)] if marks else "memory"),
        inferred=row["inferred"],
        partly=row["partly"],
        gap=gap["state"],
        gap_reason=gap["why"],
        place=place,
    )
