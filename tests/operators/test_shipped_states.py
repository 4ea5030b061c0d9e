"""What the shipped states hear, in both scripts and three regions, and what only sounds like it."""

from __future__ import annotations

from functools import cache

import pytest

from collectlint.document import Document, Turn
from collectlint.operators.loading import load
from collectlint.operators.state import State
from collectlint.rulebook import folder
from collectlint.rulebook.reading import read_files
from collectlint.rulebook.rulebook import Rulebook
from collectlint.sight import looked_at

SPEAKERS = {"A": "agent", "D": "debtor", "T": "third_party", "U": "unknown", "S": "system"}
NAMES = (
    "identity-confirmed", "identity-asked", "not-the-debtor", "wrong-number", "minor-answers",
    "asked-to-stop", "asks-to-complain", "disputes-debt", "represented", "offers-to-pay", "ill", "bereaved",
    "suicidal", "told-before",
)  # fmt: skip
RULE = """
id: common/process/{name}
title: {name}
family: process
severity: info
basis: [{{source: house, clause: 口径, verified: weak}}]
message: 「{{matched}}」
remedy: 无
when: {{state: {name}}}
tests: {{hit: [x], miss: [x]}}
"""


@cache
def book() -> Rulebook:
    shipped = [
        (path, content)
        for path, content in folder.yaml_files(folder.shipped(), "")
        if path.startswith(("lexicon/", "states/")) or path == "sources.yaml"
    ]
    rules = [(f"common/process/{name}.yaml", RULE.format(name=name).encode()) for name in NAMES]
    found = read_files(shipped + rules, "rules")
    assert not found.errors, [str(error) for error in found.errors]
    return Rulebook.of(found.data)


def heard(*said: str) -> dict[str, list[str]]:
    """The states that come to hold, each with the words that bring it about."""
    turns = tuple(Turn(SPEAKERS[line[0]], line[2:]) for line in said)
    view = looked_at(Document("d", turns, channel="call", kind="transcript"), book())
    told = {}
    for rule in book().rules:
        operator = load(rule.data["when"])
        assert isinstance(operator, State)
        outcome = operator.check(view)
        if outcome.truth:
            told[rule.id.rpartition("/")[2]] = [view.text[hit.start : hit.end] for hit in outcome.hits]
    return told


HELD = [
    ("identity-confirmed", ["A:您好,请问您是张伟本人吗", "D:对我是"]),
    ("identity-confirmed", ["A:喂你好请问是蒋女士吗", "D:嗯是我,您哪位"]),
    ("identity-confirmed", ["A:請問是汪先生本人嗎?", "D:是,怎麼了"]),
    ("identity-confirmed", ["A:你好,請問係咪溫小姐本人呢", "D:係呀"]),
    ("identity-confirmed", ["A:麻烦报一下证件后四位", "D:7733"]),
    ("identity-confirmed", ["A:想同你對返信用卡尾四個字", "D:九九零三"]),
    ("identity-confirmed", ["A:請您報生日月日", "D:二月二十"]),
    ("identity-confirmed", ["A:请问是沈女士吗", "D:你说吧,什么事"]),
    ("identity-confirmed", ["A:請問是不是持卡人本人?是請按一", "S:按鍵1"]),
    ("identity-asked", ["A:請問係咪關生?"]),
    ("not-the-debtor", ["A:请问是张伟吗", "D:我不是他,我是他哥"]),
    ("not-the-debtor", ["A:請問是余小姐嗎", "T:不是,她去上早班了"]),
    ("not-the-debtor", ["A:喂,搵聶生", "T:佢沖緊涼,我係佢太太"]),
    ("not-the-debtor", ["A:您好找一下小柏", "D:他手机落家里了,我是他室友"]),
    ("not-the-debtor", ["A:您好", "T:我替他接的电话,有什么要转告"]),
    ("not-the-debtor", ["A:係咪麥太本人?", "D:唔係,佢出咗街"]),
    ("wrong-number", ["A:老许吗", "D:打错了"]),
    ("wrong-number", ["A:搵輝哥", "T:我唔識佢,冇呢個人"]),
    ("wrong-number", ["A:請問是馮先生嗎", "T:你打錯了啦,這支門號我上個月才辦的"]),
    ("wrong-number", ["A:请问是曾先生吗", "D:我不姓曾,这号码是我刚办的"]),
    ("wrong-number", ["A:请问是曾先生吗", "D:不认识"]),
    ("minor-answers", ["A:找你爸爸", "D:我爸爸去上班了,我在写作业"]),
    ("minor-answers", ["A:你阿媽呢", "T:我阿媽出咗去,我讀小四"]),
    ("minor-answers", ["A:請問大人在嗎", "T:我今年十歲"]),
    ("asked-to-stop", ["D:别再给我打电话了"]),
    ("asked-to-stop", ["D:我講咗唔好再打嚟"]),
    ("asked-to-stop", ["T:拜託不要再打來了好嗎"]),
    ("asked-to-stop", ["D:把我的号码从系统删掉"]),
    ("asked-to-stop", ["D:你们这是骚扰"]),
    ("asked-to-stop", ["D:以後有事寄信,不要再聯絡我"]),
    ("asks-to-complain", ["D:我要投诉你"]),
    ("asks-to-complain", ["D:你工號多少"]),
    ("asks-to-complain", ["D:叫你主管聽電話"]),
    ("asks-to-complain", ["D:投訴熱線係幾多"]),
    ("disputes-debt", ["D:我从来没借过你们的钱"]),
    ("disputes-debt", ["D:這張卡不是我辦的,是被冒用"]),
    ("disputes-debt", ["D:條數唔啱喎"]),
    ("disputes-debt", ["D:上个月就还清了"]),
    ("represented", ["D:我委托了律师,找我的律师谈"]),
    ("represented", ["D:我請咗律師跟進"]),
    ("represented", ["D:法扶律師在幫我處理"]),
    ("offers-to-pay", ["D:我下个月五号还"]),
    ("offers-to-pay", ["D:可唔可以分期"]),
    ("offers-to-pay", ["D:我領薪水就繳"]),
    ("ill", ["D:我在医院做透析"]),
    ("ill", ["D:我媽中風住加護病房"]),
    ("bereaved", ["D:我爸前天走了,在办丧事"]),
    ("bereaved", ["D:我阿媽啱啱過身"]),
    ("suicidal", ["D:我真的不想活了"]),
    ("suicidal", ["D:你哋係咪想逼死我"]),
    ("suicidal", ["D:我乾脆跳樓算了"]),
    ("told-before", ["T:这个月第五次了,我说了八遍"]),
]  # fmt: skip


@pytest.mark.parametrize(("state", "said"), HELD)
def test_a_state_is_heard(state: str, said: list[str]) -> None:
    assert state in heard(*said)


NOT_HELD = [
    ("identity-confirmed", ["A:请问是张伟吗", "D:不是,我是他哥"]),
    ("identity-confirmed", ["A:请问您是张伟的家人吗", "T:对,我是他妈妈"]),
    ("identity-confirmed", ["A:請問是汪先生嗎", "D:你哪位"]),
    ("identity-confirmed", ["A:您好,您的账单逾期了", "D:对不起,我忘了"]),
    ("identity-confirmed", ["D:是我妈让我问的", "A:好"]),
    ("not-the-debtor", ["A:请问是张伟吗", "D:是,不是说好月底吗"]),
    ("not-the-debtor", ["A:我不是他的家人,我是客服", "D:哦"]),
    ("wrong-number", ["D:你们算错了吧"]),
    ("wrong-number", ["A:您打错账户了", "D:啊"]),
    ("minor-answers", ["D:我爸爸住院了,我得照顾"]),
    ("minor-answers", ["D:我今年五十岁了"]),
    ("asked-to-stop", ["D:你们别再打我妈电话了"]),
    ("asked-to-stop", ["D:上班時間不要打電話到公司"]),
    ("asked-to-stop", ["A:不要再打了,我们系统会处理", "D:好"]),
    ("asks-to-complain", ["A:您可以打投诉电话是多少都行", "D:嗯"]),
    ("disputes-debt", ["D:我下个月还清"]),
    ("represented", ["D:我收到你们律师函了"]),
    ("represented", ["D:我没有律师,请不起"]),
    ("ill", ["D:我同事在医院上班"]),
    ("bereaved", ["D:他走了,不在公司"]),
    ("suicidal", ["D:这活真累死人了"]),
    ("told-before", ["D:我第一次借钱"]),
]  # fmt: skip


@pytest.mark.parametrize(("state", "said"), NOT_HELD)
def test_what_only_sounds_like_it_is_not(state: str, said: list[str]) -> None:
    assert state not in heard(*said)


def test_whoever_is_put_through_may_be_the_debtor() -> None:
    call = ("A:请问是张伟吗", "D:不是,我是他哥,我叫他来听", "D:喂,我是本人")
    assert {"not-the-debtor", "identity-confirmed"} <= set(heard(*call))
