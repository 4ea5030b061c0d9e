"""A made-up night for the audit: messages and calls with times, agents and teams, written line by line.

python benchmarks/night.py messages 1000000 messages.jsonl
python benchmarks/night.py transcripts 100000 calls.jsonl
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

SEED = 20_261_122
SHARE = 0.02  # of documents that violate
_ZONE = timezone(timedelta(hours=8))
_FIRST_DAY = datetime(2026, 11, 16, tzinfo=_ZONE)
_NAMES = "王李张刘陈杨赵黄周吴"
_MESSAGES = (
    "【青田银行】尊敬的{name}先生，您尾号{tail}的信用卡本期账单{amount}元，最后还款日为{day}日，如已还款请忽略。",
    "【禾谷消费金融】您好，您的账单{amount}元将于{day}日到期，请提前存入足额资金，客服热线95{hot}。",
    "【青田银行】{name}女士，您可登录手机银行查询账单明细，如有困难请致电客服95{hot}协商。",
    "【禾谷消费金融】感谢您的还款，本期已结清，祝您生活愉快。",
    "【顺达快递】您的包裹已放在门口，取件码{tail}，请及时领取。",
    "【青田银行】您尾号{tail}的账户于{day}日支出{amount}元，余额请登录手机银行查询。",
    "【市图书馆】您借阅的图书将于{day}日到期，请按时归还或在线续借。",
    "【禾谷消费金融】您申请的分期已办理成功，每期{amount}元，首期还款日为{day}日。",
)
_BAD_MESSAGES = (
    "再不还钱就爆你通讯录",
    "今天不处理我们就去你单位找你领导",
    "不还就等着坐牢吧",
    "让你全村都知道你欠钱",
    "你这个老赖要不要脸",
)
_AGENT = (
    "您好，这里是青田银行信用卡中心，工号{tail}，本次通话将被录音",
    "请问是{name}先生本人吗",
    "您本期账单{amount}元，最后还款日是{day}号",
    "您看什么时候方便处理一下",
    "如果资金周转有困难，可以申请分期",
    "好的，我帮您登记一下",
    "您可以在手机银行里操作还款",
    "请您按时还款，避免影响您的信用记录",
    "我行会依法维护权益，也会为您保密",
    "请问还有什么可以帮您的",
    "那我这边备注您{day}号处理",
    "感谢您的接听，祝您生活愉快，再见",
)
_DEBTOR = (
    "喂，你好",
    "嗯，我是",
    "我知道了，过两天发工资就还",
    "现在在上班，不太方便",
    "上个月不是刚还过吗",
    "能不能宽限几天",
    "可以分几期",
    "好的，谢谢",
    "嗯嗯",
    "我查一下再说",
    "最近手头有点紧",
    "行，那就这样，再见",
)
_BAD_SPEECH = (
    "你再不还我就把你的事告诉你同事和你老婆",
    "你这种老赖要不要脸",
    "明天就上门，让你邻居都看看",
    "不还钱就让警察来抓你",
    "我会一直打到你还为止，一天打一百个",
)


def _filled(rng: random.Random, form: str) -> str:
    return form.format(
        name=rng.choice(_NAMES),
        tail=rng.randint(1000, 9999),
        amount=f"{rng.randint(1, 30)},{rng.randint(100, 999)}.{rng.randint(0, 99):02}",
        day=rng.randint(1, 28),
        hot=rng.randint(100, 999),
    )


def _facts(rng: random.Random, which: int, channel: str) -> dict[str, Any]:
    # Working hours for nearly all, a few at night.
    hour = rng.randint(8, 20) if rng.random() < 0.995 else rng.choice((6, 7, 22, 23))
    begun = _FIRST_DAY + timedelta(
        days=rng.randrange(7), hours=hour, minutes=rng.randrange(60), seconds=rng.randrange(60)
    )
    agent = rng.randrange(200)
    return {
        "channel": channel,
        "started_at": begun.isoformat(),
        "debtor_id": f"d-{rng.randrange(400_000):06}",
        "agent_id": f"a-{agent:03}",
        "agency": f"团队{agent % 12 + 1}",
        "lender": "青田银行",
        "callee": f"h-{rng.randrange(400_000):06}",
        "creditor_type": "bank",
        "product": "credit_card",
        "speaker_role": "lender",
    }


def messages(number: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Short messages as native documents."""
    rng = random.Random(seed)
    for which in range(number):
        text = _filled(rng, rng.choice(_MESSAGES))
        if rng.random() < SHARE:
            text += rng.choice(_BAD_MESSAGES) + "。"
        yield {"id": f"m-{which:07}", "text": text, **_facts(rng, which, "sms")}


def transcripts(number: int, seed: int = SEED + 1) -> Iterator[dict[str, Any]]:
    """Calls of 15 to 40 turns as native documents."""
    rng = random.Random(seed)
    for which in range(number):
        turns = []
        count = rng.randint(15, 40)
        bad = rng.randrange(0, count, 2) if rng.random() < SHARE else -1
        at = 0.0
        for turn in range(count):
            agent = turn % 2 == 0
            spoken = _AGENT[turn // 2] if agent and turn < 4 else rng.choice(_AGENT[2:] if agent else _DEBTOR)
            text = _filled(rng, spoken)
            if turn == bad:
                text = rng.choice(_BAD_SPEECH)
            end = at + len(text) / 4.5
            turns.append(
                {
                    "speaker": "agent" if agent else "debtor",
                    "text": text,
                    "start": round(at, 1),
                    "end": round(end, 1),
                }
            )
            at = end + 0.3
        facts = _facts(rng, which, "call")
        yield {
            "id": f"c-{which:06}", "kind": "transcript", "direction": "outbound", "outcome": "effective",
            "turns": turns, **facts,
        }  # fmt: skip


def write(kind: str, number: int, path: str, seed: int | None = None) -> None:
    """One document a line; memory stays at one document."""
    make = {"messages": messages, "transcripts": transcripts}[kind]
    with open(path, "w", encoding="utf-8") as out:
        for one in make(number) if seed is None else make(number, seed):
            out.write(json.dumps(one, ensure_ascii=False) + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("messages", "transcripts"))
    parser.add_argument("number", type=int)
    parser.add_argument("path")
    given = parser.parse_args()
    write(given.kind, given.number, given.path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
