"""`rules docs --html`: every link of the built site resolves, and a page needs nothing from outside."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser

import pytest

from collectlint.proof.site import site


class Page(HTMLParser):
    """The ids of a page, its links, and what it would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if "id" in given:
            assert given["id"] not in self.ids
            self.ids.add(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in ("script", "link", "iframe", "img", "object", "base", "form") or "src" in given:
            self.fetched.append(tag)
        assert not any(name.startswith("on") for name in given)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    return site(None, "2026-11-22")


@pytest.fixture(scope="module")
def read(built) -> dict[str, Page]:
    return {name: Page(text) for name, text in built.items()}


def test_every_link_of_the_site_resolves(read):
    count = 0
    for name, page in read.items():
        assert page.open == [], name
        assert page.links, name
        for link in page.links:
            path, _, part = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            assert target in read, (name, link)
            assert not part or part in read[target].ids, (name, link)
            count += 1
    assert count > 3 * len(read)


def test_pages_need_nothing_from_outside(built, read):
    for name, text in built.items():
        assert read[name].fetched == [], name
        assert not re.search(r"@import|url\(|https?://[^<\"]*\.(?:js|css|woff)", text), name


def test_every_rule_has_its_page_and_is_found_from_the_index(built, read):
    rules = {name for name in built if name.count("/") == 2}
    assert len(rules) > 300
    assert rules <= set(read["index.html"].links)


def test_requirements_link_to_the_coverage(read):
    assert "../../coverage.html#CN-P11" in read["cn/threat/expose-contacts.html"].links
    assert "cn/threat/expose-contacts.html" in read["coverage.html"].links


def test_words_of_a_rule_stay_text(call, rules, tmp_path):
    import shutil

    mine = tmp_path / "mine"
    shutil.copytree(rules, mine)
    file = mine / "common" / "abuse" / "insults.yaml"
    text = file.read_text(encoding="utf-8")
    attack = "<script>alert(1)</script> [点我](javascript:alert(1)) <<x>>"
    changed = text.replace("title: {zh: 辱骂债务人", f'title: {{zh: "{attack}"')
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    result = call("rules", "docs", "--html", tmp_path / "site", "--rules", mine)
    assert result.exit_code == 0, result.output
    for name in ("index.html", "coverage.html", "common/abuse/insults.html"):
        page = (tmp_path / "site" / name).read_text(encoding="utf-8")
        assert Page(page).fetched == []
        assert "&lt;script&gt;" in page
        assert not any("javascript" in link for link in Page(page).links)


def test_check_tells_stale_pages_and_theirs_stay(call, rules, tmp_path):
    target = tmp_path / "site"
    docs = ("rules", "docs", "--html", target, "--rules", rules)
    assert call(*docs).exit_code == 0
    assert call(*docs, "--check").exit_code == 0
    gone = target / "cn" / "gone.html"
    gone.write_text((target / "index.html").read_text(encoding="utf-8"), encoding="utf-8")
    theirs = target / "theirs.html"
    theirs.write_text("<!doctype html>\n<p>mine", encoding="utf-8")
    assert call(*docs, "--check").exit_code == 1
    assert call(*docs).exit_code == 0
    assert (gone.exists(), theirs.exists()) == (False, True)
