"""The HTML report in a real browser: nothing acts, everything can be reached, large nights stay light."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jinja2")
pytest.importorskip("vl_convert")
CHROMIUM = os.environ.get("COLLECTLINT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
HOSTILE = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "</script><script>document.title='owned'</script>",
    "{{ 7 * 7 }}",
    "\u202e反过来\u202c",
    "\x1b[31m红\x07",
    "=cmd|' /C calc'!A0",
    "<!--",
    "😀𠮷",
)

needs_browser = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")


@pytest.fixture
def hostile(audit, tmp_path) -> Path:
    """A report in which every field that comes from outside is hostile."""
    rows: list[dict[str, Any]] = [
        {"id": f"{evil}{which}", "text": f"{evil}，你这个老赖要不要脸", "agent_id": evil, "agency": evil,
         "channel": "sms", "started_at": f"2026-03-{which + 1:02d}T1{which}:00:00"}
        for which, evil in enumerate(HOSTILE)
    ]  # fmt: skip
    rows += [
        {"id": f"call-{evil}", "kind": "transcript", "channel": "call", "turns": [
            {"speaker": "agent", "text": "您好，这里是青田银行，本次通话将被录音", "start": 0, "end": 3},
            {"speaker": "debtor", "text": evil, "start": 3, "end": 5},
            {"speaker": "agent", "text": f"{evil}再不还钱就爆你通讯录", "start": 65, "end": 70},
        ]} for evil in HOSTILE
    ]  # fmt: skip
    rows.append(
        {"id": "waived", "text": "你这个老赖要不要脸",
         "collectlint": f"ignore[common/abuse/label] {''.join(HOSTILE)}"}
    )  # fmt: skip
    path = tmp_path / "<b>名字.jsonl"
    path.write_text(
        "".join(json.dumps(row) + "\n" for row in rows) + '{"id": "<u>", "text": ["<i>"]}\n', encoding="utf-8"
    )
    out = tmp_path / "out"
    audit(path, "--out", out, "--jobs", 1)
    return out / "report.html"


@pytest.fixture
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        shown = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield shown
        shown.close()


@pytest.fixture
def opened(browser) -> Any:
    """Opens a page and collects what it complains about."""

    def open_page(path: Path, **how: Any) -> tuple[Any, list[str]]:
        page = browser.new_page(**how)
        faults: list[str] = []
        page.on("console", lambda one: faults.append(one.text) if one.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda one: None if one.url.startswith("file:") else faults.append(one.url))
        page.goto(path.as_uri())
        return page, faults

    return open_page


def test_the_file_is_whole_and_asks_for_nothing(hostile):
    text = hostile.read_text(encoding="utf-8")
    assert 'http-equiv="Content-Security-Policy" content="default-src \'none\'' in text
    assert not re.search(r"<(?:link|iframe|object|embed|base|form [^>]*action)\b", text)
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)""", re.sub(r"xmlns\S*", "", _without_data(text)))
    assert "\x1b" not in text
    assert "\u202e" not in text


def _without_data(text: str) -> str:
    text = re.sub(r'<script type="application/json".*?</script>', "", text, flags=re.S)
    return re.sub(r"&lt;.*?&gt;", "", text, flags=re.S)


@needs_browser
def test_hostile_text_stays_text(hostile, opened):
    page, faults = opened(hostile)
    page.wait_for_selector("#rows tr")
    shown = page.inner_text("#rows")
    for evil in HOSTILE[:4]:
        assert evil in shown
    assert "😀𠮷" in shown
    assert page.title() == "催收合规审计报告"
    for button in page.query_selector_all("#rows button"):
        button.click()
        page.wait_for_selector("dialog[open]")
        assert page.query_selector("dialog mark") is not None
        page.keyboard.press("Escape")
    assert page.title() == "催收合规审计报告"
    assert (
        page.evaluate("document.querySelectorAll('main img, main iframe, main b, main i, main u').length")
        == 0
    )
    assert faults == []


@pytest.fixture
def besieged(audit, tmp_path) -> Path:
    """The folder of an audit of every payload that reports are tried with."""
    told = json.loads((Path(__file__).parents[1] / "reporters" / "payloads.json").read_bytes())
    many = [one for some in told.values() for one in some]
    rows = [
        {"id": f"{which} {evil}", "text": f"{evil}，你这个老赖要不要脸", "agent_id": evil, "agency": evil,
         "channel": "sms", "started_at": f"2026-03-{which % 28 + 1:02d}T10:00:00"}
        for which, evil in enumerate(many)
    ]  # fmt: skip
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    audit(path, "--out", tmp_path / "out", "--jobs", 1)
    assert len((tmp_path / "out" / "findings.jsonl").read_bytes().splitlines()) >= len(many) >= 300
    return tmp_path / "out"


@pytest.mark.slow
@needs_browser
def test_no_payload_acts_in_the_page(besieged, opened):
    page, faults = opened(besieged / "report.html")
    page.on("dialog", lambda one: faults.append(one.message))
    page.wait_for_selector("#rows tr")
    page.evaluate("document.querySelectorAll('#rows button').forEach(one => one.click())")
    page.wait_for_timeout(300)
    assert page.title() == "催收合规审计报告"
    strange = "img, image, iframe, object, embed, base, link, video, audio, math, marquee, form form"
    assert page.evaluate(f"document.querySelectorAll('{strange}').length") == 0
    addresses = "[href], [src], [action], [formaction], [srcdoc], [ping]"
    found = page.evaluate(
        f"[...document.querySelectorAll('{addresses}')].flatMap(one => [...one.attributes])"
        ".filter(one => /^\\s*[a-z]+:/i.test(one.value)).map(one => one.value)"
    )
    assert found == []
    names = "[...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames())"
    assert page.evaluate(f"{names}.filter(one => one.startsWith('on'))") == []
    assert faults == []


@pytest.mark.slow
def test_no_payload_acts_in_the_workbook(besieged):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(besieged / "review.xlsx")
    payload_cells = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                assert cell.data_type != "f"
                payload_cells += isinstance(cell.value, str) and "老赖" in cell.value
    assert payload_cells >= 300


@needs_browser
def test_the_offending_words_are_marked_and_the_clause_stands_beside_them(hostile, opened):
    page, _ = opened(hostile)
    page.wait_for_selector("#rows tr")
    page.fill("#search", "爆你通讯录")
    page.wait_for_function("document.querySelectorAll('#rows tr').length > 0")
    page.wait_for_timeout(300)
    marks = {mark.inner_text() for mark in page.query_selector_all("#rows mark")}
    assert any("爆你通讯录" in mark for mark in marks)
    page.query_selector_all("#rows button")[-1].click()
    dialog = page.query_selector("dialog[open]")
    assert dialog.query_selector_all(".turns li.agent")
    assert "01:05" in dialog.inner_text()
    note = dialog.query_selector(".note").inner_text()
    assert "依据：" in note
    assert "建议：" in note


@needs_browser
def test_the_keyboard_reaches_everything(hostile, opened):
    page, _ = opened(hostile)
    page.wait_for_selector("#rows tr")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "list"
    reached = set()
    for _ in range(15):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.tagName"))
    assert {"SELECT", "INPUT", "BUTTON"} <= reached
    page.query_selector("#rows button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    assert page.query_selector("dialog[open]") is None
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"


@needs_browser
@pytest.mark.parametrize("lang", ["zh", "en", "hant"])
def test_axe_finds_no_fault(hostile, opened, call, lang):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    call("report", hostile.parent, "--format", "html", "--lang", lang, "-q")
    page, faults = opened(hostile)
    page.wait_for_selector("#rows tr")
    for details in page.query_selector_all("details"):
        details.evaluate("one => one.open = true")
    found = axe.run(page).response["violations"]
    assert [(one["impact"], one["id"]) for one in found] == []
    page.query_selector("#rows button").click()
    page.wait_for_selector("dialog[open]")
    found = axe.run(page).response["violations"]
    assert [(one["impact"], one["id"]) for one in found] == []
    assert faults == []


@needs_browser
def test_filters_narrow_the_list_and_say_how_many(hostile, opened):
    page, _ = opened(hostile)
    page.wait_for_selector("#rows tr")
    before = page.inner_text("#status")
    page.locator("#filters label:has-text('规则') select").select_option("cn/threat/expose-contacts")
    after = page.inner_text("#status")
    assert before != after
    shown = [one.inner_text() for one in page.query_selector_all("#rows span.rule")]
    assert set(shown) == {"cn/threat/expose-contacts"}
    assert f"共 {len(shown)} 处" in after


@needs_browser
def test_what_is_waived_stands_apart_with_its_reason(hostile, opened):
    page, faults = opened(hostile)
    page.wait_for_selector("#rows tr")
    page.locator("summary", has_text="已豁免").click()
    told = page.locator("details", has_text="已豁免").last.inner_text()
    assert "<img src=x" in told
    assert "common/abuse/label" in told
    assert page.title() == "催收合规审计报告"
    assert faults == []


@needs_browser
def test_without_scripts_the_figures_and_the_gravest_findings_are_there(hostile, opened):
    page, _ = opened(hostile, java_script_enabled=False)
    text = page.inner_text("body")
    assert "浏览器未启用脚本" in text
    assert "你这个老赖" in text


@needs_browser
def test_a_page_of_fifty_thousand_findings_is_usable(night, audit, call, browser, tmp_path, script):
    out, page_script = tmp_path / "out", script("page")
    audit(*night, "--out", out, "--jobs", 1, "--no-report")
    assert page_script.grow(out / "audit.sqlite", 50_000) >= 50_000
    call("report", out, "--format", "html", "-q")
    seconds, faults = page_script.measured(out / "report.html", browser)
    assert faults == []
    assert list(seconds) == ["opened", "filtered", "turned", "call shown"]
    text = (out / "report.html").read_text(encoding="utf-8")
    assert "清单只列出前 20,000 处" in text


def test_what_is_cut_is_said(hostile, call):
    call("report", hostile.parent, "--format", "html", "--max-findings", 5, "-q")
    text = hostile.read_text(encoding="utf-8")
    total = json.loads((hostile.parent / "summary.json").read_text(encoding="utf-8"))["findings"]
    assert total > 5
    assert f"清单只列出前 5 处（先重后轻），另有 {total - 5} 处不在此页" in text


def test_reports_are_the_same_when_made_again(hostile, call):
    folder = hostile.parent
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".sqlite"}
    call("report", folder, "-q")
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".sqlite"}
    assert before == after


def test_control_characters_in_names_do_not_end_the_process_that_draws():
    from collectlint.audit.charts import ranking
    from collectlint.audit.figures import Group

    drawn = ranking([Group("\x00\x1b[31m\u202e<b>\ud800", 40, 3, 3, 0.02, 0.2)], "坐席", "zh")
    assert drawn.startswith('<svg role="img" aria-label="坐席"')
    assert "<b>" not in drawn
