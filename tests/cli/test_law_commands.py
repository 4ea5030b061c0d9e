"""`law list`, `law show`, `law coverage`."""

from __future__ import annotations

import json
import shutil
from html.parser import HTMLParser

import pytest

STATES = {
    "CN-T01": "covered",
    "CN-T02": "partly",
    "CN-M01": "covered",
    "CN-M02": "needs_metadata",
    "CN-P01": "needs_person",
    "CN-P02": "not_covered",
}


def states(call, rules, *more: str) -> dict[str, str]:
    told = json.loads(call("law", "coverage", "--rules", rules, "--format", "json", *more).stdout)
    return {one["id"]: one["state"] for one in told["requirements"]}


def test_states(call, rules):
    assert states(call, rules) == STATES
    assert states(call, rules, "--kind", "M") == {id_: STATES[id_] for id_ in ("CN-T02", "CN-M01", "CN-M02")}
    assert list(states(call, rules, "--state", "partly")) == ["CN-T02"]
    assert states(call, rules, "--jurisdiction", "tw") == {}


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ('miss: ["请您按时还款"', 'miss: ["你这个老赖"', "not_covered"),  # an example fails
        ("severity: warning", "severity: warning\noff: true", "partly"),
        ("requirements: CN-T01\n", "", "not_covered"),
    ],
)
def test_covered_needs_a_rule_that_is_on_and_whose_examples_pass(call, rules, tmp_path, old, new, state):
    mine = tmp_path / "mine"
    shutil.copytree(rules, mine)
    file = mine / "common" / "abuse" / "insults.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    assert states(call, mine)["CN-T01"] == state


def test_every_state_has_its_reason(call, rules):
    text = call("law", "coverage", "--rules", rules).stdout
    for words in ("部分覆盖", "暗示不及", "没有次数", "须由人核查", "没有规则", "命中例 3、不命中例 4"):
        assert words in text
    by_clause = call("law", "coverage", "--rules", rules, "--by", "clause").stdout
    assert "demo-cn 8  夜间不得催收 [已核对原文]  规则 2 条" in by_clause


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "br"):
            self.open.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_html_is_whole_and_has_every_row(call, rules):
    parser = _Ids()
    parser.feed(call("law", "coverage", "--rules", rules, "--format", "html").stdout)
    assert (parser.ids, parser.open) == (list(STATES), [])


def test_list(call, rules):
    text = call("law", "list", "--rules", rules).stdout
    assert "demo-cn" in text
    assert "部门规章  2021-01-01 至 今  1 条  [已核对原文]" in text
    told = json.loads(
        call("law", "list", "--rules", rules, "--kind", "self_regulation", "--format", "json").stdout
    )
    assert [one["id"] for one in told] == ["demo-rule"]
    rows = json.loads(call("law", "list", "--rules", rules, "--requirements", "--format", "json").stdout)
    assert [one["id"] for one in rows] == list(STATES)
    assert rows[2]["inferred"] is True
    assert "共 1 项要求" in call("law", "list", "--rules", rules, "--kind", "P").stdout


def test_show(call, rules):
    text = call("law", "show", "demo-rule", "--rules", rules).stdout
    assert "不得辱骂" in text
    assert "common/abuse/insults" in text
    row = json.loads(call("law", "show", "cn-t02", "--rules", rules, "--format", "json").stdout)
    assert (row["state"], row["reason"]) == ("partly", "暗示不及")
    assert [one["rule"] for one in row["rules"]] == ["common/threat/expose-contacts"]
    assert "示例催收规范 1：不得威胁 [据公开报道]" in call("law", "show", "CN-T02", "--rules", rules).stdout
    wrong = call("law", "show", "demo-rul", "--rules", rules)
    assert wrong.exit_code == 2
    assert "demo-rule" in wrong.stderr


def test_a_fault_of_a_requirement_has_line_and_column(call, rules, tmp_path):
    mine = tmp_path / "mine"
    shutil.copytree(rules, mine)
    file = mine / "requirements" / "cn.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("kind: P,", "kind: X,"), encoding="utf-8")
    result = call("law", "coverage", "--rules", mine)
    assert result.exit_code == 2
    assert f"{file}:8:18" in result.stderr
