"""Rule packs and configurations from elsewhere: refused with file and line, or held within limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

THREAT = "再不还钱就爆你通讯录,让你全村都知道"
SOURCES = """sources:
  house: {title: {zh: 内规, en: house}, kind: house, jurisdiction: any, verified: primary}
"""
RULE = """id: house/threat/x
title: {zh: 试, en: try}
family: threat
severity: error
basis: [{source: house, clause: "1", verified: primary}]
message: 「{matched}」
remedy: 删
when: %s
tests: {hit: [爆你通讯录], miss: [您好]}
"""


def pack(folder: Path, **files: str | bytes) -> Path:
    root = folder / "rules"
    sound = {"sources": SOURCES, "house__threat__x": RULE % "{phrase: 爆你通讯录}"}
    for name, content in {**sound, **files}.items():
        path = root / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return root


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefg", "bcdefgh", strict=True)
)
HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "alias bomb": (BOMB, "别名展开后内容过多"),
    "many aliases": ("a: &a x\nb: [" + "*a, " * 100 + "]\n", "别名"),
    "alias of itself": ("a: &a [*a]\n", "指向包含它自己"),
    "10 MB": ("# " + "催" * 3_500_000 + "\n", "文件过大"),
    "10 MB of keys": ("".join(f"k{n}: v\n" for n in range(900_000)), "文件过大"),
    "a million items": ("a: [" + "x," * 400_000 + "]\n", "内容过多"),
    "deep flow": ("[" * 100_000, "嵌套过深"),
    "deep blocks": ("- " * 100_000 + "x", "嵌套过深"),
    "deep maps": ("{a: " * 50_000, "嵌套过深"),
    "double key": (RULE % "{phrase: a}" + "severity: info\n", "写了两次"),
    "python object": ("!!python/object/apply:os.system [id]\n", "不允许使用标签"),
    "tag": ("a: !!binary aGk=\n", "不允许使用标签"),
    "merge key": ("a: &a {b: c}\nd: {<<: *a}\n", "合并键"),
    "two documents": ("a: b\n---\nc: d\n", "只能有一份"),
    "NUL": (b"a: b\0c\n", "不允许的字符"),
    "escape": ('a: "\\0"\n', "不允许的字符"),
    "lone surrogate": (b"a: \xed\xa0\x80\n", "UTF-8"),
    "not UTF-8": (b"a: \xff\xfe\xfd\n", "UTF-8"),
    "UTF-16": ("a: b\n".encode("utf-16"), ""),
    "line separator": ("a: b\u2028c\n", "不允许的字符"),
    "bidi in a key": ("\u202eid: x\n", "未知键"),
    "empty": ("", "空"),
    "a word": ("hello\n", "键值对"),
    "unclosed": ("a: [b\n", ""),
    "tabs": ("a:\n\tb: c\n", ""),
    "id escapes": (RULE.replace("house/threat/x", "../../../etc/passwd") % "{phrase: a b}", "id"),
    "bad pattern": (RULE % '{pattern: "(催+)+$"}', "耗尽时间"),
    "competing pattern": (RULE % '{pattern: ".*催.*收.*债.*x"}', "耗尽时间"),
    "empty pattern": (RULE % '{pattern: "催*"}', "空文本"),
    "broken pattern": (RULE % '{pattern: "(催"}', "正则写法有误"),
    "endless repeat": (RULE % '{pattern: "催{1000000}"}', "过大"),
    "long pattern": (RULE % f'{{pattern: "{"催" * 5000}"}}', "正则过长"),
    "no such list": (RULE % "{phrase: {list: none-such}}", "没有词表"),
    "unclosed slot": (RULE % '{phrase: "爆{a"}', "括号"),
    "short phrase": (RULE % "{phrase: 爆…你}", "太短"),
    "no such operator": (RULE % "{exec: rm}", ""),
    "two operators": (RULE % "{phrase: a, pattern: b}", ""),
    "huge number": (RULE % "{near: {of: [{phrase: 爆你}, {phrase: 通讯}], within: 9999999999999}}", "太大"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_rule_file_is_refused_with_its_place(bounded, tmp_path: Path, name: str) -> None:
    content, reason = HOSTILE[name]
    root = pack(tmp_path, house__threat__y=content)
    for words in (["check", "-t", THREAT], ["rules", "test"], ["rules", "vet"]):
        ended = bounded(*words, "--rules", root)
        said = (ended.stderr + ended.stdout).decode()
        assert ended.code in (1, 2) if words[1] == "vet" else ended.code == 2, said
        assert reason in said
        assert "rules/house/threat/y.yaml" in said
        assert len(said) < 200_000


def test_a_list_that_multiplies_is_kept_small(bounded, tmp_path: Path) -> None:
    lists = "".join(f"  l{n}: ['[一|二|三|四|五|六|七|八|九|十]{{l{n - 1}}}']\n" for n in range(1, 12))
    root = pack(
        tmp_path,
        lexicon__l="lists:\n  l0: [爆你, 通讯]\n" + lists,
        house__threat__x=RULE % "{phrase: {list: l11}}",
    )
    assert bounded("check", "-t", "一二三四五六七八九十一爆你", "--rules", root).code in (0, 1)
    root = pack(tmp_path, house__threat__x=RULE % '{pattern: "x{l11}"}')
    ended = bounded("check", "-t", "您好", "--rules", root)
    assert ended.code == 2
    assert "太长" in ended.stderr.decode()


def test_lists_that_include_each_other(bounded, tmp_path: Path) -> None:
    root = pack(
        tmp_path,
        lexicon__l="lists:\n  a: {include: b}\n  b: {include: a}\n",
        house__threat__y=RULE % "{phrase: {list: a}}",
    )
    ended = bounded("check", "-t", "您好", "--rules", root)
    assert ended.code == 2
    assert "绕回了自己" in ended.stderr.decode()


def test_links_among_rules_end(bounded, tmp_path: Path) -> None:
    root = pack(tmp_path)
    (root / "house" / "again").symlink_to(root, True)
    ended = bounded("check", "-t", THREAT, "--rules", root)
    assert ended.code == 2
    assert "成环" in ended.stderr.decode()


def test_what_is_no_file_among_rules(bounded, tmp_path: Path) -> None:
    import os

    root = pack(tmp_path)
    os.mkfifo(root / "house" / "threat" / "pipe.yaml")
    ended = bounded("check", "-t", THREAT, "--rules", root)
    assert ended.code == 2
    assert "pipe.yaml" in ended.stderr.decode()


def test_a_rule_that_runs_out_of_time_is_named_and_rests(bounded, tmp_path: Path) -> None:
    """On texts made for it a slow expression is unknown, then its rule rests, and the others go on."""
    slow = "催[^。]{0,900}(?:收|债)[^。]{0,900}!"
    root = pack(
        tmp_path,
        house__threat__y=(RULE % f'{{pattern: "{slow}"}}').replace("threat/x", "threat/y"),
    )
    text = "催收款" * 10_000
    lines = [
        json.dumps({"id": f"d{n}", "text": text + "。!。" + THREAT}, ensure_ascii=False) for n in range(6)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ended = bounded("check", "--rules", root, "--format", "json", tmp_path / "a.jsonl")
    told = ended.report
    reasons = [one["reason"] for one in told["not_evaluated"] if one["rule"] == "house/threat/y"]
    assert len(reasons) == 6
    assert all("时限" in reason for reason in reasons)
    assert [("不再判定" in reason) for reason in reasons] == [False] * 3 + [True] * 3
    assert {one["document"] for one in told["findings"]} == {f"d{n}" for n in range(6)}
    assert bounded("check", "--rules", root, "--fail-on", "never", tmp_path / "a.jsonl").code == 3


CONFIGS: dict[str, tuple[str, str]] = {
    "climbs out": ("extends: ../../etc/x.yaml\n", "越出了仓库"),
    "absolute": ("extends: /etc/passwd\n", "越出了仓库"),
    "by a link": ("extends: link.yaml\n", "越出了仓库"),
    "rules outside": ("rules: ../..\n", "越出了仓库"),
    "baseline outside": ("baseline: ../b.jsonl\n", "越出了仓库"),
    "itself": ("extends: collectlint.yaml\n", "成了环"),
    "address": ("extends: https://example.invalid/x.yaml\n", "找不到配置"),
    "NUL in a path": ('extends: "a\\0b"\n', "不允许的字符"),
    "bomb": (BOMB, "别名展开后内容过多"),
    "deep": ("[" * 100_000, "嵌套过深"),
    "10 MB": ("# " + "x" * 10_000_000, "文件过大"),
    "double key": ("lang: zh\nlang: en\n", "写了两次"),
    "unknown key": ("exec: id\n", "未知键"),
    "wild glob": ("exclude: ['" + "*a" * 40 + "']\n", "耗尽时间"),
    "huge limit": ("limits: {max_depth: 99999999999999999999}\n", "整数"),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_a_hostile_configuration_is_refused(bounded, tmp_path: Path, name: str) -> None:
    content, reason = CONFIGS[name]
    (tmp_path / ".git").mkdir()
    (tmp_path / "link.yaml").symlink_to("/etc/hostname")
    (tmp_path / "collectlint.yaml").write_text(content, encoding="utf-8")
    (tmp_path / "a.txt").write_text(THREAT, encoding="utf-8")
    ended = bounded("check", "a.txt")
    said = (ended.stderr + ended.stdout).decode()
    assert reason in said
    if reason:
        assert ended.code == 2, said
        assert "collectlint.yaml" in said


def test_a_profile_that_climbs_out(bounded, tmp_path: Path) -> None:
    for name in ("../../etc/passwd", "/etc/passwd", "a/../../b", "x" * 5000):
        ended = bounded("check", "-t", THREAT, "--profile", name)
        assert ended.code == 2
        assert "root:" not in ended.stderr.decode()


HOSTILE_BASELINES = {
    "nested": "[" * 100_000,
    "double": '{"path": "a", "path": "b"}\n',
    "number": '{"path": 1}\n',
    "bytes": "\ufffd\0",
    "many": '{"path": "a"}\n' * 2_000,
}


@pytest.mark.parametrize("name", HOSTILE_BASELINES)
def test_a_hostile_baseline_is_refused(bounded, tmp_path: Path, name: str) -> None:
    (tmp_path / "b.jsonl").write_text(HOSTILE_BASELINES[name], encoding="utf-8")
    (tmp_path / "a.txt").write_text(THREAT, encoding="utf-8")
    ended = bounded("check", "a.txt", "--baseline", "b.jsonl")
    assert ended.code == 2
    assert "b.jsonl" in ended.stderr.decode()
