"""Entry of `collectlint` and `python -m collectlint`."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn

_TERMINATED = 143  # 128 + SIGTERM


def main() -> int:
    """Run the command line; returns the exit code."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        from collectlint.cli.console import make_streams_lenient
        from collectlint.cli.root import root

        make_streams_lenient()
        return int(root.main(standalone_mode=False))
    except KeyboardInterrupt:
        return 130


def _terminate(signum: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(_TERMINATED)  # so that unfinished files are removed


if __name__ == "__main__":
    sys.exit(main())
