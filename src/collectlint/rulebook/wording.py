"""Words about rules: what their scopes are called, and Hong Kong's wording from that of Taiwan."""

from __future__ import annotations

SCOPES = {
    "channels": "渠道",
    "kinds": "种类",
    "parties": "对象",
    "directions": "方向",
    "creditor_types": "债权人",
    "products": "产品",
    "speaker_roles": "坐席身份",
}
_PAIRS = (
    ("簡訊", "短訊"),
    ("網路", "網絡"),
    ("帳單", "賬單"),
    ("帳戶", "賬戶"),
    ("帳號", "賬號"),
    ("帳款", "賬款"),
    ("轉帳", "轉賬"),
    ("帳面", "賬面"),
    ("還帳", "還賬"),
    ("徵信", "信貸資料"),
    ("催收公司", "收債公司"),
    ("受託機構", "收債公司"),
    ("外部機構", "收債公司"),
    ("裡", "裏"),
    ("電信業者", "電訊商"),
    ("身分證", "身份證"),
    ("計程車", "的士"),
    ("資訊", "資料"),
    ("線上", "網上"),
    ("申訴", "投訴"),
    ("列印", "印出"),
    ("語音信箱", "留言信箱"),
)


def hong_kong(text: str) -> str:
    """The same text in the wording of Hong Kong; characters that both write alike stay."""
    for taiwan, hong_kong_ in _PAIRS:
        text = text.replace(taiwan, hong_kong_)
    return text
