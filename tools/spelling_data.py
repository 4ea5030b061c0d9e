"""Makes `sounds.txt` and `ordinary.bin` of `src/collectlint/text/spelling`; same sources, same bytes.

Needs pypinyin (MIT) for the sounds; the ordinary pairs come from jieba's dictionary, the words of
`rules/`, and the clean and labelled corpora. Run it by hand when the rules have learnt many words; a
changed `sounds.txt` changes the variants, so write `corpora/evasion` anew then:

    pip install pypinyin && PYTHONPATH=src python tools/spelling_data.py
"""

from __future__ import annotations

import json
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

from pypinyin import Style, phrases_dict, pinyin

from collectlint.rulebook.folder import read
from collectlint.text.fold import fold
from collectlint.text.ordinary import SIZE, places

ROOT = Path(__file__).parents[1]
DATA = ROOT / "src" / "collectlint" / "text" / "spelling"
OFTEN = 3  # frequency of a dictionary word from which its pairs are ordinary
TIMES = 30  # documents of the corpora that must hold a pair
READINGS = 4  # phrases that must show a second reading of a character
TARGETS = 3000  # commonest characters, which misspelt ones are read as; with those of the rules
PLAIN = str.maketrans({"ü": "v", "ê": "e", "ń": "n", "ň": "n", "ǹ": "n"})


def is_han(text: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in text)


def dictionary() -> dict[str, int]:
    spec = find_spec("jieba")
    assert spec is not None
    assert spec.submodule_search_locations
    text = (Path(spec.submodule_search_locations[0]) / "dict.txt").read_text(encoding="utf-8")
    rows = (line.split(" ") for line in text.split("\n"))
    return {row[0]: int(row[1]) for row in rows if len(row) > 1 and is_han(row[0])}


def main() -> None:
    words = dictionary()
    literals = {word for words in read().data["sets"] for word in words if is_han(word)}
    uses: Counter[str] = Counter()
    for word, count in words.items():
        for char in word:
            uses[char] += count + 1
    common = {char for char, _ in uses.most_common(TARGETS)} | set("".join(literals))
    known = [char for char, _ in uses.most_common(7500)]
    known += sorted(common - set(known))
    spoken: Counter[tuple[str, str]] = Counter()
    for phrase, sounds in phrases_dict.phrases_dict.items():
        if len(phrase) == len(sounds):
            for char, sound in set(zip(phrase, (one[0] for one in sounds), strict=True)):
                spoken[char, plain(sound)] += 1
    rows: dict[str, list[str]] = {}
    for char in known:
        if fold(char) != char:
            continue
        first = pinyin(char, style=Style.NORMAL)[0][0].translate(PLAIN)
        others = {sound for (one, sound), count in spoken.items() if one == char and count >= READINGS}
        for sound in sorted({first, *others}):
            if sound.isascii() and sound.isalpha():
                rows.setdefault(sound, []).append(char)
    lines = []
    for sound in sorted(rows):
        chars = sorted(rows[sound], key=lambda char: (-uses[char], char))
        targets = "".join(char for char in chars if char in common)
        rest = "".join(char for char in chars if char not in common)
        lines.append(f"{sound} {targets}|{rest}")
    (DATA / "sounds.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")

    pairs = {
        word[start : start + 2]
        for word, count in words.items()
        if len(word) > 1 and count >= OFTEN
        for start in range(len(word) - 1)
    }
    pairs |= {word[start : start + 2] for word in literals for start in range(len(word) - 1)}
    seen: Counter[str] = Counter()
    for path in sorted((ROOT / "corpora").glob("[cl]*/*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line:
                record = json.loads(line)
                if {"evasion", "asr"} & set(record["label"]["tags"]):
                    continue
                text = "\n".join(
                    [record.get("text", ""), *(turn["text"] for turn in record.get("turns", ()))]
                )
                text = fold(text)
                found = {text[start : start + 2] for start in range(len(text) - 1)}
                seen.update(pair for pair in found if is_han(pair))
    pairs |= {pair for pair, count in seen.items() if count >= TIMES}
    bits = bytearray(SIZE // 8)
    for pair in pairs:
        for place in places(fold(pair)):
            bits[place >> 3] |= 1 << (place & 7)
    (DATA / "ordinary.bin").write_bytes(bytes(bits))
    print(f"{len(pairs)} ordinary pairs, {len(lines)} sounds of {len(known)} characters")


def plain(sound: str) -> str:
    import unicodedata

    marked = unicodedata.normalize("NFD", sound.replace("ü", "v"))
    return "".join(char for char in marked if char.isascii()).translate(PLAIN)


if __name__ == "__main__":
    main()
