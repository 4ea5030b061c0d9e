"""Where the configuration that holds for a folder stands; cheap, because every spot check asks."""

from __future__ import annotations

import os
from contextlib import suppress

YAML_NAMES = ("collectlint.yaml", "collectlint.yml")
TOML_NAME = "pyproject.toml"
TABLE = "collectlint"  # of [tool]
_LARGEST = 1 << 20  # bytes of a pyproject.toml that is looked into


def nearest(folder: str) -> tuple[str, ...]:
    """The configurations of the nearest folder that has any, going up from `folder` itself.

    The search ends at the root of the repository (a folder with `.git`). More than one path means that
    the folder has several, which is for the caller to refuse.
    """
    here = os.path.abspath(folder)
    while True:
        found = configurations(here)
        if found:
            return found
        above = os.path.dirname(here)
        if above == here or os.path.lexists(os.path.join(here, ".git")):
            return ()
        here = above


def configurations(folder: str) -> tuple[str, ...]:
    """The configurations that stand in a folder; a pyproject.toml counts if it has [tool.collectlint]."""
    found = [path for name in YAML_NAMES if os.path.isfile(path := os.path.join(folder, name))]
    pyproject = os.path.join(folder, TOML_NAME)
    return (*found, pyproject) if _has_table(pyproject) else tuple(found)


def repository(folder: str) -> str:
    """The folder at or above `folder` that holds `.git`, or an empty text."""
    here = os.path.abspath(folder)
    while not os.path.lexists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return ""
        here = above
    return here


def _has_table(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST)
    except OSError:
        return False
    dense = data.replace(b" ", b"")
    if f"tool.{TABLE}".encode() not in dense and (b"[tool]" not in dense or TABLE.encode() not in dense):
        return False  # however it is written: reading the TOML costs 5 ms
    import tomllib

    with suppress(UnicodeDecodeError):
        try:
            tool = tomllib.loads(data.decode("utf-8-sig")).get("tool")
        except tomllib.TOMLDecodeError:
            return True  # whoever reads it will say what is wrong
        return isinstance(tool, dict) and TABLE in tool
    return True
