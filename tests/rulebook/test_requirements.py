"""Requirements of law: each row with its clauses, its mark and where it stands."""

from __future__ import annotations

from pathlib import Path

from collectlint.errors import Place
from collectlint.rulebook.requirements import (
    Clause,
    Requirement,
    cited_clause,
    read_requirements,
    wanted_of,
)

SOURCES = {
    "law": {
        "title": {"zh": "法"},
        "clauses": {"1": {"zh": "一", "verified": "secondary"}, "2": {"zh": "二", "verified": "primary"}},
    },
    "bare": {"title": {"zh": "裸"}, "clauses": {}},
}
ROWS = """\
jurisdiction: cn
requirements:
  CN-T01: {kind: [T, M], zh: 不得骚扰, en: no harassment, basis: [{source: law, clause: "1"}, {source: law, clause: "2"}]}
  CN-02: {zh: 例, verified: memory, inferred: true, partly: 缺一半, basis: [{source: law, clause: "1"}]}
  CN-03: {zh: 例, gap: {state: needs_person, why: 要看人}, basis: [{source: bare, clause: "9"}]}
"""


def rows(folder: Path, text: str = ROWS) -> dict[str, Requirement]:
    (folder / "requirements").mkdir(exist_ok=True)
    (folder / "requirements" / "cn.yaml").write_text(text, encoding="utf-8")
    found = read_requirements(folder, SOURCES)
    assert found.errors == ()
    return dict(found.rows)


def test_rows_in_full(tmp_path: Path) -> None:
    root = tmp_path / "rules"
    root.mkdir()
    assert rows(root) == {
        "CN-T01": Requirement(
            "CN-T01",
            "cn",
            ("T", "M"),
            "不得骚扰",
            "no harassment",
            (Clause("law", "1", "法", "一", "secondary"), Clause("law", "2", "法", "二", "primary")),
            "primary",
            False,
            "",
            "",
            "",
            Place("rules/requirements/cn.yaml", 3, 3),
        ),
        "CN-02": Requirement(
            "CN-02",
            "cn",
            (),
            "例",
            "",
            (Clause("law", "1", "法", "一", "secondary"),),
            "memory",
            True,
            "缺一半",
            "",
            "",
            Place("rules/requirements/cn.yaml", 4, 3),
        ),
        "CN-03": Requirement(
            "CN-03",
            "cn",
            (),
            "例",
            "",
            (Clause("bare", "9", "裸", "", ""),),
            "memory",
            False,
            "",
            "needs_person",
            "要看人",
            Place("rules/requirements/cn.yaml", 5, 3),
        ),
    }


def test_one_faulty_file_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    for name, content in (("a", b"\xff"), ("b", b"x: ["), ("c", b"jurisdiction: cn\n")):
        (tmp_path / "requirements" / f"{name}.yaml").write_bytes(content)
    (tmp_path / "requirements" / "d.yaml").write_text(ROWS, encoding="utf-8")
    found = read_requirements(tmp_path, SOURCES)
    assert list(found.rows) == ["CN-T01", "CN-02", "CN-03"]
    assert [Path(error.place.path).stem for error in found.errors if error.place] == ["a", "b", "c"]


def test_of_two_rows_with_one_number_the_first_stays(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    row = 'jurisdiction: cn\nrequirements:\n  CN-01: {{zh: {}, basis: [{{source: bare, clause: "1"}}]}}\n'
    for name, word in (("a", "甲"), ("b", "乙")):
        (tmp_path / "requirements" / f"{name}.yaml").write_text(row.format(word), encoding="utf-8")
    found = read_requirements(tmp_path, SOURCES)
    assert found.rows["CN-01"].zh == "甲"
    (error,) = found.errors
    assert error.message == "要求 `CN-01` 重复"
    assert error.remedy == f"另一处在 {tmp_path.name}/requirements/a.yaml:3:3"
    assert error.place == Place(f"{tmp_path.name}/requirements/b.yaml", 3, 3)


def test_a_row_on_an_unknown_source_names_it_as_its_title(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    text = ROWS.replace("source: bare", "source: zzzz")
    (tmp_path / "requirements" / "cn.yaml").write_text(text, encoding="utf-8")
    found = read_requirements(tmp_path, SOURCES)
    assert found.rows["CN-03"].clauses == (Clause("zzzz", "9", "zzzz", "", ""),)


def test_no_folder_no_requirements(tmp_path: Path) -> None:
    assert read_requirements(tmp_path, SOURCES) == ({}, ())


def test_clauses_are_asked_for_only_where_some_are_registered() -> None:
    assert cited_clause(SOURCES, "law", "2") == ({"zh": "二", "verified": "primary"}, "", "")
    assert cited_clause(SOURCES, "bare", "9") == (None, "", "")


def test_what_it_asks_in_the_readers_language(tmp_path: Path) -> None:
    found = rows(tmp_path)
    assert wanted_of(found["CN-T01"], "en") == "no harassment"
    assert wanted_of(found["CN-02"], "en") == "例"
    assert wanted_of(found["CN-T01"], "zh") == "不得骚扰"
    assert wanted_of(found["CN-T01"], "hant") == "不得騷擾"
