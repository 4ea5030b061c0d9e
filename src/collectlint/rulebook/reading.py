"""Rule, lexicon and source files -> checked values and the compiled plain data, all faults at once."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from collectlint.document import JURISDICTIONS
from collectlint.errors import Place, RuleError, RuleErrors
from collectlint.operators.table import SHAPES
from collectlint.rulebook.compiler import Compiler, StateFile, asked_sets
from collectlint.rulebook.lexicon import Lexicon, WordList, word_lists
from collectlint.rulebook.shapes import LEXICON, RULE, SOURCES, STATES
from collectlint.rulebook.strict import compose
from collectlint.rulebook.walk import walk
from collectlint.shape import Shape

_OTHER = ("profiles", "models", "requirements")  # read by those who need them
SEGMENT_WORDS = "segment-words"  # the list of words that segmentation keeps whole


class RuleFile(NamedTuple):
    """A rule with what only its tests and documentation need."""

    id: str
    path: str
    values: Mapping[str, Any]
    places: Mapping[str, Place] = {}  # of its top-level keys


class Read(NamedTuple):
    """What reading a folder gave: compiled data, rule files, all faults, what nobody uses, sources."""

    data: dict[str, Any]
    rules: tuple[RuleFile, ...]
    errors: tuple[RuleError, ...]
    unused_lists: tuple[str, ...]
    sources: Mapping[str, Any] = {}
    unused_states: tuple[str, ...] = ()
    lexicon: Lexicon = Lexicon({})
    states: Mapping[str, StateFile] = {}


class Changes(NamedTuple):
    """What a profile changes in the rules before they are compiled.

    `lists`: words added to lists; `hours`: the quiet time of `HOUSE_HOURS`, empty = as written.
    """

    lists: Mapping[str, tuple[str, ...]] = {}
    hours: str = ""


HOUSE_HOURS = "common/harassment/house-hours"


class _Walked(NamedTuple):
    """One file: its path in the folder, checked values, places of its top-level keys."""

    path: str
    values: Mapping[str, Any]
    places: Mapping[str, Place]


def read_files(contents: list[tuple[str, bytes]], root: str, changes: Changes | None = None) -> Read:
    """Everything in the files of a folder; `root` is the folder's name in messages."""
    errors: list[RuleError] = []
    lists: dict[str, WordList] = {}
    sources: Mapping[str, Any] = {}
    rules: list[_Walked] = []
    states: dict[str, StateFile] = {}
    for path, content in contents:
        if path.split("/")[0] in _OTHER:
            continue
        if path.startswith("lexicon/"):
            walked = _walked(path, content, LEXICON, root, errors)
            if walked is not None:
                _add_lists(lists, word_lists(walked.values, walked.places, f"{root}/{path}"), errors)
        elif path.startswith("states/"):
            walked = _walked(path, content, STATES, root, errors)
            if walked is not None:
                _add_states(states, walked, f"{root}/{path}", errors)
        elif path == "sources.yaml":
            walked = _walked(path, content, SOURCES, root, errors)
            sources = walked.values["sources"] if walked is not None else {}
        else:
            walked = _walked(path, content, RULE, root, errors)
            if walked is not None:
                rules.append(walked)
    if changes is not None:
        _change_lists(lists, changes, root, errors)
        rules = [_with_hours(one, changes.hours) for one in rules]
    lexicon = Lexicon(lists)
    compiler = Compiler(lexicon, states)
    compiled = []
    kept = []
    seen: dict[str, str] = {}
    for path, values, places in rules:
        _check_rule(path, values, places, sources, seen, errors, root)
        before = len(compiler.errors)
        one = compiler.rule(values, values["when"], _jurisdictions(path))
        cites_known = all(basis["source"] in sources for basis in values["basis"])
        if len(compiler.errors) == before and cites_known:  # else nothing could tell what it rests on
            compiled.append(one)
            kept.append(RuleFile(values["id"], f"{root}/{path}", values, places))
    errors.extend(compiler.errors)
    data = compiled_data(compiled, lexicon, compiler, sources)
    unused = tuple(sorted(set(lists) - lexicon.used))
    idle = tuple(sorted(set(states) - compiler.used_states))
    return Read(data, tuple(kept), tuple(errors), unused, sources, idle, lexicon, states)


def compiled_data(
    compiled: list[dict[str, Any]], lexicon: Lexicon, compiler: Compiler, sources: Mapping[str, Any]
) -> dict[str, Any]:
    """Compiled rules with all they rest on, as `packed.pack` takes it."""
    concepts = _concepts(lexicon, compiler)
    words = lexicon.words(SEGMENT_WORDS, Place("")) if SEGMENT_WORDS in lexicon.lists else None
    asked = asked_sets(compiled) | set(concepts.values())
    scanned = {key for set_id in asked for key in compiler.sets.keys(set_id)}
    scanned |= {key for rule in compiled for clause in rule["required"] for key in clause}
    return {
        "sets": compiler.sets.words,
        "chains": compiler.sets.chains,
        "rules": compiled,
        "concepts": _by_key(concepts, compiler),
        "scanned": sorted(scanned),
        "words": sorted(words or ()),
        "sources": {name: _source(source) for name, source in sources.items()},
    }


def _walked(path: str, content: bytes, shape: Shape, root: str, errors: list[RuleError]) -> _Walked | None:
    """The values of one file; None after its faults were recorded."""
    try:
        node = compose(content.decode("utf-8-sig"), f"{root}/{path}")
    except UnicodeDecodeError as error:
        place = Place(f"{root}/{path}")
        errors.append(RuleError("不是 UTF-8 文本", place, f"第 {error.start} 字节处;请存为 UTF-8"))
        return None
    except RuleErrors as error:
        errors.extend(error.errors)
        return None
    values, places, faults = walk(node, shape, SHAPES)
    errors.extend(faults)
    return None if faults else _Walked(path, values, places)


def _add_lists(lists: dict[str, WordList], more: Mapping[str, WordList], errors: list[RuleError]) -> None:
    for name, words in more.items():
        if name in lists:
            errors.append(
                RuleError(f"词表 `{name}` 已在 {lists[name].place} 定义", words.place, "改名或合并")
            )
        lists[name] = words


def _add_states(states: dict[str, StateFile], file: _Walked, path: str, errors: list[RuleError]) -> None:
    place = file.places.get("states", Place(path))
    for name, one in file.values["states"].items():
        if name in states:
            errors.append(RuleError(f"状态 `{name}` 已在 {states[name].place} 定义", place, "改名或合并"))
        speakers = () if "any" in one["speakers"] else tuple(one["speakers"])
        states[name] = StateFile(speakers, one["begins"], one["ends"], place)


def _change_lists(lists: dict[str, WordList], changes: Changes, root: str, errors: list[RuleError]) -> None:
    for name, more in changes.lists.items():
        if name not in lists:
            near = get_close_matches(name, list(lists), 1)
            remedy = f"您是否想写 `{near[0]}`?" if near else "见 lexicon/"
            errors.append(RuleError(f"配置要加词的词表 `{name}` 不存在", Place(f"{root}/lexicon"), remedy))
        else:
            lists[name] = lists[name]._replace(entries=(*lists[name].entries, *more))


def _with_hours(rule: _Walked, hours: str) -> _Walked:
    if not hours or rule.values["id"] != HOUSE_HOURS:
        return rule
    when = rule.values["when"]
    return rule._replace(
        values={**rule.values, "when": when._replace(options={**when.options, "quiet": hours})}
    )


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    period = source["in_force"] or {}
    return {
        "title": source["title"],
        "kind": source["kind"],
        "jurisdiction": source["jurisdiction"],
        "since": period.get("from"),
        "until": period.get("to"),
        "checked": source["checked"],
        "scope": {name: list(bound) for name, bound in source["scope"].items() if bound},
    }


def _concepts(lexicon: Lexicon, compiler: Compiler) -> dict[str, int]:
    """Lists that rules use, by name, as literal sets; those with one-character words occur too widely."""
    concepts = {}
    for name in sorted(lexicon.used):
        word_list = lexicon.lists.get(name)
        items = lexicon.items(name, word_list.place) if word_list else None
        if items:
            set_id = compiler.intern(items)
            if compiler.shortest(set_id) > 1:
                concepts[name] = set_id
    return concepts


def _by_key(concepts: Mapping[str, int], compiler: Compiler) -> list[list[tuple[str, int]]]:
    """For each set the concepts that can occur only where one of such sets does."""
    by_key: list[list[tuple[str, int]]] = [[] for _ in compiler.sets.words]
    for name, set_id in concepts.items():
        for key in sorted(compiler.sets.keys(set_id)):
            by_key[key].append((name, set_id))
    return by_key


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
            near = get_close_matches(basis["source"], list(sources), 1)
            remedy = f"您是否想写 `{near[0]}`?" if near else "先在 sources.yaml 里登记"
            errors.append(RuleError(f"没有法规 `{basis['source']}`", places["basis"], remedy))
