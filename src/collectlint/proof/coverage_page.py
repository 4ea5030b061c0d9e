"""The coverage matrix as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape

from collectlint.proof.coverage import Coverage, Row, Serving, shares
from collectlint.proof.page_style import TAIL, head
from collectlint.rulebook.requirements import wanted_of
from collectlint.rulebook.rule import in_language
from collectlint.words import words
from collectlint.words.commands import command_words
from collectlint.words.traditional import shown

Linked = Callable[[str], str]  # id of a rule -> address of its page, empty: none


def page(
    found: Coverage,
    rows: tuple[Row, ...],
    day: str,
    lang: str = "zh",
    linked: Linked = lambda rule: "",
    links: str = "",
) -> str:
    """The page for these rows as of `day`, in `lang`.

    Rule ids are links where `linked` gives an address; `links` is HTML that leads to other pages.
    """
    return "\n".join(_lines(found, rows, day, lang, linked, links))


def _lines(
    found: Coverage, rows: tuple[Row, ...], day: str, lang: str, linked: Linked, links: str
) -> Iterator[str]:
    more = command_words(lang)
    yield head(f"collectlint {more.page_title}", lang)
    yield links
    yield f"<h1>{more.page_title}</h1>"
    yield f'<p class="dim">{more.page_as_of.format(escape(day))}{more.page_proven}</p>'
    names = (*more.page_columns, *more.states.values(), more.reached)
    yield f'<div class="wide"><table class="figures">\n<tr>{_cells("th", names)}</tr>'
    for one in shares(rows):
        if one.total:
            counts = (one.total, *(one.by_state[state] for state in more.states), f"{one.reached:.0%}")
            named = _cells("td", (more.places[one.jurisdiction], more.letters[one.kind]))
            numbers = "".join(f'<td class="n">{count}</td>' for count in counts)
            yield f"<tr>{named}{numbers}</tr>"
    yield '</table></div>\n<table class="rows requirements">'
    yield f"<thead><tr>{_cells('th', more.page_rows)}</tr></thead>\n<tbody>"
    for row in rows:
        yield _row(row, found, lang, linked)
    yield f"</tbody>\n</table>\n{TAIL}"


def _cells(tag: str, texts: Iterable[str]) -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)


def _row(row: Row, found: Coverage, lang: str, linked: Linked) -> str:
    said, more = words(lang), command_words(lang)
    one = row.requirement
    kinds = more.listing.join(more.letters[letter] for letter in one.kinds)
    reason = f"<br>{_dim(shown(row.reason, lang))}" if row.reason else ""
    inferred = f"{more.comma}{more.inferred}" if one.inferred else ""
    other = one.zh if lang == "en" else one.en
    clauses = _items(
        f"{escape(in_language(found.sources[clause.source]['title'], lang))} {escape(clause.clause)} "
        + _dim(f"{shown(clause.paraphrase, lang)} [{said.marks[clause.verified]}]")
        for clause in one.clauses
    )
    cells = (
        f"<code>{one.id}</code><br>{_dim(kinds)}",
        f"{escape(wanted_of(one, lang))}<br>{_dim(other)}<br>{_dim(said.marks[one.verified] + inferred)}",
        f'<span class="state {row.state}">{more.states[row.state]}</span>{reason}',
        clauses,
        _items(_rule(rule, lang, linked) for rule in row.rules),
    )
    named = zip(more.page_rows, cells, strict=True)
    inner = "".join(f'<td data-name="{escape(name)}">{cell}</td>' for name, cell in named)
    return f'<tr id="{one.id}">{inner}</tr>'


def _rule(rule: Serving, lang: str, linked: Linked) -> str:
    said, more = words(lang), command_words(lang)
    marks = [more.examples.format(rule.hits, rule.misses)]
    marks += [more.off] if rule.off else []
    marks += [more.second_reader] if rule.suspects else []
    marks += [more.broken.format(rule.broken)] if rule.broken else []
    name = f"<code>{escape(rule.rule)}</code>"
    address = linked(rule.rule)
    if address:
        name = f'<a href="{escape(address)}">{name}</a>'
    aside = _dim(said.aside.format(more.comma.join(marks)).strip())
    return f"{name} {escape(in_language(rule.title, lang))} {aside}"


def _dim(text: str) -> str:
    return f'<span class="dim">{escape(text)}</span>'


def _items(lines: Iterable[str]) -> str:
    kept = [f"<li>{line}</li>" for line in lines]
    return f"<ul>{''.join(kept)}</ul>" if kept else ""
