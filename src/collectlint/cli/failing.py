"""Errors -> messages on stderr and exit codes; no traceback, and never a word of the checked text."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from collectlint.cli.console import flush, note, say_error
from collectlint.errors import CollectlintError, ConfigErrors, RuleErrors, cause_of

INTERRUPTED = 130  # 128 + SIGINT
_TERMINATED = 128 + signal.SIGTERM
_BROKEN = 3
_ERRORS_SHOWN = 50


def exit_code_of(run: Callable[[], Any]) -> int:
    """What `run` returns if that is a number, else 0; or the code of the error it raised.

    The SystemExit of a SIGTERM goes on to whoever called.
    """
    try:
        try:
            code = run()
            flush()
        except Exception as error:
            if (ending := _ending(error)) is not None:
                raise ending from None
            raise
    except KeyboardInterrupt:
        note("已中断")
        flush()
        return INTERRUPTED
    except SystemExit as ended:
        if ended.code == _TERMINATED:
            note("被要求结束，已停止")
        raise
    except CollectlintError as error:
        _tell(error)
        return error.exit_code
    except Exception as error:
        if os.environ.get("COLLECTLINT_TRACEBACK"):
            raise
        say_error(
            f"内部错误：{cause_of(error)}", "设环境变量 COLLECTLINT_TRACEBACK=1 可看到详情，请报告给维护者"
        )
        return _BROKEN
    return code if isinstance(code, int) else 0


def _ending(error: BaseException | None) -> BaseException | None:
    """The Ctrl+C or SIGTERM that an error came of: locks and pools break in the middle of being left."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt) or (
            isinstance(error, SystemExit) and error.code == _TERMINATED
        ):
            return error
        error = error.__context__
    return None


def _tell(error: CollectlintError) -> None:
    if not isinstance(error, RuleErrors | ConfigErrors):
        place = f"{error.place}：" if error.place else ""
        say_error(f"{place}{error.message}", error.remedy)
        return
    for one in error.errors[:_ERRORS_SHOWN]:
        print(str(one), file=sys.stderr)  # noqa: T201
    rest = len(error.errors) - _ERRORS_SHOWN
    what = "规则" if isinstance(error, RuleErrors) else "配置"
    say_error(f"{what}有 {len(error.errors)} 处错误" + (f"，其余 {rest} 处未列出" if rest > 0 else ""))
