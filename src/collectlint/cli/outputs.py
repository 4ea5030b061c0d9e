"""Reports on their way out: stdout, and files that appear whole or not at all."""

import io
import os
import stat
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import IO, Any, NamedTuple

from collectlint.cli.console import color_wanted, encoding_of, say_error, silence, width_of
from collectlint.errors import CollectlintError, UsageError
from collectlint.finding import Report, Severity
from collectlint.reporters import Reporter, ReportOptions
from collectlint.reporters.table import reporter
from collectlint.run import exit_code
from collectlint.worded import in_language


class WriteError(CollectlintError):
    """A report could not be written in full; the judgement itself was made."""

    exit_code = 3


class Output(NamedTuple):
    """A report file that was asked for."""

    reporter: Reporter
    path: str


def parse_outputs(values: tuple[str, ...], more: Mapping[str, Callable[[], Reporter]]) -> list[Output]:
    """`FORMAT=FILE` as asked for; raises UsageError at once, before anything is checked.

    `more` are formats of this call alone, beside those that every report can have.
    """
    outputs = []
    paths: set[str] = set()
    for value in values:
        name, equals, path = value.partition("=")
        if not equals or not path:
            raise UsageError(f"--output 的值「{value}」写法不对", remedy="应形如 json=报告.json")
        outputs.append(Output(more[name]() if name in more else reporter(name), path))
        check_target(path)
        if os.path.realpath(path) in paths:
            raise UsageError(f"两份报告写到同一个文件 {path}", remedy="请换一个文件名")
        paths.add(os.path.realpath(path))
    return outputs


def check_target(path: str) -> None:
    """Raises UsageError when no file can come to be at `path`."""
    folder = os.path.dirname(os.path.realpath(path))
    if os.path.isdir(path):
        raise UsageError(f"{path} 是文件夹", remedy="请写文件名")
    if not os.path.isdir(folder):
        raise UsageError(f"没有文件夹 {folder}", remedy="请先建好，或换一个位置")


def print_report(
    report: Report,
    writer: Reporter,
    lang: str,
    color: bool | None,
    width: int | None = None,
    docs: str = "",
) -> None:
    """The report on stdout; a reader that stops reading (`head`) is no fault."""
    out = sys.stdout
    options = ReportOptions(
        color=color_wanted(color, out),
        lang=lang,
        width=width_of(out) if width is None else width,
        encoding=encoding_of(out),
        base=os.getcwd(),
        docs=docs,
    )
    try:
        if writer.MEDIA == "bytes":
            out.flush()
            writer.write(report, out.buffer, options)
            out.buffer.flush()
        else:
            writer.write(report, out, options)
            out.flush()
    except BrokenPipeError:
        silence(out)
    except OSError as error:
        raise WriteError(f"标准输出写不进去：{error.strerror or error}", remedy="检查磁盘空间") from None


def write_report(report: Report, output: Output, lang: str, docs: str = "") -> None:
    """The report in its file, whole or not at all."""
    options = ReportOptions(lang=lang, base=os.getcwd(), docs=docs)

    def write(out: IO[bytes]) -> None:
        if output.reporter.MEDIA == "bytes":
            output.reporter.write(report, out, options)
            return
        text = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="\n")
        output.reporter.write(report, text, options)
        text.detach()

    write_file(output.path, write)


def write_file(path: str, write: Callable[[IO[bytes]], Any]) -> None:
    """A file made by `write`: it takes its name only when complete. Raises WriteError.

    A pipe or device that stands at `path` is written to as it is; a link stays a link.
    """
    target = os.path.realpath(path)
    temporary = os.path.join(os.path.dirname(target), f".{os.path.basename(target)[:80]}.{os.getpid()}.tmp")
    try:
        if os.path.exists(target) and not stat.S_ISREG(os.stat(target).st_mode):
            with open(target, "wb") as out:
                write(out)
            return
        try:
            with open(temporary, "xb") as out:
                write(out)
                out.flush()
                os.fsync(out.fileno())
            os.replace(temporary, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise WriteError(f"{path} 写不进去：{error.strerror or error}", remedy="检查权限和磁盘空间") from None


class Ways(NamedTuple):
    """How the report goes out."""

    writer: Reporter
    files: list[Output]
    lang: str
    color: bool | None
    shown: Severity
    show_personal: bool
    quiet: bool
    fail_on: Severity | None
    docs: str = ""  # URL of a rule's page, with `{rule}` in it


def deliver(report: Report, ways: Ways) -> int:
    """Print and write the report; the exit code."""
    code = exit_code(report, ways.fail_on)
    report = report._replace(findings=tuple(one for one in report.findings if one.severity >= ways.shown))
    if not ways.show_personal and (
        report.findings or report.not_evaluated or report.failures or report.waived or report.scores
    ):
        from collectlint.redact import redact

        report = redact(report)
    report = in_language(report, ways.lang)
    if not ways.quiet:
        print_report(report, ways.writer, ways.lang, ways.color, docs=ways.docs)
    elif report.failures:
        for failure in report.failures:
            place = f"{failure.path}:{failure.line}" if failure.line else failure.path
            say_error(f"{place}：{failure.reason}", failure.remedy)
    unwritten = False
    for output in ways.files:
        try:
            write_report(report, output, ways.lang, ways.docs)
        except WriteError as error:
            unwritten = True
            say_error(error.message, error.remedy)
    return code or (3 if unwritten else 0)
