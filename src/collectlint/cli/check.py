"""`collectlint check`: files, folders, standard input or one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from collectlint.cli import console
from collectlint.cli.caching import cache_options, results_for
from collectlint.cli.changing import change_options, changes
from collectlint.cli.checking import Checking, Opened
from collectlint.cli.command import Command, OneOf
from collectlint.cli.fix_options import fix_options
from collectlint.cli.options import (
    as_of_option,
    lang_option,
    profile_option,
    reading_options,
    rules_option,
    selection_options,
    show_personal_option,
)
from collectlint.cli.outputs import Ways, deliver, parse_outputs
from collectlint.cli.per_path import CATALOGUES, PerPath, with_settings
from collectlint.cli.settling import Given, config_options, configuration, settle, shown_path
from collectlint.cli.standing import standing
from collectlint.cli.waiving import waiver_options, wish
from collectlint.document import SPEAKERS, Document
from collectlint.errors import UsageError
from collectlint.finding import Failure, Severity
from collectlint.linter import Options
from collectlint.readers.settings import ReadSettings
from collectlint.reporters.table import reporter
from collectlint.run import steady, today, word_edges

if TYPE_CHECKING:
    from collectlint.readers.metadata import Metadata
    from collectlint.reporters import Reporter
    from collectlint.rulebook.rulebook import Rulebook
    from collectlint.score import Weights

_SEVERITIES = ("error", "warning", "info")


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True), metavar="[路径]...")
@click.option("-t", "--text", metavar="文字", help="检查这句话")
@click.option("--format", "format_", metavar="格式", default="text", help="报告格式，默认 text")
@click.option("-o", "--output", multiple=True, metavar="格式=文件", help="另写一份报告到文件（可重复）")
@click.option("--fail-on", type=OneOf((*_SEVERITIES, "never")), default="error", metavar="程度",
              help="有此程度以上的问题时退出码为 1：error（默认）、warning、info、never")  # fmt: skip
@click.option(
    "--severity", type=OneOf(_SEVERITIES), default="info", metavar="程度", help="只显示此程度以上的问题"
)
@change_options
@cache_options
@fix_options
@click.option("--watch", is_flag=True, help="文件一改就重查，Ctrl+C 结束（需 collectlint[watch]）")
@waiver_options
@config_options
@rules_option
@profile_option
@selection_options
@reading_options
@as_of_option
@lang_option
@click.option("--docs-url", metavar="网址", envvar="COLLECTLINT_DOCS_URL", show_envvar=False,
              help="规则说明页的网址，如 https://…/{rule}.html，SARIF 的 helpUri 指向那里")  # fmt: skip
@click.option("--color/--no-color", default=None, help="是否用颜色，默认看终端与 NO_COLOR、FORCE_COLOR")
@click.option(
    "--second-reader/--no-second-reader", default=True, help="是否听取第二读者（统计模型）的意见，默认是"
)
@click.option("--score", is_flag=True, help="给每份文档和每位坐席评分，分值由配置（--profile）的 score 定")
@show_personal_option
@click.option("-q", "--quiet", is_flag=True, help="不在标准输出上显示报告")
@click.option("--no-prefilter", is_flag=True, hidden=True)
@click.pass_context
def check(
    ctx: click.Context, /, paths: tuple[str, ...], text: str | None,
    config_file: str | None, isolated: bool, no_prefilter: bool, watch: bool, **given: Any,
) -> int:  # fmt: skip
    """检查文件、文件夹、标准输入（-）或一句话。

    退出码：0 未发现问题，1 有问题，2 用法、配置或规则有误，3 有内容未能读取或判定。
    """

    def once() -> int:
        own = dict(given)
        checking = settled_check(ctx, paths, text, config_file, isolated, own, prefilter=not no_prefilter)
        if not own["fix"] and not own["fix_diff"]:
            return _checked(checking, text)
        from collectlint.cli.fixing import fixed

        return fixed(checking, _opened(checking.paths, None), own["fix"])

    if given["fix"] or given["fix_diff"]:
        from collectlint.cli.fixing import check_wish

        check_wish(given, paths, text)
    if watch:
        from collectlint.cli.watching import watched

        paths = paths or (os.curdir,)
        return watched(once, paths, text, given)
    return once()


def _checked(checking: Checking, text: str | None) -> int:
    ways = checking.ways
    if text is None and not checking.paths and console.is_terminal(sys.stdin):
        return max((deliver(checking.judged(_opened((), one)), ways) for one in _asked()), default=0)
    report = checking.judged(_opened(checking.paths, text))
    if not report.documents and not report.failures:
        console.note("注意：没有读到任何内容")
    return deliver(report, ways)


def settled_check(
    ctx: click.Context,
    paths: tuple[str, ...],
    text: str | None,
    config_file: str | None,
    isolated: bool,
    given: dict[str, Any],
    prefilter: bool = True,
) -> Checking:
    """The call, with the configuration found and the rules opened; `given` is filled in, in place.

    Raises what the command may fail with before anything is read.
    """
    settled = settle(ctx, given, configuration(paths, config_file, isolated))
    ways = _ways(given, paths)
    wished = wish(given)
    changed = changes(given, paths, text)
    if changed is not None:
        paths = paths or (os.curdir,)
    day = given["as_of"] or today()
    rulebook, only, severities, given["jurisdiction"], facts, by_path = standing(given, settled, day)
    reading = reading_of(given)._replace(**limits_of(settled))
    if settled.config is not None:
        reading = with_settings(reading, settled.config.settings, CATALOGUES)
    options = Options(
        as_of=day,
        by_event=given["as_of"] is None,
        lang=ways.lang,
        prefilter=prefilter,
        second_reader=given["second_reader"],
        boundaries=word_edges(rulebook),
        only=only,
        severities=severities,
    )
    settings = {
        "jurisdiction": reading.jurisdiction, "channel": reading.channel, "kind": reading.kind,
        "party": reading.party, **facts, "profile": given["profile"] or "",
        "select": given["select"], "ignore": given["ignore"], "by_event": options.by_event,
        "severity": ways.shown.label, "fail_on": ways.fail_on.label if ways.fail_on else "never",
        "show_personal": ways.show_personal, "second_reader": options.second_reader,
    }  # fmt: skip
    if settled.config is not None:
        settings["config"] = [shown_path(file) for file in settled.config.files]
    if changed is not None:
        settings["changed_since"] = changed.base
    return Checking(
        paths=paths,
        rulebook=rulebook,
        options=options,
        reading=reading,
        facts=facts,
        by_path=by_path,
        own=[*(settled.config.files if settled.config else ()), *([wished.path] if wished.path else [])],
        wished=wished,
        changed=changed,
        metadata=metadata_of(given, reading),
        settings=settings,
        results=results_for(given, rulebook, text is not None),
        ways=ways,
        weights=_weights(given, rulebook) if given["score"] else None,
    )


def _weights(given: dict[str, Any], rulebook: Rulebook) -> Weights:
    from collectlint.rulebook.profile import weights

    profile = None
    if given["profile"] is not None:
        from collectlint.cli.opening import rule_folder
        from collectlint.rulebook.profile import read_profile

        profile = read_profile(given["profile"], rule_folder(given["rules_dir"]))
    return weights(profile, rulebook.rules)


def _ways(given: dict[str, Any], paths: tuple[str, ...]) -> Ways:
    def sheet_back() -> Reporter:
        from collectlint.cli.sheet_back import SheetBack, workbook_of

        return SheetBack(workbook_of(paths), reading_of(given))

    fail_on = given["fail_on"]
    return Ways(
        writer=reporter(given["format_"]),
        files=parse_outputs(given["output"], {"xlsx": sheet_back}),
        lang=given["lang"],
        color=given["color"],
        shown=Severity[given["severity"].upper()],
        show_personal=given["show_personal"],
        quiet=given["quiet"],
        fail_on=None if fail_on == "never" else Severity[fail_on.upper()],
        docs=_docs(given["docs_url"] or ""),
    )


def _docs(url: str) -> str:
    """The address of a rule's page; one without `{rule}` is a folder of Markdown pages."""
    return url if not url or "{rule}" in url else f"{url.rstrip('/')}/{{rule}}.md"


def limits_of(settled: Given) -> dict[str, Any]:
    """The limits of input that the configuration sets."""
    if settled.config is None or "limits" not in settled.config.settings:
        return {}
    return {name: most for name, most in settled.config.settings["limits"].value.items() if most is not None}


def reading_of(given: dict[str, Any]) -> ReadSettings:
    """How inputs are read, by the options given."""
    settings = ReadSettings(
        encoding=given["encoding"],
        format=given["input_format"],
        jurisdiction=given["jurisdiction"] or "cn",
        channel=given["channel"] or "",
        kind=given["kind"] or "",
        party=given["party"],
    )
    if given["speaker"]:
        settings = settings._replace(speakers=_speakers(given["speaker"]))
    return settings._replace(columns=columns(given["column"])) if given["column"] else settings


def _speakers(values: tuple[str, ...]) -> dict[str, str]:
    """`VOICE=SPEAKER` as asked for; the speaker may be written in Chinese (坐席)."""
    from collectlint.readers.speech import speaker_of

    chosen = {}
    for value in values:
        voice, equals, name = value.rpartition("=")
        if not equals or not voice:
            raise UsageError(f"--speaker 的值「{value}」写法不对", remedy="应形如 0=agent")
        speaker = name if name in SPEAKERS else speaker_of(name)
        if speaker is None:
            from collectlint.cli.command import nearest

            raise UsageError(f"没有身份「{name}」{nearest(name, SPEAKERS)}")
        chosen[voice] = speaker
    return chosen


def metadata_of(given: dict[str, Any], reading: ReadSettings) -> Metadata | None:
    """The table of `--metadata`, None without one."""
    if given["metadata"] is None:
        if given["metadata_key"]:
            raise UsageError("--metadata-key 要与 --metadata 同用", remedy="请写 --metadata 文件")
        return None
    from collectlint.readers.metadata import load

    return load(given["metadata"], given["metadata_key"], reading, given.get("metadata_columns", {}))


def columns(values: tuple[str, ...]) -> dict[str, str]:
    """`FIELD=NAME` as asked for; raises UsageError for a field that does not exist."""
    from collectlint.readers.record import field_names

    chosen = {}
    for value in values:
        field, equals, name = value.partition("=")
        if not equals or not name:
            raise UsageError(f"--column 的值「{value}」写法不对", remedy="应形如 text=模板内容")
        if field not in field_names() and not field.startswith("fields."):
            from collectlint.cli.command import nearest

            raise UsageError(f"没有字段「{field}」{nearest(field, field_names())}")
        chosen[field] = name
    return chosen


def _opened(paths: tuple[str, ...], text: str | None) -> Opened:
    def opened(reading: ReadSettings, per_path: PerPath) -> Iterator[Document | Failure]:
        return _items(paths, text, reading, per_path)

    return opened


def _items(
    paths: tuple[str, ...], text: str | None, reading: ReadSettings, per_path: PerPath
) -> Iterator[Document | Failure]:
    if text is not None:
        yield from _sentence(text, reading)
    if not paths and text is None:
        paths = ("-",)
    if not paths:
        return
    from collectlint.readers import table

    table.check(reading)
    for path in paths:
        if path == "-":
            yield from steady(table.read_stdin(sys.stdin.buffer, reading), "<stdin>")
            continue
        empty = True
        for item in steady(table.read(path, reading, per_path.reading), path):
            empty = False
            yield item
        if empty and not per_path.left_out and os.path.isdir(path):
            yield Failure(path, 0, "文件夹里没有读到任何内容", "检查路径，或用 --input-format 指明格式")


def _sentence(text: str, reading: ReadSettings) -> Iterator[Document | Failure]:
    from collectlint.readers.given import read_text

    yield read_text(text, reading)


def _asked() -> Iterator[str]:
    """What a person at the terminal types, until an empty line or the end of input."""
    with suppress(ImportError):
        import readline  # noqa: F401 -- editing keys for input()
    while True:
        try:
            said = input("请输入要检查的话（直接回车结束）：")
        except EOFError:
            console.say("")
            return
        if not said.strip():
            return
        yield said
