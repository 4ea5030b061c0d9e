"""The parser's English complaints in plain Chinese, with the place the author should look at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from collectlint.errors import Place, RuleError
from collectlint.rulebook.hints import line_hint, shown

if TYPE_CHECKING:
    from yaml import YAMLError

_BREAK = re.compile(r"\r\n|\n|\r")
_WINDOW = 6  # lines looked through for a full-width trap before the parser's own position

# A part of libyaml's or the Python parser's message: (what is wrong, remedy, report where it opened).
_STRAY = {"-": "stray dash", "]": "stray closing", "}": "stray closing"}
_PROBLEMS: tuple[tuple[str, str, str, bool], ...] = (
    ("stray dash", "列表项「- 」没有对齐,或写在了键的位置", "同一级的列表项要左对齐", False),
    ("stray closing", "多了一个右括号", "请删掉它;含括号的文字请整个加半角引号", False),
    ("unexpected ':'", "括号里的文字不能直接含冒号", "请给这段文字加半角引号", False),
    ("tab character", "缩进里有制表符(Tab)", "请把制表符改成空格", False),
    ("'\\t' that cannot start", "缩进里有制表符(Tab)", "请把制表符改成空格", False),
    (
        "cannot start any token",
        "值不能以这个字符开头",
        "`@`、`%` 和反引号是保留字符,请给整个值加半角引号",
        False,
    ),
    (
        "mapping values are not allowed",
        "这里不该出现冒号",
        "检查上一行的缩进;值里含有「: 」时请给整个值加半角引号",
        False,
    ),
    (
        "could not find expected ':'",
        "这一行像是一个键,但后面没有半角冒号",
        "写成「键: 值」,注意半角冒号和空格",
        True,
    ),
    (
        "sequence entries are not allowed",
        "列表项「- 」不能写在这里",
        "请另起一行,或写成 `[甲, 乙]`",
        False,
    ),
    ("mapping keys are not allowed", "键不能写在这里", "请另起一行书写这个键", False),
    ("found unexpected document", "引号没有闭合", "请补上另一半半角引号", True),
    ("document start", "这里的内容不属于前面的结构", "检查缩进:同一级的键要对齐,括号要成对", False),
    ("unexpected end of stream", "引号没有闭合", "请补上另一半半角引号", True),
    (
        "unknown escape",
        "双引号里的反斜杠写法不认识",
        "正则请用单引号;在双引号里反斜杠要写成 `\\\\`",
        False,
    ),
    ("hexdecimal", "双引号里的 `\\x`、`\\u` 写法不完整", "补足十六进制位数,或改用单引号", False),
    ("hexadecimal", "双引号里的 `\\x`、`\\u` 写法不完整", "补足十六进制位数,或改用单引号", False),
    ("invalid Unicode character escape", "双引号里的 `\\u` 不是有效字符", "不要写孤立的代理项", False),
    (
        "alphabetic or numeric",
        "锚点和别名只能用英文字母、数字",
        "普通文字以 `&`、`*` 开头时请加半角引号",
        False,
    ),
    ("undefined tag handle", "不允许使用标签(`!…`)", "普通文字以 `!` 开头时请加半角引号", False),
    ("indentation indicator", "`|` 或 `>` 后面的数字不对", "请去掉这个数字", False),
    ("comment or", "`|` 或 `>` 后面不能直接写文字", "文字请从下一行开始并缩进", False),
    ("',' or ']'", "方括号 `[` 没有闭合,或中间少了半角逗号", "补上 `]` 或半角逗号", True),
    ("',' or '}'", "花括号 `{` 没有闭合,或中间少了半角逗号", "补上 `}` 或半角逗号", True),
    ("'-' indicator", "列表里混进了不以「- 」开头的内容", "同一级要么都是列表项,要么都是键", False),
    (
        "did not find expected key",
        "这里应当是一个键",
        "检查缩进、引号和括号是否成对;以 `{`、`[` 或引号开头的文字请整个加半角引号",
        False,
    ),
    ("expected <block end>", "这里应当是一个键或列表项", "检查缩进、引号和括号是否成对", False),
    ("node content", "这里应当有值", "值以 `]`、`}`、`,` 等符号开头时请加半角引号", False),
    ("incompatible YAML", "不支持这个 YAML 版本", "请删掉 `%YAML` 这一行", False),
    ("directive", "以 `%` 开头的指令行写错了", "请删掉这一行", False),
)


def split_lines(text: str) -> list[str]:
    """Lines of `text`, broken at CR LF, LF and CR only, as the parser counts them."""
    return _BREAK.split(text)


def translated(error: YAMLError, path: str, lines: list[str], last_line: int) -> RuleError:
    """A parser's error as a RuleError.

    `last_line` (from 1) is where the last sound element began: the trap that upset the parser often
    stands there, lines before the point at which it gave up.
    """
    problem = str(getattr(error, "problem", None) or "")
    context = str(getattr(error, "context", None) or "")
    if "tag" in context.split() and "directive" not in context:
        problem = "undefined tag handle"
    elif "directive" in context:
        problem = "directive"
    at = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    line, column = (at.line + 1, at.column + 1) if at else (max(last_line, 1), 1)
    there = "".join(lines[line - 1 : line])[column - 1 : column]
    if there == "\t":
        problem = "tab character"
    elif there in _STRAY and ("expected key" in problem or "<block end>" in problem):
        problem = _STRAY[there]
    first = max(min(last_line, line), line - _WINDOW, 1)
    message, remedy, where_opened = _complaint(problem)
    if where_opened and opened:
        line, column = opened.line + 1, opened.column + 1
        first = line
    hinted = _trap(lines, first, line)
    if hinted:
        line, column, remedy = hinted
    return RuleError(message, _inside(path, lines, line, column), remedy)


def _complaint(problem: str) -> tuple[str, str, bool]:
    for part, message, remedy, where_opened in _PROBLEMS:
        if part in problem:
            return message, remedy, where_opened
    detail = f":{shown(problem)}" if problem else ""
    return f"YAML 写法有误{detail}", "检查这一行的缩进、冒号、引号和括号", False


def _trap(lines: list[str], first: int, last: int) -> tuple[int, int, str] | None:
    for number in range(last, first - 1, -1):
        if number <= len(lines):
            column, remedy = line_hint(lines[number - 1])
            if column:
                return number, column, remedy
    return None


def _inside(path: str, lines: list[str], line: int, column: int) -> Place:
    """The place, moved to the end of the last line with text if it lies past the end of the file."""
    if line > 1 and line >= len(lines) and not "".join(lines[line - 1 :]):
        last = max((number for number, each in enumerate(lines, 1) if each.strip()), default=1)
        return Place(path, last, len(lines[last - 1]) + 1)
    return Place(path, max(line, 1), max(column, 1))
