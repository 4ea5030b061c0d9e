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


def megabytes(documents: list[Document]) -> float:
    """Size of what is said, in 10^6 bytes of UTF-8."""
    return sum(len(turn.text.encode()) for one in documents for turn in one.turns) / 1e6
