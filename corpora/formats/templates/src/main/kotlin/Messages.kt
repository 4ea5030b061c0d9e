package example

object Messages {
    const val dueText = "您好，您的账单已出，请按时还款。"
    val lateText: String = """
        您好，您的借款已逾期，
        请尽快联系我们。
    """.trimIndent()
    val badText = "你不还钱，\u5168\u5bb6都别想好过！"
    val debugText = "调试用：爆你通讯录"
}
