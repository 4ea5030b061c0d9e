"""Text that XML 1.0 takes, and a tree of elements as bytes; what the two XML formats share."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import IO, Any

from collectlint.lazy import lazily
from collectlint.visible import escaped, visible

_FORBIDDEN = lazily("[\ufffe\uffff]|[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_BREAK = lazily(r"\r\n|\n|\r")


def sound(text: str) -> str:
    """`text` on one line, with everything that XML forbids or that hides as an escape."""
    return _FORBIDDEN.sub(_escape, visible(text))


def sound_lines(lines: Iterable[str]) -> str:
    """Several lines; none may look like a command to a machine that prints the file."""
    parts = [sound(part) for line in lines if line for part in _LINE_BREAK.split(line)]
    return "\n".join(
        rf"\x3a:{part[2:]}" if part.startswith("::") else part for part in map(str.lstrip, parts)
    )


def write_tree(root: ET.Element, out: IO[Any]) -> None:
    """The document in UTF-8, two spaces a level."""
    ET.indent(root)
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(ET.tostring(root, encoding="unicode").encode() + b"\n")


def _escape(found: re.Match[str]) -> str:
    return escaped(found[0])
