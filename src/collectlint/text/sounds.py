"""Characters by sound, by shape and by parts: what a character may stand for when it is misspelt.

The tables lie in `spelling/`: `sounds.txt` (Mandarin syllables without tones, made by
`tools/spelling_data.py`), `shapes.txt` (look-alikes, a group a line) and `splits.txt` (two parts and
what they make). They are searched as text, because a spot check asks for two or three characters.
"""

from __future__ import annotations

from functools import cache

from collectlint.text.ordinary import data

# zh and z and so on: what speakers of many regions, and recognisers, take for each other.
_BOPOMOFO = dict(
    zip("ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙㄧㄨㄩ", "bpmfdtnlgkhjqxzcsrzcsywy", strict=True)
)


@cache
def _sounds() -> str:
    return "\n" + data("sounds.txt").decode()


@cache
def _shapes() -> str:
    return "\n" + data("shapes.txt").decode()


@cache
def splits() -> dict[str, str]:
    """Two parts side by side -> the character they make."""
    lines = data("splits.txt").decode().split("\n")
    return {line[:2]: line[2] for line in lines if len(line) == 3}


@cache
def sounds_of(char: str) -> tuple[str, ...]:
    """The syllables a simplified character may be read as, without tones; () for a rare one."""
    text = _sounds()
    found = []
    position = text.find(char)
    while position >= 0:
        line = text.rfind("\n", 0, position) + 1
        found.append(text[line : text.index(" ", line)])
        position = text.find(char, position + 1)
    return tuple(found)


@cache
def spoken(syllable: str) -> str:
    """The common characters of a syllable, commonest first; "" when there is no such syllable."""
    text = _sounds()
    start = text.find(f"\n{syllable} ")
    return text[start + len(syllable) + 2 : text.index("|", start)] if start >= 0 else ""


@cache
def beginning(initial: str) -> str:
    """The common characters whose syllable begins with a letter (or a bopomofo sign)."""
    initial = _BOPOMOFO.get(initial, initial)
    lines = (line.partition(" ") for line in _sounds().split("\n"))
    return "".join(rest.partition("|")[0] for sound, _, rest in lines if sound.startswith(initial))


@cache
def sounding_like(char: str) -> str:
    """The common characters that sound like this one, itself left out."""
    found = dict.fromkeys("".join(map(spoken, sounds_of(char))))
    found.pop(char, None)
    return "".join(found)


@cache
def looking_like(char: str) -> str:
    """The characters that look much like this one."""
    text = _shapes()
    found: dict[str, None] = {}
    position = text.find(char)
    while position >= 0:
        line = text.rfind("\n", 0, position) + 1
        found.update(dict.fromkeys(text[line : text.index("\n", position)]))
        position = text.find(char, position + 1)
    found.pop(char, None)
    return "".join(found)


@cache
def syllables(letters: str) -> tuple[str, ...] | None:
    """Letters cut into pinyin syllables, longest first; None when they are none."""
    if not letters:
        return ()
    for length in range(min(6, len(letters)), 0, -1):
        if spoken(letters[:length]):
            rest = syllables(letters[length:])
            if rest is not None:
                return (letters[:length], *rest)
    return None
