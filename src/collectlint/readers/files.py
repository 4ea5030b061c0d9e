"""Finds and opens input files without ever waiting on a pipe or following a loop."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from collectlint.errors import InputError, Place
from collectlint.finding import Failure

_KINDS = (
    (stat.S_ISFIFO, "命名管道"),
    (stat.S_ISSOCK, "套接字"),
    (stat.S_ISCHR, "字符设备"),
    (stat.S_ISBLK, "块设备"),
)


class Listed(NamedTuple):
    """A file found in a folder: its path, and its path below that folder with `/` between names."""

    path: str
    name: str


def shown(path: str) -> str:
    """A path that can be printed: bytes that are no UTF-8 become U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def is_folder(path: str) -> bool:
    """True for a folder; InputError when nothing can be found at `path`."""
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def open_file(path: str) -> tuple[BinaryIO, int]:
    """A regular file opened for reading, and its size in bytes; InputError for anything else."""
    try:
        _only_regular(path, os.stat(path).st_mode)
        # Not blocking, and looked at again: the file may have become a pipe since.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        number = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
        try:
            status = os.fstat(number)
            _only_regular(path, status.st_mode)
            return os.fdopen(number, "rb"), status.st_size
        except BaseException:
            os.close(number)
            raise
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _only_regular(path: str, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    what = next((name for test, name in _KINDS if test(mode)), "特殊文件")
    raise InputError(
        f"是{what}，不是普通文件",
        Place(shown(path)),
        "请改用普通文件，或经标准输入传入：… | collectlint check -",
    )


def _unreadable(path: str, error: OSError | ValueError) -> InputError:
    place = Place(shown(path))
    if isinstance(error, ValueError):
        return InputError("文件名无效", place, "文件名不能含有 NUL 字符")
    if isinstance(error, FileNotFoundError):
        if os.path.islink(path):
            return InputError("符号链接指向的文件不存在", place, "请修复或删除这个链接")
        return InputError("找不到文件", place, "请检查路径")
    if isinstance(error, PermissionError):
        return InputError("没有读取权限", place, "请检查文件权限")
    import errno

    if error.errno == errno.ELOOP:
        return InputError("符号链接成环", place, "请修复或删除这个链接")
    return InputError(f"无法读取：{error.strerror or error}", place, "请检查文件与磁盘")


def failure_of(error: InputError, path: str) -> Failure:
    """An InputError as the Failure that the report shows."""
    place = error.place or Place(path)
    return Failure(place.path, place.line, error.message, error.remedy)


def walk(folder: str) -> Iterator[Listed | Failure]:
    """Files below a folder, sorted by name in each folder; hidden ones are left out.

    Links to folders are followed once; a link to a folder that contains it is a Failure.
    """
    seen: dict[tuple[int, int], str] = {}
    pending: list[tuple[str, str, frozenset[tuple[int, int]]]] = [(folder, "", frozenset())]
    while pending:
        path, name, above = pending.pop()
        try:
            status = os.stat(path)
            if not stat.S_ISDIR(status.st_mode):
                yield Listed(path, name)
                continue
            identity = (status.st_dev, status.st_ino)
            if identity in above:
                yield Failure(shown(path), 0, "符号链接成环", "请修复或删除这个链接")
                continue
            if identity in seen:
                continue
            seen[identity] = path
            names = sorted(entry for entry in os.listdir(path) if not entry.startswith("."))
        except OSError as error:
            yield failure_of(_unreadable(path, error), shown(path))
            continue
        below = above | {identity}
        pending.extend(
            (os.path.join(path, entry), f"{name}/{entry}" if name else entry, below)
            for entry in reversed(names)
        )
