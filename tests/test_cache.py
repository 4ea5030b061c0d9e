"""The private cache folder: what is refused, and that nothing wrong is ever read from it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from collectlint import cache

posix = pytest.mark.skipif(os.name != "posix", reason="owners and modes are a POSIX matter")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    chosen = tmp_path / "cache"
    monkeypatch.setenv("COLLECTLINT_CACHE_DIR", str(chosen))
    return chosen


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_what_was_written_is_read_with_the_same_key_only(folder: Path) -> None:
    cache.write("rules", "key 1", b"\x00payload\n")
    assert cache.read("rules", "key 1") == b"\x00payload\n"
    assert cache.read("rules", "key 2") is None
    assert cache.read("rules", "key") is None
    assert cache.read("other", "key 1") is None
    cache.write("rules", "key 2", b"")
    assert cache.read("rules", "key 1") is None
    assert cache.read("rules", "key 2") == b""
    assert only_file(folder).name == "rules"


@posix
def test_folder_and_file_are_private(folder: Path) -> None:
    old = os.umask(0)
    try:
        cache.write("rules", "k", b"data")
    finally:
        os.umask(old)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(only_file(folder).stat().st_mode) == 0o600


def test_order_of_the_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("COLLECTLINT_CACHE_DIR", str(tmp_path / "own"))
    assert cache.private_dir() == str(tmp_path / "own")
    monkeypatch.setenv("COLLECTLINT_CACHE_DIR", "")
    assert cache.private_dir() == str(tmp_path / "xdg" / "collectlint")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache.private_dir() == str(tmp_path / "home" / ".cache" / "collectlint")
    assert not (Path.cwd() / "relative").exists()


@posix
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702, 0o1777])
def test_folder_that_others_may_write_is_refused(folder: Path, mode: int) -> None:
    cache.write("rules", "k", b"good")
    folder.chmod(mode)
    assert cache.private_dir() is None
    assert cache.read("rules", "k") is None
    cache.write("rules", "k", b"new")
    folder.chmod(0o700)
    assert cache.read("rules", "k") == b"good"


@posix
def test_folder_of_somebody_else_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.write("rules", "k", b"good")
    me = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: me + 1)
    assert cache.private_dir() is None
    assert cache.read_from(folder, "rules", "k") is None


@posix
def test_folder_that_is_a_symbolic_link_is_refused(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir(mode=0o700)
    folder.symlink_to(target)
    assert cache.private_dir() is None
    cache.write_to(folder, "rules", "k", b"data")
    assert list(target.iterdir()) == []


@posix
def test_poisoned_files_are_refused(folder: Path, tmp_path: Path) -> None:
    cache.write("rules", "k", b"planted")
    planted = tmp_path / "planted"
    (folder / "rules").rename(planted)

    (folder / "rules").symlink_to(planted)
    assert cache.read("rules", "k") is None

    (folder / "rules").unlink()
    os.link(planted, folder / "rules")
    assert cache.read("rules", "k") == b"planted"
    planted.chmod(0o666)
    assert cache.read("rules", "k") is None

    (folder / "rules").unlink()
    os.mkfifo(folder / "rules", 0o600)
    assert cache.read("rules", "k") is None

    (folder / "rules").unlink()
    (folder / "rules").mkdir()
    assert cache.read("rules", "k") is None
    cache.write("rules", "k", b"new")  # cannot replace a folder, and says nothing
    assert [path.name for path in folder.iterdir()] == ["rules"]


def test_every_cut_and_every_changed_byte_is_noticed(folder: Path) -> None:
    cache.write("rules", "the key", b"some payload")
    path = only_file(folder)
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        assert cache.read("rules", "the key") is None
        path.write_bytes(whole[:size] + bytes([whole[size] ^ 1]) + whole[size + 1 :])
        assert cache.read("rules", "the key") is None
    path.write_bytes(whole + b"x")
    assert cache.read("rules", "the key") is None
    path.write_bytes(whole)
    assert cache.read("rules", "the key") == b"some payload"


def test_no_folder_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_text("")
    for place in (file, file / "below"):
        monkeypatch.setenv("COLLECTLINT_CACHE_DIR", str(place))
        assert cache.private_dir() is None
        cache.write("rules", "k", b"data")
        assert cache.read("rules", "k") is None


@posix
def test_read_only_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.write("rules", "k", b"data")
    folder.chmod(0o500)
    if os.geteuid() == 0:  # root may write everywhere; ask as an ordinary user would be answered
        monkeypatch.setattr(os, "access", lambda path, mode: not (mode & os.W_OK and Path(path) == folder))
    assert cache.private_dir() is None
    folder.chmod(0o700)


def test_failed_write_leaves_the_old_file_and_no_rest(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.write("rules", "k", b"old")

    def full(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        cache.write("rules", "k", b"new")
    assert cache.read("rules", "k") == b"old"
    assert only_file(folder).name == "rules"


def test_no_folder_means_nothing_is_cached() -> None:
    cache.write_to(None, "rules", "k", b"data")
    assert cache.read_from(None, "rules", "k") is None


@pytest.mark.parametrize("name", ["", ".", "..", ".hidden", "../up", "a/b", "/etc/passwd"])
def test_names_stay_inside_the_folder(name: str, folder: Path) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        cache.write(name, "k", b"")
    with pytest.raises(ValueError, match="plain file name"):
        cache.read(name, "k")


def test_key_is_one_line(folder: Path) -> None:
    with pytest.raises(ValueError, match="one line"):
        cache.write("rules", "a\nb", b"")
