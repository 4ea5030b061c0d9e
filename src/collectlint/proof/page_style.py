"""The head of our HTML pages: everything inline, nothing is fetched."""

from __future__ import annotations

from html import escape

from collectlint.words import TAGS

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --dim: #5c636a; --good: #176b38; --fair: #865a00;
  --bad: #b3261e; --mark: #ffe3a3; --link: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --dim: #9aa3ab; --good: #5fce8c; --fair: #e0af52;
  --bad: #ff8a80; --mark: #6b4f00; --link: #8ab4f8; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.7 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei",
  "Noto Sans CJK SC", "Noto Sans SC", sans-serif; overflow-wrap: break-word; }
:lang(zh-TW) body { font-family: system-ui, "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC",
  sans-serif; }
:lang(zh-HK) body { font-family: system-ui, "PingFang HK", "Microsoft JhengHei", "Noto Sans CJK HK",
  sans-serif; }
nav { color: var(--dim); font-size: .93em; }
main { max-width: 76rem; margin: 0 auto; padding: 1.2rem 1rem 3rem; }
h1 { font-size: 1.6rem; line-height: 1.35; margin: .6rem 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .6rem; }
a[href] { color: var(--link); }
code { font: .92em ui-monospace, "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", monospace; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0 1.6rem; }
th, td { border-bottom: 1px solid var(--line); padding: .45rem .6rem; text-align: left; vertical-align: top; }
th { font-weight: 600; white-space: nowrap; }
td code { overflow-wrap: anywhere; }
ul { margin: 0; padding-left: 1.2rem; } li { margin: .15rem 0; }
.wide { overflow-x: auto; }
.figures td.n { text-align: right; font-variant-numeric: tabular-nums; }
.figures td { white-space: nowrap; } .figures th:nth-child(n+3) { text-align: right; }
.dim { color: var(--dim); font-size: .93em; }
.state { font-weight: 600; white-space: nowrap; }
.covered { color: var(--good); } .partly { color: var(--fair); } .not_covered { color: var(--bad); }
.needs_metadata, .needs_person { color: var(--dim); }
mark { background: var(--mark); color: inherit; padding: 0 .1em; border-radius: .2em; }
.day { white-space: nowrap; }
.list { table-layout: fixed; } .list th { white-space: normal; }
.list :is(th, td):nth-child(1) { width: 34%; }
.list :is(th, td):is(:nth-child(2), :nth-child(4)) { width: 14%; }
.requirements td:first-child { white-space: nowrap; }
.requirements :is(th, td):is(:nth-child(2), :nth-child(4), :nth-child(5)) { width: 24%; }
@media (max-width: 60rem) {
  .rows thead { display: none; }
  .rows, .rows tbody, .rows tr, .rows td { display: block; }
  .rows tr { border-bottom: 2px solid var(--line); padding: .6rem 0; }
  .rows td { border: 0; padding: .15rem 0; }
  .rows td:nth-child(n) { width: auto; white-space: normal; }
  .rows td:empty { display: none; }
  .rows td:not(:first-child)::before { content: attr(data-name); display: block;
    color: var(--dim); font-size: .8em; }
}
"""


MADE = "<!-- collectlint -->"
TAIL = "</main>\n</body>\n</html>\n"


def head(title: str, lang: str) -> str:
    """The beginning of a page up to and with `<main>`; the page ends with `TAIL`."""
    return (
        f'<!doctype html>\n{MADE}\n<html lang="{TAGS[lang]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    )
