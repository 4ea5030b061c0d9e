"""The shipped rules and the tests' own compiled once for all tests of a worker, in a cache of their own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

RULES = Path(__file__).parent / "fixtures" / "rules"


@pytest.fixture(scope="session", autouse=True)
def cache_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The cache wherever a test names none: never that of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache_of_all")
        patch.setenv("COLLECTLINT_CACHE_DIR", str(folder))
        yield folder


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Makes a cache folder at a place, in which both sets of rules lie compiled (3 seconds otherwise)."""
    from click.testing import CliRunner

    from collectlint.cli.root import root

    compiled = tmp_path_factory.mktemp("compiled")
    environment = {"COLLECTLINT_CACHE_DIR": str(compiled)}
    for rules in ([], ["--rules", str(RULES)]):
        words = ["check", "-t", "您好", "--isolated", "--as-of", "2026-11-22", *rules]
        assert CliRunner(env=environment).invoke(root, words).exit_code in (0, 3)

    def stock(place: Path) -> Path:
        # Links, not copies: a cache is never written in place, and there are a thousand of them.
        shutil.copytree(compiled, place, copy_function=os.link, dirs_exist_ok=True)
        place.chmod(0o700)
        return place

    return stock
