"""String constants of Java, Kotlin, Python and TypeScript, where the configuration names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from collectlint.errors import InputError, Place
from collectlint.lazy import lazily
from collectlint.readers.catalogue.reading import gathered, read_tree
from collectlint.readers.catalogue.spelling import Piece, Spelled, escaped
from collectlint.readers.catalogue.tree import Catalogue, Leaf, Record
from collectlint.readers.settings import NAMED, Items, Lines, ReadSettings, Source
from collectlint.visible import without_surrogates

COMMENTS = ("//", "#", "/*")
SUFFIXES = (".java", ".kt", ".kts", ".py", ".ts", ".tsx", ".js", ".mjs", ".jsx")
# Comments, and strings in the order in which they must be tried; group 1 is what opens a string.
_SLASHED = r"//[^\r\n]*|/\*[\s\S]*?\*/"
_TOKENS = {
    "java": lazily(rf'{_SLASHED}|(""")[\s\S]*?(?<!\\)"""|(?:(")(?:[^"\\\r\n]|\\.)*")|\'(?:[^\'\\]|\\.)*\''),
    "kotlin": lazily(rf'{_SLASHED}|(""")[\s\S]*?"""(?!")|(?:(")(?:[^"\\\r\n]|\\.)*")|\'(?:[^\'\\]|\\.)*\''),
    "python": lazily(
        r"#[^\r\n]*|(?:\b[rRbBfFuUtT]{1,2})?(\"\"\"|''')(?:[^\\]|\\[\s\S])*?\1"
        r"|(?:\b[rRbBfFuUtT]{1,2})?([\"'])(?:[^\\\r\n]|\\(?:\r\n|[\s\S]))*?\2"
    ),
    "typescript": lazily(rf"{_SLASHED}|(`)(?:[^\\`]|\\[\s\S])*`|([\"'])(?:[^\\\r\n]|\\(?:\r\n|[\s\S]))*?\2"),
}
_COMMENT = (lazily(_SLASHED), lazily(r"#[^\r\n]*"))
_OF_SUFFIX = {".java": "java", ".kt": "kotlin", ".kts": "kotlin", ".py": "python"}
# What stands before a constant: `NAME =`, `NAME: String =`, `name:`, `.put(`.
_NAME = lazily(
    r"([\w$]+)\s*(?::\s*[\w$<>\[\]|?., ]+?)?\s*=\s*\(?\s*$|([\w$]+)\s*:\s*\(?\s*$"
    r"|([\w$.]+)\(\s*(?:[\w$.]+\s*,\s*)*$"
)
_KEY = lazily(r"[A-Za-z0-9_.:/-]+")
_PAIRED = lazily(r"\s*(?:[:,]|to\b|=>)\s*\(?\s*")
_JOINED = lazily(r"\s*(?:\+|\.concat\()\s*|\s*\\?\s*")
_ESCAPES = {
    "java": r"\\(?:u+[0-9a-fA-F]{4}|[0-3]?[0-7]{1,2}|\r\n|[\s\S])",
    "kotlin": r"\\(?:u[0-9a-fA-F]{4}|.)",
    "python": r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|N\{[^}]*\}|[0-7]{1,3}|\r\n|[\s\S])",
    "typescript": r"\\(?:u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]+\}|x[0-9a-fA-F]{2}|\r\n|[\s\S])",
}
_ESCAPE = {
    language: lazily(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|" + escape)
    for language, escape in _ESCAPES.items()
}
_LETTERS = {"b": "\b", "t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "s": " ", "0": "\0"}


class _Constant(NamedTuple):
    """A string token: where it begins and ends, its inside, and whether escapes mean something in it."""

    start: int
    end: int
    inside: tuple[int, int]
    quote: str
    is_raw: bool


def sniff(_head: str, name: str) -> int:
    """By its name; asked only where the configuration says which constants are messages."""
    return NAMED + 5 if name.lower().endswith(SUFFIXES) else 0


def read(lines: Lines, source: Source, settings: ReadSettings) -> Items:
    """A Document for each constant that `settings.texts` names or `settings.expression` leads to.

    Raises InputError when neither is set.
    """
    if not settings.texts and not settings.expression:
        raise InputError(
            "没有指明哪些字符串常量是话术",
            Place(source.path),
            "请在配置里写 texts（常量名）或 expression（正则）",
        )
    raw = yield from gathered(lines, source, settings)
    language = settings.format if settings.format in _TOKENS else ""
    language = language or _OF_SUFFIX.get(re.sub(r".*(?=\.)", "", source.name.lower()), "typescript")
    if settings.expression:
        wanted = _led_to(raw, settings.expression)
        settings = settings._replace(texts=(*settings.texts, "*"))
        yield from read_tree(raw, parse(raw, language, wanted), source, settings)
    else:
        yield from read_tree(raw, parse(raw, language), source, settings)


def _led_to(raw: str, expression: str) -> list[tuple[int, int]]:
    """Stretches in which a constant must begin: matches of the expression and the blanks behind each."""
    import regex

    try:
        pattern = regex.compile(expression, regex.MULTILINE)
        found = [match.span() for match in pattern.finditer(raw, timeout=5)]
    except regex.error as error:
        reason = f"expression 不是有效的正则（第 {error.colno or 1} 个字符起）"
        raise InputError(reason, remedy="请改正配置里的 expression") from None
    except TimeoutError:
        raise InputError("expression 运行过久", remedy="请写得更具体，避免嵌套重复") from None
    blank = re.compile(r"\s*[fFrRbBuU]{0,2}")
    return [(start, blank.match(raw, end).end()) for start, end in found]  # type: ignore[union-attr]


def parse(raw: str, language: str, wanted: list[tuple[int, int]] | None = None) -> Catalogue:
    """All string constants as one record by their names ("" = none); those joined by `+` are one text.

    With `wanted` only those that begin in one of its stretches, ends included.
    """
    entries: list[tuple[str, Leaf]] = []
    group: list[_Constant] = []
    name = ""
    constants = list(_constants(raw, language))
    for which, constant in enumerate(constants):
        before = raw[constants[which - 1].end if which else 0 : constant.start]
        before = _COMMENT[language == "python"].sub(" ", before)
        if (
            group
            and _JOINED.fullmatch(before)
            and (language == "python" or "+" in before or "concat" in before)
        ):
            group.append(constant)
            continue
        if group:
            text = _leaf(raw, group, language).value
            # `"key": "text"`, `put("key", "text")`, `"key" to "text"`
            if len(group) == 1 and _KEY.fullmatch(text) and _PAIRED.fullmatch(before):
                name = text
            else:
                _take(entries, name, group, raw, language, wanted)
                name = _name(before)
        else:
            name = _name(before)
        group = [constant]
    if group:
        _take(entries, name, group, raw, language, wanted)
    return Catalogue((Record(tuple(entries)),))


def _take(
    entries: list[tuple[str, Leaf]],
    name: str,
    group: list[_Constant],
    raw: str,
    language: str,
    wanted: list[tuple[int, int]] | None,
) -> None:
    if wanted is None or any(start <= group[0].start <= end for start, end in wanted):
        entries.append((name, _leaf(raw, group, language)))


def _name(before: str) -> str:
    found = _NAME.search(before[-300:])
    return next((one for one in found.groups() if one), "") if found else ""


def _constants(raw: str, language: str) -> Iterator[_Constant]:
    for found in _TOKENS[language].finditer(raw):
        quote = found[1] or found[2]
        if quote:
            opened = found.start() + found.group().index(quote)
            prefix = raw[found.start() : opened].lower()
            is_raw = "r" in prefix or (language == "kotlin" and len(quote) == 3)
            inside = (opened + len(quote), found.end() - len(quote))
            yield _Constant(found.start(), found.end(), inside, quote, is_raw)


def _leaf(raw: str, group: list[_Constant], language: str) -> Leaf:
    spell = partial(_spell, language=language, raws=frozenset(one.inside for one in group if one.is_raw))
    spans = tuple(one.inside for one in group)
    value = "".join(piece.text for span in spans for piece in spell(Spelled(raw, (), "", _nothing), *span))
    return Leaf(Spelled(raw, spans, value, spell))


def _nothing(_text: Spelled, _start: int, _end: int) -> Iterator[Piece]:
    return iter(())


def _spell(
    text: Spelled, start: int, end: int, language: str, raws: frozenset[tuple[int, int]]
) -> Iterator[Piece]:
    raw = text.raw
    if (start, end) in raws:
        yield Piece(start, end, raw[start:end])
        return
    if language == "java" and raw.startswith('"""', start - 3):
        for low, high in _block_lines(raw, start, end):
            yield from escaped(raw, low, high, _ESCAPE[language], _decoded)
        return
    yield from escaped(raw, start, end, _ESCAPE[language], _decoded)


def _block_lines(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a Java text block, each with its line end, without the indent that all share."""
    lines = [found.span() for found in re.finditer(r"[^\r\n]*(?:\r\n|\n|\r|$)", raw[start:end])]
    lines = [(start + low, start + high) for low, high in lines if low < high][1:]  # the first is only blanks
    written = [raw[low:high] for low, high in lines]
    counted = [one for one in written[:-1] if one.strip()] + written[-1:]  # the closing quotes count
    indent = min((len(one) - len(one.lstrip(" \t")) for one in counted), default=0)
    for (low, high), one in zip(lines, written, strict=True):
        content = one.rstrip("\r\n")
        ending = high - len(one) + len(content)
        if not content.strip():
            yield ending, high
        elif len(content) - len(content.rstrip("\\")) & 1:  # goes on in the next line
            yield low + indent, high
        else:
            yield low + indent, low + len(content.rstrip())
            yield ending, high


def _decoded(escape: str) -> str:
    kind, rest = escape[1], escape[2:]
    if kind in "uUx" and rest:
        units = [int(unit, 16) for unit in re.findall(r"[0-9a-fA-F]+", re.sub(r"\\[uUx]", " ", escape))]
        if len(units) == 2:
            data = b"".join(unit.to_bytes(2, "big") for unit in units)
            return data.decode("utf-16-be", "replace")
        return without_surrogates(chr(units[0])) if units and units[0] < 0x110000 else "\ufffd"
    if kind == "N" and rest:
        import unicodedata

        try:
            return unicodedata.lookup(rest.strip("{}"))
        except KeyError:
            return "\ufffd"
    if kind in "\r\n":
        return ""
    if kind.isdigit() and (rest or kind != "0"):
        return chr(int(escape[1:], 8))
    return _LETTERS.get(kind, kind)
