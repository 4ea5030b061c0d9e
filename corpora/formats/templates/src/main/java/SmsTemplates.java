package example;

/** 短信模板。 */
public final class SmsTemplates {
    public static final String SMS_DUE = "【示例银行】" + "尊敬的%s，您的借款今日到期。";
    public static final String SMS_LATE = "【示例银行】尊敬的%s，您已逾期%d天，"
            + "请尽快还款。"; // 正常
    public static final String SMS_THREAT = "再不还款，\u6211\u4eec就" /* 待审 */
            + "爆你通讯录，让你朋友都知道。";
    public static final String SMS_BLOCK = """
            尊敬的${name}：
              您的账单已出。
            \"请勿泄露验证码\"
            """;
    public static final String SMS_BLOCK_BAD = """
            ${name}：
              今天不还钱，
            明天就去你学校 \
            找你老师。
            """;
    static final String LOG = "已发送短信";

    private SmsTemplates() {}
}
