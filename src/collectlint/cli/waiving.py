"""Waivers in a run of `check`: inline ones, and the baseline that is read or written."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from collectlint.cli.options import day_of
from collectlint.cli.per_path import PerPath
from collectlint.errors import UsageError
from collectlint.finding import Finding, Report, Severity
from collectlint.linter import Options
from collectlint.rulebook.rulebook import Rulebook
from collectlint.waiver.inline import Gathered

if TYPE_CHECKING:
    from collectlint.waiver.baseline import Entry

_F = TypeVar("_F", bound=Callable[..., Any])


class Wish(NamedTuple):
    """What the command line says about the baseline."""

    path: str
    write: bool
    reason: str
    until: str


def waiver_options(command: _F) -> _F:
    for option in (
        click.option(
            "--until", callback=day_of, metavar="日期", help="与 --write-baseline 同用：豁免到哪一天"
        ),
        click.option("--reason", default="", metavar="理由", help="与 --write-baseline 同用：新豁免的理由"),
        click.option("--write-baseline", is_flag=True, help="把现有问题写进基线文件，去掉已改好的"),
        click.option("--baseline", type=click.Path(), metavar="文件", help="基线：按指纹豁免其中的旧问题"),
    ):
        command = option(command)
    return command


def wish(given: dict[str, Any]) -> Wish:
    """Raises UsageError when the options do not go together."""
    path, write = given["baseline"] or "", given["write_baseline"]
    if write and not path:
        raise UsageError("--write-baseline 要与 --baseline 同用", remedy="请写 --baseline 文件")
    if not write and (given["reason"] or given["until"]):
        raise UsageError("--reason、--until 要与 --write-baseline 同用", remedy="单独的豁免请写在文中")
    if write:
        from collectlint.cli.outputs import check_target

        check_target(path)
    else:
        check_there(path)
    return Wish(path, write, given["reason"].strip(), given["until"] or "")


def check_there(path: str) -> None:
    """Raises UsageError for a baseline that is asked for ("" = none is) and is no file."""
    if path and not os.path.isfile(path):
        raise UsageError(f"找不到基线 {path}", remedy="用 --write-baseline 写一份")


class Waiving:
    """Holds the findings of one run against the waivers; `looked_at` are the paths of the call."""

    def __init__(
        self,
        wish: Wish,
        gathered: Gathered,
        rulebook: Rulebook,
        options: Options,
        per_path: PerPath,
        looked_at: tuple[str, ...],
    ) -> None:
        self._wish = wish
        self._gathered = gathered
        self._rulebook = rulebook
        self._options = options
        self._per_path = per_path
        self._looked_at = looked_at

    def applied(self, report: Report, shown: Severity) -> Report:
        """The report without what is waived; writes the baseline first if that was asked for."""
        options = self._options
        if self._gathered.any:
            from collectlint.waiver.inline import applied

            ids = self._rulebook.rule_ids
            judged = judging(self._rulebook, options, self._per_path)
            report = applied(report, self._gathered, ids, judged, options.as_of, options.lang)
        if not self._wish.path:
            return report
        from collectlint.waiver import baseline

        path = self._wish.path
        folder = os.path.dirname(os.path.abspath(path))
        there = os.path.isfile(path)
        entries = baseline.read(path, path) if there else []
        unjudged = {
            (name_in(origin.path, folder), item.rule)
            for item in report.not_evaluated
            if (origin := report.origins.get(item.document))
        }

        def path_of(finding: Finding) -> str:
            return name_in(finding.path, folder)

        asked = asking(self._looked_at, folder, self._rulebook, options, self._per_path)

        def expected(entry: baseline.Entry) -> bool:
            return asked(entry) and (entry.path, entry.rule) not in unjudged

        if self._wish.write:
            findings = [one for one in report.findings if one.severity >= shown]
            entries, lacking = baseline.renewed(
                findings, entries, path_of, expected, self._wish.reason, self._wish.until, options.as_of
            )
            if lacking:
                raise UsageError(f"有 {lacking} 处新问题，豁免要写明理由", remedy="请加 --reason 理由")
            self._write(baseline.written(entries))
            entries = baseline.read(path, path)
        return baseline.applied(report, entries, path, path_of, expected, options.as_of, options.lang)

    def _write(self, data: bytes) -> None:
        from collectlint.cli.console import note
        from collectlint.cli.outputs import write_file

        write_file(self._wish.path, lambda out: out.write(data))
        note(f"已写好基线 {self._wish.path}：{data.count(10)} 条")


def judging(rulebook: Rulebook, options: Options, per_path: PerPath) -> Callable[[str, str], bool]:
    """(rule id, path) -> was the rule asked about that file in this run?"""

    def judged(rule_id: str, path: str) -> bool:
        if rule_id not in rulebook.rule_ids:
            return False
        rule = rulebook.rule(rulebook.rule_ids.index(rule_id))
        if rule.is_second_reader and not options.second_reader:
            return False
        only = per_path.only(path, options)
        return not rule.off if only is None else rule_id in only

    return judged


def asking(
    looked_at: tuple[str, ...], folder: str, rulebook: Rulebook, options: Options, per_path: PerPath
) -> Callable[[Entry], bool]:
    """Does a run over these paths look where the finding of an entry of a baseline in `folder` would be?"""
    judged = judging(rulebook, options, per_path)

    def asked(entry: Entry) -> bool:
        place = entry.path if entry.path.startswith("<") else os.path.join(folder, entry.path)
        return _is_looked_at(place, looked_at) and per_path.reads(place) and judged(entry.rule, place)

    return asked


def _is_looked_at(path: str, looked_at: tuple[str, ...]) -> bool:
    if path.startswith("<"):
        return path == "<stdin>" and ("-" in looked_at or not looked_at)
    whole = os.path.abspath(path)
    roots = [os.path.abspath(one) for one in looked_at if one != "-"]
    return any(whole == root or whole.startswith(os.path.join(root, "")) for root in roots)


def name_in(path: str, folder: str) -> str:
    """A path as a baseline in `folder` has it: relative, forward slashes, personal data masked."""
    from collectlint.redact import mask_name

    if not path or path.startswith("<"):
        return path or "<stdin>"
    try:
        path = os.path.relpath(os.path.abspath(path), folder)
    except ValueError:  # another drive
        path = os.path.abspath(path)
    return mask_name(path.replace(os.sep, "/"))
