"""A configuration file and those it rests on -> one set of settings, each with the place it comes from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from collectlint.config.shapes import BY_PATH, CONFIG, MERGED
from collectlint.discovery import TOML_NAME, nearest, repository
from collectlint.errors import ConfigError, ConfigErrors, Place, RuleErrors, UsageError
from collectlint.readers.decode import codec_of
from collectlint.readers.record import CHOICES, field_names
from collectlint.rulebook.hints import shown, suggestion
from collectlint.rulebook.strict import Map, Node, Scalar, Seq, read
from collectlint.rulebook.walk import walk

_LONGEST_PATTERN = 1000  # code points
_DEEPEST = 10  # files that rest on one another
_PATHS = ("rules", "baseline")
_YAML = (".yaml", ".yml")


class Setting(NamedTuple):
    """A value and where it was written; `places` are those of its items or keys, in their order."""

    value: Any
    place: Place
    places: tuple[Place, ...] = ()


class Override(NamedTuple):
    """What holds for some paths: patterns as in .gitignore, relative to `base`."""

    base: str
    paths: Setting | None  # None only in a file that is refused
    settings: Mapping[str, Setting]
    place: Place

    @property
    def patterns(self) -> tuple[str, ...]:
        return self.paths.value if self.paths else ()


class Config(NamedTuple):
    """All that is settled; `files` are those read, the nearest first; `base` is the folder of the first."""

    files: tuple[str, ...] = ()
    base: str = ""
    settings: Mapping[str, Setting] = {}
    overrides: tuple[Override, ...] = ()
    excluded: tuple[Override, ...] = ()

    def value(self, name: str, default: Any = None) -> Any:
        return self.settings[name].value if name in self.settings else default


def found_for(paths: tuple[str, ...]) -> str:
    """The configuration that holds for all of `paths` (none: the working folder); "" = there is none.

    Raises ConfigErrors where a folder has two, UsageError when the paths have different ones.
    """
    chosen: dict[str, str] = {}
    folders = {_folder_of(path): path for path in paths if path != "-"} or {os.curdir: os.curdir}
    for folder, path in folders.items():
        chosen.setdefault(_only(nearest(folder) or nearest(os.curdir)), path)
    if len(chosen) > 1:
        first, second = list(chosen.items())[:2]
        raise UsageError(
            f"{first[1]} 与 {second[1]} 的配置不同（{_told(first[0])}、{_told(second[0])}）",
            remedy="请分开检查，或用 --config 指明一份",
        )
    return next(iter(chosen))


def load(path: str) -> Config:
    """The configuration at `path` with all it rests on; raises ConfigErrors with every fault of the files."""
    whole = os.path.abspath(path)
    folder = os.path.dirname(whole)
    return _load(whole, repository(folder) or folder, ())


def _folder_of(path: str) -> str:
    return path if os.path.isdir(path) else os.path.dirname(path) or os.curdir


def _only(found: tuple[str, ...]) -> str:
    if len(found) > 1:
        names = "、".join(os.path.basename(path) for path in found)
        _refuse(f"同一个文件夹里有几份配置：{names}", Place(_told(found[0])), "只留一份")
    return found[0] if found else ""


def _told(path: str) -> str:
    """The path as seen from the working folder."""
    if not path:
        return "没有配置"
    try:
        seen = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if seen.startswith(os.pardir) else seen.replace(os.sep, "/")


def _refuse(message: str, place: Place, remedy: str) -> None:
    raise ConfigErrors([ConfigError(message, place, remedy)])


def _load(path: str, root: str, below: tuple[str, ...]) -> Config:
    node = _node(path)
    values, _, faults = walk(node, CONFIG, {})
    errors = [ConfigError(one.message, one.place, one.remedy) for one in faults]
    settings = dict(_settings(node, values, tuple(CONFIG.fields)))
    folder = os.path.dirname(path)
    overrides = tuple(_overrides(node, values["overrides"], folder))
    for one in (settings, *(each.settings for each in overrides)):
        errors.extend(_column_faults(one))
        errors.extend(_encoding_faults(one))
        errors.extend(_value_faults(one))
        errors.extend(_expression_faults(one))
    if "metadata" in settings:
        table = _table_of(node, settings["metadata"], errors)
        file = table["file"]
        settings["metadata"] = settings["metadata"]._replace(
            value={
                **table,
                "file": _inside(file, settings["metadata"].place, folder, root, errors) if file else "",
            }
        )
    patterns = [each.paths for each in overrides if each.paths]
    patterns += [one["texts"] for one in (settings, *(each.settings for each in overrides)) if "texts" in one]
    for written in [*patterns, *([settings["exclude"]] if "exclude" in settings else [])]:
        errors.extend(_pattern_faults(written))
    own_profile = "profile" in settings and settings["profile"].value.endswith(_YAML)
    for name in (*_PATHS, *(("profile",) if own_profile else ())):
        if name in settings:
            settings[name] = _located(settings[name], folder, root, errors)
    bases = []
    if "extends" in settings:
        written = settings.pop("extends")
        # An item that is no text has been told already and is not among the values.
        sound = len(written.value) == len(written.places)
        for target, place in zip(written.value, written.places, strict=True) if sound else ():
            inside = _inside(target, place, folder, root, errors)
            if inside and _can_rest_on(inside, place, (*below, path), errors):
                bases.append(inside)
    if errors:
        raise ConfigErrors(sorted(errors, key=lambda one: one.place or Place("")))
    excluded = settings.pop("exclude", None)
    own = Config(
        (path,),
        folder,
        settings,
        overrides,
        (Override(folder, excluded, {}, excluded.place),) if excluded else (),
    )
    loaded = [_load(base, root, (*below, path)) for base in bases]
    return _joined([*loaded, own])


def _node(path: str) -> Node:
    told = _told(path)
    try:
        if os.path.basename(path) == TOML_NAME:
            from collectlint.config.toml_file import read_toml

            with open(path, "rb") as file:
                return read_toml(file.read(), told)
        from pathlib import Path

        node = read(Path(path), told)
    except OSError as error:
        raise ConfigErrors(
            [ConfigError(f"配置读不出来：{error.strerror or error}", Place(told), "检查路径和权限")]
        ) from None
    except RuleErrors as error:
        raise ConfigErrors(
            [ConfigError(one.message, one.place, one.remedy) for one in error.errors]
        ) from None
    return node


def _settings(node: Node, values: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[tuple[str, Setting]]:
    """The keys that are written, with their values and places."""
    for key, child in node.entries if isinstance(node, Map) else ():
        if key.text in names and key.text != "overrides" and values[key.text] is not None:
            yield key.text, Setting(values[key.text], key.place, _item_places(child))


def _item_places(node: Node) -> tuple[Place, ...]:
    if isinstance(node, Scalar):
        return (node.place,)
    if isinstance(node, Seq):
        return tuple(item.place for item in node.items)
    return tuple(key.place for key, _ in node.entries)


def _overrides(node: Node, values: Any, folder: str) -> Iterator[Override]:
    for key, child in node.entries if isinstance(node, Map) else ():
        if key.text != "overrides" or not isinstance(child, Seq):
            continue
        whole = (item for item in child.items if isinstance(item, Map))
        for item, one in zip(whole, values or (), strict=False):
            paths = dict(_settings(item, one, ("paths",))).get("paths")
            yield Override(folder, paths, dict(_settings(item, one, BY_PATH)), item.place)


def _column_faults(settings: Mapping[str, Setting]) -> Iterator[ConfigError]:
    if "columns" not in settings:
        return
    columns = settings["columns"]
    for field, place in zip(columns.value, columns.places, strict=False):
        if field not in field_names() and not field.startswith("fields."):
            yield ConfigError(f"没有字段 {shown(field)}", place, suggestion(field, field_names())[0])


def _table_of(node: Node, metadata: Setting, errors: list[ConfigError]) -> Mapping[str, Any]:
    """The table that `metadata` names, its columns checked."""
    table = next(
        (child for key, child in node.entries if key.text == "metadata")
        if isinstance(node, Map)
        else iter(())
    )
    columns = (
        [child for key, child in table.entries if key.text == "columns"] if isinstance(table, Map) else []
    )
    for key, _ in columns[0].entries if columns and isinstance(columns[0], Map) else ():
        if key.text not in field_names() and not key.text.startswith("fields."):
            remedy = suggestion(key.text, field_names())[0]
            errors.append(ConfigError(f"没有字段 {shown(key.text)}", key.place, remedy))
    value: Mapping[str, Any] = metadata.value
    return value


def _encoding_faults(settings: Mapping[str, Setting]) -> Iterator[ConfigError]:
    if "encoding" in settings:
        try:
            codec_of(settings["encoding"].value)
        except UsageError as error:
            yield ConfigError(error.message, settings["encoding"].place, error.remedy)


def _value_faults(settings: Mapping[str, Setting]) -> Iterator[ConfigError]:
    """Own words must stand for words that the field knows."""
    if "values" not in settings:
        return
    written = settings["values"]
    for (field, words), place in zip(written.value.items(), written.places, strict=False):
        if field not in CHOICES:
            yield ConfigError(f"字段 {shown(field)} 没有固定的取值", place, suggestion(field, CHOICES)[0])
            continue
        for own, word in words.items():
            if word not in CHOICES[field]:
                hint = suggestion(word, CHOICES[field])[0] or f"可用：{'、'.join(CHOICES[field])}"
                yield ConfigError(f"{field} 没有取值 {shown(word)}（对应 {shown(own)}）", place, hint)


def _expression_faults(settings: Mapping[str, Setting]) -> Iterator[ConfigError]:
    if "expression" not in settings:
        return
    import regex

    written = settings["expression"]
    try:
        regex.compile(written.value)
    except regex.error as error:
        message = f"expression 不是有效的正则（第 {error.colno or 1} 个字符起）"
        yield ConfigError(message, written.places[0], "检查括号和反斜杠；在 YAML 里用单引号括起")


def _pattern_faults(patterns: Setting) -> Iterator[ConfigError]:
    from pathspec import GitIgnoreSpec

    for pattern, place in zip(patterns.value, patterns.places, strict=False):
        if _is_wild(pattern):
            yield ConfigError("路径写法里的 * 过多，匹配会耗尽时间", place, "一段里至多三个 *，至多四个 **")
            continue
        try:
            GitIgnoreSpec.from_lines([pattern])
        except ValueError:
            yield ConfigError(
                f"路径写法不对：{shown(pattern)}", place, "写法同 .gitignore，例如 `短信/**`、`*.csv`"
            )


def _is_wild(pattern: str) -> bool:
    """Would matching it backtrack beyond the cube of a name's length?"""
    parts = pattern.split("/")
    return (
        len(pattern) > _LONGEST_PATTERN or parts.count("**") > 4 or any(part.count("*") > 3 for part in parts)
    )


def _located(setting: Setting, folder: str, root: str, errors: list[ConfigError]) -> Setting:
    return setting._replace(value=_inside(setting.value, setting.places[0], folder, root, errors))


def _inside(target: str, place: Place, folder: str, root: str, errors: list[ConfigError]) -> str:
    """The path that a configuration names; empty when it leads out of the repository.

    A configuration is found, not chosen: what it can make the program open ends at its repository.
    """
    path = os.path.normpath(os.path.join(folder, target))
    real, real_root = os.path.realpath(path) if "\0" not in target else "", os.path.realpath(root)
    if os.path.isabs(target) or (real != real_root and not real.startswith(os.path.join(real_root, ""))):
        remedy = "请写仓库内的相对路径；仓库以外的请用命令行选项指明"
        errors.append(ConfigError(f"路径 {shown(target)} 越出了仓库", place, remedy))
        return ""
    return path


def _can_rest_on(path: str, place: Place, chain: tuple[str, ...], errors: list[ConfigError]) -> bool:
    if path in chain:
        errors.append(ConfigError("配置互相承接，成了环", place, "去掉其中一处 extends"))
    elif len(chain) > _DEEPEST:
        errors.append(ConfigError(f"承接超过 {_DEEPEST} 层", place, "请合并几份配置"))
    elif not os.path.isfile(path):
        folder = os.path.dirname(path)
        names = [
            name for name in (os.listdir(folder) if os.path.isdir(folder) else ()) if name.endswith(_YAML)
        ]
        remedy = suggestion(os.path.basename(path), sorted(names))[0] or "检查路径"
        errors.append(ConfigError(f"找不到配置 {shown(_told(path))}", place, remedy))
    else:
        return True
    return False


def _joined(layers: list[Config]) -> Config:
    """One configuration of several, each overruling those before it."""
    settings: dict[str, Setting] = {}
    for layer in layers:
        for name, setting in layer.settings.items():
            before = settings.get(name)
            settings[name] = merged(before, setting) if before and name in MERGED else setting
    return Config(
        tuple(dict.fromkeys(file for layer in reversed(layers) for file in layer.files)),
        layers[-1].base,
        settings,
        tuple(one for layer in layers for one in layer.overrides),
        tuple(one for layer in layers for one in layer.excluded),
    )


def merged(before: Setting, after: Setting) -> Setting:
    """Two mappings joined key by key; the later one overrules."""
    places = dict(zip(before.value, before.places, strict=False))
    places |= zip(after.value, after.places, strict=False)
    value = {**before.value, **after.value}
    return Setting(value, after.place, tuple(places[key] for key in value))
