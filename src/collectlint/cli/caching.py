"""Results of `check` kept from one run to the next: `--cache-dir` and `--no-cache`."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from collectlint import cache
from collectlint.cli.console import note

if TYPE_CHECKING:
    from collectlint.results import Results
    from collectlint.rulebook.rulebook import Rulebook

SECRET = "COLLECTLINT_CACHE_KEY"  # noqa: S105 -- the name of the variable

_F = TypeVar("_F", bound=Callable[..., Any])


def cache_options(command: _F) -> _F:
    command = click.option("--no-cache", is_flag=True, help="不用也不写结果缓存")(command)
    return click.option(
        "--cache-dir", type=click.Path(), metavar="文件夹", help="结果缓存放在这里，默认在用户的缓存文件夹"
    )(command)


def results_for(given: dict[str, Any], rulebook: Rulebook, is_text: bool) -> Results | None:
    """What remembers results for this call; None = nothing is to be remembered."""
    if given["no_cache"] or is_text:
        return None
    from collectlint.results import Results

    chosen = given["cache_dir"]
    folder = cache.private_dir() if chosen is None else cache.own_dir(chosen)
    if folder is None:
        if chosen is not None:
            note(f"注意：没有用缓存文件夹 {chosen}，它须属于您、别人不能写")
        return None
    return Results(rulebook, folder, os.environ.get(SECRET, "").encode())
