"""All report formats by name."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from collectlint.errors import UsageError
from collectlint.reporters import Reporter

# Name of the format -> module beside this one; imported when asked for.
MODULES = {
    "text": "text",
    "concise": "concise",
    "json": "json_",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "checkstyle": "checkstyle",
    "rdjson": "rdjson",
    "rdjsonl": "rdjsonl",
    "markdown": "markdown",
    "csv": "csv_",
}


def reporter(name: str) -> Reporter:
    """The reporter of that name; raises UsageError with the nearest right spelling."""
    if name in MODULES:
        return cast(Reporter, import_module(f"collectlint.reporters.{MODULES[name]}"))
    from difflib import get_close_matches

    near = get_close_matches(name, MODULES, 1)
    guess = f"是否指 {near[0]}?" if near else ""
    raise UsageError(f"没有名为 {name!r} 的报告格式", remedy=f"{guess}可用:{'、'.join(MODULES)}")
