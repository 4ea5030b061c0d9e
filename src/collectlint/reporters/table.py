"""All report formats by name."""

from __future__ import annotations

from collectlint.errors import UsageError
from collectlint.reporters import Reporter, concise, csv_, github, json_, jsonl, sarif, text

REPORTERS: dict[str, Reporter] = {
    "text": text,
    "concise": concise,
    "json": json_,
    "jsonl": jsonl,
    "sarif": sarif,
    "github": github,
    "csv": csv_,
}


def reporter(name: str) -> Reporter:
    """The reporter of that name; raises UsageError with the nearest right spelling."""
    if name in REPORTERS:
        return REPORTERS[name]
    from difflib import get_close_matches

    near = get_close_matches(name, REPORTERS, 1)
    guess = f"是否指 {near[0]}?" if near else ""
    raise UsageError(f"没有名为 {name!r} 的报告格式", remedy=f"{guess}可用:{'、'.join(REPORTERS)}")
