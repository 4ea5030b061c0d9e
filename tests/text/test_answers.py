"""What the agent answers to a complaint or a question; questions of leaflets."""

from __future__ import annotations

import pytest

from collectlint.document import Document, Turn
from collectlint.text.fold import fold
from collectlint.text.literals import LiteralSets
from collectlint.text.stance import Stance
from collectlint.view import View

NO_SETS = LiteralSets(lambda which: (), lambda which: ())

Call = tuple[tuple[str, str], ...]


def stance(*turns: tuple[str, str]) -> Stance:
    """The stance of the words between << >>; one turn alone is a written text."""
    marked = next(text for _, text in turns if "<<" in text)
    words = fold(marked[marked.index("<<") + 2 : marked.index(">>")])
    said = tuple(Turn(speaker, text.replace("<<", "").replace(">>", "")) for speaker, text in turns)
    document = Document("d", said, kind="transcript" if len(turns) > 1 else "message")
    view = View(document, NO_SETS)
    start = view.text.rindex(words)
    return view.stance(start, start + len(words))


NOT_SAID: list[Call] = [
    (
        ("debtor", "你们外包的人骂我"),
        ("agent", "先生非常抱歉我记一下骂您<<不要脸>>对吧我们马上调录音"),
    ),
    (
        ("debtor", "有人说要把我照片发出去"),
        ("agent", "明白,我记录:<<照片发到业主群>>,请问几号的事?"),
    ),
    (
        ("debtor", "琴日有個人話識得我個女返學條路"),
        ("agent", "呢啲係刑事恐嚇,請你即刻報警,同埋<<通知學校>>小心啲。"),
    ),
    (
        ("debtor", "你們會不會跑來我公司?"),
        ("agent", "不會的,我們連<<打去您公司>>都不會。"),
    ),
    (
        ("debtor", "还不上会坐牢吗,会影响我妹吗"),
        ("agent", "不会的。这是民事上的事,<<影响到您妹妹>>更谈不上。"),
    ),
    (
        ("debtor", "你哋會唔會搵人淋紅油?"),
        ("agent", "梗係唔會啦,<<淋紅油>>係犯法㗎。"),
    ),
    (
        ("debtor", "你哋上次個男人話唔還就潑紅油"),
        ("agent", "你話佢講「<<唔還就潑紅油>>」,我一字一句記低咗,建議你報警"),
    ),
    (("agent", "网点问答\n问:你们会<<通知我单位>>吗?\n答:银行只联系您本人。"),),
    (("agent", "会<<去我家>>吗?不会,我们只打您本人的电话。"),),
    (("agent", "1. 可以<<打给客户的同事>>吗?不可以,须有书面授权。"),),
]
SAID: list[Call] = [
    (("debtor", "我要投诉你们骂我"), ("agent", "随便投诉,我记下了,<<明天去你单位>>")),
    (("debtor", "你们威胁我"), ("agent", "你去投诉好了,我记下了,今天不还<<我就上门>>")),
    (("debtor", "你们会来我家吗?"), ("agent", "不会,但要是再拖,<<就去你家坐坐>>")),
    (("debtor", "会找我爸妈吗?"), ("agent", "不会的,最多就发张单子<<给你爸妈>>看看")),
    (("debtor", "我没钱"), ("agent", "不会吧,<<你爸妈家拆迁>>那么多钱")),
    (
        ("debtor", "我要申诉你们恐吓"),
        ("agent", "申诉我帮你记录,不过记录归记录,<<你爸那间房>>我们还是会去贴"),
    ),
    (
        ("debtor", "我投诉了你们"),
        ("agent", "投诉了就好,我记下了。<<你女儿放学那条路>>我们熟"),
    ),
    (("agent", "还想拖?没门,<<明天去你单位>>"),),
    (("agent", "要不要<<去你单位>>聊聊?你自己想"),),
]


@pytest.mark.parametrize("turns", NOT_SAID)
def test_an_answer_is_no_threat(turns: Call) -> None:
    assert stance(*turns) != Stance.ASSERTED


@pytest.mark.parametrize("turns", SAID)
def test_what_stays_said(turns: Call) -> None:
    assert stance(*turns) == Stance.ASSERTED
