"""What is fuzzed, and what must hold whatever comes in: one function of bytes for each target.

A function returns when all is well, errors that the tool raises on purpose included; anything that
leaves it is a crash.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from collectlint.document import Document, place_of
from collectlint.errors import CollectlintError, ConfigErrors, InputError, RuleErrors, UsageError
from collectlint.finding import Failure, Report
from collectlint.linter import Options
from collectlint.readers.settings import ReadSettings
from collectlint.rulebook.rulebook import Rulebook

Target = Callable[[bytes], None]
ROOT = Path(__file__).parents[1]
CORPUS = Path(__file__).parent / "corpus"
DAY = "2026-11-22"
_SMALL = ReadSettings(max_bytes_per_file=1 << 20, max_whole_bytes=1 << 20, max_line_chars=20_000)
_SOURCES = b"""sources:
  a:
    title: {zh: x, en: x}
    kind: house
    jurisdiction: any
    verified: primary
"""


@cache
def _rulebook() -> Rulebook:
    from collectlint.rulebook.folder import load

    return load()


@cache
def _options() -> Options:
    from collectlint.run import word_edges

    return Options(as_of=DAY, boundaries=word_edges(_rulebook()))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")  # bytes that are no UTF-8 become lone surrogates


def _scratch(data: bytes, name: str) -> str:
    path = os.path.join(_folder(), name)
    with open(path, "wb") as file:
        file.write(data)
    return path


@cache
def _folder() -> str:
    keep = tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    _kept.append(keep)
    os.makedirs(os.path.join(keep.name, ".git"))
    return keep.name


_kept: list[tempfile.TemporaryDirectory[str]] = []


# -- rules and configuration ------------------------------------------------------------------------


def yaml(data: bytes) -> None:
    """Strict YAML: a tree or errors, each with its place."""
    from collectlint.operators.table import SHAPES
    from collectlint.rulebook.shapes import LEXICON, PROFILE, REQUIREMENTS, RULE, SOURCES
    from collectlint.rulebook.strict import compose
    from collectlint.rulebook.walk import walk

    try:
        node = compose(_text(data), "r.yaml")
    except RuleErrors as error:
        assert error.errors
        for one in error.errors:
            assert one.message
            assert one.place is not None
            assert one.place.line
            assert one.place.column
        return
    for shape in (RULE, LEXICON, SOURCES, PROFILE, REQUIREMENTS):
        _, _, faults = walk(node, shape, SHAPES)
        for one in faults:
            assert one.place is not None
            assert one.place.line
            str(one)


def rule(data: bytes) -> None:
    """A rule file among sources and lists: compiled, or told what is wrong."""
    from collectlint.rulebook.packed import Packed, pack
    from collectlint.rulebook.reading import read_files

    found = read_files([("cn/threat/x.yaml", data), ("lexicon/l.yaml", b"lists: {w: [a]}"),
                        ("sources.yaml", _SOURCES)], "rules")  # fmt: skip
    for one in found.errors:
        assert one.message
        assert one.place is not None
    if found.rules and not found.errors:
        from collectlint.linter import lint
        from collectlint.readers.given import read_text

        book = Rulebook(Packed(pack(found.data, "0" * 64)))
        lint(read_text("再不还钱就爆你通讯录 aaaa 123", _SMALL), book, Options(as_of=DAY))


def config(data: bytes) -> None:
    """A configuration, as YAML or as TOML by its first byte."""
    from collectlint.config.load import load

    name = "pyproject.toml" if data[:1] == b"[" else "collectlint.yaml"
    try:
        load(_scratch(data, name))
    except ConfigErrors as error:
        assert error.errors


def waivers(data: bytes) -> None:
    """Waivers in comments, and a baseline."""
    from collectlint.waiver import baseline
    from collectlint.waiver.directive import finder, understood

    for line in _text(data).split("\n"):
        for syntax in (("#",), ("<!--", "#", "//"), (";", "!", "/*", "--")):
            found = finder(syntax)(line)
            if found is not None:
                assert 0 <= found.start < found.end <= len(line)
                understood(found.said)
        understood(line)
    try:
        entries = baseline.read(_scratch(data, "baseline.jsonl"), "baseline.jsonl")
    except ConfigErrors as error:
        assert error.errors
        return
    again = baseline.read(_scratch(baseline.written(entries), "again.jsonl"), "again.jsonl")
    assert [one._replace(line=0) for one in again] == sorted(
        (one._replace(line=0) for one in entries),
        key=lambda one: [one._replace(line=0) for one in again].index(one),
    )


# -- input --------------------------------------------------------------------------------------------


def _read(data: bytes, format_: str, encoding: str = "") -> Iterator[Document | Failure]:
    from collectlint.readers.table import read_stdin

    return read_stdin(io.BytesIO(data), _SMALL._replace(format=format_, encoding=encoding))


def _sound(data: bytes, format_: str, encoding: str = "") -> None:
    for item in _read(data, format_, encoding):
        if isinstance(item, Failure):
            assert item.reason
            continue
        assert item.id
        for turn in item.turns:
            turn.text.encode("utf-8")
            for offset in {0, len(turn.text) // 2, len(turn.text)}:
                line, column = place_of(turn, offset)
                assert line >= 0
                assert column >= 0


def readers(data: bytes) -> None:
    """Every reader by the first byte; the content decides when it is `?`."""
    from collectlint.readers.table import FORMATS

    names = ("", *FORMATS)
    which = data[0] % len(names) if data else 0
    encodings = ("", "", "", "utf-8", "gb18030", "big5", "utf-16")
    _sound(data[2:], names[which], encodings[data[1] % len(encodings)] if len(data) > 1 else "")


def calls(data: bytes) -> None:
    """What recognisers and platforms write (JSON), and whatever the content is taken for."""
    _sound(data, "")


def workbook(data: bytes) -> None:
    """XLSX, with the damaged data as a part of a sound workbook or as the whole file."""
    if data[:1] == b"P":
        _sound(data, "xlsx")
        return
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(CORPUS.parent.parent / "corpora/formats/call_export/turns.xlsx") as source:
        parts = source.infolist()
        damaged = parts[data[0] % len(parts)].filename if data else ""
        with zipfile.ZipFile(out, "w") as target:
            for part in parts:
                target.writestr(part.filename, data[1:] if part.filename == damaged else source.read(part))
    _sound(out.getvalue(), "xlsx")


def metadata(data: bytes) -> None:
    """A table of facts about calls."""
    from collectlint.readers.metadata import load

    try:
        load(_scratch(data, "facts"), "", _SMALL)
    except UsageError as error:
        assert error.message


# -- judging ------------------------------------------------------------------------------------------


def _check(report: Report, texts: dict[str, tuple[str, ...]]) -> None:
    assert not report.failures, report.failures
    for one in report.findings:
        text = texts[one.document][one.turn]
        assert text[one.start : one.end] == one.matched
        assert one.excerpt[one.start - one.excerpt_start : one.end - one.excerpt_start] == one.matched


def text(data: bytes) -> None:
    """A text with the shipped rules: no failure, every span quotes the text."""
    from collectlint.readers.given import read_text
    from collectlint.run import run

    document = read_text(_text(data)[:3000], _SMALL)
    report = run([document], _rulebook(), _options())
    _check(report, {document.id: tuple(turn.text for turn in document.turns)})


def folding(data: bytes) -> None:
    """Folding keeps the length; every place of the compact text maps back into the original."""
    from collectlint.readers.given import read_text
    from collectlint.text.fold import fold
    from collectlint.view import View

    said = _text(data)[:2000]
    assert len(fold(said)) == len(said)
    assert fold(fold(said)) == fold(said)
    document = read_text(said, _SMALL)
    view = View(document, _rulebook().sets)
    last = -1
    for place in range(len(view.text)):
        turn, start, end = view.original(place, place + 1)
        assert 0 <= start <= end <= len(document.turns[turn].text)
        assert (turn, start) >= (0, 0)
        assert start >= last or view.text[place - 1 : place] == "\n" or turn
        last = start
        view.via(place, place + 1)


def masking(data: bytes) -> None:
    """Masking keeps the length, writes only stars, and twice is once."""
    from collectlint.redact import mask_name, mask_text

    said = _text(data)[:2000]
    for mask in (mask_text, mask_name):
        masked = mask(said)
        assert len(masked) == len(said)
        assert all(new in (old, "*") for old, new in zip(said, masked, strict=True))
        assert mask(masked) == masked


def history(data: bytes) -> None:
    """Contacts over many documents: whatever order they come in, the findings are the same."""
    from collectlint.document import Origin, Turn
    from collectlint.readers.record import check_fields, make_document
    from collectlint.run import run

    documents = []
    for number in range(min(len(data) // 4, 40)):
        party, day, minute, kind = data[number * 4 : number * 4 + 4]
        record: dict[str, Any] = {
            "debtor_id": f"d{party % 3}", "callee": f"h{party % 5}", "lender": "l", "channel": "call",
            "kind": "transcript", "party": ("debtor", "contact")[day % 2],
            "started_at": f"2026-03-{day % 5 + 1:02d}T{minute % 24:02d}:{kind % 60:02d}:00",
            "outcome": ("attempt", "connected", "effective")[kind % 3],
            "jurisdiction": ("cn", "tw", "hk")[kind % 3],
        }  # fmt: skip
        try:
            known, others = check_fields(record)
        except InputError:
            continue
        documents.append(
            make_document(
                known, others, (Turn("agent", "您好"),), Origin("c.jsonl", number + 1, 1), f"c{number}"
            )
        )
    there = run(documents, _rulebook(), _options())
    back = run(documents[::-1], _rulebook(), _options())
    assert not there.failures
    found = [sorted((one.rule, one.document, one.message) for one in each.findings) for each in (there, back)]
    assert found[0] == found[1]


# -- reports ------------------------------------------------------------------------------------------


def reports(data: bytes) -> None:
    """Every format stays well formed around any words."""
    from collectlint.readers.given import read_text
    from collectlint.redact import redact
    from collectlint.reporters import ReportOptions
    from collectlint.reporters.table import MODULES, reporter
    from collectlint.run import run

    said = _text(data)[:500]
    document = read_text(said + "再不还钱就爆你通讯录", _SMALL)._replace(id=said[:40] or "x")
    report = run([document, Failure(said[:40], 1, said[:80], said[:80])], _rulebook(), _options())
    report = redact(report._replace(findings=report.findings[:4]))
    for name in MODULES:
        module = reporter(name)
        out = io.BytesIO()
        if module.MEDIA == "bytes":
            module.write(report, out, ReportOptions())
        else:
            wrapper = io.TextIOWrapper(out, encoding="utf-8", errors="strict", newline="\n")
            module.write(report, wrapper, ReportOptions())
            wrapper.flush()
        written = out.getvalue()
        if name in ("json", "sarif", "gitlab", "rdjson"):
            json.loads(written)
        elif name in ("jsonl", "rdjsonl"):
            for line in written.decode().split("\n"):
                assert not line or json.loads(line) is not None
        elif name in ("junit", "checkstyle"):
            ElementTree.fromstring(written)
        elif name == "csv":
            rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
            assert len({len(row) for row in rows}) == 1
        else:
            written.decode()


TARGETS: dict[str, Target] = {
    "yaml": yaml,
    "rule": rule,
    "config": config,
    "waivers": waivers,
    "readers": readers,
    "calls": calls,
    "workbook": workbook,
    "metadata": metadata,
    "text": text,
    "folding": folding,
    "masking": masking,
    "history": history,
    "reports": reports,
}
EXPECTED = (CollectlintError,)
