"""A folder of rules: which files are read, what is kept in the cache, and when it is read anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from collectlint.document import Document, Turn
from collectlint.errors import RuleError, RuleErrors
from collectlint.linter import Options, lint
from collectlint.rulebook import reading
from collectlint.rulebook.folder import OnDisk, load, load_changed, model_reader, shipped, yaml_files
from collectlint.rulebook.reading import HOUSE_HOURS, Changes
from collectlint.rulebook.rulebook import Rulebook

RULE = """\
id: {id}
title: 例
family: threat
severity: error
basis: [{{source: law, clause: "1", verified: primary}}]
message: 例
remedy: 删
when: {{{when}}}
tests: {{hit: [x], miss: [x]}}
"""
FILES = {
    "sources.yaml": "sources: {law: {title: 法, kind: law, jurisdiction: any, verified: primary}}\n",
    "lexicon/a.yaml": "lists: {family: [爸妈, 家人]}\n",
    "cn/threat/a.yaml": RULE.format(id="cn/threat/a", when="phrase: {list: family}"),
    f"{HOUSE_HOURS}.yaml": RULE.format(id=HOUSE_HOURS, when="hours: 22:00-08:00"),
}


@pytest.fixture(name="root")
def make_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLLECTLINT_CACHE_DIR", str(tmp_path / "cache"))
    for name, content in FILES.items():
        path = tmp_path / "rules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path / "rules"


@pytest.fixture(name="compiled")
def count_compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []
    real = reading.read_files

    def counted(contents: list[tuple[str, bytes]], root: str, changes: Changes | None = None) -> reading.Read:
        seen.append(root)
        return real(contents, root, changes)

    monkeypatch.setattr(reading, "read_files", counted)
    return seen


def ids(book: Rulebook) -> list[str]:
    return [rule.id for rule in book.rules]


def matched(book: Rulebook, text: str) -> list[str]:
    found = lint(Document("d", (Turn("agent", text),)), book, Options("2026-11-22")).findings
    return [one.matched for one in found]


def test_an_unchanged_folder_is_compiled_once(root: Path, compiled: list[str]) -> None:
    first, second = load(OnDisk(str(root))), load(OnDisk(str(root)))
    assert compiled == ["rules"]
    assert ids(first) == ids(second) == ["cn/threat/a", HOUSE_HOURS]
    assert matched(second, "找你家人") == ["家人"]


def test_an_unchanged_folder_is_not_even_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(root)
    monkeypatch.setattr("collectlint.rulebook.folder.yaml_files", None)
    assert ids(load(root)) == ["cn/threat/a", HOUSE_HOURS]


def test_touching_a_file_reads_it_but_compiles_nothing(root: Path, compiled: list[str]) -> None:
    load(root)
    os.utime(root / "lexicon/a.yaml", ns=(1, 1))
    assert ids(load(root)) == ["cn/threat/a", HOUSE_HOURS]
    assert compiled == ["rules"]


@pytest.mark.parametrize("name", ["lexicon/a.yaml", "lexicon/b.yml", "cn/threat/deep/x.yaml"])
def test_a_changed_or_new_file_is_noticed(root: Path, compiled: list[str], name: str) -> None:
    load(root)
    path = root / name
    path.parent.mkdir(exist_ok=True)
    if name.startswith("lexicon"):
        path.write_text(
            "lists: {family: [老婆]}\n" if path.exists() else "lists: {more: [x]}\n", encoding="utf-8"
        )
    else:
        path.write_text(RULE.format(id="cn/threat/deep/x", when="phrase: 上门"), encoding="utf-8")
    book = load(root)
    assert len(compiled) == 2
    assert matched(book, "找你老婆") == (["老婆"] if name == "lexicon/a.yaml" else [])
    assert matched(book, "上门") == (["上门"] if name.startswith("cn") else [])


def test_a_removed_file_is_noticed(root: Path, compiled: list[str]) -> None:
    load(root)
    (root / f"{HOUSE_HOURS}.yaml").unlink()
    assert ids(load(root)) == ["cn/threat/a"]
    assert len(compiled) == 2


def test_files_that_are_no_yaml_do_not_matter(root: Path, compiled: list[str]) -> None:
    load(root)
    (root / "notes.txt").write_text("x", encoding="utf-8")
    (root / "cn" / "NOTES.YAML").write_text("[", encoding="utf-8")
    load(root)
    assert compiled == ["rules"]


def test_two_folders_do_not_share_what_is_kept(root: Path, tmp_path: Path, compiled: list[str]) -> None:
    load(root)
    other = tmp_path / "other"
    other.mkdir()
    (other / "sources.yaml").write_text(FILES["sources.yaml"], encoding="utf-8")
    assert ids(load(other)) == []
    assert ids(load(root)) == ["cn/threat/a", HOUSE_HOURS]
    assert compiled == ["rules", "other"]


def test_what_is_damaged_in_the_cache_is_compiled_anew(
    root: Path, tmp_path: Path, compiled: list[str]
) -> None:
    load(root)
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        path.write_bytes(b"nonsense")
    assert ids(load(root)) == ["cn/threat/a", HOUSE_HOURS]
    assert len(compiled) == 2


def test_faults_are_told_each_time_and_nothing_is_kept(root: Path) -> None:
    (root / "lexicon/a.yaml").write_text("lists: [", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RuleErrors) as caught:
            load(root)
        assert "rules/lexicon/a.yaml" in str(caught.value)
    with pytest.raises(RuleErrors):
        load_changed(root, Changes({}, "21:00-09:00"))


def test_changes_of_a_profile_are_compiled_in_and_kept(root: Path, compiled: list[str]) -> None:
    words = Changes({"family": ("老公",)})
    assert matched(load_changed(root, words), "找你老公") == ["老公"]
    assert matched(load_changed(root, words), "找你家人") == ["家人"]
    assert compiled == ["rules"]
    assert matched(load(root), "找你老公") == []
    assert matched(load_changed(root, Changes({"family": ("老婆",)})), "找你老公") == []
    assert len(compiled) == 3


def test_hours_of_a_profile_replace_those_of_the_house_rule_alone(root: Path) -> None:
    (root / "common/harassment/other.yaml").write_text(
        RULE.format(id="common/harassment/other", when="hours: 22:00-08:00"), encoding="utf-8"
    )
    book = load_changed(root, Changes({}, "20:00-09:00"))
    document = Document("d", (Turn("agent", "您好"),), started_at="2026-03-02T20:30:00")
    found = lint(document, book, Options("2026-11-22")).findings
    assert [one.rule for one in found] == [HOUSE_HOURS]


def test_words_for_a_list_that_is_not_there(root: Path) -> None:
    with pytest.raises(RuleErrors) as caught:
        load_changed(root, Changes({"famly": ("甲",), "zzzz": ("乙",)}))
    assert [str(error) for error in caught.value.errors] == [
        "rules/lexicon: 配置要加词的词表 `famly` 不存在(您是否想写 `family`?)",
        "rules/lexicon: 配置要加词的词表 `zzzz` 不存在(见 lexicon/)",
    ]


def test_files_come_in_order_with_their_paths(root: Path) -> None:
    (root / "cn" / "threat" / "b.yml").write_text("b", encoding="utf-8")
    found = dict(yaml_files(OnDisk(str(root)), ""))
    assert list(found) == [
        "cn/threat/a.yaml",
        "cn/threat/b.yml",
        f"{HOUSE_HOURS}.yaml",
        "lexicon/a.yaml",
        "sources.yaml",
    ]
    assert found["cn/threat/b.yml"] == b"b"
    assert [path for path, _ in yaml_files(root / "cn", "cn")] == ["cn/threat/a.yaml", "cn/threat/b.yml"]


def faults(root: Path) -> list[str]:
    with pytest.raises(RuleErrors) as caught:
        list(yaml_files(OnDisk(str(root)), ""))
    return [str(error) for error in caught.value.errors]


def test_links_in_a_circle(root: Path) -> None:
    (root / "cn" / "again").symlink_to(root)
    assert faults(root) == ["rules/cn/again: 符号链接成环(请删除这个链接)"]
    with pytest.raises(RuleErrors):
        load(OnDisk(str(root)))


def test_a_link_to_nothing_is_a_fault_each_time(root: Path) -> None:
    load(OnDisk(str(root)))
    (root / "cn" / "gone.yaml").symlink_to(root / "nothing")
    assert faults(root) == ["rules/cn/gone.yaml: 文件读不出来:No such file or directory(检查文件和权限)"]
    with pytest.raises(RuleErrors):
        load(OnDisk(str(root)))


def test_the_same_folder_may_be_linked_beside_itself(root: Path, tmp_path: Path) -> None:
    (tmp_path / "apart").mkdir()
    (tmp_path / "apart" / "x.yaml").write_text("x", encoding="utf-8")
    for name in ("one", "two"):
        (root / "cn" / name).symlink_to(tmp_path / "apart")
    assert {"cn/one/x.yaml", "cn/two/x.yaml"} <= set(dict(yaml_files(OnDisk(str(root)), "")))


def test_large_files_and_what_is_no_file(root: Path) -> None:
    big = root / "cn" / "big.yaml"
    big.write_bytes(b"a" * (1024 * 1024 + 1))
    assert faults(root) == ["rules/cn/big.yaml: 文件过大:超过 1048576 字节(请拆成几个文件)"]
    big.write_bytes(b"#" * 1024 * 1024)
    assert "cn/big.yaml" in dict(yaml_files(OnDisk(str(root)), ""))
    big.unlink()
    os.mkfifo(big)
    assert faults(root) == ["rules/cn/big.yaml: 文件读不出来:不是普通文件(检查文件和权限)"]


def test_on_disk_is_what_a_path_is(root: Path) -> None:
    folder = OnDisk(str(root))
    assert (str(folder), os.fspath(folder), folder.name) == (str(root), str(root), "rules")
    assert folder.is_dir()
    assert not folder.is_file()
    file = folder / "sources.yaml"
    assert file.is_file()
    assert not file.is_dir()
    assert file.read_bytes() == FILES["sources.yaml"].encode()
    assert sorted(one.name for one in folder.iterdir()) == ["cn", "common", "lexicon", "sources.yaml"]


def test_the_second_reader_of_a_folder(root: Path) -> None:
    assert model_reader(OnDisk(str(root)))() is None
    (root / "models").mkdir()
    (root / "models" / "second-reader.model").write_bytes(b"nonsense")
    with pytest.raises(RuleError) as caught:
        model_reader(OnDisk(str(root)))()
    assert str(caught.value).startswith("models/second-reader.model: 模型读不懂:")
    assert caught.value.remedy == "重新运行 collectlint train"
    assert model_reader(shipped())() is not None


def test_the_shipped_rules_are_found() -> None:
    assert (shipped() / "sources.yaml").is_file()
    assert shipped().name == "rules"
