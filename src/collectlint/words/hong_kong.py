"""Hong Kong's wording from that of Taiwan."""

from __future__ import annotations

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
    ("報導", "報道"),
    ("詮釋資料", "元數據"),
    ("契約", "合約"),
    ("身分", "身份"),
    ("管道", "渠道"),
)


def hong_kong(text: str) -> str:
    """The same text in the wording of Hong Kong; characters that both write alike stay."""
    for taiwan, hong_kong_ in _PAIRS:
        text = text.replace(taiwan, hong_kong_)
    return text
