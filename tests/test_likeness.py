"""The second reader's vocabulary and arithmetic."""

from __future__ import annotations

from math import exp, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectlint.likeness import PRIOR, Model, Vocabulary, pack

FEATURES = st.text(st.sampled_from("ab你我还<#\U0001f600\U0010ffff\ud7ff\u3000 "), min_size=1, max_size=3)


def _listed(features: list[str]) -> tuple[bytes, int, int]:
    """The features as they stand within a larger block."""
    lines = "\n".join(features).encode()
    return b"head\n" + lines + b"\0tail\n", 5, 5 + len(lines)


@given(st.sets(FEATURES), st.sets(FEATURES))
def test_rows_are_those_of_the_sorted_list(features: set[str], others: set[str]) -> None:
    ordered = sorted(features)
    vocabulary = Vocabulary(*_listed(ordered))
    expected = {feature: ordered.index(feature) for feature in features}
    for _ in range(2):
        assert vocabulary.rows(features | others) == expected
        assert vocabulary.rows(others - features) == {}
        vocabulary.rows(["x"] * 10_000)  # now it looks them up otherwise


def test_scores_by_hand() -> None:
    header = {
        "families": ["any", "threat"],
        "documents": 2,
        "square_step": 0.5,
        "steps": [0.1, 0.2],
        "biases": [0.5, -0.5],
        "calibration": {"": [1.0, 0.0], "sms": [2.0, 0.25]},
    }
    block = pack(header, ["打", "还钱"], bytes([10, 256 - 4, 20, 6]), bytes([3, 4]))
    model = Model(block)
    norm = sqrt((3 + 4 + 255 + PRIOR * 255) * 0.5)
    read = model.read(["打", "还钱", "没有的"], "sms")
    own = 30 * 0.1 / norm + 0.5
    assert read.scores["any"] == pytest.approx(1 / (1 + exp(-(2 * own + 0.25))))
    assert read.scores["threat"] == pytest.approx(1 / (1 + exp(-(2 * 0.2 / norm - 0.5))))
    assert model.weigh("还钱打", "threat") == (pytest.approx(2 * 0.2), ("还钱",))
    for broken in (block[:-1], block + b"x", b"", b"{}", block.replace(b"-model 5", b"-model 4")):
        with pytest.raises(ValueError, match=r"模型|长度"):
            Model(broken)
