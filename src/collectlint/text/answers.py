"""Answers of the collecting side: to a complaint about others, to a question by denying it.

In a call the agent repeats what a complaining debtor was told, writes it down, advises to call the police,
or says no to "will you come to my office?". None of it is said as a threat.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from collectlint.lazy import lazily
from collectlint.text.stance import Scope, Stance

_COMPLAINED = lazily(
    r"投诉|申诉|威胁|恐吓|骚扰|骂|骗|有人|有个人|有间|别家|前天|上次|[你您]们?(?:的人|外包|外判|催收|同事|那边|哋啲人|请)|[你您]哋"
    r"|(?:他|她|佢|那人|对方|人家|网上)(?:[话讲说要叫仲]|跟我说|发)|凭什么|派纸|贴纸|短信|讯息|简讯|whatsapp",
    cues="诉胁恐骚骂骗有别前上你您他她佢那对人网凭派贴短讯简w",
)
_HANDLED = lazily(
    r"记录|记下|记低|记一下|建单|登记|调(?:那天的)?录音|录音(?:今天|封存|交)|调听|翻听|回听|核实(?!就)|核查|查吓|我哋查|会查|严肃处理|书面(?:答复|道歉)|抱歉|道歉|对唔住"
    r"|(?:请|可以|应该|即刻|马上|建议)(?:您|你)?[^,。!?\n]{0,6}(?:报警|报案)|打(?:999|110)|(?:不是|唔系|冇)(?:我们|我哋|本行|本公司)|停职|红线|不允许|唔允许|这种话|呢啲话|刑事恐吓|交给警方|终止合约|投诉专线|申诉专线",
    cues="记建登调录翻回核查严书歉对报打不唔冇停红这呢刑交终投申",
)
_ASKS_FOR_MONEY = lazily(
    r"再不|不还|唔还|还不还|否则|不然|[未没](?:见数|见到钱|处理|还|收到)|[前内](?:没|未)|今天(?:必须|之内|就要)|(?:马上|立即|赶紧|尽快|即刻)[^,。!?\n]{0,6}(?:还|缴|转|清|过数)|什么时候(?:还|能还)|几时还|投诉(?:也|都)?(?:没|冇|无)用|随便(?:你|您)?(?:投诉|报警)|别以为",
    cues="再不唔否未没今马立赶尽即什几诉随别",
)
_DENIES = lazily(
    r"(?:呃|嗯|啊|您放心|你放心|放心|先生|小姐|女士|太太|当然|梗系|绝对|肯定|那|[,。])*"
    r"(?:不会(?:的|打给|联系|有|去|来|影响)?|唔会|没有(?:没有|这回事|的事)|冇(?:呢回事|咁嘅事)|不是的|不需要|不用(?:的|担心)?|不可能(?:的)?)(?=[,。!吧㗎啦]|我|您|你|没)",
    cues=("不会", "唔会", "没有", "冇", "不是的", "不需要", "不用", "不可能"),
)
_TURNS = lazily(
    r"但(?:是)?|不过|如果|要是|否则|不然|再不|只会|只是|除非|前提|就要|只要|就(?:发|寄|去|找|打|上|叫|让)",
    cues="但不如要否再只除前就",
)
_ASKED = lazily(r"\?|吗|会不会|会唔会|是不是|系咪|有没有|真的")
_CONTRAST = lazily(
    r"但(?!凡)|不过|还是(?:会|要|得)|照样|一样(?:会|要|去)|归[^,。!?]{1,4},|先不(?:说|谈)",
    cues="但不还照一归先",
)
_QUOTED = lazily(r'"[^"\n]{1,120}"', cues='"')
_SENTENCE = lazily(r"[^。!?\n]+")
_EVERYDAY = frozenset(
    {
        "你们",
        "我们",
        "他们",
        "您们",
        "你哋",
        "我哋",
        "佢哋",
        "你的",
        "我的",
        "您的",
        "你个",
        "我个",
        "的人",
        "什么",
    }
    | {
        "不是",
        "是不",
        "一个",
        "没有",
        "还是",
        "可以",
        "就是",
        "这个",
        "那个",
        "怎么",
        "今天",
        "明天",
        "现在",
        "电话",
    }
    | {"知道", "欠钱", "还钱"}
)
REMEMBERED = 3  # turns of the other side that an answer may refer to


def answer_scopes(theirs: Sequence[str], said: str, start: int) -> list[Scope]:
    """What the turn `said`, which begins at `start`, answers to the last turns of the other side."""
    scopes: list[Scope] = []
    if not theirs:
        return scopes
    asks = _ASKS_FOR_MONEY.search(_QUOTED.sub('""', said))
    if not asks and _HANDLED.search(said) and any(_COMPLAINED.search(one) for one in theirs):
        scopes.extend(_handled(theirs, said, start))
    denial = _DENIES.match(said)
    if denial and not asks and _ASKED.search(theirs[-1]):
        turn = _TURNS.search(said, denial.end())
        end = turn.start() if turn else len(said)
        scopes.append(Scope(start, start + end, Stance.NEGATED, (start, start)))
    return scopes


def _handled(theirs: Sequence[str], said: str, start: int) -> Iterator[Scope]:
    """The sentences that take the complaint up: they repeat it, quote, or say what is done."""
    heard = {one[place : place + 2] for one in theirs for place in range(len(one) - 1)} - _EVERYDAY
    turn = _CONTRAST.search(said)
    for match in _SENTENCE.finditer(said, 0, turn.start() if turn else len(said)):
        low, high = match.span()
        pairs = {said[place : place + 2] for place in range(low, high - 1)}
        if _HANDLED.search(said, low, high) or '"' in said[low:high] or not heard.isdisjoint(pairs):
            yield Scope(start + low, start + high, Stance.REPORTED, (start + low, start + low))


_QUESTION_DENIED = lazily(
    r"[^\n。!?]*\?[\s\"]*(?:(?:答|a)\s*[:.]\s*)?"
    r"(?:(?:不会|唔会|不用|唔使|不需要|不可以|不能|不行|唔得|没有|不是的|不对|错|否)(?=[。,!的,(]|须|应)|银行(?:不会|唔应该))",
    cues="?",
)
_FAQ = lazily(
    r"常见问题|问答|faq|大家都在问|(?:可能|也许)?想问(?:的|几)|你问我答|帮助中心|(?:^|[\n。!?])\s*(?:答|a)[:.]",
    cues=("问", "faq", "帮助中心", "答:", "a:", "答.", "a."),
)
_QUESTION = lazily(r"[^\n。!?]*\?", cues="?")


def asked_questions(text: str) -> list[Scope]:
    """The questions of a written text that are there to be answered.

    All of them under a heading of questions and answers; else those that a no follows: `会坐牢吗?不会。`
    """
    pattern, stance = (
        (_QUESTION, Stance.REPORTED) if _FAQ.search(text) else (_QUESTION_DENIED, Stance.NEGATED)
    )
    return [
        Scope(match.start(), text.index("?", match.start()), stance, (match.start(), match.start()))
        for match in pattern.finditer(text)
    ]
