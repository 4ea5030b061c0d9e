"""A folder of rules -> a Rulebook: found, read, checked, compiled, and kept in the private cache.

Layout: `sources.yaml`, `lexicon/*.yaml`, `profiles/*.yaml`, and `<pack>/<family>/<slug>.yaml`, one rule
a file; the pack `cn`, `tw`, `hk` says the jurisdiction, other packs hold for all three.
"""

from __future__ import annotations

import os
import stat
from binascii import crc32
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

from collectlint import __version__, cache
from collectlint.errors import Place, RuleError, RuleErrors, UsageError
from collectlint.likeness import Model
from collectlint.rulebook.packed import FORMAT, Packed, pack
from collectlint.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from collectlint.rulebook.reading import Changes, Read


_SIZE_MOST = 1024 * 1024  # bytes, as in `strict`, which a cached rulebook need not import


class Folder(Protocol):
    """The part of `importlib.resources.abc.Traversable` that is used (a wheel may be a zip file)."""

    @property
    def name(self) -> str: ...
    def is_dir(self) -> bool: ...
    def is_file(self) -> bool: ...
    def iterdir(self) -> Iterator[Any]: ...
    def read_bytes(self) -> bytes: ...
    def __truediv__(self, child: str) -> Any: ...


class OnDisk:
    """A file or folder of the file system; what `pathlib.Path` is, without its 3 ms of import."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __fspath__(self) -> str:
        return self._path

    __str__ = __fspath__

    @property
    def name(self) -> str:
        return os.path.basename(self._path)

    def is_dir(self) -> bool:
        return os.path.isdir(self._path)

    def is_file(self) -> bool:
        return os.path.isfile(self._path)

    def iterdir(self) -> Iterator[OnDisk]:
        return (self / name for name in os.listdir(self._path))

    def read_bytes(self) -> bytes:
        """The content; OSError for what is no regular file (a pipe would be waited for without end)."""
        # Not blocking, and looked at once more: the file may have become a pipe since.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(self._path, flags | getattr(os, "O_CLOEXEC", 0)), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(0, "不是普通文件")
            return file.read()

    def __truediv__(self, child: str) -> OnDisk:
        return OnDisk(os.path.join(self._path, child))


def shipped() -> Folder:
    """The rules that come with collectlint: in the wheel, or beside `src/` in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for above in (package, os.path.dirname(os.path.dirname(package))):
        folder = OnDisk(os.path.join(above, "rules"))
        if folder.is_dir():
            return folder
    from importlib.resources import files  # a zip file; costs 10 ms

    zipped = files("collectlint") / "rules"
    if zipped.is_dir():
        return zipped
    raise UsageError("找不到随附的规则", remedy="请重装 collectlint,或用 --rules 指明规则文件夹")


def yaml_files(folder: Folder, path: str) -> Iterator[tuple[str, bytes]]:
    """Paths below a folder of rules, in order, with what the files hold; raises RuleErrors."""
    return _yaml_files(folder, path, getattr(folder, "name", "rules"), ())


def _yaml_files(folder: Folder, path: str, root: str, above: tuple[Any, ...]) -> Iterator[tuple[str, bytes]]:
    identity = _identity(folder)
    if identity is not None and identity in above:
        raise RuleErrors([RuleError("符号链接成环", Place(f"{root}/{path}"), "请删除这个链接")])
    for child in sorted(folder.iterdir(), key=lambda one: one.name):
        inner = f"{path}/{child.name}" if path else child.name
        if child.is_dir():
            yield from _yaml_files(child, inner, root, (*above, identity))
        elif child.name.endswith((".yaml", ".yml")):
            yield inner, _content(child, f"{root}/{inner}")


def _identity(folder: Folder) -> tuple[int, int] | None:
    """What tells a folder of the file system from every other; None in a zip file."""
    if not isinstance(folder, os.PathLike):
        return None
    status = os.stat(folder)
    return status.st_dev, status.st_ino


def _content(file: Any, told: str) -> bytes:
    try:
        if isinstance(file, os.PathLike) and os.stat(file).st_size > _SIZE_MOST:
            raise RuleErrors([RuleError(f"文件过大:超过 {_SIZE_MOST} 字节", Place(told), "请拆成几个文件")])
        content: bytes = file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RuleErrors([RuleError(f"文件读不出来:{reason}", Place(told), "检查文件和权限")]) from None
    return content


def load(folder: Folder | None = None) -> Rulebook:
    """The rulebook of a folder (default: the shipped one).

    Raises RuleErrors with all faults. The compiled form is kept in the private cache under the hash of
    the folder's content, the tool's version and the format; the content is read and hashed again
    only when a file's name, size or time of change differs from the last time.
    """
    root = folder or shipped()
    name = f"rulebook-{crc32(str(root).encode('utf-8', 'surrogatepass')):08x}"
    stamp = _stamp(root)
    if stamp is not None:
        book = _kept(name, stamp, root)
        if book is not None:
            return book
    import hashlib  # 3 ms that an unchanged folder does not need

    contents = list(yaml_files(root, ""))
    digest = hashlib.sha256(f"{FORMAT}\0{__version__}\0".encode())
    for path, content in contents:
        digest.update(path.encode() + b"\0" + hashlib.sha256(content).digest())
    key = digest.hexdigest()
    book = _kept(name + "-content", key, root)
    if book is None:
        from collectlint.rulebook.reading import read_files  # a cached rulebook needs none of it: 20 ms

        read = read_files(contents, getattr(root, "name", "rules"))
        if read.errors:
            raise RuleErrors(list(read.errors))
        block = pack(read.data, key)
        cache.write(name + "-content", key, block)
        book = Rulebook(Packed(block), model_reader(root))
    if stamp is not None:
        cache.write(name, stamp, book.block)
    return book


def load_changed(folder: Folder | None, changes: Changes) -> Rulebook:
    """The rulebook of a folder with what a profile changes in it; kept in the cache by content."""
    import hashlib
    import json

    from collectlint.rulebook.reading import read_files

    root = folder or shipped()
    contents = list(yaml_files(root, ""))
    digest = hashlib.sha256(f"{FORMAT}\0{__version__}\0{json.dumps(changes)}\0".encode())
    for path, content in contents:
        digest.update(path.encode() + b"\0" + hashlib.sha256(content).digest())
    key = digest.hexdigest()
    book = _kept("rulebook-changed", key, root)
    if book is None:
        read = read_files(contents, getattr(root, "name", "rules"), changes)
        if read.errors:
            raise RuleErrors(list(read.errors))
        block = pack(read.data, key)
        cache.write("rulebook-changed", key, block)
        book = Rulebook(Packed(block), model_reader(root))
    return book


def _kept(name: str, key: str, root: Folder) -> Rulebook | None:
    """The compiled rulebook that the private cache holds under this key."""
    block = cache.mapped(name, key)
    if block is None:
        return None
    try:
        return Rulebook(Packed(block), model_reader(root))
    except (ValueError, KeyError, TypeError):
        return None  # damaged: compiled anew


def _stamp(root: Folder) -> str | None:
    """Names, sizes and times of change of all files, in one line; None in a zip file."""
    if not isinstance(root, os.PathLike):
        return None
    path = os.fspath(root)
    marks = [str(FORMAT), __version__, path]
    folders = [path]
    seen = set()
    while folders:
        here = folders.pop()
        identity = _identity(OnDisk(here))
        if identity in seen:
            continue
        seen.add(identity)
        with os.scandir(here) as entries:
            inner: list[str] = []
            for entry in entries:
                if entry.name.endswith((".yaml", ".yml")) and not entry.is_dir():
                    if entry.is_symlink() and not os.path.exists(entry.path):
                        return None  # reading it will tell
                    found = entry.stat()
                    inner.append(f"{entry.name}:{found.st_size}:{found.st_mtime_ns}:{found.st_ino}")
                elif entry.is_dir():
                    folders.append(entry.path)
            marks += sorted(inner)
    return "|".join(marks).replace("\n", " ")


def model_reader(root: Folder) -> Callable[[], Model | None]:
    """Reads `models/second-reader.model` when asked; a missing one means no second reader."""

    def read_model() -> Model | None:
        path = root / "models" / "second-reader.model"
        if not path.is_file():
            return None
        try:
            return Model(path.read_bytes())
        except ValueError as error:
            place = Place("models/second-reader.model")
            raise RuleError(f"模型读不懂:{error}", place, "重新运行 collectlint train") from None

    return read_model


def read(folder: Folder | None = None) -> Read:
    """Everything in a folder, with all faults, without the cache (for vet, tests, documentation)."""
    root = folder or shipped()
    from collectlint.rulebook.reading import read_files

    return read_files(list(yaml_files(root, "")), getattr(root, "name", "rules"))
