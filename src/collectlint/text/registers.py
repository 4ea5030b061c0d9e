"""Whole texts in which nobody is collecting: news, warnings, answers to complaints, rules for staff.

What such a text tells or lists is not said to a debtor, with or without quotation marks. One word proves
nothing: a register is recognised by words of several kinds together, and never where the text, outside
its quotations, makes a demand or hands out words to say.
"""

from collectlint.lazy import lazily
from collectlint.text.register_shape import OTHERWISE, OWING, PAY_NOW, Kind, Register, cues
from collectlint.text.staff_registers import STAFF
from collectlint.text.stance import Scope, Stance

_QUOTED = lazily(r'"[^"\n]{1,120}"')
_NEWS_WHO = lazily(
    r"警方|检方|检察官|地检|警署|重案组|派出所|民警|公安(?:机关|局)|法院|地院|法官|裁判官|裁判法院|法庭|警员|判决书|看守所",
    cues=cues("警 检方 检察 地检 重案 派出所 公安 法院 地院 法官 裁判 法庭 判决书 看守所"),
)
_NEWS_ACT = lazily(
    r"破获|捣破|捣毁|拘捕|抓获|落网|被捕|逮捕|起诉|提起公诉|声押|羁押|判处|判(?:监|刑|囚|[一二三四五六七八九十0-9]+[年月个])"
    r"|徒刑|获刑|提堂|再讯|搜查|查获|检获|侦办|列作|跟进|追缉|裁定|直斥|获准|罚锾|通报|处罚|通缉令",
    cues=cues(
        "破获 捣 捕 获 落网 起诉 公诉 押 判 徒刑 提堂 再讯 搜查 办 列作 跟进 追缉 裁定 斥 罚 通报 通缉"
    ),
)
_NEWS = Register(
    Stance.REPORTED,
    (
        Kind(
            _NEWS_WHO,
            1,
        ),
        Kind(
            _NEWS_ACT,
            2,
        ),
        Kind(
            lazily(
                r"涉嫌|嫌疑人|嫌犯|疑犯|被告|(?:男子|女子|男|女|汉)(?=受|因|涉|不满|三度|被|疑|,|在|将)|团伙|集团|窝点|受害人|被害|罪嫌|等罪|罪判|住户|民众|市民|街坊"
            ),
            2,
        ),
        Kind(
            lazily(
                r"[【\[(〔][^】\])〕\n]{0,8}(?:社会|地方|突发|法庭|要闻|快讯|新闻|报讯|港闻|本地|报导|报道|中心)[^】\])〕\n]{0,8}[】\])〕]"
                r"|本报讯|记者|综合报导|据悉|据介绍|消息指|提醒|呼吁|回应称"
            ),
            2,
        ),
    ),
    4,
    lazily(
        rf"{PAY_NOW}|{OTHERWISE}|你|您|阁下|台端|贵户|我司|我行|本行|本公司|我们|老赖|曝光|欠[^,。!?\n]{{0,6}}不还|拖欠[^,。!?\n]{{0,8}}(?:元|万|款)"
    ),
)
_FRAUD_WORD = lazily(
    r"防骗|反诈|防诈|谨防|慎防|消费者?提示|风险提示|此类(?:内容|短信|讯息|信息|电话)|骗徒|骗案|骗局|歹徒|不法分子|骗的|骗人|(?<![嫌款同卡成])诈骗(?!罪|犯|立案|案件|嫌疑)|(?<![你个是大老死])骗子|呃人|假冒|假扮|冒充|冒用|冒称|诈称|佯称|谎称|冒名|伪冒"
    r"|(?:扮|用)(?:本行|银行|我们|我哋|法院|公安)|(?:有人|骗徒|近日)[^,。!?\n]{0,6}扮"
    r"|(?:不是|并非|均非|唔系|不属于|非)(?:由)?(?:本行|我行|本公司|我公司|我司|我们|我哋|委外)(?:或委外公司)?(?:所|派|寄|发|传|员工|职员|的)"
    r"|(?:冇|没有|从未|未曾)[^,。!?\n]{0,8}(?:外判过|委托过|委外过|派过)|以[^,。!?\n]{0,16}名义(?:要求|收|索)|(?:这种|此类|这类)广告|打诈|假(?=㗎|嘅[,。!?])|遇到(?:这种|这类|此类|以上|类似)",
    cues=cues(
        "骗 诈 假 谨防 慎 提示 此类 称 歹徒 不法 呃 冒 扮 伪 用本行 用银行 用我 用法院 用公安 不是 并非 均非 唔系 属于 非 外判过 委托过 委外过 派过 名义 广告 遇到"
    ),
)
_FRAUD_ADVICE = lazily(
    r"防骗易|18222|(?<![0-9])(?:165|110|999)(?![0-9])|96110|12321|反诈中心|举报|检举|(?<![已经将会])报(?:警|咗|案)|截图|保留(?:原件|证据)|(?:致电|先|向)[^,。!?\n]{0,12}(?:核实|查证)|查证|查不到|(?:打|拨)12378|录音[,,]|取证|收线|cut线|警方呼吁|呼吁|挂断|挂掉|关掉"
    r"|(?:请勿|切勿|勿|不要|千万别|别|唔好|千祈唔好|记住)[^,。!?\n]{0,8}(?:转|点|汇|信|回覆|回复|理|开门|下载|透露|提供|过数|给|付)|别理|凡是",
    cues=cues(
        "防骗 18222 165 110 999 96110 12321 反诈 举报 检举 报警 报咗 报案 截图 保留 核实 查证 查不 12378 录音 取证 收线 cut 呼吁 挂 关掉 勿 不要 别 唔好 记住 凡是"
    ),
)
# Somebody else poses as us, or collects by foul means: how to tell, what to do.
_FRAUD = Register(
    Stance.REPORTED,
    (
        Kind(
            _FRAUD_WORD,
            2,
        ),
        Kind(
            _FRAUD_ADVICE,
            3,
        ),
        Kind(
            lazily(
                r"(?:本行|我行|我司|本公司|我们|我哋|真银行|银行|法院|警方|官方|公务机关|公家机关|政府机关|正规(?:金融|持牌)?(?:机构|公司|平台)|合法(?:的)?(?:债权人|公司|业者|机构)|署方|当局)(?:的)?[^,。!?\"\n]{0,6}(?:绝|从)?(?:不会|唔会|从不|从未|绝不|净系|没有|冇|无关|澄清)"
                r"|都是骗|均属|均为|全部系|均与"
            ),
            1,
        ),
        Kind(
            lazily(
                r"自称|声称|宣称|要你|叫你|让你|要您|叫您|让您|话你|吓你|吓唬你|说你|说您|三步曲|剧本|排行榜|话术"
            ),
            1,
        ),
    ),
    3,
    lazily(
        rf"{PAY_NOW}|{OWING}|(?:你|您)[^,。!?\n]{{0,4}}(?:骗子|老赖|诈骗犯)|已(?:向|被|由|经)?[^,。!?\n]{{0,8}}(?:立案|移送|移交|上网追逃)"
    ),
)
_NOTICE_TO = lazily(
    r"住户|业主|业户|租户|居民|同学们|家长|村民|街坊|单元门|同仁|各位同事|各位员工|有员工|前台",
    cues=cues("住户 业主 业户 租户 居民 同学 家长 村民 街坊 单元门 同仁 同事 员工 前台"),
)
_NOTICE_HELP = lazily(
    r"报(?:咗)?警|报案|(?<![0-9])(?:110|999)(?![0-9])|保安|警卫|保卫|物业|管理处|管理员|通知保全|民警|警方|派出所|管委会|监视器|调取?监控|紧急铃|统一回复|记录来电|老师",
    cues=cues(
        "报警 报咗警 报案 110 999 保安 警卫 保卫 物业 管理 保全 民警 警方 派出所 管委会 监视器 监控 紧急铃 统一回复 来电 老师"
    ),
)
# A house, a school or an office tells its own people about unwelcome visitors.
_NOTICE = Register(
    Stance.REPORTED,
    (
        Kind(_NOTICE_TO, 1),
        Kind(_NOTICE_HELP, 2),
        Kind(
            lazily(
                r"陌生|不明(?:男子|人士)|可疑|有人|近日|近期|最近有|昨晚|日前|留意|尾随|目击|声称|取下|发现|遭人|如遇|如见|恐吓|滋扰|骚扰|切勿|请勿|勿(?:代|透露)|唔好开门|有两个|有几个|徘徊|流连"
            ),
            3,
        ),
    ),
    4,
    lazily(
        rf"{PAY_NOW}|{OTHERWISE}|欠(?:款|钱|债|费|我|咗)|拖欠|积欠|债务人|失信|老赖|借款|督促|劝(?:他|她|其)|转告"
    ),
)
_COMPLAINT_WORD = lazily(
    r"投诉|申诉|陈情|来函|来信|留言|消费保|反映|检附|发帖|(?:您|你|阁下|台端|贵户)[^,。!?\n]{0,12}(?:指|称|提到|提及|话|截图|问)",
    cues=cues("投诉 申诉 陈情 来函 来信 留言 消费保 反映 检附 发帖 指 称 提 话 截图 问"),
)
_COMPLAINT_REMEDY = lazily(
    r"致歉|道歉|歉意|抱歉|对唔住|失误|疏失|我们的错|非常重视|极为重视|完全错"
    r"|终止(?:合约|与|该|委)|立即收回|收回委托|先行认列|停职|调离|解约|停呼|收回由|严肃处理|整改|申请下架|报警备案|交予警方|协助(?:清除|阁下|您|你|补交)|配合您|书面答复",
    cues=cues(
        "歉 对唔住 失误 疏失 的错 重视 全错 终止 停 调离 解约 收回 认列 严肃 整改 下架 备案 交予 协助 配合 书面"
    ),
)
_COMPLAINT = Register(
    Stance.REPORTED,
    (
        Kind(
            _COMPLAINT_WORD,
            2,
        ),
        Kind(
            _COMPLAINT_REMEDY,
            2,
        ),
        Kind(
            lazily(
                r"经查|调查|核查|查证|调听|翻查|翻听|回听|复听|核实|属实|确有其事|比对|查过|查到|录音|录影"
            ),
            2,
        ),
        Kind(lazily(r"暂停|豁免|减免|免收|开除|通报"), 1),
        Kind(
            lazily(
                r"(?:可|可以|得|仍可)(?:续行|向)[^,。!?\n]{0,16}(?:投诉|申诉|反映|检举)|感谢(?:阁下|您|你)|多谢(?:阁下|您|你)"
            ),
            1,
        ),
    ),
    3,
    lazily(
        rf"{PAY_NOW}|{OTHERWISE}|{OWING}(?!款无关)|还不上|仍未(?:还|清)|(?:到|去|在|至)(?:您|你|阁下|贵)[^,。!?\n]{{0,6}}(?:等|坐|找)|撤(?:诉|案|回(?:投诉|来信|申诉)|销(?:投诉|申诉))(?!为条件)|投诉(?:也)?(?:没|冇|无)用|再投诉|随便(?:你|您)?投诉|抄送(?:贵|您|你)"
    ),
)
_FICTION_WORD = lazily(
    r"影评|剧评|书评|戏中|镜头|片子|电影|电视剧|连续剧|港剧|套剧|追剧|剧情|剧里|小说|男主|女主|主角|演员|导演|结局|剧本杀|第[0-9一二三四五六七八九十]+集|首集|[那上下]集|编剧|第[0-9一二三四五六七八九十]+季|剧场|剧团|话剧|小剧场|港产片|本片|影片|黑色喜剧|podcast|播客|反派",
    cues=cues("评 戏中 镜头 片子 电影 剧 小说 主 演员 导演 结局 编剧 集 季 片 喜剧 cast 播客 反派"),
)
_FICTION_VIEW = lazily(
    r"演得|拍得|演技|好看|好睇|难睇|看了|睇咗|睇唔睇|追到|看到[^,。!?\n]{0,6}集|吓人|大快人心|推荐|剧透|超爽|玩家|扮演|真好|(?:像|似)真|终于|乱演|版友|首播|开播|首演|公演|公映|上映|加场|开画|早鸟票|学生票|门票|票价|退票|观影券|谢绝入场|连送爆谷|爆谷|收听|星级推介|上新|限免|打死也要追|[一二三四五]星(?:半)?|拍成|不宜儿童|观众|唏嘘",
    cues=cues(
        "演 拍得 好看 好睇 难睇 看了 睇 追到 看到 吓人 大快 推荐 剧透 超爽 玩家 扮演 真好 真 终于 版友 首播 开播 首演 公演 映 加场 开画 票 观影券 谢绝 爆谷 收听 推介 上新 限免 打死 星 拍成 不宜 观众 唏嘘"
    ),
)
_FICTION = Register(
    Stance.REPORTED,
    (Kind(_FICTION_WORD, 2), Kind(_FICTION_VIEW, 2)),
    3,
    lazily(rf"{PAY_NOW}|{OTHERWISE}|{OWING}|(?:还钱|欠我|你的账|你那笔)"),
)
_GRIEVANCE_FORM = lazily(
    r"(?:投诉|申诉)(?:人|内容|事由|缘由|事项|经过):|我(?:要|想|现在|现)(?:正式)?(?:投诉|申诉|检举|举报)|本人(?:现|谨|欲|要|想)(?:正式)?(?:作出)?(?:投诉|申诉|检举)"
    r"|我(?:会|将|就|只好|一定)(?:再)?(?:向|去|到)[^,。!?\n]{0,12}(?:陈情|投诉|申诉|检举|举报)",
    cues=cues("投诉 申诉 检举 举报 陈情"),
)
_GRIEVANCE_ASKS = lazily(
    r"我(?:录了音|有录音|(?:已经|已)?报(?:了|咗)?(?:警|咗警)|承认(?:逾期|欠)|没(?:有)?失联)|请(?:调|提供|查明|给我)[^,。!?\n]{0,8}(?:录音|姓名|纪录|记录|结果)"
    r"|要求贵(?:司|公司|行)|查清|书面(?:道歉|解释|回覆|回复|答覆|答复|说明)|正式回函|贵(?:司|公司|行)(?:人员|员工|职员|委外|外包|同事)|该员(?:姓名)?|我(?:要|需要)[^,。!?\n]{0,10}(?:书面|解释|交代|道歉)",
    cues=cues("录 报 承认 失联 请 要求贵 查清 书面 回函 贵 该员 解释 交代 道歉"),
)
# A debtor, or somebody near, complains in writing: what was done is told to the house that did it.
_GRIEVANCE = Register(
    Stance.REPORTED,
    (
        Kind(_GRIEVANCE_FORM, 2),
        Kind(_GRIEVANCE_ASKS, 3),
    ),
    3,
    lazily(
        rf"{PAY_NOW}|{OWING}|我司|我行|本行|本公司|撤(?:诉|案|回(?:投诉|申诉)|销(?:投诉|申诉))"
        r"|(?:他|她|佢|此人|债务人|客户)[^,。!?\n]{0,4}(?:欠|逾期|拖欠)|(?:收到|受理|处理)(?:您|你)的(?:投诉|申诉)"
    ),
)
_REGISTERS = (_GRIEVANCE, _NEWS, _FRAUD, _NOTICE, _COMPLAINT, _FICTION, *STAFF)


def register_scopes(text: str) -> list[Scope]:
    """One scope over the whole text for each register that it is written in."""
    found = []
    said: str | None = None
    for register in _REGISTERS:
        if not _is_shown(register, text):
            continue
        if said is None:
            said = _QUOTED.sub('""', text)
        if register.unless.search(said) is None:
            found.append(Scope(0, len(text), register.stance, (0, 0)))
    return found


def _is_shown(register: Register, text: str) -> bool:
    total = 0
    for number, kind in enumerate(register.kinds):
        different = len({match.group() for match in kind.words.finditer(text)})
        if number < 2 and not different:
            return False
        total += min(different, kind.most)
    return total >= register.least
