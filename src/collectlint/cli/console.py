"""The terminal: streams that never fail on a character, colour by the usual rules, closed pipes."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO


def make_streams_lenient() -> None:
    """A console that lacks a character (GBK, ASCII) gets its escape instead of an exception."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def color_wanted(chosen: bool | None, stream: TextIO) -> bool:
    """--color / --no-color, else NO_COLOR, else FORCE_COLOR (both if not empty), else a terminal."""
    if chosen is not None:
        return chosen
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def width_of(stream: TextIO) -> int:
    """Columns of the terminal; 0 = unlimited, when it is none."""
    if not is_terminal(stream):
        return 0
    from shutil import get_terminal_size

    return get_terminal_size().columns


def encoding_of(stream: TextIO) -> str:
    return getattr(stream, "encoding", None) or "utf-8"


def say(text: str) -> None:
    """A line on stdout; nothing happens when nobody reads it any more."""
    try:
        sys.stdout.write(f"{text}\n")
    except BrokenPipeError:
        silence(sys.stdout)


def show(text: str) -> None:
    """A line on stdout that holds words from outside, made safe to show."""
    from collectlint.visible import visible

    say(visible(text, encoding_of(sys.stdout)))


def say_error(message: str, remedy: str = "") -> None:
    """An error on stderr, made safe to show, with what to do about it."""
    from collectlint.visible import visible

    encoding = encoding_of(sys.stderr)
    tail = f"（{remedy}）" if remedy else ""
    shown = "\n".join(visible(line, encoding) for line in f"错误：{message}{tail}".split("\n"))
    with suppress(OSError):
        print(shown, file=sys.stderr)  # noqa: T201


def note(message: str) -> None:
    """A remark on stderr."""
    with suppress(OSError):
        print(message, file=sys.stderr)  # noqa: T201


def flush() -> None:
    """Write out what is buffered, so that a closed pipe is noticed here and not at the very end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except BrokenPipeError:
            silence(stream)
        except (OSError, ValueError):
            pass


def silence(stream: TextIO) -> None:
    """Send what is still to be written nowhere: the reader (`head`) has had enough."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
