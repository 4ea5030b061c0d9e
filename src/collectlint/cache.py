"""A private folder for things that can be rebuilt; whatever is wrong with it, the answer is "not cached"."""

from __future__ import annotations

import os
import stat
from binascii import crc32, hexlify
from contextlib import suppress
from io import FileIO
from typing import TypeAlias

StrPath: TypeAlias = "str | os.PathLike[str]"

_MAGIC = b"collectlint-cache 1"
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def private_dir() -> str | None:
    """Return the user's cache folder, created with mode 0700, or None when no safe one can be had.

    It is $COLLECTLINT_CACHE_DIR, else $XDG_CACHE_HOME/collectlint, else ~/.cache/collectlint. A folder
    that is a symbolic link, belongs to somebody else, can be written by others or not by us is refused.
    """
    chosen = _chosen_dir()
    return own_dir(chosen) if chosen is not None else None


def own_dir(folder: str) -> str | None:
    """Like `private_dir`, with a folder of the caller's choice."""
    chosen = os.path.abspath(folder)
    try:
        os.makedirs(os.path.dirname(chosen), mode=0o700, exist_ok=True)
        os.makedirs(chosen, mode=0o700, exist_ok=True)
    except OSError:
        return None
    return chosen if _is_safe(chosen) else None


def read(name: str, key: str) -> bytes | None:
    """Return what `write` stored under `name` with the very same `key`, or None."""
    return read_from(private_dir(), name, key)


def mapped(name: str, key: str) -> memoryview | None:
    """Like `read`, without a copy of its own: only what is looked at is read."""
    _check_names(name, key)
    folder = private_dir()
    if folder is None:
        return None
    try:
        return _map_own_file(os.path.join(folder, name), key)
    except (OSError, ValueError):  # ValueError: an empty file cannot be mapped
        return None


def write(name: str, key: str, data: bytes | memoryview) -> None:
    """Store `data` under the file name `name`; `key` (one line) says what it was made from. Never fails."""
    write_to(private_dir(), name, key, data)


def read_from(folder: StrPath | None, name: str, key: str) -> bytes | None:
    """Like `read`, in a folder of the caller's choice (None: never cached)."""
    _check_names(name, key)
    if folder is None or not _is_safe(folder):
        return None
    try:
        return _read_own_file(os.path.join(folder, name), key)
    except OSError:
        return None


def write_to(folder: StrPath | None, name: str, key: str, data: bytes | memoryview) -> None:
    """Like `write`, in a folder of the caller's choice (None: do nothing)."""
    _check_names(name, key)
    if folder is None or not _is_safe(folder):
        return
    unique = f".{name}.{os.getpid()}.{hexlify(os.urandom(6)).decode()}.tmp"
    temporary = os.path.join(folder, unique)
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY, 0o600)
    except OSError:
        return
    try:
        with open(descriptor, "wb") as file:
            file.write(_opening(key) + _checksum_line(data))
            file.write(data)
        os.replace(temporary, os.path.join(folder, name))
    except OSError:
        _remove(temporary)
    except BaseException:
        _remove(temporary)
        raise


def _chosen_dir() -> str | None:
    own = os.environ.get("COLLECTLINT_CACHE_DIR")
    if own:
        return os.path.abspath(own)
    xdg = os.environ.get("XDG_CACHE_HOME")
    if xdg and os.path.isabs(xdg):  # the XDG specification: a relative path is to be ignored
        return os.path.join(xdg, "collectlint")
    home = os.path.expanduser("~")
    return os.path.join(home, ".cache", "collectlint") if os.path.isabs(home) else None


def _is_safe(folder: StrPath) -> bool:
    try:
        status = os.lstat(folder)
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and _is_ours(status) and os.access(folder, os.W_OK | os.X_OK)


def _is_ours(status: os.stat_result) -> bool:
    if not hasattr(os, "getuid"):  # Windows: the profile folder is private by its access list
        return True
    return status.st_uid == os.getuid() and not status.st_mode & _OTHERS_WRITE


def _open(path: str) -> FileIO:
    # O_NONBLOCK: a planted named pipe must not make us wait for ever.
    flags = os.O_RDONLY | _NO_FOLLOW | _BINARY | getattr(os, "O_NONBLOCK", 0)
    return open(os.open(path, flags), "rb", buffering=0)


def _is_own_file(file: FileIO, key: str) -> bool:
    """Is it a regular file of ours that begins with the key? It stands behind the key then."""
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode) or not _is_ours(status):
        return False
    opening = _opening(key)
    return file.read(len(opening)) == opening


def _read_own_file(path: str, key: str) -> bytes | None:
    with _open(path) as file:
        if not _is_own_file(file, key):
            return None
        checksum = file.read(len(_checksum_line(b"")))
        data = file.read()
    return data if _checksum_line(data) == checksum else None


def _map_own_file(path: str, key: str) -> memoryview | None:
    from mmap import ACCESS_READ, mmap

    with _open(path) as file:
        if not _is_own_file(file, key):
            return None
        whole = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
    start = len(_opening(key))
    end = start + len(_checksum_line(b""))
    return whole[end:] if _checksum_line(whole[end:]) == whole[start:end] else None


def _opening(key: str) -> bytes:
    return b"%s\n%s\n" % (_MAGIC, key.encode())


def _checksum_line(data: bytes | memoryview) -> bytes:
    return b"%08x\n" % crc32(data)


def _check_names(name: str, key: str) -> None:
    if not name or name.startswith(".") or os.path.basename(name) != name:
        raise ValueError(f"not a plain file name: {name!r}")
    if "\n" in key:
        raise ValueError("a cache key is one line")


def _remove(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)
