"""Golden plain data: what conditions are compiled to.

The compiled form lies in users' caches. Whoever changes it raises `packed.FORMAT` and writes these files
anew with `UPDATE_GOLDEN=1`, after reading the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from collectlint.operators.gating import Gating
from collectlint.rulebook.folder import read
from collectlint.rulebook.rulebook import Rulebook

GOLDEN = Path(__file__).parents[1] / "golden" / "rule_folders" / "compiled.txt"
RULE = """\
id: {pack}/threat/a
title: 例
family: threat
severity: error
basis: [{{source: law, clause: "1", verified: primary}}]
applies: {{speakers: {speakers}, channels: {channels}}}
message: 例
remedy: 删
when:
  {when}
tests: {{hit: [x], miss: [x]}}
"""
SHARED = {
    "sources.yaml": (
        "sources:\n"
        "  law:\n    title: 法\n    kind: law\n    jurisdiction: any\n    verified: primary\n"
        "    in_force: {from: 2020-01-01}\n    checked: 2026-01-01\n    scope: {products: [credit_card]}\n"
    ),
    "lexicon/a.yaml": (
        "lists:\n"
        "  family: [爸妈, 家人, 老婆]\n"
        "  places: ['[你|您][单位|公司]', 学校]\n"
        "  both: {include: [family, places], entries: [邻居]}\n"
        "  wide: ['[甲|乙|丙|丁|戊|己|庚][子|丑|寅|卯|辰|巳|午][金|木|水|火|土]']\n"
        "  idle: [闲置]\n"
        "  segment-words: [爆通讯录, '[催|追]收函']\n"
    ),
    "states/a.yaml": (
        "states:\n"
        "  asked-to-stop: {zh: 例, speakers: debtor, begins: {phrase: 别再打}, ends: {phrase: 可以打}}\n"
        "  wrong-number: {zh: 例, speakers: any, begins: {phrase: [打错了, 不是本人]}}\n"
        "  idle: {zh: 例, begins: {phrase: 闲置}}\n"
    ),
}
CONDITIONS = (
    "phrase: 爆通讯录",
    "phrase: [爆通訊錄, 上門]",
    "phrase: [vip会员, wifi]",
    "phrase: {list: both}",
    "phrase: {list: [family, wide]}",
    'phrase: {any: "告诉…{family}", gap: 2}',
    'phrase: {any: "告诉……{family}[都|]知道", gap: 4, across: speech, near: document, words: true}',
    'phrase: {any: "[爆|轰炸]你{family}", stance: [asserted, negated], speakers: debtor}',
    "phrase: {any: 上门, unless_in: [上门安装, '{places}'], unless_with: 安装, with: [还钱, '不…还款'], stance: any}",
    "phrase: {any: 上门, unless_with: '不用…安装', with: '再不…还钱', gap: 3}",
    'phrase: {any: "[再|若][不|没][还|处理]"}',
    'pattern: "上[门们]找.{0,3}人"',
    "pattern: '告诉(?:你的)?({family})'",
    "pattern: {expression: '打.{1,3}次.*天', needs: [打, '{family}'], stance: [forbidden], speakers: [debtor, system]}",
    "pattern: {expression: '(?:催|追).+函', stance: any, speakers: [agent, system]}",
    "near: {of: [{phrase: 不还}, {phrase: 上门}], within: 3}",
    "order: {of: [{phrase: 不还}, {phrase: 上门}], unit: clauses, mark: 1}",
    "all: [{pattern: '打.次'}, {number: {value: amount}}, {phrase: 还钱}, {field: {name: party, any_of: debtor}}]",
    "all: [{field: {name: fields.score, present: true}}, {field: {name: fields.level, least: 2, most: 3}}]",
    "all: [{field: {name: fields.score, present: false}}, {hours: 22:00-08:00}]",
    "any: [{phrase: 上门}, {phrase: 不还}, {any: [{phrase: 坐牢}]}]",
    "any: [{phrase: 上门}, {field: {name: channel, any_of: [sms, call], none_of: letter}}]",
    "none: [{phrase: 上门}]",
    "at_least: {number: 2, of: [{phrase: 甲方}, {phrase: 乙方}, {phrase: 丙方}]}",
    "at_least: {number: 1, of: [{phrase: 甲方}, {field: {name: party, any_of: debtor}}]}",
    "count: {of: {phrase: 还钱}, least: 3}",
    "count: {of: {phrase: 还钱}, least: 0, most: 2}",
    "number: {value: amount, least: 10000, near: {phrase: 手续费}, within: 3}",
    "number: {value: minutes_of_day, most: 1320.5, differs_from: due, speakers: debtor, stance: any}",
    "personal: [id_card]",
    "personal: {strength: 3, speakers: unknown, stance: [asserted, any]}",
    "message: {least_length: 3, most_length: 70, least_segments: 2, filled: true, has: link, lacks: signature}",
    "variable: {kinds: [phone], faults: [broken, vendor], loose: true}",
    "resembles: threat",
    "resembles: {family: any, least: 0.8}",
    "hours: {quiet: 21:30-08:00, runs_into: true, holidays: true}",
    "after: objected_at",
    "contacts: {per: [debtor_id, lender?], window: 7 days, most: 3, which: {channel: [call, sms], party: debtor}}",
    "contacts: {per: debtor_id, window: 24 hours, after: {outcome: effective}}",
    "contacts: {per: fields.case, window: minute, most: 0}",
    "missing: {of: {phrase: 录音}, first_turns: 1, last_turns: 2, first_seconds: 3, last_seconds: 4}",
    "window: {of: {phrase: 录音}, first_percent: 20, last_percent: 30, speakers: debtor}",
    "reply: {to: {phrase: {any: 是本人吗, speakers: agent}}, answer: {phrase: {any: 打错了, speakers: debtor}}}",
    "reply: {to: {phrase: 在吗}, answer: {phrase: 在的}, within: 2, opening: 9}",
    "repeat: {of: {phrase: 还钱}, least: 4}",
    "state: asked-to-stop",
    "state: {is: [asked-to-stop, wrong-number], of: {phrase: 还钱}, within: 5}",
    "state: {is_not: wrong-number, of: {phrase: 还钱}}",
)


def compiled(
    folder: Path, when: str, speakers: str = "[agent]", pack: str = "cn", channels: str = "any"
) -> dict[str, Any]:
    rule = RULE.format(pack=pack, speakers=speakers, channels=channels, when=when)
    for name, content in {**SHARED, f"{pack}/threat/a.yaml": rule}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    found = read(folder)
    assert [str(error) for error in found.errors] == []
    return json.loads(json.dumps(found.data))


def written(folder: Path, when: str) -> str:
    data = compiled(folder, when)
    (rule,) = data["rules"]
    keys = ("when", "required", "gate", "is_count", "rests_on_model", "is_wordless")
    shown = {key: rule[key] for key in keys if key in rule}
    shown |= {key: data[key] for key in ("sets", "concepts", "scanned")}
    shown["chains"] = {which: links for which, links in enumerate(data["chains"]) if links}
    gating = Gating(Rulebook.of(data).sets)
    need = gating.need(rule["when"])
    shown["need"] = [[sorted(map(str, term)) for term in clause] for clause in need]
    shown["meetings"] = [[*sorted(one.sets), f"within {one.reach}"] for one in gating.meetings]
    shown["shares"] = [f"{gating.share(term):.3g}" for clause in need for term in clause][:8]
    return "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in shown.items())


def golden() -> dict[str, str]:
    if not GOLDEN.exists():
        return {}
    parts = GOLDEN.read_text(encoding="utf-8").split("## ")[1:]
    return {when: told.rstrip("\n") for when, told in (part.split("\n", 1) for part in parts)}


@pytest.mark.parametrize("when", CONDITIONS)
def test_plain_data_is_the_golden_one(when: str, tmp_path: Path) -> None:
    told = written(tmp_path, when)
    if os.environ.get("UPDATE_GOLDEN"):
        known = {**golden(), when: told}
        kept = [one for one in CONDITIONS if one in known]
        GOLDEN.write_text("".join(f"## {one}\n{known[one]}\n" for one in kept), encoding="utf-8")
    assert told == golden()[when]


def test_every_golden_form_has_its_condition() -> None:
    assert list(golden()) == list(CONDITIONS)


def test_what_a_rule_keeps_of_its_file(tmp_path: Path) -> None:
    (rule,) = compiled(tmp_path, "phrase: 上门", channels="[sms, call]")["rules"]
    assert rule["applies"]["channels"] == ["sms", "call"]
    assert "speakers" not in rule["applies"]
    assert not rule.keys() & {"tests", "note", "references", "falsepositives"}
    assert rule["jurisdictions"] == ["cn"]
    assert rule["when"]["speakers"] == ["agent"]


def test_any_means_no_bound_and_other_packs_hold_everywhere(tmp_path: Path) -> None:
    (rule,) = compiled(tmp_path, "phrase: 上门", speakers="any", pack="common")["rules"]
    assert rule["applies"]["channels"] == []
    assert rule["jurisdictions"] == ["cn", "tw", "hk"]
    assert rule["when"]["speakers"] == []


def test_sources_and_segment_words(tmp_path: Path) -> None:
    data = compiled(tmp_path, "phrase: {list: family}")
    assert data["sources"] == {
        "law": {
            "title": {"zh": "法", "hant": "", "en": ""},
            "kind": "law",
            "jurisdiction": "any",
            "since": "2020-01-01",
            "until": None,
            "checked": "2026-01-01",
            "scope": {"products": ["credit_card"]},
        }
    }
    assert data["words"] == ["催收函", "爆通讯录", "追收函"]


def test_what_no_rule_uses_is_told(tmp_path: Path) -> None:
    compiled(tmp_path, "state: {is: asked-to-stop, of: {phrase: {list: family}}}")
    found = read(tmp_path)
    assert found.unused_lists == ("both", "idle", "places", "wide")
    assert found.unused_states == ("idle", "wrong-number")
    assert [one.path for one in found.rules] == [f"{tmp_path.name}/cn/threat/a.yaml"]
