"""Golden messages: what is said about faults that show only when a folder of rules is put together.

`UPDATE_GOLDEN=1` writes them anew; read the difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from collectlint.errors import RuleErrors
from collectlint.rulebook.folder import read
from collectlint.rulebook.profile import profile_names, read_profile
from collectlint.rulebook.requirements import read_requirements

GOLDEN = Path(__file__).parents[1] / "golden" / "rule_folders" / "faults.txt"
RULE = """\
id: {id}
title: 例
family: threat
severity: error
basis: [{{source: {source}, clause: "1", verified: primary}}]
message: 例
remedy: 删
when:
  {when}
tests: {{hit: [x], miss: [x]}}
"""
BASE = {
    "sources.yaml": (
        "sources:\n"
        '  law: {title: 法, kind: law, jurisdiction: any, verified: primary, clauses: {"37": {zh: 例, verified: primary},'
        ' "38": {zh: 例, verified: secondary}}}\n'
        "  rule: {title: 规, kind: law, jurisdiction: cn, verified: primary}\n"
    ),
    "lexicon/a.yaml": (
        "lists:\n"
        "  family: [爸妈, 家人]\n"
        '  many: ["[甲|乙|丙|丁|戊|己|庚|辛|壬|癸][甲|乙|丙|丁|戊|己|庚|辛|壬|癸]'
        '[甲|乙|丙|丁|戊|己|庚|辛|壬|癸][甲|乙|丙|丁|戊|己|庚|辛|壬|癸]"]\n'
    ),
    "states/a.yaml": (
        "states:\n"
        "  asked-to-stop: {zh: 例, begins: {phrase: 别再打}}\n"
        "  round: {zh: 例, begins: {state: {is: round, of: {phrase: 还钱}}}}\n"
    ),
}
CONDITIONS = {
    "no such list": "phrase: {list: famly}",
    "no such list, none near": "phrase: {list: zzzz}",
    "list in brackets": 'phrase: "让{famly}知道"',
    "list of too many words": "pattern: '({many}){many}'",
    "brackets open": 'phrase: {any: "让{family"}',
    "brackets open in excuse": 'phrase: {any: 上门, unless_in: "[安装"}',
    "brackets open nearby": 'phrase: {any: 上门, unless_with: "[安装", with: "安装]"}',
    "gap at the end": 'phrase: "让家人…"',
    "gap at the beginning": 'phrase: "…让家人"',
    "gap in an excuse": 'phrase: {any: 上门, unless_in: "安装…上门"}',
    "too short": 'phrase: "让…你"',
    "nothing but choice": 'phrase: "[去|]"',
    "no words": "phrase: {gap: 3}",
    "one condition only": "near: {of: [{phrase: 上门}]}",
    "one condition in order": "order: {of: [{phrase: 上门}]}",
    "no such field": "field: {name: colour, any_of: red}",
    "quiet time": "hours: 22点到8点",
    "window without bounds": "window: {of: {phrase: 上门}}",
    "no state": "state: {within: 3}",
    "no such state": "state: asked-to-stp",
    "no such state, none near": "state: zzzz",
    "state rests on itself": "state: round",
    "contacts: window": "contacts: {per: debtor_id, window: 1 week, most: 3}",
    "contacts: window of nothing": "contacts: {per: debtor_id, window: 0 days, most: 3}",
    "contacts: most and after": "contacts: {per: debtor_id, most: 3, after: {outcome: effective}}",
    "contacts: neither": "contacts: {per: debtor_id}",
    "contacts: after nothing": "contacts: {per: debtor_id, after: {}}",
    "contacts: no such field": "contacts: {per: debtor_idd, most: 3, which: {zzzz: x}}",
    "contacts: within a condition": "any: [{contacts: {per: debtor_id, most: 3}}, {phrase: 上门}]",
    "pattern: syntax": "pattern: '(催'",
    "pattern: nested": "pattern: '(?:催收|催|收)+$'",
    "pattern: nested repeats": "pattern: '(?:催+)+收'",
    "pattern: matches nothing at all": "pattern: 'a*'",
    "pattern: matches between": "pattern: '(?=催)'",
    "pattern: too often": "pattern: '催{1001}'",
    "pattern: as often as may be": "pattern: '催{1000}'",
    "pattern: as long as may be": f"pattern: '{'催' * 4000}'",
    "pattern: too long": f"pattern: '{'催' * 4001}'",
    "pattern: no such list": "pattern: '({famly})知道'",
    "pattern: needs no such list": "pattern: {expression: '催收', needs: '{famly}'}",
}
FOLDERS: dict[str, dict[str, str | bytes]] = {
    "id is not the path": {
        "cn/threat/b.yaml": RULE.format(id="cn/threat/c", source="law", when="phrase: 甲乙")
    },
    "id twice": {
        "cn/threat/a.yaml": RULE.format(id="cn/threat/a", source="law", when="phrase: 甲乙"),
        "cn/threat/b.yaml": RULE.format(id="cn/threat/a", source="law", when="phrase: 甲乙"),
    },
    "no such source": {"cn/threat/a.yaml": RULE.format(id="cn/threat/a", source="lew", when="phrase: 甲乙")},
    "no such source, none near": {
        "cn/threat/a.yaml": RULE.format(id="cn/threat/a", source="zzzz", when="phrase: 甲乙")
    },
    "a list twice": {"lexicon/b.yaml": "lists: {family: [老婆]}\n"},
    "a state twice": {"states/b.yaml": "states: {asked-to-stop: {zh: 例, begins: {phrase: 别打}}}\n"},
    "a list in a circle": {
        "lexicon/b.yaml": "lists:\n  one: {include: two}\n  two: {include: one}\n",
        "cn/threat/a.yaml": RULE.format(id="cn/threat/a", source="law", when="phrase: {list: one}"),
    },
    "a gap in a list": {
        "lexicon/b.yaml": "lists:\n  one: [甲…乙]\n",
        "cn/threat/a.yaml": RULE.format(id="cn/threat/a", source="law", when="phrase: {list: one}"),
    },
    "not UTF-8": {"lexicon/b.yaml": "lists: {one: [催收]}\n".encode("gb18030")},
    "not UTF-8 anywhere": {
        "states/b.yaml": b"\xff",
        "sources.yaml": b"\xff",
        "cn/threat/a.yaml": "id: 催".encode("gb18030"),
    },
    "syntax in every kind of file": {
        "lexicon/b.yaml": "lists: [\n",
        "states/b.yaml": "states: {a: b}\n",
        "sources.yaml": "sorces: {}\n",
        "cn/threat/a.yaml": "id: cn/threat/a\n",
    },
    "profiles and models are for others": {
        "profiles/a.yaml": "[",
        "models/a.yaml": "[",
        "requirements/a.yaml": "[",
    },
}
REQUIREMENTS: dict[str, str | bytes] = {
    "number": "CN-X1: {kind: T, zh: 例, basis: [{source: law, clause: '37'}]}",
    "number of another place": "TW-01: {kind: T, zh: 例, basis: [{source: law, clause: '37'}]}",
    "no such source": "CN-01: {kind: T, zh: 例, basis: [{source: lew, clause: '37'}]}",
    "no such source, none near": "CN-01: {kind: T, zh: 例, basis: [{source: zzzz, clause: '37'}]}",
    "no such clause": "CN-01: {kind: T, zh: 例, basis: [{source: law, clause: '3'}]}",
    "no such clause, none near": "CN-01: {kind: T, zh: 例, basis: [{source: law, clause: 'zzzz'}]}",
    "better verified than its clause": (
        "CN-01: {kind: T, zh: 例, verified: primary, basis: [{source: law, clause: '38'}]}"
    ),
    "as well verified as its best clause": (
        "CN-01: {kind: T, zh: 例, verified: primary,"
        " basis: [{source: law, clause: '38'}, {source: law, clause: '37'}]}"
    ),
    "gap and partly": (
        "CN-01: {kind: T, zh: 例, partly: 例, gap: {state: not_covered, why: 例},"
        " basis: [{source: law, clause: '37'}]}"
    ),
    "not UTF-8": "CN-01: 催".encode("gb18030"),
    "syntax": "CN-01: [",
}
PROFILES: dict[str, dict[str, str | bytes]] = {
    "circle": {"b": "title: 乙\nextends: c\n", "c": "title: 丙\nextends: b\n"},
    "no such profile": {"b": "title: 乙\nextends: house-stric\n"},
    "no such profile, two near": {"b": "title: 乙\nextends: house\n"},
    "no such profile, none near": {"b": "title: 乙\nextends: zzzz\n"},
    "no such file": {"b": "title: 乙\nextends: ./c.yaml\n"},
    "not UTF-8": {"b": "title: 催\n".encode("gb18030")},
    "unknown key": {"b": "title: 乙\ncreditor: bank\n"},
}


def folder(at: Path, files: dict[str, str | bytes]) -> Path:
    root = at / "rules"
    for name, content in ({**BASE, **files}).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def faults_of_files(at: Path, files: dict[str, str | bytes]) -> str:
    return "".join(f"{error}\n" for error in read(folder(at, files)).errors)


def faults_of_condition(at: Path, when: str) -> str:
    return faults_of_files(at, {"cn/threat/a.yaml": RULE.format(id="cn/threat/a", source="law", when=when)})


def faults_of_requirement(at: Path, row: str | bytes) -> str:
    head = b"jurisdiction: cn\nrequirements:\n  "
    written = head + (row if isinstance(row, bytes) else row.encode())
    root = folder(at, {"requirements/a.yaml": written})
    sources = read(root).sources
    return "".join(f"{error}\n" for error in read_requirements(root, sources).errors)


def faults_of_profile(at: Path, files: dict[str, str | bytes]) -> str:
    shipped = {"profiles/house-strict.yaml": "title: 严\n", "profiles/house-mild.yaml": "title: 宽\n"}
    root = folder(at, {**shipped, **{f"own/{name}.yaml": text for name, text in files.items()}})
    assert profile_names(root) == ["house-mild", "house-strict"]
    try:
        read_profile(str(root / "own" / "b.yaml"), root)
    except Exception as error:
        told = [str(one) for one in error.errors] if isinstance(error, RuleErrors) else [str(error)]
        remedy = getattr(error, "remedy", "")
        return "".join(f"{one} | {remedy}\n" for one in told).replace(str(root), "rules")
    return ""


def golden() -> dict[str, str]:
    if not GOLDEN.exists():
        return {}
    parts = GOLDEN.read_text(encoding="utf-8").split("## ")[1:]
    return {name: told.rstrip("\n") for name, told in (part.split("\n", 1) for part in parts)}


CASES = [
    *((f"condition: {name}", faults_of_condition, when) for name, when in CONDITIONS.items()),
    *((f"folder: {name}", faults_of_files, files) for name, files in FOLDERS.items()),
    *((f"requirement: {name}", faults_of_requirement, row) for name, row in REQUIREMENTS.items()),
    *((f"profile: {name}", faults_of_profile, files) for name, files in PROFILES.items()),
]


@pytest.mark.parametrize(("name", "told_of", "case"), CASES, ids=[name for name, _, _ in CASES])
def test_message_is_the_golden_one(name: str, told_of, case, tmp_path: Path) -> None:
    told = told_of(tmp_path, case).rstrip("\n")
    if os.environ.get("UPDATE_GOLDEN"):
        known = {**golden(), name: told}
        kept = [one for one, _, _ in CASES if one in known]
        GOLDEN.write_text("".join(f"## {one}\n{known[one]}\n" for one in kept), encoding="utf-8")
    assert told == golden()[name]


def test_every_golden_message_has_its_case() -> None:
    assert list(golden()) == [name for name, _, _ in CASES]
