"""Greetings, excuses, thanks, wishes and fillers: words that come with any message and say nothing of it.

Who threatens politely still threatens; the second reader hears a text without them.
"""

from collections.abc import Iterable


def _disclaimers() -> str:
    """不是吓唬你 and its like: what follows is meant all the same."""
    negated = "不是 并不是 不是要 不是想 不是在 没有 没有要 没有在 没 并非 无意 唔系 唔系要 唔系想 冇 毋是"
    verbs = "吓 吓唬 威胁 恐吓 针对 为难 难为 得罪 冒犯 开玩笑 跟你开玩笑 跟您开玩笑 讲笑 同你讲笑 骗 呃"
    return " ".join(f"{no}{verb}" for no in negated.split() for verb in verbs.split())


def _by_first(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by their first character, longest first."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[0], []).append(word)
    return {first: tuple(sorted(some, key=len, reverse=True)) for first, some in found.items()}


# Folded: simplified characters, lower case, half-width marks.
_FILLERS = (
    "嗯 嗯嗯 呃 额 诶 欸 哎 唉 啊 哦 噢 喔 那个 这个 就是 就是说 那么 其实 反正 总之 怎么说呢 怎么讲"
    " 即系 咁 嗱 呢个 系咁"
)
_COURTESIES = (
    "您好 你好 妳好 你们好 您们好 大家好 喂 哈喽 哈罗 hello hi 早 早上好 早安 早晨 上午好 午安 中午好"
    " 下午好 晚上好 晚安 你早 您早"
    " 亲 亲亲 亲爱的 尊敬的 敬爱的 客户 用户 会员 贵客 贵宾 先生 女士 小姐 太太 朋友 大哥 大姐 阿姨 叔叔"
    " 不好意思 唔好意思 歹势 抱歉 对不起 对唔住 打扰 打搅 叨扰 冒昧 见谅 谅解 包涵 莫怪 劳驾 麻烦 有劳"
    " 费心 辛苦 耽误 占用 阻住 阻碍 唔好见怪"
    " 谢谢 谢啦 多谢 感谢 感恩 唔该 唔该晒 谢 配合 理解 支持 体谅 合作 协助 关照 接听 来电 惠顾"
    " 祝 祝福 生活愉快 工作顺利 工作愉快 身体健康 万事如意 一切顺利 阖家幸福 平安 顺心 愉快 吉祥 安好"
    " 天天开心 心想事成 好心情 周末愉快 节日快乐"
    " 说句实话 说实话 说真的 讲真 老实讲 老实说 坦白讲 坦白说 说句心里话 讲句实话 讲句老实话"
    " 没有别的意思 没别的意思 冇其他意思 没有恶意 无恶意 冇恶意"
    " 别误会 不要误会 请勿误会 唔好误会 别介意 请别介意 别紧张"
)
_WEAK = (
    "您 你 妳 你们 您们 我 我们 在此 再次 了 啦 喇 哈 呢 呀 吧 哟 嘞 咯 的 到 一下 很 非常 真的 真是 实在"
    " 十分 万分 请 对 又 先 跟 和 与 给 向 耐心 添 请多"
    " 一阵 一会 一会儿 片刻 时间 几分钟 一分钟 两句 几句 听我说 听我讲 说完 讲完"
    " 听我说完 听我讲完 阻 人 的意思"
)
_STRONG = f"{_COURTESIES} {_disclaimers()} {_FILLERS}"
_STRONG_BY_FIRST = _by_first(_STRONG.split())
_ANY_BY_FIRST = _by_first(f"{_STRONG} {_WEAK}".split())
_FILLER_BY_FIRST = _by_first(_FILLERS.split())
_MARKS = str.maketrans(dict.fromkeys(",.。!?;:、~…—-() \"'", "\n"))


def courtesies(text: str) -> list[tuple[int, int]]:
    """Where a folded text is courteous: half-open spans in order.

    They are pieces between marks that say nothing else, each with the mark behind it unless that opens what
    follows, and the fillers that others begin with.
    """
    pieces = text.translate(_MARKS).split("\n")
    if not any(piece[:1] in _ANY_BY_FIRST for piece in pieces):
        return []
    found: list[tuple[int, int]] = []
    position = 0
    for piece in pieces:
        end = position + len(piece)
        if piece[:1] in _ANY_BY_FIRST:
            if _is_courteous(piece) and not text.startswith("、", end):  # a list says more
                start = position
                if _ends_line(text, end) and start and (not found or found[-1][1] < start):
                    start -= 1  # the mark that led to it
                found.append((start, end if text.startswith(("(", '"'), end) else min(end + 1, len(text))))
            elif filled := _filled(piece):
                found.append((position, position + filled))
        position = end + 1
    return found


def _ends_line(text: str, position: int) -> bool:
    """Is there nothing but one mark between the position and the end of the line?"""
    return text[position : position + 1] in ("", "\n") or text[position + 1 : position + 2] in ("", "\n")


def without_courtesies(text: str) -> str:
    """A folded text without its `courtesies`."""
    kept = []
    position = 0
    for start, end in courtesies(text):
        kept.append(text[position:start])
        position = end
    return "".join((*kept, text[position:])) if position else text


def _is_courteous(piece: str) -> bool:
    """Is a piece without marks made of courtesies and small words alone?"""
    position = 0
    is_strong = False
    while position < len(piece):
        strong = _word_at(piece, position, _STRONG_BY_FIRST)
        length = strong or _word_at(piece, position, _ANY_BY_FIRST)
        if not length:
            return False
        is_strong = is_strong or bool(strong)
        position += length
    return is_strong


def _filled(piece: str) -> int:
    """How many code points of fillers a piece begins with."""
    position = 0
    while length := _word_at(piece, position, _FILLER_BY_FIRST):
        position += length
    return position


def _word_at(text: str, position: int, by_first: dict[str, tuple[str, ...]]) -> int:
    for word in by_first.get(text[position : position + 1], ()):
        if text.startswith(word, position):
            return len(word)
    return 0
