"""`collectlint config show`: what holds for a path, and where each value comes from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import click

from collectlint.cli.command import Command, OneOf
from collectlint.cli.console import say
from collectlint.cli.console import show as safe
from collectlint.cli.settling import PARAMETERS, config_options, configuration, shown_path
from collectlint.errors import UsageError

_SHOWN_BY_WORDS = {True: "true", False: "false", None: "（无）", (): "（无）", "": "（无）"}


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("path", required=False, metavar="[路径]")
@config_options
@click.option(
    "--format", "format_", type=OneOf(("text", "json")), default="text", metavar="格式", help="text、json"
)
def show(path: str | None, config_file: str | None, isolated: bool, format_: str) -> int:
    """列出对一个路径（默认当前文件夹）生效的配置，以及每个值出自哪个文件的哪一行。"""
    if path is not None and not os.path.exists(path):
        raise UsageError(f"找不到 {path}", remedy="检查路径")
    config = configuration((path,) if path else (), config_file, isolated)
    rows = list(_rows(config, path))
    files = [shown_path(file) for file in config.files] if config else []
    overrides = [(list(one.patterns), str(one.place)) for one in config.overrides] if config else []
    excluded = bool(rows) and rows[0] is None
    if format_ == "json":
        from collectlint.record import to_json

        say(to_json({
            "version": 1, "files": files, "path": path, "excluded": excluded,
            "settings": {
                name: {"value": value, "from": place or None} for name, value, place in filter(None, rows)
            },
            "overrides": [{"paths": paths, "from": place} for paths, place in overrides],
        }, 1))  # fmt: skip
        return 0
    safe(f"配置文件：{'，承接 '.join(files)}" if files else "没有配置文件，以下都是默认值")
    if excluded:
        safe(f"{path} 不检查（exclude）")
        return 0
    for line in _table([row for row in rows if row]):
        safe(line)
    for paths, place in overrides:
        safe(f"另定：{'、'.join(paths)}  {place}")
    return 0


def _rows(config: Any, path: str | None) -> Iterator[tuple[str, Any, str] | None]:
    """(key, value, place); a single None when the path is excluded."""
    from collectlint.config.shapes import MERGED

    settings: dict[str, Any] = dict(config.settings) if config else {}
    if config and path and os.path.isfile(path):
        from collectlint.cli.opening import rulebook_of
        from collectlint.config.by_path import ByPath
        from collectlint.config.load import merged

        settled = ByPath(config, rulebook_of(config.value("rules")).rules).of(path)
        if settled is None:
            yield None
            return
        for name, setting in settled.settings.items():
            before = settings.get(name)
            if before and name in MERGED:
                setting = merged(before, setting)
            elif before and name == "ignore":
                setting = setting._replace(value=(*before.value, *setting.value))
            settings[name] = setting
    for name, value in _defaults().items():
        if name not in settings:
            yield name, value, ""
            continue
        setting = settings[name]
        if name in MERGED:
            for (key, one), place in zip(setting.value.items(), setting.places, strict=True):
                yield f"{name}.{key}", one, str(place)
        else:
            value = shown_path(setting.value) if name in ("rules", "baseline") else setting.value
            yield name, value, str(setting.place)
    for one in config.excluded if config else ():
        yield "exclude", one.patterns, str(one.place)


def _defaults() -> dict[str, Any]:
    """What holds for each key when nothing is settled."""
    from collectlint.cli.check import check

    values = {param.name: param.default for param in check.params}
    defaults = {key: values[name] for key, name in PARAMETERS.items()}
    for key in (
        "profile",
        "product",
        "channel",
        "kind",
        "creditor_type",
        "speaker_role",
        "input_format",
        "encoding",
        "as_of",
    ):
        defaults[key] = None
    defaults |= {
        "jurisdiction": "cn",
        "rules": None,
        "select": (),
        "ignore": (),
        "columns": (),
        "values": (),
        "texts": (),
        "expression": None,
        "variables": (),
        "severity": (),
        "baseline": None,
    }
    return defaults


def _table(rows: list[tuple[str, Any, str]]) -> Iterator[str]:
    from collectlint.visible import columns

    width = max(columns(name) for name, _, _ in rows)
    for name, value, place in rows:
        yield f"{name}{' ' * (width - columns(name))}  {_shown(value)}  {place or '默认'}"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "、".join(f"{key}: {one}" for key, one in value.items())
    if isinstance(value, tuple | list) and value:
        return "、".join(map(str, value))
    return _SHOWN_BY_WORDS.get(value, str(value)) if not isinstance(value, list) else "（无）"
