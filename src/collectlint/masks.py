"""What personal data look like, and their masks: telephone, identity and card numbers, names, accounts.

Masking is broader than detection on purpose: a rule must be right, a report must not leak. Every
mask keeps the length, one `*` for one code point, so that all spans stay valid.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from collectlint.lazy import lazily
from collectlint.text.checksums import is_luhn, mod_11_2

_SPOKEN = {
    char: str(value)
    for value, row in enumerate(
        (
            "零〇○洞",
            "一壹弌幺么",
            "二贰貳两兩",
            "三叁叄",
            "四肆",
            "五伍",
            "六陆陸",
            "七柒拐",
            "八捌",
            "九玖勾",
        )
    )
    for char in row
}
_TAKEN = "\0"  # stands in the working copy for what an earlier shape has dealt with

# What people put between the digits of one number. Colons are not here: 09:00-18:00.
_SEP = r"[ \t\-.·•,、。/()|_~+\u200b\u20e3]"
_GAP = _SEP + "{0,3}"
_LETTER_O = lazily(r"(?<=\d)[oO]+(?![A-Za-z])")


def _passes_gb11643(number: str) -> bool:
    """The check character alone: a number of no known region or day is masked too."""
    return mod_11_2(number[:17]) == number[17].upper()


def _keep_by_length(count: int) -> tuple[int, int]:
    """How many leading and trailing digits of a number of `count` digits stay readable."""
    if count >= 15:
        return 0, 4
    if count >= 11:
        return 3, 4
    return (2, 3) if count == 10 else (0, 2)


class Shape(NamedTuple):
    """A form of personal data, or with `keep` None a form that is to stay readable.

    `group` of the pattern is masked except the first and last `keep` letters and digits.
    """

    pattern: re.Pattern[str]
    keep: tuple[int, int] | Callable[[int], tuple[int, int]] | None = None
    group: int = 0
    check: Callable[[str], bool] | None = None


_HOT_LINE = (
    r"(?:95\d{3,4}|96\d{3,4}|12\d{3}|100\d\d|1[12]\d"
    rf"|[48]00{_SEP}?(?:\d{{3}}{_SEP}?\d{{4}}|\d{{4}}{_SEP}?\d{{3}}))"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_EMAIL = Shape(lazily(r"([A-Za-z0-9._%+\-]{1,64})@(?:[A-Za-z0-9]|\Z)"), lambda n: (n > 1, 0), 1)
_PLATE = Shape(
    lazily(
        r"[京津沪滬渝冀豫云雲辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧琼瓊使领]"
        r"[A-HJ-NP-Za-hj-np-z][·•.\- ]?(?=[A-Za-z]{0,5}\d)[A-Za-z0-9]{4,5}[A-Za-z0-9挂掛学學警港澳]"
    ),
    (2, 0),
)
_TAIWAN_ID = Shape(lazily(r"(?<![A-Za-z0-9])[A-Z][1289A-D]\d{8}(?![A-Za-z0-9])"), (1, 3))

_TEXT_SHAPES = (
    _EMAIL,
    Shape(  # accounts after their cue word; without a delimiter only what cannot be a plain word
        lazily(
            r"(?:微信|威信|薇信|[Vv]信|扣扣|企鹅|(?<![A-Za-z])(?:[Vv][Xx]|[Ww][Xx]|[Ww]e[Cc]hat|QQ|qq|LINE|[Ll]ine|TG"
            r"|[Tt]elegram|[Ww]hats[Aa]pp))"
            r"(?:[号號码碼帐账賬户戶是为為: \t]|[Ii][Dd]){0,8}"
            r"((?<=[号號码碼是为為:dD])[A-Za-z0-9][A-Za-z0-9_\-]{4,19}"
            r"|(?=[A-Za-z_\-]*[0-9_])[A-Za-z0-9][A-Za-z0-9_\-]{4,19})"
        ),
        (2, 0),
        1,
    ),
    Shape(
        lazily(
            rf"(?<!\d)[1-9](?:{_GAP}\d){{5}}{_GAP}(?:1{_GAP}[89]|2{_GAP}0)(?:{_GAP}\d){{9}}{_GAP}[\dXx](?![\dA-Za-z])"
        ),
        (0, 4),
    ),
    Shape(lazily(rf"(?<!\d)\d{{0,3}}\*+{_SEP}?\d{{0,4}}(?!\d)")),  # masked already: 138****8000
    Shape(lazily(rf"(?<!\d)(?:19|20)\d\d([-./]){_MONTH}\1{_DAY}(?!\d)")),
    Shape(lazily(rf"(?<!\d)(?:19|20)\d\d年{_MONTH}月(?:{_DAY}[日号號])?")),
    Shape(lazily(r"(?<!\d)(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d)")),
    Shape(lazily(rf"(?<!\d)(?:\+?(?:00)?86{_GAP})?(1{_GAP}[3-9](?:{_GAP}\d){{9}})(?!\d)"), (3, 4), 1),
    _PLATE,
    # Hot lines, alone or in a list; with digits beside them they could be a part of something longer.
    Shape(
        lazily(
            rf"(?<![0-9A-Za-z])(?<!\d{_SEP}){_HOT_LINE}(?!\d)(?:{_SEP}{{1,3}}{_HOT_LINE}(?!\d))*(?!{_SEP}{{0,2}}\d)"
        )
    ),
    Shape(
        lazily(
            r"(?<!\d)(?:\d{1,8}|\d{1,3}(?:,\d{3}){1,2})(?:\.\d{1,2})?[ 多余餘]?"
            r"(?:[元块塊圆圓万萬亿億蚊%]|美元|港[元币幣]|人民[币幣]|[台臺][币幣]|RMB|CNY|HKD|TWD|NTD)"
        )
    ),
    Shape(
        lazily(
            r"(?:[¥$]|人民[币幣]|RMB|CNY|HKD|TWD|NTD) ?"
            r"(?:\d{1,8}|\d{1,3}(?:,\d{3}){1,2})(?:\.\d{1,2})?(?![\d,.])"
        )
    ),
    _TAIWAN_ID,
    Shape(
        lazily(r"(?<![A-Za-z0-9])[A-Za-z]{1,2}[ \-]?\d{6} ?(?:\([\dAa]\)|[\dAa](?![A-Za-z0-9]))"), (1, 0)
    ),  # Hong Kong
    Shape(
        lazily(r"(?:车牌|車牌|车号|車號)[号號码碼为為是: ]{0,4}([A-Za-z0-9][A-Za-z0-9\-]{3,7})"),
        (2, 0),
        1,
    ),
    Shape(lazily(rf"\d(?:{_GAP}\d){{6,}}"), _keep_by_length),
    Shape(  # the numbers of an address; each unit makes way for the next: 路12号3栋501室
        lazily(
            r"(?:(?<=[路街巷弄村区區园園厦廈场場苑寓段同栋棟幢座楼樓元号號院])|(?<=大道)) ?"
            r"([A-Za-z0-9十百甲乙丙丁\-]{1,8})(?=[号號弄巷栋棟幢座层層楼樓室户戶房段]|单元|單元)"
        ),
        (0, 0),
        1,
    ),
    Shape(lazily(r"(?<=[号號楼樓])之([0-9十]{1,4})"), (0, 0), 1),
)

# A file name or a record id is a name, not speech: masking every long number in it would make the
# place of a finding unfindable. Only what is personal data by its form is masked here.
_NAME_SHAPES = (
    _EMAIL,
    Shape(
        lazily(
            r"(?<![0-9A-Za-z])(?=[0-9a-f\-]*[a-f])(?=[0-9a-f\-]{16})[0-9a-f]+(?:-[0-9a-f]+)*(?![0-9A-Za-z])"
        )
    ),
    Shape(lazily(r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d{9}[\dXx](?![\dA-Za-z])"), (0, 4), check=_passes_gb11643),
    Shape(lazily(r"(?<!\d)(?:\+?86[ \-]?)?(1[3-9]\d[ \-]?\d{4}[ \-]?\d{4})(?!\d)"), (3, 4), 1),
    Shape(lazily(r"(?<!\d)0(?:10|2\d|[3-9]\d\d)[ \-]?\d{7,8}(?!\d)"), _keep_by_length),
    Shape(lazily(r"(?<!\d)09\d\d[ \-]?\d{3}[ \-]?\d{3}(?!\d)"), _keep_by_length),
    Shape(lazily(r"(?<!\d)(?:6[02]|4|5)\d{14,17}(?!\d)"), (0, 4), check=is_luhn),
    _TAIWAN_ID,
    _PLATE,
)

_SURNAME = (
    "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|夏侯|东方|東方|皇甫|尉迟|公孙|公孫|慕容|令狐|长孙|長孫|司徒|端木|南宫|"
    "[王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁"
    "潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫阎閻段"
    "雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯温康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶"
    "章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游"
    "辛靳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景"
    "党黨宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師和仇栾欒隋商刁沙荣榮巫寇桑郎甄丛叢仲虞敖巩"
    "鞏明佘池查麻苑迟遲邝鄺]"
)
_GIVEN = r"([\u3400-\u9fff]{1,2})"
_TITLES = ("先生", "女士", "小姐", "太太", "夫人", "阁下", "閣下", "同志")
_BEFORE_NAMES = (":", "：", "叫", "是")
_PERSONS = (  # what must occur, and the pattern
    (_TITLES, lazily(rf"(?:{_SURNAME}){_GIVEN}(?={'|'.join(_TITLES)})")),
    (
        _BEFORE_NAMES,
        lazily(
            r"(?:姓名|户名|戶名|借款人|欠款人|债务人|債務人|持卡人|联系人|聯絡人|聯繫人|担保人|擔保人|保证人|被告|收件人|客户|客戶"
            rf"|机主|機主|我叫)(?:[:：] ?|叫|是(?=[^人]))(?:{_SURNAME}){_GIVEN}(?![\u3400-\u9fff])",
            cues=(
                "姓名",
                "户名",
                "戶名",
                "款人",
                "务人",
                "務人",
                "卡人",
                "系人",
                "絡人",
                "繫人",
                "保人",
                "证人",
                "被告",
                "件人",
                "客户",
                "客戶",
                "机主",
                "機主",
                "我叫",
            ),
        ),
    ),
)
_CUT_LEFT = lazily(rf"\A\d(?:{_GAP}\d){{4,}}")
_CUT_RIGHT = lazily(rf"\d(?:{_GAP}\d){{4,}}\Z")
_DIGITS = frozenset("0123456789")
_UNITS = frozenset("号號弄巷栋棟幢座层層楼樓室户戶房段單单车車牌")  # of addresses and plates
_LEAST = 5  # digits; no number that is masked has fewer, but for plates and addresses
_ACCOUNTS = ("信", "vx", "wx", "wechat", "扣", "qq", "line", "tg", "telegram", "whatsapp", "企")


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    """One character as the shapes know it: digits of any style, half width, few separators."""
    if char in _SPOKEN:
        return _SPOKEN[char]
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(char)
    if kind in ("Cf", "Mn"):
        return "\u200b"
    if kind in ("Zs", "Pd", "So"):
        return {"Zs": " ", "Pd": "-", "So": "~"}[kind]
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def _fold(text: str) -> str:
    folded = text if text.isascii() else "".join(map(_fold_char, text))
    return _LETTER_O.sub(lambda found: "0" * len(found[0]), folded)


def _apply(shape: Shape, work: str, hidden: bytearray) -> str:
    """Marks in `hidden` what the shape masks in `work`; what it has dealt with becomes `_TAKEN`."""
    pieces: list[str] = []
    done = 0
    for found in shape.pattern.finditer(work):
        start, end = found.span(shape.group)
        if shape.check is not None and not shape.check(found[shape.group]):
            continue
        if shape.keep is not None:
            places = [place for place in range(start, end) if work[place].isalnum()]
            head, tail = shape.keep(len(places)) if callable(shape.keep) else shape.keep
            for place in places[head : len(places) - tail]:
                hidden[place] = 1
        pieces += (work[done:start], _TAKEN * (end - start))
        done = end
    return "".join(pieces) + work[done:] if pieces else work


def _names_account(text: str) -> bool:
    """Could the name of a chat service stand in the text, with a name of letters behind it?"""
    small = text.casefold()
    return any(cue in small for cue in _ACCOUNTS) and any("a" <= char <= "z" for char in small)


def _is_quiet(work: str) -> bool:
    """Can no shape match? Most sentences of a report hold no number, or a small one."""
    digits = sum(map(_DIGITS.__contains__, work))
    if digits >= _LEAST or "@" in work:
        return False
    if not digits and "十" not in work:
        return True
    return _UNITS.isdisjoint(work) and not (digits and any("A" <= char <= "z" for char in work))


def _mask_pass(text: str, shapes: tuple[Shape, ...], cut_left: bool, cut_right: bool) -> str:
    hidden = bytearray(len(text))
    work = _fold(text)
    if not _is_quiet(work) or _names_account(text):
        for shape in shapes:
            work = _apply(shape, work, hidden)
        if cut_left:
            work = _apply(Shape(_CUT_LEFT, (0, 0)), work, hidden)
        if cut_right:
            work = _apply(Shape(_CUT_RIGHT, (0, 0)), work, hidden)
    for cues, pattern in _PERSONS:
        if any(cue in text for cue in cues):
            for found in pattern.finditer(text):
                start, end = found.span(1)
                hidden[start:end] = b"\1" * (end - start)
    if not any(hidden):
        return text
    return "".join("*" if hide else char for char, hide in zip(text, hidden, strict=True))


def _mask(text: str, shapes: tuple[Shape, ...], cut_left: bool = False, cut_right: bool = False) -> str:
    """Repeated until nothing changes, so that masking twice is masking once; each pass only adds `*`."""
    while (masked := _mask_pass(text, shapes, cut_left, cut_right)) != text:
        text = masked
    return text


def mask_text(text: str, cut_left: bool = False, cut_right: bool = False) -> str:
    """`text` with personal data masked, of the same length in code points.

    `cut_left` and `cut_right` say that the text is a piece of a longer one: a number at that end
    may be the rest of a longer number and is masked from five digits on.
    """
    return _mask(text, _TEXT_SHAPES, cut_left, cut_right)


def mask_name(name: str) -> str:
    """A record id or path with phones, e-mails, identity and bank card numbers masked."""
    return _mask(name, _NAME_SHAPES)
