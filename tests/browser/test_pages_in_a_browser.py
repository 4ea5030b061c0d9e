"""The pages of the rules and of the coverage as a browser shows them, on a desk and on a telephone."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectlint.proof.site import site

pytestmark = pytest.mark.browser

WIDTHS = (400, 1280)
PAGES = {
    "index.html": "规则",
    "coverage.html": "法规覆盖",
    "cn/threat/expose-contacts.html": "以爆通讯录相威胁",
    "tw/process/bank-sms-link.html": None,
    "common/harassment/house-hours.html": "在本机构自定的免扰时段联系",
}
# What a person can see wider than the window; what scrolls inside its own box is no fault.
TOO_WIDE = """[...document.querySelectorAll('body *')].filter(one => {
  if (one.closest('.wide') && !one.matches('.wide')) return false;
  return one.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
}).map(one => one.tagName + ' ' + one.textContent.slice(0, 40)).slice(0, 5)"""

# The least contrast of the words with what they stand on: the nearest ground that is not transparent.
CONTRAST = """(() => {
  const part = one => { one /= 255; return one <= .04045 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4; };
  const light = said => { const [r, g, b] = said.match(/[\\d.]+/g).map(Number);
    return .2126 * part(r) + .7152 * part(g) + .0722 * part(b); };
  const page = matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(18, 18, 18)' : 'rgb(255, 255, 255)';
  const ground = one => { for (; one; one = one.parentElement) {
    const said = getComputedStyle(one).backgroundColor;
    if (!/, 0\\)$/.test(said)) return said; } return page; };
  return Math.min(...[...document.querySelectorAll('p, a, h1, th, .dim, .state, mark, li, nav')].map(one => {
    const [a, b] = [light(getComputedStyle(one).color), light(ground(one))].sort((x, y) => y - x);
    return (a + .05) / (b + .05); }));
})()"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site")
    for name, text in site(None, "2026-11-22").items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text, encoding="utf-8")
    return target


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_right(browser, folder, pictures, name, width):
    browser.said.clear()
    browser.asked.clear()
    address = (folder / name).as_uri()
    browser.open(address, width)
    browser.picture(pictures / f"{name.removesuffix('.html').replace('/', '-')}.{width}.png")
    assert browser.said == []
    assert browser.asked == [address], "a page fetches nothing"
    heading = browser.ask("document.querySelector('h1').innerText")
    assert PAGES[name] in (heading, None)
    assert heading in browser.ask("document.title")
    assert browser.ask("document.characterSet") == "UTF-8"
    assert browser.ask("innerWidth") == width
    assert browser.ask("document.documentElement.scrollWidth") <= width
    assert browser.ask(TOO_WIDE) == []


def test_marked_words_stand_out(browser, folder):
    browser.open((folder / "cn/deception/credit-repair-closed.html").as_uri(), 1280)
    assert "享受一次性信用修复" in browser.ask(
        "[...document.querySelectorAll('mark')].map(one => one.innerText)"
    )
    plain, marked = browser.ask(
        "['code', 'mark'].map(one => getComputedStyle(document.querySelector('li ' + one)).backgroundColor)"
    )
    assert plain != marked
    assert "<<" not in browser.ask("document.body.innerText")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_stand_off_their_ground(browser, folder, pictures, theme):
    """Contrast of 4.5 to 1 (WCAG 2.2 AA, 1.4.3) for text, links, states and marked words."""
    browser.theme(theme)
    try:
        for name in ("coverage.html", "cn/threat/expose-contacts.html"):
            browser.open((folder / name).as_uri(), 1280)
            assert browser.ask(CONTRAST) >= 4.5, name
        browser.picture(pictures / f"page.{theme}.png")
    finally:
        browser.theme("light")


def test_links_lead_from_a_rule_to_its_requirement_and_back(browser, folder):
    browser.open((folder / "cn/deception/credit-repair-closed.html").as_uri(), 1280)
    to = browser.ask("[...document.links].find(one => one.innerText == 'CN-C14').href")
    browser.open(to, 1280)
    assert browser.ask("document.querySelector(':target').id") == "CN-C14"
    back = browser.ask("[...document.querySelectorAll(':target a')].map(one => one.getAttribute('href'))")
    assert "cn/deception/credit-repair-closed.html" in back


def test_clauses_and_days_stay_on_one_line(browser, folder):
    browser.open((folder / "cn/threat/expose-contacts.html").as_uri(), 1280)
    lines = """[...document.querySelectorAll('td[data-name=条款], .day')].map(one => {
      const range = document.createRange(); range.selectNodeContents(one);
      return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size; })"""
    assert set(browser.ask(lines)) == {1}


def test_cells_keep_their_column_on_a_telephone(browser, folder):
    browser.open((folder / "cn/threat/expose-contacts.html").as_uri(), 400)
    named = "getComputedStyle(document.querySelector('td[data-name=条款]'), '::before').content"
    assert browser.ask(named) == '"条款"'
    assert browser.ask("getComputedStyle(document.querySelector('thead')).display") == "none"


def test_pages_tell_the_language_of_a_row(browser, folder):
    browser.open((folder / "cn/threat/expose-contacts.html").as_uri(), 1280)
    tags = browser.ask("[...document.querySelectorAll('tbody tr[lang]')].map(one => one.lang)")
    assert tags[0] == "zh-CN"
    assert {"zh-TW", "en-US"} <= set(tags)
