"""What the parser may say besides what it is known to say."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from collectlint.errors import Place, RuleErrors
from collectlint.rulebook.strict import read
from collectlint.rulebook.syntax import translated


def told(error: yaml.YAMLError, lines: list[str], last: int = 1) -> tuple[str, Place | None, str]:
    found = translated(error, "r", lines, last)
    return found.message, found.place, found.remedy


def test_unknown_complaints_are_shown() -> None:
    remedy = "检查这一行的缩进、冒号、引号和括号"
    mark = yaml.Mark("r", 0, 1, 2, None, None)
    strange = yaml.MarkedYAMLError(problem="a strange thing", problem_mark=mark)
    assert told(strange, ["a", "bcd"]) == ("YAML 写法有误:`a strange thing`", Place("r", 2, 3), remedy)
    assert told(yaml.YAMLError(), ["a", "b"], 2) == ("YAML 写法有误", Place("r", 2, 1), remedy)
    assert told(yaml.YAMLError(), ["a", "b"], 0)[1] == Place("r", 1, 1)


def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RuleErrors) as caught:
        read(tmp_path / "absent.yaml", "r")
    assert [str(error) for error in caught.value.errors] == [
        "r: 文件读不出来:No such file or directory(检查文件和权限)"
    ]


def test_a_place_past_the_end_is_the_end_of_the_last_line_with_text() -> None:
    mark = yaml.Mark("r", 0, 4, 0, None, None)
    strange = yaml.MarkedYAMLError(problem="strange", problem_mark=mark)
    assert told(strange, ["a", "bcd", "", " ", ""], 5)[1] == Place("r", 2, 4)
    assert told(strange, ["", "", "", "", ""], 5)[1] == Place("r", 1, 1)
