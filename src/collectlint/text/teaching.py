"""Texts that teach how to talk: replacement tables, right and wrong examples, quizzes, lists of don'ts.

Their wrong halves quote what nobody may say. Only lines that show such a form count, and only in a
text with two of them, or one and a heading that announces it; the right halves stay asserted, for a script
that forbids a thing and then supplies its euphemism tells staff to do it.
"""

from __future__ import annotations

from collectlint.lazy import lazily
from collectlint.text.stance import Scope, Stance, listed_under_prohibition

_MARKS = "→⇒➔➜➡✓✔√✅☑⭕○✗✘✕×╳❌☒🚫"
_EXAMPLE = "(?:示范|示例|例句|例|句|话术|用语|说法|表述|回应|回答|答法|做法|版本|版)?"
_WRONG = lazily(
    r"\(x\)|[×╳✗✘✕❌☒🚫]"
    rf"|(?:错误|反例|反面|误|错|红|禁|禁用|禁语|不当|不可|违规|旧|原|原句|原话|改前|修改前|之前|衰){_EXAMPLE}(?::|(?=\"))"
    r"|(?:别|不|不要|不能|不可|不准|不得|勿|莫|唔|唔好|唔准|唔可以)(?:再)?(?:说|讲|问|写|话|用)(?:什么|咩)?:?(?=\")",
    cues=(*'×╳✗✘✕❌☒🚫:"', "(x)"),
)
_RIGHT = lazily(
    r"\([ov]\)|[○✓✔√✅☑⭕→⇒➔➜➡]|[=-]>"
    rf"|(?:正确|正例|正面|对|绿|推荐|建议|规范|合规|标准|新|改后|修改后|之后|靓){_EXAMPLE}(?::|(?=\"))"
    r"|(?:可|可以|应|应该|宜|请|就|改|要)?(?:说|讲|问|写|改为|改成|换成|替换为)(?::|(?=\"))",
    cues=(
        *"(→⇒➔➜➡○✓✔√✅☑⭕",
        "->",
        "=>",
        "正",
        "对",
        "绿",
        "推荐",
        "建议",
        "规范",
        "合规",
        "标准",
        "新",
        "改",
        "之后",
        "靓",
        "说",
        "讲",
        "问",
        "写",
        "换",
    ),
)
_ARROW = lazily(r"[→⇒➔➜➡]|[=-]>", cues=(*"→⇒➔➜➡", "->", "=>"))
_VERDICT = lazily(r"[(]\s*[×xX✗✘√✓✔oO对错]\s*[)]\s*|[(]\s*[)]\s*$|[×✗✘✕❌]\s*$", cues="(×✗✘✕❌")
_QUIZ = lazily(
    r"下列|以下哪|何者|哪[一个项句种]|判断题|选择题|单选|多选|考题|考古题|试题|测验|小测|答案|解析|对的打|错的打",
    cues=("下列", "以下哪", "何者", "哪", "题", "单选", "多选", "测", "答案", "解析", "打"),
)
_QUESTION = lazily(
    r"^\s*(?:q\s?[0-9]{1,2}|问[0-9一二三四五六七八九十]|第?[0-9一二三四五六七八九十]{1,3}题"
    r"|[(]?[a-d][)][.、 ]?|[a-d][.、]|答案|解析)"
)
_HEADING = lazily(
    r"替换|对照|说法|措辞|改写|整改|正误|小测|测验|考题|试题|考古题|题|禁语|换句话|红黄绿|测试集|培训|考核|好句|句子"
    r"|怎么说|点讲|这样说|十不|几不|不要做|话术手册|外访手册|红线",
    cues=(
        "替换",
        "对照",
        "说法",
        "措辞",
        "改写",
        "改",
        "误",
        "测",
        "题",
        "禁语",
        "换句",
        "红",
        "培训",
        "考核",
        "句",
        "说",
        "讲",
        "不",
        "手册",
    ),
)
# Deeds of the collecting side, denied line by line: 不提小孩; 不贴条; 不骂人.
_DENIED = lazily(
    r"^\s*(?:[-*•·]|[(]?[0-9一二三四五六七八九十]{1,2}[).、:])?\s*(?:绝|决|从)?(?:不|莫|勿|唔|别)(?:得|准|许|要|可|能|可以)?"
    r"(?:提|讲|说|问|写|贴|泼|打|骂|碰|进|入|坐|站|跟|催|逼|吓|留|传|发|寄|找|去|上|收|拍|查|翻|堵|守|敲|喊|扮|冒|用|拿|泄|透|威|恐|骚|代|借|承诺|私|向|对|以|把)",
    cues="不莫勿唔别",
)
# A column of a table (`| 不说 | 改说 |`) whose cells are not to be said.
_WRONG_COLUMN = lazily(
    r"^(?:[×✗✘✕❌☒🚫]|(?:请|绝)?(?:不|别|勿|莫|唔)(?:再|要|好|能|可|可以|得|准|许|应|当)?(?:说|讲|写|用|问|出现)?(?:的|什么|咩)?(?:话|词|句|用语|话术)?$"
    rf"|(?:错误|反例|反面|误|错|禁用|禁止|禁语|禁|不当|违规|旧|原|改前|修改前|之前|以前|过去|衰){_EXAMPLE})",
    cues=(*"×✗✘✕❌☒🚫不别勿莫唔错误反禁旧原前衰", "违规", "过去"),
)
_LEAST_SHOWN = 2
_LEAST_DENIED = 3


def teaching_scopes(text: str) -> list[Scope]:
    """What the lines of a text that teaches forbid or quote, in order of place."""
    found: list[Scope] = []
    denied: list[Scope] = []
    shown = 0  # lines that show such a form
    position = 0
    quiz = _QUIZ.search(text) is not None
    column = -1  # of the table that the line belongs to
    said_lines = text.split("\n")
    alone = len(said_lines) == 1  # neither a list nor a heading
    for number, said in enumerate(said_lines):
        end = position + len(said)
        cells = _cells(said, position)
        if column < 0:
            column = next((at for at, (one, two) in enumerate(cells) if _is_wrong(text[one:two])), -1)
            if column >= 0:
                shown += _LEAST_SHOWN
                position = end + 1
                continue
        elif column < len(cells):
            found.append(Scope(*cells[column], Stance.FORBIDDEN, (position, position)))
            position = end + 1
            continue
        else:
            column = -1
        if _VERDICT.search(said) or (quiz and _QUESTION.match(said)):
            scopes = [Scope(position, end, Stance.REPORTED, (position, position))]
        else:
            scopes = _scopes(text, position, end)
        if scopes:
            found.extend(scopes)
            shown += 2 if _is_pair(text, scopes[0], end) else 1
        elif _RIGHT.match(said):
            shown += 1
        elif not alone and _DENIED.match(said):
            denied.append(Scope(position, end, Stance.NEGATED, (position, position)))
        if not alone and number < 2 and len(said) <= 40 and _HEADING.search(said):
            shown += 1
        position = end + 1
    return (found if shown >= _LEAST_SHOWN else []) + (denied if len(denied) >= _LEAST_DENIED else [])


def _cells(said: str, position: int) -> list[tuple[int, int]]:
    """Start and end of each cell of a line that is a row of a table; none otherwise."""
    if said.count("|") < 1 or not (said.startswith("|") or said.count("|") == 1):
        return []
    cells: list[tuple[int, int]] = []
    start = position
    for cell in said.split("|"):
        if cell.strip() or cells:
            cells.append((start, start + len(cell)))
        start += len(cell) + 1
    return cells


def _is_wrong(heading: str) -> bool:
    return len(heading) <= 12 and _WRONG_COLUMN.search(heading.strip(' "')) is not None


def is_plainly_said(text: str, is_call: bool) -> bool:
    """Is nothing of a text (all turns, a line each) quoted, or forbidden by its form alone?"""
    if '"' in text:
        return False
    return is_call or not (any(listed_under_prohibition(text.split("\n"))) or teaching_scopes(text))


def _is_pair(text: str, scope: Scope, end: int) -> bool:
    """Is a right example in the same line as the wrong one?"""
    right = _RIGHT.match(text, scope.end, end) if scope.stance is Stance.FORBIDDEN else None
    return right is not None and _ARROW.match(text, scope.end, end) is None


def _scopes(text: str, start: int, end: int) -> list[Scope]:
    scopes = []
    position = start
    while (wrong := _WRONG.search(text, position, end)) is not None:
        right = _RIGHT.search(text, wrong.end(), end)
        stop = right.start() if right else end
        scopes.append(Scope(wrong.end(), stop, Stance.FORBIDDEN, wrong.span()))
        position = max(stop, wrong.end())
    if not scopes and (arrow := _ARROW.search(text, start, end)) is not None:
        scopes.append(Scope(start, arrow.start(), Stance.REPORTED, (arrow.start(), arrow.start())))
    return scopes
