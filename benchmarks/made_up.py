"""Made-up documents for the benchmarks: the same ones for the same seed, from a small vocabulary."""

from __future__ import annotations

import random

from collectlint.document import Document, Turn

_OPENINGS = (
    "【青田银行】尊敬的客户",
    "您好，这里是青田银行信用卡中心",
    "【禾谷消费金融】王先生您好",
    "喂，您好，请问是本人吗",
    "明天下午开会吗",
    "快递放在门口了",
    "刚下班，在地铁上",
    "嗯，我知道了",
)
_PIECES = (
    *("您尾号6021的信用卡本期账单3,206.40元", "最后还款日为1月26日", "请按时还款", "如已还款请忽略"),
    *("如有困难请致电客服协商", "我行将依法维护权益", "您可以申请分期", "逾期信息将按规定报送征信系统"),
    *("请提前存入足额资金", "客服热线已为您登记", "我们不会联系您的家人和单位", "本次通话将被录音"),
    *("今天天气不错", "晚上一起吃饭", "孩子在学校等我", "我妈让我问你几点到家", "周末去看电影", "路上堵车"),
    *("法院的材料还没收到", "老师说明天交作业", "公司楼下新开了一家店", "钱我下个月发工资给你"),
    *("那个群里的消息你看了没有", "手机通讯录丢了", "警察在路口查车", "别着急慢慢来", "你什么意思"),
    *("我没钱，过两天再说", "能不能宽限几天", "上个月不是刚还过吗", "你们不要再打了", "我在上班不方便"),
    *("麻烦您核对一下", "好的", "对", "谢谢", "再见", "嗯嗯", "是的没错", "我想想办法"),
)
_BAD = (
    "再不还钱就爆你通讯录",
    "你这个老赖要不要脸",
    "今天不处理我们就去你单位找你领导",
    "你家人住哪我们都知道",
    "不还就等着坐牢吧",
    "让你全村都知道你欠钱",
)
_BAD_SHARE = 0.05


def _said(rng: random.Random, pieces: int, bad: float) -> str:
    parts = [rng.choice(_OPENINGS)] + [rng.choice(_PIECES) for _ in range(pieces)]
    if rng.random() < bad:
        parts.append(rng.choice(_BAD))
    return "，".join(parts) + "。"


def messages(number: int, seed: int = 1, bad: float = _BAD_SHARE) -> list[Document]:
    """SMS of 20 to 80 characters, the share `bad` of them violating."""
    rng = random.Random(seed)
    return [
        Document(f"m{which}", (Turn("agent", _said(rng, rng.randint(1, 6), bad)),)) for which in range(number)
    ]


def transcripts(number: int, seed: int = 2, bad: float = _BAD_SHARE) -> list[Document]:
    """Calls of 10 to 40 turns, the share `bad` of all turns violating."""
    rng = random.Random(seed)
    out = []
    for which in range(number):
        turns = tuple(
            Turn("debtor" if turn % 2 else "agent", _said(rng, rng.randint(0, 3), bad))
            for turn in range(rng.randint(10, 40))
        )
        out.append(Document(f"t{which}", turns, channel="call", kind="transcript"))
    return out


_NOTICES = (
    "【青田银行】尊敬的{name}，您尾号{tail}的信用卡本期账单{amount}元，最后还款日{month}月{day}日，如已还款请忽略。",
    "【青田银行】您于{month}月{day}日还款{amount}元已入账，感谢您的使用。",
    "【禾谷消费金融】{name}您好，您的借款将于{month}月{day}日到期，应还{amount}元，请提前存入足额资金。",
    "【禾谷消费金融】您本月{day}日的分期已扣款成功，剩余本金{amount}元，详询客服热线。",
    "【远山小贷】{name}，您的账单已逾期，请尽快还款；如有困难可致电客服，协商个性化分期方案。",
    "【远山小贷】您申请的分期已通过审核，每期{amount}元，首期还款日{month}月{day}日。",
    "【青田银行】您尾号{tail}的储蓄卡{month}月{day}日支出{amount}元，余额请登录手机银行查询。",
    "【青田银行】逾期信息将按规定报送征信系统，请您于{month}月{day}日前处理，谢谢配合。",
)
_ORDINARY = (
    "今天{day}点的会改到明天下午，资料我放在你桌上了。",
    "妈，我{month}月{day}号回家，车票买好了，不用来接。",
    "快递到了，放在{tail}号柜子，取件码{tail}。",
    "晚上一起吃饭吧，我订了{day}号楼下那家火锅。",
    "孩子的作业老师说下周{day}号交，你帮他看看。",
    "这个月的水电费{amount}元，我已经转给你了。",
    "周末去爬山，早上{day}点在学校门口集合，记得带水。",
    "嗯，我知道了，路上堵车，可能晚到{day}分钟。",
    "您预约的{month}月{day}日上午的号已成功，请携带证件准时就诊。",
    "会员日全场八折，满{amount}元减{day}元，欢迎到店选购。",
    "刚下班，在地铁上，信号不好，回头打给你。",
    "照片发给你了，一共{day}张，挑好看的发朋友圈。",
)
_AGENT = (
    *("您好，这里是青田银行信用卡中心，请问是{name}吗？", "本次通话将被录音，方便和您核对一下身份吗？"),
    *("您尾号{tail}的信用卡{month}月账单{amount}元，目前还没有入账。", "请问是遇到什么困难了吗？"),
    *("理解您的情况，我帮您登记一下。", "您看{month}月{day}日之前能处理吗？", "好的，我给您备注一下。"),
    *("如果一次还清有压力，可以申请分期，每期大概{amount}元。", "具体以手机银行显示的为准。"),
    *(
        "还款之后不用回电，系统会自动更新。",
        "有疑问可以拨打卡片背面的客服电话。",
        "感谢您的接听，祝您生活愉快，再见。",
    ),
)
_DEBTOR = (
    *(
        "嗯，我是。",
        "对。",
        "好的。",
        "最近手头有点紧，工资还没发。",
        "我知道了，月底之前还。",
        "那个分期怎么办理？",
    ),
    *("上个月不是刚还过一笔吗？", "我在外面，听不太清。", "行，我{day}号发工资就还。", "利息怎么这么高啊？"),
    *("可以，那就分{day}期吧。", "没问题，谢谢。", "我用手机银行转可以吗？", "知道了，再见。"),
)
_VIOLATING = tuple(one + "，听见没有。" for one in _BAD)
_NAMES = ("王先生", "李女士", "陈先生", "周女士", "客户")


def _filled(rng: random.Random, template: str) -> str:
    return template.format(
        name=rng.choice(_NAMES),
        tail=f"{rng.randrange(10_000):04}",
        amount=f"{rng.randrange(10_000, 2_000_000) / 100:,.2f}",
        month=rng.randint(1, 12),
        day=rng.randint(2, 28),
    )


def notices(number: int, seed: int = 3, bad: float = 0.0, ordinary: float = 0.5) -> list[Document]:
    """SMS of a lender and between people, the share `bad` of them violating, clean otherwise."""
    rng = random.Random(seed)
    out = []
    for which in range(number):
        some = _VIOLATING if rng.random() < bad else _ORDINARY if rng.random() < ordinary else _NOTICES
        out.append(Document(f"s{which}", (Turn("agent", _filled(rng, rng.choice(some))),)))
    return out


def calls(number: int, seed: int = 4, bad: float = 0.0) -> list[Document]:
    """Proper calls of 12 to 40 turns; in the share `bad` of them one turn violates."""
    rng = random.Random(seed)
    out = []
    for which in range(number):
        turns = [
            Turn("debtor" if turn % 2 else "agent", _filled(rng, rng.choice(_DEBTOR if turn % 2 else _AGENT)))
            for turn in range(rng.randint(12, 40))
        ]
        if rng.random() < bad:
            turns[2 * rng.randrange(len(turns) // 2)] = Turn("agent", rng.choice(_VIOLATING))
        out.append(Document(f"c{which}", tuple(turns), channel="call", kind="transcript"))
    return out


def templates(number: int, seed: int = 5) -> list[Document]:
    """Templates of notices, with variables."""
    rng = random.Random(seed)
    names = {
        "name": "${name}",
        "tail": "${tail}",
        "amount": "${amount}",
        "month": "${month}",
        "day": "${day}",
    }
    texts = [rng.choice(_NOTICES).format(**names) for _ in range(number)]
    return [
        Document(f"p{which}", (Turn("agent", text),), kind="template") for which, text in enumerate(texts)
    ]


def traditional(documents: list[Document]) -> list[Document]:
    """The same documents in traditional characters, by OpenCC's s2t."""
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    return [
        one._replace(turns=tuple(turn._replace(text=convert(turn.text)) for turn in one.turns))
        for one in documents
    ]


def megabytes(documents: list[Document]) -> float:
    """Size of what is said, in 10^6 bytes of UTF-8."""
    return sum(len(turn.text.encode()) for one in documents for turn in one.turns) / 1e6
