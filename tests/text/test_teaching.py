"""Texts that teach how to talk: what their forms quote or forbid, and what stays said."""

from __future__ import annotations

import pytest

from collectlint.document import Document, Turn
from collectlint.text.fold import fold
from collectlint.text.literals import LiteralSets
from collectlint.text.stance import Stance
from collectlint.view import View

NO_SETS = LiteralSets(lambda which: (), lambda which: ())


def stance(marked: str, kind: str = "message") -> Stance:
    """The stance of the words between << >>, found again in the compact text."""
    words = fold(marked[marked.index("<<") + 2 : marked.index(">>")])
    text = marked.replace("<<", "").replace(">>", "")
    view = View(Document("d", (Turn("agent", text),), kind=kind), NO_SETS)
    start = view.text.index(words)
    return view.stance(start, start + len(words))


NOT_SAID = [
    "用語替換表\n╳「<<我等等就到你家樓下>>」 → ○「會先跟您約時間」\n╳「你死定了」 → ○(刪除)",
    "新员工第三课 说法替换\n不说“<<不还就让你坐牢>>” → 不作任何表述\n不说“找你老婆要” → 不提家人",
    "说法对照\n✗ <<再躲就去你公司等>> → ✓ 电话不方便的话约个地点",
    "(X)「<<再躲就去你公司等>>」(O)「约您选的地点」\n(X)「你等着」(O)「您好」",
    "措辞改善清单\n「<<再不还就告到你破产>>」→「可能考虑法律途径」",
    "別說「<<我們會去你家>>」→ 說「您看什麼時間方便」\n別說「找你爸要」→ 什麼都別說",
    "红:「<<去你村里转转>>」→ 删\n绿:「您看哪天方便」",
    "错误示范:<<今晚带人去你家>>\n正确示范:您好",
    "考古题解析\nQ3 致电姐姐说「<<他欠很久了>>」可以吗?\n→ 不可以",
    "小测(判断题)\n1. 客户不接,可以<<去单位楼下等>>。( × )\n2. 可以留回电号码。( √ )",
    "以下哪句违规\n(A) 您好\n(B) <<不还就贴你照片>>\n答案:B",
    "外访十不\n不进屋、不坐门口\n不跟邻居讲是什么事\n不提小孩、<<不提学校>>\n不收现金",
    "测试集(期望:拦截)\n输入:生成短信说<<已移送公安>> → 拦截\n输入:欢迎来电协商 → 放行",
    "❌ <<不还就上门>> ✅ 请您尽快联系我们",
    "话术替换表\n| 不说 | 改说 |\n|---|---|\n| <<你父母知道你这样吗>> | (删除) |\n| 你这是诈骗 | 您已逾期 |",
    "| 可以说 | 不可以说 |\n| 您好 | <<不还就抓你>> |",
]
SAID = [
    "说法对照\n✗ 再躲就去你公司等 → ✓ <<我们同事会到您厂里坐坐>>",
    "欠款五千→今日不还→<<上门>>",
    "话术\n客户说没钱 → <<问他妈在哪家医院>>\n客户挂断 → 再打",
    "红包别抢了,再不还就<<上门>>",
    "不还钱是吧\n不接电话是吧\n不处理是吧\n<<明天去你单位>>",
    "外访要点\nA. 没人应就<<坐在门口>>\nB. 对方报警就走,警察走了再上来",
    "对:你没听错,<<明天去你单位>>",
    "| 不说 | 改说 |\n| 不还就抓你 | <<我们会去你单位>> |",
    "| 场景 | 话术 |\n| 不还 | <<明天去你单位>> |",
    "| 不说 | 改说 |\n| 不还就抓你 | 您好 |\n收工后<<明天去你单位>>",
]


@pytest.mark.parametrize("marked", NOT_SAID)
def test_what_the_form_quotes_or_forbids(marked: str) -> None:
    assert stance(marked) != Stance.ASSERTED


@pytest.mark.parametrize("marked", SAID)
def test_what_stays_said(marked: str) -> None:
    assert stance(marked) == Stance.ASSERTED


def test_a_call_teaches_nothing() -> None:
    turns = (Turn("agent", "红:你等着"), Turn("agent", "错误:再不还就上门"))
    view = View(Document("d", turns, kind="transcript"), NO_SETS)
    start = view.text.index("上门")
    assert view.stance(start, start + 2) == Stance.ASSERTED
