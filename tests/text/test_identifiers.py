"""Personal data: every number here is made up, with valid check digits."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.text.identifiers import KINDS, find_personal

CARD = "6222020200112230004"
IDENTITY = "110101199003077715"
SHAPED = "0123456789０９一三八零 -+()*×xXaA@.微信qq:号路弄巷楼室栋市省区县村京电话手机护照卡编新QLINE"


def _found(text: str, masked: bool = False) -> list[tuple[str, str]]:
    return [(text[p.start : p.end], p.kind) for p in find_personal(text) if p.masked is masked]


@pytest.mark.parametrize(
    ("text", "covered", "kind"),
    [
        (f"身份证{IDENTITY}。", IDENTITY, "id_card"),
        ("110101 19900307 7715", "110101 19900307 7715", "id_card"),
        ("810000199003077719", "810000199003077719", "id_card"),
        ("身份证号:110101900307771", "110101900307771", "id_card"),
        ("A123456789", "A123456789", "tw_id"),
        ("a123456789", "a123456789", "tw_id"),
        ("A800000014", "A800000014", "tw_arc"),
        ("居留證AA00000009", "AA00000009", "tw_arc"),
        ("A123456(3)", "A123456(3)", "hkid"),
        ("Ａ１２３４５６（３）", "Ａ１２３４５６（３）", "hkid"),
        ("身份證AB9876543", "AB9876543", "hkid"),
        ("护照号E12345678", "E12345678", "passport"),
        ("通行证C12345678", "C12345678", "permit"),
        (f"卡号{CARD}", CARD, "bank_card"),
        ("6222 0202 0011 2230 004", "6222 0202 0011 2230 004", "bank_card"),
        ("联系我13800138000吧", "13800138000", "mobile"),
        ("打13800138000一定要接", "13800138000", "mobile"),
        ("１３８００１３８０００", "１３８００１３８０００", "mobile"),
        ("一三八零零一三八零零零", "一三八零零一三八零零零", "mobile"),
        ("138-0013-8000", "138-0013-8000", "mobile"),
        ("138 0013 8000", "138 0013 8000", "mobile"),
        ("1 3 8 0 0 1 3 8 0 0 0", "1 3 8 0 0 1 3 8 0 0 0", "mobile"),
        ("+86 13800138000", "+86 13800138000", "mobile"),
        ("tel13800138000", "13800138000", "mobile"),
        ("0912-345-678", "0912-345-678", "tw_mobile"),
        ("+886 912 345 678", "+886 912 345 678", "tw_mobile"),
        ("致電 9123 4567", "9123 4567", "hk_phone"),
        ("+852 61234567", "+852 61234567", "hk_phone"),
        ("0755-88889999", "0755-88889999", "landline"),
        ("(010)62345678", "(010)62345678", "landline"),
        ("02-2345-6789", "02-2345-6789", "landline"),
        ("a.b@example.com", "a.b@example.com", "email"),
        ("微信号:abc_12345", "abc_12345", "wechat"),
        ("加微信wxid_abc123", "wxid_abc123", "wechat"),
        ("QQ:123456789", "123456789", "qq"),
        ("LINE ID: abc1234", "abc1234", "line"),
        ("京A12345", "京A12345", "plate"),
        ("粤B·D12345", "粤B·D12345", "plate"),
        ("車牌ABC-1234", "ABC-1234", "plate"),
    ],
)
def test_found(text: str, covered: str, kind: str) -> None:
    assert _found(text) == [(covered, kind)]


def test_messenger_numbers_are_also_phones() -> None:
    assert _found("whatsapp 91234567") == [("91234567", "hk_phone"), ("91234567", "whatsapp")]
    assert _found("加微信13800138000") == [("13800138000", "mobile"), ("13800138000", "wechat")]


@pytest.mark.parametrize(
    "text",
    [
        IDENTITY[:-1] + "4",
        "110101900307771",
        "A123456788",
        "A123456(4)",
        "E12345678",
        CARD[:-1] + "5",
        f"订单号{CARD}",
        f"12{CARD}",
        "合同编号13800138000",
        "0.13800138000",
        "x13800138000",
        "138001380001",
        "13-05-2026 101",
        "95588 400-800-8888 4008008888 800-820-8820 12378 12345 110 10086",
        "10690012345678",
        "0800-123-456",
        "20260302",
        "统一社会信用代码91110000600037341L",
        "微信公众号abc12345",
        "用微信支付",
        "qq群12345678",
        "deadline: abc1234",
        "更新APP2026",
        "${phone} {1} #phone# %s 微信号:${wechat} 邮箱${user.email}",
        "欠款5000元,2026年3月2日22:10",
    ],
)
def test_not_found(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "covered", "kind"),
    [
        ("138****5678", "138****5678", "mobile"),
        ("138xxxx5678", "138xxxx5678", "mobile"),
        ("6222 **** **** 1234", "6222 **** **** 1234", "bank_card"),
        ("尾号1234", "1234", "bank_card"),
        ("A12****789", "A12****789", "tw_id"),
        ("110101********7715", "110101********7715", "id_card"),
        ("a***@example.com", "a***@example.com", "email"),
    ],
)
def test_masked(text: str, covered: str, kind: str) -> None:
    assert _found(text, masked=True) == [(covered, kind)]
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "covered", "strength"),
    [
        ("我住广东省深圳市南山区科技园路10号3栋2单元501室", "广东省深圳市南山区科技园路10号3栋2单元501室", 3),
        ("臺北市信義區松仁路100號5樓之2", "臺北市信義區松仁路100號5樓之2", 3),
        ("九龍彌敦道123號5樓A室", "九龍彌敦道123號5樓A室", 3),
        ("浦东新区张江路88弄12号302室", "浦东新区张江路88弄12号302室", 3),
        ("阳光小区3栋502", "阳光小区3栋502", 3),
        ("我到解放路5号", "解放路5号", 2),
        ("住河北省保定市清苑县李家村", "河北省保定市清苑县李家村", 1),
    ],
)
def test_address(text: str, covered: str, strength: int) -> None:
    [address] = find_personal(text, ["address"])
    assert (text[address.start : address.end], address.strength) == (covered, strength)


@pytest.mark.parametrize(
    "text",
    [
        "走到半路5号前还清",
        "我知道5号还款",
        "3号楼",
        "朝阳区人民法院",
        "去你家里5号",
        "解放路5号前",
        "二楼",
        "区域法院嗰边上月廿三号发出令状",
        "3月5号",
    ],
)
def test_no_address(text: str) -> None:
    assert find_personal(text, ["address"]) == []


def test_unknown_kind() -> None:
    with pytest.raises(ValueError, match="shoe_size"):
        find_personal("", ["shoe_size"])


@given(st.one_of(st.text(), st.text(alphabet=SHAPED)))
def test_offsets(text: str) -> None:
    found = find_personal(text)
    assert found == sorted(found, key=lambda p: (p.start, p.end, p.kind))
    for kind in KINDS:
        same = [p for p in found if p.kind == kind]
        assert all(0 <= p.start < p.end <= len(text) for p in same)
        assert all(a.end <= b.start for a, b in itertools.pairwise(same))
        assert find_personal(text, [kind]) == same


ROWS = (
    *("1", "一", "路", "1 ", "一 ", "1号", "路1号", "省市区县", "*", "1*", "** ", "138****", "a", "a@", "a."),
    *("微信", "微信 ", "138-", "0", "()", "A1", "北京市海淀区中关村路1号", " ", "护照号", "6222 ", "(02)"),
    *("line: ", "+", "编号 1380013800 ", "新A"),
)


@pytest.mark.parametrize("piece", ROWS)
def test_long_rows_end(piece: str) -> None:
    find_personal(piece * (20_000 // len(piece)))
