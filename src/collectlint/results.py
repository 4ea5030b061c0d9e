"""Judgements remembered by content, so that what did not change is not judged again.

What is kept of a document is a hash of it, rule ids and places; the words of a finding are taken from
the document at hand. A document in which personal data shows is not kept at all, for a hash of it could
be guessed backwards. Entries are signed with `secret`; one that does not fit is a miss.
"""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from typing import Any

from collectlint import __version__, cache
from collectlint.document import Document
from collectlint.finding import Finding, NotEvaluated, Severity
from collectlint.linter import (
    Judgement,
    Options,
    counts,
    evidence_at,
    finding_at,
    fingerprinted,
    is_chosen,
    law_day,
    spoken,
)
from collectlint.operators.pattern import TIMED_OUT
from collectlint.redact import mask_name, mask_text
from collectlint.rulebook.rule import Bound, Rule
from collectlint.rulebook.rulebook import Rulebook

FORMAT = 1  # part of the key; raise it when what is kept changes
_NAME = "results-"
_LARGEST = 16 << 20  # bytes of one file; the entries used longest ago make way
_FILES = 8  # of other rules or settings; the ones used longest ago make way
_NEEDED = ("jieba", "opencc-python-reimplemented", "regex", "holidays")  # what they say decides results
_IGNORED = ("id", "turns", "origin", "label", "doubts")  # of a document; nothing that rules look at


class Results:
    """Judgements of one rulebook, read from `folder` (None: this process only) and written by `save`.

    `secret` is shared by all that read and write the folder; without it anybody who can write there
    can forge entries.
    """

    def __init__(self, rulebook: Rulebook, folder: cache.StrPath | None, secret: bytes = b"") -> None:
        self._rulebook = rulebook
        self._folder = folder if rulebook.sha256.strip("0") else None  # rules without a digest are nobody's
        self._secret = blake2b(secret).digest()
        self._key = _key(rulebook)
        self._name = _NAME + blake2b(self._key.encode(), digest_size=8).hexdigest()
        self._kept = self._read()
        self._used: dict[bytes, bytes] = {}  # in the order of use; also what is new
        self._is_new = False
        self._room = _LARGEST  # bytes that may still be remembered
        self._order = {rule_id: which for which, rule_id in enumerate(rulebook.rule_ids)}
        self._days = _days_of_change(rulebook)
        self._settings: dict[tuple[Any, ...], bytes] = {}

    def recall(self, document: Document, options: Options) -> Judgement | None:
        """What judging the document gave before, in the words and at the places of this one."""
        digest = self._digest(document, options)
        entry = self._used.get(digest) or self._kept.get(digest)
        if entry is None:
            return None
        mark, _, value = entry.partition(b" ")
        if mark != self._mark(digest, value):
            return None
        try:
            judgement = self._retold(document, options, json.loads(value))
        except (ValueError, TypeError, KeyError, IndexError, RecursionError):
            return None
        self._used[digest] = entry
        return judgement

    def keep(self, document: Document, options: Options, judgement: Judgement) -> None:
        """Remember a judgement, unless personal data shows in the document or a time limit fired."""
        if (
            self._room < 0
            or any(TIMED_OUT in item.reason for item in judgement.not_evaluated)
            or _is_personal(document)
        ):
            return
        counting = {rule.id for rule in self._counting(document, options)}
        value = [
            [self._record(one, options) for one in judgement.findings],
            [[item.rule, item.reason] for item in judgement.not_evaluated if item.rule not in counting],
        ]
        if self._retold(document, options, value) != judgement:
            return  # something in it cannot be told from places alone
        digest = self._digest(document, options)
        text = json.dumps(value, separators=(",", ":")).encode()
        self._used[digest] = self._mark(digest, text) + b" " + text
        self._room -= len(digest) + len(self._used[digest])
        self._is_new = True

    def save(self) -> None:
        """Write what is new, whole or not at all; never fails."""
        if not self._is_new or self._folder is None:
            return
        lines: list[bytes] = []
        room = _LARGEST
        entries = {**self._read(), **self._used}  # another process may have written meanwhile
        for digest in self._used:
            entries[digest] = entries.pop(digest)
        for digest, entry in reversed(entries.items()):
            room -= len(digest) + len(entry) + 2
            if room < 0:
                break
            lines.append(digest + b" " + entry)
        cache.write_to(self._folder, self._name, self._key, b"\n".join(reversed(lines)))
        _prune(self._folder)
        self._is_new = False

    def _read(self) -> dict[bytes, bytes]:
        data = cache.read_from(self._folder, self._name, self._key)
        if data is None or self._folder is None:
            return {}
        with suppress(OSError):
            os.utime(os.path.join(self._folder, self._name))
        return {digest: entry for digest, _, entry in (line.partition(b" ") for line in data.split(b"\n"))}

    def _digest(self, document: Document, options: Options) -> bytes:
        told = (options.only, *_plain(options))
        settings = self._settings.get(told)
        if settings is None:
            only = sorted(options.only) if options.only is not None else None
            settings = blake2b(json.dumps([only, *told[1:]]).encode(), digest_size=16).digest()
            self._settings[told] = settings
        day = options.as_of
        content = [
            bisect_right(self._days[0], day),
            bisect_left(self._days[1], day),
            [turn[:4] for turn in document.turns],
            [value for name, value in zip(document._fields, document, strict=True) if name not in _IGNORED],
        ]
        data = settings + json.dumps(content, default=repr).encode()
        return blake2b(data, digest_size=16, key=self._secret).hexdigest().encode()

    def _mark(self, digest: bytes, value: bytes) -> bytes:
        return blake2b(digest + value, digest_size=8, key=self._secret).hexdigest().encode()

    def _record(self, one: Finding, options: Options) -> list[Any]:
        note = _note(one, self._rule(one.rule).words("message", options.lang))
        evidence = [item[:3] for item in one.evidence]
        return [
            one.rule,
            one.turn,
            one.start,
            one.end,
            int(one.severity),
            one.confidence,
            one.via,
            evidence,
            note,
        ]

    def _retold(self, document: Document, options: Options, value: Any) -> Judgement:
        spoken_ = spoken(document)
        day = law_day(document, options)
        findings = []
        for rule_id, turn, start, end, severity, confidence, via, evidence, note in value[0]:
            rule = self._rule(rule_id)
            if not 0 <= start <= end <= len(spoken_.turns[turn].text):
                raise ValueError("a place outside the text")
            basis, _ = rule.basis(Bound.of(document), day, options.lang)
            told = finding_at(spoken_, rule, (turn, start, end), note, basis, options.lang)
            findings.append(
                told._replace(
                    severity=Severity(severity),
                    confidence=str(confidence),
                    via=tuple(map(str, via)),
                    evidence=tuple(evidence_at(spoken_, *place) for place in evidence),
                )
            )
        unknown = [NotEvaluated(document.id, str(rule_id), str(reason)) for rule_id, reason in value[1]]
        counted = counts(spoken_, self._counting(spoken_, options), day)
        if counted.not_evaluated:
            unknown = sorted((*unknown, *counted.not_evaluated), key=lambda item: self._order[item.rule])
        return Judgement(fingerprinted(spoken_, findings), tuple(unknown), counted.counted)

    def _rule(self, rule_id: str) -> Rule:
        return self._rulebook.rule(self._order[rule_id])

    def _counting(self, document: Document, options: Options) -> Iterator[Rule]:
        """The rules that count over many documents, as far as they look at this one: they look anew."""
        day = law_day(document, options)
        for rule in self._rulebook.candidates({}, document.fields):
            if rule.is_count and is_chosen(rule, options) and rule.applies_to(document, day):
                yield rule


def _key(rulebook: Rulebook) -> str:
    """Everything beside document and options that results depend on, in one line."""
    from importlib.metadata import PackageNotFoundError, version

    parts = [
        str(FORMAT),
        __version__,
        rulebook.sha256,
        rulebook.model.sha256 if rulebook.model else "-",
        _code(),
    ]
    parts += [".".join(map(str, sys.version_info[:2])), unicodedata.unidata_version]
    for name in _NEEDED:
        try:
            parts.append(version(name))
        except PackageNotFoundError:
            parts.append("-")
    return " ".join(parts)


def _code() -> str:
    """Sizes and times of the modules in a checkout, where they change under one version; else nothing."""
    package = os.path.dirname(os.path.abspath(__file__))
    if os.path.isdir(os.path.join(package, "rules")):  # an installed package brings its rules along
        return "-"
    marks = []
    for folder, folders, files in os.walk(package):
        folders.sort()
        for name in sorted(files):
            if name.endswith(".py"):
                status = os.stat(os.path.join(folder, name))
                marks.append(f"{name}:{status.st_size}:{status.st_mtime_ns}")
    return blake2b("|".join(marks).encode(), digest_size=8).hexdigest()


def _days_of_change(rulebook: Rulebook) -> tuple[list[str], list[str]]:
    """First and last days of rules and instruments of law: between them one day is like another."""
    first: set[str] = set()
    last: set[str] = set()
    for rule in rulebook.rules:
        first.add(rule.period.get("from") or "")
        last.add(rule.period.get("to") or "")
    for source in rulebook.sources.values():
        first.add(source.since or "")
        last.add(source.until or "")
    return sorted(first - {""}), sorted(last - {""})


def _plain(options: Options) -> tuple[Any, ...]:
    """What else of the options decides results; not `batch`, which only decides how fast they come."""
    grave = tuple(sorted((rule_id, int(severity)) for rule_id, severity in options.severities.items()))
    words = options.boundaries is not None
    return grave, options.by_event, options.lang, options.prefilter, options.second_reader, words


def _is_personal(document: Document) -> bool:
    """Does personal data show in anything that the hash is made of?"""
    if any(mask_text(turn.text) != turn.text for turn in document.turns):
        return True
    values = (value for name, value in zip(document._fields, document, strict=True) if name not in _IGNORED)
    return any(mask_name(word) != word for word in _words(list(values)))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield str(name)
            yield from _words(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _words(item)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _note(finding: Finding, message: str) -> str:
    """What a condition put in place of `{note}`."""
    before, mark, after = message.replace("{matched}", finding.matched).partition("{note}")
    said = finding.message
    return said[len(before) : len(said) - len(after)] if mark else ""


def _prune(folder: cache.StrPath) -> None:
    with suppress(OSError):
        with os.scandir(folder) as entries:
            found = [
                one for one in entries if one.name.startswith(_NAME) and one.is_file(follow_symlinks=False)
            ]
        found.sort(key=lambda one: one.stat().st_mtime_ns, reverse=True)
        for old in found[_FILES:]:
            os.unlink(old.path)
