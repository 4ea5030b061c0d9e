"""The HTML report: one file, readable offline, in which nothing from the data can act."""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
from collections.abc import Callable
from importlib.resources import files
from typing import IO, Any

from collectlint.audit import charts, figures
from collectlint.audit.brief import headline, remarks
from collectlint.audit.findings import records, waived
from collectlint.audit.schema import SHOWN
from collectlint.audit.store import Store
from collectlint.audit.words import family_name, words_of
from collectlint.finding import FAMILIES
from collectlint.words.reasons import told as in_language

_MOST_DIALOGUES = 2_000
_MOST_DIALOGUE_CHARACTERS = 6_000_000
_STATIC_ROWS = 100  # of the list without scripts
_TABLE_ROWS = 200  # of agents, teams, rules, and what is waived
_GRAVEST_FIRST = "severity = 'error' DESC, severity = 'warning' DESC, unit, nr, turn, \"start\", rule, seq"
_FINDING_FILES = "findings.csv / findings.jsonl / review.xlsx"


def write_page(store: Store, told: dict[str, Any], lang: str, most: int, out: IO[bytes]) -> None:
    """The report with at most `most` findings, gravest first; what is left out is said."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("collectlint.audit", "template"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters.update(share="{:.1%}".format, tame=tame, whole="{:,}".format)
    words = words_of(lang)
    style, script = _part("report.css"), _part("report.js")
    listed = _listed(store, most, lang)
    template = environment.get_template("report.html")
    page = template.render(
        words=words,
        told=told,
        headline=headline(told, lang),
        severities=[(label, words[label], told["by_severity"][label]) for label in told["by_severity"]],
        remarks=remarks(told, lang),
        cut=_cut(told, listed, words),
        charts=_charts(store, lang),
        rules=figures.rules(store)[:_TABLE_ROWS],
        groups=[
            (words[f"{column}s"], words[column], found[:_TABLE_ROWS], len(found) - _TABLE_ROWS)
            for column in ("agent", "team")
            if (found := figures.groups(store, column))
        ],
        failures=list(
            store.rows("SELECT path, line, reason, remedy FROM failure ORDER BY unit, seq LIMIT 200")
        ),
        waived=list(waived(store, _TABLE_ROWS)),
        families=[(family, family_name(family, lang)) for family in FAMILIES if family in told["by_family"]],
        family_name=lambda family: family_name(family, lang),
        in_words=lambda reason: in_language(reason, lang),
        first=listed["findings"][:_STATIC_ROWS],
        listed=listed,
        files=_FINDING_FILES,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        data=_island(
            {**listed, "words": words, "families": {one: family_name(one, lang) for one in FAMILIES}}
        ),
    )
    out.write(page.encode("utf-8", "replace"))


def _part(name: str) -> str:
    return (files("collectlint.audit") / "template" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _island(value: Any) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text.encode("utf-8", "replace").decode()


def tame(text: str) -> str:
    """Text of the same length in which nothing hides, reverses or controls: such characters become marks."""
    if text.isprintable():
        return text
    return "".join(map(_tamed, text))


def _tamed(char: str) -> str:
    if char in "\n\t" or char.isprintable() or unicodedata.category(char) == "Zs":
        return char
    if ord(char) < 0x20:
        return chr(0x2400 + ord(char))
    return "\ufffd"


def _listed(store: Store, most: int, lang: str) -> dict[str, Any]:
    """What the list and the dialogues of the page show, in a compact form."""
    documents: dict[str, int] = {}
    of_documents: list[dict[str, Any]] = []
    wordings: dict[str, int] = {}
    of_wordings: list[dict[str, Any]] = []
    findings: list[dict[str, Any]] = []
    query = f"SELECT unit, nr FROM findings WHERE {SHOWN} ORDER BY {_GRAVEST_FIRST} LIMIT ?"  # noqa: S608
    keys = store.rows(query, (most,))
    for (unit, nr), one in zip(keys, records(store, order=f"{_GRAVEST_FIRST} LIMIT {most}"), strict=True):
        key = f"{unit}:{nr}"
        if key not in documents:
            documents[key] = len(of_documents)
            of_documents.append(_document(one, unit, nr))
        wording = json.dumps([one["rule"], one["title"], one["remedy"], one["basis"]])
        if wording not in wordings:
            wordings[wording] = len(of_wordings)
            of_wordings.append(_wording(one))
        findings.append(_finding(one, documents[key], wordings[wording]))
    dialogues = _dialogues(store, of_documents)
    return {"findings": findings, "documents": of_documents, "wordings": of_wordings, "dialogues": dialogues}


def _document(one: dict[str, Any], unit: int, nr: int) -> dict[str, Any]:
    return {
        "id": tame(one["document"]), "path": tame(one["path"]), "channel": one["channel"] or "",
        "at": one["started_at"] or "", "agent": tame(one["agent"] or ""), "team": tame(one["team"] or ""),
        "key": [unit, nr],
    }  # fmt: skip


def _wording(one: dict[str, Any]) -> dict[str, Any]:
    basis = [f"{each['title']} {each['clause']}" for each in one["basis"]]
    return {
        "rule": one["rule"], "title": tame(one["title"]), "remedy": tame(one["remedy"]), "basis": basis,
        "family": one["family"],
    }  # fmt: skip


def _finding(one: dict[str, Any], document: int, wording: int) -> dict[str, Any]:
    first = one["start"] - one["excerpt_start"]
    place = one["cell"] or (f"{one['line']}:{one['column']}" if one["column"] else str(one["line"] or ""))
    return {
        "d": document, "w": wording, "s": one["severity"], "c": one["confidence"], "t": one["turn"],
        "a": one["start"], "b": one["end"], "at": one["at"], "p": place, "x": tame(one["excerpt"]),
        "f": max(first, 0), "n": one["end"] - one["start"], "m": tame(one["message"]), "o": one["speaker"],
        "e": [[each["turn"], each["start"], each["end"]] for each in one["evidence"]],
        "r": [f"{each['document']} {each['started_at'][:16]}" for each in one["related"]],
    }  # fmt: skip


def _dialogues(store: Store, documents: list[dict[str, Any]]) -> list[list[Any]]:
    """Dialogues of the first documents of the list; each document learns the number of its own."""
    made: list[list[Any]] = []
    left = _MOST_DIALOGUE_CHARACTERS
    for document in documents:
        unit, nr = document.pop("key")
        if len(made) >= _MOST_DIALOGUES or left <= 0:
            continue
        turns = store.one("SELECT turns FROM dialogue WHERE unit = ? AND nr = ?", (unit, nr))
        if turns is not None:
            left -= len(turns)
            document["dialogue"] = len(made)
            made.append([[turn[0], tame(turn[1]), turn[2]] for turn in json.loads(turns)])
    return made


def _cut(told: dict[str, Any], listed: dict[str, Any], words: dict[str, str]) -> list[str]:
    notes = []
    shown = len(listed["findings"])
    if shown < told["findings"]:
        rest = told["findings"] - shown
        notes.append(
            words["cut_findings"].format(listed=f"{shown:,}", rest=f"{rest:,}", files=_FINDING_FILES)
        )
    documents, dialogues = len(listed["documents"]), len(listed["dialogues"])
    if documents > dialogues >= min(_MOST_DIALOGUES, documents):
        notes.append(
            words["cut_dialogues"].format(listed=f"{dialogues:,}", rest=f"{documents - dialogues:,}")
        )
    return notes


def _charts(store: Store, lang: str) -> list[dict[str, Any]]:
    """Title, drawing, and the same figures as a table, of every chart that has data."""
    words = words_of(lang)
    made: list[dict[str, Any]] = []

    def add(title: str, rows: list[Any], draw: Callable[..., str], head: tuple[str, ...], cells: Any) -> None:
        if rows:
            table = [cells(row) for row in rows]
            made.append(
                {"title": words[title], "svg": draw(rows, words[title], lang), "head": head, "rows": table}
            )

    counts = (words["documents"], words["violating"], words["rate"])

    def shared(row: Any) -> list[str]:
        *keys, documents, violating = row
        return [*map(str, keys), f"{documents:,}", f"{violating:,}", f"{violating / documents:.1%}"]

    weekdays = words["weekdays"].split()
    add("by_day", figures.by_time(store, "day"), charts.trend, (words["day"], *counts), shared)
    add("by_hour", figures.by_time(store, "hour"), charts.hours, (words["hour"], *counts), shared)
    add(
        "heat", figures.heat(store), charts.heat_map, (words["weekday"], words["hour"], *counts),
        lambda row: shared((weekdays[row[0] - 1], *row[1:])),
    )  # fmt: skip
    labels = {3: words["error"], 2: words["warning"], 1: words["info"]}
    head = (words["family"], words["severity"], words["hits"])
    add(
        "families", figures.families(store), charts.severities, head,
        lambda row: [family_name(row[0], lang), labels[row[1]], f"{row[2]:,}"],
    )  # fmt: skip
    add("rules", figures.rules(store), charts.rule_bars, (), lambda row: [])
    add("agents", figures.groups(store, "agent"), charts.ranking, (), lambda row: [])
    add("teams", figures.groups(store, "team"), charts.ranking, (), lambda row: [])
    return made
