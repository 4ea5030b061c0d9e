"""The coverage matrix as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from collectlint.cli.law_page import LETTERS, MARKS, STATES
from collectlint.proof.coverage import Coverage, Row, Serving, shares

_NAMES = {"cn": "大陆", "tw": "台湾", "hk": "香港", "": "三地"}
_STYLE = """
:root { color-scheme: light dark; --line: #8884; --dim: #888; }
body { font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .5rem; text-align: left; vertical-align: top; }
th { position: sticky; top: 0; background: Canvas; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
code { font-size: .9em; overflow-wrap: anywhere; }
.dim { color: var(--dim); }
.state { white-space: nowrap; font-weight: 600; }
.covered { color: #197a3e; } .partly { color: #9a6700; } .not_covered { color: #c62828; }
.needs_metadata, .needs_person { color: var(--dim); }
ul { margin: 0; padding-left: 1.1rem; }
@media (max-width: 50rem) { th:nth-child(4), td:nth-child(4) { display: none; } }
"""


def page(found: Coverage, rows: tuple[Row, ...], day: str) -> str:
    """The page for these rows as of `day`."""
    return "\n".join(_lines(found, rows, day))


def _lines(found: Coverage, rows: tuple[Row, ...], day: str) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>collectlint 法规覆盖</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield f'<h1>法规覆盖</h1>\n<p class="dim">按 {escape(day)} 的法规。'
    yield "「已覆盖」须有规则,且该规则的命中例与不命中例全部通过。</p>"
    yield (
        "<table>\n<tr><th>法域</th><th>凭</th><th>项数</th>"
        + "".join(f"<th>{name}</th>" for name in STATES.values())
        + "<th>覆盖与部分覆盖</th></tr>"
    )
    for one in shares(rows):
        if one.total:
            cells = "".join(f'<td class="n">{one.by_state[state]}</td>' for state in STATES)
            yield (
                f"<tr><td>{_NAMES[one.jurisdiction]}</td><td>{LETTERS[one.kind]}</td>"
                f'<td class="n">{one.total}</td>{cells}<td class="n">{one.reached:.0%}</td></tr>'
            )
    yield "</table>\n<table>"
    yield "<tr><th>编号</th><th>要求</th><th>状态</th><th>依据</th><th>规则与例句</th></tr>"
    for row in rows:
        yield _row(row, found)
    yield "</table>\n</body>\n</html>"


def _row(row: Row, found: Coverage) -> str:
    one = row.requirement
    kinds = "、".join(LETTERS[letter] for letter in one.kinds)
    reason = f'<br><span class="dim">{escape(row.reason)}</span>' if row.reason else ""
    inferred = ",适用出自推断" if one.inferred else ""
    clauses = _items(
        f"{escape(clause.title)} {escape(clause.clause)} "
        f'<span class="dim">{escape(clause.paraphrase)}[{MARKS[clause.verified]}]</span>'
        for clause in one.clauses
    )
    return (
        f'<tr id="{one.id}"><td><code>{one.id}</code><br><span class="dim">{kinds}</span></td>'
        f'<td>{escape(one.zh)}<br><span class="dim">{escape(one.en)}</span>'
        f'<br><span class="dim">{MARKS[one.verified]}{inferred}</span></td>'
        f'<td><span class="state {row.state}">{STATES[row.state]}</span>{reason}</td>'
        f"<td>{clauses}</td><td>{_items(_rule(rule) for rule in row.rules)}</td></tr>"
    )


def _rule(rule: Serving) -> str:
    marks = [f"{rule.hits}+{rule.misses} 例"]
    marks += ["默认关闭"] if rule.off else []
    marks += ["第二读者"] if rule.suspects else []
    marks += [f"{rule.broken} 例不符"] if rule.broken else []
    told = f'<span class="dim">({",".join(marks)})</span>'
    return f"<code>{escape(rule.rule)}</code> {escape(rule.title['zh'])} {told}"


def _items(lines: Iterable[str]) -> str:
    kept = [f"<li>{line}</li>" for line in lines]
    return f"<ul>{''.join(kept)}</ul>" if kept else ""
