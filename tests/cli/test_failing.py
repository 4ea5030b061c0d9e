"""Exit codes of what goes wrong."""

from __future__ import annotations

import pytest

from collectlint.cli.failing import INTERRUPTED, exit_code_of


def broken_by(ending: BaseException):
    """A run that breaks while an ending unwinds it, as a lock does that is left half held."""

    def run() -> None:
        try:
            raise ending
        finally:
            raise RuntimeError("cannot release un-acquired lock")

    return run


def test_what_breaks_while_ctrl_c_unwinds_is_an_interruption(capsys) -> None:
    assert exit_code_of(broken_by(KeyboardInterrupt())) == INTERRUPTED
    assert "内部错误" not in capsys.readouterr().err


def test_what_breaks_while_sigterm_unwinds_is_an_ending(capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        exit_code_of(broken_by(SystemExit(143)))
    assert ended.value.code == 143
    assert "被要求结束" in capsys.readouterr().err


def test_other_errors_are_internal(capsys) -> None:
    assert exit_code_of(broken_by(ValueError())) == 3
    assert exit_code_of(broken_by(SystemExit(2))) == 3
    assert "内部错误" in capsys.readouterr().err
