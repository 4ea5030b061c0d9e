"""Stance of the words between << >>: cues, their scope, and negation that carries a threat."""

from __future__ import annotations

import pytest

from collectlint.document import Document, Turn
from collectlint.text.literals import LiteralSets
from collectlint.text.stance import Stance
from collectlint.view import View

NO_SETS = LiteralSets(lambda which: (), lambda which: ())


def stance(marked: str, kind: str = "message") -> Stance:
    start = marked.index("<<")
    text = marked.replace("<<", "").replace(">>", "")
    end = marked.index(">>") - 2
    view = View(Document("d", (Turn("agent", text),), kind=kind), NO_SETS)
    assert len(view.text) == len(text)
    return view.stance(start, end)


ASSERTED = [
    "你不需要<<通知您太太>>吧,我们替您打",
    "不关我们的事,<<明天去你单位>>",
    "你不用担心我们找不到你,<<去你单位>>就行",
    "再不处理就<<带人去你家>>,你可能构成诈骗",
    "不用给我现金,直接<<转我微信>>",
    "再不还钱就<<爆你通讯录>>",
    "不还钱我们就<<上门堵你>>",
    "别以为我们不敢<<去你单位>>",
    "不是吓唬你,明天就<<去你单位>>",
    "你也不想<<让你爸妈知道>>吧",
    "我不敢保证他们会<<做出什么事>>",
    "我不能保证那帮人<<不去你家>>",
    "不要逼我<<去找你家人>>",
    "我们不会停止<<给你家人打电话>>",
    "没有还款的话<<上门>>",
    "你不处理就<<起诉>>",
    "不得不<<联系你的家人>>",
    "难道要我们<<去你学校>>",
    "今天不处理,我们不会放过你,<<全村都会知道>>",
    "您要是一直忙,我们只好<<找您领导聊聊>>",
    "再给你一天时间否则<<后果自负>>",
    "唔還錢就<<搵你屋企人>>",
    "你有没有想过<<你老婆知道>>会怎样",
    "天王老子都不能拦我<<去你单位>>",
    "不提前准备钱,我们就<<上门>>",
    "你不讲信用,我们就<<找你父母>>",
    "规定不可告诉邻居欠款,所以在门口就说<<他那条尾款>>",
    '客户说要投诉的,回"<<我们没有投诉渠道>>",然后继续报金额',
    "借了两万不还,全家都是骗子,<<照片贴村口>>",
    "谁都别想跑,<<上门>>见",
]
NEGATED = [
    "小额钱债唔关<<坐监>>事",
    "民事欠款不生<<逮捕>>问题",
    "哪有什么<<断手断脚>>,都是乱演",
    "您不需要<<向老板做任何说明>>",
    "我们只收公司户口,唔收职员<<个人转数快>>",
    "您不用担心会有人<<去您家>>",
    "唔使驚有人<<上你屋企貼紙>>",
    "不用<<给我现金>>",
    "欠款是民事,不涉<<刑责>>",
    "我们绝不会<<联系您的家人>>",
    "我们不会威胁、辱骂或<<骚扰您>>",
    "本行不会以任何方式<<公开您的信息>>",
    "我们从不<<上门催收>>",
    "我们没有<<联系过您的单位>>",
    "我哋唔會<<搵你屋企人>>",
    "这并非<<法院传票>>",
    "我不是<<公安局的>>",
    "我们公司不会<<给你家里人打电话>>的",
    "我司承诺不<<向第三方透露您的欠款信息>>",
    "不会马上<<起诉>>您",
    "尚未<<起诉>>",
    "<<上门骚扰>>这类事情我们不做",
    "<<去你单位闹>>?不会的,您放心",
    "不会联系您的家人,也不会<<联系您的单位>>",
    "<<我个人微信>>一分钱都不能收",
    "我们不提小孩、<<不提老人>>",
    "本公司外访人员不收现金、不收<<车马费>>",
    "您<<家里人>>我们一个都不会联系",
]
FORBIDDEN = [
    "在校门外<<派发欠债资料>>,均属严重过失",
    "<<站在门口不走>>也可能构成恐吓",
    "坐席<<冒充法院>>,已解除劳动合同",
    "唔好<<催佢签>>",
    "催收人员不得威胁、辱骂、<<恐吓客户>>",
    "严禁<<冒充公检法>>",
    "严禁使用威胁性语言,<<冒充公检法>>,泄露客户隐私",
    "禁止向第三人<<透露欠款信息>>",
    "请勿<<辱骂客户>>",
    "不准在电话里<<骂人>>",
    "员工一旦发现<<泄露客户信息>>,立即开除",
    "<<堵门泼漆>>、曝光隐私,一律禁止",
    "<<私下收款>>属于红线行为",
]
REPORTED = [
    "客户呛<<去你们公司泼漆>>,专员回应平稳",
    "debtor 说<<斩你全家>>,同事保持礼貌",
    "莫先生,你称有人<<喺你门口贴大字报>>,经查无关",
    '"<<不还就去坐坐>>"整句删除,无替代',
    '"<<你家小孩在哪读书>>"——这叫恐吓,不叫沟通',
    '以后别让我再听到这几句:\n"先还一点"\n"<<我们去找你儿子老师>>"',
    "近期民众陈情委外机构<<半夜致电>>",
    "近日有不明人士<<在业主群张贴欠款资料>>",
    "说某位理事开玩笑要人<<上台见证>>",
    "警拘三男,<<在门口淋红油>>",
    "一审依强制罪判四个月,<<在店里坐四小时>>",
    '甲说的"<<我替你父母着急>>"不合格',
    "您反映有人威胁<<爆您通讯录>>,我们已记录",
    "接到投诉称催收员<<骂人>>",
    "客户说如果再打电话他就<<去报警>>",
    "关于催收员<<威胁您家人>>的情况我们已经核实",
    "很抱歉之前同事<<骂了您>>",
    "您的意思是有人说要<<爆你通讯录>>对吗",
    "上个同事说<<要去你单位>>那是他不对",
    "有没有人<<威胁过您>>",
    "记者调查发现催收公司<<爆通讯录>>",
]
SUPPOSED = [
    "坊间流传<<欠财务会收楼>>并不正确",
    "如仍有人以本行名义<<声称已起诉>>,请即致电本组",
    "让你<<转到个人微信>>的,是骗子",
    "让您<<扫个人码>>的都不是我们",
    "假的会话<<你已被通缉>>,叫你过数",
    "如有人<<自称公检法>>要求转账,请立即报警",
    "凡是<<要求转账到私人账户>>的都是诈骗",
    "质检要点:是否<<威胁客户>>,是否冒充公检法",
    "任何以我行名义<<要求转账到个人账户>>的行为均与我行无关",
    "谨防不法分子<<冒充我行工作人员>>",
    "如果催收员<<辱骂您>>,您可以拨打客服热线投诉",
    "谁给您发<<个人收款码>>,您都别扫",
]


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        *((text, Stance.ASSERTED) for text in ASSERTED),
        *((text, Stance.NEGATED) for text in NEGATED),
        *((text, Stance.FORBIDDEN) for text in FORBIDDEN),
    ],
)
def test_direct_stances(marked: str, wanted: Stance) -> None:
    assert stance(marked) == wanted


@pytest.mark.parametrize("marked", [*REPORTED, *SUPPOSED])
def test_said_by_or_about_others(marked: str) -> None:
    assert stance(marked) != Stance.ASSERTED


def test_list_under_a_forbidding_heading() -> None:
    script = "禁止用语:\n1. 再不还就去你单位\n2. 你这个骗子\n\n开场白:\n您好"
    view = View(
        Document("d", (Turn("agent", script),), kind="script"),
        NO_SETS,
    )
    assert view.stance(script.index("去你单位"), script.index("去你单位") + 4) == Stance.FORBIDDEN
    assert view.stance(script.index("您好"), script.index("您好") + 2) == Stance.ASSERTED


def test_cue_inside_the_words_does_not_negate_them() -> None:
    assert stance("<<不会放过你>>的") == Stance.ASSERTED
