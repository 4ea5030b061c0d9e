"""The strict reader: text stays text, hostile files are refused and never crash the process."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from collectlint.errors import Place, RuleErrors
from collectlint.rulebook import composer
from collectlint.rulebook.strict import Map, Node, Scalar, Seq, compose, read


def faults(text: str) -> list[str]:
    with pytest.raises(RuleErrors) as caught:
        compose(text, "r.yaml")
    assert caught.value.errors
    return [str(error) for error in caught.value.errors]


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Seq):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


@pytest.fixture(params=["c", "pure"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "pure":
        monkeypatch.delattr(yaml, "CSafeLoader")
    return str(request.param)


def test_scalars_are_never_typed(loader: str) -> None:
    words = ["22:00", "no", "010", "2026-01-01", "1.10", "13800138000", "~", "null", "0x1F", "on", "="]
    assert plain(compose("\n".join(f"- {word}" for word in words), "r.yaml")) == words


def test_places_count_code_points_from_one(loader: str) -> None:
    root = compose('标题: 😀甲\r\n表: [乙, "丙"]\r块:\n  - 丁: |\n      戊\n', "r.yaml")
    assert isinstance(root, Map)
    title, table, block = root.entries
    assert title == (
        Scalar("标题", False, Place("r.yaml", 1, 1)),
        Scalar("😀甲", False, Place("r.yaml", 1, 5)),
    )
    assert table[1] == Seq(
        (Scalar("乙", False, Place("r.yaml", 2, 5)), Scalar("丙", True, Place("r.yaml", 2, 8))),
        Place("r.yaml", 2, 4),
    )
    assert isinstance(block[1], Seq)
    assert block[1].place == Place("r.yaml", 4, 3)
    inner = block[1].items[0]
    assert isinstance(inner, Map)
    assert inner.entries[0][1] == Scalar("戊\n", True, Place("r.yaml", 4, 8))


def test_a_byte_order_mark_moves_nothing(loader: str) -> None:
    assert compose("\ufeffa: b", "r.yaml") == compose("a: b", "r.yaml")


def test_alias_repeats_the_node_and_key_keeps_its_own_place(loader: str) -> None:
    root = compose("a: &x [1, 2]\nb: *x\nc: &k 键\n*k : d\n", "r.yaml")
    assert plain(root) == {"a": ["1", "2"], "b": ["1", "2"], "c": "键", "键": "d"}
    assert isinstance(root, Map)
    assert root.entries[1][1].place.line == 1
    assert root.entries[3][0].place == Place("r.yaml", 4, 1)


@pytest.mark.parametrize("piece", ["[", "- ", "{a: ", "? ", "[{a: "])
def test_deep_nesting_is_refused_without_a_crash(piece: str, loader: str) -> None:
    for count in (60, 50_000):
        assert any("嵌套过深" in fault for fault in faults(piece * count))


def test_depth_limit_is_exact(loader: str) -> None:
    deepest = composer.DEPTH_MOST
    assert compose("[" * deepest + "]" * deepest, "r.yaml")
    assert "嵌套过深" in faults("[" * (deepest + 1) + "]" * (deepest + 1))[0]


def test_alias_bomb_is_refused() -> None:
    levels = "abcdefgh"
    bomb = "a: &a [坐牢, 坐牢, 坐牢, 坐牢, 坐牢, 坐牢, 坐牢, 坐牢]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{levels[at]}'] * 8)}]\n" for at, name in enumerate(levels[1:])
    )
    assert len(bomb) < 600
    assert "别名展开后内容过多" in faults(bomb)[0]


def test_expanded_size_is_counted_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: &a [x, y]\nb: &b [*a, *a]\nc: *b\n"  # 1 map + 3 keys + 3 + (1+3+3) + 7
    monkeypatch.setattr(composer, "NODES_MOST", 21)
    assert compose(text, "r.yaml")
    monkeypatch.setattr(composer, "NODES_MOST", 20)
    assert "别名展开后内容过多" in faults(text)[0]


def test_aliases_cannot_hide_depth() -> None:
    ten = "[" * 10
    text = f"- &a {ten}x{'] ' * 10}\n" + "".join(
        f"- &{chr(98 + n)} {ten}*{chr(97 + n)} {'] ' * 10}\n" for n in range(5)
    )
    assert "展开后嵌套过深" in faults(text)[0]


def test_alias_count_is_limited() -> None:
    assert compose("- &a x\n" + "- *a\n" * composer.ALIASES_MOST, "r.yaml")
    assert "别名(`*名字`)过多" in faults("- &a x\n" + "- *a\n" * (composer.ALIASES_MOST + 1))[0]


@pytest.mark.parametrize("last", ["", ", z: 1"])
def test_depth_behind_an_alias_is_counted_exactly(last: str) -> None:
    most = composer.DEPTH_MOST - 4
    mapping = "- &a {k: " + "[" * most + "]" * most + last + "}\n"
    assert compose(mapping + "- [[*a]]\n", "r.yaml")
    (told,) = faults(mapping + "- [[[*a]]]\n")
    assert told == f"r.yaml:2:6: 别名展开后嵌套过深:超过 {composer.DEPTH_MOST} 层(请简化结构)"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('a: 1\n"": 2\n', "2:1: 键是空的(在冒号前写上键)"),
        ("a: 1\n<<: {b: 1}\n", "2:1: 不支持合并键 `<<`(请直接写出要合并的内容)"),
        ("a: 1\n? [x]\n: 2\n", "2:3: 键必须是文字,不能是列表或键值对(键里有括号时请加半角引号)"),
        ("- &a x\n-  &a y\n", "2:4: 锚点 `a` 写了两次(请换一个名字)"),
        (
            "a:\n  !!str b\n",
            "2:3: 不允许使用标签 `tag:yaml.org,2002:str`(请删掉它;普通文字以 `!` 开头时请加半角引号)",
        ),
        ("- " + "[" * 50 + "]" * 50, "1:52: 嵌套过深:超过 50 层(请简化结构)"),
        ("a:\n  b: &x [*x]\n", "2:10: 别名 `*x` 指向包含它自己的内容(请直接写出内容)"),
        ("a: *x\n", "1:4: 别名 `*x` 没有对应的锚点(普通文字以 `*` 开头时请加半角引号)"),
        ("- &a x\n" + "- *a\n" * 65, "66:3: 别名(`*名字`)过多:超过 64 个(请直接写出内容)"),
    ],
)
def test_each_fault_has_its_place_and_remedy(text: str, told: str) -> None:
    assert faults(text) == [f"r.yaml:{told}"]


def test_too_much_behind_aliases_has_its_place_and_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composer, "NODES_MOST", 5)
    (told,) = faults("a: &a [x, y]\nb: *a\n")
    assert told.startswith("r.yaml:2:")
    assert told.endswith("别名展开后内容过多:超过 5 个元素(请直接写出内容,或拆成几个文件)")


def test_event_count_is_limited() -> None:
    assert "内容过多" in faults("- a\n" * composer.EVENTS_MOST)[0]


def test_size_limit_counts_bytes(tmp_path: Path) -> None:
    assert faults("# " + "催" * 400_000)[0].startswith("r.yaml: 文件过大")
    file = tmp_path / "big.yaml"
    file.write_bytes(b"# " + b"a" * 2_000_000)
    with pytest.raises(RuleErrors, match="文件过大"):
        read(file)


@pytest.mark.parametrize("tag", ["!!python/object:os.system", "!!str", "!", "!x", "!!binary", "!<tag:x>"])
def test_tags_are_refused(tag: str, loader: str) -> None:
    for value in ("x", "[x]", "{x: y}", "'x'"):
        assert "不允许使用标签" in faults(f"a: {tag} {value}")[0]


def test_duplicate_keys_name_both_places_at_every_level(loader: str) -> None:
    found = faults("a: 1\nb: {c: 1, 'c': 2}\n\"a\": 3\n")
    assert found == [
        "r.yaml:2:11: 键 `c` 写了两次,第一次在第 2 行第 5 列(只保留一个)",
        "r.yaml:3:1: 键 `a` 写了两次,第一次在第 1 行第 1 列(只保留一个)",
    ]


@pytest.mark.parametrize("key", ["? [a]\n", "? {a: b}\n", "", "''", "<<", "? \n", "&x [a] "])
def test_keys_are_text(key: str, loader: str) -> None:
    assert "键" in faults(f"{key}: x\n" if key else ": x\n")[0]


@pytest.mark.parametrize(
    "text", ["a: 1\n---\nb: 2\n", "---\na: 1\n...\n---\n", "a\n--- b", "--- [a]\n--- [b]\n"]
)
def test_two_documents_are_refused(text: str, loader: str) -> None:
    assert "只能有一份" in faults(text)[0]


@pytest.mark.parametrize("character", list("\x00\x07\x7f\x85\u2028\u2029\ufeff\ud83d\uffff"))
def test_forbidden_characters_are_placed(character: str, loader: str) -> None:
    found = faults(f"a: 1\nb: 甲{character}乙\n")
    assert found[0].startswith(f"r.yaml:2:5: 文件里有不允许的字符 U+{ord(character):04X}")


@pytest.mark.parametrize("escape", [r"\0", r"\ud800", r"\x00", r"\udfff"])
def test_escapes_cannot_smuggle_them_in(escape: str, loader: str) -> None:
    assert faults(f'a: "{escape}"')[0].startswith("r.yaml:1:")


def test_zero_width_and_controls_may_be_written_as_escapes(loader: str) -> None:
    assert plain(compose(r'- "\u200b\u2028\uFEFF"', "r.yaml")) == ["\u200b\u2028\ufeff"]


@pytest.mark.parametrize("text", ["", "\ufeff", "# x\n", "\n\n", "---\n...\n", "规则：坐牢"])
def test_no_structure_is_a_fault_with_a_place(text: str, loader: str) -> None:
    assert faults(text)[0].startswith(("r.yaml:1:", "r.yaml:2:1:"))


def test_many_faults_are_cut_off() -> None:
    found = faults("a: 1\n" * 5_000)
    assert len(found) == composer.ERRORS_MOST + 1
    assert "错误太多" in found[-1]


def test_trap_inside_a_block_text_is_not_blamed() -> None:
    text = "a: |\n  甲方：您好\n  乙方：好\nb: 提示: 还款\n"
    assert faults(text)[0].startswith("r.yaml:4:6: 这里不该出现冒号(检查")


@pytest.mark.parametrize(
    ("data", "start"),
    [
        ("a: 催收".encode("gb18030"), "f:1:4: 文件不是 UTF-8 编码,可能是 GB18030"),
        ("a: 1\nb: 催收".encode("big5"), "f:2:4: 文件不是 UTF-8 编码"),
        ("a: 1".encode("utf-16"), "f: 文件是 UTF-16 编码"),
        (b"\xef\xbb\xbfa: \xed\xa0\x80", "f:1:4: 文件不是 UTF-8 编码"),
        (b"a: \xff", "f:1:4: 文件不是 UTF-8 编码"),
        ("a: 1".encode("utf-16-le"), "f:1:2: 文件里有不允许的字符 U+0000"),
    ],
)
def test_other_encodings_are_named(data: bytes, start: str, tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes(data)
    with pytest.raises(RuleErrors) as caught:
        read(file, "f")
    assert str(caught.value.errors[0]).startswith(start)


def test_utf8_with_and_without_mark_reads_the_same(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes("键: 值".encode())
    bare = read(file, "f")
    file.write_bytes("键: 值".encode("utf-8-sig"))
    assert read(file, "f") == bare


def test_unreadable_file_is_a_rule_error(tmp_path: Path) -> None:
    with pytest.raises(RuleErrors, match="文件读不出来"):
        read(tmp_path / "absent.yaml")
    with pytest.raises(RuleErrors, match="文件读不出来"):
        read(tmp_path)


def test_nothing_of_yaml_is_imported_before_it_is_needed() -> None:
    import subprocess

    code = "import sys, collectlint.rulebook.strict, collectlint.rulebook.walk; print('yaml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


texts = st.text(
    st.sampled_from(list("ab：:-[]{},\"'“”#&*!|>%@`?~<=. \t\n\r　\\0催\ud800\x00\x85😀")), max_size=60
)


@given(texts | st.text(max_size=40))
def test_any_text_gives_nodes_or_placed_faults(text: str) -> None:
    try:
        compose(text, "r.yaml")
    except RuleErrors as caught:
        for error in caught.errors:
            assert error.place is not None
            assert error.place.line > 0
            assert error.place.line <= text.count("\n") + text.count("\r") + 1
            assert error.remedy


@given(st.binary(max_size=60))
def test_any_bytes_give_nodes_or_faults(data: bytes) -> None:
    class Bytes:
        def read_bytes(self) -> bytes:
            return data

    try:
        read(Bytes(), "r.yaml")
    except RuleErrors as caught:
        for error in caught.errors:
            assert error.place is not None
            assert error.place.line > 0 or "UTF-16" in error.message


documents = st.recursive(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("键abc1：: ", min_size=1), inner, max_size=4)
    ),
    max_leaves=20,
).filter(lambda value: not isinstance(value, str))


@given(documents)
def test_what_a_dumper_writes_is_read_back(value: object) -> None:
    written = yaml.dump(value, allow_unicode=True, default_style='"', Dumper=_NoAliases)
    try:
        assert plain(compose(written, "r.yaml")) == value
    except RuleErrors as caught:
        assert all("键是空的" in error.message for error in caught.errors)  # noqa: PT017


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True
