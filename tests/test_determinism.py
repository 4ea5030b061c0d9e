"""The same input gives the same bytes: across hash seeds, locales, time zones, workers, orders of the input.

Other versions of Python are compared by `tools/same_bytes.py` (`make pythons`), in environments of their own.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "corpora" / "formats" / "demo"
MATRIX = {
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 12345": {"PYTHONHASHSEED": "12345"},
    "C locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "GB18030 locale": {"LC_ALL": "zh_CN.GB18030", "LANG": "zh_CN.GB18030", "PYTHONUTF8": "0"},
    "west of everything": {"TZ": "Etc/GMT+12"},
    "east of everything": {"TZ": "Pacific/Kiritimati"},
    "no fast helpers": {"COLLECTLINT_TEST_WITHOUT": "orjson,ahocorasick_rs,rjieba"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
}
if os.environ.get("COLLECTLINT_FULL") == "all":
    MATRIX |= {f"hash seed {seed}": {"PYTHONHASHSEED": str(seed)} for seed in range(1, 43)}
FORMATS = ("json", "jsonl", "sarif", "junit", "checkstyle", "csv", "markdown", "gitlab", "rdjson")
BARE = """
import os, sys
for name in filter(None, os.environ.get("COLLECTLINT_TEST_WITHOUT", "").split(",")):
    sys.modules[name] = None
from collectlint.__main__ import main
sys.exit(main())
"""


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A folder with zh_CN.GB18030 where the system can make it; else it goes by its name alone."""
    folder = tmp_path_factory.mktemp("locales")
    program = shutil.which("localedef")
    if program is not None:
        words = [program, "-i", "zh_CN", "-f", "GB18030", str(folder / "zh_CN.GB18030")]
        subprocess.run(words, capture_output=True, check=False)
    return {"LOCPATH": str(folder)} if list(folder.iterdir()) else {}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory, stocked: Callable[[Path], Path]) -> Path:
    return stocked(tmp_path_factory.mktemp("cache"))


def called(words: list[object], changes: dict[str, str], cache: Path) -> None:
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "src"), "COLLECTLINT_CACHE_DIR": str(cache), **changes,
    }  # fmt: skip
    ended = subprocess.run(
        [sys.executable, "-c", BARE, *map(str, words), "--as-of", "2026-11-22", "--isolated"],
        cwd=ROOT, env=environment, capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert ended.returncode in (0, 3), ended.stderr


def checked(folder: Path, changes: dict[str, str], cache: Path) -> dict[str, bytes]:
    """The demo in every format, by format."""
    folder.mkdir()
    outputs = [word for one in FORMATS for word in ("-o", f"{one}={folder / one}")]
    called(["check", "corpora/formats/demo", "--fail-on", "never", *outputs], changes, cache)
    return {one: (folder / one).read_bytes() for one in FORMATS}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> dict[str, bytes]:
    return checked(tmp_path_factory.mktemp("usual") / "out", {}, cache)


@pytest.mark.parametrize("name", MATRIX)
def test_the_same_input_gives_the_same_bytes(
    tmp_path: Path, usual: dict[str, bytes], locales: dict[str, str], cache: Path, name: str
) -> None:
    assert all(usual.values())
    if name == "hash seed 12345":
        cache = tmp_path / "cache"  # the rules too are compiled anew under it
    changes = MATRIX[name] | (locales if "GB18030" in name else {})
    assert checked(tmp_path / "out", changes, cache) == usual


def test_the_locale_is_what_it_says(locales: dict[str, str]) -> None:
    if not locales:
        pytest.skip("no localedef, or no sources of locales")
    code = "import locale; locale.setlocale(locale.LC_ALL, ''); print(locale.getpreferredencoding(False))"
    environment = {**os.environ, **MATRIX["GB18030 locale"], **locales}
    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
    assert ended.stdout.decode().strip().upper() == "GB18030"


def test_an_audit_gives_the_same_bytes(tmp_path: Path, locales: dict[str, str], cache: Path) -> None:
    """Page and workbook too: everything that may differ differs at once, the number of workers included."""
    made = []
    for which, jobs, changes in (
        ("one", 1, {"PYTHONHASHSEED": "1", "TZ": "Etc/GMT+12", "LC_ALL": "C.UTF-8"}),
        (
            "two",
            2,
            {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", **MATRIX["GB18030 locale"], **locales},
        ),
    ):
        out = tmp_path / which
        words = ["audit", "run", "corpora/formats/demo", "--out", out, "--jobs", jobs, "--unit-bytes", 3_000]
        called([*words, "-q"], changes, cache)
        made.append({path.name: path.read_bytes() for path in out.iterdir() if path.suffix != ".sqlite"})
    assert {
        "report.html",
        "review.xlsx",
        "findings.csv",
        "findings.jsonl",
        "summary.md",
        "summary.json",
    } <= set(made[0])
    assert made[0] == made[1]


def test_the_order_of_the_input_changes_the_order_alone(tmp_path: Path, cache: Path) -> None:
    lines = [
        json.dumps({**json.loads(line), "id": f"d{number}"}, ensure_ascii=False)
        for number, line in enumerate((DEMO / "sms.jsonl").read_text(encoding="utf-8").splitlines() * 5)
    ]
    told: list[Any] = []
    for which in range(3):
        path = tmp_path / f"{which}.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        out = tmp_path / f"{which}.json"
        called(["check", path, "--fail-on", "never", "-q", "-o", f"json={out}"], {}, cache)
        report = json.loads(out.read_bytes())
        told.append(
            {
                kind: sorted(
                    json.dumps({**one, "path": "", "line": 0, "end_line": 0}, sort_keys=True)
                    for one in report[kind]
                )
                for kind in ("findings", "not_evaluated", "failures")
            }
        )
        random.Random(which).shuffle(lines)
    assert told[0]["findings"]
    assert told[0] == told[1] == told[2]
