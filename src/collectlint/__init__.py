"""collectlint: compliance linting of Chinese debt-collection communications.

    from collectlint import lint
    report = lint("再不还钱就爆你通讯录")

Importing the package costs nothing; what is used is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collectlint.api import lint, load_rules
    from collectlint.document import Document
    from collectlint.finding import Finding, Report

__all__ = ["Document", "Finding", "Report", "__version__", "lint", "load_rules"]
__version__ = "0.1.0"

_HOMES = {
    "lint": "collectlint.api",
    "load_rules": "collectlint.api",
    "Document": "collectlint.document",
    "Finding": "collectlint.finding",
    "Report": "collectlint.finding",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'collectlint' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
