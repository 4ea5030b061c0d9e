"""Places in code points, from 1, and the positions of the protocol, from 0 in units that were agreed on."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types
from pygls.workspace import PositionCodec

from collectlint.finding import Finding


def position(lines: Sequence[str], line: int, column: int, codec: PositionCodec) -> types.Position:
    """The position of a line and column, both from 1; beyond the end it is the end."""
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    units = codec.client_num_units(lines[line - 1][: max(column - 1, 0)])
    return types.Position(line - 1, units)


def range_of(finding: Finding, lines: Sequence[str], codec: PositionCodec) -> types.Range:
    """The words of a finding; its whole line when the format has no columns."""
    if not finding.column:
        end = len(lines[min(finding.line, len(lines)) - 1]) + 1
        return types.Range(position(lines, finding.line, 1, codec), position(lines, finding.line, end, codec))
    return types.Range(
        position(lines, finding.line, finding.column, codec),
        position(lines, finding.end_line or finding.line, finding.end_column or finding.column, codec),
    )


def overlap(one: types.Range, other: types.Range) -> bool:
    """Have they a place in common, ends included?"""
    return not (_key(one.end) < _key(other.start) or _key(other.end) < _key(one.start))


def _key(place: types.Position) -> tuple[int, int]:
    return place.line, place.character
