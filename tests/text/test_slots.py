"""Phrases with slots, taken apart."""

from __future__ import annotations

import pytest

from collectlint.text.slots import Piece, pieces


def test_pieces() -> None:
    assert pieces("让…{family}[都|]知道") == [
        Piece("text", "让"),
        Piece("gap", "…"),
        Piece("list", "family"),
        Piece("choice", "都|"),
        Piece("text", "知道"),
    ]


@pytest.mark.parametrize("broken", ["让{family", "让]他", "[a|b", "}{"])
def test_unpaired_brackets(broken: str) -> None:
    assert pieces(broken) is None
