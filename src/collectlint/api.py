"""collectlint as a library: load rules, lint texts or documents."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from collectlint.document import Document
from collectlint.errors import UsageError
from collectlint.finding import Report
from collectlint.linter import Options
from collectlint.readers.settings import ReadSettings
from collectlint.readers.table import read_text
from collectlint.rulebook.folder import load
from collectlint.rulebook.rulebook import Rulebook
from collectlint.rulebook.selection import chosen
from collectlint.run import run, today, word_edges
from collectlint.worded import in_language


def load_rules(folder: str | os.PathLike[str] | None = None) -> Rulebook:
    """The rules of a folder, or those that come with collectlint.

    Raises UsageError when there is no such folder, RuleErrors with all faults of the rules.
    """
    if folder is None:
        return load()
    path = Path(folder).absolute()
    if not path.is_dir():
        raise UsageError(f"找不到规则文件夹 {os.fspath(folder)}")
    return load(path)


def lint(
    what: str | Document | Iterable[str | Document],
    rules: Rulebook | None = None,
    *,
    jurisdiction: str = "cn",
    channel: str = "sms",
    as_of: str | None = None,
    lang: str = "zh",
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Report:
    """The report on a text, a Document, or many of either; personal data stays unmasked.

    `jurisdiction` and `channel` describe plain texts. `as_of` (`YYYY-MM-DD`) is the day whose law holds
    for all; without it each document's own day, else today. Raises UsageError for a `select` or `ignore`
    that fits no rule, RuleErrors when the shipped rules are asked for and broken.
    """
    rulebook = rules if rules is not None else load()
    options = Options(
        as_of=as_of or today(),
        by_event=as_of is None,
        lang=lang,
        boundaries=word_edges(rulebook),
        only=chosen(rulebook.rules, select, ignore),
    )
    settings = ReadSettings(jurisdiction=jurisdiction, channel=channel)
    report = run(_documents(what, settings), rulebook, options, {"select": [*select], "ignore": [*ignore]})
    return in_language(report, lang)


def _documents(what: str | Document | Iterable[str | Document], settings: ReadSettings) -> Iterator[Document]:
    # A Document is a tuple, so it is looked at before "many".
    if isinstance(what, str):
        yield read_text(what, settings)
        return
    many = (what,) if isinstance(what, Document) else cast(Iterable[str | Document], what)
    for number, one in enumerate(many, 1):
        if isinstance(one, str):
            yield read_text(one, settings)._replace(id=f"text-{number}")
        else:
            yield cast(Document, one)
