"""Chinese, Arabic and mixed numerals as numbers, with exact spans.

Nothing here decides that a numeral is a value: 一个人, 一起 and 二百五 contain numerals too. Callers
take a numeral only where a unit or a cue word beside it makes it one. All spans are code points,
half-open; every function runs in time linear in the text.
"""

from typing import NamedTuple

from collectlint.lazy import lazily

ZEROS = "零〇○"
_DIGIT_ROWS = (
    "零〇○",
    "一壹弌",
    "二贰貳弍贰两兩",
    "三叁叄參参弎",
    "四肆",
    "五伍",
    "六陆陸",
    "七柒",
    "八捌",
    "九玖",
)
DIGITS: dict[str, int] = {char: value for value, row in enumerate(_DIGIT_ROWS) for char in row}
SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE_UNITS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_LETTER_UNITS = {"k": 1000, "K": 1000, "w": 10_000, "W": 10_000}

# Full width to half width, one code point for one, so that offsets stay.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}
_ARABIC = lazily(
    r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])(?:\.[0-9]{1,6}(?![0-9]))?"
    r"|[0-9]{1,15}(?![0-9])(?:\.[0-9]{1,6}(?![0-9]))?"
)
BEGINNINGS = "".join(("0123456789", *DIGITS, *SMALL_UNITS, *LARGE_UNITS, *_TENS))
_START = lazily(f"[{BEGINNINGS}]", cues=BEGINNINGS)
_MANY = lazily(r"[多余餘](?![额額人次少久])|[来來](?=[万萬块塊元个個天年])|[几幾](?![时時多何点點号號])")
# 三万几个月: 几 belongs to what follows; 三十几天: it belongs to the numeral.
_FEW_MORE = lazily(r"[个個天月日]")
_RUN = lazily(f"[0-9]+|[{''.join(DIGITS)}]+")
_MAX_CHARS = 40


class Numeral(NamedTuple):
    """`value` of `text[start:end]`.

    `unit` is the greatest unit word in it (1 = none), `about` is set for 三十多, 八万几 and 七八百
    (the value is then the lower end), `bare` when it begins with 百, 千 or 万 without a digit (上万).
    """

    start: int
    end: int
    value: int | float
    unit: int = 1
    about: bool = False
    bare: bool = False


def narrow(text: str) -> str:
    """`text` with full-width ASCII as half width; the length is kept."""
    return text if text.isascii() else text.translate(_NARROW)


def _exact(numerator: int, denominator: int = 1) -> int | float:
    return numerator // denominator if numerator % denominator == 0 else numerator / denominator


def _is_guess(run: list[int]) -> bool:
    """七八 and 三五 before a unit are "seven or eight" and "three to five", not 78 and 35."""
    return len(run) == 2 and 0 < run[0] < run[1]


def _letter_unit(text: str, at: int) -> int:
    """10000 for the w of 3w, 1000 for the k of 5k, else 0."""
    unit = _LETTER_UNITS.get(text[at : at + 1], 0)
    after = text[at + 1 : at + 2]
    return 0 if unit and after.isascii() and after.isalnum() else unit


def _read_decimal(text: str, at: int, whole: str, end: int) -> Numeral:
    """A decimal such as 3.5 or 三点五 that ends at `end`, with the units that follow it."""
    head, _, tail = whole.partition(".")
    value, scale = int(head + tail), 10 ** len(tail)
    unit, about, i = 1, False, end
    while True:
        j = i + 1 if text[i : i + 1] == " " else i
        factor = SMALL_UNITS.get(text[j : j + 1]) or LARGE_UNITS.get(text[j : j + 1]) or 0
        if not factor and unit == 1:
            factor = _letter_unit(text, j)
        if not factor or factor == 10 or (factor < 10_000 and unit > 1):
            break
        value, unit, i = value * factor, max(unit, factor), j + 1
    if unit > 1 and _MANY.match(text, i):
        about, i = True, i + 1
    return Numeral(at, i, _exact(value, scale), unit, about)


class _Sum:
    """What has been read of one numeral so far."""

    def __init__(self) -> None:
        self.total = 0  # closed 亿 and 万 parts
        self.section = 0  # closed 千百十 parts of the part being read
        self.run: list[int] = []  # Chinese digits waiting for a unit
        self.arabic: int | None = None  # an Arabic number waiting for a unit
        self.last = 1  # the unit read last
        self.least = 10**9  # units of this part must be smaller
        self.unit = 1
        self.zero = False
        self.about = False

    def waiting(self) -> bool:
        return bool(self.run) or self.arabic is not None

    def take(self, before_unit: bool) -> int | None:
        """The waiting digits as a number and forget them; None when they make no sense here."""
        if self.arabic is not None:
            digits, single = self.arabic, self.arabic < 10
        elif not self.run:
            return 0
        elif len(self.run) > 1 and (before_unit or self.last > 1) and _is_guess(self.run):
            digits, single, self.about = self.run[0], True, True
        elif len(self.run) > 1 and self.last > 1 and not before_unit:
            return None
        else:
            digits, single = int("".join(map(str, self.run))), len(self.run) == 1
        self.run, self.arabic = [], None
        # 三万二 is 32,000 and 三百五 is 350, but 三万零二 is 30,002.
        if single and self.last >= 100 and not self.zero and not before_unit:
            return digits * (self.last // 10)
        return digits

    def apply(self, unit: int, bare: bool) -> bool:
        """Add the unit; False when it cannot stand here."""
        if unit < 10_000:
            if unit >= self.least or (not self.waiting() and unit != 10 and not bare):
                return False
            count = self.take(True) if self.waiting() else 1
            if not count:
                return False
            self.section += count * unit
            self.least = unit
        else:
            body = self.section + (self.take(self.section == 0) or 0)
            if not body and not bare and not (unit == 10**8 and self.total):  # 三万亿
                return False
            if not self.total:
                body = body or 1
            if unit == 10_000:
                if self.total % 10**8 or (self.unit >= 10_000 and not self.total):
                    return False
                self.total += body * unit
            else:
                if self.total >= 10**8:
                    return False
                self.total = (self.total + body) * unit
            self.section, self.least = 0, 10**9
        self.last, self.unit, self.zero = unit, max(self.unit, unit), False
        return True


def read_numeral(text: str, at: int = 0, bare: bool = False) -> Numeral | None:
    """The longest numeral that begins at `at`, or None; `text` is half width (see `narrow`).

    Reads 5,000.00, 3.5万, 3万5, 三万二, 一万零五十, 伍仟, 廿三, 三万半, 十几万, 二〇二六. With `bare`,
    百, 千 and 万 may begin one (百万元).
    """
    state, i, end, run_start = _Sum(), at, at, at
    is_bare = False
    limit = min(len(text), at + _MAX_CHARS)
    while i < limit:
        char = text[i]
        if "0" <= char <= "9":
            match = None if state.waiting() else _ARABIC.match(text, i)
            if match is None:
                break
            token = match.group().replace(",", "")
            if "." in token:
                if i > at:
                    break
                return _read_decimal(text, at, token, match.end())
            if state.last > 1 and int(token) >= state.last:
                break
            state.arabic, i = int(token), match.end()
            end = i
            unit = _letter_unit(text, i) if match.start() == at else 0
            if unit:
                return Numeral(at, i + 1, state.arabic * unit, unit)
        elif char in DIGITS:
            if state.arabic is not None:
                break
            i += 1
            if char in ZEROS and not state.run and state.last > 1:
                state.zero = True
                continue
            if not state.run:
                run_start = i - 1
            state.run.append(DIGITS[char])
            end = i
        elif char in _TENS:
            if state.waiting() or state.least <= 10:
                break
            state.section += _TENS[char]
            state.least = state.last = 10
            state.unit = max(state.unit, 10)
            i += 1
            end = i
        elif char in SMALL_UNITS or char in LARGE_UNITS:
            unit = SMALL_UNITS.get(char) or LARGE_UNITS[char]
            lone = i == at and unit != 10
            if (lone and not bare) or not state.apply(unit, lone):
                break
            is_bare = is_bare or lone
            i += 1
            end = i
            many = _MANY.match(text, i)
            if many and (unit == 10 or not _FEW_MORE.match(text, i + 1)):
                state.about, i = True, i + 1
                end = i
                if text[i : i + 1] not in LARGE_UNITS or unit >= 10_000:
                    break
            elif text[i : i + 1] == "半" and unit >= 100:
                state.section += unit // 2
                end = i + 1
                break
        elif char in "点點" and state.run and state.last == 1:
            stop = i + 1
            while stop < limit and text[stop] in DIGITS:
                stop += 1
            if stop == i + 1 or text[stop : stop + 1] in ("十", "分", "刻", "拾"):
                break
            whole = "".join(map(str, state.run)) + "." + "".join(str(DIGITS[c]) for c in text[i + 1 : stop])
            return _read_decimal(text, at, whole, stop)
        elif (
            char == " "
            and state.arabic is not None
            and text[i + 1 : i + 2] in ("万", "亿", "千", "百", "萬", "億")
        ):
            i += 1
        else:
            break
    if end == at or len(state.run) > 15:
        return None
    rest = state.take(False)
    if rest is None:
        rest, end = 0, run_start
    return Numeral(at, end, state.total + state.section + rest, state.unit, state.about, is_bare)


def find_numerals(text: str, bare: bool = False) -> list[Numeral]:
    """Every numeral of `text`, left to right, not overlapping; runs of more than 15 digits are none."""
    plain, found, at = narrow(text), [], 0
    while (start := _START.search(plain, at)) is not None:
        numeral = read_numeral(plain, start.start(), bare)
        if numeral is None:
            at = start.end()
            same = _RUN.match(plain, start.start())  # too long a digit run: skip it whole
            at = same.end() if same else at
        else:
            found.append(numeral)
            at = numeral.end
    return found


def parse_numeral(text: str) -> int | float | None:
    """The value when the whole of `text` is one numeral, else None."""
    plain = narrow(text)
    numeral = read_numeral(plain, 0, bare=True)
    return numeral.value if numeral is not None and numeral.end == len(plain) else None
