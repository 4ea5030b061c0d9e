"""No report may carry a person's number, and no mask may move a span."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectlint import masks
from collectlint.document import Origin
from collectlint.finding import Evidence, Failure, Finding, NotEvaluated, Related, Report, Severity, Waived
from collectlint.redact import mask_name, mask_text, redact
from collectlint.scores import AgentScore, CallScore, Scores

SPOKEN = "零幺二三四五六七八九"
GAPS = ["", " ", "-", "－", "—", ".", "·", ",", "，", "、", " - ", "\u200b", "\u3000", "/", "🐶"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13800138000。", "电话138****8000。"),
        ("+86 138 0013 8000", "+86 138 **** 8000"),
        ("8613800138000", "86138****8000"),
        ("１３８００１３８０００", "１３８****８０００"),
        ("一三八零零幺三八零零零", "一三八****八零零零"),
        ("138OO138OOO", "138****8OOO"),
        ("010-62345678", "010-****5678"),
        ("0912-345-678", "09**-***-678"),
        ("+852 6123 4567", "+852 **** 4567"),
        ("请拨61234567", "请拨******67"),
        ("身份证11010519900307123X", "身份证**************123X"),
        ("110105 19900307 1234", "****** ******** 1234"),
        ("110105900307123", "***********7123"),
        ("卡号6222 0210 0110 1234 567", "卡号**** **** **** ***4 567"),
        ("A123456789", "A******789"),
        ("身份證A123456(3)", "身份證A******(*)"),
        ("AB987654(A)", "A*******(*)"),
        ("护照E12345678", "护照E******78"),
        ("zhang.san@163.com", "z****.***@163.com"),
        ("加微信zhangsan_88", "加微信zh******_**"),
        ("微信号：abcdefg", "微信号：ab*****"),
        ("QQ123456", "QQ12****"),
        ("解放路12号3栋2单元501室", "解放路**号*栋*单元***室"),
        ("忠孝東路四段100號5樓之3", "忠孝東路*段***號*樓之*"),
        ("京A12345", "京A*****"),
        ("粤B·D12345", "粤B·******"),
        ("京a12345", "京a*****"),
        ("微信号zzzzz", "微信号zz***"),
        ("解放路十号", "解放路*号"),
        ("車牌ABC-1234", "車牌AB*-****"),
        ("请联系张三先生", "请联系张*先生"),
        ("歐陽小明女士", "歐陽**女士"),
        ("姓名：李四，逾期", "姓名：李*，逾期"),
    ],
)
def test_personal_data_is_masked(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "拨打95588、12378、110或400-123-4567",
        "4001234567",
        "客服10086",
        "欠款12345678元",
        "1,234,567.89元",
        "本金¥1234567",
        "2026-03-02 22:10",
        "22:00-23:00",
        "2026年3月2日",
        "138****8000",
        "尾号1234",
        "张先生",
        "这位先生",
        "本月15号还款",
        "第37条第1款",
        "法释〔2020〕17号",
        "一个人一起二百五",
        "微信支付WeChat Pay",
        "我们不会爆您的通讯录",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert mask_text(text) == text


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("calls/13800138000_20260302221000.wav", "calls/138****8000_20260302221000.wav"),
        ("110105199003071233", "110105199003071233"),  # wrong check digit: a record number
        ("11010519491231002X", "**************002X"),
        ("tel13800138000", "tel138****8000"),
        ("张三先生.txt", "张*先生.txt"),
        ("c-001", "c-001"),
        ("1700000012345", "1700000012345"),
        ("1913912345678b0f00aa0f", "1913912345678b0f00aa0f"),
        ("550e8400-e29b-41d4-a716-413912345678", "550e8400-e29b-41d4-a716-413912345678"),
        ("4111111111111111.json", "************1111.json"),
    ],
)
def test_names_are_masked_only_where_the_form_is_personal(name: str, masked: str) -> None:
    assert mask_name(name) == masked


LOOSE = st.text(
    st.sampled_from("0123456789１３８①②零一二三八幺oOxXaA- ,.·、*()/@张王李先生女士路号京微信年月日:你")
    | st.characters(codec=None),
    max_size=60,
)


def long_digit_runs(text: str) -> list[str]:
    runs = re.findall(r"\d{7,}", text)
    return [run for run in runs if not re.fullmatch(r"[48]00\d{7}", unicodedata.normalize("NFKC", run))]


@settings(max_examples=200, deadline=None)
@given(LOOSE)
def test_masking_keeps_the_length_adds_only_stars_and_is_idempotent(text: str) -> None:
    for masked, again in (
        (mask_text(text), mask_text(mask_text(text))),
        (mask_text(text, True, True), mask_text(mask_text(text, True, True), True, True)),
        (mask_name(text), mask_name(mask_name(text))),
    ):
        assert len(masked) == len(text)
        assert all(new in (old, "*") for old, new in zip(text, masked, strict=True))
        assert again == masked


@settings(max_examples=200, deadline=None)
@given(LOOSE)
def test_no_run_of_seven_digits_survives(text: str) -> None:
    assert long_digit_runs(mask_text(text)) == []


@settings(max_examples=200, deadline=None)
@given(
    st.from_regex(r"1[3-9]\d{9}", fullmatch=True).filter(str.isascii),
    st.sampled_from(
        ["0123456789", "０１２３４５６７８９", SPOKEN, "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"]
    ),
    st.lists(st.sampled_from(GAPS), min_size=10, max_size=10)
    | st.sampled_from(GAPS).map(lambda gap: [gap] * 10),
    st.sampled_from(["", "打", "我的电话是", "A", "，", "+86", "0086 "]),
    st.sampled_from(["", "吧", "。", "转", "）"]),
)
def test_a_mobile_number_is_masked_in_every_spelling(
    number: str, style: str, gaps: list[str], before: str, after: str
) -> None:
    digits = [style[int(digit)] for digit in number]
    spelled = "".join(digit + gap for digit, gap in zip(digits, [*gaps, ""], strict=True))
    masked = mask_text(f"{before}{spelled}{after}")
    assert masked.count("*") >= 4
    left = sum(char in style or char.isdecimal() for char in masked) - sum(map(str.isdecimal, before))
    assert left <= 7


def test_a_number_cut_by_the_match_is_masked() -> None:
    report = redact(Report((finding("打13800138000", 1, 7),), (), (), 1))
    assert report.findings[0].matched == "138***"
    assert report.findings[0].message == "「138***」不当"


def test_a_number_cut_by_the_excerpt_is_masked() -> None:
    masked = redact(
        Report((finding("13800请还款", 5, 8)._replace(excerpt_start=6, start=11, end=14),), (), (), 1)
    )
    assert masked.findings[0].excerpt == "*****请还款"
    masked = redact(Report((finding("请还款13800", 0, 3),), (), (), 1))
    assert masked.findings[0].excerpt == "请还款*****"


@pytest.mark.parametrize("outside", [("", ""), ("前", "后")])
def test_an_excerpt_is_cut_at_both_ends_or_at_the_end_alone(outside: tuple[str, str]) -> None:
    first = finding("13800请还款13800", 5, 8)._replace(around=outside)
    assert [one.excerpt for one in redact(Report((first,), (), (), 1)).findings] == ["13800请还款*****"]
    later = first._replace(excerpt_start=6, start=11, end=14)
    (told,) = redact(Report((later,), (), (), 1)).findings
    assert told.excerpt == ("*****请还款*****")


def test_a_match_outside_the_excerpt_and_evidence_elsewhere_are_cut_at_both_ends() -> None:
    elsewhere = (Evidence(1, 0, 5, "13800,请"), Evidence(1, 9, 14, "请,13800"))
    made = finding("请还款", 0, 3, elsewhere)._replace(matched="13800款13800")
    (told,) = redact(Report((made,), (), (), 1)).findings
    assert told.matched == "*****款*****"
    assert [one.text for one in told.evidence] == ["*****,请", "请,*****"]


def finding(excerpt: str, start: int, end: int, evidence: tuple[Evidence, ...] = ()) -> Finding:
    matched = excerpt[start:end]
    return Finding(
        document="d",
        rule="cn/privacy/x",
        family="privacy",
        families=("privacy",),
        severity=Severity.ERROR,
        confidence="high",
        turn=0,
        start=start,
        end=end,
        matched=matched,
        excerpt=excerpt,
        excerpt_start=0,
        message=f"「{matched}」不当",
        remedy="",
        basis=(),
        evidence=evidence,
        fingerprint="1234567890123456",
    )


@settings(max_examples=200, deadline=None)
@given(LOOSE, st.data())
def test_a_report_stays_consistent(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offset = data.draw(st.integers(0, 5))
    evidence = Evidence(0, start + offset, end + offset, text[start:end])
    raw = finding(text, start, end, (evidence, Evidence(1, 0, len(text), text)))
    raw = raw._replace(start=start + offset, end=end + offset, excerpt_start=offset)
    report = redact(Report((raw,), (), (), 1))
    made = report.findings[0]
    assert made.excerpt[start:end] == made.matched == made.evidence[0].text
    assert len(made.excerpt) == len(text)
    assert len(made.message) == len(raw.message)
    assert long_digit_runs(made.matched + "\n" + made.message + "\n" + made.evidence[1].text) == []
    assert redact(report) == report


def test_every_string_from_the_input_is_masked_and_the_rest_stays() -> None:
    phone = "13800138000"
    said = f"打{phone}吧"
    raw = finding(said, 1, 12, (Evidence(0, 1, 12, phone), Evidence(2, 0, 11, phone)))
    raw = raw._replace(document=phone, path=f"{phone}.wav", cell=phone, title=said, remedy=said, via=(phone,))
    report = Report(
        (raw,),
        (NotEvaluated(phone, "cn/a/b", f"{phone} 缺字段"),),
        (Failure(f"{phone}.wav", 7, said, said),),
        1,
        manifest={
            "inputs": [f"{phone}.wav", {"x": (phone,)}],
            "rules_sha256": "13912345678" + "a" * 53,
            "n": 7,
        },
        origins={phone: Origin(f"{phone}.wav", 1, 1, phone)},
    )
    masked = redact(report)
    assert phone not in repr(masked)
    assert repr(masked).count("138****8000") == repr(report).count(phone)
    assert masked.manifest["rules_sha256"] == report.manifest["rules_sha256"]
    assert masked.findings[0].fingerprint == "1234567890123456"
    assert list(masked.origins) == [masked.findings[0].document] == [masked.not_evaluated[0].document]


def test_record_ids_that_become_equal_are_told_apart() -> None:
    items = tuple(NotEvaluated(name, "r", "x") for name in ("13800138000", "13899998000", "13800138000"))
    masked = redact(Report((), items, (), 2))
    assert [item.document for item in masked.not_evaluated] == ["138****8000", "138****8000~2", "138****8000"]
    assert redact(masked) == masked


# Without a digit, 十 or @ nothing but names was ever looked for.
NEARLY = st.text(
    st.sampled_from("0123456789１二三十百路街号號楼樓室之京A·Bx@ -,.车牌微信vx中山甲"), max_size=16
).filter(lambda text: re.search("[0-9１二三十@]", text) is not None)


@given(NEARLY)
@settings(max_examples=2000, deadline=None)
def test_a_text_passed_over_as_quiet_has_nothing_to_mask(text: str) -> None:
    masked, named = mask_text(text), mask_name(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(masks, "_is_quiet", lambda work: False)
        assert mask_text(text) == masked
        assert mask_name(text) == named


# -- an excerpt is a part of a longer text -----------------------------------------------------------------


def cut_out(text: str, start: int, end: int, low: int, high: int, *evidence: Evidence) -> Finding:
    """A finding on `text[start:end]` that shows `text[low:high]`."""
    made = finding(text[low:high], start - low, end - low, evidence)
    around = (text[max(0, low - 64) : low], text[high : high + 64])
    return made._replace(start=start, end=end, excerpt_start=low, matched=text[start:end], around=around)


@pytest.mark.parametrize(
    ("text", "shown", "masked"),
    [
        ("加我微信号ntckrhab，再不还钱就上门", "ntckrhab，再不还钱就上门", "nt******，再不还钱就上门"),
        ("姓名：杨静勇，再不还钱", "静勇，再不还钱", "**，再不还钱"),
        ("再不还钱，邮箱vhvhbqyf@example.com", "再不还钱，邮箱vhvhbqyf", "再不还钱，邮箱v*******"),
        ("车牌京A297F1再不还钱", "297F1再不还钱", "*****再不还钱"),
        ("再不还钱就去找张三先生", "再不还钱就去找张三", "再不还钱就去找张*"),
        ("电话13800138000再不还钱", "0138000再不还钱", "***8000再不还钱"),
    ],
)
def test_what_stands_outside_the_excerpt_tells_what_is_in_it(text: str, shown: str, masked: str) -> None:
    low = text.index(shown)
    start = text.index("再不还钱")
    (told,) = redact(Report((cut_out(text, start, start + 4, low, low + len(shown)),), (), (), 1)).findings
    assert told.excerpt == masked
    assert told.around == ("", "")
    assert told.excerpt[told.start - told.excerpt_start : told.end - told.excerpt_start] == told.matched
    assert redact(Report((told,), (), (), 1)).findings == (told,)


def test_evidence_is_taken_from_the_masked_excerpt_where_it_lies_in_it() -> None:
    text = "我的微信号ntckrhab，再不还钱就上门，打1380013"
    at, end = text.index("ntck"), len(text)
    inside = Evidence(0, at, at + 8, "ntckrhab")  # alone it would be a plain word
    before = Evidence(0, 0, 2, "我的")
    other_turn = Evidence(1, at, at + 8, "A1234567")
    cut = Evidence(2, 0, 5, "13800")  # the rest of a number, or its beginning
    made = cut_out(text, text.index("再不"), text.index("就上"), at, end, inside, before, other_turn, cut)
    (told,) = redact(Report((made,), (), (), 1)).findings
    assert [one.text for one in told.evidence] == ["nt******", "我的", "A*******", "*****"]


def test_a_match_that_begins_the_excerpt_is_taken_from_it() -> None:
    text = "微信号ntckrhab再不还钱"
    (told,) = redact(Report((cut_out(text, 3, 11, 3, len(text)),), (), (), 1)).findings
    assert told.matched == "nt******"


def test_waived_findings_scores_and_related_documents_are_masked_alike() -> None:
    phone, mask = "13800138000", "138****8000"
    related = Related(phone, f"{phone}.wav", 3, f"{phone}!A1", "2026-03-02T10:00:00")
    raw = finding(f"打{phone}吧", 1, 12)._replace(document=phone, related=(related,))
    call = CallScore(phone, f"{phone}.wav", phone, 90.0, (), 0)
    report = Report(
        (raw,),
        (),
        (),
        1,
        waived=(Waived(raw, f"问 {phone}", "2026-12-31", f"{phone}.txt", 5),),
        scores=Scores(100.0, (call,), (AgentScore(phone, 1, 90.0, ()),)),
    )
    masked = redact(report)
    assert masked.findings[0].related == (
        Related(mask, f"{mask}.wav", 3, f"{mask}!A1", "2026-03-02T10:00:00"),
    )
    (waived,) = masked.waived
    assert waived == Waived(masked.findings[0], f"问 {mask}", "2026-12-31", f"{mask}.txt", 5)
    assert masked.scores == Scores(
        100.0, (CallScore(mask, f"{mask}.wav", mask, 90.0, (), 0),), (AgentScore(mask, 1, 90.0, ()),)
    )
    assert masked.findings[0].document == mask


def test_the_manifest_is_masked_at_every_depth_but_for_what_is_the_programs_own() -> None:
    phone = "13800138000"
    own = {"version": phone, "rules_sha256": phone, "as_of": phone}
    report = Report((), (), (), 0, manifest={**own, "inputs": ({"a": [phone, 7]}, None)})
    assert redact(report).manifest == {**own, "inputs": [{"a": ["138****8000", 7]}, None]}


def test_a_remedy_that_quotes_one_character_is_left_alone() -> None:
    raw = finding("他叫张三先生", 3, 4)._replace(message="「三」不当,三思")
    masked = redact(Report((raw,), (), (), 1)).findings[0]
    assert (masked.matched, masked.message) == ("*", "「三」不当,三思")
