"""发送示例。"""


def run(phone, name):
    send_sms(
        f"【示例银行】{name}您好，您的账单已出，"
        "请按时还款。"
    )
    send_push("""您的还款已到账，
谢谢。""")
    send_sms("别给脸不要脸，\u4eca\u665a"
             '就去你家收账。')
    print("已发送")
