"""Waivers that do not hold, as findings: every report shows them at their place, and they fail the run."""

from __future__ import annotations

import os
from typing import NamedTuple

from collectlint.finding import Finding, Severity
from collectlint.fingerprint import fingerprint
from collectlint.words.reasons import told

BROKEN = "waiver/broken"
EXPIRED = "waiver/expired"
UNUSED = "waiver/unused"
_FAMILY = "waiver"
_TITLES = {BROKEN: "豁免写法有误", EXPIRED: "豁免已过期", UNUSED: "豁免没有用到"}


class Spot(NamedTuple):
    """Where a waiver stands, and its words there; `cell` for a table."""

    path: str
    line: int
    column: int
    said: str
    document: str = ""


def is_trouble(finding: Finding) -> bool:
    return finding.family == _FAMILY


def trouble(rule: str, spot: Spot, message: str, remedy: str, lang: str) -> Finding:
    """A finding about a waiver; message and remedy come in Chinese and are told in `lang`."""
    end = spot.column + len(spot.said) if spot.column else 0
    return Finding(
        document=spot.document or os.path.normpath(spot.path),
        rule=rule,
        family=_FAMILY,
        families=(_FAMILY,),
        severity=Severity.ERROR,
        confidence="high",
        turn=0,
        start=0,
        end=len(spot.said),
        matched=spot.said,
        excerpt=spot.said,
        excerpt_start=0,
        message=told(message, lang),
        remedy=told(remedy, lang),
        basis=(),
        path=spot.path,
        line=spot.line,
        column=spot.column,
        end_line=spot.line,
        end_column=end,
        fingerprint=fingerprint(rule, spot.said, spot.path),
        title=told(_TITLES[rule], lang),
    )
