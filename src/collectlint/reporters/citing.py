"""A clause as every report cites it, and why something is waived."""

from __future__ import annotations

from collectlint.finding import Basis, Waived
from collectlint.words import Words


def cited(basis: Basis, words: Words) -> str:
    """Title, clause, and how well and when it was checked; what is unknown is left out."""
    mark = words.marks.get(basis.verified, basis.verified)
    if mark and basis.checked:
        mark = f"{mark} {basis.checked}"
    clause = f" {basis.clause}" if basis.clause else ""
    return f"{basis.title or basis.source}{clause}" + (f" [{mark}]" if mark else "")


def pardon(waived: Waived, words: Words) -> str:
    """Why something is waived, and until when."""
    return f"{waived.reason} {words.until.format(waived.until)}" if waived.until else waived.reason
