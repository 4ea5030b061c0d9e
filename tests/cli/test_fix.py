"""`check --fix` and `--fix-diff`: what is changed, byte for byte, and what never is."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from collectlint.cli.root import root
from collectlint.readers.rewrite import read_whole
from collectlint.readers.settings import ReadSettings

Check = Callable[..., Result]
RULE = "cn/process/former-regulator"
OLD, NEW = "银保监会", "国家金融监督管理总局"


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory, stocked: Callable[[Path], Path]) -> str:
    """A cache for all tests here, so that the shipped rules are compiled once."""
    return str(stocked(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def check(compiled: str, monkeypatch: pytest.MonkeyPatch) -> Check:
    """`check` with the shipped rules."""
    monkeypatch.setenv("COLLECTLINT_CACHE_DIR", compiled)

    def run(*args: object) -> Result:
        words = ["check", "--as-of", "2026-11-22", "--isolated", *map(str, args)]
        return CliRunner().invoke(root, words)

    return run


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_only_the_words_change(check: Check, tmp_path: Path, codec: str) -> None:
    path = tmp_path / "话术.md"
    text = "# 投诉渠道\r\n\r\n- 您可以向{}投诉。\r\n> 末行没有换行"
    path.write_bytes(text.format(OLD).encode(codec))
    path.chmod(0o640)
    result = check(path, "--fix", "--format", "json")
    assert path.read_bytes() == text.format(NEW).encode(codec)
    assert path.stat().st_mode & 0o777 == 0o640
    assert f"-- 您可以向{OLD}投诉。" in result.stderr
    assert f"+- 您可以向{NEW}投诉。" in result.stderr
    assert "已改正 1 个文件，1 处" in result.stderr
    assert [one["rule"] for one in json.loads(result.stdout)["findings"]] == []
    assert "已改正 0 个文件" in check(path, "--fix").stderr


def test_the_diff_changes_nothing_and_masks(check: Check, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"向{OLD}投诉，电话13800138000\n再不还钱就爆你通讯录\n", encoding="utf-8")
    before = path.read_bytes()
    result = check(path, "--fix-diff")
    assert path.read_bytes() == before
    assert result.exit_code == 1  # the threat
    lines = result.stdout.split("\n")
    assert f"-向{OLD}投诉，电话138****8000" in lines
    assert f"+向{NEW}投诉，电话138****8000" in lines
    assert "爆你通讯录" in result.stdout  # context
    assert "13800138000" in check(path, "--fix-diff", "--show-personal").stdout


@pytest.mark.parametrize(
    "text",
    [
        f"# collectlint: ignore[{RULE}] 引文\n向{OLD}投诉\n",  # waived
        f"《{OLD}关于印发某办法的通知》\n",  # a title
        f"坐席：您可以向{OLD}投诉\n客户：知道了\n",  # a record of what was said
        "向银 保 监 会投诉\n",  # disguised
        '{"text": "向\\u94f6\\u4fdd\\u76d1\\u4f1a投诉"}\n',  # not as it is read
    ],
)
def test_what_is_left_alone(check: Check, tmp_path: Path, text: str) -> None:
    path = tmp_path / ("a.jsonl" if text.startswith("{") else "a.txt")
    path.write_text(text, encoding="utf-8")
    result = check(path, "--fix")
    assert path.read_text(encoding="utf-8") == text
    assert "已改正 0 个文件，0 处" in result.stderr


def test_formats_whose_places_are_exact(check: Check, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"id": "1", "text": "向{OLD}投诉"}}\n', encoding="utf-8")
    (tmp_path / "b.csv").write_text(f"编号,短信内容\n1,向{OLD}投诉\n", encoding="utf-8")
    assert "已改正 2 个文件，2 处" in check(tmp_path, "--fix").stderr
    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8") == f'{{"id": "1", "text": "向{NEW}投诉"}}\n'
    assert (tmp_path / "b.csv").read_text(encoding="utf-8") == f"编号,短信内容\n1,向{NEW}投诉\n"


def test_traditional_text_in_its_own_encoding(check: Check, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("臺灣的客戶您可以向銀保監會投訴，謝謝您的來電".encode("big5hkscs"))
    assert "已改正 1 个文件" in check(path, "--fix", "--encoding", "big5").stderr
    assert "國家金融監督管理總局" in path.read_bytes().decode("big5hkscs")


def test_what_the_encoding_lacks_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("銀行".encode("big5hkscs"))
    file = read_whole(str(path), ReadSettings(encoding="big5"))
    assert file is not None
    assert file.written(("监管",)) is None
    path.write_bytes(b"\xff\xfe\xfd")
    assert read_whole(str(path), ReadSettings(encoding="utf-8")) is None


def test_only_changed_lines(check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def git(*words: str) -> None:
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, *words], cwd=tmp_path, check=True, capture_output=True)

    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.txt"
    path.write_text(f"向{OLD}投诉\n\n\n您好\n", encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    path.write_text(f"向{OLD}投诉\n\n\n再向{OLD}投诉\n", encoding="utf-8")
    check("--fix", "--changed-since", "HEAD")
    assert path.read_text(encoding="utf-8") == f"向{OLD}投诉\n\n\n再向{NEW}投诉\n"


def test_links_stay_links(check: Check, tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text(f"向{OLD}投诉\n", encoding="utf-8")
    os.symlink(real, link)
    check(link, "--fix")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == f"向{NEW}投诉\n"


@pytest.mark.parametrize(
    "args",
    [
        ("-t", "向银保监会投诉", "--fix"),
        ("--fix",),
        ("-", "--fix-diff"),
        (".", "--fix", "--fix-diff"),
        (".", "--fix", "--baseline", "b.jsonl", "--write-baseline"),
        ("-t", "x", "--watch"),
        (".", "--watch", "--fix"),
        ("no-such-file", "--watch"),
    ],
)
def test_calls_that_make_no_sense(
    check: Check, args: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert check(*args).exit_code == 2
