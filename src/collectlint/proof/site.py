"""The pages of the rules and of the coverage as a folder of HTML that a browser opens without a server."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from html import escape
from typing import Any

from collectlint.errors import UsageError
from collectlint.linter import Options
from collectlint.proof.coverage import coverage
from collectlint.proof.coverage_page import page as coverage_page
from collectlint.proof.page_style import TAIL, head
from collectlint.proof.pages import LANGUAGES, pages
from collectlint.rulebook.folder import Folder
from collectlint.words import TAGS
from collectlint.words.commands import command_words

COVERAGE = "coverage.html"
_MARKED = re.compile("&lt;&lt;(.*?)&gt;&gt;")  # the words of an example that a rule marks
_REQUIREMENT = re.compile("<li>要求 ([A-Z]{2}-[A-Z]?[0-9]{2})：")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?: 至 今)?")
_TAGS = {name: TAGS[lang] for lang, name in LANGUAGES.items()}


def site(folder: Folder | None, day: str) -> dict[str, str]:
    """Path under the folder of the site -> HTML, for the law of `day` (`YYYY-MM-DD`).

    Runs all examples of all rules (seconds). Raises RuleErrors, and UsageError without the extra `docs`.
    """
    texts = pages(folder)
    render = _renderer()
    out = {
        name.removesuffix(".md") + ".html": _page(name, text, render, frozenset(texts))
        for name, text in texts.items()
    }
    found = coverage(folder, Options(as_of=day))
    links = _links("", COVERAGE)
    out[COVERAGE] = coverage_page(found, found.rows, day, linked=lambda rule: f"{rule}.html", links=links)
    return out


def _links(up: str, here: str) -> str:
    """What leads to the two pages that lead everywhere."""
    named = (("index.html", "全部规则"), (COVERAGE, command_words("zh").page_title))
    told = (name if path == here else f'<a href="{up}{path}">{name}</a>' for path, name in named)
    return f"<nav>{' · '.join(told)}</nav>"


def _page(name: str, text: str, render: Callable[[str, dict[str, Any]], str], known: frozenset[str]) -> str:
    text = text.partition("\n")[2]  # without the remark for those who would edit it
    title = text.partition("\n")[0].removeprefix("# ").replace("\\", "")
    up = "../" * name.count("/")
    body = render(text, {"folder": posixpath.dirname(name), "known": known})
    body = _REQUIREMENT.sub(
        lambda found: f'<li>要求 <a href="{up}{COVERAGE}#{found[1]}">{found[1]}</a>：', body
    )
    links = _links(up, name.removesuffix(".md") + ".html")
    return f"{head(f'{title} · collectlint', 'zh')}\n{links}\n{body}{TAIL}"


def _renderer() -> Callable[[str, dict[str, Any]], str]:
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        raise UsageError(
            "写 HTML 需要另装 markdown-it-py", remedy='pip install "collectlint[docs]"'
        ) from None
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.core.ruler.push("ours", _ours)
    made.add_render_rule("code_inline", _code)
    made.add_render_rule("text", _plain)
    render: Callable[[str, dict[str, Any]], str] = made.render
    return render


def _ours(state: Any) -> None:
    """Links lead to pages of the site or nowhere; cells know their column, rows their language."""
    columns: list[str] = []
    at = 0
    table: Any = None
    row: Any = None
    for number, token in enumerate(state.tokens):
        for child in token.children or ():
            if child.type == "link_open":
                _led(child, state.env)
        if token.type == "table_open":
            table, columns = token, []
        elif token.type == "thead_close":
            table.attrSet("class", "list" if "" in columns else "rows")
        elif token.type == "th_open":
            columns.append(state.tokens[number + 1].content)
        elif token.type == "tr_open":
            at, row = 0, token
        elif token.type == "td_open":
            if at == 0 and state.tokens[number + 1].content in _TAGS:
                row.attrSet("lang", _TAGS[state.tokens[number + 1].content])
            if columns[at]:
                token.attrSet("data-name", columns[at])
            at += 1


def _led(link: Any, env: dict[str, Any]) -> None:
    target = posixpath.normpath(posixpath.join(env["folder"], link.attrGet("href") or ""))
    if target in env["known"]:
        link.attrSet("href", str(link.attrGet("href")).removesuffix(".md") + ".html")
    else:  # a file of the repository, which the site does not hold
        link.attrs.pop("href", None)


def _plain(renderer: Any, tokens: Any, number: int, options: Any, env: Any) -> str:
    return _DAY.sub(r'<span class="day">\g<0></span>', escape(tokens[number].content))


def _code(renderer: Any, tokens: Any, number: int, options: Any, env: Any) -> str:
    marked = _MARKED.sub(r"<mark>\1</mark>", escape(tokens[number].content))
    return f"<code>{marked}</code>"
