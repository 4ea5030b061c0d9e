"""The command line and the configuration together: an option that was given wins."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import click
from click.core import ParameterSource

from collectlint.errors import UsageError

# Key of the configuration -> parameter of `check`.
PARAMETERS = {
    "rules": "rules_dir",
    "profile": "profile",
    "select": "select",
    "ignore": "ignore",
    "jurisdiction": "jurisdiction",
    "channel": "channel",
    "kind": "kind",
    "party": "party",
    "creditor_type": "creditor_type",
    "product": "product",
    "speaker_role": "speaker_role",
    "input_format": "input_format",
    "encoding": "encoding",
    "columns": "column",
    "speakers": "speaker",
    "metadata": "metadata",
    "baseline": "baseline",
    "fail_on": "fail_on",
    "min_severity": "severity",
    "second_reader": "second_reader",
    "as_of": "as_of",
    "lang": "lang",
    "format": "format_",
}

_F = TypeVar("_F", bound=Callable[..., Any])


class Given(NamedTuple):
    """The configuration (None: none holds) and the keys that the command line settled itself."""

    config: Any
    taken: frozenset[str]


def config_options(command: _F) -> _F:
    command = click.option("--isolated", is_flag=True, help="不读任何配置文件")(command)
    return click.option(
        "--config",
        "config_file",
        type=click.Path(),
        metavar="文件",
        help="用这份配置，默认从被检查的路径向上找 collectlint.yaml 或 pyproject.toml",
    )(command)


def configuration(paths: tuple[str, ...], config_file: str | None, isolated: bool) -> Any:
    """The configuration that holds for a call, or None; raises ConfigErrors, UsageError."""
    if isolated:
        if config_file is not None:
            raise UsageError("--config 与 --isolated 不能同用", remedy="只留一个")
        return None
    if config_file is not None and not os.path.isfile(config_file):
        raise UsageError(f"找不到配置 {config_file}", remedy="检查路径")
    if config_file is None and not _any(paths):
        return None
    from collectlint.config.load import found_for, load

    path = config_file or found_for(paths)
    return load(path) if path else None


def settle(ctx: click.Context, given: dict[str, Any], config: Any) -> Given:
    """Fills in `given`, in place, what the configuration says and the command line does not."""
    from_line = frozenset(
        key
        for key, name in PARAMETERS.items()
        if ctx.get_parameter_source(name) not in (ParameterSource.DEFAULT, None)
    )
    if config is None:
        return Given(None, from_line)
    for key, name in PARAMETERS.items():
        if key in config.settings:
            value = config.settings[key].value
            if key in ("columns", "speakers"):  # of each field and voice the last one counts
                given[name] = (*(f"{one}={other}" for one, other in value.items()), *given[name])
            elif key == "metadata":
                given["metadata"] = given["metadata"] or value["file"] or None
                given["metadata_key"] = given["metadata_key"] or value["key"] or ""
                given["metadata_columns"] = value["columns"] or {}
            elif key not in from_line:
                given[name] = value
    return Given(config, from_line)


def _any(paths: tuple[str, ...]) -> bool:
    from collectlint.discovery import nearest

    folders = {path if os.path.isdir(path) else os.path.dirname(path) for path in paths if path != "-"}
    return any(nearest(folder or os.curdir) for folder in {*folders, os.curdir})


def shown_path(path: str) -> str:
    """The path as seen from the working folder, with forward slashes."""
    from collectlint.reporters import ReportOptions

    return ReportOptions(base=os.getcwd()).relative(path)
