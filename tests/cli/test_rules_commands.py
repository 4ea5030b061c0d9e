"""`rules`, `explain`, `init`, `completion`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest


@pytest.fixture
def mine(tmp_path, rules) -> Path:
    copy = tmp_path / "mine"
    shutil.copytree(rules, copy)
    return copy


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def faults(call, mine) -> set[tuple[str, str]]:
    told = json.loads(
        call("rules", "vet", "--rules", mine, "--as-of", "2026-11-22", "--format", "json").stdout
    )
    return {(Path(one["path"]).stem, one["code"]) for one in told["faults"]}


def test_list_filters(call, rules):
    def ids(*args: str) -> list[str]:
        told = json.loads(call("rules", "list", "--rules", rules, "--format", "json", *args).stdout)
        return [one["id"].split("/")[2] for one in told]

    assert len(ids()) == 6
    assert ids("--family", "third_party") == ["expose-contacts"]
    assert "quiet-hours" not in ids("--jurisdiction", "hk")
    assert ids("--severity", "warning") == ["insults"]
    assert ids("--status", "stable") == ["expose-contacts"]
    assert ids("cn/harassment") == ["quiet-hours"]
    text = call("rules", "list", "--rules", rules).stdout
    assert "共 6 条规则" in text
    assert "（默认关闭）" in text


@pytest.mark.parametrize("name", ["common/threat/expose-contacts", "common/threat/blast"])
def test_show_by_id_and_former_id(call, rules, name):
    for command in (["rules", "show"], ["explain"]):
        result = call(*command, name, "--rules", rules)
        assert result.exit_code == 0
        for words in ("威胁恐吓", "示例催收规范 1 [据公开报道]", "让你全村都知道", "严禁以爆通讯录相威胁"):
            assert words in result.stdout


def test_show_unknown_rule_names_the_nearest(call, rules):
    result = call("rules", "show", "common/threat/expose-contact", "--rules", rules)
    assert result.exit_code == 2
    assert "common/threat/expose-contacts" in result.stderr


def test_examples_that_fail_exit_1_at_their_place(call, mine):
    assert call("rules", "test", "--rules", mine).exit_code == 0
    file = mine / "common" / "abuse" / "insults.yaml"
    change(file, 'miss: ["请您按时还款"', 'miss: ["你这个老赖"')
    result = call("rules", "test", "--rules", mine)
    assert result.exit_code == 1
    assert f"{file}:12:" in result.stdout
    assert "不应命中而命中" in result.stdout
    assert call("rules", "test", "common/threat", "--rules", mine).exit_code == 0


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("你这个老赖", "你这个客户", ""),
        ("你這個老賴", "你這個客戶", ""),
        ("你这个老赖", "你这个客", "改正后应为「你这个客」，却是「你这个客户」"),
        ("您好", "您好", "改正前应命中而未命中"),
        ("老赖，不要脸", "客户，不要脸", "改正后仍命中"),
    ],
)
def test_what_a_fix_makes_is_an_example(call, mine, before, after, reason):
    file = mine / "common" / "abuse" / "insults.yaml"
    change(file, "tests:", f"tests:\n  fixed: [{{before: {before}, after: {after}}}]")
    change(file, "family: abuse", "family: abuse\nfix: {老赖: {zh: 客户, hant: 客戶}}")
    result = call("rules", "test", "--rules", mine)
    assert result.exit_code == (1 if reason else 0), result.stdout
    assert reason in result.stdout


def test_vet_passes_the_fixture(call, rules):
    result = call("rules", "vet", "--rules", rules, "--as-of", "2026-11-22")
    assert (result.exit_code, result.stdout) == (0, "0 处错误，0 处警告\n")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('clause: "2"', 'clause: "22"', "unknown-clause"),
        ("verified: press", "verified: primary", "mark-too-good"),
        ("source: demo-rule", "source: demo-cn", "no-basis"),
        ("source: demo-rule", "source: demo-rull", "load"),
        ("{list: insult}", "[不会出现的词]", "never"),
        (
            '["你这个<<老赖>>", "騙子,還錢", "真是<<不要脸>>"]',
            '["你这个<<老赖>>", "騙子,還錢"]',
            "few-examples",
        ),
        (', "当心骗子"]', "]", "few-examples"),
        ("騙子,還錢", "骗子,还钱", "one-script"),
        ("{zh: 辱骂债务人, en: insults the debtor}", "夜间催收", "same-title"),
        ("family: abuse", "family: abuse\nstatus: deprecated", "no-replacement"),
        ("family: abuse", "family: abuse\nstatus: deprecated\nreplaced_by: a/b/c", "unknown-rule"),
        ("family: abuse", "family: abuse\nin_force: {to: 2019-12-31}", "not-in-force"),
        ("family: abuse", "family: abuse\nwas: cn/harassment/quiet-hours", "id-in-use"),
        ("requirements: CN-T01", "requirements: CN-T09", "unknown-requirement"),
        ('clause: "2", verified: press', 'clause: "2", verified: weak', "weak-basis"),
        ("family: abuse", "family: abuse\nin_force: {from: 2019-01-01, to: 2030-01-01}", "not-in-force"),
        ("severity: warning", "severity: bad", "load"),
        ("id: common/abuse/insults", "id: common/abuse/insult", "load"),
        ("family: abuse", "family: abuse\nfix: {老赖: 客户}", "untested-fix"),
        ("family: abuse", "family: abuse\nfix: {老赖: '客户\"'}", "unsafe-fix"),
        ("family: abuse", "family: abuse\nfix: {老赖: {zh: 客户, hant: '客戶,'}}", "unsafe-fix"),
        ("tests:", "tests:\n  fixed: [{before: 老赖, after: 客户}]", "untested-fix"),
        ("tests:", "tests:\n  fixed: [{befor: 老赖, after: 客户}]", "load"),
    ],
)
def test_vet_finds(call, mine, old, new, code):
    change(mine / "common" / "abuse" / "insults.yaml", old, new)
    assert any(found == code for _, found in faults(call, mine)), faults(call, mine)


def test_vet_finds_a_source_no_longer_in_force_and_unused_lists(call, mine):
    change(
        mine / "sources.yaml", "in_force: {from: 2021-01-01}", "in_force: {from: 2021-01-01, to: 2025-01-01}"
    )
    change(mine / "lexicon" / "words.yaml", "  insult:", "  nobody-asks: [甲]\n  insult:")
    told = faults(call, mine)
    assert ("quiet-hours", "no-basis") in told
    assert ("lexicon", "unused-list") in told


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("zh: 没有人管,", "zh: 没有人管, partly: 甲,", "stale-gap"),
        ("inferred: true", "gap: {state: needs_person, why: 甲}", "stale-gap"),
        ('basis: [{source: demo-rule, clause: "1"}]', 'basis: [{source: demo, clause: "1"}]', "load"),
        ("partly: 暗示不及", "partly: 甲, gap: {state: needs_person, why: 乙}", "load"),
        ("partly: 暗示不及", "verified: primary", "load"),
        ("CN-T02:", "TW-T02:", "load"),
    ],
)
def test_vet_finds_faults_of_requirements(call, mine, old, new, code):
    change(mine / "requirements" / "cn.yaml", old, new)
    assert ("cn", code) in faults(call, mine)


def test_vet_exit_codes(call, mine):
    change(mine / "lexicon" / "words.yaml", "  insult:", "  nobody-asks: [甲]\n  insult:")
    command = ("rules", "vet", "--rules", mine, "--as-of", "2026-11-22")
    assert call(*command).exit_code == 0  # a warning
    assert call(*command, "--strict").exit_code == 1


@pytest.mark.parametrize("kind", ["rule", "lexicon", "sources", "profile"])
def test_schema_is_json_schema(call, kind):
    import jsonschema

    jsonschema.Draft7Validator.check_schema(json.loads(call("rules", "schema", "--kind", kind).stdout))


def test_init_writes_a_configuration_that_holds(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call("init")
    shown = call("config", "show")
    assert shown.exit_code == 0, shown.stderr
    assert "collectlint.yaml:2" in shown.stdout
    # what is commented out is right as well
    file = tmp_path / "collectlint.yaml"
    lines = [line.removeprefix("# ") for line in file.read_text(encoding="utf-8").split("\n")[1:]]
    (tmp_path / "collectlint-baseline.jsonl").touch()
    file.write_text("\n".join(lines), encoding="utf-8")
    whole = call("config", "show")
    assert whole.exit_code == 0, whole.stderr
    assert "cn-bank-card" in whole.stdout


@pytest.mark.parametrize("name", ["collectlint.yml", "pyproject.toml"])
def test_init_leaves_a_configuration_alone(call, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    text = "[tool.collectlint]\nfail_on = 'info'\n" if name.endswith("toml") else "fail_on: info\n"
    (tmp_path / name).write_text(text, encoding="utf-8")
    result = call("init")
    assert result.exit_code == 0
    assert "不另写 collectlint.yaml" in result.stdout
    assert not (tmp_path / "collectlint.yaml").exists()
    assert (tmp_path / name).read_text(encoding="utf-8") == text


def test_init_new_test_vet(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert call("init").exit_code == 0
    assert call("init").exit_code == 2
    for name in ("threat/some-words", "cn/third_party/other-words", "tw/abuse/words"):
        result = call("rules", "new", name)
        assert result.exit_code == 0, result.output
    assert (tmp_path / "collectlint-rules" / "house" / "threat" / "some-words.yaml").is_file()
    assert call("rules", "new", "threat/some-words").exit_code == 2
    assert call("rules", "new", "threet/some-words").exit_code == 2
    assert call("rules", "new", "../threat/x").exit_code == 2
    assert call("rules", "test", "--rules", "collectlint-rules").exit_code == 0
    told = call("rules", "vet", "--rules", "collectlint-rules")
    assert (told.exit_code, told.stdout) == (0, "0 处错误，0 处警告\n")
    assert (
        call("check", "--rules", "collectlint-rules", "-t", "你这个老赖", "--fail-on", "info").exit_code == 1
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_scripts(call, shell):
    from click.shell_completion import get_completion_class

    result = call("completion", shell)
    if get_completion_class(shell) is None:
        assert result.exit_code == 2
    else:
        assert "_COLLECTLINT_COMPLETE" in result.stdout


def test_completion_answers(spawn):
    environment = {
        "_COLLECTLINT_COMPLETE": "bash_complete",
        "COMP_WORDS": "collectlint rules v",
        "COMP_CWORD": "2",
    }
    assert b"vet" in spawn(env=environment).stdout


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("严禁以爆通讯录相威胁", "stance", "由「严禁」看出"),
        ("我们绝不会爆您的通讯录", "stance", "读作否定（由「绝"),
        ("爆通讯录防范知识", "excuse", "例外"),
        ("坐席：您好\n客户：你们爆我通讯录\n坐席：好的", "speaker", "说话人是 客户"),
        ("法院已受理此案", "parts", "还缺「坐牢、抓起来」之一"),
    ],
)
def test_explain_tells_what_kept_a_rule_away(call, rules, text, kind, words):
    told = json.loads(call("explain", text, "--rules", rules, "--format", "json").stdout)
    assert told["findings"] == []
    assert [(one["kind"], words in one["reason"]) for one in told["near"]] == [(kind, True)]
    assert words in call("explain", text, "--rules", rules).stdout


def test_explain_tells_scope_and_period(call, rules):
    text = "下个月就让法院把你抓起来"
    told = json.loads(
        call("explain", text, "--rules", rules, "--channel", "letter", "--format", "json").stdout
    )
    assert told["near"][0]["kind"] == "scope"
    assert "letter" in told["near"][0]["reason"]


def test_explain_tells_a_hit_with_clause_and_words(call, rules):
    result = call("explain", "爆你通讯录", "--rules", rules)
    assert "「爆你通讯录」" in result.stdout
    assert "示例催收规范 1" in result.stdout
    assert "险些命中 0 条" in result.stdout


def test_explain_masks_personal_data(call, rules):
    number = "11010519491231002X"
    assert number not in call("explain", f"身份证{number}", "--rules", rules).stdout
    assert number in call("explain", f"身份证{number}", "--rules", rules, "--show-personal").stdout


@pytest.fixture
def corpus(tmp_path) -> Path:
    path = tmp_path / "corpus.jsonl"
    documents = [
        {"id": "a", "text": "再不还钱就爆你通讯录", "label": {"violating": True, "families": ["threat"]}},
        {"id": "b", "text": "您好,请按时还款", "label": {"violating": False, "families": []}},
        {"id": "c", "text": "你这个老赖"},
    ]
    path.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    return path


def test_diff_of_the_same_rules(call, rules, corpus):
    result = call("rules", "diff", rules, rules, corpus)
    assert result.exit_code == 0
    assert "0 份文档的结果不同" in result.stdout


def test_diff_shows_what_goes_and_what_changes(call, rules, mine, corpus):
    (mine / "common" / "threat" / "expose-contacts.yaml").unlink()
    change(mine / "common" / "abuse" / "insults.yaml", "severity: warning", "severity: error")
    result = call("rules", "diff", rules, mine, corpus)
    assert result.exit_code == 1
    assert "不再判为违规 1 份，其中与标注不符 1 份" in result.stdout
    assert "a  违规 → 合规，标注违规" in result.stdout
    assert "~ warning → error common/abuse/insults：「老赖」" in result.stdout
    told = json.loads(call("rules", "diff", mine, rules, corpus, "--format", "json").stdout)
    assert told["totals"]["newly_violating"] == [{"id": "a", "label": True}]
    assert told["totals"]["rules"]["common/abuse/insults"] == {"gone": 0, "come": 0, "graded": 1}


def test_diff_tells_what_cannot_be_read(call, rules, tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "a", "text": "你这个老赖"}\n{"id":\n', encoding="utf-8")
    result = call("rules", "diff", rules, rules, broken)
    assert result.exit_code == 3
    assert "broken.jsonl:2" in result.stderr
