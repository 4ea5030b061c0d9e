"""Postal addresses that lead to a door, with a measure of how exact they are."""

from __future__ import annotations

import re

from collectlint.text.personal import Personal

_NUM = (
    r"(?:[0-9]{1,5}(?:[-之][0-9]{1,4})?|[A-Z][0-9]{0,3}"
    r"|[一二三四五六七八九十百零〇]{1,5}|[甲乙丙丁东西南北東])"
)
# The parts of an address that carry a number. A date (5号前) and a time are cut off below.
_PART = re.compile(
    rf"{_NUM}\s?(?P<unit>号楼|號樓|号院|號院|号|號|弄|巷|栋|棟|幢|单元|單元|室|楼|樓|座|层|層|邻|鄰|组|組|F(?![A-Z])|/F|门|門)(?:之[0-9一二三四五六七八九十]{{1,3}})?"
)
_ROOM = re.compile(r"[ -]?[0-9A-Z]{3,5}(?![0-9A-Z年月日号號元块])")
_JOINT = re.compile(r"[ ,，-]?(?:第|附|内|內|地下)?")
_DATE_AFTER = re.compile(
    r"\s?(?:之?前|以前|还|還|到|起|晚|早|上午|下午|中午|[0-9]{1,2}[点點:]|线|線|文件|令)"
)
_INNER = frozenset(
    (
        "号楼",
        "號樓",
        "栋",
        "棟",
        "幢",
        "单元",
        "單元",
        "室",
        "楼",
        "樓",
        "座",
        "层",
        "層",
        "F",
        "/F",
        "门",
        "門",
    )
)
_HOUSE = frozenset(("号", "號", "号楼", "號樓", "号院", "號院", "弄", "巷"))
_LANE = frozenset(("弄", "巷", "邻", "鄰", "组", "組"))
_LEVELS = "省市区區县縣镇鎮乡鄉州盟旗"
_ROAD = re.compile(
    r"(?P<name>[^\W\d_A-Za-z]{1,8}?)(?P<road>路|街|大道|道|胡同|巷|弄|里|村|屯|庄|莊|小区|小區|花园|花園|家园|家園|苑|邨|新村|屋苑|广场|廣場|大厦|大廈|公寓|社区|社區|城|府|园|園|湾|灣|坊|楼|樓|阁|閣|轩|軒)"
    r"(?:[一二三四五六七八九十0-9]{1,2}段|[东西南北东中東]段?)?(?:[0-9]{1,4}[号號弄巷])?[ ,]?$"
)
_WEAK_ROADS = frozenset(
    ("里", "道", "城", "府", "园", "園", "湾", "灣", "坊", "庄", "莊", "楼", "樓", "阁", "閣", "轩", "軒")
)
_NOT_ROAD = re.compile(
    r"(?:半路|公路|道路|思路|网路|網路|線路|线路|一路|电路|電路|出路|后路|後路|退路|死路|生路|活路|上路|在路|走路|铁路|鐵路|这条路|那条路|逛街|上街|知道|报道|報道|渠道|通道|频道|頻道|"
    r"难道|難道|味道|管道|轨道|一道|说道|說道|问道|問道|人道|厚道|公道|霸道|街道|东道|家里|家裡|这里|這裡|那里|那裡|哪里|哪裡|公里|手里|屋里|村里|城里|心里|校里|商城|进城|进村|全村|政府|"
    r"校园|校園|公园|公園|花园里|学校|在小区|本小区|该小区|这个小区|老家村|办公楼|辦公樓|教学楼|教學樓|大楼|大樓|写字楼|寫字樓|住宅楼|上楼|下楼|上樓|下樓|号楼|號樓|[栋棟]楼)$"
)
# Words before a road name that are no part of it.
_LEAD = re.compile(
    r".*(?:[在到往于於住去来來至的是了和与與向从從把给給您你我他她咱们們]|地址|各位|位于|位於|住址|家住|户籍|上门)",
    re.S,
)
_PROVINCE = (
    "北京|天津|上海|重庆|重慶|河北|山西|辽宁|遼寧|吉林|黑龙江|黑龍江|江苏|江蘇|浙江|安徽|福建|江西|山东|山東|河南|湖北|湖南|广东|廣東|海南|四川|贵州|貴州|云南|雲南|陕西|陝西|甘肃|甘肅|青海|"
    "内蒙古|內蒙古|广西|廣西|西藏|宁夏|寧夏|新疆|香港|澳门|澳門|九龙|九龍|新界|台北|臺北|新北|桃园|桃園|台中|臺中|台南|臺南|高雄|基隆|新竹|嘉义|嘉義|苗栗|彰化|南投|云林|雲林|屏东|屏東|"
    "宜兰|宜蘭|花莲|花蓮|台东|臺東|澎湖|金门|金門|台湾|臺灣"
)
_HOME = re.compile(_PROVINCE)
_HANZI = re.compile(r"[㐀-鿿0-9 ]*$")
_SUFFIX = re.compile(r"自治[区區州县縣]|街道|小区|小區|[省市区區县縣镇鎮乡鄉村路街]")
_RANK = {
    "省": 1,
    "市": 2,
    "州": 2,
    "区": 3,
    "區": 3,
    "县": 3,
    "縣": 3,
    "镇": 4,
    "鎮": 4,
    "乡": 4,
    "鄉": 4,
    "街道": 4,
    "村": 5,
    "路": 5,
    "街": 5,
    "小区": 5,
    "小區": 5,
}
_NOT_ADMIN = re.compile(
    r"(?:[超门股夜上黑城都楼房车菜集闹本全各该]市|[小社地山景灾校片园辖商专]区|城镇|[家老故同下回]乡|[农]村|[公马半道铁网]路|[逛]街)$"
)


def _chain_end(text: str, start: int) -> tuple[int, list[str]]:
    """(end, units) of the numbered parts that follow one another from `start`: 5号3栋2单元501."""
    units: list[str] = []
    end = at = start
    while (match := _PART.match(text, at)) is not None:
        units.append(match["unit"])
        end = match.end()
        joint = _JOINT.match(text, end)
        at = joint.end() if joint else end
    if (
        units
        and units[-1] not in ("室", "号", "號", "F", "/F")
        and (room := _ROOM.match(text, end)) is not None
    ):
        units.append("室")
        end = room.end()
    return end, units


def _levels_before(text: str, stop: int) -> tuple[int, int]:
    """(start, levels) of the administrative names that end at `stop`: 广东省深圳市南山区."""
    window = max(0, stop - 30)
    hanzi = _HANZI.search(text, window, stop)
    begin = hanzi.start() if hanzi else stop
    head = text[begin:stop]
    home = _HOME.search(head)
    if home is not None:
        begin, head = begin + home.start(), head[home.start() :]
    else:
        lead = _LEAD.match(head)
        if lead is not None:
            begin, head = begin + lead.end(), head[lead.end() :]
    last = max(head.rfind(char) for char in _LEVELS)
    if home is None and len(head) - last > 8:  # 区 and 市 occur in other words, far from any number
        return stop, 0
    levels = sum(head.count(char) for char in _LEVELS)
    return (begin, levels + (home is not None)) if levels or home is not None else (stop, 0)


def _before_numbers(text: str, start: int) -> tuple[int, int, str]:
    """(start, levels, road word) of what stands before the first numbered part at `start`."""
    window = max(0, start - 14)
    match = None
    for at in range(window, start):  # the longest tail that is a road name
        match = _ROAD.match(text, at, start)
        if match is not None:
            break
    if match is None:
        begin, levels = _levels_before(text, start)
        return begin, levels, ""
    road_start, road_end = match.start(), match.end("road")
    name = text[road_start:road_end]
    cut = max(name.rfind(char) for char in _LEVELS)
    if 0 <= cut < len(name) - len(match["road"]) - 1 and not name.endswith(("小区", "小區", "社区", "社區")):
        road_start += cut + 1
    elif (lead := _LEAD.match(text, road_start, road_end - len(match["road"]))) is not None:
        road_start = lead.end()
    name = text[road_start:road_end]
    if len(name) <= len(match["road"]) or _NOT_ROAD.search(name):
        return start, 0, ""
    begin, levels = _levels_before(text, road_start)
    return (begin if levels else road_start), levels, match["road"]


def _strength(levels: int, road: str, units: list[str]) -> int:
    """3 leads to a door or a house, 2 is likely to, 1 names a place only, 0 is no address."""
    house = any(unit in _HOUSE for unit in units)
    inner = sum(unit in _INNER for unit in units)
    if road in _WEAK_ROADS and not levels and inner < 2:
        return min(inner, 1)
    if road in _WEAK_ROADS and not levels and not house and "室" not in units:
        return 2
    if road and ((house and inner) or inner >= 2 or (levels and (house or inner))):
        return 3
    if road and (house or inner):
        return 2
    if levels >= 2 and (house or inner):
        return 2
    return 1 if levels and (house or inner) else 0


def find_addresses(text: str) -> list[Personal]:
    """Addresses of a working copy, sorted, not overlapping; see `_strength` for the measure."""
    found: list[Personal] = []
    at = 0
    while (match := _PART.search(text, at)) is not None:
        start = match.start()
        end, units = _chain_end(text, start)
        at = max(end, match.end())
        if units[0] in ("号", "號") and (
            text[start - 1 : start] == "月" or (len(units) == 1 and _DATE_AFTER.match(text, end))
        ):
            continue
        begin, levels, road = _before_numbers(text, start)
        strength = _strength(levels, road, units)
        if strength and begin >= (found[-1].end if found else 0):
            found.append(Personal("address", begin, end, strength=strength))
    return _with_places(text, found)


def _with_places(text: str, found: list[Personal]) -> list[Personal]:
    """`found` and the places without a number that name a village or road: 河北省保定市清苑县李家村."""
    places: list[Personal] = []
    chain: list[re.Match[str]] = []

    def close() -> None:
        ranks = [_RANK.get(match.group(), 3) for match in chain]
        if len(chain) >= 3 and ranks[-1] >= 4:
            begin, levels = _levels_before(text, chain[0].end())
            if levels and begin < chain[0].start():
                places.append(Personal("address", begin, chain[-1].end(), strength=1))
        chain.clear()

    for match in _SUFFIX.finditer(text):
        if _NOT_ADMIN.search(text, max(0, match.end() - 2), match.end()):
            continue
        rank = _RANK.get(match.group(), 3)
        if chain:
            last = chain[-1]
            gap = text[last.end() : match.start()]
            if (
                not 1 <= len(gap) <= 6
                or rank <= _RANK.get(last.group(), 3)
                or not all("㐀" <= char <= "鿿" for char in gap)
            ):
                close()
        chain.append(match)
    close()
    kept: list[Personal] = []
    for personal in sorted(found + places, key=lambda p: (p.start, -p.strength)):
        if kept and personal.start < kept[-1].end:
            if personal.strength > kept[-1].strength:
                kept[-1] = personal
        else:
            kept.append(personal)
    return kept
