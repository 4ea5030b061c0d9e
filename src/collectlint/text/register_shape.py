"""What a register is: kinds of words that show it together, and what rules it out."""

import re
from typing import NamedTuple

from collectlint.text.stance import Stance


class Kind(NamedTuple):
    """A kind of words that a register shows; at most `most` different ones count."""

    words: re.Pattern[str]
    most: int


class Register(NamedTuple):
    """It holds where the first two kinds occur and all of them make `least` different words.

    Nothing outside quotations may match `unless`.
    """

    stance: Stance
    kinds: tuple[Kind, ...]
    least: int
    unless: re.Pattern[str]


def cues(words: str) -> list[str]:
    """Words, one of which every match of an expression holds, for `lazily`."""
    return words.split()


# Somebody is told to pay, or what follows if not.
PAY_NOW = (
    r"(?:再|还|若|如)不(?:还|缴|处理|清|付|给|出面|回电|覆)|不还(?:钱|款)?(?:就|我)|唔还(?:钱|就)|限(?:你|您)"
    r"|(?:马上|立即|立刻|即刻|尽快|尽速|速|今天|今日|明天|明日)[^,。!?\n]{0,8}(?:还款|还清|还钱|缴清|缴款|清偿|清还|过数|结清|处理欠|付清)"
    r"|(?:请|须|应)(?:您|你)?(?:尽快|尽速|于|在|立即|立刻|马上|今日|今天|及时)[^,。!?\n]{0,12}(?:还|缴|付|清|处理)"
)
OWING = r"(?<![说话称讲吓骗])(?:你|您|台端|阁下)(?:的|已|还|仲|就|所){0,2}(?:欠|逾期|涉嫌)"
OTHERWISE = "否则|不然|后果自负"
