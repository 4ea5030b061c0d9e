"""Entry of `collectlint` and `python -m collectlint`."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from collectlint import __version__

_TERMINATED = 143  # 128 + SIGTERM


def main() -> int:
    """Run the command line; returns the exit code, or ends the process with it after a plain check."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        from collectlint.cli.console import make_streams_lenient

        make_streams_lenient()
        if sys.argv[1:] == ["--version"]:
            print(f"collectlint {__version__}")  # noqa: T201
            return 0
        if is_plain_check(sys.argv[1:]) and not _is_configured():
            gc.disable()
            from collectlint.cli.quick import check

            _leave(check(sys.argv[3]))
        from collectlint.cli.root import root

        return int(root.main(standalone_mode=False))
    except KeyboardInterrupt:
        return 130


def is_plain_check(arguments: Sequence[str]) -> bool:
    """Exactly `check -t TEXT` or `check --text TEXT`? Then the command-line library is not needed."""
    if len(arguments) != 3 or arguments[0] != "check" or arguments[1] not in ("-t", "--text"):
        return False
    return not arguments[2].startswith("-")


def _is_configured() -> bool:
    """Does a configuration hold here? Asks the file system a few times and imports one small module."""
    from collectlint.discovery import nearest

    return bool(nearest(os.curdir))


def _leave(code: int) -> NoReturn:
    """Ends the process without taking its objects apart: 10 of 70 ms. Everything has been written out."""
    os._exit(code)


def _terminate(signum: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(_TERMINATED)  # so that unfinished files are removed


if __name__ == "__main__":
    sys.exit(main())
