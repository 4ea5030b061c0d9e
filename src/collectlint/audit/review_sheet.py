"""The findings as a workbook for reviewers: a verdict for each, read back by `review import`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

from collectlint.audit.brief import headline, remarks
from collectlint.audit.figures import groups, rules
from collectlint.audit.findings import records, waived
from collectlint.audit.review_words import ReviewWords, review_words
from collectlint.audit.store import Store
from collectlint.audit.words import family_name, words_of
from collectlint.visible import columns, visible
from collectlint.words import words

_WIDTHS = (10, 20, 6, 30, 28, 12, 24, 48, 40, 40, 40, 8, 20, 14, 14, 20, 30, 8, 12, 6, 8, 8, 8, 18)
_MOST_ROWS = 1_048_575 - 1  # of one sheet, below its heading
_LONGEST = 32_767  # UTF-16 units of a cell
_CUT = "…（已截断）"


def write_sheet(store: Store, told: dict[str, Any], lang: str, out: IO[bytes]) -> None:
    """Findings (as many sheets as they need), rules, agents, teams, and what must be known of them.

    Every cell from the data is a typed text: no formula, no link, no number of 15 digits and more.
    """
    from datetime import UTC, datetime

    import xlsxwriter

    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True, "in_memory": False, "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )  # fmt: skip
    book.set_properties({"title": words_of(lang)["title"], "created": datetime(2000, 1, 1, tzinfo=UTC)})
    head = book.add_format(
        {"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True, "valign": "top"}
    )
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    answer = book.add_format({"num_format": "@", "bg_color": "#FFF2CC", "border": 1, "valign": "top"})
    said = review_words(lang)
    severities = words(lang).severities
    tones = {
        severities["error"]: book.add_format({"num_format": "@", "valign": "top", "bg_color": "#F8CBAD"}),
        severities["warning"]: book.add_format({"num_format": "@", "valign": "top", "bg_color": "#FFE699"}),
    }
    styles = _Styles(head, text, answer, tones)
    _findings(book, styles, store, lang)
    _figures(book, styles, store, lang)
    if told["suppressed"]:
        _waived(book, styles, store, lang)
    notes = book.add_worksheet(said.notes)
    notes.set_column(0, 0, 100)
    lines = [
        headline(told, lang), *remarks(told, lang),
        said.how.format(" / ".join(said.verdicts)),
    ]  # fmt: skip
    for row, line in enumerate(lines):
        _put(notes, row, 0, line, text)
    book.close()


class _Styles:
    def __init__(self, head: Any, text: Any, answer: Any, tones: dict[str, Any]) -> None:
        self.head = head
        self.text = text
        self.answer = answer
        self.tones = tones


def _findings(book: Any, styles: _Styles, store: Store, lang: str) -> None:
    said = review_words(lang)
    sheet: Any = None
    row = number = 0
    for cells in _rows(store, lang):
        if sheet is None or row >= _MOST_ROWS:
            if sheet is not None:
                _finish(sheet, row, said)
            number += 1
            sheet, row = _begun(book, styles, said, str(number) if number > 1 else ""), 0
        row += 1
        for column, value in enumerate(cells):
            tone = styles.tones.get(value, styles.text) if column == 2 else styles.text
            _put(sheet, row, column, value, styles.answer if column < 2 else tone)
    if sheet is None:
        sheet = _begun(book, styles, said, "")
    _finish(sheet, row, said)


def _begun(book: Any, styles: _Styles, said: ReviewWords, number: str) -> Any:
    sheet = book.add_worksheet(f"{said.findings}{number}")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    for column, heading in enumerate(said.headings):
        _put(sheet, 0, column, heading, styles.head)
    sheet.freeze_panes(1, 2)
    return sheet


def _finish(sheet: Any, last: int, said: ReviewWords) -> None:
    sheet.autofilter(0, 0, max(last, 1), len(said.headings) - 1)
    choice = " / ".join(said.verdicts)
    sheet.data_validation(
        1, 0, max(last, 1), 0,
        {
            "validate": "list", "source": list(said.verdicts), "input_title": said.headings[0],
            "input_message": choice, "error_title": said.choose, "error_message": choice,
        },
    )  # fmt: skip


def _rows(store: Store, lang: str) -> Iterator[list[str]]:
    said = words(lang)
    for one in records(store):
        basis = "；".join(f"{each['title']} {each['clause']}" for each in one["basis"])
        yield [
            "", "", said.severities[one["severity"]], one["rule"], one["title"],
            family_name(one["family"], lang),
            one["matched"], one["excerpt"], one["message"], one["remedy"], basis, one["channel"] or "",
            (one["started_at"] or "")[:19].replace("T", " "), one["agent"] or "", one["team"] or "",
            one["document"], one["path"], str(one["line"] or ""), one["cell"], str(one["turn"] + 1),
            "" if one["at"] is None else f"{one['at']:.1f}",
            said.speakers.get(one["speaker"], one["speaker"]),
            said.confidences.get(one["confidence"], one["confidence"]), one["fingerprint"],
        ]  # fmt: skip


def _figures(book: Any, styles: _Styles, store: Store, lang: str) -> None:
    said = review_words(lang)
    rows: list[list[str | int]] = [
        [one.rule, one.title, family_name(one.family, lang), one.findings, one.documents]
        for one in rules(store)
    ]
    _table(book, styles, said.rules, said.rule_columns, rows, (34, 34, 14, 10, 10))
    for name, column, title in ((said.agents, "agent", said.agent), (said.teams, "team", said.team)):
        made: list[list[str | int]] = [
            [
                one.name, one.documents, one.violating, f"{one.share:.1%}", f"{one.low:.1%}–{one.high:.1%}",
                one.findings, words_of(lang)["few"] if one.is_small else "",
            ]
            for one in groups(store, column)
        ]  # fmt: skip
        _table(book, styles, name, (title, *said.group_columns), made, (20, 10, 14, 10, 18, 10, 22))


def _waived(book: Any, styles: _Styles, store: Store, lang: str) -> None:
    said, severities = review_words(lang), words(lang).severities
    rows: Iterator[list[str | int]] = (
        [
            one["rule"], one["title"], severities[one["severity"]], one["matched"], one["excerpt"],
            one["waiver"]["reason"], one["waiver"]["until"],
            f"{one['waiver']['path']}:{one['waiver']['line']}", one["document"], one["path"],
            str(one["line"] or ""),
        ]
        for one in waived(store, _MOST_ROWS)
    )  # fmt: skip
    widths = (30, 28, 8, 24, 48, 30, 12, 30, 20, 30, 8)
    _table(book, styles, said.waived, said.waived_columns, rows, widths)


def _table(
    book: Any, styles: _Styles, name: str, titles: tuple[str, ...], rows: Iterable[list[str | int]],
    widths: tuple[int, ...],
) -> None:  # fmt: skip
    sheet = book.add_worksheet(name)
    for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.set_column(column, column, max(width, columns(title) + 2))
        _put(sheet, 0, column, title, styles.head)
    row = 0
    for row, cells in enumerate(islice(rows, _MOST_ROWS), 1):
        for column, value in enumerate(cells):
            if isinstance(value, int):
                sheet.write_number(row, column, value)
            else:
                _put(sheet, row, column, value, styles.text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(row, 1), len(titles) - 1)


def _put(sheet: Any, row: int, column: int, value: str, style: Any) -> None:
    """A text cell; one that a spreadsheet cannot hold is cut, and says so."""
    if not value:
        sheet.write_blank(row, column, None, style)
        return
    shown = cell_text(value)
    outcome = sheet.write_string(row, column, shown, style)
    assert outcome == 0, f"XlsxWriter refused a cell ({outcome})"


def cell_text(value: str) -> str:
    """Text that a cell can hold: nothing that acts or hides, not longer than Excel's limit."""
    shown = "\n".join(visible(line) for line in value.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    shown = (
        shown.replace("_x", "_\u200bx") if "_x" in shown else shown
    )  # _x0041_ would be read as a character
    if len(shown.encode("utf-16-le")) // 2 > _LONGEST:
        shown = shown[: _LONGEST // 2 - len(_CUT)] + _CUT
    return shown
