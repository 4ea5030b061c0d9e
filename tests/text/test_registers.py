"""Whole texts in which nobody collects, and texts that only look so."""

from __future__ import annotations

import pytest

from collectlint.document import Document, Turn
from collectlint.text.fold import fold
from collectlint.text.literals import LiteralSets
from collectlint.text.stance import Stance
from collectlint.view import View

NO_SETS = LiteralSets(lambda which: (), lambda which: ())


def stance(marked: str) -> Stance:
    """The stance of the words between << >>, found again in the compact text."""
    words = fold(marked[marked.index("<<") + 2 : marked.index(">>")])
    text = marked.replace("<<", "").replace(">>", "")
    view = View(Document("d", (Turn("agent", text),)), NO_SETS)
    start = view.text.index(words)
    return view.stance(start, start + len(words))


NOT_SAID = [
    "【质检周报】抽听一百通,零容忍一通:①<<让客户把钱转到个人支付宝>>。该坐席已解除劳动合同,请各主管宣读。",
    "本公司內部通告:有下列行為之一者停職:一、<<代收現金>>;二、半夜撥打。",
    "委外人員月考:是非題(一)可以<<改打給他導師>>。(×)(二)應改與律師聯繫。(○)",
    "【本报记者】坐在看守所里,他回忆当年<<一天打四百个电话>>。判决书显示,他因寻衅滋事获刑。",
    # news
    "【地方新闻】警方昨日捣毁一个催收窝点,抓获9人。该团伙<<往借款人门上泼漆>>,夜里敲门。",
    "本報訊 兩名男子涉嫌<<到債務人店舖淋紅油>>,今被判監八個月,裁判官斥其目無法紀。",
    "〔社會〕檢方起訴討債集團五人,被害人稱對方<<在校門口發傳單>>,地院裁定羈押。",
    # somebody poses as us
    "【反诈提醒】近日有人冒充我行,<<要求转到个人账户>>。请勿转账,可致电官方热线核实。",
    "防騙提示:騙徒話<<你已被通緝>>,叫你過數。收到請收線,打18222。本行唔會咁做。",
    "您截圖裡的LINE帳號並非本行所有。<<匯入個人帳戶>>的要求請勿理會,並撥打110。",
    "骗子三步:先说<<你账户要被冻结>>,再让你下载软件。别信,挂断,打96110。",
    # a house or a school warns its own people
    "致各住戶:近日有人於<<大堂張貼街招>>,管理處已報警,如見可疑人士請通知保安。",
    "各位家长:有陌生人在校门口自称来找人,<<跟着孩子走>>。请勿让孩子独自离校,遇到请报警。",
    # answers to complaints
    "李女士:您投诉坐席<<把欠条发到邻居群>>一事,经核查属实。我们深表歉意,该员已停职。",
    "閣下來函指職員<<於大堂張貼閣下相片>>,經調查屬實,本行謹致歉意,並已終止合約。",
    "您留言说被<<照片挂到评论区>>,我们非常重视,查实后将严肃处理,并书面答复您。",
    # rules for staff
    "质检通报:一号机<<说要爆通讯录>>,构成威胁,扣50分,停岗三天。",
    "红线清单\n<<堵门>>/泼漆/拉横幅\n冒充法院\n谁犯谁走人,组长处分",
    "新人小测\n主管叫你<<去学校门口拍照>>,你应该?甲照做 乙拒绝并上报\n答案:乙",
    "外判機構守則:職員如<<去客戶公司搵老細>>,即時解約;不得張貼任何單張。",
    "例會紀要:抽聽發現一通<<對母親說出欠款>>,屬嚴重違規,該員調離,A公司記點。",
    # choice papers
    "新人測驗\n1. 客戶的母親接聽,您應:(A) <<告訴她欠多少>> (B) 請她轉告回電\n答:B",
    "期末試題:下列何者可以說?(A) 我是法院的 (B) <<不還就去你公司坐>> (C) 可能依法聲請支付命令。答:C",
    # principals and ombudsmen about an agency
    "貴公司有下列情事:外訪員<<在門口貼紙條>>一件。以上均違反委外契約,請於七日內提出檢討報告。",
    "协处意见:申请人主张对方称<<叫兄弟去你店里捧场>>。相对人答辩否认。本处意见:逾越合理范围,建议相对人致歉。",
    "評議中心申訴週報:常見樣態為<<半夜來電>>、向家屬透露。以上為申訴人片面陳述,尚待查證。",
    # fiction
    "影評:戲中阿標<<提著紅油上樓>>,導演拍成笑話,三星半,暴力鏡頭不宜兒童。",
    "那部片子里收债的<<往门口泼红漆>>,演得太好了,看得人吓人。",
    # more rules for staff, more warnings
    "词库拦截表:<<抓你>>、坐牢、爆通讯录,命中即断句。",
    "关于某坐席<<爆通讯录>>事件的通报:性质恶劣,已解除劳动合同。",
    "審計發現:兩家機構仍寫<<聯絡您的公司>>,整改要求:即日停用並通報批評。",
    "各業戶:昨晚有人於<<走廊淋紅油>>,警方已到場,目擊者請聯絡管理處。",
    # a debtor complains in writing
    "我要投诉华信催收:前晚有人<<在我家楼下坐到半夜>>,还拍我妈。我已经报警,请提供该员姓名并书面答复。",
    "申訴人:我。貴公司人員說要<<把我照片貼到學校>>,我有錄音,請調錄音並正式回函,否則我會向金管會陳情。",
    # quality notes and checklists
    "品管側錄摘要:#5 專員對客戶<<問起她先生的公司>>,列重大缺失;#9 無缺失。",
    "出車前自問:封面看得出是<<催收>>嗎?管理員問起我只說送文件嗎?多講一句就是違規。",
    "QA note 11月:同事話<<識你仔間學校>>,construed as intimidation,zero tolerance。",
    # fiction announced
    "【剧场】《讨债人》第三季首播!<<堵门泼漆>>的大哥改行了,首集限免",
]
SAID = [
    "品管交代:側錄聽不到的才講,<<我們去他公司坐坐>>,業績好看",
    "我要投诉你?笑话,贵公司都知道你欠钱,<<照片发到你们群>>,尽快还款",
    "您的投诉我们收到了,该员没错,<<我们明天到您单位找您领导>>,请尽快还款",
    "月考前先把这几句背熟,照着念:<<明天去你单位>>(×别漏)",
    "新人考題不用背答案:照話術唸就好,(A) 客戶不接就<<打給他媽媽>>,學起來",
    "請限期改善您的還款紀錄:今日未還,<<明天去您公司找主管>>,否則後果自負",
    "培訓紀要(不外發,看完撕):客戶攔截也不怕,<<打兩聲就掛>>,換副卡再打",
    "【反诈中心】您涉嫌诈骗,已向公安报案,请勿失联,<<今天不还就抓人>>",
    "经核实您的贷款涉嫌诈骗,我司已报警,<<明天带民警上门>>,请于今日还清",
    "你就是个骗子,我已报警,<<照片发你们村群>>,别装死",
    "您的投诉我们收到了,很抱歉。再不撤诉,<<明天就去您单位>>。",
    "投诉没用,抱歉,<<我们会去你家等>>",
    "关于您来信:如您撤回投诉并结清,我们不会<<抄送>>,深表歉意;否则<<去您单位>>".replace("<<抄送>>", "抄送"),
    "晨会纪要:考核到人,漏打一通扣5分,违者走人。<<父母不接就打单位>>。",
    "合规小课:不准说找你单位。改:<<我们同事到贵司前台坐坐>>。违者扣分。",
    "质检只抽开头,红线词别碰,照下面念:<<您孩子放学那条路我们熟>>",
    "各位业主:3栋张某拖欠货款,近日<<我们会在大门口等他>>,物业已知。",
    "张某欠钱不还,已被法院列作失信人,街坊提醒他,<<照片贴在门口>>",
    "公安机关已破获多起案件,您的行为涉嫌犯罪,<<明日上门带人>>",
    "您反映的问题已核实,很抱歉。不过您欠的钱还不上,<<我们会去您家楼下等>>",
    "致歉函:抱歉。因您仍未还清,本司将<<通知您单位>>",
    "通报表扬:张强组<<把全家照发到家族群>>,回款率第一,各组学习,完不成罚款",
    "来电可协商减免,通话录音。不处理<<我们就找你爸妈>>",
]


@pytest.mark.parametrize("marked", NOT_SAID)
def test_nobody_collects_here(marked: str) -> None:
    assert stance(marked) != Stance.ASSERTED


@pytest.mark.parametrize("marked", SAID)
def test_what_only_looks_so(marked: str) -> None:
    assert stance(marked) == Stance.ASSERTED


def test_a_call_is_no_such_text() -> None:
    turns = (Turn("agent", "骗子很多,请报警,别信。再拖就去你家"), Turn("debtor", "好"))
    view = View(Document("d", turns, kind="transcript"), NO_SETS)
    start = view.text.index("去你家")
    assert view.stance(start, start + 3) == Stance.ASSERTED
