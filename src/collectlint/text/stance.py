"""Whether words are meant: asserted, negated, forbidden, reported or only supposed.

Cues open scopes; a phrase inside a scope takes its stance. What looks like a negation but carries
a threat (不会放过你, 别以为我们不敢, 不是吓唬你, 不能保证他们做什么) opens no scope. All patterns work on
folded, compact text. Recall of the whole tool rests on the *exceptions* here, precision on the cues.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from collectlint.lazy import lazily


class Stance(StrEnum):
    """How a phrase is meant."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    FORBIDDEN = "forbidden"
    REPORTED = "reported"
    SUPPOSED = "supposed"


class Scope(NamedTuple):
    """Half-open stretch of text in which `stance` holds; `cue` is where its cue stands."""

    start: int
    end: int
    stance: Stance
    cue: tuple[int, int]


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


# -- negation -----------------------------------------------------------------------------------
_NOT_AFTER_WILL = (  # 不会 + these promises that it goes on: no negation
    r"(?!停|放过|放弃|罢|算了|就这么|就这样|这么算|客气|手软|善|只|光|仅|单|就此|轻|给你(?:机会|时间|面子|好脸|留|第二|好过|好日)|让你好|再给|再跟|再和|再等"
    r"|一直等|等你|等太|不|有好|好过|同你客气|就咁|放生|手软|收手|帮你|跟你|和你|同你)"
)
_NOT_AFTER_DONT = (  # 不要 + these turns to the debtor: 不要逼我, 不要以为我们不敢
    r"(?!逼|怪|以为|认为|觉得|当我|当作|让我|让我们|等我|等到|敬酒|给脸|后悔|再拖|到时|搞到|搞得|把事|把我|迫|话我|挑战|试|让事"
    r"|让你|让您|闹到|脸|连累|牵连|为难|因小|因为这|玩|耍|跟我|和我|同我|装|再装|躲|逃|心存|抱|侥幸)"
)
_NEGATION = lazily(
    _any(
        rf"(?:绝对|绝|决|从来|从|永远|并|都|也|均|概|一律|更|断)?(?<!会)不会(?:因此|因为|再|去|以任何|在|对|向|联系|主动)?{_NOT_AFTER_WILL}",
        r"(?<!有)没有(?!还|处理|办法|收到|接|按|履行|诚意|钱|足|及时|归|缴|结|付|偿|法律意识|责任|良心|人会|人能|人可以|人帮|那么|这么|第二次|下次|下一次|退路|选择|商量|余地)",
        r"(?:从来|从|绝|决|并)(?:没|未|不|无|非)(?:有|曾)?",
        r"(?<!逾期)(?<!如)(?<!若)(?<!仍)(?:尚未|未曾|未有)(?!还|归|处理|结清|清偿|收到|按|能|履行|缴|接|付|偿|及时|来电|回)",
        r"不再(?!给|跟|和|等|同|宽|姑息|容忍|客气|通知|提醒|留)",
        r"不(?:向|委托|把|将)(?=[^,。!?]{2})|(?<!可)不可能(?!不|放过|放弃|就这|一直|再|等|让你|永远|总)|不做|不干|不允许发生",
        r"无意|无权|无须|无需|不需要|不必|毋须|并非|绝无|不存在|不支持|不涉及|不属于|不构成|不等于|不代表|不意味着",
        r"(?<![得能要会敢想是肯])不(?:会)?(?:进行|采取|使用|采用|实施|从事|参与|联系|打扰|骚扰|透露|泄露|公开|披露|影响|收取|接受|追究)(?!不)",
        r"(?<!恨)(?<!巴)(?<!怪)(?<!由)(?<!舍)(?<!使)(?<!顾)(?<!能)不能(?!不|怪|保证|确保|怨|再|等|一直|总|让你|控制|只|光|拖|解决|按|及时|还|就这|就此|处理)",
        rf"(?:唔会|唔系|唔可以|唔准|唔使|冇(?!办法|人|得|钱|诚意|胆|面|咁|下次|第二|嘢好)){_NOT_AFTER_WILL}",
    )
)
# 不是 negates the few words behind it only: 不是威胁你, 我们不是公安, 不是来骂你的
_NOT_BE = lazily(r"(?<!是)(?<!难道)(?<!还)(?:并|又|绝|可|也)?(?:不是|并非|非|唔系|唔系嚟)(?=[^,]{1,})")
_NOT_BE_LENGTH = 8
_NEGATION_STOP = lazily(
    r"[,;。!?\n…~]|否则|不然|要不|那就|就会|就要|就去|就得|就把|就让|但|可是|不过|而是|只能|只好|只会|我告诉|我跟你讲|我跟您讲|我同你讲|我话你知|你这个|你呢个|我们明天|我们今天|到时|马上|反而"
    r"|除非|直到|如果|要是"
)
_LIST_MARK = lazily(
    r"[、,](?=(?:也|更|亦|或|和|及|以及|并|并且|而且|且)?(?:不会|不得|不|绝不|没有|从不|未|无)|(?:以及|或者|或|和|及))"
)

# -- prohibition: policies, training, house rules -------------------------------------------------
_PROHIBITION = lazily(
    _any(
        r"(?<!恨)(?<!巴)(?<!怪)(?<!由)(?<!舍)(?<!使)(?<!顾)(?<!免)不得(?!不|已|了|而知|安|好)",
        r"严禁|严格禁止|禁止|禁绝|禁用|禁语|杜绝|零容忍|避免(?:使用|出现|采取|采用|任何|说|直接|以|在|向|对|因)|防止(?:出现|发生|员工|坐席|催收)",
        rf"(?:绝)?(?<!可)(?:不准|不许|不允许|不可以|不可(?!能|避|或|开交)|不应当|不应该|不应|不该|不宜|切勿|请勿|切莫|勿){_NOT_AFTER_DONT}",
        rf"(?:千万)?(?:不要|唔好|唔准|唔可以){_NOT_AFTER_DONT}(?:用|使用|说|讲|对|向|在|联系|透露|提|骂|威胁|恐吓|冒充|私自|擅自|随意|随便|以|打|给客户|同|跟客)",
        r"(?:坚决)?(?:反对|抵制|谴责|打击|查处|整治|拒绝)(?=.{0,4}(?:暴力|违规|非法|不当|软暴力|恶意|任何|一切|催收|骚扰|威胁))",
        r"(?:违规|违法|违反)(?:行为|话术|用语|表述|情形)(?:包括|如|例如|有)",
    )
)
_PROHIBITION_STOP = lazily(
    r"[;。!?\n]|(?:,|^)(?:可用|可改|改为|可说|换成|但|而应|应当|应(?!对)|可以|必须|否则|如果|如(?!以|用|威)|若|不过|我们(?!不|绝|也不)|我(?!们|司|行|公司)|你|您|今天|明天|现在|马上)|否则|不然"
)

# -- reported speech and complaints ---------------------------------------------------------------
_SAID = _any(
    "反映",
    "反应",
    "反馈",
    "投诉",
    "申诉",
    "提到",
    "提及",
    "表示",
    "声称",
    "诉称",
    "举报",
    "描述",
    "陈述",
    "控诉",
    "指控",
    "诉说",
    "所说",
    "说",
    "讲",
    "称",
    "话",
)
_REPORT = lazily(
    _any(
        r"(?:您|客户|客人|用户|投诉人|当事人|申诉人|来电人|消费者|顾客|有人|市民|群众|网友|借款人|持卡人|贵方|阁下|先生|女士|小姐|有人)"
        r"(?:刚才|刚刚|之前|此前|上次|昨天|前几天|来电|致电|在电话里|今天|曾|曾经|一直|多次|于|方才|啱啱|头先){0,2}"
        r"(?:反映|反应|反馈|投诉|申诉|提到|提及|表示|声称|诉称|举报|描述|陈述|控诉|指控|所说|所述|来信称|来电称|称|指(?=.{0,6}(?:我|员|同事|催)))",
        r"有人(?:说|讲|威胁|骂|冒充|自称|骚扰|恐吓|打电话说|跟您说|跟你说)(?!什么)",
        r"(?:您|你)(?:刚才|刚刚|之前|此前|上次|昨天|前几天|今天|话|啱啱|头先)?(?:说|讲|话)(?=.{0,8}(?:有人|催收|坐席|客服专员|外访员|业务员|之前|同事|员工|他们|昨天|上次|前几天|前天|接到|收到|被|那边|外包|上个|上一|我们.{0,4}(?:威胁|骂|骚扰|恐吓)|工作人员|专员))",
        r"(?:接到|收到|接获|受理|关于|针对|就)[^,。!?]{0,14}(?:投诉|反映|举报|申诉|反馈|来信|来电)",
        rf"(?:客户|债务人|用户|对方|客人|借款人|欠款人)(?:{_SAID}|问|骂|威胁|辱骂|恐吓|要求|如|若|情绪)",
        r"(?:他|她|对方|该号码|那个人|自称[^,。]{0,10}的人)(?:当时|居然|竟然|还)?(?:说|讲|威胁|骂)(?:我|过|要|如果|我要)(?=[^。!?]{0,40}(?:您|你)(?:说|讲|反映|投诉))",
    )
)
_REPORT_STOP = lazily(
    r"[。!?\n]|(?:,|;)(?:但是|但(?!凡)|不过|现在我(?!们已)|那我|今天你|我告诉|我跟你|可是你|要是你|你再|你要|不还)"
    # a script's own answer: 客户说要问律师,你就说:...
    r"|(?:,|;|→|\))(?:那)?(?:你|我|咱|坐席|专员)?(?:就|则|便|可以|可|统一|一律|即)?(?:说|答|回|回答|回复|讲|话|回一句|笑一下)(?=[,:\"])"
)
# The whole sentence is about a complaint: ... 的情况我们已经核实.
_COMPLAINT = lazily(
    r"(?:投诉|反映|所述|所说|所讲|说法|一事|情况|问题|行为|言论|经历|做法|话术|录音)[^。!?\n]{0,14}"
    r"(?:核实|记录|登记|调查|处理|升级|上报|转交|致歉|道歉|歉意|严肃|跟进|查证|处罚|追责|整改|核查|复核|回听|调听|反馈给|向您解释)"
)
_COMPLAINT_NEGATED = lazily(r"不处理|未处理|没处理|再不|拒不|逾期|欠款|还款")
_APOLOGY = lazily(
    r"(?:抱歉|道歉|致歉|对不起|不好意思|歉意|对唔住|见谅|唔好意思)[^。!?\n]{0,30}"
    r"(?:之前|此前|先前|上次|同事|员工|坐席|催收员|专员|外包|给您|对您|令您|让您|令阁下|令你|当时|昨天|前同事|该员)"
    r"|(?:之前|此前|先前|上次|同事|员工|坐席|催收员|专员|外包|给您|对您|令您|让您|该员|上个|那位|那个)[^。!?\n]{0,30}(?:抱歉|道歉|致歉|歉意|对唔住|对不起|不好意思|唔啱|是他不对|是她不对|是我们不对|不该这么说|不应该这样|说得不对|做得不对|不合规)"
)

# -- warnings against fraud and other people's deeds ------------------------------------------------
_WARNING = lazily(
    _any(
        r"(?:谨防|警惕|当心|防范|提防|慎防|提高警觉|严防|识别|揭露|留意)[^。!?\n]{0,16}(?:诈|骗|冒充|假冒|陷阱|仿冒|伪冒|不法)",
        r"(?<![你您])(?:均|都|一律|全|皆|全部|多半|很可能)(?:是|为|系|属|属于)?(?!涉嫌|构成)[^,。!?\n]{0,6}?(?<!涉嫌)(?<!构成)(?:诈骗(?!罪)|骗子|骗局|假冒|虚假信息|骗人|诈欺(?!罪)|伪冒)",
        r"(?<![你您])(?:必|必定|肯定|就|即|可能)(?:是|为|系)[^,。!?\n]{0,4}(?:诈骗(?:电话|短信|分子|团伙|信息|集团|手法)|骗子|骗局|假冒|虚假信息|骗人|伪冒)",
        r"(?:请勿|切勿|不要|千万别|勿|莫|请不要|唔好)(?:相信|轻信|听信|转账|点击|点选|汇款|理会|回应|透露|提供|随意|扫码|下载|信)",
        r"(?:有没有|是否有|是不是有|有无|可有|有冇)(?:人|谁|催收|同事|员工|工作人员|接到|收到|遇到|碰到)",
        r"(?:质检|检查|抽检|核查|考核|评分|打分|审核|自查|排查)[^。!?\n]{0,30}(?:是否|有无|有没有)",
        r"(?:如|若|倘|如果|假如|假若|要是|一旦|凡|凡是|当|遇到|接到|收到|发现|碰到)(?:您|你|阁下|客户|用户|再)?(?:有|遇|遇到|遇有|接到|接获|收到|发现|碰到|被)?[^。!?\n]{0,44}"
        r"(?:报警|举报|投诉|致电165|拨打165|拨打96110|拨打110|反诈|立即挂断|请挂断|请及时反馈|请与我行核实|请向我|可向我|可拨打|请立即联系客服|欢迎监督|请保留证据|保留录音|可以保留|请拒绝|有权拒绝|可以拒绝|请告诉我|告知我们|跟我说|请提供|请致电本|可以打|可打|请打|可致电|可以找我|请联系我)",
        r"(?:不是|并非|非|冒充|假冒|假借|仿冒|盗用|冒用|冒认)(?:是)?我(?:行|司|公司|们公司|们银行|社|会)",
        r"(?:有人|不法分子|骗徒|近日|近期|不法集团)[^。!?\n]{0,8}(?:冒用|冒认|冒充|假冒|自称|冒名)",
        r"(?:自称|冒称|假冒|冒充|佯称|谎称)[^。!?\n]{0,40}(?:诈骗|骗|报警|勿|不要|挂断|核实|警惕|小心|举报|165|不法)",
        r"(?:均|都|皆|一律)?(?:与|跟|同|和)我(?:行|司|公司|们|们公司|哋|社)(?:无关|没关系|没有关系|冇关系|没有任何关系)|非我(?:行|司)(?:所为|员工|授权)",
        r"(?:有权|可以|可)(?:向[^,。]{0,14})?(?:投诉|举报|拒绝|报警|申诉|提出异议)",
    )
)
# What staff who do it must expect; what we say we do not do, with the deed named first.
_DISCIPLINE = lazily(
    r"(?:员工|坐席|催收员|人员|专员|机构|外包|外访员|者|同事|任何人)[^。!?\n]{0,40}"
    r"(?:一经查实|一经发现|一旦发现|立即开除|开除|扣发|扣罚|予以处分|解除合作|解除合同|停岗|辞退|清退|扣绩效|扣分|严肃处理|严肃追责|移送公安|终止合作|按违规)"
    r"|(?:一经查实|一经发现|一旦发现|发现一起)[^。!?\n]{0,40}(?:开除|扣|处分|解除|停岗|辞退|清退|追责|处理|终止)"
)
_DISOWNED = lazily(
    r"(?:这种|这类|此类|那种|这样的|类似的|呢啲|咁嘅|这些)[^,。!?\n]{0,10}(?:事|情况|行为|做法|话|手段|方式|嘢)[^。!?\n]{0,14}"
    r"(?:不做|不会做|不干|不允许|没有|不会有|违规|不存在|禁止|不可能|不合规|不符合规定|不是我们|没关系|无关|不会发生|唔会做|唔做|不会的|是不对的|绝不)"
)
_DENIED_NEXT = lazily(r"\s*(?:不会的|没有的事|绝对不会|不可能的|不存在的|唔会㗎|没这回事|我们不会)")
# News, judgments, statutes, lectures about collection: nobody is collecting here.
_ABOUT = lazily(
    r"(?:记者|本报讯|据报道|据报导|警方通报|警方公布|被告人|典型案例|审理查明|犯罪集团|新闻稿"
    r"|依法查处|被查处|案例(?:一|二|三|分析|警示)|警示案例|本案(?=被告|中(?!心)|例|警示)|(?:经验|吸取|深刻|案例)教训|教训(?:深刻|总结|分析)|合规培训|培训教材|考试题|判断题|选择题|单选|多选|正确答案"
    # These are a collector's words too; they are news or law only where nobody is addressed.
    r"|^(?![^\n]*(?:您|你|台端|阁下|我司|我行|我们|我哋|本行|本公司|本中心|本署|本处))[^\n]*?"
    r"(?:第[一二三四五六七八九十百0-9]+条|涉案|获刑|犯罪嫌疑人|团伙|被判处|判处有期徒刑|检方|检察官起诉|被罚|罚款人民币|处罚决定))"
)

# -- rhetorical frames that undo a negation -----------------------------------------------------------
_RHETORIC = lazily(
    r"(?:别以为|不要以为|以为|难道|不信|谁说|当我们|当我|你看我们|你看我|睇下我|谂住|唔好以为|怕我们)[^,。!?]{0,8}$"
)
_DOUBLE = lazily(r"^(?:不|没|未|无|唔)")
_INSINUATION = lazily(r"(?:你|您|阁下)(?:也|都|应该|肯定|一定|总)?$")

_FORBIDDING = "(?:禁止|严禁|不得|不准|不许|不可|红线|违规|违法|禁用|禁语|禁忌|禁区|雷区|负面|反面|错误|不当|不能说|不可以|不能|扣分项|零容忍)"
_HEADING = lazily(
    rf"^[^\n]{{0,30}}{_FORBIDDING}[^\n。!?]{{0,24}}:$"
    rf"|^[^\n。!?,]{{0,16}}{_FORBIDDING}[^\n。!?,]{{0,12}}"
    r"(?:行为|用语|话术|事项|清单|红线|规定|要求|语言|示范|表述|情形|案例|示例|词汇|词|语|例|项)$"
)
_ITEM = lazily(r"^\s*(?:[-*•·●○▪◦]|\(?[0-9一二三四五六七八九十]{1,2}[).、:]|[×✗✘❌x])")


def sentence_scopes(text: str, low: int, high: int) -> list[Scope]:
    """The scopes that cues inside the sentence `text[low:high]` open (positions in `text`)."""
    scopes: list[Scope] = []
    whole = text[low:high]
    if _DENIED_NEXT.match(text, high):
        scopes.append(Scope(low, high, Stance.NEGATED, (high, high)))
    for pattern, stance in (
        (_DISCIPLINE, Stance.FORBIDDEN),
        (_DISOWNED, Stance.NEGATED),
        (_WARNING, Stance.SUPPOSED),
        (_APOLOGY, Stance.REPORTED),
        (_ABOUT, Stance.REPORTED),
    ):
        match = pattern.search(whole)
        if match:
            scopes.append(Scope(low, high, stance, (low + match.start(), low + match.start())))
    match = _COMPLAINT.search(whole)
    if match and not _COMPLAINT_NEGATED.search(match.group()):
        scopes.append(Scope(low, high, Stance.REPORTED, (low + match.start(), low + match.start())))
    for match in _REPORT.finditer(text, low, high):
        stop = _REPORT_STOP.search(text, match.end(), high)
        scopes.append(Scope(match.start(), stop.start() if stop else high, Stance.REPORTED, match.span()))
    for match in _PROHIBITION.finditer(text, low, high):
        stop = _PROHIBITION_STOP.search(text, match.end(), high)
        scopes.append(Scope(match.end(), stop.start() if stop else high, Stance.FORBIDDEN, match.span()))
    for match in _NEGATION.finditer(text, low, high):
        before, after = (
            text[max(low, match.start() - 12) : match.start()],
            text[match.end() : match.end() + 2],
        )
        if _RHETORIC.search(before) or _DOUBLE.match(after) or _INSINUATION.search(before):
            continue
        cue = (match.start(), match.start() + 1)
        scopes.append(Scope(cue[1], _negation_end(text, match.end(), high), Stance.NEGATED, cue))
    for match in _NOT_BE.finditer(text, low, high):
        if _RHETORIC.search(text[max(low, match.start() - 12) : match.start()]):
            continue
        end = min(_negation_end(text, match.end(), high), match.end() + _NOT_BE_LENGTH)
        scopes.append(Scope(match.end(), end, Stance.NEGATED, match.span()))
    return scopes


def _negation_end(text: str, start: int, high: int) -> int:
    """Where a negation that begins at `start` ends: at its clause, but on through a list."""
    position = start
    while True:
        stop = _NEGATION_STOP.search(text, position, high)
        if stop and stop.start() == start and stop.group() == "马上":  # 不会马上起诉
            stop = _NEGATION_STOP.search(text, stop.end(), high)
        end = stop.start() if stop else high
        if stop and stop.group() == "," and _LIST_MARK.match(text, end):
            position = end + 1
            continue
        if end - start > 24 and "、" not in text[start:end]:
            end = start + 24
        return end


def listed_under_prohibition(lines: list[str]) -> list[bool]:
    """For each line of a script: does it stand in a list under a heading that forbids?

    A list ends at a blank line, at a new heading (a short line ending in a colon, or a line
    that is no list item after list items).
    """
    flags: list[bool] = []
    inside = False
    items = False
    for line in lines:
        stripped = line.strip()
        if _HEADING.match(stripped):
            inside, items = True, False
            flags.append(True)
            continue
        is_item = bool(_ITEM.match(stripped))
        if inside and (not stripped or (stripped.endswith(":") and not is_item) or (items and not is_item)):
            inside = False
        items = items or (inside and is_item)
        flags.append(inside)
    return flags


_QUOTES = lazily(r'"([^"\n]{2,80})"')
_QUOTE_CUE = lazily(
    r"(?:不得|严禁|禁止|不准|不要|不能|切勿|避免|杜绝|不可|违规|违法|骗|冒充|等话|等语|等字|之类|等表述|等措辞|等言|字眼|这种话|这类|类似|说法|投诉|反映|录音|听到|说过|所谓|并非|不是|不会|宣称|声称|冒用|冒认|的答复|的短信|此非|必须删|要删掉|一类|扣光|扣分|错误答|错误示|错误说|反例|反面|宣称|冒用|冒认|的短信|必须删|不含|等词|用语|呢类|词库|屏蔽|再讲|错误|反面|属于?恐吓|属恐吓|属于?威胁|属于?骚扰|属于?软暴力|属于?暴力|停线)"
)
# The words that a script gives staff to say come right behind these.
_ANSWER = lazily(
    r"(?<!不)(?<!不要)(?<!不得)(?<!不准)(?<!禁止)(?:统一答|一律说|一律答|一律回|统一说|授权用语|推荐用语|推荐话术|标准话术|参考话术|就答|答|就回|回答|回覆|答复|可改为|可用|可说|改为|改成|换成|改说|替换为|就说|就话|先报|施压点[一二三四]):?$|\":$"
)


def quotation_scopes(text: str, low: int, high: int) -> list[Scope]:
    """Quoted words in `text[low:high]` whose surroundings forbid or report them."""
    scopes = []
    for match in _QUOTES.finditer(text, low, high):
        line = text.rfind("\n", low, match.start()) + 1
        heading = text[max(text.rfind("\n", low, max(line - 1, low)) + 1, low) : line]
        if heading and '"' not in heading and len(heading) <= 40:  # a list of quotations under its heading
            line -= len(heading)
        before = text[max(low, match.start() - 60, line) : match.start()]
        after = text[match.end() : match.end() + 24].split("\n")[0]
        answer = _ANSWER.search(before)
        if answer:  # 客户说不是本人,答:"..." - the words to say, whatever was denied before
            before = before[answer.start() :]
        if _QUOTE_CUE.search(before + after if not answer else before + after[:8]):
            scopes.append(Scope(match.start(1), match.end(1), Stance.REPORTED, match.span()))
    return scopes
