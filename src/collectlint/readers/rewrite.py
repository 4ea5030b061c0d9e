"""A text file whose lines are changed and written back in its own encoding, byte for byte elsewhere."""

from __future__ import annotations

from typing import NamedTuple

from collectlint.errors import InputError
from collectlint.lazy import lazily
from collectlint.readers import decode, files
from collectlint.readers.settings import ReadSettings

_LINE = lazily(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")


class TextFile(NamedTuple):
    """A file as text: `lines` with their endings, `mark` the bytes before the first (a byte order mark)."""

    lines: tuple[str, ...]
    codec: str
    mark: bytes
    data: bytes

    def written(self, lines: tuple[str, ...]) -> bytes | None:
        """The bytes of the file with other lines; None when its encoding lacks a character."""
        try:
            return self.mark + "".join(lines).encode(self.codec)
        except UnicodeEncodeError:
            return None


def read_whole(path: str, settings: ReadSettings) -> TextFile | None:
    """The file as text; None when it is none, too large, or not just what its text is written as."""
    try:
        stream, size = files.open_file(path)
        with stream:
            if size > settings.max_whole_bytes:
                return None
            data = stream.read(settings.max_whole_bytes)
        encoding = decode.choose(data[: decode.HEAD_BYTES], path, settings)
    except InputError:
        return None
    mark = data[: encoding.mark]
    try:
        text = data[encoding.mark :].decode(encoding.codec)
        if mark + text.encode(encoding.codec) != data:
            return None
    except UnicodeError:
        return None
    return TextFile(tuple(_LINE.findall(text)), encoding.codec, mark, data)
