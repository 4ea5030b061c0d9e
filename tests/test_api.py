"""collectlint as a library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import collectlint
from collectlint.document import Document, Turn
from collectlint.errors import UsageError

RULES = Path(__file__).parent / "fixtures" / "rules"


@pytest.fixture(scope="module")
def rules():
    return collectlint.load_rules(RULES)


def test_text_document_and_many(rules):
    document = Document("d", (Turn("agent", "老赖"),))
    assert [one.rule for one in collectlint.lint("爆你通讯录", rules).findings] == [
        "common/threat/expose-contacts"
    ]
    assert [one.document for one in collectlint.lint(document, rules).findings] == ["d"]
    report = collectlint.lint(["爆你通讯录", document, "您好"], rules, as_of="2026-11-22")
    assert [one.document for one in report.findings] == ["text-1", "d"]
    assert report.documents == 3
    assert report.manifest["as_of"] == "2026-11-22"


def test_selection(rules):
    assert not collectlint.lint("老赖", rules, ignore=["*/abuse/*"]).findings
    with pytest.raises(UsageError):
        collectlint.lint("老赖", rules, select=["nothing"])


def test_missing_folder():
    with pytest.raises(UsageError):
        collectlint.load_rules("/no/such/folder")


def test_unknown_name():
    with pytest.raises(AttributeError):
        collectlint.no_such_thing  # noqa: B018
    assert set(collectlint.__all__) <= set(dir(collectlint))


def test_importing_costs_nothing():
    code = "import sys, collectlint; print([name for name in sys.modules if name.startswith('collectlint')])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "['collectlint']"
