"""How far an audit is: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from collectlint.audit.night import Progress
from collectlint.cli.console import is_terminal, note

_LINE_EVERY = 30.0  # seconds
_MB = 1_000_000


@contextmanager
def progress_of(quiet: bool) -> Iterator[Progress]:
    """What shows the progress on stderr."""
    shown: Progress
    if quiet:
        shown = Silent()
    elif is_terminal(sys.stderr):
        shown = Bar()
    else:
        shown = Lines()
    try:
        yield shown
    finally:
        if isinstance(shown, Bar):
            shown.close()


class Silent:
    """Shows nothing."""

    def registering(self, files: int, size: int) -> None: ...
    def begun(self, total: int, done: int) -> None: ...
    def moved(self, size: int, documents: int, findings: int) -> None: ...
    def counting(self) -> None: ...


class Rate:
    """Bytes and documents judged since the beginning of this process."""

    def __init__(self, total: int, done: int) -> None:
        self.total = total
        self.done = done
        self._before = done
        self._documents = 0
        self._findings = 0
        self._begun = time.monotonic()

    def move(self, size: int, documents: int, findings: int) -> None:
        self.done += size
        self._documents += documents
        self._findings += findings

    def told(self) -> str:
        seconds = max(time.monotonic() - self._begun, 0.001)
        return (
            f"{(self.done - self._before) / seconds / _MB:.2f} MB/s {self._documents / seconds:.0f} 份/秒 "
            f"{self._findings} 处问题"
        )

    def left(self) -> str:
        judged = self.done - self._before
        if not judged:
            return "剩余时间未知"
        seconds = (time.monotonic() - self._begun) * (self.total - self.done) / judged
        hours, rest = divmod(int(seconds), 3600)
        return f"约剩 {hours}:{rest // 60:02}:{rest % 60:02}"


class Lines:
    """One line every half minute."""

    def __init__(self) -> None:
        self._rate = Rate(0, 0)
        self._due = time.monotonic() + _LINE_EVERY

    def registering(self, files: int, size: int) -> None:
        if time.monotonic() >= self._due:
            note(f"登记输入：{files} 个文件，{size / _MB:.0f} MB")
            self._due = time.monotonic() + _LINE_EVERY

    def begun(self, total: int, done: int) -> None:
        self._rate = Rate(total, done)
        note(f"开始审计：共 {total / _MB:.1f} MB" + (f"，已完成 {done / _MB:.1f} MB，接着做" if done else ""))
        self._due = time.monotonic() + _LINE_EVERY

    def moved(self, size: int, documents: int, findings: int) -> None:
        self._rate.move(size, documents, findings)
        if time.monotonic() >= self._due:
            share = 100 * self._rate.done / max(self._rate.total, 1)
            note(f"{share:.1f}%  {self._rate.told()}  {self._rate.left()}")
            self._due = time.monotonic() + _LINE_EVERY

    def counting(self) -> None:
        note("判定跨文档计次规则")


class Bar:
    """A bar with the rate and the time left."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._rate = Rate(0, 0)

    def registering(self, files: int, size: int) -> None:
        click.echo(f"\r登记输入：{files} 个文件，{size / _MB:.0f} MB", nl=False, err=True)

    def begun(self, total: int, done: int) -> None:
        click.echo(err=True)
        self._rate = Rate(total, done)
        self._bar = click.progressbar(
            length=total, label="审计", file=sys.stderr, item_show_func=lambda _: self._rate.told()
        )
        self._bar.__enter__()
        self._bar.update(done)

    def moved(self, size: int, documents: int, findings: int) -> None:
        self._rate.move(size, documents, findings)
        self._bar.update(size, size)

    def counting(self) -> None:
        self.close()
        note("判定跨文档计次规则")

    def close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
