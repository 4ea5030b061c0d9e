"""A folder of rules -> a Rulebook: found, read, checked, compiled, and kept in the private cache.

Layout: `sources.yaml`, `lexicon/*.yaml`, `profiles/*.yaml`, and `<pack>/<family>/<slug>.yaml`, one rule
a file; the pack `cn`, `tw`, `hk` says the jurisdiction, other packs hold for all three.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from collectlint import __version__, cache, likeness
from collectlint.document import JURISDICTIONS
from collectlint.errors import Place, RuleError, RuleErrors, UsageError
from collectlint.rulebook.compiler import FORMAT, Compiler, scanned_sets
from collectlint.rulebook.rulebook import Rulebook

if TYPE_CHECKING:
    from collectlint.rulebook.lexicon import WordList

_NO_RULES = ("lexicon", "profiles", "models")


class Folder(Protocol):
    """The part of `importlib.resources.abc.Traversable` that is used (a wheel may be a zip file)."""

    @property
    def name(self) -> str: ...
    def is_dir(self) -> bool: ...
    def is_file(self) -> bool: ...
    def iterdir(self) -> Iterator[Any]: ...
    def read_bytes(self) -> bytes: ...
    def __truediv__(self, child: str) -> Any: ...


class RuleFile(NamedTuple):
    """A rule with what only its tests and documentation need."""

    id: str
    path: str
    values: Mapping[str, Any]
    places: Mapping[str, Place] = {}  # of its top-level keys


class Read(NamedTuple):
    """What reading a folder gave: compiled data, the rule files, all faults, unused lists, sources."""

    data: dict[str, Any]
    rules: tuple[RuleFile, ...]
    errors: tuple[RuleError, ...]
    unused_lists: tuple[str, ...]
    sources: Mapping[str, Any] = {}


def shipped() -> Folder:
    """The rules that come with collectlint: in the wheel, or beside `src/` in a checkout."""
    for folder in (Path(__file__).parents[1] / "rules", Path(__file__).parents[3] / "rules"):
        if folder.is_dir():
            return folder
    from importlib.resources import files  # a zip file; costs 10 ms

    zipped = files("collectlint") / "rules"
    if zipped.is_dir():
        return zipped
    raise UsageError("找不到随附的规则", remedy="请重装 collectlint,或用 --rules 指明规则文件夹")


def _yaml_files(folder: Folder, path: str) -> Iterator[tuple[str, bytes]]:
    for child in sorted(folder.iterdir(), key=lambda one: one.name):
        inner = f"{path}/{child.name}" if path else child.name
        if child.is_dir():
            yield from _yaml_files(child, inner)
        elif child.name.endswith((".yaml", ".yml")):
            yield inner, child.read_bytes()


def load(folder: Folder | None = None) -> Rulebook:
    """The rulebook of a folder (default: the shipped one).

    Raises RuleErrors with all faults. The compiled form is kept in the private cache under the hash of
    the folder's content, the tool's version and the format.
    """
    root = folder or shipped()
    contents = list(_yaml_files(root, ""))
    digest = hashlib.sha256(f"{FORMAT}\0{__version__}\0".encode())
    for path, content in contents:
        digest.update(path.encode() + b"\0" + hashlib.sha256(content).digest())
    key = digest.hexdigest()
    kept = cache.read("rulebook", key)
    if kept is not None:
        try:
            return Rulebook(json.loads(kept), _model_reader(root))
        except (ValueError, KeyError, TypeError):
            pass  # damaged: compiled anew below
    read = _read(contents, getattr(root, "name", "rules"))
    if read.errors:
        raise RuleErrors(list(read.errors))
    data = {"sha256": key, **read.data}
    cache.write("rulebook", key, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
    return Rulebook(data, _model_reader(root))


def _model_reader(root: Folder) -> Callable[[], Mapping[str, Any] | None]:
    """Reads `models/second-reader.json` when asked; a missing one means no second reader."""

    def read_model() -> Mapping[str, Any] | None:
        path = root / "models" / "second-reader.json"
        if not path.is_file():
            return None
        data: Mapping[str, Any] = json.loads(path.read_bytes())
        if data.get("format") != likeness.FORMAT:
            raise RuleError(
                "模型格式与本版本不符", Place("models/second-reader.json"), "重新运行 collectlint train"
            )
        return data

    return read_model


def read(folder: Folder | None = None) -> Read:
    """Everything in a folder, with all faults, without the cache (for vet, tests, documentation)."""
    root = folder or shipped()
    result = _read(list(_yaml_files(root, "")), getattr(root, "name", "rules"))
    return result._replace(data={"sha256": "0" * 64, **result.data})


def _read(contents: list[tuple[str, bytes]], root: str) -> Read:
    # Here and not above: a cached rulebook needs none of them, and they cost 20 ms.
    from collectlint.operators.table import SHAPES
    from collectlint.rulebook.lexicon import Lexicon, word_lists
    from collectlint.rulebook.shapes import LEXICON, RULE, SOURCES
    from collectlint.rulebook.strict import compose
    from collectlint.rulebook.walk import walk

    errors: list[RuleError] = []
    lists: dict[str, WordList] = {}
    sources: dict[str, Any] = {}
    rules = []
    for path, content in contents:
        shape = LEXICON if path.startswith("lexicon/") else SOURCES if path == "sources.yaml" else RULE
        if path.split("/")[0] in ("profiles", "models"):
            continue
        try:
            node = compose(content.decode("utf-8-sig"), f"{root}/{path}")
        except UnicodeDecodeError as error:
            errors.append(
                RuleError("不是 UTF-8 文本", Place(f"{root}/{path}"), f"第 {error.start} 字节处;请存为 UTF-8")
            )
            continue
        except RuleErrors as error:
            errors.extend(error.errors)
            continue
        except RuleError as error:
            errors.append(error)
            continue
        values, places, faults = walk(node, shape, SHAPES)
        errors.extend(faults)
        if shape is LEXICON:
            for name, words in word_lists(
                values if not faults else {"lists": values.get("lists") or {}}, places, f"{root}/{path}"
            ).items():
                if name in lists:
                    errors.append(
                        RuleError(f"词表 `{name}` 已在 {lists[name].place} 定义", words.place, "改名或合并")
                    )
                lists[name] = words
        elif shape is SOURCES:
            sources = values["sources"] or {}
        elif not faults:
            rules.append((path, values, places))
    lexicon = Lexicon(lists)
    compiler = Compiler(lexicon)
    compiled = []
    kept = []
    seen: dict[str, str] = {}
    for path, values, places in rules:
        _check_rule(path, values, places, sources, seen, errors, root)
        before = len(compiler.errors)
        one = compiler.rule(values, values["when"], _jurisdictions(path))
        if len(compiler.errors) == before:
            compiled.append(one)
            kept.append(RuleFile(values["id"], f"{root}/{path}", values, places))
    errors.extend(compiler.errors)
    data = {
        "sets": compiler.sets,
        "rules": compiled,
        "scanned": scanned_sets(compiled),
        "words": sorted(
            {
                word
                for name in lists
                for word in (lexicon.entries(name, lists[name].place) or ())
                if 2 <= len(word) <= 4
            }
        )
        if "segment-words" in lists
        else [],
        "sources": {
            name: {
                "title": source["title"],
                "kind": source["kind"],
                "jurisdiction": source["jurisdiction"],
                "since": (source["in_force"] or {}).get("from"),
                "until": (source["in_force"] or {}).get("to"),
                "checked": source["checked"],
            }
            for name, source in sources.items()
        },
    }
    unused = tuple(sorted(set(lists) - lexicon.used))
    return Read(data, tuple(kept), tuple(errors), unused, sources)


def _jurisdictions(path: str) -> tuple[str, ...]:
    pack = path.split("/")[0]
    return (pack,) if pack in JURISDICTIONS else JURISDICTIONS


def _check_rule(
    path: str,
    values: Mapping[str, Any],
    places: Mapping[str, Place],
    sources: Mapping[str, Any],
    seen: dict[str, str],
    errors: list[RuleError],
    root: str,
) -> None:
    expected = path.rsplit(".", 1)[0]
    if values["id"] != expected:
        errors.append(RuleError(f"id 与路径不符:`{values['id']}`", places["id"], f"写作 `{expected}`"))
    if values["id"] in seen:
        errors.append(RuleError(f"id `{values['id']}` 重复", places["id"], f"另一处在 {seen[values['id']]}"))
    seen[values["id"]] = f"{root}/{path}"
    for basis in values["basis"]:
        if basis["source"] not in sources:
            from difflib import get_close_matches

            near = get_close_matches(basis["source"], list(sources), 1)
            remedy = f"您是否想写 `{near[0]}`?" if near else "先在 sources.yaml 里登记"
            errors.append(RuleError(f"没有法规 `{basis['source']}`", places["basis"], remedy))
